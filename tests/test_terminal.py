"""Texts that act on a terminal or a log, and the columns of those that do not."""

from __future__ import annotations

import io

import pytest

from healthlint.terminal import (
    clean,
    clean_characters,
    display_width,
    link,
    paint,
    wants_color,
    wants_links,
    write_line,
)


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x1b]8;;https://example.org\x1b\\x", r"\x1b]8;;https://example.org\x1b\x"),
        ("a\x9b2Jb", r"a\x9b2Jb"),
        ("a\x00\x08\x7fb", r"a\x00\x08\x7fb"),
        ("two\r\nlines.md", r"two\r\nlines.md"),
        ("a\x85b\u2028c\u2029d", r"a\x85b<U+2028>c<U+2029>d"),
        ("\u202e10\u2066\u2069\u200e\u200f\u061c", "<U+202E>10<U+2066><U+2069><U+200E><U+200F><U+061C>"),
        ("in\u200bsulin \u200d\u2060\ufeff", "in<U+200B>sulin <U+200D><U+2060><U+FEFF>"),
        ("\U000e0041", "<U+E0041>"),
        ("caf\udce9.md", r"caf\udce9.md"),
        ("\ud83d", r"\ud83d"),
        ("::error file=x::y", r"\x3a:error file=x::y"),
        ("  ::stop-commands::x", r"  \x3a:stop-commands::x"),
        ("a ##vso[task.complete]", r"a \x23#vso[task.complete]"),
        ("a ##[add-mask]b", r"a \x23#[add-mask]b"),
        ("##TeamCity[x]", r"\x23#TeamCity[x]"),
    ],
)
def test_what_acts_hides_or_reorders_is_written_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["a\tb", "naïve 薬 💊 e\u0301", "## Heading [link](x)", "std::vector", "10:30"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_each_character_is_cleaned_in_its_place() -> None:
    text = "a\x1b##vso[💊\u202e"

    characters = clean_characters(text)

    assert len(characters) == len(text)
    assert "".join(characters) == clean(text)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("dose", 4), ("薬を飲む", 8), ("💊", 2), ("e\u0301", 1), ("\uff2d", 2), ("é", 1)]
)
def test_width_is_in_terminal_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("environ", "is_terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_color_follows_the_environment_then_the_stream(
    environ: dict[str, str], is_terminal: bool, expected: bool
) -> None:
    stream = Terminal() if is_terminal else io.StringIO()

    assert wants_color(stream, environ) is expected


def test_paint_without_color_changes_nothing() -> None:
    assert paint("error", "error", False) == "error"
    assert paint("error", "error", True) == "\x1b[1;31merror\x1b[0m"


def test_a_stream_that_cannot_say_a_character_gets_an_escape() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="")

    write_line(stream, "naïve 薬")
    stream.flush()

    assert raw.getvalue() == b"na\\xefve \\u85ac\n"


@pytest.mark.parametrize(
    ("environ", "is_terminal", "expected"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "xterm-256color"}, False, False),
        ({"FORCE_COLOR": "1"}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "linux"}, True, False),
        ({"CI": "true"}, True, False),
        ({"CI": "true", "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_links_are_for_the_terminal_of_a_person_alone(
    environ: dict[str, str], is_terminal: bool, expected: bool
) -> None:
    assert expected is wants_links(Terminal() if is_terminal else io.StringIO(), environ)


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/passwd", "https://a\x1b]0;b", "https://é.example"]
)
def test_only_a_plain_address_of_the_web_becomes_a_link(url: str) -> None:
    assert link("text", url) == "text"


def test_a_link_is_text_with_its_address_around() -> None:
    assert link("text", "https://example.org") == "\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\"
