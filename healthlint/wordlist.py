"""Word lists at work: where the words of one stand in a sentence."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.inflection import every_form
from healthlint.phrases import find_phrases, prepare, tokens_of
from healthlint.regex import compile_pattern
from healthlint.text import fold
from healthlint.word import Word, phrase_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary
    from healthlint.inflection import Forms
    from healthlint.phrases import Prepared, Tokens

_MANY = 100  # phrases
_SMALL = frozenset({"and", "of", "for", "the", "in"})


class Use(NamedTuple):
    """A word of a list at ``sentence.shadow[start:end]``."""

    start: int
    end: int
    word: Word


class WordList:
    """Finds the words of one list.

    *entries* are the words, each under the keys of all its phrases; those from the cache are plain tuples. *regex*
    compiles what is more than words. With *case* a phrase stands under itself and must stand in the text letter for
    letter; without it only a term such as "NSAID", with two capitals or more, must.
    """

    def __init__(
        self,
        entries: Mapping[str, Sequence[Any]],
        prepared: Prepared,
        regex: Callable[[str], Any],
        *,
        case: bool = False,
    ) -> None:
        self._entries = entries
        self._prepared = prepared
        self._regex = regex
        self._case = case

    def uses(self, sentence: Sentence) -> Iterator[Use]:
        """Yield each word in *sentence*, left to right, none overlapping another; of two at one start the longer."""
        tokens = tokens_of(sentence)
        if not self._regexes and not self._may_begin_in(tokens):
            return
        reached = 0
        for start, end, key in self._places(tokens):
            word = self._word(key, tokens.text[start:end]) if start >= reached else None
            if word is not None and not (
                _is_inside(word.not_in, tokens, start, end) or _is_name(word, tokens, start, end)
            ):
                reached = end
                yield Use(start, end, word)

    def _may_begin_in(self, tokens: Tokens) -> bool:
        """Say whether two words of *tokens*, or one, can begin a phrase: most sentences have none."""
        for first in self._seconds.keys() & tokens.firsts.keys():
            seconds = self._seconds[first]
            if not seconds or any(
                word in seconds for at in tokens.firsts[first] for word in tokens.words[at + 1 : at + 2]
            ):
                return True
        return False

    @cached_property
    def _seconds(self) -> dict[str, frozenset[str]]:
        """What can follow each word that begins a phrase; nothing where that word is one by itself."""
        return {
            first: frozenset() if 0 in rests else _with_owners(rest[0] for group in rests.values() for rest in group)
            for first, rests in self._prepared.phrases.items()
        }

    def _places(self, tokens: Tokens) -> list[tuple[int, int, str]]:
        places = []
        for first, last, words in find_phrases(self._prepared.phrases, tokens, every=True):
            start, end = tokens.span(first, last)
            is_owner = tokens.words[last - 1] == f"{words[-1]}'s"
            places.append((start, end - 2 if is_owner else end, " ".join(words)))
        for regex in self._regexes:
            places += ((*match.span(), phrase_key(match[0])) for match in regex.finditer(tokens.text))
        return sorted(places, key=lambda place: (place[0], -place[1]))

    @cached_property
    def _regexes(self) -> tuple[Any, ...]:
        return tuple(map(self._regex, self._prepared.patterns))

    def _word(self, key: str, text: str) -> Word | None:
        """Return the word of *key*, if its capitals, where they count, are those of *text*."""
        if self._case:
            entry = self._entries.get(_spaced(text))
            return Word(*entry) if entry is not None else None
        word = Word(*self._entries.get(key, (key,)))
        return word if not word.is_short or text.startswith(fold(word.term)) else None


def word_list(vocabulary: Vocabulary, name: str) -> WordList:
    """Return the entity *name* as a word list; a term of it that has no entry is a word with nothing to say of it."""
    key = ("words", name)
    if key not in vocabulary.memo:
        vocabulary.memo[key] = WordList(_entries(vocabulary, name), vocabulary.prepared(name), vocabulary.regex)
    found: WordList = vocabulary.memo[key]
    return found


def check_list(of: str, vocabulary: Vocabulary) -> None:
    """Raise SettingError, naming the key ``of``, when *of* does not name one entity."""
    names = names_in(of)
    if len(names) != 1 or of != f"{{{names[0]}}}":
        raise SettingError("name one word list, such as '{jargon}'", "of")
    vocabulary.check_names(names, key="of")


def list_gates(of: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return what a sentence with a word of the list *of* needs; None, for any sentence, where that would be too much.

    To look for many words in every sentence is faster than to make a gate of them ready.
    """
    names = names_in(of)
    return None if vocabulary.size(names) > _MANY else (vocabulary.gate(names),)


def own_list(suggestions: Mapping[str, tuple[str, ...]], forms: Forms, *, case: bool) -> WordList:
    """Return a list of terms, each with its *suggestions*, that a rule holds itself."""
    words = {term: Word(term, offered, forms=forms) for term, offered in suggestions.items()}
    phrases = {fold(form): word for term, word in words.items() for form in every_form(term, forms)}
    entries = {(_spaced if case else phrase_key)(phrase): word for phrase, word in phrases.items()}
    return WordList(entries, prepare({phrase.lower() for phrase in phrases}, ()), compile_pattern, case=case)


def _entries(vocabulary: Vocabulary, name: str) -> dict[str, Sequence[Any]]:
    entity = vocabulary.entity(name)
    entries: dict[str, Sequence[Any]] = {}
    for included in entity.includes:
        entries |= _entries(vocabulary, included)
    return entries | {key: entity.words[number] for key, number in entity.keys.items()}


def _with_owners(words: Iterable[str]) -> frozenset[str]:
    return frozenset(each for word in words for each in (word, f"{word}'s"))


def _spaced(text: str) -> str:
    return " ".join(text.replace("-", " ").split())


def _is_inside(phrases: tuple[str, ...], tokens: Tokens, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` is part of one of *phrases*, which are keys."""
    here = bisect_left(tokens.ends, start + 1)
    for phrase in phrases:
        words = tuple(phrase.split(" "))
        for first in range(max(0, here - len(words) + 1), here + 1):
            last = first + len(words)
            if tokens.words[first:last] == words and tokens.ends[last - 1] >= end:
                return True
    return False


def _is_name(word: Word, tokens: Tokens, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` is part of a name or a heading: ``the Institute of Renal and Skin Diseases``."""
    if not tokens.text[start].isupper() or word.term[:1].isupper():
        return False
    first, last = bisect_left(tokens.ends, start + 1), bisect_left(tokens.starts, end)
    beside = (_nearest(tokens, range(first - 1, -1, -1)), _nearest(tokens, range(last, len(tokens.words))))
    return first > 0 and any(at is not None and tokens.text[tokens.starts[at]].isupper() for at in beside)


def _nearest(tokens: Tokens, places: range) -> int | None:
    """Return the first of *places* whose word is no small one such as "of"; None when there is none near."""
    return next((at for at in places[:3] if tokens.words[at] not in _SMALL), None)
