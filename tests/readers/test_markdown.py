"""What a reader of a Markdown page sees, block by block."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from healthlint.readers import markdown

if TYPE_CHECKING:
    from healthlint.document import Block, Document


def parse(source: str) -> Document:
    return markdown.parse("page.md", source)


def texts(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse(source).blocks]


def only(source: str) -> Block:
    (block,) = parse(source).blocks
    return block


def written(document: Document, block: Block, part: str) -> str:
    start = block.text.index(part)
    return document.source[slice(*block.source_span(start, start + len(part)))]


def test_headings_have_levels_and_lose_their_attributes() -> None:
    blocks = parse("# One {#id .x}\n\nTwo *b*\n---\n\n### Three ###\n").blocks

    assert [(block.kind, block.text, block.level) for block in blocks] == [
        ("heading", "One", 1),
        ("heading", "Two b", 2),
        ("heading", "Three", 3),
    ]


def test_a_wrapped_paragraph_is_one_block_in_one_piece() -> None:
    block = only("First line\nsecond  \nthird\\\nfourth\n")

    assert block.text == "First line second third fourth"


def test_a_plain_wrapped_paragraph_keeps_offsets_as_a_range() -> None:
    assert only("Intro.\nmore").offsets == range(12)


def test_markup_inside_a_word_does_not_part_it() -> None:
    assert only("un*believ*able un<b>believ</b>able").text == "unbelievable unbelievable"


def test_a_character_outside_the_basic_plane_moves_nothing() -> None:
    source = "💊 é **dose** 5\u00a0mg 🎉 end"
    document = parse(source)

    assert written(document, document.blocks[0], "dose") == "dose"
    assert written(document, document.blocks[0], "end") == "end"


@pytest.mark.parametrize(("source", "part", "expected"), [
    ("a &amp; b", "&", "&amp;"),
    ("5&nbsp;mg", " ", "&nbsp;"),
    ("x \\* y", "*", "\\*"),
    ("x \\&lt; y", "&lt;", "\\&lt;"),
    ("a \\\\* b", "\\", "\\\\"),
    ("&#8212;", "—", "&#8212;"),
    ("| a\\|b |\n|---|", "|", "\\|"),
])  # fmt: skip
def test_an_escape_or_entity_spans_all_that_is_written(source: str, part: str, expected: str) -> None:
    document = parse(source)

    assert written(document, document.blocks[0], part) == expected


def test_code_is_left_out_without_gluing_words() -> None:
    assert texts("a`x`b, take `y`.\n\n    code\n\n```\ncode\n```\n") == [("paragraph", "a b, take .")]


def test_list_items_have_level_group_and_number() -> None:
    blocks = parse("3. one\n\n   more\n4. two\n   - deep\n5. three\n\n- other").blocks

    assert [(block.text, block.level, block.group, block.label) for block in blocks] == [
        ("one", 1, 1, "3"),
        ("more", 1, 1, "3"),
        ("two", 1, 1, "4"),
        ("deep", 2, 2, ""),
        ("three", 1, 1, "5"),
        ("other", 1, 3, ""),
    ]
    assert {block.kind for block in blocks} == {"list-item"}


def test_the_lead_in_of_a_list_is_found_past_a_list_inside_it() -> None:
    document = parse("Do:\n\n- a\n  - b\n- c\n")

    assert [lead.text for block in document.blocks[1:] if (lead := document.lead_in(block))] == ["Do:", "a", "Do:"]


def test_task_markers_and_rules_are_left_out() -> None:
    assert texts("- [ ] task\n- [x] done\n\n* * *\n") == [("list-item", "task"), ("list-item", "done")]


def test_a_rule_parts_what_is_around_it_in_a_tight_item() -> None:
    assert texts("- a\n  ***\n  b\n") == [("list-item", "a"), ("list-item", "b")]


def test_all_inside_a_quote_is_quote_but_its_headings() -> None:
    assert texts("> said\n> so\n>\n> # Head\n> - item\n\n> [!NOTE]\n> hi\n") == [
        ("quote", "said so"),
        ("heading", "Head"),
        ("quote", "item"),
        ("quote", "hi"),
    ]


def test_table_cells_share_a_group_and_know_the_head() -> None:
    blocks = parse("| a | b |\n|---|---|\n| *c* | |\n").blocks

    assert [(block.kind, block.text, block.group, block.header) for block in blocks] == [
        ("table-cell", "a", 1, True),
        ("table-cell", "b", 1, True),
        ("table-cell", "c", 1, False),
    ]


def test_links_of_every_form_have_anchor_and_address() -> None:
    block = only("[a *b*](http://1) <http://2> [c][r] [r] <a href='http://4?x&amp;y'>d</a>\n\n[r]: http://3\n")

    assert [(block.text[link.start : link.end], link.url) for link in block.links] == [
        ("a b", "http://1"),
        ("http://2", "http://2"),
        ("c", "http://3"),
        ("r", "http://3"),
        ("d", "http://4?x&y"),
    ]


def test_a_bare_address_and_an_unknown_reference_stay_text() -> None:
    assert only("See https://a.org/x_y_z and [this].").text == "See https://a.org/x_y_z and [this]."


def test_footnotes_have_markers_in_the_text_and_blocks_of_their_own() -> None:
    source = "Most women[^a] do.\n\n[^a]: A *study*.\n\n    More.\n"
    document = parse(source)
    (note,) = document.blocks[0].notes

    assert document.blocks[0].text == "Most women do."
    assert (note.at, note.label, source[note.start : note.end]) == (10, "a", "[^a]")
    assert [(block.kind, block.text, block.label) for block in document.blocks[1:]] == [
        ("footnote", "A study.", "a"),
        ("footnote", "More.", "a"),
    ]
    assert document.labels == {"a"}


def test_a_raised_number_is_a_note_unless_it_is_a_power() -> None:
    block = only("Risk<sup>1,2</sup> in 5 cm<sup>3</sup> and 10<sup>9</sup>, H<sub>2</sub>O.")

    assert block.text == "Risk in 5 cm3 and 109, H2O."
    assert [(note.at, note.label) for note in block.notes] == [(4, "1"), (4, "2")]


def test_an_image_without_a_description_is_a_blank_block_of_its_markup() -> None:
    source = "See ![](u.png) and [![ ](l.png 'Map')](http://x) <img src=x> ![][r]\n\n[r]: http://x/r.png"

    assert texts(source) == [
        ("paragraph", "See and"),
        ("blank", "![](u.png)"),
        ("blank", "![ ](l.png 'Map')"),
        ("blank", "<img src=x>"),
        ("blank", "![][r]"),
    ]


def test_a_heading_without_a_word_is_a_blank_block() -> None:
    blocks = markdown.parse("a.md", "##\n\nOne\n\n### ###\n\n# `code`\n").blocks

    assert [(block.kind, block.label, block.level, block.text) for block in blocks] == [
        ("blank", "heading", 2, "##"),
        ("paragraph", "", 0, "One"),
        ("blank", "heading", 3, "### ###"),
    ]


def test_an_image_text_is_a_block_of_its_own() -> None:
    source = "See ![the *wo&amp;mb*](u.png) here. [![logo](l.png)](http://x) <img src='x' alt='a &lt;'>"

    assert texts(source) == [
        ("paragraph", "See here."),
        ("alt", "the wo&mb"),
        ("alt", "logo"),
        ("alt", "a <"),
    ]


def test_html_blocks_are_read_as_html_where_they_stand() -> None:
    source = "é\n\n<p>Take <b>5</b> &amp; rest</p>\n<ul>\n<li>one</li>\n\n<li>two</li>\n</ul>\n\n1. x\n"
    document = parse(source)

    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", "é"),
        ("paragraph", "Take 5 & rest"),
        ("list-item", "one"),
        ("list-item", "two"),
        ("list-item", "x"),
    ]
    assert written(document, document.blocks[1], "&") == "&amp;"
    assert len({block.group for block in document.blocks[2:]}) == 2


def test_markdown_between_html_blocks_is_kept() -> None:
    assert texts("<div>\n\nsome *text*\n\n</div>\n") == [("paragraph", "some text")]


def test_html_in_a_quote_or_list_belongs_to_it() -> None:
    source = "> <div>\n> é <a href='http://x'>word</a>\n> </div>\n\n- <p>\n  item</p>\n"
    document = parse(source)

    assert [(block.kind, block.text) for block in document.blocks] == [("quote", "é word"), ("list-item", "item")]
    assert written(document, document.blocks[0], "word") == "word"


def test_scripts_and_inline_code_elements_are_not_text() -> None:
    assert texts("<script>\nvar x\n\ny\n</script>\n\nPress <kbd>x</kbd> now.") == [("paragraph", "Press now.")]


def test_comments_are_found_in_blocks_lines_and_quotes() -> None:
    source = "<!-- one -->\n\na <!-- two --> b\n\n> <!-- three\n> more -->\n> text\n"
    document = parse(source)

    assert [comment.text.split()[0] for comment in document.comments] == ["one", "two", "three"]
    for comment in document.comments:
        marked = source[slice(*comment.span)]
        assert marked.startswith("<!--")
        assert marked.endswith("-->")


def test_lines_for_the_site_generator_are_left_out() -> None:
    source = "{: .lead}\nText {: .x}\n\n{% include a.md %}\n\n{{< video 1 >}}\n\nHello {{ name }}.\r\n{: #z}\r\n"

    assert texts(source) == [("paragraph", "Text {: .x}"), ("paragraph", "Hello {{ name }}.")]


def test_yaml_front_matter_is_metadata_as_written() -> None:
    source = (
        "---\ntitle: 'All about: é'\nDate: 2024-01-05\ndraft: no\ntags: [a, b]\nempty:\n"
        "healthlint:\n  disable: [x/y, z]\n"
        "authors:\n  - name: A\n  - name: B\n---\nText\n"
    )
    document = parse(source)

    assert document.metadata == {
        "title": "All about: é", "date": "2024-01-05", "draft": "no", "tags": "a, b", "empty": "",
        "healthlint.disable": "x/y, z", "authors.name": "A, B",
    }  # fmt: skip
    assert [(block.kind, block.text) for block in document.blocks] == [("title", "All about: é"), ("paragraph", "Text")]
    assert written(document, document.blocks[0], "about") == "about"


def test_toml_front_matter_is_metadata_too() -> None:
    document = parse('+++\r\ntitle = "Asthma"\r\ndraft = true\r\n[params]\r\nReviewed = 2020-01-02\r\n+++\r\nText\r\n')

    assert document.metadata == {"title": "Asthma", "draft": "true", "params.reviewed": "2020-01-02"}
    assert [(block.kind, block.text) for block in document.blocks] == [("title", "Asthma"), ("paragraph", "Text")]


@pytest.mark.parametrize(("inner", "note"), [
    ("a: *x", "line 2: aliases are not allowed; write the value out"),
    ("a: 1\nA: 2", "line 3: duplicate key 'a'; keep one"),
    ("title: A: b", "line 2: mapping values are not allowed in this context"),
    ("a: " + "[" * 200, "nested more than 16 deep"),
    ("a: \x07", "not valid YAML"),
    ("a: " + "x" * 70_000, "front matter of more than 64000 characters is not read; shorten it"),
], ids=range(6))  # fmt: skip
def test_front_matter_that_cannot_be_read_is_told(inner: str, note: str) -> None:
    document = parse(f"---\n{inner}\n---\nText\n")

    assert [block.text for block in document.blocks] == ["Text"]
    assert not document.metadata
    assert note in document.notes[0]


@pytest.mark.parametrize("source", ["---\n\nprose\n\n---\n", "---\nprose here\n---\n", "---\ntitle: x\n\nprose\n"])
def test_prose_between_rules_is_no_front_matter(source: str) -> None:
    assert any("prose" in text for _, text in texts(source))
    assert not parse(source).metadata


def test_line_ends_of_all_kinds_part_lines_and_no_other_character_does() -> None:
    assert texts("# H\r\rtext\r\nmore\u2028on\x0cand\x85on\n") == [
        ("heading", "H"),
        ("paragraph", "text more on and on"),
    ]


def test_a_lone_surrogate_does_not_crash() -> None:
    assert only("a\ud800 *b*").text == "a\ufffd b"


def test_bytes_are_decoded_and_the_guess_is_noted() -> None:
    document = markdown.read("a.md", "---\na: *x\n---\nIt is 37°C, that’s normal.".encode("cp1252"))

    assert document.encoding == "windows-1252"
    assert len(document.notes) == 2
    assert document.blocks[0].text == "It is 37°C, that’s normal."


def test_reading_a_page_without_front_matter_imports_no_yaml_and_no_html_reader() -> None:
    code = (
        "import sys, healthlint.readers as r; r.read('a.md', b'# x <b>y</b> <!-- c -->');"
        "sys.exit(bool({'yaml', 'healthlint.readers.html', 'charset_normalizer'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
