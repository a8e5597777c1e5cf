"""Consistency: variants that must not be mixed, and one fact stated in two ways."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.checks.consistency import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

ENTITIES = {"uk": Entity(terms=("colour", "fibre")), "us": Entity(terms=("color", "fiber"))}
WOMB = Check(variants=(("womb", "uterus"),))
BOTTOM = Check(pattern=r"\b(?:\d+|one) in (?P<bottom>[\d,]+|ten)\b", differ="bottom", compare="number", within="list")
SHARE = Check(
    pattern=(
        r"(?P<share>\w+ in \w+|\d+%|a quarter of) (?P<people>\w+) have (?P<illness>\w+)",
        r"(?P<illness>\w+) affects (?P<share>\w+ in \w+|\d+%|a quarter of) (?P<people>\w+)",
    ),
    same=("people", "illness"),
    differ="share",
    compare="share",
)


def test_second_variant_is_reported_at_its_first_use_with_what_it_is_mixed_with(find: Find) -> None:
    (found,) = find(WOMB, "The womb grows.\n\n# More\n\nThe uterus and the Womb. The uterus.")

    assert found.text == "uterus"
    assert dict(found.values) == {
        "other": "womb", "variant": "uterus", "other-variant": "womb", "count": "2", "other-count": "2",
    }  # fmt: skip


def test_variant_used_less_often_is_the_one_reported(texts: Texts) -> None:
    assert texts(WOMB, "The uterus. The womb. My womb.") == ["uterus"]
    assert texts(WOMB, "The uterus. The womb. My uterus.") == ["womb"]


def test_one_variant_alone_is_let_be(texts: Texts) -> None:
    assert texts(WOMB, "The womb. The womb. Wombat.") == []


def test_things_do_not_mix_with_one_another(texts: Texts) -> None:
    check = Check(variants=(("womb", "uterus"), ("doctor", "physician")))

    assert texts(check, "The womb. A physician.") == []
    assert texts(check, "The womb. A physician. A doctor. The uterus.") == ["doctor", "uterus"]


def test_variants_are_found_in_the_forms_asked_for_and_in_uk_and_us_spelling(texts: Texts) -> None:
    check = Check(variants=(("tumour", "growth"),), forms="noun")

    assert texts(check, "Tumors. A growth.") == ["growth"]
    assert texts(Check(variants=check.variants), "Tumours. A growth.") == []


def test_variant_may_be_an_entity_and_says_which_word_it_was(find: Find) -> None:
    (found,) = find(Check(variants=(("{uk}", "{us}"),)), "The colour of fiber.", ENTITIES)

    assert (found.text, found.values["other"], found.values["variant"]) == ("fiber", "colour", "fiber")


@pytest.mark.parametrize(
    "text", ["The womb (uterus).", "The uterus, or womb, hurts.", "Your womb, also called the uterus."]
)
def test_variants_set_side_by_side_count_as_one_from_then_on(texts: Texts, text: str) -> None:
    assert texts(WOMB, f"{text} The uterus. The womb.") == []


@pytest.mark.parametrize(
    "text", ["The womb and the uterus.", "The womb hurts (rest). The uterus.", "Womb pain or a uterus"]
)
def test_variants_that_are_not_said_to_be_one_are_mixed(texts: Texts, text: str) -> None:
    assert texts(WOMB, text) == ["uterus"]


@pytest.mark.parametrize(("uses", "expected"), [(1, ["uterus"]), (2, [])])
def test_variant_used_too_seldom_is_let_be(texts: Texts, uses: int, expected: list[str]) -> None:
    assert texts(Check(variants=WOMB.variants, min_uses=uses), "A womb. A womb. A uterus.") == expected


def test_masked_words_are_not_seen(texts: Texts) -> None:
    assert texts(Check(variants=WOMB.variants, mask="womb scan"), "A womb scan. A uterus.") == []


@pytest.mark.parametrize(
    ("within", "expected"),
    [("sentence", 0), ("list", 0), ("paragraph", 1), ("section", 2), ("document", 1)],
)
def test_mixing_counts_within_one_part_of_the_text(texts: Texts, within: Any, expected: int) -> None:
    source = "# One\n\nA womb. A uterus.\n\n# Two\n\nA womb.\n\nA uterus.\n"

    assert len(texts(Check(variants=WOMB.variants, within=within), source)) == expected


def test_figures_with_different_bottom_numbers_in_one_sentence_are_mixed(find: Find) -> None:
    (found,) = find(BOTTOM, "The chance is 1 in 1,250 at 25 and 1 in 100 at 40.")

    assert (found.text, found.values["other"]) == ("1 in 100", "1 in 1,250")


@pytest.mark.parametrize("text", ["1 in 10, then one in ten.", "1 in 8. Then 1 in 3.", "1 in 1,000 and 3 in 1000"])
def test_figures_with_one_bottom_number_or_in_two_sentences_are_let_be(texts: Texts, text: str) -> None:
    assert texts(BOTTOM, text) == []


def test_items_of_a_list_and_cells_of_a_table_are_one_comparison(texts: Texts) -> None:
    assert texts(BOTTOM, "- Nausea: 1 in 8\n- Headache: 1 in 25\n- Rash: 1 in 200\n") == ["1 in 25"]
    assert texts(BOTTOM, "|a|b|\n|-|-|\n|Nausea|1 in 8|\n|Rash|1 in 200|\n") == ["1 in 200"]
    assert texts(BOTTOM, "- 1 in 8\n\nText.\n\n- 1 in 25\n") == []


def test_sentence_that_compares_is_taken_with_the_one_before(texts: Texts) -> None:
    check = Check(pattern=BOTTOM.pattern, differ="bottom", within="sentence", joined_by="rises to|compared")

    assert texts(check, "At 25 it is 1 in 8. It rises to 1 in 5. It is 1 in 3.") == ["1 in 5"]
    assert texts(check, "At 25 it is 1 in 8.\n\nIt rises to 1 in 5.") == []


def test_one_fact_with_two_figures_is_found_however_it_is_put(find: Find) -> None:
    (found,) = find(SHARE, "Asthma affects 1 in 8 adults. It is common.\n\nSome say 25% adults have asthma.")

    assert (found.text, found.values["other"]) == ("25% adults have asthma", "Asthma affects 1 in 8 adults")


@pytest.mark.parametrize(
    "text",
    [
        "Asthma affects 1 in 4 adults. 25% adults have asthma. A quarter of adults have asthma.",
        "Asthma affects 1 in 3 adults. 30% adults have asthma.",
        "Asthma affects 1 in 8 adults. 25% children have asthma. 50% adults have eczema.",
        "Asthma affects 1 in 8 adults. Asthma affects several in many adults.",
    ],
)
def test_same_figure_in_other_words_and_other_facts_are_let_be(texts: Texts, text: str) -> None:
    assert texts(SHARE, text) == []


def test_of_several_groups_it_is_the_one_that_matched_that_must_not_differ(texts: Texts) -> None:
    check = Check(
        pattern=r"(?P<drug>\w+) \d+ (?:(?P<mg>mg|milligrams)|(?P<mcg>mcg|micrograms))",
        same=("drug",),
        differ=("mg", "mcg"),
    )

    assert texts(check, "Digoxin 125 mcg. Digoxin 250 micrograms. Iron 5 mg.") == []
    assert texts(check, "Digoxin 125 mcg. digoxin 1 mg.") == ["digoxin 1 mg"]


def test_group_named_report_narrows_what_is_reported_and_what_must_stand_side_by_side(texts: Texts) -> None:
    check = Check(pattern=r"(?P<report>\d+(?P<bottom>%)|1 in (?P<top>\d+))(?: of| chance)?", differ=("bottom", "top"))

    assert texts(check, "20% of women. 1 in 5 of men.") == ["1 in 5"]
    assert texts(check, "20% of women (1 in 5).") == []


def test_findings_come_in_reading_order(texts: Texts) -> None:
    check = Check(variants=(("a", "b"), ("c", "d")))

    assert texts(check, "a c d b") == ["d", "b"]


# Percentage points


NUMBER = r"\d+(?:\.\d+)?"
FALL = Check(
    compare="points",
    pattern=(
        rf"from (?P<from>{NUMBER})% to (?P<to>{NUMBER})%, a (?P<by>{NUMBER})% (?:drop|rise)",
        rf"(?P<by>{NUMBER})%, from (?P<from>{NUMBER})% to (?P<to>{NUMBER})%",
    ),
)


def test_points_called_percent_are_reported_with_both_ways_to_say_it(find: Find) -> None:
    (found,) = find(FALL, "It fell from 32% to 18%, a 14% drop, in a year.")

    assert found.text == "from 32% to 18%, a 14% drop"
    assert dict(found.values) == {"points": "14", "relative": "44% lower"}


@pytest.mark.parametrize(
    ("text", "relative"),
    [("It rose 10%, from 40% to 50%.", "25% higher"), ("From 8.5% to 2%, a 6.5% drop.", "76% lower")],
)
def test_change_is_found_in_either_order_and_direction(find: Find, text: str, relative: str) -> None:
    (found,) = find(FALL, text)

    assert found.values["relative"] == relative


@pytest.mark.parametrize(
    "text",
    [
        "From 20% to 15%, a 25% drop.",
        "From 20% to 15%, a 30% drop.",
        "From 100% to 95%, a 5% drop.",
        "From 0% to 5%, a 5% rise.",
        "From 5% to 5%, a 0% rise.",
    ],
)
def test_share_of_the_old_figure_and_what_is_neither_are_let_be(texts: Texts, text: str) -> None:
    assert texts(FALL, text) == []


def test_rounded_points_are_points(texts: Texts) -> None:
    assert len(texts(FALL, "From 20.4% to 15%, a 5% drop.")) == 1


def test_group_that_holds_no_number_finds_nothing(texts: Texts) -> None:
    check = replace(FALL, pattern=r"from (?P<from>\w+)% to (?P<to>\w+)%(?:, by (?P<by>\w+))?")

    assert texts(check, "From 20% to x%, by 5. From 20% to 15%. From 20% to 15%, by 5.") == ["From 20% to 15%, by 5"]


def test_masked_change_is_not_seen(texts: Texts) -> None:
    assert texts(replace(FALL, mask="from 20%"), "From 20% to 15%, a 5% drop. From 30% to 15%, a 15% drop.") == [
        "From 30% to 15%, a 15% drop"
    ]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"pattern": "("}, "pattern"),
        ({"pattern": r"(?P<from>\d) (?P<to>\d)"}, "pattern"),
        ({"pattern": (), "variants": (("a", "b"),)}, "variants"),
        ({"differ": "by"}, "differ"),
        ({"same": ("by",)}, "same"),
        ({"within": "section"}, "within"),
        ({"joined_by": "but"}, "joined_by"),
        ({"min_uses": 2}, "min_uses"),
    ],
)
def test_settings_that_cannot_be_used_for_points_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        replace(FALL, **changes).validate(Vocabulary({}))

    assert caught.value.key == key


# Settings


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "variants"),
        ({"variants": (("a", "b"),), "pattern": "a"}, "variants"),
        ({"variants": (("a",),)}, "variants"),
        ({"variants": (("a", "{b} c"),)}, "variants"),
        ({"variants": (("a", "{nothing}"),)}, "variants"),
        ({"variants": (("a", "b"),), "same": ("a",)}, "same"),
        ({"variants": (("a", "b"),), "mask": "("}, "mask"),
        ({"variants": (("a", "b"),), "joined_by": "("}, "joined_by"),
        ({"pattern": "(?P<a>a)"}, "differ"),
        ({"pattern": "(?P<a>a)", "differ": "b"}, "differ"),
        ({"pattern": "(?P<a>a)", "differ": "a", "same": ("b",)}, "same"),
        ({"pattern": "(", "differ": "a"}, "pattern"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**changes).validate(Vocabulary(ENTITIES))

    assert caught.value.key == key


@given(st.lists(st.sampled_from(["womb", "uterus", "womb (uterus)", "and", "\n\n", "."]), max_size=30))
def test_every_finding_is_a_variant_other_than_the_one_it_is_mixed_with(words: list[str]) -> None:
    vocabulary = Vocabulary({})
    document = readers.parse("page", " ".join(words), "text")
    sentences = [sentence for block in document.blocks for sentence in block.sentences]

    found = list(WOMB.find(document, sentences, vocabulary))

    assert len(found) <= 1
    assert {each.text for each in found} <= {"womb", "uterus"}
    assert all(each.values["other"] != each.text for each in found)
