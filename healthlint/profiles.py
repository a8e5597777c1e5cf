"""Profile files: read, joined with the profile that each extends, and refused with every error they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from healthlint.errors import unknown
from healthlint.rulefolder import PROFILES, Profile, RuleFile
from healthlint.schema import FileReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthlint.errors import RuleError
    from healthlint.rule import Rule
    from healthlint.yamlfile import Loaded


def read_profiles(
    files: Sequence[RuleFile],
    loaded: Mapping[str, Loaded],
    errors: list[RuleError],
    rules: Iterable[Rule] = (),
    older: Mapping[str, Profile] = MappingProxyType({}),
) -> dict[str, Profile]:
    """Return the profiles in *files*, each complete with what it takes over from the one it extends.

    *rules* and *older* profiles exist already and may be named.
    """
    known = _rule_names(files, loaded).union(*(_names_of(rule.id, rule.text.formerly) for rule in rules))
    written: dict[str, Profile | None] = {**older}
    readers: list[FileReader] = []
    newest: dict[str, FileReader] = {}
    for file in files:
        if file.path in loaded and file.name.startswith(PROFILES):
            name, reader = file.stem.removeprefix(PROFILES), FileReader(file.path, loaded[file.path])
            written[name], newest[name] = _read(reader, known), reader
            readers.append(reader)
    profiles = {name: profile for name, profile in written.items() if profile is not None}
    for name in newest.keys() & profiles.keys():
        _check_base(name, profiles, written, newest[name])
    errors += (error for reader in readers for error in reader.errors)
    return {name: _complete(name, profiles) for name in newest if name in profiles}


def _read(reader: FileReader, known: set[str]) -> Profile | None:
    profile: Profile | None = reader.convert(reader.loaded.value, Profile)
    for key in ("severities", "settings") if profile else ():
        for name in sorted(set(getattr(profile, key)) - known):
            reader.error((key, name), unknown("rule", name, known))
    return profile


def _chain(name: str, profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """Return *name*, what it extends, what that extends …, up to one that is unknown or was there before."""
    path = [name]
    while base := profiles[path[-1]].extends:
        path.append(base)
        if base not in profiles or base in path[:-1]:
            break
    return tuple(path)


def _check_base(
    name: str, profiles: Mapping[str, Profile], written: Mapping[str, Profile | None], reader: FileReader
) -> None:
    base, path = profiles[name].extends, _chain(name, profiles)
    if base and base not in written:
        reader.error(("extends",), unknown("profile", base, written))
    elif len(path) > 1 and path[-1] == name:
        circle = " extends ".join(f"'{each}'" for each in path)
        reader.error(("extends",), f"{circle}: a circle; take 'extends' out of one of them")


def _complete(name: str, profiles: Mapping[str, Profile]) -> Profile:
    """Return a profile with all that it takes over; the nearer profile wins, key by key."""
    first, *bases = dict.fromkeys(each for each in _chain(name, profiles) if each in profiles)
    complete = profiles[first]
    for base in bases:
        complete = _joined(profiles[base], complete)
    return complete


def _joined(base: Profile, own: Profile) -> Profile:
    return replace(
        own,
        severities={**base.severities, **own.severities},
        settings={
            rule: {**base.settings.get(rule, {}), **own.settings.get(rule, {})}
            for rule in (*base.settings, *own.settings)
        },
    )


def _rule_names(files: Sequence[RuleFile], loaded: Mapping[str, Loaded]) -> set[str]:
    """Return what a profile may name: the ids that rules have or had, and ``pack/*``."""
    names: set[str] = set()
    for file in files:
        if file.path in loaded and file.is_rule:
            value: Any = loaded[file.path].value
            former = value.get("formerly") if isinstance(value, dict) else None
            names |= _names_of(file.stem, former if isinstance(former, list) else ())
    return names


def _names_of(rule_id: str, former: Iterable[str]) -> set[str]:
    return {rule_id, f"{rule_id.partition('/')[0]}/*", *former}
