"""One rule file on its way to a rule: every key known, every value of its type, every promise kept."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from healthlint.diagnostic import Reference
from healthlint.errors import SettingError, unknown
from healthlint.registry import load_part, part_names
from healthlint.rule import Rule, RuleText, make_rule
from healthlint.schema import FileReader, kebab

if TYPE_CHECKING:
    from healthlint.entities import Vocabulary
    from healthlint.errors import RuleError
    from healthlint.yamlfile import Loaded

_MIN_FLAGS, _MIN_PASSES = 2, 3
_MARK = re.compile("[«»]")


def read_rule(rule_id: str, path: str, loaded: Loaded, vocabulary: Vocabulary) -> tuple[Rule | None, list[RuleError]]:
    """Return the rule in a YAML file, or None with everything that is wrong with the file."""
    reader = _RuleReader(path, loaded, vocabulary)
    text = reader.read()
    if text is None or reader.errors:
        return None, reader.errors
    return make_rule(rule_id, path, text), reader.errors


class _RuleReader(FileReader):
    """Reads a rule file: its own keys, those of its check, and those of its conditions."""

    def __init__(self, path: str, loaded: Loaded, vocabulary: Vocabulary) -> None:
        super().__init__(path, loaded)
        self._vocabulary = vocabulary

    def read(self) -> RuleText | None:
        """Return the text, or None when it cannot be made."""
        value = self.loaded.value
        if not isinstance(value, dict):
            self.error((), "a rule file holds keys and values; 'healthlint new' writes one to start from")
            return None
        kind = value.get("check")
        if kind not in part_names("checks"):
            self.error(("check",), _wrong_check(kind))
            return None
        check_class = load_part("checks", str(kind)).Check
        own = {kebab(each.name) for each in fields(RuleText)} - {"settings"}
        of_check = {kebab(each.name) for each in fields(check_class)}
        self.check_keys(value, (*own, *of_check), ())
        check = self.convert({key: item for key, item in value.items() if key in of_check}, check_class)
        text = self._own_keys({key: item for key, item in value.items() if key in own})
        if text is None or check is None:
            return None
        self._validate(check, ())
        text = replace(text, settings=_field_values(check))
        self._check_promises(text)
        return text

    def _own_keys(self, value: dict[str, Any]) -> RuleText | None:
        value = dict(value)
        for key in ("when", "unless", "milder"):
            if key in value:
                value[key] = self._conditions(key, value[key])
        if isinstance(value.get("examples"), list):
            value["examples"] = [self._example(number, each) for number, each in enumerate(value["examples"])]
        if isinstance(value.get("references"), list):
            value["references"] = [self._reference(number, each) for number, each in enumerate(value["references"])]
        if isinstance(value.get("fix"), dict):
            self.check_keys(value["fix"], ("text", "safe"), ("fix",))
        text: RuleText | None = self.convert(value, RuleText)
        return text

    def _example(self, number: int, value: Any) -> Any:
        self.check_keys(value, ("flag", "pass", "fixed", "format", "locale", "with"), ("examples", number))
        if not isinstance(value, dict):
            return value
        return {{"pass": "passes", "with": "settings"}.get(key, key): item for key, item in value.items()}

    def _reference(self, number: int, value: Any) -> Any:
        self.check_keys(value, [each.name for each in fields(Reference)], ("references", number))
        return {**value, "year": str(value.get("year", ""))} if isinstance(value, dict) else value

    def _conditions(self, key: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            self.error((key,), f"'{key}' is a list, such as '- negated'")
            return []
        found = []
        for number, each in enumerate(value):
            if isinstance(each, dict) and len(each) != 1:
                self.error((key, number), "name one condition per '-'; give its keys in braces or indented")
                continue
            name, settings = next(iter(each.items())) if isinstance(each, dict) else (each, None)
            place = (key, number, name) if isinstance(each, dict) else (key, number)
            if name not in part_names("conditions"):
                self.error(place, unknown("condition", str(name), part_names("conditions")))
                continue
            condition = self.convert(
                {} if settings is None else settings, load_part("conditions", name).Condition, place
            )
            if condition is not None:
                self._validate(condition, place)
                found.append({"name": name, "settings": _field_values(condition)})
        return found

    def _check_promises(self, text: RuleText) -> None:
        for key in ("summary", "message", "advice", "why"):
            if not getattr(text, key).strip():
                self.error((key,), f"'{key}' is empty; readers of the report need it")
        self._check_references(text)
        flags = [each for each in text.examples if each.flag]
        passes = [each for each in text.examples if each.passes]
        if len(flags) < _MIN_FLAGS or len(passes) < _MIN_PASSES:
            have = f"{len(flags)} 'flag' and {len(passes)} 'pass'"
            self.error(("examples",), f"{have} examples; a rule needs at least {_MIN_FLAGS} and {_MIN_PASSES}")
        for number, each in enumerate(text.examples):
            if bool(each.flag) == bool(each.passes):
                self.error(("examples", number), "an example has either 'flag' or 'pass'")
            elif each.flag and not _has_marks(each.flag):
                self.error(("examples", number), "mark what must be reported «like this»")
        if text.unverified and text.status != "preview":
            self.error(("unverified",), "a rule with something to look up is not stable; add 'status: preview'")
        if text.fix and not any(each.fixed for each in flags):
            self.error(("fix",), "a rule with a fix shows it; add 'fixed' to a 'flag' example")

    def _check_references(self, text: RuleText) -> None:
        if not text.references:
            self.error(("references",), "no reference; name at least one published source")
        for number, reference in enumerate(text.references):
            if reference.url and not reference.url.startswith(("https://", "http://")):
                self.error(("references", number), f"'{reference.url}' is not a web address; start it with https://")

    def _validate(self, part: Any, place: tuple[str | int, ...]) -> None:
        try:
            part.validate(self._vocabulary)
        except SettingError as error:
            self.error((*place, kebab(error.key)), str(error))


def _wrong_check(kind: object) -> str:
    kinds = part_names("checks")
    return f"no key 'check'; name one of {', '.join(kinds)}" if kind is None else unknown("check", str(kind), kinds)


def _field_values(value: Any) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _has_marks(text: str) -> bool:
    marks = _MARK.findall(text)
    return bool(marks) and marks == ["«", "»"] * (len(marks) // 2)
