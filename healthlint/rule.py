"""A rule: read from one YAML file, checked strictly, and made ready to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeGuard, get_args

from healthlint.diagnostic import Reference, RuleFacts, Severity
from healthlint.document import PROSE, BlockKind
from healthlint.registry import load_part
from healthlint.scan import Gate, make_gates

if TYPE_CHECKING:
    from healthlint.checks import CheckKind
    from healthlint.conditions import ConditionKind, PageCondition
    from healthlint.entities import Vocabulary

Concern = Literal[
    "reading", "words", "statistic", "vague-source", "absolute", "hedging", "causal", "efficacy", "hype", "risk-format",
    "unsafe-advice", "red-flag", "dose-notation", "stigma", "jargon", "page", "advertising", "grammar",
]  # fmt: skip
Once = Literal["", "sentence", "block", "section", "document", "term"]
CONCERNS: tuple[str, ...] = get_args(Concern)
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_-]*\}")


@dataclass(frozen=True)
class Example:
    """A rule's own test: a text that must be flagged at its «marked» words, or must pass."""

    flag: str = ""
    passes: str = ""
    fixed: str = ""
    format: str = "markdown"
    locale: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FixText:
    """What to write in place of the finding, per locale where they differ; ``{name}`` is a group of the pattern."""

    text: str | Mapping[str, str]
    safe: bool = False


@dataclass(frozen=True)
class Condition:
    """One entry of ``when``, ``unless`` or ``milder``: its name and the values it was given."""

    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class RuleText:
    """What a rule file says, every key typed; the keys of its check are kept apart in ``settings``.

    ``unverified`` says what has to be looked up before the rule may be ``stable``.
    """

    summary: str
    concern: Concern
    severity: Severity
    message: str
    advice: str
    why: str
    references: tuple[Reference, ...]
    check: str
    examples: tuple[Example, ...]
    status: Literal["stable", "preview"] = "stable"
    unverified: str = ""
    where: tuple[BlockKind, ...] = PROSE
    once: Once = ""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    milder: tuple[Condition, ...] = ()
    fix: FixText | None = None
    locales: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule that can run: what its file says, with its check and conditions made."""

    id: str
    path: str
    text: RuleText
    severity: Severity
    check: CheckKind
    when: tuple[ConditionKind, ...]
    unless: tuple[ConditionKind, ...]
    milder: tuple[ConditionKind, ...] = ()
    known_gates: tuple[tuple[Gate, ...] | None, ...] = ()

    @cached_property
    def page_conditions(self) -> tuple[tuple[PageCondition, ...], tuple[PageCondition, ...]]:
        """Those of ``when`` and of ``unless`` that are the same for a whole page."""
        return tuple(filter(_is_of_page, self.when)), tuple(filter(_is_of_page, self.unless))

    def gates(self, vocabulary: Vocabulary) -> tuple[Gate, ...] | None:
        """Return the gates of the check; from the cache where they were worked out before."""
        return self.known_gates[0] if self.known_gates else make_gates(self.check.gates(vocabulary))

    @property
    def facts(self) -> RuleFacts:
        """What reports say of it; no advice where that is about the very words that were found."""
        advice = "" if _PLACEHOLDER.search(self.text.advice) else self.text.advice
        why, summary = (" ".join(each.split()) for each in (self.text.why, self.text.summary))
        return RuleFacts(
            summary, why, advice, self.text.concern, self.severity, self.text.references, self.text.status == "stable"
        )

    @property
    def pack(self) -> str:
        """The folder that the rule stands in."""
        return self.id.partition("/")[0]

    def with_settings(self, settings: Mapping[str, Any]) -> Rule:
        """Return the rule with some keys of its check changed; raise SettingError for a wrong key or type of value."""
        if not settings:
            return self
        from healthlint.schema import check_values, snake_keys

        check_class = load_part("checks", self.text.check).Check
        changes = {
            key: tuple(value) if isinstance(value, list) else value for key, value in snake_keys(settings).items()
        }
        check_values(changes, check_class, f"check '{self.text.check}'")
        check = check_class(**{**self.text.settings, **changes})
        return replace(self, check=check, known_gates=())

    def with_severity(self, severity: Severity) -> Rule:
        """Return the rule with another severity."""
        return replace(self, severity=severity)


def make_rule(rule_id: str, path: str, text: RuleText) -> Rule:
    """Return the rule of a text that has been checked before."""
    return Rule(
        id=rule_id,
        path=path,
        text=text,
        severity=text.severity,
        check=load_part("checks", text.check).Check(**text.settings),
        when=tuple(map(_make_condition, text.when)),
        unless=tuple(map(_make_condition, text.unless)),
        milder=tuple(map(_make_condition, text.milder)),
    )


def _make_condition(condition: Condition) -> ConditionKind:
    made: ConditionKind = load_part("conditions", condition.name).Condition(**condition.settings)
    return made


def _is_of_page(condition: ConditionKind) -> TypeGuard[PageCondition]:
    return hasattr(condition, "holds_in")  # to ask isinstance of a protocol takes a hundred times as long
