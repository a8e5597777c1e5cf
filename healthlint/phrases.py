"""Words and phrases: the tokens of a sentence, and which of many phrases stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import re2

from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthlint.document import Sentence

_LETTER = r"[^\W_²³¹⁰⁴-⁹]"  # a number set high is a note, no part of the word before it
_TOKEN = re.compile(rf"{_LETTER}+(?:[.,][0-9]{_LETTER}*)*(?:'{_LETTER}+)?")
_RE2_WORD = re.compile("[0-9a-z]+")
_GAP = re.compile(r"[\s-]+")


Phrases = Mapping[str, Mapping[int, frozenset[tuple[str, ...]]]]


class Mark(NamedTuple):
    """What was found in a sentence, as a half-open range of its tokens."""

    start: int
    end: int


class Tokens(NamedTuple):
    """The words of *text*, a folded sentence, in lower case, with the offsets of each."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: str
    firsts: Mapping[str, Sequence[int]]
    """The words, and those with ``'s`` behind them without it: what a phrase can begin with, and at which words."""

    def span(self, start: int, end: int) -> Span:
        """Return where the words from *start* up to *end*, one or more, stand in ``text``."""
        return Span(self.starts[start], self.ends[end - 1])

    def covered(self, start: int, end: int) -> Mark | None:
        """Return the words that ``text[start:end]`` holds or cuts, or None for none."""
        first = bisect_left(self.ends, start + 1)
        last = bisect_left(self.starts, end)
        return Mark(first, last) if first < last else None


def tokenize(shadow: str) -> Tokens:
    """Return the words of a folded text; a hyphen or slash parts words, an apostrophe does not.

    >>> tokenize("Side-effect: 1.5 mg, don't").words
    ('side', 'effect', '1.5', 'mg', "don't")
    """
    lowered = shadow.lower()
    matches = list(_TOKEN.finditer(lowered if len(lowered) == len(shadow) else shadow))
    words = [match[0] for match in matches]
    return Tokens(
        tuple(words),
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
        shadow,
        _firsts(words),
    )


def _firsts(words: Sequence[str]) -> dict[str, list[int]]:
    firsts: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        firsts.setdefault(word, []).append(at)
        if word[-2:] == "'s":
            firsts.setdefault(word[:-2], []).append(at)
    return firsts


def tokens_of(sentence: Sentence) -> Tokens:
    """Return the tokens of *sentence*, made once."""
    tokens: Tokens | None = sentence.memo.get("tokens")
    if tokens is None:
        tokens = sentence.memo["tokens"] = tokenize(sentence.shadow)
    return tokens


def words_of(sentence: Sentence) -> tuple[Tokens, ...]:
    """Return the tokens of *sentence* and, where they are other ones, the words that RE2 sees."""
    tokens = tokens_of(sentence)
    return (tokens,) if _RE2_WORD.fullmatch("".join(tokens.words)) else (tokens, _parts_of(sentence))


class Prepared(NamedTuple):
    """An entity with all that it includes, ready to be looked for."""

    phrases: Phrases
    """Its phrases by their first word and by how many words follow it, most first: those words."""
    patterns: tuple[str, ...]
    """What is more than words: its patterns as they are written, and phrases such as "100%"."""
    size: int
    """How many phrases there are."""


def prepare(terms: Iterable[str], patterns: tuple[str, ...]) -> Prepared:
    """Return the phrases *terms*, in lower case, and the RE2 *patterns* of one entity ready to be looked for."""
    grouped: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    size = 0
    more_than_words: list[str] = []
    for phrase in sorted(terms, key=lambda term: (-len(term), term)):
        words = tokenize(phrase).words
        if words == tuple(_GAP.split(phrase)):
            grouped[words[0]].add(words[1:])
            size += 1
        elif phrase.strip():
            more_than_words.append(phrase_pattern(phrase))
    return Prepared(
        phrases={first: _by_length(rests) for first, rests in grouped.items()},
        patterns=(*patterns, "|".join(more_than_words)) if more_than_words else patterns,
        size=size,
    )


def _by_length(rests: Iterable[tuple[str, ...]]) -> dict[int, frozenset[tuple[str, ...]]]:
    ordered = sorted(rests, key=lambda rest: (-len(rest), rest))
    return {length: frozenset(group) for length, group in groupby(ordered, key=len)}


def phrase_pattern(phrase: str, edge: str = r"\b") -> str:
    """Return the RE2 pattern of a phrase: whole words, any run of space or one hyphen between them."""
    words = [re2.escape(word) for word in _GAP.split(phrase)]
    head = edge if phrase[:1].isascii() and phrase[:1].isalnum() else ""  # RE2's words are ASCII
    tail = edge if phrase[-1:].isascii() and phrase[-1:].isalnum() else ""
    return head + r"(?:\s+|-)".join(words) + tail


def said(phrases: Phrases) -> Iterator[str]:
    """Yield each of *phrases*, one space between its words."""
    for first, rests in phrases.items():
        yield from (" ".join((first, *rest)) for group in rests.values() for rest in group)


def alternatives(phrases: Iterable[str]) -> str:
    """Return the RE2 pattern of any of *phrases*, the longest first."""
    return "|".join(phrase_pattern(phrase) for phrase in sorted(phrases, key=lambda each: (-len(each), each)))


def find_phrases(
    phrases: Phrases, tokens: Tokens, *, every: bool = False
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield start, end and words of the longest phrase at each word where one starts, or with *every* of all that do.

    The words of a phrase stand apart by white space or one hyphen; ``'s`` of an owner is ignored.
    """
    hits = phrases.keys() & tokens.firsts.keys()
    if not hits:
        return
    words = tokens.words
    starts = tokens.firsts[hits.pop()] if len(hits) == 1 else sorted({at for hit in hits for at in tokens.firsts[hit]})
    for start in starts:
        for length, first, rests in _candidates(phrases, words[start]):
            end = start + 1 + length
            rest = _said(words[start + 1 : end], rests) if length else ()
            if rest is not None and (not length or _is_joined(tokens, start, end)):
                yield start, end, (first, *rest)
                if not every:
                    break


def phrases_in(sentence: Sentence, phrases: Phrases, *, key: str) -> frozenset[str]:
    """Return those of *phrases* that stand in *sentence*, overlapping ones too; found once for *key*."""
    found: frozenset[str] | None = sentence.memo.get(("phrases", key))
    if found is None:
        found = sentence.memo["phrases", key] = frozenset(
            " ".join(each) for tokens in words_of(sentence) for _, _, each in find_phrases(phrases, tokens, every=True)
        )
    return found


def _candidates(phrases: Phrases, word: str) -> Sequence[tuple[int, str, frozenset[tuple[str, ...]]]]:
    """Return what may follow *word*, or the word that owns something in it, the longest first."""
    candidates = [(length, word, rests) for length, rests in phrases.get(word, {}).items()]
    if word[-2:] == "'s":
        owner = word[:-2]
        candidates += [(length, owner, rests) for length, rests in phrases.get(owner, {}).items()]
        candidates.sort(key=lambda each: -each[0])
    return candidates


def _said(words: tuple[str, ...], rests: frozenset[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return those of *rests* that *words* are, an ``'s`` at their end ignored, or None."""
    if words in rests:
        return words
    if words and words[-1][-2:] == "'s":
        owner = (*words[:-1], words[-1][:-2])
        return owner if owner in rests else None
    return None


def _is_joined(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether nothing but white space or one hyphen parts the tokens from *start* to *end*."""
    gaps = (tokens.text[tokens.ends[index] : tokens.starts[index + 1]] for index in range(start, end - 1))
    return all(gap == "-" or gap.isspace() for gap in gaps)


def _parts_of(sentence: Sentence) -> Tokens:
    """Return the words of *sentence* as RE2 sees them: ``\\b`` holds before the "t" of "don't" and the "5" of "2.5"."""
    parts: Tokens | None = sentence.memo.get("parts")
    if parts is None:
        lowered = sentence.shadow.lower()
        spans = [match.span() for match in _RE2_WORD.finditer(lowered)]
        words = tuple([lowered[start:end] for start, end in spans])
        starts, ends = tuple([start for start, _ in spans]), tuple([end for _, end in spans])
        parts = sentence.memo["parts"] = Tokens(words, starts, ends, lowered, _firsts(words))
    return parts
