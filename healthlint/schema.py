"""Typed values from loaded YAML, with every error at its line: what a rule, entity or profile file may hold."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from healthlint.entities import unknown
from healthlint.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        if missing:
            return None
        try:
            return msgspec.convert({names[key]: item for key, item in value.items() if key in names}, target)
        except msgspec.ValidationError as error:
            where, message = _explain(str(error))
            self.error((*place, *where), message)
            return None

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


def _name_of(value: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing")


def _explain(error: str) -> tuple[tuple[str | int, ...], str]:
    """Turn msgspec's "Expected `int`, got `str` - at `$.max`" into a path and plain words."""
    message, _, place = error.partition(" - at `")
    where: tuple[str | int, ...] = tuple(
        int(part[1:-1]) if part.startswith("[") else kebab(part.lstrip("."))
        for part in re.findall(r"\.[\w-]+|\[\d+\]", place)
    )
    words = re.sub(r"`([^`]+)`", lambda match: _plain_types(match[1]), message)
    words = words[0].lower() + words[1:]
    return where, f"'{where[-1]}': {words}" if where else words


def _plain_types(types: str) -> str:
    return " or ".join(_TYPES.get(each, f"'{each}'") for each in types.split(" | "))
