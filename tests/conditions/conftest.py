"""What tests of conditions share: a condition asked of «marked» words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.entities import Entity, Vocabulary
from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.conditions import ConditionKind
    from healthlint.document import Document

WORDS = {
    "negator": ("not", "no", "never", "without", "cannot", "doesn't", "no evidence"),
    "pseudo-negator": ("not only", "no doubt", "without question"),
    "debunk-cue": ("myth", "false", "debunked", "contrary to"),
    "instruction-verb": ("take", "share", "ask", "cook", "apply"),
    "hedge": ("may", "might"),
    "warning": ("avoid", "dangerous"),
    "dismissed-warning": ("never dangerous",),
}
ENTITIES = {
    **{name: Entity(terms=terms) for name, terms in WORDS.items()},
    "denial": Entity(patterns=(r"(?:is|are|was)\s+not\b", r"(?:has|have)\s+not\s+been\b", r"does\s+not\b")),
}


@pytest.fixture
def vocabulary() -> Vocabulary:
    """A few words of each class that conditions need."""
    return Vocabulary(ENTITIES)


@pytest.fixture
def holds(vocabulary: Vocabulary) -> Callable[..., bool]:
    """Say whether a condition holds of the «marked» words of a source."""

    def ask(condition: ConditionKind, marked: str, format: str = "markdown") -> bool:
        condition.validate(vocabulary)
        start, end = marked.index("«"), marked.index("»") - 1
        document = readers.parse("page", marked.replace("«", "").replace("»", ""), format)
        return condition.holds(_finding(document, start, end), document, vocabulary)

    return ask


def _finding(document: Document, start: int, end: int) -> Finding:
    """Return a finding at ``source[start:end]``."""
    for block in document.blocks:
        offsets = list(block.offsets)
        if start in offsets and end in offsets:
            first, last = offsets.index(start), offsets.index(end)
            inside = (each for each in block.sentences if each.start <= first and last <= each.end)
            return Finding(block, first, last, next(inside, None))
    raise LookupError(document.source[start:end])
