"""Fixes put into a text, and the difference they make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthlint.errors import HealthlintError
from healthlint.regular_file import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from healthlint.diagnostic import Diagnostic, Edit, Result

_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_ROUNDS = 10
_CONTEXT = 3
_MAX_COMPARED = 500  # lines; comparing costs their square


# The rules whose fixes may write a digit or a unit anew: the notations that are misread, and numbers that are gone.
# No other safe fix that changes a digit is put in; a test holds that none of ours, safe or not, changes a digit, a unit
# or the name of a drug.
NOTATION_RULES = frozenset(
    {
        "medication/trailing-zero",
        "medication/naked-decimal",
        "medication/large-number-no-comma",
        "medication/number-unit-space",
        "medication/u-for-units",
        "medication/international-units",
        "medication/microgram-symbol",
        "safety/outdated-helpline",
    }
)


class Fixed(NamedTuple):
    """A text with fixes in it, and the diagnostics whose fixes they are, by place."""

    text: str
    applied: tuple[Diagnostic, ...]


class Mended(NamedTuple):
    """The result of a text with its fixes in it, how many, and how many were left out because they open a finding."""

    result: Result
    applied: int
    withheld: int


def mend(result: Result, check: Callable[[str], Result], *, unsafe: bool) -> Mended:
    """Return what is left of *result* with its fixes put in, then those that become possible, until there are none.

    *check* lints a text as that of *result* was. A fix after which a rule finds more than before is left out.
    """
    applied = withheld = 0
    check = cache(check)
    for _ in range(_MOST_ROUNDS):
        fixed = _harmless(result, check, unsafe=unsafe)
        withheld = len(apply_fixes(result.source, result.diagnostics, unsafe=unsafe).applied) - len(fixed.applied)
        if not fixed.applied:
            break
        applied += len(fixed.applied)
        result = check(fixed.text)
    return Mended(result, applied, withheld)


def apply_fixes(source: str, diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> Fixed:
    """Return *source* with the fixes of *diagnostics*, those not safe only if *unsafe*.

    A fix goes in whole or not at all: not when one of its edits touches what an earlier one changed, lies outside the
    text, or when it would change nothing. A line end in a fix becomes that of the source.
    """
    taken: list[Edit] = []
    applied: list[Diagnostic] = []
    for diagnostic, edits in sorted(_offered(source, diagnostics, unsafe=unsafe), key=lambda offer: offer[1]):
        if _changes(source, edits) and _fits(edits, taken):
            for edit in edits:
                taken.insert(bisect_left(taken, edit), edit)
            applied.append(diagnostic)
    return Fixed(_edited(source, taken), tuple(applied))


def opens_nothing(before: Result, after: Result) -> bool:
    """Say whether no rule finds more *after* a change than *before* it, and the text could still be checked."""
    return not after.errors and not _told(after) - _told(before)


def unified_diff(path: str, before: str, after: str) -> str:
    """Return what changed as a patch with three lines of context; "" if nothing did.

    Lines are cut at line feeds alone, as patch does. Linear in the two texts: a large changed part, whose number of
    lines changed too, is shown as replaced whole.
    """
    old, new = _lines(before), _lines(after)
    if old == new:
        return ""
    name = _header_name(path)
    return "".join((f"--- {name}\n+++ {name}\n", *(_hunk(group, old, new) for group in _groups(_changed(old, new)))))


def write_text(path: str, data: bytes) -> None:
    """Put *data* in place of the file *path*, all or nothing, keeping its mode."""
    try:
        replace_file(path, data)
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise HealthlintError(f"{path}: cannot be written ({said}); check its mode and the folder's") from error


def _harmless(result: Result, check: Callable[[str], Result], *, unsafe: bool) -> Fixed:
    """Return the source of *result* with as many fixes as open no finding, the earlier ones first.

    All are tried at once, then halves of those that fail: checks grow with the fixes that do harm, not with all.
    """
    kept: tuple[Diagnostic, ...] = ()
    waiting = [apply_fixes(result.source, result.diagnostics, unsafe=unsafe).applied]
    while waiting:
        batch = waiting.pop()
        tried = apply_fixes(result.source, (*kept, *batch), unsafe=unsafe)
        if not batch or opens_nothing(result, check(tried.text)):
            kept = tried.applied
        elif len(batch) > 1:
            middle = len(batch) // 2
            waiting += [batch[middle:], batch[:middle]]
    return apply_fixes(result.source, kept, unsafe=unsafe)


def _told(result: Result) -> Counter[str]:
    """Count what each rule found, those that another one speaks for too."""
    return Counter(each.rule for diagnostic in result.diagnostics for each in diagnostic.told)


def _offered(
    source: str, diagnostics: Iterable[Diagnostic], *, unsafe: bool
) -> Iterator[tuple[Diagnostic, tuple[Edit, ...]]]:
    line_end = _LINE_END.search(source)
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or not fix.edits or not (fix.safe or unsafe):
            continue
        edits = sorted(fix.edits)
        if line_end is not None:
            edits = [edit._replace(text=_LINE_END.sub(line_end[0], edit.text)) for edit in edits]
        if diagnostic.rule in NOTATION_RULES or not fix.safe or _keeps_digits(source, edits):
            yield diagnostic, tuple(edits)


def _keeps_digits(source: str, edits: Sequence[Edit]) -> bool:
    """Return whether *edits* together leave every digit as it is and where it stands among the others."""
    before = "".join(source[edit.start : edit.end] for edit in edits)
    after = "".join(edit.text for edit in edits)
    return _digits(before) == _digits(after)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _changes(source: str, edits: tuple[Edit, ...]) -> bool:
    is_inside = all(0 <= edit.start <= edit.end <= len(source) for edit in edits)
    return is_inside and any(source[edit.start : edit.end] != edit.text for edit in edits)


def _fits(edits: tuple[Edit, ...], taken: Sequence[Edit]) -> bool:
    """Return whether *edits* keep clear of one another and of *taken*, both sorted."""
    if any(_clash(first, second) for first, second in pairwise(edits)):
        return False
    for edit in edits:
        place = bisect_left(taken, edit)
        if any(_clash(other, edit) for other in taken[max(place - 1, 0) : place + 1]):
            return False
    return True


def _clash(one: Edit, other: Edit) -> bool:
    """Return whether two edits overlap, or start at one place so that their order would be a guess."""
    return one.start == other.start or (one.start < other.end and other.start < one.end)


def _edited(source: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += [source[position : edit.start], edit.text]
        position = edit.end
    return "".join((*pieces, source[position:]))


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    return (
        lines[:-1] if text.endswith("\n") or not text else [*lines[:-1], f"{lines[-1]}\\ No newline at end of file\n"]
    )


class _Change(NamedTuple):
    """Old lines from *start* to *end* become the new lines from *new_start* to *new_end*; numbers from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def _changed(old: list[str], new: list[str]) -> list[_Change]:
    head = _common(old, new, 0)
    tail = _common(old[head:][::-1], new[head:][::-1], 0)
    end, new_end = len(old) - tail, len(new) - tail
    if end - head == new_end - head:
        return [_Change(at, at + 1, at, at + 1) for at in range(head, end) if old[at] != new[at]]
    if max(end, new_end) - head > _MAX_COMPARED:
        return [_Change(head, end, head, new_end)]
    import difflib

    matcher = difflib.SequenceMatcher(None, old[head:end], new[head:new_end], autojunk=False)
    codes = (code for code in matcher.get_opcodes() if code[0] != "equal")
    return [_Change(*(head + number for number in code[1:])) for code in codes]


def _common(one: list[str], other: list[str], at: int) -> int:
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _groups(changes: list[_Change]) -> Iterator[list[_Change]]:
    group: list[_Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk(group: list[_Change], old: list[str], new: list[str]) -> str:
    start = max(group[0].start - _CONTEXT, 0)
    new_start = group[0].new_start - (group[0].start - start)
    end = min(group[-1].end + _CONTEXT, len(old))
    new_end = group[-1].new_end + (end - group[-1].end)
    body: list[str] = []
    position = start
    for change in group:
        body += [f" {line}" for line in old[position : change.start]]
        body += [f"-{line}" for line in old[change.start : change.end]]
        body += [f"+{line}" for line in new[change.new_start : change.new_end]]
        position = change.end
    body += [f" {line}" for line in old[position:end]]
    return f"@@ -{_extent(start, end)} +{_extent(new_start, new_end)} @@\n{''.join(body)}"


def _extent(start: int, end: int) -> str:
    """Return a range of lines as patch counts them: from 1, but an empty one by the line before it."""
    count = end - start
    return f"{start + 1 if count else start},{count}" if count != 1 else f"{start + 1}"


def _header_name(path: str) -> str:
    if path.isprintable() and '"' not in path:
        return path
    return '"' + path.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'
