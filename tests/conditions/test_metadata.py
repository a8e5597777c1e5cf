"""Metadata: what the document says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.metadata import Condition
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.entities import Vocabulary

    Holds = Callable[..., bool]

PAGE = "---\nauthor: Dr Lee\naudience: Clinicians\nreviewed:\n---\n\nIt «cures flu».\n"


@pytest.mark.parametrize(
    ("keys", "matches", "expected"),
    [
        (("author",), "", True),
        (("editor", "author"), "", True),
        (("editor",), "", False),
        (("reviewed",), "", False),
        (("audience",), "clinician", True),
        (("audience", "author"), "^dr ", True),
        (("audience",), "patient", False),
    ],
)
def test_one_of_the_keys_has_a_value_that_matches(
    holds: Holds,
    keys: tuple[str, ...],
    matches: str,
    expected: bool,
) -> None:
    assert expected == holds(Condition(keys=keys, matches=matches), PAGE)


def test_page_without_metadata_has_none(holds: Holds) -> None:
    assert not holds(Condition(keys=("author",)), "It «cures flu».")


def test_settings_that_cannot_be_used_are_refused(vocabulary: Vocabulary) -> None:
    for condition in (Condition(keys=()), Condition(keys=("author",), matches="(")):
        with pytest.raises(SettingError) as caught:
            condition.validate(vocabulary)
        assert caught.value.key == "metadata"
