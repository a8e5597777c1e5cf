"""Linked: a link there leads to where the rule says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.conditions.linked import Condition
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]

WIKI = "https://en.wikipedia.org/x"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"See [the «big» study]({WIKI}).", True),
        ("See [the «big» study](https://www.nhs.uk/x).", False),
        (f"A «big study», as [they]({WIKI}) say.", False),
    ],
)
def test_finding_is_part_of_a_link_that_leads_there(holds: Holds, marked: str, expected: bool) -> None:
    assert holds(Condition(to="wikipedia"), marked) == expected


@pytest.mark.parametrize(("within", "expected"), [("link", False), ("sentence", False), ("paragraph", True)])
def test_link_stands_within_the_part_asked_for(holds: Holds, within: Any, expected: bool) -> None:
    assert holds(Condition(to="wikipedia", within=within), f"A «study» says so. See [here]({WIKI}).") == expected


def test_every_link_leads_there_where_the_rule_says_only(holds: Holds) -> None:
    other = "It [cures]({WIKI}) «acne» ([Lee](https://doi.org/10.1/2)).".replace("{WIKI}", WIKI)

    assert holds(Condition(to="wikipedia", within="sentence"), other)
    assert not holds(Condition(to="wikipedia", within="sentence", only=True), other)
    assert holds(Condition(to="wikipedia", within="sentence", only=True), f"It [cures]({WIKI}) «acne».")


def test_no_link_leads_nowhere(holds: Holds) -> None:
    assert not holds(Condition(to="", within="paragraph"), "It cures «acne».")
    assert not holds(Condition(to="", within="paragraph", only=True), "It cures «acne».")


def test_pattern_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(SettingError):
        Condition(to="(").validate(Vocabulary({}))
