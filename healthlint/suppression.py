"""Comments in a document that silence diagnostics, each with its reason; and reports of those that do not work."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from healthlint.diagnostic import Diagnostic, Suppressed, Suppression
from healthlint.directive import DISABLE, ENABLE, FORMS, KEYS, NEXT_LINE, Directive, Lines, read_directives

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from healthlint.document import Document
    from healthlint.text import Span

_MAX_LENGTH = 4000  # of one comment, in characters; each report repeats it
_MAX_RULES = 20
_MAX_HINTS = 50  # nobody reads more, and each costs a comparison with every rule
_MAX_ID_LENGTH = 80


class Outcome(NamedTuple):
    """Diagnostics that stay, those that a comment silenced, what is wrong with the comments, and the comments."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    reports: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...] = ()


def apply_suppressions(
    document: Document,
    diagnostics: Sequence[Diagnostic],
    *,
    known: Collection[str],
    active: Container[str],
    allow_safety: bool,
) -> Outcome:
    """Return which *diagnostics* stay and which the comments of *document* silence, both in the order given.

    *known* are the ids of all rules, *active* those that ran: a comment for a rule that did not run is not called
    unused. Without *allow_safety*, an error of the packs ``medication`` and ``safety`` stays.
    """
    directives = tuple(read_directives(document))
    if not directives:
        return Outcome(tuple(diagnostics), (), ())
    ledger = _Ledger(document, diagnostics, known)
    for directive in directives:
        ledger.take(directive)
    ledger.close_all()
    silenced = _match(ledger.ranges, diagnostics)
    suppressed: dict[int, Suppressed] = {}
    refused: set[int] = set()
    for index, number in silenced.items():
        if diagnostics[index].is_danger and not allow_safety:
            refused.add(number)
        else:
            suppressed[index] = Suppressed(diagnostics[index], ledger.ranges[number].directive.reason)
    ledger.report_refused(refused)
    ledger.report_unused(set(silenced.values()), active)
    used = Counter(ledger.ranges[silenced[index]].directive for index in suppressed)
    return Outcome(
        tuple(diagnostic for index, diagnostic in enumerate(diagnostics) if index not in suppressed),
        tuple(suppressed[index] for index in sorted(suppressed)),
        tuple(sorted(ledger.reports, key=lambda report: (report.span, report.rule))),
        tuple(
            Suppression(document.lines.position(each.span.start).line, each.form, each.ids, each.reason, used[each])
            for each in directives
            if each.form in FORMS and each.form != ENABLE
        ),
    )


class _Range(NamedTuple):
    """Where in the source, half-open, the diagnostics of *id* (a rule, or ``pack/*``) are silenced, and by what."""

    id: str
    start: int
    end: int
    directive: Directive

    @property
    def span(self) -> Span:
        """Where the comment stands."""
        return self.directive.span


class _Ledger:
    """Takes directives in order; keeps the ranges they silence and reports those that cannot work."""

    def __init__(self, document: Document, diagnostics: Sequence[Diagnostic], known: Collection[str]) -> None:
        self._document = document
        self._lines = Lines(document, diagnostics)
        self._known = {*known, *(f"{rule.partition('/')[0]}/*" for rule in known)}
        self._rules = known
        self._open: dict[str, _Range] = {}
        self._open_in_vain: set[str] = set()
        self._hints: dict[str, str] = {}
        self._seen: Counter[str] = Counter()
        self.ranges: list[_Range] = []
        self.reports: list[Diagnostic] = []

    def take(self, directive: Directive) -> None:
        form, ids, reason, span = directive
        if span.end - span.start > _MAX_LENGTH or len(ids) > _MAX_RULES:
            message = f"The comment has over {_MAX_LENGTH} characters or names over {_MAX_RULES} rules."
            self._report(span, "malformed", message, "Name the pack, as in 'reading/*', and shorten the reason.")
        elif form not in FORMS:
            hint = self._hint(form, KEYS if "." in form else FORMS)
            self._report(span, "malformed", f"'{_short(form)}' is not a directive.", hint or f"Write '{NEXT_LINE}'.")
        elif form == ENABLE:
            self._close(directive)
        elif not ids:
            self._report(span, "malformed", "The comment names no rule.", "Write 'pack/rule -- reason' after it.")
        else:
            if not reason:
                advice = "Add ' -- ' and the reason after the rule."
                self._report(span, "malformed", "The comment gives no reason, so it silences nothing.", advice)
            for rule in ids:
                self._disable(directive, rule)

    def close_all(self) -> None:
        """End what is still open at the end of the document."""
        self.ranges += [each._replace(end=self._lines.past_end) for each in self._open.values()]
        self.ranges.sort(key=lambda each: each.start)

    def report_refused(self, numbers: set[int]) -> None:
        """Report the ranges that tried to silence an error of a protected pack."""
        advice = "Change the text; or, once a clinician agrees, set allow-safety-suppressions in the configuration."
        for number in numbers:
            message = f"An error of '{self.ranges[number].id}' concerns safety, so a comment does not silence it."
            self._report(self.ranges[number].span, "not-allowed", message, advice)

    def report_unused(self, used: set[int], active: Container[str]) -> None:
        """Report the ranges that silence nothing although their rule ran."""
        ran = {rule for rule in self._rules if rule in active}
        ran |= {f"{rule.partition('/')[0]}/*" for rule in ran}
        for number, unused in enumerate(self.ranges):
            if number not in used and unused.id in ran:
                message = f"'{unused.id}' finds nothing here, so the comment silences nothing."
                self._report(unused.span, "unused", message, "Take the rule out of the comment.")

    def _disable(self, directive: Directive, rule: str) -> None:
        form, _, reason, span = directive
        if not reason or not self._is_known(rule, span):
            if form == DISABLE:
                self._open_in_vain.add(rule)
            return
        if form != DISABLE:
            start, end = self._lines.reach(form, span)
            self.ranges.append(_Range(rule, start, end, directive))
        elif rule in self._open:
            message = f"'{rule}' is silenced here already, so the comment silences nothing."
            self._report(span, "unused", message, "Take the rule out of the comment.")
        else:
            self._open[rule] = _Range(rule, span.end, span.end, directive)

    def _close(self, directive: Directive) -> None:
        span = directive.span
        if not directive.ids and not (self._open or self._open_in_vain):
            self._report(span, "unused", "Nothing is silenced here, so the comment ends nothing.", "Take it out.")
        if not directive.ids:
            self.ranges += [each._replace(end=span.start) for each in self._open.values()]
            self._open.clear()
            self._open_in_vain.clear()
        for rule in directive.ids:
            pack = rule[:-1] if rule.endswith("/*") else None
            ended = [each for each in self._open if each == rule or (pack and each.startswith(pack))]
            self.ranges += [self._open.pop(each)._replace(end=span.start) for each in ended]
            if not ended and rule not in self._open_in_vain and self._is_known(rule, span):
                message = f"'{rule}' is not silenced here, so the comment ends nothing."
                self._report(span, "unused", message, "Name the rule or pack as the comment that silences it does.")
            self._open_in_vain.discard(rule)

    def _is_known(self, rule: str, span: Span) -> bool:
        if rule in self._known:
            return True
        hint = self._hint(rule, self._known)
        advice = hint or "`healthlint rules` lists the rules."
        self._report(span, "unknown-rule", f"'{_short(rule)}' is not a rule, so it silences nothing.", advice)
        return False

    def _hint(self, word: str, choices: Collection[str]) -> str:
        import difflib

        if word not in self._hints and len(self._hints) < _MAX_HINTS and len(word) <= _MAX_ID_LENGTH:
            close = difflib.get_close_matches(word, sorted(choices), 1)
            self._hints[word] = f"Did you mean '{close[0]}'?" if close else ""
        return self._hints.get(word, "")

    def _report(self, span: Span, name: str, message: str, advice: str) -> None:
        excerpt = self._document.source[span.start : span.end]
        context = f"suppression/{name}\0{message}\0{excerpt}"
        self._seen[context] += 1
        self.reports.append(
            Diagnostic(
                rule=f"suppression/{name}",
                concern="page",
                severity="warning",
                message=message,
                advice=advice,
                excerpt=excerpt,
                span=span,
                start=self._document.lines.position(span.start),
                end=self._document.lines.position(span.end),
                fingerprint=sha256(f"{context}\0{self._seen[context]}".encode("utf-8", "replace")).hexdigest()[:16],
            )
        )


def _short(word: str) -> str:
    return word if len(word) <= _MAX_ID_LENGTH else f"{word[:_MAX_ID_LENGTH]}…"


def _match(ranges: Sequence[_Range], diagnostics: Sequence[Diagnostic]) -> dict[int, int]:
    """Return, by the number of each silenced diagnostic, that of its range: of the rule before the pack, the latest.

    *ranges* are sorted by start. Per id a stack of those begun is kept; what has ended on its top has ended for good.
    """
    waiting: dict[str, list[int]] = {}
    for number in range(len(ranges) - 1, -1, -1):
        waiting.setdefault(ranges[number].id, []).append(number)
    begun: dict[str, list[int]] = {name: [] for name in waiting}
    found: dict[int, int] = {}
    for index in sorted(range(len(diagnostics)), key=lambda index: diagnostics[index].span.start):
        start, rule = diagnostics[index].span.start, diagnostics[index].rule
        for name in (rule, f"{rule.partition('/')[0]}/*"):
            if name not in waiting:
                continue
            while waiting[name] and ranges[waiting[name][-1]].start <= start:
                begun[name].append(waiting[name].pop())
            while begun[name] and ranges[begun[name][-1]].end <= start:
                begun[name].pop()
            if begun[name]:
                found[index] = begun[name][-1]
                break
    return found
