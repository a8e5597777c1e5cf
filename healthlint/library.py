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
from healthlint.entities import Entity, Vocabulary, names_in
from healthlint.errors import ConfigError, unknown
from healthlint.phrases import Prepared
from healthlint.regex import joined
from healthlint.rule import Condition, Example, FixText, Rule, RuleText, make_rule
from healthlint.rulefolder import Profile, RuleFile, find_rule_files
from healthlint.scan import Gate
from healthlint.table import Origin, Row
from healthlint.workedout import WorkedOut

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


_NO_RULES = Library((), Vocabulary({}), {}, "")


def builtin_folder() -> str:
    """Return the folder of the rules that come with healthlint: beside the code, else at the top of the checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "rules")
    return beside if os.path.isdir(beside) else os.path.join(os.path.dirname(here), "rules")


def load_library(folders: Sequence[str] = ()) -> Library:
    """Return the built-in rules and those in *folders*; raise RulebookError with every error in every rule file."""
    return load_folders((builtin_folder(), *folders))


def load_folders(folders: Sequence[str]) -> Library:
    """Return the rules in *folders* alone; raise RulebookError with every error in every rule file.

    The first folder is kept apart from the others, which are read anew more often and may use all that is in it.
    """
    library = _extended(_NO_RULES, folders[:1])
    return _extended(library, folders[1:]) if folders[1:] else library


def _extended(library: Library, folders: Sequence[str]) -> Library:
    """Return *library* with what *folders* hold, read once and then from the cache until a file changes."""
    files = find_rule_files(folders)
    digest = _digest(files, library.digest)
    parts = (digest, _code_stamp(), *(file.path for file in files))
    key = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    stored = cache.load(key)
    if stored is None:
        from healthlint.rulefiles import Contents, read_rule_files

        known = Contents(library.rules, {}, library.profiles, library.vocabulary)
        stored = _to_plain(read_rule_files(files, known))
        cache.store(key, stored)
    return _from_plain(stored, library, digest)


def _digest(files: Sequence[RuleFile], before: str) -> str:
    total = hashlib.sha256(f"{__version__} {sys.version_info[:2]} {before}".encode())
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
    for pattern in dict.fromkeys(_patterns_of_checks(contents.rules)):
        for part in (pattern, *vocabulary.parts((pattern,))):
            vocabulary.skeleton(part)
    for pattern in _patterns_with_entities(contents):
        vocabulary.needed(pattern)
    worked_out = vocabulary.worked_out(contents.entities)
    return {
        "rules": rules,
        "entities": {name: marshal.dumps(_plain(entity)) for name, entity in contents.entities.items()},
        "prepared": {name: marshal.dumps(_plain(tuple(each))) for name, each in worked_out.prepared.items()},
        "alternations": {name: marshal.dumps(each) for name, each in worked_out.alternations.items()},
        "skeletons": worked_out.skeletons,
        "needed": worked_out.needed,
        "rows": {name: _plain(rows) for name, rows in worked_out.rows.items()},
        "profiles": {name: _plain(profile) for name, profile in contents.profiles.items()},
    }


def _patterns_of_checks(rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        for key in ("pattern", "mask", "of", "about"):
            patterns = rule.text.settings.get(key, ())
            yield from (patterns,) if isinstance(patterns, str) else patterns
        yield from (cue["pattern"] for cue in rule.text.settings.get("cues", ()) if "pattern" in cue)


def _patterns_with_entities(contents: Contents) -> Iterator[str]:
    """Yield what rules and entities are made of, as far as it names entities."""
    for rule in contents.rules:
        conditions = (*rule.text.when, *rule.text.unless, *rule.text.milder)
        yield from _naming((rule.text.settings, *(condition.settings for condition in conditions)))
    for name in contents.entities:
        patterns = contents.vocabulary.prepared(name).patterns
        yield from _naming((f"{{{name}}}", patterns, joined(patterns)))


def _naming(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value,) if names_in(value) else ()
    elif isinstance(value, Mapping):
        yield from _naming(tuple(value.values()))
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _naming(each)


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value


def _from_plain(stored: dict[str, Any], library: Library, digest: str) -> Library:
    rules = [
        replace(make_rule(rule_id, path, _rule_text(text)), known_gates=(_gates(gates),))
        for rule_id, path, text, gates in stored["rules"]
    ]
    worked_out = WorkedOut(
        _Packed(stored["prepared"], lambda values: Prepared(*values)),
        _Packed(stored["alternations"], str),
        stored["skeletons"],
        stored["needed"],
        {name: tuple(Row(**row) for row in plain) for name, plain in stored["rows"].items()},
    )
    return Library(
        tuple(sorted((*library.rules, *rules), key=lambda rule: rule.id)),
        library.vocabulary.extended(_Packed(stored["entities"], _entity), worked_out),
        {**library.profiles, **{name: Profile(**profile) for name, profile in stored["profiles"].items()}},
        digest,
    )


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

    def __contains__(self, name: object) -> bool:
        return name in self._stored

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
