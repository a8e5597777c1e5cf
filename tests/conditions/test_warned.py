"""Warned: the text says that it does harm, or tells readers not to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.warned import Condition
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "Avoid «honey for a baby».",
        "«Honey for a baby» can be dangerous.",
        "«Honey is sweet for a baby», but dangerous.",
        "«Honey for a baby» is sold in shops. This is dangerous.",
        "# Things to avoid\n\n«Honey for a baby»",
        "Avoid these:\n\n- tea\n- «honey for a baby»",
        "«Tea is not good for a baby».",
        "We give no «honey to a baby».",
    ],
)
def test_harm_and_orders_not_to_are_warnings(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "«Honey for a baby» is lovely.",
        "They say it is dangerous, but «honey for a baby» is lovely.",
        "Although some call it dangerous, «honey for a baby» is lovely.",
        "«Honey for a baby» is never dangerous.",
        "Avoid tea. «Honey for a baby» is lovely.",
        "«Honey for a baby» is lovely. Shops call tea dangerous.",
        "# Tea\n\n«Honey for a baby»",
        "Tea does not help, so try «honey for a baby».",
        "«Not only honey for a baby» is lovely.",
    ],
)
def test_answered_waved_away_or_far_off_it_is_no_warning(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_headings_and_lead_ins_can_be_left_out(holds: Holds) -> None:
    assert not holds(Condition(heading=False), "# Things to avoid\n\n«Honey for a baby»")


def test_vocabulary_without_warnings_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown entity 'warning'"):
        Condition().validate(Vocabulary({}))


def test_vocabulary_that_ships_has_the_warnings() -> None:
    Condition().validate(load_library().vocabulary)
