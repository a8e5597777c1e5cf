"""The vocabulary: named word classes and patterns that rules are composed of, and where a sentence holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from healthlint.entity import Entity
from healthlint.errors import SettingError, unknown
from healthlint.late import LatePattern
from healthlint.phrases import Mark, alternatives, find_phrases, phrase_pattern, phrases_in, prepare, said, tokens_of
from healthlint.regex import compile_pattern, joined
from healthlint.sieve import Sieve
from healthlint.skeleton import MOST_ALTERNATIVES, NAME, names_in, needed_names, skeleton
from healthlint.text import fold
from healthlint.workedout import WorkedOut, chained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from healthlint.document import Sentence
    from healthlint.phrases import Prepared
    from healthlint.table import Row

__all__ = ("Entity", "Vocabulary", "WorkedOut", "names_in")

_EDGE = r"(?:\b|_)"  # an underscore parts tokens
_LARGE = 40  # phrases
_MANY = 3  # patterns
_NOTHING = r"[^\x00-\x{10FFFF}]"
_PATTERN_SIZE = 50
_PHRASE_LENGTH = 20  # characters of its pattern, about


class Vocabulary:
    """All entities of a run. Prepares and compiles what is asked for, once, on first use.

    *known* is what another vocabulary has worked out about entities of these names; what has *changed* since is worked
    out anew.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity],
        known: WorkedOut = WorkedOut(),  # noqa: B008  a constant
        changed: frozenset[str] = frozenset(),
    ) -> None:
        self.changed = changed
        self._entities = entities
        self._known = known
        self._skeletons = {each: small for each, small in known.skeletons.items() if changed.isdisjoint(names_in(each))}
        self._needed = {each: names for each, names in known.needed.items() if changed.isdisjoint(names_in(each))}
        self._prepared: dict[str, Prepared] = {}
        self._alternations: dict[str, str] = {}
        self._parts: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._regexes: dict[tuple[str, bool], Any] = {}
        self._late: dict[tuple[str, bool], LatePattern] = {}
        self._terms: dict[str, frozenset[str]] = {}
        self._sieves: dict[tuple[str, ...], Sieve] = {}
        self._joined: dict[tuple[str, ...], str] = {}
        self.memo: dict[Any, Any] = {}
        """What others have worked out about these entities and want to work out once."""

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
            entity = self.entity(name)
            found = set(entity.terms).union(*(self.terms(included) for included in entity.includes))
            left_out = set().union(*(self.terms(excluded) for excluded in entity.without))
            self._terms[name] = frozenset(found - left_out)
        return self._terms[name]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the dated rows of an entity and of those it includes, in the order of their files."""
        if name in self._known.rows:
            return self._known.rows[name]
        entity = self.entity(name)
        return (*entity.rows, *(row for included in entity.includes for row in self.rows(included)))

    def rows_in(self, patterns: Iterable[str]) -> tuple[Row, ...]:
        """Return the dated rows of all entities that *patterns* name."""
        names = dict.fromkeys(name for pattern in patterns for name in names_in(pattern))
        return tuple(row for name in names for row in self.rows(name))

    def replaced(self, entities: Mapping[str, Entity], changed: frozenset[str]) -> Vocabulary:
        """Return a vocabulary with *entities* instead of its own; *changed* are they and all that is made of them."""
        return Vocabulary(chained(entities, self._entities), self._known, changed)

    def extended(self, entities: Mapping[str, Entity], known: WorkedOut = WorkedOut()) -> Vocabulary:  # noqa: B008
        """Return a vocabulary with *entities* beside its own, which have other names; *known* is about them."""
        return Vocabulary(chained(entities, self._entities), known.beside(self._known))

    def prepared(self, name: str) -> Prepared:
        """Return an entity ready to be looked for; raise SettingError when there is none of this name."""
        found = self._prepared.get(name) or (None if name in self.changed else self._known.prepared.get(name))
        if found is None:
            found = prepare(self.terms(name), self._patterns(name))
        self._prepared[name] = found
        return found

    def _alternation(self, name: str) -> str:
        """Return the phrases of an entity as alternatives of an RE2 pattern."""
        if name not in self._alternations:
            known = None if name in self.changed else self._known.alternations.get(name)
            self._alternations[name] = alternatives(said(self.prepared(name).phrases)) if known is None else known
        return self._alternations[name]

    def expand(self, pattern: str) -> str:
        """Return *pattern* with each ``{entity}`` replaced by what it stands for, as one RE2 group."""
        return self._fill(pattern, self._alternation)

    def parts(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Return *patterns*, and instead of one that is no more than an entity the patterns which that is made of."""
        if patterns not in self._parts:
            self._parts[patterns] = tuple(part for pattern in patterns for part in self._parts_of(pattern))
        return self._parts[patterns]

    def _parts_of(self, pattern: str) -> tuple[str, ...]:
        name = NAME.fullmatch(pattern)
        if name is None or self.prepared(name[1]).size:
            return (pattern,)
        return self.parts(self.prepared(name[1]).patterns)

    def skeleton(self, pattern: str) -> str | None:
        """Return a small pattern that matches wherever *pattern* does, or None when there is none."""
        if pattern not in self._skeletons:
            self._skeletons[pattern] = skeleton(self._fill(pattern, self._few))
        return self._skeletons[pattern]

    def _few(self, name: str) -> str:
        """Return the phrases of an entity as a pattern, or that of any text where a skeleton leaves out so many."""
        return self._alternation(name) if self.prepared(name).size <= MOST_ALTERNATIVES else ".*"

    def gates(self, patterns: Iterable[str]) -> tuple[str, ...] | None:
        """Return small patterns one of which matches wherever one of *patterns* does, or None when there are none."""
        small = [self.skeleton(pattern) for pattern in patterns]
        return None if None in small else tuple(filter(None, small))

    def needed(self, pattern: str) -> frozenset[str]:
        """Return the entities in *pattern* without whose words nothing matches it."""
        if pattern not in self._needed:
            names = needed_names(pattern)
            self._needed[pattern] = frozenset(name for name in names if not self.prepared(name).patterns)
        return self._needed[pattern]

    def worked_out(self, names: Iterable[str]) -> WorkedOut:
        """Return what was worked out about patterns, but for what was known before, and about the entities *names*."""
        names = tuple(names)
        return WorkedOut(
            {name: self.prepared(name) for name in names},
            {name: self._alternation(name) for name in names},
            {each: small for each, small in self._skeletons.items() if each not in self._known.skeletons},
            {each: needed for each, needed in self._needed.items() if each not in self._known.needed},
            {name: self.rows(name) for name in names},
        )

    def likely(self, sentence: Sentence, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of *patterns* that may match in *sentence*, without compiling them."""
        if patterns not in self._sieves:
            self._sieves[patterns] = Sieve([(each, self.skeleton(each)) for each in patterns])
        return self._sieves[patterns].likely(sentence)

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
        if key in self._regexes:
            return self._regexes[key]
        if not all(self._phrases_in(sentence, name) for name in self.needed(pattern)):
            return self.regex(_NOTHING)
        late = self._late.get(key)
        if late is None:
            late = self._late[key] = self._make_late(pattern, case=case)
        if late.is_worn:
            return self.regex(pattern, case=case)
        return late.regex([self._phrases_in(sentence, name) for name in late.large])

    def _make_late(self, pattern: str, *, case: bool) -> LatePattern:
        def filled(phrases: Mapping[str, Iterable[str]]) -> str:
            def filling(name: str) -> str:
                return alternatives(phrases[name]) if name in phrases else self._alternation(name)

            return self._fill(pattern, filling)

        large = self._large_entities(pattern)
        size = sum(self.prepared(name).size for name in large)
        return LatePattern(large, filled, size * _PHRASE_LENGTH, case=case)

    def _fill(self, pattern: str, phrases: Callable[[str], str]) -> str:
        def group(match: re.Match[str]) -> str:
            prepared = self.prepared(match[1])
            parts = [*(self._fill(each, phrases) for each in prepared.patterns), phrases(match[1])]
            return f"(?:{'|'.join(part for part in parts if part) or _NOTHING})"

        return NAME.sub(group, pattern)

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

    def _phrases_in(self, sentence: Sentence, name: str) -> frozenset[str]:
        return phrases_in(sentence, self.prepared(name).phrases, key=name)

    def _patterns(self, name: str) -> tuple[str, ...]:
        if name.startswith("="):
            return ()
        entity = self.entity(name)
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
            for pattern in self._likely(sentence, prepared.patterns):
                matches = self.regex_for(sentence, pattern).finditer(sentence.shadow)
                marks += filter(None, (tokens.covered(match.start(), match.end()) for match in matches))
            for start, end in marks:
                ends[start] = max(end, ends.get(start, 0))
        return [Mark(start, ends[start]) for start in sorted(ends)]

    def _likely(self, sentence: Sentence, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Return *patterns*, or none of them where a search for all at once finds nothing."""
        if len(patterns) < _MANY:
            return patterns
        if patterns not in self._joined:
            self._joined[patterns] = joined(patterns)
        return patterns if self.regex_for(sentence, self._joined[patterns]).search(sentence.shadow) else ()

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

    def entity(self, name: str) -> Entity:
        """Return an entity as its file has it; raise SettingError when there is none of this name."""
        try:
            return self._entities[name]
        except KeyError:
            raise SettingError(unknown("entity", name, self._entities)) from None
