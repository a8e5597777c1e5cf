"""YAML read strictly: every known attack on a YAML reader is one line that says where and what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.errors import RuleError
from healthlint.yamlfile import load_yaml

BILLION_LAUGHS = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n"
MERGED_LAUGHS = "a: {x: 1}\nb:\n  <<: [{c: 1}, {c: 2}]\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: !!python/object/apply:os.system [echo]", 2, "tag"),
        ("a: 1\nb: !!float x", 2, "tag 'tag:yaml.org,2002:float' is not allowed; write a plain value"),
        ("a:\n- !secret x", 2, "tag '!secret' is not allowed; write a plain value"),
        (BILLION_LAUGHS, 1, "anchors and aliases are not allowed; write the value out"),
        ("a: 1\nb: [*a]", 2, "anchors and aliases are not allowed; write the value out"),
        ("&a [*a]", 1, "anchors and aliases are not allowed; write the value out"),
        (MERGED_LAUGHS, 3, "merge keys are not allowed; write the values out"),
        ("id: one\nsummary: x\nid: two", 3, "duplicate key 'id'; keep one"),
        ("a:\n  b: 1\n  b: 1", 3, "duplicate key 'b'; keep one"),
        ("a: 1\n[1, 2]: b", 2, "a key must be plain text"),
        ("{a: 1}: b", 1, "a key must be plain text"),
        ("a: 1\n---\na: 2", 2, "more than one YAML document; put each in its own file"),
        ("a: 1\nb: \x00", 2, r"character '\x00' is not allowed; delete it"),
        ("a: 1\n\nb: \x1b[2J", 3, r"character '\x1b' is not allowed; delete it"),
        ("a: 1\nb: \ud800", 2, r"character '\ud800' is not allowed; delete it"),
        ('a: 1\nb: "\\uD800"', 2, "not valid YAML: "),
        ("a: 1\nb: [1", 3, "not valid YAML: "),
        ("a: 1\nb: 'x", 2, "not valid YAML: "),
        ("a: b: c", 1, "not valid YAML: "),
        ("a:\n\t- b", 2, "not valid YAML: "),
        ("a: {b}}", 1, "not valid YAML: "),
        ("a: @b", 1, "not valid YAML: "),
    ],
)
def test_what_is_not_allowed_is_one_line_that_says_where(text: str, line: int, what: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_yaml(text, "rules/a/b.yaml")

    assert f"rules/a/b.yaml:{line}: {what}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_of_5000_is_refused(opening: str) -> None:
    with pytest.raises(RuleError, match=r"^a\.yaml:1: .*(?:deep|depth|nest)"):
        load_yaml(opening * 5000, "a.yaml")


def test_nesting_of_33_is_refused_and_of_32_is_not() -> None:
    assert load_yaml("[" * 32 + "]" * 32, "a.yaml").value

    with pytest.raises(RuleError, match="nested more than 32 deep; flatten it"):
        load_yaml("[" * 33 + "]" * 33, "a.yaml")


def test_file_of_more_than_1_mb_is_refused() -> None:
    assert load_yaml("a: " + "x" * 999_000, "a.yaml").value

    with pytest.raises(RuleError, match=r"^a\.yaml: file is larger than 1 MB; split it$"):
        load_yaml("a: " + "x" * 1_000_000, "a.yaml")


@pytest.mark.parametrize(
    "text",
    [
        *"no on yes off NO True 12:30:00 2024-01-01 2024-13-45 017 0x1F 1_000 1e3 .5 .inf .nan +1 = 1.2.3".split(),
        "9" * 5000,
    ],
)
def test_plain_word_stays_text(text: str) -> None:
    assert {"a": text, text: "b"} == load_yaml(f"a: {text}\n? {text}\n: b", "a.yaml").value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        ("'true'", "true"),
        ('"1"', "1"),
        ("'1'", "1"),
        ("|\n  1\n", "1\n"),
        (">\n  a\n  b\n", "a b\n"),
        ("! 1", "1"),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    loaded = load_yaml(f"key: {text}", "a.yaml").value["key"]

    assert value == loaded
    assert type(value) is type(loaded)


def test_quoted_merge_key_is_a_key_like_any_other() -> None:
    assert load_yaml('"<<": 1', "a.yaml").value == {"<<": 1}


def test_empty_file_holds_nothing() -> None:
    assert load_yaml("", "a.yaml").value is None
    assert load_yaml("# only a comment\n", "a.yaml").value is None


def test_every_key_and_item_knows_its_line() -> None:
    loaded = load_yaml("a: 1\nb:\n  - c\n  - d:\n      e: >\n        text\n      f: 2\n", "a.yaml")

    lines = [loaded.line(path) for path in [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d", "e"), ("b", 1, "d", "f")]]

    assert lines == [1, 2, 3, 4, 5, 7]


def test_place_without_a_line_has_that_of_its_parent() -> None:
    loaded = load_yaml("a:\n  b: 1\n", "a.yaml")

    assert loaded.line(("a", "b", "c", 4)) == 2
    assert loaded.line(("z",)) is None


@given(st.text(st.sampled_from("ab:{}[]-&*!|>'\"#%@,? \n\t<1~\x00\u2028\ud800é")))
def test_any_text_gives_a_value_or_a_rule_error(text: str) -> None:
    said = ""
    try:
        load_yaml(text, "a.yaml")
    except RuleError as error:
        said = str(error)

    assert re.fullmatch(r"(?:a\.yaml(?::\d+)?: .+)?", said)
