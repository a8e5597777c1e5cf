"""The entries of a word list, from YAML or from a CSV, on their way to words: every key known, no term twice."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.errors import RuleError, unknown
from healthlint.inflection import Forms
from healthlint.schema import FileReader, kebab
from healthlint.text import fold, several
from healthlint.word import Word, all_phrases, phrase_key
from healthlint.yamlfile import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PART = "|"  # between several values in one cell


@dataclass(frozen=True)
class _WordText:
    """The keys of an entry; ``note`` and ``source`` are for those who keep the list."""

    term: str
    suggestion: str | tuple[str, ...] = ()
    tier: int = 1
    forms: Forms | None = None
    not_in: tuple[str, ...] = ()
    fix: bool = False
    note: str = ""
    source: str = ""


COLUMNS = tuple(kebab(each.name) for each in fields(_WordText))


class Words(NamedTuple):
    """The words of a list, all their phrases, and the number of the word that each key of a phrase belongs to."""

    words: tuple[Word, ...]
    phrases: tuple[str, ...]
    keys: Mapping[str, int]


def load_csv(text: str, path: str) -> Loaded:
    """Return the rows of the CSV file *path* as YAML would give them, under ``words``, each with its line.

    Raises RuleError when its columns are not those of a word list.
    """
    reader = csv.DictReader(StringIO(text, newline=""), restkey="", strict=True)
    columns = reader.fieldnames or ()
    wrong = [each for each in columns if each not in COLUMNS]
    if wrong or "term" not in columns:
        problem = unknown("column", wrong[0], COLUMNS) if wrong else "no column 'term'"
        raise RuleError(path, 1, f"{problem}; the first line names the columns: {', '.join(COLUMNS)}")
    lines: dict[tuple[str | int, ...], int] = {}
    rows: list[dict[str, Any]] = []
    try:
        for row in reader:
            lines["words", len(rows)] = reader.line_num
            if "" in row:
                raise RuleError(path, reader.line_num, "more cells than columns; put a cell with a comma in quotes")
            rows.append({key: _cell(key, value) for key, value in row.items() if value})
    except csv.Error as error:
        raise RuleError(path, reader.reader.line_num, f"{error}; mend the quotes") from error
    return Loaded({"words": rows}, lines)


def _cell(column: str, value: Any) -> Any:
    if column in {"suggestion", "not-in"}:
        return [each.strip() for each in value.split(_PART)]
    if column == "tier" and value.isdecimal():
        return int(value)
    return value == "yes" if column == "fix" and value in {"yes", "no"} else value


def read_words(file: FileReader, forms: Forms) -> Words:
    """Return the words under ``words`` in *file*, of *forms* where one does not say; note there what is wrong.

    A phrase that is a form of several words belongs to the one that is written so, else to the first.
    """
    words = tuple(_read(file, forms))
    keys: dict[str, int] = {}
    for number, word in enumerate(words):
        keys.setdefault(phrase_key(fold(word.term)), number)
    phrases: dict[str, None] = {}
    for number, word in enumerate(words):
        own = all_phrases((word.term,), word.forms)
        phrases |= dict.fromkeys(own)
        for key in map(phrase_key, own):
            keys.setdefault(key, number)
    return Words(words, tuple(phrases), keys)


def _read(file: FileReader, forms: Forms) -> Iterator[Word]:
    values = file.loaded.value.get("words", ())
    lines: dict[str, int | None] = {}
    for number, value in enumerate(values if isinstance(values, list) else ()):
        place = ("words", number)
        text = file.convert(value, _WordText, place)
        if text is None or not _is_sound(file, place, text):
            continue
        if text.term in lines:
            file.error(place, f"'{text.term}' stands in line {lines[text.term]} already; keep one")
        lines.setdefault(text.term, file.loaded.line(place))
        yield _word(text, forms)


def _is_sound(file: FileReader, place: tuple[str | int, ...], text: _WordText) -> bool:
    offered = len(several(text.suggestion))
    wrong = ""
    if not text.term.strip():
        wrong = "the entry has no term; give one, or take it out"
    elif text.tier < 1:
        wrong = "'tier' counts from 1, for what is always reported"
    elif text.fix and offered != 1:
        wrong = f"'{text.term}' has {offered} suggestions; a fix needs one"
    if wrong:
        file.error(place, wrong)
    return not wrong


def _word(text: _WordText, forms: Forms) -> Word:
    not_in = map(phrase_key, all_phrases(text.not_in, "noun"))
    return Word(text.term, several(text.suggestion), text.tier, text.forms or forms, tuple(not_in), text.fix)
