"""Terms of a dated table: the names in its rows, what their patterns match, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.terms import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.overlay import overlay
from healthlint.readers import markdown
from healthlint.table import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.finding import Finding
    from healthlint.table import Value

CHECK = Check(of="{closed}")


def row(*phrases: str, locales: tuple[str, ...] = (), checked: bool = True, values: Mapping[str, Value]) -> Row:
    return Row(phrases[0], phrases, "2026-11-23", "a source", 1, (), locales, checked, values)


def find(text: str, *rows: Row) -> list[Finding]:
    vocabulary = Vocabulary({"closed": Entity(tuple(name for each in rows for name in each.phrases), rows=rows)})
    CHECK.validate(vocabulary)
    document = markdown.parse("page.md", text)
    return list(CHECK.find(document, [each for block in document.blocks for each in block.sentences], vocabulary))


def test_names_and_pattern_of_a_row_are_found_with_what_to_write_instead() -> None:
    found = find(
        "Ring Help Direct or 0845 46 47.",
        row("help direct", values={"suggestion": "Help 111", "note": "it closed"}),
        row("0845 4647", values={"suggestion": "111", "pattern": r"0845 ?46 ?47"}),
    )

    assert [(each.text, each.suggestions, dict(each.values)) for each in found] == [
        ("Help Direct", ("Help 111",), {"term": "help direct", "suggestion": "Help 111", "note": "it closed"}),
        ("0845 46 47", ("111",), {"term": "0845 4647", "suggestion": "111"}),
    ]


def test_row_may_have_several_patterns() -> None:
    found = find("A one and a two.", row("three", values={"pattern": (r"\bone\b", r"\btwo\b")}))

    assert [each.text for each in found] == ["one", "two"]


def test_row_of_another_locale_is_left_out() -> None:
    rows = row("old drug", locales=("en-US",), values={})

    assert find("---\nlang: en-GB\n---\n\nThe old drug.", rows) == []
    assert len(find("---\nlang: en-US\n---\n\nThe old drug.", rows)) == 1
    assert len(find("The old drug.", rows)) == 1


def test_what_nobody_looked_up_says_so() -> None:
    assert [each.is_checked for each in find("The old drug.", row("old drug", checked=False, values={}))] == [False]


def test_place_that_two_rows_are_about_is_told_of_once() -> None:
    found = find("The old drug.", row("old", values={}), row("old drug", values={}))

    assert [each.text for each in found] == ["old drug"]


def test_row_whose_names_a_configuration_removed_is_left_out() -> None:
    vocabulary = Vocabulary(
        {"closed": Entity(("old drug", "old pill"), rows=(row("old drug", values={}), row("old pill", values={})))}
    )
    changed = overlay(vocabulary, {"closed": {"add": {}, "remove": ["old pill"]}})
    document = markdown.parse("page.md", "The old drug and the old pill.")

    found = CHECK.find(document, document.blocks[0].sentences, changed)

    assert [each.text for each in found] == ["old drug"]


@pytest.mark.parametrize("of", ["closed", "{nothing}", "{broken}"])
def test_table_that_cannot_be_used_is_refused(of: str) -> None:
    vocabulary = Vocabulary({"broken": Entity(("old",), rows=(row("old", values={"pattern": "("}),))})

    with pytest.raises(SettingError) as caught:
        Check(of=of).validate(vocabulary)

    assert caught.value.key == "of"
