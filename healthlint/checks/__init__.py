"""Kinds of finder a rule can use: one file each, found by its name.

A module here holds one frozen dataclass ``Check``. Its fields are the keys that a rule of this kind may have
(``min_words`` is written ``min-words`` in YAML), typed with plain types only, and it has three methods:

``gates(vocabulary)``
    RE2 patterns, one of which matches every sentence in which something can be found, or None for every sentence.
``validate(vocabulary)``
    Raises SettingError when a value cannot be used. Called once, when the rule file is read.
``find(document, sentences, vocabulary)``
    Yields a Finding for each place, in reading order. *sentences* are those of the rule's ``where`` that pass the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


class CheckKind(Protocol):
    """What every ``Check`` can do."""

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return patterns one of which every sentence with a finding matches, or None for every sentence."""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Raise SettingError when a value cannot be used."""

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield what is found, in reading order."""
