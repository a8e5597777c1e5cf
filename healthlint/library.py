"""Every rule there is: read from YAML once, then from the cache until a rule file changes."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from healthlint import cache
from healthlint._version import __version__
from healthlint.diagnostic import Reference
from healthlint.entities import Entity, Vocabulary, unknown
from healthlint.errors import ConfigError
from healthlint.rule import Condition, Example, FixText, Rule, RuleText, make_rule
from healthlint.rulefiles import Contents, Profile, RuleFile, find_rule_files, read_rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, eq=False)
class Library:
    """Every rule, entity and profile that was found; *digest* is the SHA-256 of all their files."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    profiles: Mapping[str, Profile]
    digest: str

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Rules by their id, and by the ids they had before."""
        former = {old: rule for rule in self.rules for old in rule.text.formerly}
        return {**former, **{rule.id: rule for rule in self.rules}}

    def rule(self, rule_id: str) -> Rule:
        """Return a rule; raise ConfigError with the nearest name when there is none."""
        try:
            return self.by_id[rule_id]
        except KeyError:
            raise ConfigError(f"{unknown('rule', rule_id, self.by_id)}; 'healthlint rules' lists them") from None


def builtin_folder() -> str:
    """Return the folder of the rules that come with healthlint: beside the code, else at the top of the checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "rules")
    return beside if os.path.isdir(beside) else os.path.join(os.path.dirname(here), "rules")


def load_library(folders: Sequence[str] = ()) -> Library:
    """Return the built-in rules and those in *folders*; raise RulebookError with every error in every rule file."""
    files = find_rule_files((builtin_folder(), *folders))
    digest = _digest(files)
    key = hashlib.sha256("\0".join([digest, *(file.path for file in files)]).encode("utf-8", "replace")).hexdigest()
    contents = _from_plain(cache.load(key))
    if contents is None:
        contents = read_rule_files(files)
        cache.store(key, _to_plain(contents))
    return Library(contents.rules, Vocabulary(contents.entities), contents.profiles, digest)


def _digest(files: Sequence[RuleFile]) -> str:
    total = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for file in files:
        total.update(f"\0{file.name}\0{len(file.data)}\0".encode("utf-8", "replace"))
        total.update(file.data)
    return total.hexdigest()


def _to_plain(contents: Contents) -> dict[str, Any]:
    """Return the contents as plain values, which ``marshal`` can keep."""
    return {
        "rules": [(rule.id, rule.path, _plain(rule.text)) for rule in contents.rules],
        "entities": {name: _plain(entity) for name, entity in contents.entities.items()},
        "profiles": {name: _plain(profile) for name, profile in contents.profiles.items()},
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value


def _from_plain(stored: Any) -> Contents | None:
    if stored is None:
        return None
    return Contents(
        tuple(make_rule(rule_id, path, _rule_text(text)) for rule_id, path, text in stored["rules"]),
        {name: Entity(**entity) for name, entity in stored["entities"].items()},
        {name: Profile(**profile) for name, profile in stored["profiles"].items()},
    )


def _rule_text(plain: dict[str, Any]) -> RuleText:
    made = {
        "references": tuple(Reference(**each) for each in plain["references"]),
        "examples": tuple(Example(**each) for each in plain["examples"]),
        "when": tuple(Condition(**each) for each in plain["when"]),
        "unless": tuple(Condition(**each) for each in plain["unless"]),
        "fix": FixText(**plain["fix"]) if plain["fix"] else None,
    }
    return RuleText(**{**plain, **made})
