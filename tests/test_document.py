"""Documents: text with the offsets of every character, sections, headings, groups and references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.document import Block, Document, Section, make_document

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[[str], Block]


def block(kind: Any, text: str, **more: Any) -> Block:
    return Block(kind, text, range(len(text) + 1), **more)


def document(*blocks: Block, **metadata: str) -> Document:
    return make_document("page.md", "markdown", "", blocks, metadata=metadata)


def test_sentences_slice_the_block(build: Build) -> None:
    built = build("Take one.  Rest well.")

    assert [sentence.text for sentence in built.sentences] == ["Take one.", "Rest well."]
    assert [built.text[each.start : each.end] for each in built.sentences] == ["Take one.", "Rest well."]


def test_sentence_at_a_place_is_the_one_that_it_stands_in(build: Build) -> None:
    built = build("Take one.  Rest well.")
    first, second = built.sentences

    assert [built.sentence_at(place) for place in (0, 8, 9, second.start, 99)] == [first, first, None, second, None]


def test_shadow_is_the_folded_text(build: Build) -> None:
    built = build("Don’t. It’s 5\u00a0mg")

    assert built.shadow == "Don't. It's 5 mg"
    assert [sentence.shadow for sentence in built.sentences] == ["Don't.", "It's 5 mg"]


def test_sections_are_cut_at_headings() -> None:
    one, two = block("heading", "One", level=1), block("heading", "Two", level=2)
    page = document(block("paragraph", "Before."), one, block("paragraph", "In one."), two)

    assert (Section(None, 0, 1), Section(one, 1, 3), Section(two, 3, 4)) == page.sections
    assert Section(one, 1, 3) == page.section_of(page.blocks[2])


def test_document_without_blocks_has_no_sections() -> None:
    assert document().sections == ()


def test_headings_above_are_those_that_a_block_stands_under() -> None:
    page = document(
        block("heading", "Page", level=1),
        block("heading", "Myths", level=2),
        block("paragraph", "One."),
        block("heading", "Treatment", level=2),
        block("heading", "Tablets", level=3),
        block("paragraph", "Two."),
    )

    def above(index: int) -> list[str]:
        return [heading.text for heading in page.headings_above(page.blocks[index])]

    assert above(0) == []
    assert above(2) == ["Myths", "Page"]
    assert above(3) == ["Page"], "a heading does not stand under the one before it on its level"
    assert above(4) == ["Treatment", "Page"]
    assert above(5) == ["Tablets", "Treatment", "Page"]


def test_headings_above_skip_levels_that_are_left_out() -> None:
    page = document(
        block("heading", "Deep", level=3),
        block("heading", "Top", level=1),
        block("heading", "Low", level=4),
        block("paragraph", "Text."),
    )

    assert [heading.text for heading in page.headings_above(page.blocks[3])] == ["Low", "Top"]


def test_lead_in_stands_just_before_the_list_in_its_section() -> None:
    lead_in = block("paragraph", "It can cause:")
    page = document(
        block("heading", "Effects", level=2),
        lead_in,
        block("list-item", "pain", group=1),
        block("list-item", "mild", group=2),
        block("list-item", "fever", group=1),
        block("paragraph", "After."),
        block("heading", "More", level=2),
        block("list-item", "rash", group=3),
    )

    assert lead_in is page.lead_in(page.blocks[2])
    assert page.blocks[2] is page.lead_in(page.blocks[3])
    assert lead_in is page.lead_in(page.blocks[4])
    assert page.lead_in(page.blocks[5]) is None
    assert page.blocks[6] is page.lead_in(page.blocks[7])


def test_lead_in_stands_before_the_images_that_part_it_from_the_list() -> None:
    lead_in = block("paragraph", "It can cause:")
    page = document(
        lead_in,
        block("alt", "A rash"),
        block("blank", "![](x.png)", label="image"),
        block("list-item", "pain", group=1),
    )

    assert lead_in is page.lead_in(page.blocks[3])


def test_blank_block_holds_no_words_no_sentence_and_no_source() -> None:
    page = document(block("blank", "<img src='https://nhs.uk/a.png'>", label="image"), block("paragraph", "Rest well."))

    assert (page.blocks[0].sentences, page.blocks[0].citations, page.word_count) == ((), (), 2)


def test_lead_in_never_crosses_a_heading() -> None:
    page = document(block("list-item", "pain", group=1))

    assert page.lead_in(page.blocks[0]) is None


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "Sources:",
        "7. Key references",
        "Further reading",
        "References and further reading",
        "Sources used",
        "Sources for this page",
        "Sources of information",
        "Where this information comes from",
    ],
)
def test_blocks_under_a_heading_for_sources_are_references(heading: str) -> None:
    page = document(
        block("heading", heading, level=2),
        block("list-item", "Smith 2019.", label="1"),
        block("paragraph", "[2] Jones 2020."),
        block("heading", "Books", level=3),
        block("paragraph", "Brown 2021."),
        block("heading", "Contact", level=2),
        block("paragraph", "Call us."),
    )

    kinds = [each.kind for each in page.blocks]

    assert kinds == ["heading", "reference", "reference", "heading", "reference", "heading", "paragraph"]
    assert frozenset({"1", "2"}) == page.labels


@pytest.mark.parametrize("heading", ["Sources of vitamin D", "Reference ranges", "Notes for carers", "Referral"])
def test_other_headings_make_no_references(heading: str) -> None:
    page = document(block("heading", heading, level=2), block("paragraph", "Oily fish."))

    assert page.blocks[1].kind == "paragraph"


def test_labels_are_those_of_notes_and_references_only() -> None:
    page = document(block("list-item", "Wash.", label="1"), block("footnote", "Smith 2019.", label="iron"))

    assert frozenset({"iron"}) == page.labels


def test_words_are_counted_in_what_a_reader_sees() -> None:
    page = document(block("title", "A title"), block("paragraph", "Three short words."), block("alt", "Two words"))

    assert page.word_count == 5


@pytest.mark.parametrize(
    ("given", "locale"), [("en-gb", "en-GB"), ("en_US", "en-US"), ("EN", "en"), ("", ""), (" en-GB ", "en-GB")]
)
def test_locale_is_written_in_one_way(given: str, locale: str) -> None:
    assert locale == document(lang=given).locale
