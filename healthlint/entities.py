"""The vocabulary: named word classes and patterns that rules are composed of, and where a sentence holds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import re2

from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthlint.document import Sentence

_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*(?:'[^\W_]+)?")
_MAX_PATTERN = 60_000
_MAX_MEMORY = 256 << 20


@dataclass(frozen=True)
class Entity:
    """A named word class: *terms* in all their forms as a lower-case phrase each, *patterns* as RE2."""

    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Mark(NamedTuple):
    """An entity found in a sentence, as a half-open range of its tokens."""

    start: int
    end: int


class Tokens(NamedTuple):
    """The words of a sentence in lower case, with the offsets of each in the sentence."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def tokenize(shadow: str) -> Tokens:
    """Return the words of a folded text; a hyphen or slash parts words, an apostrophe does not.

    >>> tokenize("Side-effect: 1.5 mg, don't").words
    ('side', 'effect', '1.5', 'mg', "don't")
    """
    lowered = shadow.lower()
    matches = list(_TOKEN.finditer(lowered if len(lowered) == len(shadow) else shadow))
    return Tokens(
        tuple([match[0] for match in matches]),
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
    )


def tokens_of(sentence: Sentence) -> Tokens:
    """Return the tokens of *sentence*, made once."""
    tokens: Tokens | None = sentence.memo.get("tokens")
    if tokens is None:
        tokens = sentence.memo["tokens"] = tokenize(sentence.shadow)
    return tokens


class Vocabulary:
    """All entities of a run. Compiles what is asked for, once, on first use."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = dict(entities)
        self._regexes: dict[tuple[str, bool], Any] = {}
        self._expanded: dict[str, str] = {}
        self._lexicons: dict[tuple[str, ...], Lexicon] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entities

    def names(self) -> tuple[str, ...]:
        """Return the names of all entities, sorted."""
        return tuple(sorted(self._entities))

    def terms(self, name: str) -> frozenset[str]:
        """Return every phrase of an entity and of those it includes, in lower case."""
        if name.startswith("="):
            return frozenset({name[1:].lower()})
        if name not in self._terms:
            entity = self._entity(name)
            found = set(entity.terms).union(*(self.terms(included) for included in entity.includes))
            left_out = set().union(*(self.terms(excluded) for excluded in entity.without))
            self._terms[name] = frozenset(found - left_out)
        return self._terms[name]

    def patterns(self, name: str) -> tuple[str, ...]:
        """Return the patterns of an entity and of those it includes, expanded."""
        if name.startswith("="):
            return ()
        entity = self._entity(name)
        own = [self.expand(pattern) for pattern in entity.patterns]
        return (*own, *(pattern for included in entity.includes for pattern in self.patterns(included)))

    def expand(self, pattern: str) -> str:
        """Return *pattern* with each ``{entity}`` replaced by what it stands for, as one RE2 group."""
        return _NAME.sub(lambda match: self._alternation(match[1]), pattern)

    def regex(self, pattern: str, *, case: bool = False) -> Any:
        """Return *pattern*, its entities expanded, compiled; letters match either case unless *case*.

        Raises SettingError when it is not a pattern that RE2 takes.
        """
        key = (pattern, case)
        if key not in self._regexes:
            self._regexes[key] = compile_pattern(self.expand(pattern), case=case)
        return self._regexes[key]

    def check_pattern(self, pattern: str, *, key: str, case: bool = False) -> None:
        """Raise SettingError, naming *key*, when *pattern* or an entity in it cannot be used."""
        self.check_names(names_in(pattern), key=key)
        try:
            self.regex(pattern, case=case)
        except SettingError as error:
            raise SettingError(str(error), key) from error

    def check_names(self, names: Iterable[str], *, key: str) -> None:
        """Raise SettingError, naming *key*, when one of *names* is no entity."""
        for name in names:
            if name not in self._entities and not name.startswith("="):
                raise SettingError(unknown("entity", name, self._entities), key)

    @staticmethod
    def quote(text: str) -> str:
        """Return *text* as a pattern that matches just it."""
        return str(re2.escape(text))

    def marks(self, sentence: Sentence, names: tuple[str, ...]) -> tuple[Mark, ...]:
        """Return where any of the entities *names* stands in *sentence*, by start; of two at one start the longer."""
        key = ("marks", names)
        marks: tuple[Mark, ...] | None = sentence.memo.get(key)
        if marks is None:
            marks = sentence.memo[key] = tuple(self._find_marks(sentence, names))
        return marks

    def _find_marks(self, sentence: Sentence, names: tuple[str, ...]) -> list[Mark]:
        tokens = tokens_of(sentence)
        ends: dict[int, int] = dict(self._lexicon(names).find(tokens.words))
        for name in names:
            for pattern in self.patterns(name):
                for match in self._compiled(pattern).finditer(sentence.shadow):
                    mark = _token_range(tokens, match.start(), match.end())
                    if mark is not None and mark.end > ends.get(mark.start, 0):
                        ends[mark.start] = mark.end
        return [Mark(start, ends[start]) for start in sorted(ends)]

    def _compiled(self, expanded: str) -> Any:
        key = (expanded, False)
        if key not in self._regexes:
            self._regexes[key] = compile_pattern(expanded)
        return self._regexes[key]

    def _lexicon(self, names: tuple[str, ...]) -> Lexicon:
        if names not in self._lexicons:
            self._lexicons[names] = Lexicon(term for name in names for term in self.terms(name))
        return self._lexicons[names]

    def _alternation(self, name: str) -> str:
        if name not in self._expanded:
            parts = [*self.patterns(name), *(phrase_pattern(term) for term in sorted(self.terms(name)))]
            self._expanded[name] = f"(?:{'|'.join(parts)})"
        return self._expanded[name]

    def _entity(self, name: str) -> Entity:
        try:
            return self._entities[name]
        except KeyError:
            raise SettingError(unknown("entity", name, self._entities)) from None


class Lexicon:
    """A set of phrases that finds itself in a list of words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        grouped: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for phrase in phrases:
            first, *rest = tokenize(phrase).words or ("",)
            grouped[first].add(tuple(rest))
        for first, rests in grouped.items():
            self._by_first[first] = sorted(rests, key=len, reverse=True)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the longest phrase at each word where one starts; ``'s`` of an owner is ignored."""
        by_first = self._by_first
        for start, word in enumerate(words):
            rests = by_first.get(word) or (by_first.get(word[:-2]) if word.endswith("'s") else None)
            if rests is None:
                continue
            for rest in rests:
                end = start + 1 + len(rest)
                if tuple(words[start + 1 : end]) == rest:
                    yield start, end
                    break


def compile_pattern(expanded: str, *, case: bool = False) -> Any:
    """Compile an RE2 pattern; raise SettingError with RE2's reason when it is not one."""
    if len(expanded) > _MAX_PATTERN * 10:
        raise SettingError("pattern is too large once its entities are filled in; use 'check: sequence'")
    options = re2.Options()
    options.case_sensitive = case
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        return re2.compile(expanded, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not a pattern"
        text = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise SettingError(f"bad pattern: {text}; RE2 syntax, without look-around or back-references") from error


def phrase_pattern(phrase: str) -> str:
    """Return the RE2 pattern of a phrase: whole words, any run of space or one hyphen between them."""
    words = [re2.escape(word) for word in re.split(r"[\s-]+", phrase)]
    head = r"\b" if phrase[:1].isalnum() else ""
    tail = r"\b" if phrase[-1:].isalnum() else ""
    return head + r"(?:\s+|-)".join(words) + tail


def names_in(pattern: str) -> tuple[str, ...]:
    """Return the entity names that a pattern uses."""
    return tuple(_NAME.findall(pattern))


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return "unknown *what* '*name*'" with the nearest of *known* as a suggestion."""
    from difflib import get_close_matches

    nearest = get_close_matches(name, list(known), n=1)
    hint = f"; did you mean '{nearest[0]}'?" if nearest else ""
    return f"unknown {what} '{name}'{hint}"


def _token_range(tokens: Tokens, start: int, end: int) -> Mark | None:
    first = bisect_left(tokens.ends, start + 1)
    last = bisect_left(tokens.starts, end)
    return Mark(first, last) if first < last else None
