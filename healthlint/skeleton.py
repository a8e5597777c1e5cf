"""A small pattern that matches wherever a large one does: what to ask first, because it is cheap to ask.

Kept are letters, digits, spaces and the alternatives between them; whatever is optional, repeated or one of very many
may be anything. Python's own parser reads the pattern.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if sys.version_info >= (3, 11):
    from re import _constants as _codes
    from re import _parser
else:
    import sre_constants as _codes
    import sre_parse as _parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ANYTHING = ".*"
MOST_ALTERNATIVES = 300
_ALTERNATIVES = (20, MOST_ALTERNATIVES)  # more are left out; the second where the first leaves too little to go by
_ENOUGH = (8, 4, 2, 1)  # letters after which the rest is left out; the second and third where much stays open
_MOST_GAPS = 40  # with more, matching is slow
_LARGEST = 20_000
_DIGITS = [(_codes.RANGE, (ord("0"), ord("9")))]
_ANY_DIGIT = frozenset("0123456789")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_FIRST_PLACE = 0xE000  # of the characters that mean nothing
NAME = re.compile(r"\{([a-z][a-z0-9-]*(?:/[a-z0-9-]+)?)\}")
"""An entity in a pattern."""


class _Sketch(NamedTuple):
    """A pattern, and the fewest letters that one of its matches has."""

    pattern: str
    letters: int


def skeleton(pattern: str) -> str | None:
    """Return a pattern for RE2 that matches wherever *pattern* does, or None when none is smaller than "anything".

    It is meant for text of one line. Letters match either case.

    >>> skeleton(r"\\b(?:doubl|tripl)(?:e|ed|ing)\\s+(?:the\\s+)?(?P<what>[a-z]+)")
    '(?is:\\\\b(?:doubl|tripl)(?:e|ed|ing)[\\\\s])'
    """
    try:
        parsed = _parser.parse(_GROUP_NAME.sub("(?:", pattern))
    except (_codes.error, OverflowError, RecursionError):
        return None
    for enough in _ENOUGH:
        best = _Sketcher(_ALTERNATIVES[0], enough).sequence(parsed)
        if best.letters < enough:
            larger = _Sketcher(_ALTERNATIVES[1], enough).sequence(parsed)
            best = larger if len(larger.pattern) <= _LARGEST else best
        if best.pattern.count(_ANYTHING) <= _MOST_GAPS:
            break
    return f"(?is:{best.pattern.removesuffix(_ANYTHING)})" if best.letters else None


def needed_letters(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of letters, in lower case, of each of which one stands in every text that *pattern* matches.

    >>> needed_letters(r"(?is:\\b(?:doubl|tripl).*risk)")
    (('doubl', 'tripl'), ('risk',))
    >>> needed_letters("[0-9]mg")
    (('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), ('mg',))
    """
    try:
        needs = _needs(_parser.parse(pattern))
        return tuple(tuple(sorted(each)) for each in needs if each)
    except (_codes.error, OverflowError, RecursionError):
        return ()


def names_in(pattern: str) -> tuple[str, ...]:
    """Return the entity names that a pattern uses."""
    return tuple(NAME.findall(pattern))


def needed_names(pattern: str) -> frozenset[str]:
    """Return the ``{names}`` in *pattern* without which no text matches it.

    >>> sorted(needed_names("{quit} (?:{filler} ){0,4}(?:the|{own}) {medicine}"))
    ['medicine', 'quit']
    """
    names = dict.fromkeys(names_in(pattern))
    letters = {name: chr(_FIRST_PLACE + number) for number, name in enumerate(names)}
    try:
        parsed = _parser.parse(NAME.sub(lambda match: letters[match[1]], _GROUP_NAME.sub("(?:", pattern)))
    except (_codes.error, OverflowError, RecursionError):
        return frozenset()
    needed = _needed_characters(parsed)
    return frozenset(name for name, letter in letters.items() if ord(letter) in needed)


def _needed_characters(parts: Any) -> frozenset[int]:
    """Return the characters of a sequence that every match has; those in a class of characters do not count."""
    found: set[int] = set()
    for code, value in parts:
        if code is _codes.LITERAL:
            found.add(value)
        elif code is _codes.SUBPATTERN:
            found |= _needed_characters(value[-1])
        elif code is _codes.BRANCH:
            found |= frozenset.intersection(*map(_needed_characters, value[1]))
        elif code in {_codes.MAX_REPEAT, _codes.MIN_REPEAT} and value[0] > 0:
            found |= _needed_characters(value[2])
    return frozenset(found)


def _needs(parts: Any) -> Iterator[frozenset[str]]:
    """Yield what each part of a sequence needs one of; nothing where a part can do without."""
    run = ""
    for code, value in parts:
        if code is _codes.LITERAL:
            run += chr(value).lower()
        elif code is _codes.IN and value == _DIGITS:
            yield _letters(run)
            run = ""
            yield _ANY_DIGIT
        elif code is not _codes.AT:
            yield _letters(run)
            run = ""
            if code is _codes.SUBPATTERN:
                yield from _needs(value[-1])
            elif code is _codes.BRANCH:
                needs = [_rarest(branch) for branch in value[1]]
                yield frozenset().union(*needs) if all(needs) else frozenset()
    yield _letters(run)


def _letters(run: str) -> frozenset[str]:
    return frozenset({run}) if run.strip() else frozenset()


def _rarest(parts: Any) -> frozenset[str]:
    """Return the one need of a sequence that is the least likely to be met by chance."""
    needs = [need for need in _needs(parts) if need]
    return min(needs, key=lambda each: (len(each), -min(map(len, each)), sorted(each)), default=frozenset())


class _Sketcher(NamedTuple):
    """Draws a pattern with at most so many alternatives, and no further than so many letters."""

    most: int
    enough: int

    def sequence(self, parts: Any) -> _Sketch:
        """Draw what follows one another."""
        patterns: list[_Sketch] = []
        letters = 0
        for code, value in parts:
            for sketch in self._part(code, value):
                if sketch.pattern == _ANYTHING and letters >= self.enough:
                    return _Sketch(_joined(each.pattern for each in (*patterns, sketch)), letters)
                patterns.append(sketch)
                letters += sketch.letters
        return _Sketch(_joined(each.pattern for each in patterns), letters)

    def _part(self, code: Any, value: Any) -> tuple[_Sketch, ...]:  # noqa: PLR0911  one return per kind of part
        if code is _codes.LITERAL:
            return (_Sketch(" " if value == ord(" ") else re.escape(chr(value)), 1),)
        if code is _codes.AT:
            return (_Sketch(r"\b" if value is _codes.AT_BOUNDARY else "", 0),)
        if code is _codes.IN:
            return (_class(value),)
        if code is _codes.SUBPATTERN:
            return (self.sequence(value[-1]),)
        if code is _codes.BRANCH:
            return (self._alternatives(value[1]),)
        if code in {_codes.MAX_REPEAT, _codes.MIN_REPEAT} and value[0] > 0:
            once = self.sequence(value[2])
            return (once,) if value[1] == 1 else (once, _Sketch(_ANYTHING, 0))
        return (_Sketch(_ANYTHING, 0),)

    def _alternatives(self, branches: Iterable[Any]) -> _Sketch:
        sketches = dict.fromkeys(map(self.sequence, branches))
        patterns = dict.fromkeys(each.pattern for each in sketches)
        if len(patterns) > self.most or patterns.keys() & {"", _ANYTHING}:
            return _Sketch(_ANYTHING, 0)
        return _Sketch(f"(?:{'|'.join(patterns)})", min(each.letters for each in sketches))


def _class(members: Iterable[Any]) -> _Sketch:
    kept = [_member(kind, value) for kind, value in members]
    return _Sketch(_ANYTHING, 0) if "" in kept else _Sketch(f"[{''.join(kept)}]", 0 if kept == [r"\s"] else 1)


def _member(kind: Any, value: Any) -> str:
    """Return how RE2 writes a member of a class of characters, or '' for one that is too wide to keep."""
    if kind is _codes.LITERAL:
        return re.escape(chr(value))
    if value in {_codes.CATEGORY_DIGIT, (ord("0"), ord("9"))}:
        return "0-9"
    return r"\s" if value is _codes.CATEGORY_SPACE else ""


def _joined(patterns: Iterable[str]) -> str:
    return "".join(_without_repeats(each for each in patterns if each))


def _without_repeats(patterns: Iterable[str]) -> Iterator[str]:
    for pattern, run in groupby(patterns):
        yield from (pattern,) if pattern == _ANYTHING else run
