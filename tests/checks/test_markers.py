"""Markers: each points to an entry, and each numbered entry is pointed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.checks.markers import Check

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

REFERENCES = "\n\n## References\n\n1. Smith 2019.\n2. Jones 2020.\n"


def test_marker_without_an_entry_is_found(find: Find) -> None:
    (found,) = find(Check(), "It helps [1]. It heals [4]. So it is [2]." + REFERENCES)

    assert found.text == "[4]"
    assert dict(found.values) == {"label": "4"}
    assert found.sentence is not None
    assert found.sentence.text == "It heals [4]."


def test_range_is_found_once_at_its_first_label_without_an_entry(find: Find) -> None:
    (found,) = find(Check(), "It helps [1-4]." + REFERENCES)

    assert found.text == "[1-4]"
    assert dict(found.values) == {"label": "3"}


def test_footnote_without_a_text_is_found(texts: Texts) -> None:
    assert texts(Check(), "It helps[^a]. It heals[^b].\n\n[^a]: Smith 2019.\n") == ["[^b]"]


def test_entry_that_nothing_points_to_is_found(texts: Texts) -> None:
    assert texts(Check(), "It helps [2]." + REFERENCES) == ["Smith 2019."]


def test_entries_are_let_be_where_the_rule_or_the_page_says_so(texts: Texts) -> None:
    assert texts(Check(uncited=False), "It helps [2]." + REFERENCES) == []
    assert texts(Check(), "It helps [1][2].\n\n## Further reading\n\n1. A.\n2. B.\n3. C.\n") == []


def test_entries_of_a_page_without_markers_are_let_be(texts: Texts) -> None:
    assert texts(Check(), "It helps." + REFERENCES) == []


def test_page_where_all_fits_has_no_findings(texts: Texts) -> None:
    assert texts(Check(), "It helps [1, 2]." + REFERENCES) == []
    assert texts(Check(), "It helps.¹ It heals.²" + REFERENCES) == []


def test_citation_of_another_kind_is_no_marker(texts: Texts) -> None:
    assert texts(Check(), "It helps (Smith, 2019) at 5 m² [see below] and [10.5].") == []
