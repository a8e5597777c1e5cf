"""Find sections in which one class of words is too thick on the ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from healthlint.document import PROSE
from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.phrases import tokens_of
from healthlint.prose import scored_sentences

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.phrases import Mark


@dataclass(frozen=True)
class Check:
    """More than ``max`` of an entity per 100 words, in a section (or document) of ``min_words`` or more.

    Per sentence it is those with the entity, of 100 whole sentences of running prose; ``min_sentences`` is how many
    there must be.
    """

    of: str
    max: float
    min_words: int = 150
    within: Literal["section", "document"] = "section"
    per: Literal["words", "sentences"] = "words"
    min_sentences: int = 20

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what a sentence with a word of the entity needs."""
        return (vocabulary.gate(names_in(self.of)),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the entity exists and the limit is a share."""
        if not names_in(self.of):
            raise SettingError("name one entity, such as '{hedge}'", "of")
        vocabulary.check_names(names_in(self.of), key="of")
        if not 0 < self.max <= 100:
            raise SettingError("must be more than 0 and at most 100", "max")
        if self.min_sentences < 1:
            raise SettingError("must be 1 or more", "min_sentences")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield the first occurrence in each section that is over the limit."""
        names = names_in(self.of)
        for (start, end), members in groupby(sentences, key=lambda sentence: self._part(document, sentence)):
            marked = [(sentence, mark) for sentence in members for mark in vocabulary.marks(sentence, names)]
            blocks = document.blocks[start:end]
            if self.per == "words":
                yield from self._dense(marked, sum(block.word_count for block in blocks if block.kind in PROSE))
            else:
                whole = _whole_sentences(document, blocks)
                firsts = {id(sentence): (sentence, mark) for sentence, mark in reversed(marked)}
                yield from self._dense([firsts[each] for each in whole if each in firsts], len(whole))

    def _dense(self, places: Sequence[tuple[Sentence, Mark]], total: int) -> Iterator[Finding]:
        """Yield the first of *places* where they are too many of *total* words or sentences."""
        least = self.min_words if self.per == "words" else self.min_sentences
        if places and total >= least and 100 * len(places) / total > self.max:
            yield self._finding(places, 100 * len(places) / total)

    def _part(self, document: Document, sentence: Sentence) -> tuple[int, int]:
        if self.within == "document":
            return 0, len(document.blocks)
        section = document.section_of(sentence.block)
        return section.start, section.end

    def _finding(self, places: Sequence[tuple[Sentence, Mark]], density: float) -> Finding:
        counts = Counter(_words(sentence, mark).lower() for sentence, mark in places)
        top = ", ".join(f"{word} ({count})" for word, count in counts.most_common(3))
        sentence, mark = places[0]
        start, end = tokens_of(sentence).span(*mark)
        values = {"value": f"{density:.1f}", "count": str(len(places)), "max": f"{self.max:g}", "top": top}
        return Finding(sentence.block, sentence.start + start, sentence.start + end, sentence, values)


def _whole_sentences(document: Document, blocks: Sequence[Block]) -> list[int]:
    """Return the ids of the sentences of running prose in *blocks*, in order."""
    members = frozenset(map(id, blocks))
    return [id(sentence) for sentence in scored_sentences(document) if id(sentence.block) in members]


def _words(sentence: Sentence, mark: Mark) -> str:
    return sentence.text[slice(*tokens_of(sentence).span(*mark))]
