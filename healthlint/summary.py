"""What the formats for people share: the one-line form of a diagnostic, and the summary under it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from healthlint.diagnostic import SEVERITIES, rank
from healthlint.terminal import clean, display_width, paint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Result, RunInfo, Severity

DISCLAIMER = (
    "healthlint is an aid for editors. It is no medical device, it checks no doses against a patient, and a quiet run "
    "does not mean that a text is right. It does not replace a review by a qualified person."
)
LISTED = 20
_BREAKS = re.compile(r"[ \t\r\n]+")
NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True)
class Tally:
    """Counts over Results as they stream past.

    *notes* keeps the first LISTED only, *worst* the LISTED files with most findings.
    """

    files: int = 0
    unread: int = 0
    partial: int = 0
    errors: int = 0
    words: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    unchanged: int = 0
    dangers: int = 0
    fixable: int = 0
    noted: int = 0
    notes: tuple[str, ...] = ()
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    concerns: Counter[str] = field(default_factory=Counter)
    found_in: int = 0
    worst: tuple[tuple[str, int], ...] = ()

    def add(self, result: Result) -> Tally:
        """Return this tally with *result* counted in; a file of which nothing was read is not in *files*."""
        read = is_read(result)
        count = len(result.diagnostics)
        notes = tuple(f"{result.path}: {note}" for note in result.notes)
        return replace(
            self,
            files=self.files + read,
            unread=self.unread + (not read),
            partial=self.partial + (read and bool(result.errors)),
            errors=self.errors + len(result.errors),
            words=self.words + result.words,
            suppressed=self.suppressed + len(result.suppressed),
            baselined=self.baselined + result.baselined,
            fixed=self.fixed + result.fixed,
            unchanged=self.unchanged + result.unchanged,
            dangers=self.dangers + result.dangers,
            fixable=self.fixable + sum(has_safe_fix(diagnostic) for diagnostic in result.diagnostics),
            noted=self.noted + len(notes),
            notes=(self.notes + notes)[:LISTED],
            rules=self.rules + Counter((diagnostic.rule, diagnostic.severity) for diagnostic in result.diagnostics),
            concerns=self.concerns + Counter(diagnostic.concern for diagnostic in result.diagnostics),
            found_in=self.found_in + bool(count),
            worst=_most_first((*self.worst, (result.path, count))) if count else self.worst,
        )

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have *severity*."""
        return sum(count for (_, each), count in self.rules.items() if each == severity)


def is_read(result: Result) -> bool:
    """Return whether at least a part of the file was checked."""
    return not result.errors or bool(result.source or result.diagnostics or result.suppressed)


def has_safe_fix(diagnostic: Diagnostic) -> bool:
    """Return whether ``--fix`` alone would mend it."""
    return diagnostic.fix is not None and diagnostic.fix.safe


def one_line(text: str) -> str:
    """Return *text* harmless and on one line, its line breaks turned into spaces."""
    return clean(_BREAKS.sub(" ", text).strip())


def headline(path: str, diagnostic: Diagnostic, *, color: bool) -> str:
    """Return ``path:line:column: severity[pack/rule] message``, and the landmark where the document has them."""
    place = f"{clean(path)}:{diagnostic.start.line}:{diagnostic.start.column}"
    severity = paint(diagnostic.severity, diagnostic.severity, color)
    rule = paint(f"[{clean(diagnostic.rule)}]", "rule", color)
    landmark = f" ({one_line(diagnostic.landmark)})" if diagnostic.landmark else ""
    return f"{paint(place, 'bold', color)}: {severity}{rule} {one_line(diagnostic.message)}{landmark}"


def other_rules(diagnostic: Diagnostic) -> str:
    """Return the rules, parted by commas, that found something on the same words; "" where none did."""
    return ", ".join(dict.fromkeys(each.rule for each in diagnostic.also))


def error_line(path: str, message: str, *, color: bool) -> str:
    """Return ``path: error: message`` for a file that could not, or not fully, be checked."""
    return f"{paint(clean(path), 'bold', color)}: {paint('error', 'error', color)}: {one_line(message)}"


class Counts(NamedTuple):
    """A table of counts, the most frequent first; *more* rows have no room."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


def counts(tally: Tally) -> tuple[Counts, ...]:
    """Return how often each rule, each concern and each file comes up."""

    def most_first(row: tuple[tuple[str, Severity], int]) -> tuple[int, int, str]:
        (rule, severity), count = row
        return -count, rank(severity), rule

    rules = [(f"{count:,}", severity, rule) for (rule, severity), count in sorted(tally.rules.items(), key=most_first)]
    concerns = _most_first(tally.concerns.items())
    files = tuple((f"{count:,}", path) for path, count in tally.worst)
    return (
        Counts(("count", "severity", "rule"), tuple(rules)),
        Counts(("count", "concern"), tuple((f"{count:,}", name) for name, count in concerns)),
        Counts(("count", "file"), files, more=tally.found_in - len(files)),
    )


def danger_lines(dangers: int) -> Iterator[str]:
    """Yield how many of the findings that are not shown a reader can come to harm by; nothing for none."""
    if dangers:
        verb, noun, them = ("is", "an error", "it") if dangers == 1 else ("are", "errors", "them")
        yield f"{dangers:,} of these {verb} {noun} about medicines or safety; mend {them} first."


def summary_lines(tally: Tally, run: RunInfo) -> list[str]:
    """Return the counts, where they are asked for, and ``closing_lines``."""
    tables = counts(tally) if run.statistics and tally.rules else ()
    return [*(line for table in tables for line in _aligned(table, run)), *closing_lines(tally, run)]


def closing_lines(tally: Tally, run: RunInfo) -> list[str]:
    """Return what was checked, with what result, and what was not: first of all the files that could not be checked."""
    return [
        *_unchecked_lines(tally, run),
        _verdict(tally, run),
        *_fixable_lines(tally),
        *_uncounted_lines(tally),
        *_listed(f"Skipped {_number(len(run.skipped), 'file')}:", run.skipped[:LISTED], len(run.skipped)),
        *_listed("Notes:", tally.notes, tally.noted),
    ]


def _aligned(table: Counts, run: RunInfo) -> Iterator[str]:
    """Yield *table* as lines: counts to the right, the rest to the left, severities in their colour."""
    rows = [tuple(map(clean, row)) for row in (table.head, *table.rows)]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        first, *names = (
            f"{cell}{' ' * (width - display_width(cell))}" for cell, width in zip(row, widths, strict=True)
        )
        line = "  ".join((f"{first.strip():>{widths[0]}}", *(_painted(each, run) for each in names))).rstrip()
        yield line if number else paint(line, "bold", run.color)
    if table.more:
        yield f"{'':>{widths[0]}}  … and {table.more:,} more"
    yield ""


def _painted(cell: str, run: RunInfo) -> str:
    severity = next((each for each in SEVERITIES if each == cell.strip()), None)
    return paint(cell, severity, run.color) if severity else cell


def _most_first(rows: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0]))[:LISTED])


def _unchecked_lines(tally: Tally, run: RunInfo) -> Iterator[str]:
    if tally.unread:
        yield paint(f"{_number(tally.unread, 'file')} could not be checked.", "error", run.color)
    if tally.partial:
        yield paint(f"{_number(tally.partial, 'file')} could be checked only in part.", "error", run.color)


def _verdict(tally: Tally, run: RunInfo) -> str:
    if not tally.files:
        return "No files were checked."
    if not run.rules:
        return "No rules are selected, so nothing was checked."
    files, rules = _number(tally.files, "file"), _number(run.rules, "rule")
    if not tally.rules:
        return f"No findings from {rules} in {files}. This is not a clinical review."
    counts = [(tally.count(severity), severity) for severity in SEVERITIES]
    found = ", ".join(paint(_number(count, NOUNS[each]), each, run.color) for count, each in counts if count)
    return f"Checked {files} ({_number(tally.words, 'word')}) with {rules}: {found}."


def _fixable_lines(tally: Tally) -> Iterator[str]:
    if tally.fixable:
        verb = "has" if tally.fixable == 1 else "have"
        yield f"{tally.fixable:,} of them {verb} a safe fix; --fix applies it."


def _uncounted_lines(tally: Tally) -> Iterator[str]:
    if tally.suppressed:
        yield f"Not counted: {tally.suppressed:,} suppressed by comments."
    if tally.baselined:
        verb = "remains" if tally.baselined == 1 else "remain"
        yield f"{_number(tally.baselined, 'old finding')} {verb}, known from the baseline."
    if tally.unchanged:
        yield f"Not shown: {_number(tally.unchanged, 'finding')} on lines that did not change."
    yield from danger_lines(tally.dangers)
    if tally.fixed:
        verb, them = ("is", "it") if tally.fixed == 1 else ("are", "them")
        yield f"{_number(tally.fixed, 'old finding')} {verb} fixed; 'healthlint baseline --prune' forgets {them}."


def _listed(title: str, entries: tuple[str, ...], total: int) -> Iterator[str]:
    if total:
        yield title
        yield from (f"  {one_line(entry)}" for entry in entries)
    if total > len(entries):
        yield f"  … and {total - len(entries):,} more"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
