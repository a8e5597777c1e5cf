"""What a page or section lacks: words, metadata or sources that its topic calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.required import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Texts = Callable[..., list[str]]


def test_page_that_does_not_say_it_is_found_at_its_first_heading(texts: Texts) -> None:
    check = Check(says=("call 999", r"\b112\b"))

    assert texts(check, "Intro.\n\n# Chest pain\n\nIt hurts.") == ["Chest pain"]
    assert texts(check, "It hurts. A lot.") == ["It hurts."]
    assert texts(check, "# Chest pain\n\nCall 999 now.") == []
    assert texts(check, "# Chest pain\n\nRing 112.") == []


def test_address_of_a_link_may_say_it(texts: Texts) -> None:
    assert texts(Check(says="samaritans"), "[Get help](https://www.samaritans.org).") == []


def test_page_is_asked_only_when_it_speaks_of_it_often_enough_or_in_a_heading(texts: Texts) -> None:
    check = Check(says="call 999", about=("chest pain", "heart"), mentions=2)

    assert texts(check, "Chest pain hurts.") == []
    assert texts(check, "Chest pain hurts. So does the heart.") == ["Chest pain"]
    assert texts(check, "Read on.\n\n# Chest pain\n\nIt hurts.") == ["Chest pain"]


def test_passing_mention_in_a_long_page_is_let_be(texts: Texts) -> None:
    check = Check(says="call 999", about="chest pain", per_100_words=10)

    assert texts(check, "Chest pain can wake you at night.") == ["Chest pain"]
    assert texts(check, "Some have chest pain. " + "The rest of the page is on other things. " * 3) == []


def test_what_only_looks_like_a_mention_is_none(texts: Texts) -> None:
    check = Check(says="call 999", about="stroke", mask=r"risk of (?:a )?stroke")

    assert texts(check, "Salt raises the risk of a stroke.") == []
    assert texts(check, "Salt raises the risk of a stroke. A stroke is a clot.") == ["stroke"]


def test_what_is_denied_does_not_count(texts: Texts) -> None:
    check = Check(says="call 999", denied="no need to call 999", about="chest pain")

    assert texts(check, "Chest pain passes, so there is no need to call 999.") == ["Chest pain"]
    assert texts(check, "Chest pain: call 999. If it is gone there is no need to call 999.") == []


def test_metadata_makes_up_for_it(texts: Texts) -> None:
    check = Check(says="by Dr", metadata=("author", "reviewed"))

    assert texts(check, "---\nauthor: Dr Lee\n---\n\n# Flu\n\nIt is bad.") == []
    assert texts(check, "---\ntitle: Flu\n---\n\n# Flu\n\nIt is bad.") == ["Flu"]


@pytest.mark.parametrize(
    "source",
    [
        "# Flu\n\nIt is bad ([NHS](https://www.nhs.uk/flu)).",
        "# Flu\n\nIt is bad (CDC, 2022).",
        "# Flu\n\nIt is bad.\n\n## References\n\n1. Lee 2020.",
    ],
)
def test_source_makes_up_for_it(texts: Texts, source: str) -> None:
    assert texts(Check(sources=1), source) == []


def test_name_without_a_year_is_no_source(texts: Texts) -> None:
    assert texts(Check(sources=1), "# Flu\n\nThe WHO says that it is bad.") == ["Flu"]
    assert texts(Check(sources=2), "# Flu\n\nIt is bad [1].\n\n[2]") == []


def test_short_page_is_let_be(texts: Texts) -> None:
    assert texts(Check(says="x", min_words=5), "One two three four.") == []
    assert texts(Check(says="x", min_words=5), "One two three four five.") == ["One two three four five."]


def test_every_section_is_asked_where_the_rule_says_so(texts: Texts) -> None:
    check = Check(says="call 999", about="chest pain", within="section")

    assert texts(
        check, "# A\n\nChest pain.\n\n# B\n\nChest pain: call 999.\n\n# C\n\nMy chest pain.\n\n# D\n\nFlu."
    ) == [
        "Chest pain",
        "chest pain",
    ]


def test_page_without_words_lacks_nothing(texts: Texts) -> None:
    assert texts(Check(says="x"), "") == []


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"says": "("}, "says"),
        ({"denied": "("}, "denied"),
        ({"about": ("a", "(")}, "about"),
        ({"mask": "("}, "mask"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**settings).validate(Vocabulary({}))

    assert caught.value.key == key


def test_page_with_a_topic_is_found_at_its_opening_where_the_rule_says_so(find: Callable[..., list[Finding]]) -> None:
    check = Check(says="by Dr", about="pain", mentions=2, at="opening")

    (found,) = find(check, "Read on.\n\n# Chest\n\nA pain. Any pain.")

    assert (found.text, found.values) == ("Chest", {"topic": "pain"})


def test_opening_is_the_main_heading_else_the_first_sentence(texts: Texts) -> None:
    check = Check(says="x")

    assert texts(check, "Read on. Rest.\n\n## Part\n\nMore.") == ["Read on."]
    assert texts(check, "## Part\n\nMore.\n\n# Page") == ["Page"]
    assert texts(check, "## Part\n\nMore.") == ["Part"]


def test_image_without_words_says_nothing(texts: Texts) -> None:
    assert texts(Check(says="999", sources=1), '<h1>Chest</h1><img src="https://nhs.uk/999.png">', format="html") == [
        "Chest"
    ]
