"""What a reader of a plain text sees, block by block; and which reader a file gets."""

from __future__ import annotations

import pytest

from healthlint import readers
from healthlint.errors import ConfigError
from healthlint.readers import text


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in text.parse("page.txt", source).blocks]


def headings(source: str) -> list[tuple[str, int]]:
    return [(b.text, b.level) for b in text.parse("page.txt", source).blocks if b.kind == "heading"]


def test_wrapped_lines_are_one_paragraph_and_blank_lines_part_them() -> None:
    assert kinds("One line\nand more.\n \t\nTwo.\n") == [("paragraph", "One line and more."), ("paragraph", "Two.")]


def test_a_wrapped_paragraph_keeps_offsets_as_a_range() -> None:
    (block,) = text.parse("a.txt", "One line\nand more.").blocks

    assert block.offsets == range(19)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_line_ends_only(end: str) -> None:
    assert kinds(f"a\u2028b\x0cc\x85d{end}e{end}{end}f.") == [("paragraph", "a b c d e"), ("paragraph", "f.")]


def test_a_hyphen_at_a_line_end_stays() -> None:
    assert kinds("a treat-\nment") == [("paragraph", "a treat- ment")]


@pytest.mark.parametrize(("line", "level"), [
    ("Side effects", 2),
    ("SIDE EFFECTS", 1),
    ("3.1 What to do", 2),
    ("3.1.2 What to do", 3),
    ("“Natural” remedies", 2),
    ("10 tips for sleep", 2),
    ("What is asthma?", 2),
    ("Main\n====", 1),
    ("Is this a heading.\n----", 2),
])  # fmt: skip
def test_a_short_line_alone_is_a_heading(line: str, level: int) -> None:
    assert headings(f"Intro here.\n\n{line}\n\nYou may feel ill.\n") == [(line.split("\n", maxsplit=1)[0], level)]


@pytest.mark.parametrize("line", [
    "You may feel ill.", "Take one:", "lower case start",
    "One two three four five six seven eight nine ten eleven twelve thirteen",
    "12 High Street", "Phone 020 7946 0000", "info@example.org", "www.example.org", "400 mg every day",
    "Name\tDose", "Name | Dose",
    "- Rest", "Side effects include", "Can this cure it?",
])  # fmt: skip
def test_other_short_lines_are_not(line: str) -> None:
    assert headings(f"Intro here.\n\n{line}\n\nYou may feel ill.\n") == []


def test_nothing_is_a_heading_after_a_colon_at_the_end_or_in_a_long_run() -> None:
    assert headings("She said:\n\nTake it\n\nThen end.\n\nYours truly") == []
    assert headings("Effects\n\nNausea\n\nRash\n\nFever\n\nThat is all.") == [("Effects", 2)]


def test_a_numbered_line_among_prose_is_a_heading_and_among_items_an_item() -> None:
    assert headings("1. Causes\n\nMany.\n\n2. Cures\n\nNone.\n") == [("Causes", 1), ("Cures", 1)]
    assert headings("1. Causes\n\n2. Cures\n\nNone.\n") == []


def test_a_line_in_capitals_above_text_is_a_heading() -> None:
    assert kinds("SIDE EFFECTS\nYou may feel ill.") == [("heading", "SIDE EFFECTS"), ("paragraph", "You may feel ill.")]


@pytest.mark.parametrize(("marker", "label"), [
    ("*", ""), ("-", ""), ("–", ""), ("•", ""), ("·", ""), ("o", ""), ("1.", "1"), ("12)", "12"), ("(a)", "a"),
    ("a)", "a"), ("(iv)", "iv"),
])  # fmt: skip
def test_markers_of_items(marker: str, label: str) -> None:
    (block,) = text.parse("a.txt", f"{marker} Take it\n   with food").blocks

    assert (block.kind, block.text, block.label) == ("list-item", "Take it with food", label)


def test_items_go_on_nest_and_share_a_group() -> None:
    source = "You need:\n- rest and\nsleep\n  * deep\n- water\n\n  and more\n\n- food\n\nafter\n\n- new\n"
    blocks = text.parse("a.txt", source).blocks

    assert [(block.text, block.level, block.group) for block in blocks] == [
        ("You need:", 0, 0),
        ("rest and sleep", 1, 1),
        ("deep", 2, 2),
        ("water", 1, 1),
        ("and more", 1, 1),
        ("food", 1, 1),
        ("after", 0, 0),
        ("new", 1, 3),
    ]


@pytest.mark.parametrize(
    "source", ["He went\n- so they say - away.", "It was in the year\n2. And so on", "from\n1950. Then"]
)
def test_a_wrapped_line_that_begins_like_an_item_is_none(source: str) -> None:
    assert kinds(source) == [("paragraph", source.replace("\n", " "))]


def test_a_first_line_that_is_indented_begins_a_paragraph_and_is_never_code() -> None:
    assert kinds("    One first\nand on.\n    Two here\nand on.\n") == [
        ("paragraph", "One first and on."),
        ("paragraph", "Two here and on."),
    ]


def test_quoted_lines_are_a_quote_but_a_comparison_is_not() -> None:
    assert kinds("> said\n> so\n>\n>> again\n\n> 65 years of age") == [
        ("quote", "said so"),
        ("quote", "again"),
        ("paragraph", "> 65 years of age"),
    ]


def test_separators_are_left_out() -> None:
    assert kinds("one.\n----\ntwo.\n\n* * *\n~~~~\n") == [("heading", "one."), ("paragraph", "two.")]


def test_rows_of_a_table_are_cells() -> None:
    blocks = text.parse("a.txt", "Age\tDose\n2-4   5 mg\n").blocks

    assert [(block.kind, block.text, block.group) for block in blocks] == [
        ("table-cell", "Age", 1),
        ("table-cell", "Dose", 1),
        ("table-cell", "2-4", 1),
        ("table-cell", "5 mg", 1),
    ]


def test_header_lines_at_the_very_top_are_metadata_only() -> None:
    document = text.parse(
        "a.txt", "Title: Asthma\r\nLast reviewed: May 2024\r\nLang: en-GB\r\n\r\nDate: is a fruit.\r\n"
    )

    assert document.metadata == {"title": "Asthma", "reviewed": "May 2024", "lang": "en-GB"}
    assert [block.text for block in document.blocks] == ["Date: is a fruit."]


def test_blocks_under_a_references_heading_are_references() -> None:
    blocks = text.parse(
        "a.txt", "It helps [1].\n\nReferences\n\n1. Smith J. Lancet 2020.\n2. Doe J. BMJ 2021.\n"
    ).blocks

    assert [(block.kind, block.label) for block in blocks[2:]] == [("reference", "1"), ("reference", "2")]


def test_empty_texts_have_no_blocks() -> None:
    assert not kinds("")
    assert not kinds("\n \t\r\n\u00ad\n")


@pytest.mark.parametrize(("path", "format_name"), [
    ("a.md", "markdown"), ("dir/A.MARKDOWN", "markdown"), ("a.mkd", "markdown"), ("a.html", "html"),
    ("a.txt", "text"), ("a.text", "text"),
    ("README", "text"), ("a.unknown", "text"), (".md", "text"), ("<text>", "text"),
])  # fmt: skip
def test_the_suffix_says_which_reader(path: str, format_name: str) -> None:
    assert format_name == readers.reader_for(path).FORMAT


def test_a_named_format_wins_over_the_suffix() -> None:
    assert readers.parse("a.md", "# x", "text").format == "text"
    assert readers.read("a.txt", b"# x", "markdown").blocks[0].kind == "heading"


def test_an_unknown_format_is_an_error_with_a_hint() -> None:
    with pytest.raises(ConfigError, match=r"^unknown format 'markdwon'; did you mean 'markdown'\? Known: .*html"):
        readers.reader_for("a.md", "markdwon")
