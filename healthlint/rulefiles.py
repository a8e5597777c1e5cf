"""Rule, vocabulary and profile files: found, read, and refused with every error they have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from healthlint.entities import Entity, Vocabulary, names_in
from healthlint.errors import RulebookError, RuleError, SettingError, unknown
from healthlint.inflection import Forms
from healthlint.profiles import read_profiles
from healthlint.rule import Rule
from healthlint.rulefolder import VOCABULARY, Profile, RuleFile
from healthlint.rulereader import read_rule
from healthlint.schema import FileReader
from healthlint.table import Origin, Row
from healthlint.tablereader import TableReader, check_date
from healthlint.word import all_phrases
from healthlint.wordreader import load_csv, read_words
from healthlint.yamlfile import Loaded, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FORMS: Mapping[str, Forms] = {each: each for each in get_args(Forms)}


@dataclass(frozen=True)
class EntityText:
    """What a vocabulary file says: ``terms`` in all their ``forms``, ``fixed`` phrases as they stand, ``patterns``.

    ``terms_of`` names entities whose terms are taken over, in the forms of this one. ``words`` are a word list,
    ``file`` the CSV beside it that holds one. ``rows`` are a dated table. ``as_of`` is the day on which facts that move
    were looked up; ``source`` may be left out where each row has its own.
    """

    summary: str
    source: str = ""
    terms: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    words: tuple[Mapping[str, Any], ...] = ()
    file: str = ""
    terms_of: tuple[str, ...] = ()
    forms: Forms = "fixed"
    as_of: str = ""


class Contents(NamedTuple):
    """Everything that rule folders hold.

    *vocabulary* is of the *entities* and of all that was known before, with what was worked out to check them.
    """

    rules: tuple[Rule, ...]
    entities: Mapping[str, Entity]
    profiles: Mapping[str, Profile]
    vocabulary: Vocabulary


NOTHING = Contents((), {}, {}, Vocabulary({}))


def read_rule_files(files: Sequence[RuleFile], known: Contents = NOTHING) -> Contents:
    """Return what *files* hold, which may use all that is *known*; raise RulebookError with every error in them."""
    errors: list[RuleError] = []
    loaded = _load_all(files, errors)
    lists = _load_lists(files, loaded, errors)
    entities: dict[str, Entity] = {}
    vocabulary = known.vocabulary.extended(entities)
    _read_entities(files, loaded, lists, entities, vocabulary, errors)
    profiles = read_profiles(files, loaded, errors, known.rules, known.profiles)
    rules = _read_rules(files, loaded, vocabulary, {rule.id: rule.path for rule in known.rules}, errors)
    if errors:
        raise RulebookError(tuple(sorted(errors, key=lambda error: (error.path, error.line or 0))))
    return Contents(tuple(sorted(rules, key=lambda rule: rule.id)), entities, profiles, vocabulary)


def _load_all(files: Sequence[RuleFile], errors: list[RuleError]) -> dict[str, Loaded]:
    loaded = {}
    for file in files:
        if not file.name.endswith(".csv"):
            try:
                loaded[file.path] = load_yaml(_decode(file), file.path)
            except RuleError as error:
                errors.append(error)
    return loaded


def _load_lists(
    files: Sequence[RuleFile], loaded: Mapping[str, Loaded], errors: list[RuleError]
) -> dict[str, FileReader]:
    """Return the word lists that files name in their key ``file``, by the path of the file that names one."""
    tables = {file.path: file for file in files if file.name.endswith(".csv")}
    lists: dict[str, FileReader] = {}
    for path, each in loaded.items():
        name = each.value.get("file") if isinstance(each.value, dict) else None
        table = tables.get(os.path.join(os.path.dirname(path), name)) if isinstance(name, str) else None
        if table is not None:
            try:
                lists[path] = FileReader(table.path, load_csv(_decode(table), table.path))
            except RuleError as error:
                errors.append(error)
        elif name is not None:
            errors.append(RuleError(path, each.line(("file",)), f"no file '{name}' beside it; check the name"))
    return lists


def _decode(file: RuleFile) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(file.path, None, "not UTF-8; save the file as UTF-8") from error


def _read_rules(
    files: Sequence[RuleFile],
    loaded: Mapping[str, Loaded],
    vocabulary: Vocabulary,
    paths: dict[str, str],
    errors: list[RuleError],
) -> list[Rule]:
    """Return the rules in *files*; *paths* are those of the rules that exist."""
    rules: list[Rule] = []
    for file in files:
        if file.path not in loaded or not file.is_rule:
            continue
        if file.stem.count("/") != 1:
            errors.append(RuleError(file.path, None, "a rule stands in the folder of its pack: <pack>/<rule>.yaml"))
        elif file.stem in paths:
            errors.append(RuleError(file.path, None, f"rule '{file.stem}' exists in {paths[file.stem]}; rename one"))
        else:
            paths[file.stem] = file.path
            rule, found = read_rule(file.stem, file.path, _with_list(loaded[file.path], file.stem), vocabulary)
            errors += found
            rules += [rule] if rule else []
    return rules


def _with_list(loaded: Loaded, rule_id: str) -> Loaded:
    """Return a rule file with a word list beside it as one that asks for the entity of the rule's own name."""
    if not isinstance(loaded.value, dict) or "file" not in loaded.value:
        return loaded
    keys = {key: value for key, value in loaded.value.items() if key != "file"}
    return loaded._replace(value={**keys, "of": f"{{{rule_id}}}"})


def _read_entities(  # noqa: PLR0913, PLR0917  a step of read_rule_files
    files: Sequence[RuleFile],
    loaded: Mapping[str, Loaded],
    lists: Mapping[str, FileReader],
    entities: dict[str, Entity],
    vocabulary: Vocabulary,
    errors: list[RuleError],
) -> None:
    """Put what the files hold into *entities*, of which *vocabulary* is one."""
    texts: dict[str, EntityText] = {}
    readers: dict[str, FileReader] = {}
    for file in files:
        if file.path in loaded and file.name.startswith(VOCABULARY):
            name = file.stem.removeprefix(VOCABULARY)
            reader = FileReader(file.path, loaded[file.path])
            text = reader.convert(reader.loaded.value, EntityText)
            if name in texts or name in vocabulary:
                reader.error((), f"entity '{name}' exists already; rename one")
            elif text is not None:
                texts[name] = text
            readers[file.path] = reader
            if text is not None:
                readers[name] = reader
    every = {**_texts_before(texts, vocabulary), **texts}
    entities |= {
        name: _entity(_with_terms_of_others(text, every), readers[name], lists.get(readers[name].path))
        for name, text in texts.items()
    }
    for name, text in texts.items():
        _check_entity(name, text, vocabulary, readers[name])
    entities |= {
        file.stem: _list_of_rule(loaded[file.path], lists[file.path])
        for file in files
        if file.path in lists and file.is_rule
    }
    for reader in {id(each): each for each in (*readers.values(), *lists.values())}.values():
        errors += reader.errors


def _texts_before(texts: Mapping[str, EntityText], vocabulary: Vocabulary) -> dict[str, EntityText]:
    """Return what the files of older entities say whose terms some of *texts* take over."""
    found: dict[str, EntityText] = {}
    names = [name for text in texts.values() for name in text.terms_of]
    for name in names:
        if name in vocabulary and name not in texts and name not in found:
            path = vocabulary.entity(name).origin.path
            with open(path, encoding="utf-8-sig") as file:
                reader = FileReader(path, load_yaml(file.read(), path))
            found[name] = reader.convert(reader.loaded.value, EntityText)
            names += found[name].includes
        elif name in texts:
            names += (each for each in texts[name].includes if each not in names)
    return found


def _with_terms_of_others(text: EntityText, texts: Mapping[str, EntityText]) -> EntityText:
    """Return *text* with the terms of the entities in ``terms_of``, and of those that these include, as its own."""
    names = list(text.terms_of)
    for name in names:
        if name in texts:
            names += (each for each in texts[name].includes if each not in names)
    others = (term for name in names if name in texts for term in texts[name].terms)
    return replace(text, terms=tuple(dict.fromkeys((*text.terms, *others))), terms_of=tuple(names))


def _entity(text: EntityText, reader: FileReader, beside: FileReader | None) -> Entity:
    rows = TableReader(reader, text.as_of, text.source, text.forms).read(text.rows)
    words = read_words(beside, text.forms) if beside else read_words(reader, text.forms)
    phrases = dict.fromkeys(
        (*all_phrases(text.terms, text.forms), *all_phrases(text.fixed, "fixed"), *_phrases_of(rows), *words.phrases)
    )
    origin = Origin(reader.path, text.as_of, text.source)
    return Entity(
        tuple(phrases), text.patterns, text.includes, text.without, rows, origin,
        words.words, words.keys, text.forms, text.terms_of,
    )  # fmt: skip


def _list_of_rule(loaded: Loaded, beside: FileReader) -> Entity:
    forms = _FORMS.get(str(loaded.value.get("forms")), "fixed")
    words = read_words(beside, forms)
    return Entity(words.phrases, origin=Origin(beside.path), words=words.words, keys=words.keys, forms=forms)


def _phrases_of(rows: Sequence[Row]) -> Iterator[str]:
    return (phrase for row in rows for phrase in row.phrases)


def _check_entity(name: str, text: EntityText, vocabulary: Vocabulary, reader: FileReader) -> None:
    if not text.source and (not text.rows or text.terms or text.fixed or text.patterns):
        reader.error(("source",), "no source; say where the terms come from")
    if text.as_of:
        check_date(reader, ("as-of",), text.as_of)
    uses = {
        "includes": text.includes,
        "without": text.without,
        "terms-of": text.terms_of,
        "patterns": tuple(each for pattern in text.patterns for each in names_in(pattern)),
    }
    for key, names in uses.items():
        for each in names:
            if each not in vocabulary:
                reader.error((key,), unknown("entity", each, vocabulary.names()))
    if _is_circular(name, vocabulary):
        reader.error((), f"entity '{name}' is made of itself; break the circle")
    elif not reader.errors:
        try:
            vocabulary.check_pattern(f"{{{name}}}", key="patterns")
        except SettingError as error:
            reader.error(("patterns",), str(error))


def _is_circular(name: str, vocabulary: Vocabulary) -> bool:
    seen: set[str] = set()
    open_names = [name]
    while open_names:
        each = open_names.pop()
        if each not in vocabulary:
            continue
        entity = vocabulary.entity(each)
        in_patterns = (each for pattern in entity.patterns for each in names_in(pattern))
        parts = {*entity.includes, *entity.without, *in_patterns}
        if name in parts:
            return True
        open_names += parts - seen
        seen |= parts
    return False
