"""Find amounts and frequencies that go beyond a limit: one of the rule, or one of a dated table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthlint.amount import read_amount
from healthlint.checks._quantity_dose import SentenceReader
from healthlint.checks._quantity_judge import AMOUNTS, LIMITS, Judge, for_locale
from healthlint.checks._quantity_reach import Namer
from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.frequency import read_frequency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.checks._quantity_dose import Dose
    from healthlint.checks._quantity_judge import Verdict
    from healthlint.checks._quantity_reach import Reading
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.table import Row, Value

_AFTER, _BESIDE, _NEAR, _IN_REACH, _FAR = 2, 3, 8, 12, 1_000  # words


@dataclass(frozen=True)
class Check:
    """Amounts of what ``of`` names, against limits in the rows of its table, or, without a row, against those here.

    ``max_a_day``, ``max_a_dose``: the most, as in "4 g"; several where it is counted in several units. ``plausible``:
    ranges outside which the unit must be wrong. ``at_most``: how often. ``tablet``: what a tablet holds where the text
    does not say. ``beside``: entities that an amount or frequency may belong to instead. ``taken``: a pattern that the
    sentence must match for a single dose, or for a frequency without an amount, to count. ``stated``: a pattern of a
    limit that the section itself gives, which holds for what is taken every so many hours.
    """

    of: str
    max_a_day: str | tuple[str, ...] = ()
    max_a_dose: str | tuple[str, ...] = ()
    plausible: str | tuple[str, ...] = ()
    at_most: str = ""
    tablet: str = ""
    strong_tablet: str = ""
    beside: tuple[str, ...] = ()
    taken: str = ""
    stated: str = ""

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what a name needs; sentences after it are looked at with it."""
        return (vocabulary.gate(self._own),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that there are limits, and that every one in the rule and its table can be read."""
        if not self._own:
            raise SettingError("'of' is an entity, as in '{vitamin}'", "of")
        for key, names in (("of", self._own), ("beside", self._others)):
            vocabulary.check_names(names, key=key)
        for key, pattern in (("taken", self.taken), ("stated", self.stated)):
            vocabulary.check_pattern(pattern, key=key)
        rows = [row for name in self._own for row in vocabulary.rows(name)]
        _check_values(self._values, "")
        for row in rows:
            _check_values(row.values, f"{row.term}: ")
        if not any(values.get(key) for values in (self._values, *(row.values for row in rows)) for key in LIMITS):
            raise SettingError(f"nothing to compare with; give {', '.join(LIMITS)} here or in the rows", "of")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each amount, single dose or frequency that is beyond its limit; of what overlaps, the first."""
        if not sentences:
            return
        for reading in Namer(self._own, self._others, vocabulary).readings(document, sentences):
            reached = 0
            for finding in sorted(self._judged(reading, document, vocabulary), key=lambda each: each.start):
                if finding.start >= reached:
                    yield finding
                    reached = finding.end

    def _judged(self, reading: Reading, document: Document, vocabulary: Vocabulary) -> Iterator[Finding]:
        sentence = reading.sentence
        is_taken = not self.taken or bool(vocabulary.regex_for(sentence, self.taken).search(sentence.shadow))
        judge = Judge(self._values, is_limited=self._is_limited(sentence, document, vocabulary))
        reader = SentenceReader(sentence, reading.names, reading.carried)
        for dose in (*reader.doses(), *reader.intakes()):
            rows = for_locale(dose.name.rows or (), document.locale) or (None,)
            for kind in LIMITS:
                if not self._is_asked(kind, dose, reading, is_taken=is_taken):
                    continue
                asked = [row for row in rows if judge.limits(row, kind)]
                verdicts = [judge.verdict(kind, dose, row, sentence.shadow) for row in asked]
                if verdicts and verdicts[0] and all(verdicts):
                    yield _finding(sentence, dose, verdicts[0], asked)
                    break

    def _is_asked(self, kind: str, dose: Dose, reading: Reading, *, is_taken: bool) -> bool:
        """Say whether a limit of this kind is for such a dose."""
        often = dose.often
        if dose.is_bound and kind in {"max-a-day", "max-a-dose"}:
            return False
        if kind == "plausible":
            return _words_away(dose, reading) <= _NEAR
        if kind == "max-a-dose":
            return often.kind != "whole" if often else is_taken
        if kind == "max-a-day" or dose.amount is not None:
            return True
        return _words_away(dose, reading) <= (_IN_REACH if is_taken else _BESIDE) or (is_taken and not reading.names)

    def _is_limited(self, sentence: Sentence, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the section that a sentence stands in states a limit of its own."""
        section = document.section_of(sentence.block)
        key = ("stated", self.stated, section.start)
        if self.stated and key not in document.memo:
            blocks = document.blocks[section.start : section.end]
            regex = vocabulary.regex(self.stated)
            document.memo[key] = any(regex.search(block.shadow) for block in blocks)
        return bool(document.memo.get(key))

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return names_in(self.of)

    @cached_property
    def _others(self) -> tuple[str, ...]:
        return tuple(name for each in self.beside for name in names_in(each))

    @cached_property
    def _values(self) -> Mapping[str, Value]:
        """The limits in the rule, by the keys that they have in a row."""
        return {
            "max-a-day": self.max_a_day,
            "max-a-dose": self.max_a_dose,
            "plausible": self.plausible,
            "at-most": self.at_most,
            "tablet": self.tablet,
            "strong-tablet": self.strong_tablet,
        }


def _words_away(dose: Dose, reading: Reading) -> int:
    """Return how many words part the name of a dose from what is said of it; a cell of the same row is close."""
    if dose.name is reading.carried:
        return 0 if reading.in_row else _FAR
    place = dose.amount or dose.often
    if place is None:
        return _FAR
    between = reading.sentence.shadow[min(dose.name.end, place.end) : max(dose.name.start, place.start)]
    words = len(between.split())
    is_after = dose.name.start > place.start
    return _FAR if ";" in between or (is_after and ("," in between or words > _AFTER)) else words


def _finding(sentence: Sentence, dose: Dose, verdict: Verdict, rows: Sequence[Row | None]) -> Finding:
    row = rows[0]
    values = {
        "substance": dose.name.text,
        "found": verdict.found,
        "limit": verdict.limit,
        "source": row.source if row else "",
        "as-of": row.as_of if row else "",
        **({"meant": verdict.meant} if verdict.meant else {}),
    }
    start, end = sentence.start + verdict.start, sentence.start + verdict.end
    meant = (verdict.meant,) if verdict.meant else ()
    return Finding(
        sentence.block,
        start,
        end,
        sentence,
        values,
        meant,
        is_checked=all(each is None or each.checked for each in rows),
    )


def _check_values(values: Mapping[str, Value], where: str) -> None:
    """Raise SettingError for a limit that cannot be read."""
    for key in AMOUNTS:
        value = values.get(key, ())
        for each in value if isinstance(value, tuple) else (value,):
            if each and read_amount(str(each)) is None:
                raise SettingError(f"{where}'{key}' cannot be '{each}'; write an amount, as in '4 g'", key)
    often = str(values.get("at-most", ""))
    if often and read_frequency(often) is None:
        raise SettingError(f"{where}'at-most' cannot be '{often}'; write how often, as in 'once a week'", "at-most")
