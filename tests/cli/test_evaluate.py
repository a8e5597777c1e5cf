"""``healthlint evaluate``: precision and recall as a person and a program read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.quality import read_quality

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def gold(site: Path) -> Callable[..., str]:
    """Write records into gold.jsonl."""

    def write(*records: Any) -> str:
        path = site / "gold.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), "utf-8")
        return "gold.jsonl"

    return write


FOUND = {"text": "A zorp came, and a blicket.", "quotes": [{"quote": "zorp", "concern": "words"}]}
MISSED = {"text": "A frobnitz came.", "quotes": [{"quote": "frobnitz", "concern": "words"}]}


def test_the_tables_have_a_row_for_each_concern_and_rule(
    healthlint: Callable, gold: Callable[..., str], house: str
) -> None:
    ran = healthlint("evaluate", gold(FOUND, MISSED), "--rules", house, "--select", "house")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "concern  marks  found  recall              reported  right  precision             F1 per 10,000 words",
        "words        2      1  0.50 [0.09, 0.91]          2      1  0.50 [0.09, 0.91]   0.50           2222.2",
        "all          2      1  0.50 [0.09, 0.91]          2      1  0.50 [0.09, 0.91]   0.50           2222.2",
        "",
        "rule           marks  found  recall              reported  right  precision             F1 per 10,000 words",
        "house/blicket      2      0  0.00 [0.00, 0.66]          1      0  0.00 [0.00, 0.79]   0.00           1111.1",
        "house/zorp         2      1  0.50 [0.09, 0.91]          1      1  1.00 [0.21, 1.00]   0.67           1111.1",
        "",
        "Warnings and errors: 2, on marked words 1: 0.50 [0.09, 0.91].",
        "2 texts, 9 words, 2 marks to find and 0 more that may be found.",
    ]


def test_misses_and_false_alarms_are_shown_with_place_and_text(
    healthlint: Callable, gold: Callable[..., str], house: str
) -> None:
    path = gold(FOUND, MISSED)

    every = healthlint("evaluate", path, "--rules", house, "--select", "house", "--show", "all").out
    of_rule = healthlint("evaluate", path, "--rules", house, "--select", "house", "--show", "house/zorp").out

    assert every.startswith(
        "gold.jsonl:2: missed[words] A «frobnitz» came.\n"
        "gold.jsonl:1: false alarm[house/blicket] A zorp came, and a «blicket».\n\n"
    )
    assert "false alarm" not in of_rule


def test_json_has_the_same_figures(healthlint: Callable, gold: Callable[..., str], house: str) -> None:
    ran = healthlint(
        "evaluate", gold(FOUND, MISSED), "--rules", house, "--select", "house", "--format", "json", "--show", "words"
    )

    value = json.loads(ran.out)
    assert value["concerns"]["words"]["recall"]["share"] == 0.5
    assert value["rules"]["house/zorp"]["precision"] == {
        "of": 1, "share": 1.0, "low": pytest.approx(0.2065, abs=1e-4), "high": 1.0,
    }  # fmt: skip
    assert value["warnings_and_errors"]["of"] == 2
    assert [case["text"] for case in value["misses"]] == ["A «frobnitz» came."]
    assert [case["rules"] for case in value["false_alarms"]] == [["house/blicket"]]


def test_preview_rules_are_judged_with_preview(healthlint: Callable, gold: Callable[..., str], house: str) -> None:
    path = gold({"text": "A wug came.", "label": True})

    assert "house/wug" not in healthlint("evaluate", path, "--rules", house, "--select", "house").out
    assert "house/wug" in healthlint("evaluate", path, "--rules", house, "--select", "house", "--preview").out


def test_quality_is_written_for_the_rules_that_reported(
    healthlint: Callable, gold: Callable[..., str], house: str, site: Path
) -> None:
    ran = healthlint(
        "evaluate", gold(FOUND), "--rules", house, "--select", "house", "--quality", "quality.yaml", "--of", "a text"
    )

    assert ran.err == "Wrote quality.yaml: 2 rules.\n"
    quality = read_quality([str(site)])
    assert {rule: (each.judged, each.right, each.of) for rule, each in quality.items()} == {
        "house/blicket": (1, 0, "a text"),
        "house/zorp": (1, 1, "a text"),
    }


def test_bad_records_are_a_line_each_and_exit_code_2(healthlint: Callable, gold: Callable[..., str]) -> None:
    ran = healthlint("evaluate", gold({"text": "Tea."}, ["tea"]))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "healthlint: gold.jsonl:1: no 'quotes', 'label' or 'concern'; say what is to be found in the text",
        'healthlint: gold.jsonl:2: not an object; write {"text": …} or {"page": …}',
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--quality", "q.yaml"], "--quality and --of go together: which file, and which texts were judged"),
        (["--of", "a page"], "--quality and --of go together: which file, and which texts were judged"),
        (["--show", "hyp"], "--show: unknown rule or concern 'hyp'; did you mean 'hype'?; 'all' shows everything"),
        (["--config", "a.toml", "--no-config"], "--config and --no-config exclude each other; drop one"),
    ],
)
def test_options_that_cannot_be_used_are_refused(
    arguments: list[str], said: str, healthlint: Callable, gold: Callable[..., str]
) -> None:
    ran = healthlint("evaluate", gold(FOUND), *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_text_cannot_act_on_the_terminal(healthlint: Callable, gold: Callable[..., str], house: str) -> None:
    path = gold({"text": "A \x1b[31m zorp.", "label": False})

    assert "\x1b" not in healthlint("evaluate", path, "--rules", house, "--select", "house", "--show", "all").out
