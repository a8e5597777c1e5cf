"""Rule, vocabulary and profile files: found, read, and refused with every error they have."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.entities import Entity, Vocabulary, names_in
from healthlint.errors import RulebookError, RuleError, SettingError, unknown
from healthlint.inflection import Forms
from healthlint.rule import Rule
from healthlint.rulefolder import Profile, RuleFile
from healthlint.rulereader import read_rule
from healthlint.schema import FileReader
from healthlint.table import Origin, Row
from healthlint.tablereader import TableReader, all_phrases, check_date
from healthlint.yamlfile import Loaded, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VOCABULARY, _PROFILES = "vocabulary/", "profiles/"


@dataclass(frozen=True)
class EntityText:
    """What a vocabulary file says: ``terms`` in all their ``forms``, ``fixed`` phrases as they stand, ``patterns``.

    ``rows`` are a dated table. ``as_of`` is the day on which facts that move were looked up; ``source`` may be left out
    where each row has its own.
    """

    summary: str
    source: str = ""
    terms: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    forms: Forms = "fixed"
    as_of: str = ""


class Contents(NamedTuple):
    """Everything that rule folders hold."""

    rules: tuple[Rule, ...]
    entities: Mapping[str, Entity]
    profiles: Mapping[str, Profile]


def read_rule_files(files: Sequence[RuleFile]) -> Contents:
    """Return what *files* hold; raise RulebookError with every error in every file."""
    errors: list[RuleError] = []
    loaded = _load_all(files, errors)
    entities = _read_entities(files, loaded, errors)
    profiles = _read_profiles(files, loaded, errors)
    rules = _read_rules(files, loaded, Vocabulary(entities), errors)
    if errors:
        raise RulebookError(tuple(sorted(errors, key=lambda error: (error.path, error.line or 0))))
    return Contents(tuple(sorted(rules, key=lambda rule: rule.id)), entities, profiles)


def _load_all(files: Sequence[RuleFile], errors: list[RuleError]) -> dict[str, Loaded]:
    loaded = {}
    for file in files:
        if not file.name.endswith(".csv"):
            try:
                loaded[file.path] = load_yaml(_decode(file), file.path)
            except RuleError as error:
                errors.append(error)
    return loaded


def _decode(file: RuleFile) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(file.path, None, "not UTF-8; save the file as UTF-8") from error


def _read_rules(
    files: Sequence[RuleFile], loaded: Mapping[str, Loaded], vocabulary: Vocabulary, errors: list[RuleError]
) -> list[Rule]:
    rules: list[Rule] = []
    paths: dict[str, str] = {}
    tables = {file.path: file for file in files if file.name.endswith(".csv")}
    for file in files:
        if file.path not in loaded or not _is_rule(file):
            continue
        if file.stem.count("/") != 1:
            errors.append(RuleError(file.path, None, "a rule stands in the folder of its pack: <pack>/<rule>.yaml"))
        elif file.stem in paths:
            errors.append(RuleError(file.path, None, f"rule '{file.stem}' exists in {paths[file.stem]}; rename one"))
        else:
            paths[file.stem] = file.path
            try:
                content = _with_table(loaded[file.path], file.path, tables)
            except RuleError as error:
                errors.append(error)
                continue
            rule, found = read_rule(file.stem, file.path, content, vocabulary)
            errors += found
            rules += [rule] if rule else []
    return rules


def _is_rule(file: RuleFile) -> bool:
    return not file.name.startswith((_VOCABULARY, _PROFILES))


def _with_table(loaded: Loaded, path: str, tables: Mapping[str, RuleFile]) -> Loaded:
    """Return a rule file with the terms of the CSV beside it that its key ``file`` names: columns term, suggestion."""
    value = loaded.value
    name = value.get("file") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return loaded
    table = tables.get(os.path.join(os.path.dirname(path), name))
    if table is None:
        raise RuleError(path, loaded.line(("file",)), f"no file '{name}' beside the rule")
    rows = list(csv.reader(_decode(table).split("\n")))
    if not rows or rows[0][:2] != ["term", "suggestion"]:
        raise RuleError(table.path, 1, "the first line is 'term,suggestion'")
    terms = {row[0]: [each.strip() for each in row[1].split("|")] if row[1] else [] for row in rows[1:] if len(row) > 1}
    return loaded._replace(value={**value, "terms": terms})


def _read_entities(
    files: Sequence[RuleFile], loaded: Mapping[str, Loaded], errors: list[RuleError]
) -> dict[str, Entity]:
    texts: dict[str, EntityText] = {}
    readers: dict[str, FileReader] = {}
    for file in files:
        if file.path in loaded and file.name.startswith(_VOCABULARY):
            name = file.stem.removeprefix(_VOCABULARY)
            reader = FileReader(file.path, loaded[file.path])
            text = reader.convert(reader.loaded.value, EntityText)
            if name in texts:
                reader.error((), f"entity '{name}' exists already; rename one")
            elif text is not None:
                texts[name] = text
            readers[file.path] = reader
            if text is not None:
                readers[name] = reader
    entities = {name: _entity(text, readers[name]) for name, text in texts.items()}
    for name, text in texts.items():
        _check_entity(name, text, entities, readers[name])
    for reader in {id(each): each for each in readers.values()}.values():
        errors += reader.errors
    return entities


def _entity(text: EntityText, reader: FileReader) -> Entity:
    rows = TableReader(reader, text.as_of, text.source, text.forms).read(text.rows)
    phrases = dict.fromkeys(
        (*all_phrases(text.terms, text.forms), *all_phrases(text.fixed, "fixed"), *_phrases_of(rows))
    )
    origin = Origin(reader.path, text.as_of, text.source)
    return Entity(tuple(phrases), text.patterns, text.includes, text.without, rows, origin)


def _phrases_of(rows: Sequence[Row]) -> Iterator[str]:
    return (phrase for row in rows for phrase in row.phrases)


def _check_entity(name: str, text: EntityText, entities: Mapping[str, Entity], reader: FileReader) -> None:
    if not text.source and (not text.rows or text.terms or text.fixed or text.patterns):
        reader.error(("source",), "no source; say where the terms come from")
    if text.as_of:
        check_date(reader, ("as-of",), text.as_of)
    uses = {
        "includes": text.includes,
        "without": text.without,
        "patterns": tuple(each for pattern in text.patterns for each in names_in(pattern)),
    }
    for key, names in uses.items():
        for each in names:
            if each not in entities:
                reader.error((key,), unknown("entity", each, entities))
    if _is_circular(name, entities):
        reader.error((), f"entity '{name}' is made of itself; break the circle")
    elif not reader.errors:
        try:
            Vocabulary(entities).check_pattern(f"{{{name}}}", key="patterns")
        except SettingError as error:
            reader.error(("patterns",), str(error))


def _is_circular(name: str, entities: Mapping[str, Entity]) -> bool:
    seen: set[str] = set()
    open_names = [name]
    while open_names:
        entity = entities.get(open_names.pop())
        if entity is None:
            continue
        in_patterns = (each for pattern in entity.patterns for each in names_in(pattern))
        parts = {*entity.includes, *entity.without, *in_patterns}
        if name in parts:
            return True
        open_names += parts - seen
        seen |= parts
    return False


def _read_profiles(
    files: Sequence[RuleFile], loaded: Mapping[str, Loaded], errors: list[RuleError]
) -> dict[str, Profile]:
    profiles = {}
    known = _rule_names(files, loaded)
    for file in files:
        if file.path in loaded and file.name.startswith(_PROFILES):
            reader = FileReader(file.path, loaded[file.path])
            profile = reader.convert(reader.loaded.value, Profile)
            for key in ("severities", "settings") if profile else ():
                for name in sorted(set(getattr(profile, key)) - known):
                    reader.error((key, name), unknown("rule", name, known))
            errors += reader.errors
            if profile is not None:
                profiles[file.stem.removeprefix(_PROFILES)] = profile
    return profiles


def _rule_names(files: Sequence[RuleFile], loaded: Mapping[str, Loaded]) -> set[str]:
    """Return what a profile may name: the ids that rules have or had, and ``pack/*``."""
    names: set[str] = set()
    for file in files:
        if file.path in loaded and _is_rule(file):
            value = loaded[file.path].value
            former = value.get("formerly") if isinstance(value, dict) else None
            names |= {file.stem, f"{file.stem.partition('/')[0]}/*", *(former if isinstance(former, list) else ())}
    return names
