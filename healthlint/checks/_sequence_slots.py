"""Slots: what may stand in one place of a sequence."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary
    from healthlint.phrases import Mark

_WORDS_OR_ENTITY = re.compile(r"\{[^{}]+\}|[^{}]+")
_SHORT = 4
_MOST_PHRASES = 300


def slot_names(slot: str) -> tuple[str, ...]:
    """Return the entity names of a slot; words that are no entity are named by themselves with ``=`` in front.

    >>> slot_names("{drug} | green tea")
    ('drug', '=green tea')
    """
    parts = [part.strip() for part in slot.split("|")]
    return tuple(names_in(part)[0] if names_in(part) else f"={part}" for part in parts)


def check_slots(slots: Iterable[str], vocabulary: Vocabulary, *, key: str) -> None:
    """Raise SettingError, naming *key*, unless each slot is ``{entity}``, words, or such with ``|`` between them."""
    for slot in slots:
        if not all(_WORDS_OR_ENTITY.fullmatch(part.strip()) for part in slot.split("|")):
            raise SettingError(f"'{slot}': a slot is one entity, or words; part alternatives with |", key)
        vocabulary.check_names(slot_names(slot), key=key)


def rarest_gates(slots: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return the slot with the fewest phrases as a pattern, unless "it" is one: what has it may have the rest.

    A slot with very many phrases is no gate, and None is returned: to look for these in the words is quicker.
    """
    rarest = min(slots, key=lambda names: (_is_common(names), vocabulary.size(names)))
    return (vocabulary.gate(rarest),) if vocabulary.size(rarest) <= _MOST_PHRASES else None


def clause_numbers(sentence: Sentence, within: str) -> list[int]:
    """Return for each token the number of the clause it stands in; the same for all *within* a ``sentence``."""
    starts = [clause.start for clause in sentence.clauses] if within == "clause" else []
    return [bisect_right(starts, start) for start in tokens_of(sentence).starts]


def make_finding(sentence: Sentence, marks: Sequence[Mark], first: Mark, last: Mark) -> Finding:
    """Return what stands from *first* to *last*, with the words of all *marks* as ``slot-1``, ``slot-2`` …"""
    tokens = tokens_of(sentence)
    start, end = tokens.span(first.start, last.end)
    values = {f"slot-{number}": sentence.text[slice(*tokens.span(*mark))] for number, mark in enumerate(marks, 1)}
    return Finding(sentence.block, sentence.start + start, sentence.start + end, sentence, values)


def _is_common(names: tuple[str, ...]) -> bool:
    """Say whether a word named by itself is so short that most sentences may have it."""
    return any(name.startswith("=") and len(name) <= _SHORT for name in names)
