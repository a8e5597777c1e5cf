"""Typed values from loaded YAML, with every error at its line: what a rule, entity or profile file may hold."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from healthlint.errors import RuleError, SettingError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.yamlfile import Loaded

_TYPES = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
          "object": "a mapping", "null": "nothing"}  # fmt: skip


class FileReader:
    """One YAML file on its way to typed values; collects what is wrong with it in ``errors``."""

    def __init__(self, path: str, loaded: Loaded) -> None:
        self.path = path
        self.loaded = loaded
        self.errors: list[RuleError] = []

    def error(self, place: tuple[str | int, ...], message: str) -> None:
        """Note an error at the line of *place*, a path of keys from the root."""
        self.errors.append(RuleError(self.path, self.loaded.line(place), message))

    def convert(self, value: Any, target: Any, place: tuple[str | int, ...] = ()) -> Any:
        """Return *value* as the dataclass *target*, or None with the errors noted; keys are kebab-case in the file."""
        import msgspec

        if not isinstance(value, dict):
            self.error(place, f"expected keys and values, got {_name_of(value)}")
            return None
        names = {kebab(each.name): each.name for each in fields(target)}
        self.check_keys(value, names, place)
        missing = [
            key
            for key, each in zip(names, fields(target), strict=True)
            if key not in value and each.default is MISSING and each.default_factory is MISSING
        ]
        for key in missing:
            self.error(place, f"no key '{key}'; add it")
        types = get_type_hints(target)
        made = {}
        for key, name in names.items():
            if key in value:
                try:
                    made[name] = msgspec.convert(value[key], types[name])
                except msgspec.ValidationError as error:
                    where, message = _explain(str(error), key)
                    self.error((*place, *where), message)
        return target(**made) if len(made) == len(value.keys() & names.keys()) and not missing else None

    def check_keys(self, value: Any, known: Iterable[str], place: tuple[str | int, ...]) -> None:
        """Note an error for each key of *value* that is not among *known*."""
        known = tuple(known)
        for key in value if isinstance(value, dict) else ():
            if key not in known:
                self.error((*place, key), unknown("key", str(key), known))


def kebab(name: str) -> str:
    """Return the way a field's name is written in a file."""
    return name.rstrip("_").replace("_", "-")


def snake_keys(settings: Any) -> dict[str, Any]:
    """Return settings with their keys as the fields are named."""
    return {str(key).replace("-", "_"): value for key, value in settings.items()}


def check_values(values: Mapping[str, Any], target: type, where: str) -> None:
    """Raise SettingError for a key of *values* that the dataclass *target* lacks, or for a value of a wrong type."""
    types = get_type_hints(target)
    for name, value in values.items():
        key = kebab(name)
        if name not in types:
            raise SettingError(f"{where}: {unknown('key', key, map(kebab, types))}", key)
        if not _fits(value, types[name]):
            raise SettingError(f"'{key}' cannot be {value!r}; 'healthlint explain' shows what it is", key)


def _fits(value: Any, wanted: Any) -> bool:
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin is Literal:
        return isinstance(value, str) and value in parts
    if origin in {Union, UnionType}:
        return any(_fits(value, part) for part in parts)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(each, parts[0]) for each in value)
    if origin is not None:
        return isinstance(value, origin)
    if wanted is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))


def _name_of(value: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing")


def _explain(error: str, key: str) -> tuple[tuple[str | int, ...], str]:
    """Turn msgspec's "Expected `int`, got `str` - at `$[2]`" about *key* into a path and plain words."""
    message, _, place = error.partition(" - at `")
    where: tuple[str | int, ...] = (
        key,
        *(
            int(part[1:-1]) if part.startswith("[") else kebab(part.lstrip("."))
            for part in re.findall(r"\.[\w-]+|\[\d+\]", place)
        ),
    )
    words = re.sub(r"`([^`]+)`", lambda match: _plain_types(match[1]), message)
    words = words[0].lower() + words[1:]
    return where, f"'{where[-1]}': {words}"


def _plain_types(types: str) -> str:
    return " or ".join(_TYPES.get(each, f"'{each}'") for each in types.split(" | "))
