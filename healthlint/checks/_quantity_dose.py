"""What a sentence says of amounts: how much of which substance, and how often."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.amount import COUNT, PIECE, Amount, compiled, count_range, find_amounts, is_whole
from healthlint.frequency import Frequency, find_frequencies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Sentence
    from healthlint.table import Row

_REACH = 80  # characters; what stands further away is not looked at for a single amount
_STRONG = r"(?:extra|max(?:imum)?|double)[\s-]+strengths?"
_TAKE = (
    r"(?:tak(?:e|es|ing)|pop(?:s|ping)?|swallow(?:s|ing)?|neck(?:ing)?|down(?:ing)?|(?:knock|throw|chuck)(?:ing)?\s+back"
    r"|hav(?:e|ing)|chew(?:ing)?|gulp(?:ing)?|giv(?:e|ing)(?:\s+(?:him|her|them))?|us(?:e|ing)|dose\s+up\s+on|up\s+to|need)"
)
_BARE_COUNT = (
    rf"(?i)\b{_TAKE}\s+(?:(?:up\s+to|another|about|around|as\s+many\s+as)\s+)?{COUNT}(?P<strong>\s+{_STRONG})?"
    r"(?:\s+(?:of\s+(?:them|these|those)|more|together))?"
)
_NAME_COUNT = (
    rf"(?i){COUNT}\s+(?:(?:of\s+(?:the|these|your)|more|regular|normal|ordinary|adult)\s+){{0,2}}"
    rf"(?P<strong>{_STRONG}\s+)?$"
)
# What may follow a bare number of tablets: "take three at once", never "take three breaths".
_GOES_ON = (
    r"(?i)^(?:\s*(?:[.,;:!?)]|$)|\s+(?:at\s+(?:once|a\s+time|the\s+same|night|bedtime)|in\s+one|together|with|before"
    r"|after|if|when|until|till|whenever|and|straight|right|now|first|instead|to|for|a\s+day|per|daily|every|each|in|over"
    r"|once|twice|up\s+to|then|or|as|is|are|\d+(?:mg|\s)|one|two|three|four|five|six)\b)"
)
_CLOSE_AFTER = (
    r"(?i)^[\s-]*(?:,\s*)?(?:(?:worth|pure|oral|liquid|soluble|extra|supplements?|tablets?|capsules?|pills?|of|the|your)"
    r"[\s-]+){0,4}$"
)
_ADJACENT = r"(?i)^[\s:(=,-]*(?:(?:of|is|was|at|tablets?|capsules?|supplements?|levels?|dose)\s+){0,3}$"
_OF_SOMETHING = r"(?i)^\s*of\s+(?:the\s+|your\s+|a\s+)?([a-z-]+)"
_VAGUE = frozenset(
    "it this that them these those medicine medicines medication drug painkiller painkillers pain supplement stuff "
    "pills tablets capsules each".split()
)
_AGAIN = r"(?i)\b(?:it|them|these|those|one|another|doses?|tablets?|pills?|capsules?)\b"
_MORE_THAN = (
    r"(?i)\b(?:(?:more|greater|higher|larger)\s+than|over|above|exceed(?:s|ed|ing)?|in\s+excess\s+of|beyond)"
    r"\s+(?:(?:a|the|your|about|around|daily|total|dose|doses|of)\s+){0,3}$"
)
_DENIED = r"(?i)(?:\b(?:no|not|never|cannot|without|avoid)|n't)\b[^.;:]*$"
_NEW_DOSE = r"(?i);|\b(?:then|followed\s+by|after\s+that|afterwards|later|initially)\b"
_RESTATED = r"(?i)^[\s,]*(?:\(|or\b|i\.?e\.?|that\s+is|which\s+is|=)?[\s,(]*(?:up\s+to\s+)?$"
_MOST_IN_A_ROW = 4
_KINDS = ("times", "every", "whole")


class Name(NamedTuple):
    """A substance named at ``text[start:end]``; its *rows*, or None for one that is only in the way of others."""

    start: int
    end: int
    text: str
    rows: tuple[Row, ...] | None


class Dose(NamedTuple):
    """So much of a substance, and how often, where the sentence says so.

    *strength* is what each tablet holds. *is_bound*: the sentence speaks of "more than" the amount and does not say
    "no more than": nobody is to take that.
    """

    name: Name
    amount: Amount | None
    often: Frequency | None
    strength: Amount | None = None
    is_bound: bool = False


class SentenceReader:
    """Reads one sentence in which *names* stand; *carried* is the substance that those before it spoke of."""

    def __init__(self, sentence: Sentence, names: Sequence[Name], carried: Name | None = None) -> None:
        self._text = sentence.shadow
        self._memo = sentence.memo
        self._names = names
        self._ends = [each.end for each in names]
        self._starts = [each.start for each in names]
        self._carried = carried

    def doses(self) -> Iterator[Dose]:
        """Yield each amount that has a name, in order."""
        previous = None
        for amount in self._amounts:
            restated = previous is not None and amount.unit == PIECE and self._is_restated(previous, amount)
            name = None if restated else self._name_of(amount)
            if name is not None and name.rows is not None:
                often, strength = self._frequency_of(amount), self._strength_of(name, amount)
                yield Dose(name, amount, often, strength, self._is_bound(amount))
            previous = amount

    def intakes(self) -> Iterator[Dose]:
        """Yield each frequency with the name that stands nearest before it, or, where there is none, after it.

        A name from another sentence counts where this one speaks of "it" or "them".
        """
        carried = self._carried if compiled(_AGAIN).search(self._text) else None
        for often in self._frequencies:
            before, after = self._names_beside(often.start, often.end)
            name = before or after or carried
            if name is not None and name.rows is not None:
                yield Dose(name, None, often)

    @cached_property
    def _frequencies(self) -> list[Frequency]:
        if "frequencies" not in self._memo:
            self._memo["frequencies"] = find_frequencies(self._text)
        found: list[Frequency] = self._memo["frequencies"]
        return found

    @cached_property
    def _amounts(self) -> list[Amount]:
        """The amounts in the sentence; "three Advil" and "pop three" too."""
        if "amounts" not in self._memo:
            self._memo["amounts"] = find_amounts(self._text)
        found: list[Amount] = [*self._memo["amounts"]]
        taken = [(each.start, each.end) for each in found] + [(each.start, each.end) for each in self._frequencies]
        taken.sort()
        for count in (*self._counted_names(), *self._bare_counts()):
            place = bisect_left(taken, (count.end,))
            if place == 0 or taken[place - 1][1] <= count.start:
                found.append(count)
        return sorted(set(found))

    def _counted_names(self) -> Iterator[Amount]:
        for name in self._names:
            begin = max(0, name.start - _REACH)
            match = compiled(_NAME_COUNT).search(self._text[begin : name.start])
            if match and self._goes_on(name.end) and is_whole(self._text, begin + match.start()):
                yield _pieces(match, begin)._replace(end=name.end)

    def _bare_counts(self) -> Iterator[Amount]:
        for match in compiled(_BARE_COUNT).finditer(self._text):
            if self._goes_on(match.end()):
                yield _pieces(match, 0)

    def _goes_on(self, end: int) -> bool:
        return bool(compiled(_GOES_ON).search(self._text[end : end + _REACH]))

    def _is_restated(self, first: Amount, second: Amount) -> bool:
        between = self._text[first.end : second.start][:_REACH]
        return first.unit != PIECE and bool(compiled(_RESTATED).search(between))

    def _is_bound(self, amount: Amount) -> bool:
        before = self._text[max(0, amount.start - _REACH) : amount.start]
        more = compiled(_MORE_THAN).search(before)
        return more is not None and not compiled(_DENIED).search(before[: more.start()])

    def _names_beside(self, start: int, end: int) -> tuple[Name | None, Name | None]:
        before, after = bisect_left(self._ends, start + 1), bisect_left(self._starts, end)
        return (
            self._names[before - 1] if before else None,
            self._names[after] if after < len(self._names) else None,
        )

    def _name_of(self, amount: Amount) -> Name | None:
        inside = bisect_left(self._starts, amount.start)
        if inside < len(self._names) and self._names[inside].start < amount.end:
            return self._names[inside]
        before, after = self._names_beside(amount.start, amount.end)
        of = compiled(_OF_SOMETHING).search(self._text[amount.end : amount.end + _REACH])
        if after and self._is_close(amount, after) and (of or not self._is_adjacent(before, amount)):
            return after
        if of and of[1].lower() not in _VAGUE:
            return None
        return before or self._carried or (self._names[0] if len(self._names) == 1 else None)

    def _is_close(self, amount: Amount, after: Name) -> bool:
        """Say whether the name follows the amount, but for how often: "6 g a day of it"."""
        if after.start - amount.end > _REACH:
            return False
        start, parts = amount.end, []
        for each in self._frequencies_from(amount.end):
            if each.end > after.start:
                break
            parts.append(self._text[start : each.start])
            start = each.end
        return bool(compiled(_CLOSE_AFTER).search("".join((*parts, self._text[start : after.start]))))

    def _is_adjacent(self, name: Name | None, amount: Amount) -> bool:
        if name is None or not 0 <= amount.start - name.end <= _REACH:
            return False
        return bool(compiled(_ADJACENT).search(self._text[name.end : amount.start]))

    def _frequencies_from(self, start: int) -> list[Frequency]:
        """Return the frequencies after *start* up to the next amount; where there is none, the first one after it."""
        first = bisect_left(self._frequencies, (start,))
        if first == len(self._frequencies):
            return []
        opening = self._frequencies[first].end
        number = bisect_left(self._amounts, (opening,))
        limit = self._amounts[number].start if number < len(self._amounts) else len(self._text)
        last = bisect_left(self._frequencies, (limit,))
        return self._frequencies[first : min(max(last, first + 1), first + _MOST_IN_A_ROW)]

    def _frequency_of(self, amount: Amount) -> Frequency | None:
        """Return the first of the frequencies after an amount, those counted before others; else the last before it."""
        later = self._frequencies_from(amount.end)
        if later and not self._has_new_dose(amount.end, later[0].start):
            return min(later, key=lambda each: _KINDS.index(each.kind))
        number = bisect_left(self._frequencies, (amount.start,))
        earlier = self._frequencies[number - 1] if number else None
        if earlier is None or amount.start - earlier.end > _REACH or self._has_new_dose(earlier.end, amount.start):
            return None
        between = bisect_left(self._amounts, (earlier.end,)) < bisect_left(self._amounts, (amount.start,))
        return None if between else earlier

    @cached_property
    def _new_doses(self) -> list[int]:
        return [match.start() for match in compiled(_NEW_DOSE).finditer(self._text)]

    def _has_new_dose(self, start: int, end: int) -> bool:
        return bisect_left(self._new_doses, start) < bisect_left(self._new_doses, end)

    def _strength_of(self, name: Name, amount: Amount) -> Amount | None:
        """Return the amount that stands right after the name, which is what each of its tablets holds."""
        if amount.unit != PIECE:
            return None
        number = bisect_left(self._amounts, (name.end,))
        found = self._amounts[number] if number < len(self._amounts) else None
        return found if found and found.unit != PIECE and self._is_adjacent(name, found) else None


def _pieces(match: Any, offset: int) -> Amount:
    start, end = match.start(1) + offset, match.end() + offset
    return Amount(start, end, *count_range(match), PIECE, match["strong"] is not None)
