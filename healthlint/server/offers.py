"""What the editor offers to do about a finding: mend it, write something else, silence it here, explain it.

Everything is made from the server's own findings. The ranges that a client sends back are not trusted: Neovim 0.7 sends
bytes where it has agreed on UTF-16 units, and an edit a few characters off can change a dose.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from lsprotocol import types

from healthlint.diagnostic import Edit
from healthlint.fixer import apply_fixes, mend, opens_nothing
from healthlint.server.published import published
from healthlint.server.silencing import silencing_edit
from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.server.checking import Checking
    from healthlint.server.opened import Opened

FIX_ALL = "source.fixAll.healthlint"
EXPLAIN = "healthlint.explain"
_MOST_TRIED = 20  # fixes for which the text is linted once more
_SHOWN = 40  # characters of what is written instead


def code_actions(
    opened: Opened, result: Result, wanted: types.Range, only: Iterable[str], checking: Checking
) -> list[types.CodeAction]:
    """Return what can be done about the findings that touch *wanted*; *only* some kinds where the editor says so."""
    kinds = tuple(only)
    actions: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix, kinds):
        low, high = opened.places.offset(wanted.start), opened.places.offset(wanted.end)
        near = [each for each in result.diagnostics if each.span.start <= high and low <= each.span.end]
        check = cache(partial(checking.again, result))
        for diagnostic in near[:_MOST_TRIED]:
            actions += _about(diagnostic, opened, result, checking, check)
    if _is_wanted(FIX_ALL, kinds) and any(each.fix and each.fix.safe for each in result.diagnostics):
        actions += _fix_all(opened, result, checking)
    return actions


def versioned(action: types.CodeAction, opened: Opened) -> types.CodeAction:
    """Return *action* with an edit that holds for this version of the text alone."""
    if action.edit is None or not action.edit.changes:
        return action
    document = types.OptionalVersionedTextDocumentIdentifier(opened.uri, opened.version)
    edits = list(action.edit.changes[opened.uri])
    action.edit = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])
    return action


def _is_wanted(kind: str, only: tuple[str, ...]) -> bool:
    """Say whether a kind is one of *only*, or below one of them; without *only* all are but those for a whole file."""
    if not only:
        return kind == types.CodeActionKind.QuickFix
    return any(kind == each or kind.startswith(f"{each}.") for each in only)


def _about(
    diagnostic: Diagnostic, opened: Opened, result: Result, checking: Checking, check: Callable[[str], Result]
) -> Iterator[types.CodeAction]:
    about = published((diagnostic,), result.source, opened.places)
    fix = diagnostic.fix
    mended = apply_fixes(result.source, (diagnostic,), unsafe=True).text if fix else result.source
    if fix and mended != result.source and opens_nothing(check(result.source), check(mended)):
        written = _shorten(" … ".join(edit.text for edit in fix.edits)) or "nothing"
        title = f"Write '{written}'" if fix.safe else f"Write '{written}' (read it: the meaning may change)"
        yield _quick_fix(title, fix.edits, opened, about, is_preferred=fix.safe)
    fixed = {edit.text for edit in fix.edits} if fix else set()
    for suggestion in diagnostic.suggestions:
        if suggestion not in fixed:
            edit = _replacing(diagnostic, suggestion)
            yield _quick_fix(f"Write '{_shorten(suggestion)}'", (edit,), opened, about, is_preferred=False)
    may_be_silenced = not diagnostic.is_danger or checking.allows_danger(opened)
    comment = silencing_edit(diagnostic, result) if may_be_silenced else None
    if comment is not None:
        title = f"Disable {diagnostic.rule} here; write the reason into the comment"
        yield _quick_fix(title, (comment,), opened, about, is_preferred=False)
    yield types.CodeAction(
        f"Explain {diagnostic.rule}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=about,
        command=types.Command("Explain the rule", EXPLAIN, arguments=[diagnostic.rule]),
    )


def _replacing(diagnostic: Diagnostic, text: str) -> Edit:
    first, written = diagnostic.excerpt[:1], text
    if first.isupper() and not diagnostic.excerpt.isupper():
        written = text[:1].upper() + text[1:]
    return Edit(diagnostic.span.start, diagnostic.span.end, written)


def _quick_fix(
    title: str,
    edits: Iterable[Edit],
    opened: Opened,
    about: list[types.Diagnostic],
    *,
    is_preferred: bool,
) -> types.CodeAction:
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=about,
        is_preferred=is_preferred or None,
        edit=_workspace_edit(opened, edits),
    )


def _fix_all(opened: Opened, result: Result, checking: Checking) -> Iterator[types.CodeAction]:
    check = partial(checking.again, result)
    before, after = result.source, mend(check(result.source), check, unsafe=False).result.source
    if after == before:
        return
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    edit = Edit(start, len(before) - end, after[start : len(after) - end])
    yield types.CodeAction("Mend all that is safe to mend", kind=FIX_ALL, edit=_workspace_edit(opened, (edit,)))


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (here, there) in enumerate(pairs) if here != there), min(len(one), len(other)))


def _workspace_edit(opened: Opened, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    changes = [types.TextEdit(opened.places.range(Span(edit.start, edit.end)), edit.text) for edit in edits]
    return types.WorkspaceEdit(changes={opened.uri: changes})


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
