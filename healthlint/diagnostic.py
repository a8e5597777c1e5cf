"""What healthlint says about a text, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.text import Position, Span

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
DANGEROUS_PACKS = ("medication/", "safety/")


class Edit(NamedTuple):
    """Replace the source between *start* and *end* with *text*."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that mend a diagnostic; *safe* when they are right in every context."""

    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Reference:
    """A published source that a rule rests on."""

    title: str
    publisher: str = ""
    year: str = ""
    url: str = ""


class Also(NamedTuple):
    """What another rule found on the words of a diagnostic, which speaks for both."""

    rule: str
    concern: str
    fingerprint: str = ""


@dataclass(frozen=True)
class Diagnostic:
    """One thing to look at. Offsets count characters of the decoded source; ``excerpt`` is that slice.

    ``also`` names what related rules found on the same words; it is told here and nowhere else. ``weights`` are the
    cues that a ``weigh`` rule found, with what each gave.
    """

    rule: str
    concern: str
    severity: Severity
    message: str
    advice: str
    excerpt: str
    span: Span
    start: Position
    end: Position
    landmark: str | None = None
    fix: Fix | None = None
    suggestions: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    url: str = ""
    fingerprint: str = ""
    also: tuple[Also, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()

    @property
    def told(self) -> tuple[Also, ...]:
        """All that this tells: what its own rule found, and then what it speaks for."""
        return (Also(self.rule, self.concern, self.fingerprint), *self.also)

    @property
    def is_danger(self) -> bool:
        """Whether it is an error about medicines or safety, which is never hidden without a word."""
        return self.severity == "error" and any(each.rule.startswith(DANGEROUS_PACKS) for each in self.told)


class Suppressed(NamedTuple):
    """A diagnostic that a comment in the document silenced, and the reason given there."""

    diagnostic: Diagnostic
    reason: str


class Suppression(NamedTuple):
    """A comment that silences rules or packs: where it stands, what it says, and how many diagnostics it silences."""

    line: int
    form: str
    rules: tuple[str, ...]
    reason: str
    silenced: int


class Readability(NamedTuple):
    """Grade levels of the running prose; None where there is too little of it to say, rough where there is little.

    ``left_out`` has the number of words that are not scored, by the reason why; they add up to ``words_left_out``.
    """

    flesch_kincaid_grade: float | None
    smog: float | None
    words_scored: int
    words_left_out: int
    rough: bool = False
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Result:
    """What is known about one file. With *errors*, the file was not, or not fully, checked.

    Not among *diagnostics* are *baselined*, which a baseline knows, and *unchanged*, on lines that did not change;
    *dangers* of these are errors about medicines or safety. *fixed* counts what a baseline knows and is gone.
    """

    path: str
    format: str = ""
    source: str = field(default="", repr=False)
    words: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    baselined: int = 0
    fixed: int = 0
    unchanged: int = 0
    dangers: int = 0
    readability: Readability | None = None
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class RuleFacts(NamedTuple):
    """What there is to say about a rule, whatever it found."""

    summary: str
    why: str
    advice: str
    concern: str
    severity: Severity
    references: tuple[Reference, ...] = ()
    is_stable: bool = True


@dataclass(frozen=True)
class RunInfo:
    """What holds for a whole run: which rules, and how its reporter may print.

    *facts* are those of the rules of the run, by id; a file with settings of its own may have others. *root* is the
    folder from which a review tool counts paths, "" for the current one.
    """

    version: str
    rulebook: str
    rules: int
    color: bool = False
    width: int = 100
    skipped: tuple[str, ...] = ()
    statistics: bool = False
    why: bool = False
    links: bool = False
    root: str = ""
    facts: Mapping[str, RuleFacts] = field(default_factory=dict)


def rank(severity: Severity) -> int:
    """Return 0 for error, 1 for warning, 2 for info: smaller is worse."""
    return SEVERITIES.index(severity)
