"""Findings of related rules on the same words, told as one diagnostic that names the others."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from healthlint.diagnostic import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.diagnostic import Diagnostic

_CLAIMS = frozenset("efficacy absolute hype causal vague-source statistic risk-format hedging advertising".split())
_DANGERS = frozenset({"unsafe-advice", "dose-notation"})  # they lead where a claim lies on the same words
_READING = "reading"
_APART = frozenset({_READING, "page", "red-flag"})  # what they ask for is never what another rule asks for
_MOST_OPEN = 32  # findings that lie over one place and are compared there; keeps the work linear


def merge_overlaps(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics*, which are sorted by place, without those that another one on the same words can lead.

    The leader keeps its span and names the others in ``also``. It is at least as severe as they are and has a fix at
    least as good, so nothing that decides an exit code or that ``--fix`` mends is lost.
    """
    touching = _touching(diagnostics)
    if not touching:
        return tuple(diagnostics)
    led: dict[int, list[int]] = {}
    taken: set[int] = set()
    for leader in sorted(touching, key=lambda number: _precedence(diagnostics[number])):
        if leader not in taken:
            led[leader] = [
                other
                for other in touching[leader]
                if other not in taken and other not in led and _can_lead(diagnostics[leader], diagnostics[other])
            ]
            taken.update(led[leader])
    return tuple(
        _joined(diagnostic, [diagnostics[other] for other in led.get(number, ())])
        for number, diagnostic in enumerate(diagnostics)
        if number not in taken
    )


def _touching(diagnostics: Sequence[Diagnostic]) -> dict[int, list[int]]:
    """Return, by the number of each diagnostic, the numbers of the related ones that share its words, in order."""
    touching: dict[int, list[int]] = {}
    begun: deque[int] = deque(maxlen=_MOST_OPEN)
    for number, diagnostic in enumerate(diagnostics):
        begun = deque((each for each in begun if diagnostics[each].span.end > diagnostic.span.start), _MOST_OPEN)
        for other in begun:
            if _are_one(diagnostic, diagnostics[other]):
                touching.setdefault(number, []).append(other)
                touching.setdefault(other, []).append(number)
        begun.append(number)
    return touching


def _are_one(one: Diagnostic, other: Diagnostic) -> bool:
    """Say whether two can be told as one: related on shared words, or both on how to read the very same sentence."""
    if one.rule != other.rule and one.concern == other.concern == _READING:
        return one.span == other.span
    return _are_related(one, other) and _share_words(one, other)


def _are_related(one: Diagnostic, other: Diagnostic) -> bool:
    concerns = {one.concern, other.concern}
    if one.rule == other.rule or concerns & _APART:
        return False
    return len(concerns) == 1 or concerns <= _CLAIMS or bool(concerns & _DANGERS and concerns & _CLAIMS)


def _share_words(one: Diagnostic, other: Diagnostic) -> bool:
    """Say whether what both lie on is at least half of the shorter one."""
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return 2 * shared >= min(_length(one), _length(other)) > 0


def _precedence(diagnostic: Diagnostic) -> tuple[int, int, bool, int, int, str]:
    """Return what sorts leaders first: the more severe, then with a fix, a danger, the shorter, the earlier."""
    is_danger = diagnostic.concern in _DANGERS
    start = diagnostic.span.start
    return rank(diagnostic.severity), -_fix_rank(diagnostic), not is_danger, _length(diagnostic), start, diagnostic.rule


def _can_lead(leader: Diagnostic, other: Diagnostic) -> bool:
    return (
        rank(leader.severity) <= rank(other.severity)
        and _fix_rank(leader) >= _fix_rank(other)
        and (leader.concern in _DANGERS or other.concern not in _DANGERS)
    )


def _fix_rank(diagnostic: Diagnostic) -> int:
    return 0 if diagnostic.fix is None else 1 + diagnostic.fix.safe


def _length(diagnostic: Diagnostic) -> int:
    return diagnostic.span.end - diagnostic.span.start


def _joined(leader: Diagnostic, others: Sequence[Diagnostic]) -> Diagnostic:
    if not others:
        return leader
    return replace(leader, also=tuple(told for each in others for told in each.told))
