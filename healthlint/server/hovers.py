"""What the editor shows beside the pointer: why a rule asks, its sources, and on a heading how hard its text reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from healthlint.markdowntext import markdown_text
from healthlint.prose import prose_of
from healthlint.readability import count
from healthlint.score import grade
from healthlint.server.checking import document_of
from healthlint.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.document import Block, Document
    from healthlint.rulebook import Rulebook
    from healthlint.server.opened import Opened

_HEADINGS = frozenset({"title", "heading"})


def hover(
    opened: Opened, result: Result, at: types.Position, rulebook: Rulebook | None, *, markdown: bool
) -> types.Hover | None:
    """Return what there is to say of the place *at*, or None for nothing."""
    offset = opened.places.offset(at)
    found = [each for each in result.diagnostics if each.span.start <= offset <= each.span.end]
    parts = ["\n".join(_about(each, rulebook, markdown=markdown)) for each in found]
    parts += _reading_level(document_of(opened), offset, markdown=markdown)
    if not parts:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    place = opened.places.range(found[0].span) if found else None
    return types.Hover(types.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(parts)), place)


def _about(diagnostic: Diagnostic, rulebook: Rulebook | None, *, markdown: bool) -> Iterator[str]:
    text = markdown_text if markdown else clean
    gap = "\n" if markdown else ""
    yield (
        f"**{text(diagnostic.rule)}** ({diagnostic.severity}){gap}"
        if markdown
        else f"{diagnostic.rule} ({diagnostic.severity})"
    )
    yield text(diagnostic.message) + gap
    yield text(diagnostic.advice) + gap
    why = _why(diagnostic.rule, rulebook)
    if why:
        yield text(f"Why: {why}") + gap
    for reference in diagnostic.references:
        said = text(", ".join(filter(None, (reference.title, reference.publisher, reference.year))))
        is_link = markdown and reference.url.startswith("https://") and not set(reference.url) & set("<> \n")
        yield (
            f"- [{said}](<{reference.url}>)" if is_link else " ".join(filter(None, (f"- {said}", clean(reference.url))))
        )


def _why(rule_id: str, rulebook: Rulebook | None) -> str:
    rules = (rule for rule in rulebook.rules if rule.id == rule_id) if rulebook else iter(())
    return next((" ".join(rule.text.why.split()) for rule in rules), "")


def _reading_level(document: Document, offset: int, *, markdown: bool) -> Iterator[str]:
    for block in document.blocks:
        if block.kind in _HEADINGS and block.text and block.offsets[0] <= offset <= block.offsets[-1]:
            sentences = [each for each in prose_of(document).sentences if _is_under(each.block, block, document)]
            grades = grade(count(sentences))
            if grades is not None:
                place = "This page" if _is_first(block, document) else "This section"
                line = f"{place} reads at about grade {grades.band} ({grades.counts.words:,} words)."
                yield markdown_text(line) if markdown else line
            return


def _is_under(block: Block, heading: Block, document: Document) -> bool:
    if _is_first(heading, document):
        return True
    return heading in document.headings_above(block)


def _is_first(heading: Block, document: Document) -> bool:
    return next(each for each in document.blocks if each.kind in _HEADINGS) is heading
