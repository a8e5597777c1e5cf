"""What healthlint reports held against what readers marked: precision and recall per concern and per rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthlint import readers
from healthlint.diagnostic import rank
from healthlint.errors import GoldError
from healthlint.gold import ANY, placed, read_gold
from healthlint.linter import lint
from healthlint.regular_file import read_bytes
from healthlint.rule import CONCERNS
from healthlint.share import Share
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from healthlint.diagnostic import Diagnostic, Result, Severity
    from healthlint.gold import Judged, Mark
    from healthlint.session import Session

# Where a sentence is a claim, readers who agree on its words differ in which of these they call it.
_NEIGHBOURS = frozenset({"efficacy", "absolute", "hype", "causal"})
_WHOLE = ("", ANY)  # what a text with a label tells, of no rule in particular
_AROUND = 60


class Score(NamedTuple):
    """Counts of a concern, a rule or all: *expected* marks, those *found*, what is *reported*, what of it is *right*.

    A rule is expected to find the marks of its concern, which it shares with others.
    """

    expected: int = 0
    found: int = 0
    reported: int = 0
    right: int = 0

    @property
    def recall(self) -> Share:
        """How much of what must be found is found."""
        return Share(self.found, self.expected)

    @property
    def precision(self) -> Share:
        """How much of what is reported was marked."""
        return Share(self.right, self.reported)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, or None where one of them is unknown."""
        recall, precision = self.recall.value, self.precision.value
        if recall is None or precision is None:
            return None
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


class Case(NamedTuple):
    """A mark that was missed, or what *rules* reported wrongly, shown «like this» in the words around it.

    *marked* are the concerns that readers marked there.
    """

    path: str
    line: int
    text: str
    concerns: tuple[str, ...]
    rules: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """The counts of all texts; *optional* marks may be found, *loud* are the warnings and errors that lie on marks.

    *loud_rules* are the warnings and errors of each rule that are right: a report that was made milder claims less.
    A report of a concern that nobody marked cannot be judged; it is only counted, in *unjudged*.
    """

    texts: int
    words: int
    optional: int
    total: Score
    concerns: Mapping[str, Score]
    rules: Mapping[str, Score]
    loud: Share
    loud_rules: Mapping[str, Share]
    unjudged: Mapping[str, int]
    misses: tuple[Case, ...]
    alarms: tuple[Case, ...]


def evaluate(paths: Iterable[str], session: Session) -> Evaluation:
    """Return what *session* reports of the judged texts in the files *paths*, counted against their marks.

    Raises GoldError when a record cannot be used, or a text cannot be checked in full.
    """
    texts = [(path, judged) for path in paths for judged in read_gold(path)]
    counts = _Counts(_looked_for(judged for _, judged in texts))
    errors: list[str] = []
    for path, judged in texts:
        try:
            result = _result(judged, session)
            counts.take(judged, result, placed(judged, result.source, path))
        except GoldError as error:
            errors.append(str(error))
    if errors:
        raise GoldError("\n".join(errors))
    return counts.evaluation()


def _looked_for(texts: Iterable[Judged]) -> frozenset[str]:
    """Return the concerns that readers looked for: those that they marked or judged texts for, and their neighbours."""
    found: set[str] = set()
    for judged in texts:
        found |= {judged.concern} if judged.as_a_whole else {mark.concern for mark in judged.marks}
    if ANY in found:
        return frozenset((*CONCERNS, ANY))
    return frozenset(found | _NEIGHBOURS if found & _NEIGHBOURS else found)


def _result(judged: Judged, session: Session) -> Result:
    if judged.text is None:
        place = judged.path
        result = session.check_file(place, read_bytes)
    else:
        place = f"{judged.path}:{judged.line}"
        document = readers.parse(judged.path, judged.text, judged.format)
        result = lint(document, session.rulebook(session.config(judged.path)))
    if result.errors:
        raise GoldError("\n".join(f"{place}: {error}" for error in result.errors))
    return result


class _Unit(NamedTuple):
    """What is right or wrong once: a diagnostic, or all that is reported of a text that was judged as a whole."""

    told: tuple[tuple[str, str], ...]  # rule and concern, of the diagnostic and of what it speaks for
    span: Span
    severity: Severity


class _Counts:
    """Takes texts one by one and counts."""

    def __init__(self, looked_for: Collection[str]) -> None:
        self._looked_for = looked_for
        self._texts = self._words = self._optional = self._loud = self._loud_on_marks = 0
        self._total: Counter[str] = Counter()
        self._concerns: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._loud_rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._concern_of: dict[str, str] = {}
        self._unjudged: Counter[str] = Counter()
        self._misses: list[Case] = []
        self._alarms: list[Case] = []

    def take(self, judged: Judged, result: Result, marks: Sequence[Mark]) -> None:
        """Count one text."""
        self._texts += 1
        self._words += result.words
        units = [unit for each in result.diagnostics for unit in self._judged_part(each, judged)]
        if judged.as_a_whole and units:
            units = [_as_one(units, judged, result.source)]
        where = _Where(judged, result.source)
        for mark in marks:
            self._take_mark(mark, units, where)
        for unit in units:
            self._take_unit(unit, marks, where)

    def evaluation(self) -> Evaluation:
        """Return what was counted."""
        return Evaluation(
            texts=self._texts,
            words=self._words,
            optional=self._optional,
            total=Score(**self._total),
            concerns={name: Score(**counter) for name, counter in sorted(self._concerns.items())},
            rules={name: self._rule_score(name) for name in sorted(self._rules)},
            loud=Share(self._loud_on_marks, self._loud),
            loud_rules={name: Share(each["right"], each["reported"]) for name, each in self._loud_rules.items()},
            unjudged=dict(self._unjudged.most_common()),
            misses=tuple(self._misses),
            alarms=tuple(self._alarms),
        )

    def _judged_part(self, diagnostic: Diagnostic, judged: Judged) -> list[_Unit]:
        """Return the diagnostic with what it says of concerns that were looked for, or nothing where there is none."""
        told = ((each.rule, each.concern) for each in diagnostic.told)
        asked = [pair for pair in told if pair[1] in self._looked_for and _same(pair[1], judged.concern)]
        if not asked:
            self._unjudged[diagnostic.concern] += 1
            return []
        return [_Unit(tuple(asked), diagnostic.span, diagnostic.severity)]

    def _take_mark(self, mark: Mark, units: Sequence[_Unit], where: _Where) -> None:
        if not mark.expected:
            self._optional += 1
            return
        near = [unit for unit in units if _touch(unit, mark)]
        finders = {told for unit in near for told in unit.told if _same(told[1], mark.concern)}
        for counter in (self._total, self._concerns[mark.concern]):
            counter["expected"] += 1
            counter["found"] += bool(finders)
        for rule, concern in finders - {_WHOLE}:
            self._rules[rule]["found"] += concern == mark.concern
        if not finders:
            self._misses.append(where.case(Span(mark.start, mark.end), (mark.concern,)))

    def _take_unit(self, unit: _Unit, marks: Sequence[Mark], where: _Where) -> None:
        marked = {mark.concern for mark in marks if _touch(unit, mark)}
        right = {pair: any(_same(pair[1], concern) for concern in marked) for pair in unit.told}
        self._report(self._total, right=any(right.values()))
        for concern in {concern for _, concern in unit.told}:
            self._report(self._concerns[concern], right=any(_same(concern, each) for each in marked))
        for (rule, concern), is_right in right.items():
            if rule:
                self._concern_of[rule] = concern
                self._report(self._rules[rule], right=is_right)
                if unit.severity != "info":
                    self._report(self._loud_rules[rule], right=is_right)
        if unit.severity != "info":
            self._loud += 1
            self._loud_on_marks += bool(marked)
        if not any(right.values()):
            rules, concerns = zip(*unit.told, strict=True)
            self._alarms.append(where.case(unit.span, concerns, rules, tuple(sorted(marked))))

    def _rule_score(self, rule: str) -> Score:
        expected = self._concerns[self._concern_of[rule]]["expected"]
        return Score(**{**self._rules[rule], "expected": expected})

    @staticmethod
    def _report(counter: Counter[str], *, right: bool) -> None:
        counter["reported"] += 1
        counter["right"] += right


class _Where:
    """Says where in a judged text a case is, and shows it."""

    def __init__(self, judged: Judged, source: str) -> None:
        self._judged = judged
        self._source = source
        self._lines = LineIndex(source)

    def case(
        self, span: Span, concerns: tuple[str, ...], rules: tuple[str, ...] = (), marked: tuple[str, ...] = ()
    ) -> Case:
        """Return the case at *span*; in a text that has no file of its own its line is that of its record."""
        line = self._judged.line or self._lines.position(span.start).line
        before, after = self._source[: span.start], self._source[span.end :]
        shown = f"{_end_of(before)}«{self._source[slice(*span)]}»{_head_of(after)}"
        text = " ".join(shown.split())
        return Case(self._judged.path, line, text, concerns, rules, marked)


def _as_one(units: Sequence[_Unit], judged: Judged, source: str) -> _Unit:
    told = dict.fromkeys(pair for unit in units for pair in unit.told)
    if judged.concern == ANY:
        told[_WHOLE] = None
    return _Unit(tuple(told), Span(0, len(source)), min((unit.severity for unit in units), key=rank))


def _head_of(text: str) -> str:
    return text if len(text) <= _AROUND else f"{text[:_AROUND]}…"


def _end_of(text: str) -> str:
    return text if len(text) <= _AROUND else f"…{text[-_AROUND:]}"


def _touch(unit: _Unit, mark: Mark) -> bool:
    return mark.start < unit.span.end and unit.span.start < mark.end


def _same(one: str, other: str) -> bool:
    return one == other or ANY in {one, other} or {one, other} <= _NEIGHBOURS
