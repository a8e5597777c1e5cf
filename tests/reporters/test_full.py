"""The format a writer reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Fix, Reference, Result
from healthlint.terminal import clean, display_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic

HOSTILE = "\x1b]8;;https://example.org\x07a\u202e\n::error file=x::y\n##vso[task.complete]\rz"


def frame(text: str) -> tuple[str, str]:
    """Return the first source line and the line of marks under it, each without its gutter."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if re.match(r" +\d+ \| ", line))
    return lines[at][7:], lines[at + 1][7:]


def test_the_whole_page(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    text = render("full", leaflet, broken, statistics=True, skipped=("photo.png: no reader for '.png'",))

    snapshot(text, "full.txt")


def test_the_whole_page_in_color(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    text = render("full", leaflet, broken, color=True)

    snapshot(text.replace("\x1b", "␛"), "full-color.txt")


def test_color_only_adds_to_the_text(render: Callable[..., str], leaflet: Result, broken: Result) -> None:
    painted = render("full", leaflet, broken, color=True, statistics=True)

    assert re.sub(r"\x1b\[[0-9;]+m", "", painted) == render("full", leaflet, broken, statistics=True)


def test_a_link_is_the_title_of_the_source_that_it_leads_to(render: Callable[..., str], leaflet: Result) -> None:
    linked = render("full", leaflet, links=True)

    title = "\x1b]8;;https://example.org/finding\x1b\\Finding out, NHS, 2023\x1b]8;;\x1b\\"
    assert linked.count(f"     = source: {title}\n") == len(leaflet.diagnostics)
    assert re.sub(r"     = source: .*\n", "", linked) == render("full", leaflet)


def test_a_source_without_a_plain_address_is_no_link(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    found = diagnose(
        "5%", "5%", references=(Reference("A", url="javascript:x"), Reference("B", url="https://a\x1b]0;b"))
    )

    assert "= source" not in render("full", Result("a.md", source="5%", diagnostics=(found,)), links=True)


@pytest.mark.parametrize(
    ("source", "excerpt"),
    [
        ("Take 薬を飲む 💊 now", "💊"),
        ("Take 薬を飲む 💊 now", "now"),
        ("cafe\u0301 au lait", "au"),
        ("\tTake\t5 mg", "5 mg"),
        ("Take \u200b\x1b5 mg", "5 mg"),
    ],
)
def test_marks_stand_under_exactly_the_words(
    source: str, excerpt: str, render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    text = render("full", Result("a.md", source=source, diagnostics=(diagnose(source, excerpt),)))

    shown, marks = frame(text)
    before = clean(source[: source.index(excerpt)]).replace("\t", "    ")
    assert shown.startswith(before + excerpt)
    assert marks == " " * display_width(before) + "^" * display_width(excerpt)


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize(
    "excerpt", ["word0 ", "word150 word151", "word299", "word10 word11 word12 word13 word14 word15"]
)
def test_long_lines_are_cut_around_the_words(
    excerpt: str, width: int, render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    source = " ".join(f"word{number}" for number in range(300))

    text = render("full", Result("a.md", source=source, diagnostics=(diagnose(source, excerpt),)), width=width)

    shown, marks = frame(text)
    over = shown[marks.index("^") : marks.rindex("^") + 1]
    assert excerpt == over or (marks.endswith("^…") and excerpt.startswith(over))
    assert shown.startswith("…") or source.startswith(shown.rstrip("…"))
    assert shown.endswith("…") or source.endswith(shown.lstrip("…"))
    assert len(shown) + 7 <= width


def test_wide_characters_are_cut_by_columns(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    source = "薬" * 200 + "飲む" + "薬" * 200
    width = 60

    text = render("full", Result("a.md", source=source, diagnostics=(diagnose(source, "飲む"),)), width=width)

    shown, marks = frame(text)
    assert display_width(shown) + 7 <= width
    assert display_width(shown[: shown.index("飲む")]) == marks.index("^")


def test_a_span_over_lines_is_marked_to_the_end_of_the_first(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    source = "It always\r\ngoes away."

    text = render("full", Result("a.md", source=source, diagnostics=(diagnose(source, "always\r\ngoes"),)))

    assert frame(text) == ("It always", "   ^^^^^^…")


def test_an_empty_span_is_one_mark(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    text = render("full", Result("a.md", source="# Title", diagnostics=(diagnose("# Title", ""),)))

    assert frame(text) == ("# Title", "^")


def test_a_blank_line_is_not_shown(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    text = render("full", Result("a.md", source="", diagnostics=(diagnose("", ""),)))

    assert " | " not in text


def test_only_a_safe_fix_is_offered(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    unsafe = diagnose("5%", "5%", fix=Fix(safe=False, edits=()))

    text = render("full", Result("a.md", source="5%", diagnostics=(unsafe,)))

    assert "fix" not in text


def test_advice_is_wrapped_under_its_first_word(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    diagnostic = diagnose("5%", "5%", advice="one two three\nfour five ::error::six seven")

    lines = render("full", Result("a.md", source="5%", diagnostics=(diagnostic,)), width=30).split("\n")

    assert lines[3:6] == [
        "     = advice: one two three",
        "               four five",
        r"               \x3a:error::six",
    ]


def test_nothing_hostile_reaches_the_terminal(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    diagnostic = diagnose(
        HOSTILE, "error", rule=HOSTILE, message=HOSTILE, advice=HOSTILE, suggestions=(HOSTILE,), landmark=HOSTILE
    )
    result = Result("::" + HOSTILE, source=HOSTILE, diagnostics=(diagnostic,), notes=(HOSTILE,), errors=(HOSTILE,))

    text = render("full", result, skipped=(HOSTILE,), statistics=True)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not re.search(r"^\s*::|##\[|##vso\[", text, re.MULTILINE)


def test_diagnostics_of_a_file_checked_in_part_are_shown(render: Callable[..., str], leaflet: Result) -> None:
    partly = Result(leaflet.path, source=leaflet.source, diagnostics=leaflet.diagnostics, errors=("rule x/y crashed",))

    text = render("full", partly)

    assert text.startswith("leaflet.md: error: rule x/y crashed\n\nleaflet.md:3:19: warning")
    assert "\n1 file could be checked only in part.\n" in text


def test_why_shows_what_each_cue_gave(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    found = diagnose("An amazing oil!", "amazing", weights=(("praise", 2.0), ("it may", -0.5)))
    result = Result("a.txt", source="An amazing oil!", diagnostics=(found,))

    assert " = why: praise +2, it may -0.5; together 1.5\n" in render("full", result, why=True)
    assert "praise" not in render("full", result)
