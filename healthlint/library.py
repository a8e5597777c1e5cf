"""Every rule there is: read from YAML once, then from the cache until a rule file changes."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from healthlint import cache
from healthlint._version import __version__
from healthlint.diagnostic import Reference
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import ConfigError, unknown
from healthlint.phrases import Prepared
from healthlint.rule import Condition, Example, FixText, Rule, RuleText, make_rule
from healthlint.rulefolder import Profile, RuleFile, find_rule_files
from healthlint.scan import Gate
from healthlint.table import Origin, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.rulefiles import Contents


_T = TypeVar("_T")


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
    return load_folders((builtin_folder(), *folders))


def load_folders(folders: Sequence[str]) -> Library:
    """Return the rules in *folders* alone; raise RulebookError with every error in every rule file."""
    files = find_rule_files(folders)
    digest = _digest(files)
    parts = (digest, _code_stamp(), *(file.path for file in files))
    key = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    stored = cache.load(key)
    if stored is None:
        from healthlint.rulefiles import read_rule_files

        stored = _to_plain(read_rule_files(files))
        cache.store(key, stored)
    return _from_plain(stored, digest)


def _digest(files: Sequence[RuleFile]) -> str:
    total = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for file in files:
        total.update(f"\0{file.name}\0{len(file.data)}\0".encode("utf-8", "replace"))
        total.update(file.data)
    return total.hexdigest()


def _code_stamp() -> str:
    """Return what changes when somebody changes the code that the stored values come from."""
    here = os.path.dirname(os.path.abspath(__file__))
    entries = (entry for folder in (here, os.path.join(here, "checks")) for entry in os.scandir(folder))
    return " ".join(sorted(f"{each.name} {each.stat().st_mtime_ns}" for each in entries if each.name.endswith(".py")))


def _to_plain(contents: Contents) -> dict[str, Any]:
    """Return the contents as plain values, which ``marshal`` can keep, with all that is costly worked out."""
    vocabulary = contents.vocabulary
    rules = [(rule.id, rule.path, _plain(rule.text), _plain(rule.gates(vocabulary))) for rule in contents.rules]
    for pattern in _patterns_of_checks(contents.rules):
        for part in (pattern, *vocabulary.parts((pattern,))):
            vocabulary.skeleton(part)  # kept by the vocabulary, for likely
    return {
        "rules": rules,
        "skeletons": vocabulary.skeletons(),
        "entities": {name: marshal.dumps(_plain(entity)) for name, entity in contents.entities.items()},
        "prepared": {name: marshal.dumps(_plain(tuple(vocabulary.prepared(name)))) for name in contents.entities},
        "rows": {name: _plain(rows) for name in contents.entities if (rows := vocabulary.rows(name))},
        "profiles": {name: _plain(profile) for name, profile in contents.profiles.items()},
    }


def _patterns_of_checks(rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        for key in ("pattern", "mask", "of", "about"):
            patterns = rule.text.settings.get(key, ())
            yield from (patterns,) if isinstance(patterns, str) else patterns
        yield from (cue["pattern"] for cue in rule.text.settings.get("cues", ()) if "pattern" in cue)


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value


def _from_plain(stored: dict[str, Any], digest: str) -> Library:
    rules = tuple(
        replace(make_rule(rule_id, path, _rule_text(text)), known_gates=(_gates(gates),))
        for rule_id, path, text, gates in stored["rules"]
    )
    entities = _Packed(stored["entities"], _entity)
    prepared = _Packed(stored["prepared"], lambda values: Prepared(*values))
    profiles = {name: Profile(**profile) for name, profile in stored["profiles"].items()}
    rows = {name: tuple(Row(**row) for row in plain) for name, plain in stored["rows"].items()}
    return Library(rules, Vocabulary(entities, prepared, stored["skeletons"], rows), profiles, digest)


def _entity(plain: dict[str, Any]) -> Entity:
    rows = tuple(Row(**row) for row in plain["rows"])
    return Entity(**{**plain, "rows": rows, "origin": Origin(**plain["origin"])})


def _gates(plain: Sequence[tuple[str, tuple[tuple[str, ...], ...]]] | None) -> tuple[Gate, ...] | None:
    return None if plain is None else tuple(Gate(*each) for each in plain)


class _Packed(Mapping[str, _T]):
    """Values as the cache holds them; each is unpacked when it is first needed, which most never are."""

    def __init__(self, stored: Mapping[str, bytes], make: Callable[[Any], _T]) -> None:
        self._stored = stored
        self._make = make

    def __getitem__(self, name: str) -> _T:
        return self._make(marshal.loads(self._stored[name]))  # noqa: S302  packed by _to_plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _rule_text(plain: dict[str, Any]) -> RuleText:
    made = {
        "references": tuple(Reference(**each) for each in plain["references"]),
        "examples": tuple(Example(**each) for each in plain["examples"]),
        **{key: tuple(Condition(**each) for each in plain[key]) for key in ("when", "unless", "milder")},
        "fix": FixText(**plain["fix"]) if plain["fix"] else None,
    }
    return RuleText(**{**plain, **made})
