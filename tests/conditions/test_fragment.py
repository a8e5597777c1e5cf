"""Is the file only the body of a page?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.conditions.fragment import Condition
from healthlint.entities import Vocabulary
from healthlint.finding import opening

if TYPE_CHECKING:
    from healthlint.finding import Finding


def holds(condition: Condition, source: str, format: str = "markdown") -> bool:
    document = readers.parse("page", source, format)
    finding: Finding | None = opening(document.blocks)
    assert finding is not None
    condition.validate(Vocabulary({}))
    return condition.holds(finding, document, Vocabulary({}))


@pytest.mark.parametrize(
    ("source", "format"),
    [
        ("# Flu\n\nRest.", "markdown"),
        ("<h1>Flu</h1><p>Rest.</p>", "html"),
        ("<header><p>Clinic</p></header><p>Rest in the header.</p>", "html"),
        ("Rest.", "text"),
        ("Write `<html>` first.", "markdown"),
    ],
)
def test_body_without_front_matter_or_head_is_a_fragment(source: str, format: str) -> None:
    assert holds(Condition(), source, format)
    assert holds(Condition(without="head"), source, format)


@pytest.mark.parametrize(
    "source", ["<!DOCTYPE html>\n<html><p>Rest.</p>", "<head><title>Flu</title></head><p>Rest.</p>", "<HTML lang=en>x"]
)
def test_page_with_a_head_is_none(source: str) -> None:
    assert not holds(Condition(), source, "html")
    assert not holds(Condition(without="head"), source, "html")


def test_page_with_front_matter_is_one_without_a_head_alone() -> None:
    source = "---\ntitle: Flu\n---\n\nRest."

    assert not holds(Condition(), source)
    assert holds(Condition(without="head"), source)
