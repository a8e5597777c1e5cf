"""Cited: a source is in reach, as near as a reader would still connect source and claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.conditions.cited import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]

LINK = "([NHS](https://www.nhs.uk/flu))"
LONG = "It goes on and on for quite a while. "


@pytest.mark.parametrize(
    "source",
    [
        f"It affects «1% of women» {LINK}.",
        "It affects «1% of women» (Smith et al., 2019).",
        "In 2022 the CDC said it affects «1% of women».",
        "According to [a trial](https://example.org/t), it affects «1%».",
        "It affects «1% of women».[^a]\n\n[^a]: Smith 2019.",
        "It affects «1% of women» [1].\n\n## References\n\n1. Smith 2019.",
        "It affects «1% of women».¹\n\n## References\n\n1. Smith 2019.",
    ],
)
def test_source_in_the_sentence_counts_wherever_it_stands(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "It affects «1% of women».",
        "Studies show it affects «1% of women».",
        "The WHO says it affects «1% of women».",
        "It affects «1% of women» [1].",
        "It affects «1% of women».¹",
        "It affects «1% of women» ([buy it](https://example.org/shop)).",
        "It affects «1% of women» ([click here](https://example.org)).",
        "It affects «1% of women» ([more](/flu)).",
    ],
)
def test_what_is_no_source_or_has_no_entry_does_not_count(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


@pytest.mark.parametrize(
    ("next_sentence", "expected"),
    [
        (f"This figure comes from a survey {LINK}. {LONG * 4}", True),
        (f"These data are old {LINK}. {LONG * 4}", True),
        (f"The researchers said so {LINK}. {LONG * 4}", True),
        (f"They said so {LINK}. {LONG * 4}", True),
        (f"Source: {LINK}. {LONG * 4}", True),
        (f"(Smith, 2019). {LONG * 4}", True),
        (f"Flu is also common in men, young and old alike {LINK}. {LONG * 4}", False),
        (f"Flu is here. This figure comes from a survey {LINK}. {LONG * 4}", False),
    ],
)
def test_next_sentence_counts_when_it_refers_back_or_is_only_a_citation(
    holds: Holds,
    next_sentence: str,
    expected: bool,
) -> None:
    assert expected == holds(Condition(), f"It affects «1% of women». {next_sentence}")


def test_number_of_sentences_looked_at_can_be_changed(holds: Holds) -> None:
    source = f"It affects «1% of women». Flu is here. This figure comes from a survey {LINK}. {LONG * 4}"

    assert holds(Condition(after=2), source)
    assert not holds(Condition(after=0), f"It affects «1% of women». This figure is from a survey {LINK}. {LONG * 4}")


@pytest.mark.parametrize(("between", "expected"), [(0, True), (2, True), (3, False)])
def test_citation_that_ends_the_paragraph_covers_three_sentences_before_it(
    holds: Holds,
    between: int,
    expected: bool,
) -> None:
    source = f"It affects «1% of women». {LONG * between}Flu is just as common in men, young and old alike {LINK}."

    assert expected == holds(Condition(), source)


def test_sentence_before_counts_when_this_one_refers_back(holds: Holds) -> None:
    assert holds(Condition(), f"A trial {LINK} had 840 women. This study found «61%». {LONG * 4}")
    assert not holds(Condition(), f"A trial {LINK} had 840 women. Of all women, «61%» gave birth. {LONG * 4}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"Flu is common {LINK}:\n\n- «1% of women»\n- 2% of men\n", True),
        (f"Flu is common {LINK}:\n\n- 1% of women\n- «2% of men»\n", True),
        ("Flu is common:\n\n- «1% of women»\n", False),
        (f"# Flu {LINK}\n\n- «1% of women»\n", False),
        (f"Flu {LINK}:\n\n# New\n\n- «1% of women»\n", False),
    ],
)
def test_lead_in_of_a_list_covers_its_items(holds: Holds, source: str, expected: bool) -> None:
    assert expected == holds(Condition(), source)


@pytest.mark.parametrize(
    ("before", "head", "after", "expected"),
    [
        ("", "Share", f"\nSource: {LINK}", True),
        ("", "Share", f"\nData from {LINK}", True),
        ("", f"Share {LINK}", "", True),
        (f"Flu {LINK}:\n\n", "Share", "", True),
        ("", "Share", f"\nFlu is common {LINK}.", False),
        ("", "Share", "", False),
    ],
)
def test_head_lead_in_and_source_line_of_a_table_cover_its_cells(
    holds: Holds,
    before: str,
    head: str,
    after: str,
    expected: bool,
) -> None:
    assert expected == holds(Condition(), f"{before}| Group | {head} |\n|---|---|\n| Women | «1%» |\n{after}\n")


def test_caption_of_a_table_covers_its_cells(holds: Holds) -> None:
    link = '<a href="https://www.nhs.uk/flu">NHS</a>'
    source = f"<table><caption>Flu ({link})</caption><tr><th>Share</th></tr><tr><td>«1%»</td></tr></table>"

    assert holds(Condition(), source, "html")


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("sentence", (False, False, False)),
        ("paragraph", (True, False, False)),
        ("section", (True, True, False)),
        ("document", (True, True, True)),
    ],
)
def test_reach_can_be_widened(holds: Holds, within: Any, expected: tuple[bool, ...]) -> None:
    claim = "It affects «1% of women»."
    paragraph = f"A study {LINK} had 840 women in all. Flu is here. {claim} {LONG * 4}"
    section = f"# Flu\n\nA study {LINK}.\n\n{claim}"
    document = f"# Flu\n\nA study {LINK}.\n\n# Women\n\n{claim}"

    assert expected == tuple(holds(Condition(within=within), source) for source in (paragraph, section, document))


@pytest.mark.parametrize(
    ("strength", "expected"),
    [("weak", (True, True, True)), ("medium", (False, True, True)), ("strong", (False, False, True))],
)
def test_strength_that_is_asked_for_can_be_changed(holds: Holds, strength: Any, expected: tuple[bool, ...]) -> None:
    sources = ("The WHO says «1%».", "The WHO said «1%» in 2020.", "Smith (2020) said «1%».")

    assert expected == tuple(holds(Condition(strength=strength), source) for source in sources)


def test_source_of_another_sentence_does_not_count(holds: Holds) -> None:
    assert not holds(Condition(), f"Flu is common {LINK}. Each year about «1% of women» get it. {LONG * 4}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It affects «1% of women».\n\n# References\n\n- Smith 2019.", True),
        ("It affects «1% of women». Most recover [1].\n\n# References\n\n1. Smith 2019.", False),
        ("It affects «1% of women». Most recover.[^a]\n\n# References\n\n- Smith.\n\n[^a]: Smith 2019.", False),
        ("It affects «1% of women».", False),
    ],
)
def test_references_that_no_marker_points_to_can_be_asked_for(holds: Holds, source: str, expected: bool) -> None:
    assert expected == holds(Condition(within="references"), source)
