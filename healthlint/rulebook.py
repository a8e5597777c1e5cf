"""The rulebook of one run: which rules run, how severe they are, and with what settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from healthlint.diagnostic import SEVERITIES
from healthlint.errors import ConfigError, SettingError, unknown
from healthlint.overlay import names_used, overlay
from healthlint.rule import CONCERNS, Rule
from healthlint.scan import Scan

if TYPE_CHECKING:
    from healthlint.document import BlockKind
    from healthlint.entities import Vocabulary
    from healthlint.library import Library
    from healthlint.proofreading import Proofreader
    from healthlint.rulefolder import Profile

OFF = "off"
GRAMMAR = "grammar"  # the concern, and the kind of check, of what only LanguageTool knows


@dataclass(frozen=True)
class Choice:
    """What a person chose; ``healthlint config`` explains each.

    Rules that need LanguageTool run where *grammar* is True; where it is None, those of them that are selected by name.
    """

    profile: str = "public-web"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    grammar: bool | None = None
    locale: str = ""
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    vocabulary: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    allow_safety_suppressions: bool = False


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The rules of one run, in order of id."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    digest: str
    known: frozenset[str]
    locale: str = ""
    allow_safety_suppressions: bool = False
    preview: bool = False
    proofreader: Proofreader | None = None

    @cached_property
    def proofread_kinds(self) -> frozenset[BlockKind]:
        """The kinds of block that LanguageTool has to be asked about."""
        return frozenset(kind for rule in self.rules if rule.text.check == GRAMMAR for kind in rule.text.where)

    @cached_property
    def scan(self) -> Scan:
        """What says which rules can match which sentence."""
        return Scan([(rule.gates(self.vocabulary), rule.text.where) for rule in self.rules])

    @cached_property
    def active(self) -> frozenset[str]:
        """The ids of the rules that run."""
        return frozenset(rule.id for rule in self.rules)


def choose(library: Library, choice: Choice) -> Rulebook:
    """Return the rulebook that *choice* asks for; raise ConfigError for a name that does not exist."""
    profile = _profile(library, choice.profile)
    for selector in (*choice.select, *choice.extend_select, *choice.ignore):
        check_selector(library, selector)
    for rule_id in choice.rules:
        library.rule(rule_id)
    vocabulary = overlay(library.vocabulary, choice.vocabulary)
    chosen = [_chosen(rule, choice, profile, vocabulary) for rule in library.rules]
    return Rulebook(
        rules=tuple(_with_gates_of(rule, vocabulary) for rule in chosen if rule is not None),
        vocabulary=vocabulary,
        digest=library.digest,
        known=frozenset(library.by_id),
        locale=choice.locale,
        allow_safety_suppressions=choice.allow_safety_suppressions,
        preview=choice.preview,
    )


def _with_gates_of(rule: Rule, vocabulary: Vocabulary) -> Rule:
    """Return *rule* without the gates that were worked out before a word of its check was added or removed."""
    is_touched = vocabulary.changed and not vocabulary.changed.isdisjoint(names_used(rule.text.settings))
    return replace(rule, known_gates=()) if is_touched else rule


def selects(selector: str, rule: Rule) -> bool:
    """Say whether *selector* names *rule*: its id, its pack (``claims`` or ``claims/*``), its concern, or ``all``."""
    return selector in {rule.id, rule.pack, f"{rule.pack}/*", rule.text.concern, *rule.text.formerly, "all"}


def check_selector(library: Library, selector: str) -> None:
    """Raise ConfigError when *selector* names no rule, pack or concern."""
    if selector not in CONCERNS and not any(selects(selector, rule) for rule in library.rules):
        names = {*library.by_id, *(rule.pack for rule in library.rules), *CONCERNS}
        raise ConfigError(f"{unknown('rule, pack or concern', selector, names)}; 'healthlint rules' lists them")


def _chosen(rule: Rule, choice: Choice, profile: Profile, vocabulary: Vocabulary) -> Rule | None:
    if not _is_chosen(rule, choice):
        return None
    own = _by_any_name(choice.rules, rule)
    severity = str(own.pop("severity", "")) or _profile_severity(rule, choice, profile)
    if severity == OFF:
        return None
    if severity not in SEVERITIES:
        raise ConfigError(f'rules."{rule.id}": {unknown("severity", severity, (*SEVERITIES, OFF))}')
    try:
        changed = rule.with_settings({**_by_any_name(profile.settings, rule), **own})
        if changed is not rule:
            changed.check.validate(vocabulary)
    except SettingError as error:
        raise ConfigError(f'rules."{rule.id}": {error}') from error
    return changed.with_severity(severity)


def _is_chosen(rule: Rule, choice: Choice) -> bool:
    if rule.text.status == "preview" and not choice.preview:
        return False
    if rule.text.check == GRAMMAR and not (choice.grammar or (choice.grammar is None and _names(choice, rule))):
        return False
    if choice.select and not any(selects(each, rule) for each in (*choice.select, *choice.extend_select)):
        return False
    if any(selects(each, rule) for each in choice.ignore):
        return False
    return not (rule.text.locales and choice.locale) or choice.locale in rule.text.locales


def _by_any_name(settings: Mapping[str, Mapping[str, Any]], rule: Rule) -> dict[str, Any]:
    """Return the settings given to *rule* under its id and the ids it had before; those under its id win."""
    names = (*rule.text.formerly, rule.id)
    return {key: value for name in names for key, value in settings.get(name, {}).items()}


def _profile_severity(rule: Rule, choice: Choice, profile: Profile) -> str:
    names = (rule.id, *rule.text.formerly)
    given = (profile.severities.get(name) for name in (*names, f"{rule.pack}/*"))
    severity = next((each for each in given if each), rule.severity)
    return rule.severity if severity == OFF and _names(choice, rule) else severity


def _names(choice: Choice, rule: Rule) -> bool:
    """Say whether *choice* selects *rule*, or the pack it stands in, by name."""
    names = {rule.id, *rule.text.formerly, rule.pack, f"{rule.pack}/*"}
    return not names.isdisjoint((*choice.select, *choice.extend_select))


def _profile(library: Library, name: str) -> Profile:
    try:
        return library.profiles[name]
    except KeyError:
        known = ", ".join(sorted(library.profiles))
        raise ConfigError(f"{unknown('profile', name, library.profiles)}; there are {known}") from None
