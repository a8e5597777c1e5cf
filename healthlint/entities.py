"""The vocabulary: named word classes and patterns that rules are composed of, and where a sentence holds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import re2

from healthlint.errors import SettingError
from healthlint.skeleton import skeleton
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from healthlint.document import Sentence

_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_LETTER = r"[^\W_²³¹⁰⁴-⁹]"  # a number set high is a note, no part of the word before it
_TOKEN = re.compile(rf"{_LETTER}+(?:[.,][0-9]{_LETTER}*)*(?:'{_LETTER}+)?")
_RE2_WORD = re.compile("[0-9a-z]+")
_EDGE = r"(?:\b|_)"  # an underscore parts tokens
_GAP = re.compile(r"[\s-]+")
_MAX_PATTERN = 600_000
_LARGE = 40  # phrases
_COMPILED_WHOLE_AFTER = 10
_NO_GATES: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
_NOTHING = r"[^\x00-\x{10FFFF}]"
_PATTERN_SIZE = 50
_MAX_MEMORY = 16 << 20


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
    """The words of *text*, a folded sentence, in lower case, with the offsets of each."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: str
    firsts: frozenset[str]
    """The words, and those with ``'s`` behind them without it: what a phrase can begin with."""


def tokenize(shadow: str) -> Tokens:
    """Return the words of a folded text; a hyphen or slash parts words, an apostrophe does not.

    >>> tokenize("Side-effect: 1.5 mg, don't").words
    ('side', 'effect', '1.5', 'mg', "don't")
    """
    lowered = shadow.lower()
    matches = list(_TOKEN.finditer(lowered if len(lowered) == len(shadow) else shadow))
    words = [match[0] for match in matches]
    owners = [word[:-2] for word in words if word[-2:] == "'s"] if "'" in shadow else []
    return Tokens(
        tuple(words),
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
        shadow,
        frozenset(words + owners),
    )


def tokens_of(sentence: Sentence) -> Tokens:
    """Return the tokens of *sentence*, made once."""
    tokens: Tokens | None = sentence.memo.get("tokens")
    if tokens is None:
        tokens = sentence.memo["tokens"] = tokenize(sentence.shadow)
    return tokens


class Prepared(NamedTuple):
    """An entity with all that it includes, ready to be looked for."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Its phrases by their first word: the words that follow it, longest first."""
    alternation: str
    """The same phrases as alternatives of an RE2 pattern, longest first."""
    patterns: tuple[str, ...]
    """What is more than words: its patterns as they are written, and phrases such as "100%"."""
    size: int
    """How many phrases there are."""


class Vocabulary:
    """All entities of a run. Prepares and compiles what is asked for, once, on first use.

    *prepared* and *skeletons* are what another vocabulary of the same entities has worked out before.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity],
        prepared: Mapping[str, Prepared] | None = None,
        skeletons: Mapping[str, str | None] | None = None,
    ) -> None:
        self._entities = entities
        self._skeletons = dict(skeletons or {})
        self._stored = prepared or {}
        self._prepared: dict[str, Prepared] = {}
        self._parts: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._regexes: dict[tuple[str, bool], Any] = {}
        self._late: dict[tuple[str, bool], _Late] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entities

    def names(self) -> tuple[str, ...]:
        """Return the names of all entities, sorted."""
        return tuple(sorted(self._entities))

    def terms(self, name: str) -> frozenset[str]:
        """Return every phrase of an entity and of those it includes, in lower case."""
        if name.startswith("="):
            return frozenset({fold(name[1:]).lower()})
        if name not in self._terms:
            entity = self._entity(name)
            found = set(entity.terms).union(*(self.terms(included) for included in entity.includes))
            left_out = set().union(*(self.terms(excluded) for excluded in entity.without))
            self._terms[name] = frozenset(found - left_out)
        return self._terms[name]

    def prepared(self, name: str) -> Prepared:
        """Return an entity ready to be looked for; raise SettingError when there is none of this name."""
        found = self._prepared.get(name) or self._stored.get(name)
        if found is None:
            found = _prepare(self.terms(name), self._patterns(name))
        self._prepared[name] = found
        return found

    def expand(self, pattern: str) -> str:
        """Return *pattern* with each ``{entity}`` replaced by what it stands for, as one RE2 group."""
        return self._fill(pattern, lambda _, prepared: prepared.alternation)

    def parts(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Return *patterns*, and instead of one that is no more than an entity the patterns which that is made of."""
        if patterns not in self._parts:
            self._parts[patterns] = tuple(part for pattern in patterns for part in self._parts_of(pattern))
        return self._parts[patterns]

    def _parts_of(self, pattern: str) -> tuple[str, ...]:
        name = _NAME.fullmatch(pattern)
        if name is None or self.prepared(name[1]).size:
            return (pattern,)
        return self.parts(self.prepared(name[1]).patterns)

    def skeleton(self, pattern: str) -> str | None:
        """Return a small pattern that matches wherever *pattern* does, or None when there is none."""
        if pattern not in self._skeletons:
            self._skeletons[pattern] = skeleton(self.expand(pattern))
        return self._skeletons[pattern]

    def skeletons(self) -> dict[str, str | None]:
        """Return the skeletons that were worked out so far."""
        return dict(self._skeletons)

    def may_match(self, sentence: Sentence, pattern: str) -> bool:
        """Say whether *pattern* may match in *sentence*, without compiling it."""
        small = self.skeleton(pattern)
        if small is None:
            return True
        tried, passed = sentence.memo.get("gates", _NO_GATES)
        if small in tried:
            return small in passed
        key = (small, True)
        if key not in self._regexes:
            self._regexes[key] = compile_pattern(small, case=True)
        return bool(self._regexes[key].search(sentence.shadow))

    def regex(self, pattern: str, *, case: bool = False) -> Any:
        """Return *pattern*, its entities expanded, compiled; letters match either case unless *case*.

        Raises SettingError when it is not a pattern that RE2 takes.
        """
        key = (pattern, case)
        if key not in self._regexes:
            self._regexes[key] = compile_pattern(self.expand(pattern), case=case)
        return self._regexes[key]

    def regex_for(self, sentence: Sentence, pattern: str, *, case: bool = False) -> Any:
        """Return *pattern* compiled for one sentence: of its large entities only what stands there is filled in.

        Compiling thousands of alternatives takes longer than checking a page. Where a pattern has been wanted for many
        different sentences, it is compiled whole after all.
        """
        key = (pattern, case)
        late = self._late.get(key)
        if late is None:
            late = self._late[key] = _Late(self._large_entities(pattern))
        if not late.large or len(late.regexes) >= _COMPILED_WHOLE_AFTER:
            return self.regex(pattern, case=case)
        present = tuple(self._phrases_in(sentence, name) for name in late.large)
        if present not in late.regexes:
            chosen = dict(zip(late.large, present, strict=True))

            def phrases(name: str, whole: Prepared) -> str:
                return _alternatives(chosen[name]) if name in chosen else whole.alternation

            late.regexes[present] = compile_pattern(self._fill(pattern, phrases), case=case)
        return late.regexes[present]

    def _fill(self, pattern: str, phrases: Callable[[str, Prepared], str]) -> str:
        def group(match: re.Match[str]) -> str:
            prepared = self.prepared(match[1])
            parts = [*(self._fill(each, phrases) for each in prepared.patterns), phrases(match[1], prepared)]
            return f"(?:{'|'.join(part for part in parts if part) or _NOTHING})"

        return _NAME.sub(group, pattern)

    def _large_entities(self, pattern: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        open_patterns = [pattern]
        while open_patterns:
            for name in names_in(open_patterns.pop()):
                prepared = self.prepared(name)
                open_patterns += prepared.patterns
                if prepared.size > _LARGE:
                    found[name] = None
        return tuple(sorted(found))

    def _phrases_in(self, sentence: Sentence, name: str) -> tuple[str, ...]:
        key = ("phrases", name)
        phrases: tuple[str, ...] | None = sentence.memo.get(key)
        if phrases is None:
            wanted = self.prepared(name).phrases
            tokens = tokens_of(sentence)
            texts = (tokens,) if _RE2_WORD.fullmatch("".join(tokens.words)) else (tokens, _parts_of(sentence))
            found = {" ".join(each) for tokens in texts for _, _, each in find_phrases(wanted, tokens, every=True)}
            phrases = sentence.memo[key] = tuple(sorted(found))
        return phrases

    def _patterns(self, name: str) -> tuple[str, ...]:
        if name.startswith("="):
            return ()
        entity = self._entity(name)
        return (*entity.patterns, *(pattern for included in entity.includes for pattern in self._patterns(included)))

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
        ends: dict[int, int] = {}
        for name in names:
            prepared = self.prepared(name)
            marks = [(start, end) for start, end, _ in find_phrases(prepared.phrases, tokens)]
            for pattern in prepared.patterns:
                matches = self.regex_for(sentence, pattern).finditer(sentence.shadow)
                marks += filter(None, (_token_range(tokens, match.start(), match.end()) for match in matches))
            for start, end in marks:
                ends[start] = max(end, ends.get(start, 0))
        return [Mark(start, ends[start]) for start in sorted(ends)]

    def size(self, names: tuple[str, ...]) -> int:
        """Return how many phrases the entities *names* hold together; a pattern may stand for many."""
        prepared = [self.prepared(name) for name in names]
        return sum(each.size + _PATTERN_SIZE * len(each.patterns) for each in prepared)

    def gate(self, names: tuple[str, ...]) -> str:
        """Return a pattern that every sentence with a mark of one of *names* matches."""
        phrases = sorted({term for name in names for term in self.terms(name)})
        patterns = (self.expand(pattern) for name in names for pattern in self._patterns(name))
        whole = "|".join([*patterns, *(phrase_pattern(phrase, edge=_EDGE) for phrase in phrases)])
        return skeleton(whole) or f"(?i:{whole})"

    def _entity(self, name: str) -> Entity:
        try:
            return self._entities[name]
        except KeyError:
            raise SettingError(unknown("entity", name, self._entities)) from None


class _Late:
    """A pattern with large entities, compiled for the phrases of them that sentences had so far."""

    def __init__(self, large: tuple[str, ...]) -> None:
        self.large = large
        self.regexes: dict[tuple[tuple[str, ...], ...], Any] = {}


def find_phrases(
    phrases: Mapping[str, tuple[tuple[str, ...], ...]], tokens: Tokens, *, every: bool = False
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield start, end and words of the longest phrase at each word where one starts, or with *every* of all that do.

    The words of a phrase stand apart by white space or one hyphen; ``'s`` of an owner is ignored.
    """
    words = tokens.words
    if phrases.keys().isdisjoint(tokens.firsts):
        return
    for start, word in enumerate(words):
        rests = phrases.get(word, ())
        firsts = [(word, rest) for rest in rests] if rests else []
        if word.endswith("'s"):
            firsts += [(word[:-2], rest) for rest in phrases.get(word[:-2], ())]
            firsts.sort(key=lambda each: len(each[1]), reverse=True)
        for first, rest in firsts:
            end = start + 1 + len(rest)
            if not rest or (_says(words[start + 1 : end], rest) and _is_joined(tokens, start, end)):
                yield start, end, (first, *rest)
                if not every:
                    break


def _prepare(terms: Iterable[str], patterns: tuple[str, ...]) -> Prepared:
    grouped: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    plain: list[str] = []
    more_than_words: list[str] = []
    for phrase in sorted(terms, key=lambda term: (-len(term), term)):
        words = tokenize(phrase).words
        if words == tuple(_GAP.split(phrase)):
            grouped[words[0]].add(words[1:])
            plain.append(phrase_pattern(phrase))
        elif phrase.strip():
            more_than_words.append(phrase_pattern(phrase))
    return Prepared(
        phrases={first: tuple(sorted(rests, key=lambda rest: (-len(rest), rest))) for first, rests in grouped.items()},
        alternation="|".join(plain),
        patterns=(*patterns, "|".join(more_than_words)) if more_than_words else patterns,
        size=len(plain),
    )


def _parts_of(sentence: Sentence) -> Tokens:
    """Return the words of *sentence* as RE2 sees them: ``\\b`` holds before the "t" of "don't" and the "5" of "2.5"."""
    parts: Tokens | None = sentence.memo.get("parts")
    if parts is None:
        lowered = sentence.shadow.lower()
        spans = [match.span() for match in _RE2_WORD.finditer(lowered)]
        words = tuple([lowered[start:end] for start, end in spans])
        starts, ends = tuple([start for start, _ in spans]), tuple([end for _, end in spans])
        parts = sentence.memo["parts"] = Tokens(words, starts, ends, lowered, frozenset(words))
    return parts


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(phrase_pattern(phrase) for phrase in sorted(phrases, key=lambda each: (-len(each), each)))


def compile_pattern(expanded: str, *, case: bool = False) -> Any:
    """Compile an RE2 pattern; raise SettingError with RE2's reason when it is not one."""
    if len(expanded) > _MAX_PATTERN:
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


def phrase_pattern(phrase: str, edge: str = r"\b") -> str:
    """Return the RE2 pattern of a phrase: whole words, any run of space or one hyphen between them."""
    words = [re2.escape(word) for word in _GAP.split(phrase)]
    head = edge if phrase[:1].isascii() and phrase[:1].isalnum() else ""  # RE2's words are ASCII
    tail = edge if phrase[-1:].isascii() and phrase[-1:].isalnum() else ""
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


def _says(words: Sequence[str], rest: tuple[str, ...]) -> bool:
    if not words or words[:-1] != rest[:-1]:
        return False
    return words[-1] in (rest[-1], f"{rest[-1]}'s")


def _is_joined(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether nothing but white space or one hyphen parts the tokens from *start* to *end*."""
    gaps = (tokens.text[tokens.ends[index] : tokens.starts[index + 1]] for index in range(start, end - 1))
    return all(gap == "-" or gap.isspace() for gap in gaps)


def _token_range(tokens: Tokens, start: int, end: int) -> Mark | None:
    first = bisect_left(tokens.ends, start + 1)
    last = bisect_left(tokens.starts, end)
    return Mark(first, last) if first < last else None
