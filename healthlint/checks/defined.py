"""Find abbreviations and terms of art that are used before the page says what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.explanation import Place, is_explained, topic
from healthlint.finding import Finding
from healthlint.text import fold
from healthlint.word import Word, phrase_key
from healthlint.wordlist import check_list, list_gates, word_list

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary


class _Use(NamedTuple):
    """A word at a place; *word* is what its list says of it."""

    key: str
    place: Place
    word: Word


@dataclass(frozen=True)
class Check:
    """The first use of what ``pattern`` matches (case counts), or of a word ``of`` a list, unless explained by then.

    Explained is what stands, there or before or later in the same section, as "full words (ABC)", "ABC, or full words",
    "called ABC", "ABC means", in a glossary, with a link, or with the words of its suggestion beside it; a word of a
    list also where the page's title has it. What ``known`` matches needs no explaining, nor does what stands fewer than
    ``min_uses`` times. Of a list only words of a ``tier`` up to this are found.
    """

    pattern: str = ""
    of: str = ""
    tier: int = 1
    known: tuple[str, ...] = ()
    min_uses: int = 1

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return the pattern itself, or the words of the list; None for many of them."""
        return list_gates(self.of, vocabulary) if self.of else (vocabulary.expand(self.pattern),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the patterns, and look the list up."""
        if bool(self.pattern) == bool(self.of):
            raise SettingError("give either a 'pattern' or a list 'of' words", "pattern")
        if self.of:
            check_list(self.of, vocabulary)
        else:
            vocabulary.check_pattern(self.pattern, key="pattern", case=True)
        for pattern in self.known:
            vocabulary.check_pattern(pattern, key="known", case=True)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield the first use of each unexplained word, in reading order."""
        asked = [use for sentence in sentences for use in self._uses(sentence, vocabulary)]
        known = [vocabulary.regex(f"^(?:{pattern})$") for pattern in self.known]
        here = {key: uses for key, uses in _by_key(asked).items() if not any(each.match(key) for each in known)}
        elsewhere = _by_key(self._others(document, sentences, vocabulary)) if here else {}
        for key, uses in here.items():
            every = [*elsewhere.get(key, ()), *uses]
            if len(uses) >= self.min_uses and not self._is_explained(every, uses[0], document):
                yield _finding(uses)

    def _others(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[_Use]:
        """Yield the uses in the sentences that the rule does not ask about, such as those of headings."""
        asked = set(map(id, sentences))
        for block in document.blocks:
            for sentence in block.sentences:
                if id(sentence) not in asked:
                    yield from self._uses(sentence, vocabulary)

    def _uses(self, sentence: Sentence, vocabulary: Vocabulary) -> Iterator[_Use]:
        if self.of:
            for use in word_list(vocabulary, names_in(self.of)[0]).uses(sentence):
                if use.word.tier <= self.tier:
                    yield _Use(use.word.term, _place(sentence, use.start, use.end), use.word)
        else:
            for match in vocabulary.regex(self.pattern, case=True).finditer(sentence.shadow):
                yield _Use(match[0], _place(sentence, *match.span()), Word(match[0]))

    def _is_explained(self, uses: Sequence[_Use], first: _Use, document: Document) -> bool:
        short = first.word.is_short
        names = set(first.word.meanings if short else (use.place.text for use in uses))
        if self.of and any(f" {phrase_key(fold(each))} " in topic(document) for each in names):
            return True
        end = document.section_of(first.place.block).end
        by_then = (use for use in uses if document.index_of(use.place.block) < end)
        return any(is_explained(use.place, document, use.word.meanings, short=short) for use in by_then)


def _by_key(uses: Iterable[_Use]) -> dict[str, list[_Use]]:
    grouped: defaultdict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        grouped[use.key].append(use)
    return grouped


def _place(sentence: Sentence, start: int, end: int) -> Place:
    return Place(sentence.block, sentence, sentence.start + start, sentence.start + end)


def _finding(uses: Sequence[_Use]) -> Finding:
    place, word = uses[0].place, uses[0].word
    offered = word.offered(place.text)
    values = {"count": str(len(uses)), "term": word.term, **({"suggestion": offered[0]} if offered else {})}
    return Finding(place.block, place.start, place.end, place.sentence, values, offered)
