"""Dated tables: rows of facts that move, read strictly, each with its day and its source."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from healthlint.entities import Vocabulary
from healthlint.errors import RulebookError
from healthlint.library import load_folders
from healthlint.rulefiles import read_rule_files
from healthlint.rulefolder import find_rule_files
from healthlint.table import Origin, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Write = Callable[[Mapping[str, str]], str]

NAME = "vocabulary/limit.yaml"
TABLE = """\
summary: The most a day
source: A formulary
as-of: 2026-11-23
forms: noun
rows:
  - term: sleepwell
    also: [noctamol, Sjögren tablet]
    max: 4 g
    ages: [12, 18]
  - term: painaway
    locales: [en-GB]
    as-of: 2025-01-31
    source: A label
    checked: false
    max: 1.2
"""


def read(write_files: Write, text: str, **others: str) -> Vocabulary:
    folder = write_files({NAME: text, **{f"vocabulary/{name}.yaml": other for name, other in others.items()}})
    return Vocabulary(read_rule_files(find_rule_files([folder])).entities)


def refusals(write_files: Write, text: str) -> list[str]:
    folder = write_files({NAME: text})
    with pytest.raises(RulebookError) as caught:
        read_rule_files(find_rule_files([folder]))
    return [str(error).removeprefix(folder + os.sep).replace(os.sep, "/") for error in caught.value.errors]


def test_rows_are_read_with_the_date_and_source_of_their_file_or_their_own(write_files: Write) -> None:
    first, second = read(write_files, TABLE).rows("limit")

    assert first == Row(
        term="sleepwell",
        phrases=("sleepwell", "sleepwells", "noctamol", "noctamols", "sjogren tablet", "sjogren tablets"),
        as_of="2026-11-23",
        source="A formulary",
        line=6,
        also=("noctamol", "Sjögren tablet"),
        values={"max": "4 g", "ages": (12, 18)},
    )
    assert (second.locales, second.as_of, second.source, second.checked) == (("en-GB",), "2025-01-31", "A label", False)
    assert second.values == {"max": 1.2}


def test_names_of_rows_are_terms_of_the_entity(write_files: Write) -> None:
    vocabulary = read(write_files, TABLE + "terms: [pill]\n")

    assert {"pill", "pills", "noctamols", "painaway", "sjogren tablet"} <= vocabulary.terms("limit")


def test_rows_of_included_entities_follow_those_of_the_entity(write_files: Write) -> None:
    both = "summary: Both\nsource: us\nincludes: [limit]\nas-of: 2026-01-01\nrows: [{term: zincol}]\n"

    vocabulary = read(write_files, TABLE, both=both)

    assert [row.term for row in vocabulary.rows("both")] == ["zincol", "sleepwell", "painaway"]


def test_file_says_where_it_lies_and_when_it_was_looked_up(write_files: Write) -> None:
    origin = read(write_files, TABLE).entity("limit").origin

    assert origin == Origin(origin.path, "2026-11-23", "A formulary")
    assert origin.path.endswith("limit.yaml")


def test_file_needs_no_source_where_each_row_has_one(write_files: Write) -> None:
    rows = read(write_files, "summary: x\nrows: [{term: a, source: b, as-of: 2026-01-01}]\n").rows("limit")

    assert [row.source for row in rows] == ["b"]


def test_one_term_may_have_a_row_for_each_locale(write_files: Write) -> None:
    rows = "rows: [{term: a, max: 1}, {term: a, max: 2, locales: [en-GB]}]"

    assert len(read(write_files, f"summary: x\nsource: b\nas-of: 2026-01-01\n{rows}\n").rows("limit")) == 2


def test_rows_from_the_cache_are_the_rows_from_the_file(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, write_files: Write
) -> None:
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", f"{tmp_path}/cache")
    folder = write_files({NAME: TABLE})

    first, second = load_folders([folder]).vocabulary, load_folders([folder]).vocabulary

    assert first.entity("limit") == second.entity("limit")
    assert [row.term for row in second.rows("limit")] == ["sleepwell", "painaway"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("as-of: 2026-11-23", "as-of: 23/11/2026", "3: '23/11/2026' is no date; write year, month and day, as in"),
        ("as-of: 2026-11-23", "as-of: 2026-02-30", "3: '2026-02-30' is no date; "),
        ("as-of: 2025-01-31", "as-of: 20250131", "12: 'as-of': expected text, got a whole number"),
        ("as-of: 2026-11-23\n", "", "5: 'sleepwell' has no 'as-of'; give the day it was looked up"),
        ("source: A formulary\n", "", "5: 'sleepwell' has no source; give one here or for the whole file"),
        ("  - term: sleepwell\n    also", "  - also", "6: no key 'term'; add it"),
        ("term: sleepwell", "term: ''", "6: the row is about nothing; give its 'term'"),
        ("term: painaway\n    locales: [en-GB]", "term: noctamols", "10: 'noctamols' stands in line 6 already"),
        ("[en-GB]", "[british]", "11: 'british' is no locale; write it as in en-GB"),
        ("checked: false", "checked: maybe", "14: 'checked': expected true or false, got text"),
        ("    max: 4 g", "    max: {day: 4 g}", "8: 'max': expected text, a number, true or false, or a list of these"),
        ("    max: 4 g", "    max:", "8: 'max': expected text, a number, true or false, or a list of these"),
        ("    max: 4 g", "    Max_day: 4 g", "8: 'Max_day' is no key; write small letters, figures and hyphens"),
        ("  - term: sleepwell", "  - sleepwell\n  - term: sleepwell", "6: '0': expected a mapping, got text"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_with_its_line(write_files: Write, old: str, new: str, expected: str) -> None:
    assert old in TABLE

    said = refusals(write_files, TABLE.replace(old, new, 1))

    assert [each for each in said if each.startswith(f"{NAME}:{expected}")], said
