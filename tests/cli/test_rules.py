"""``healthlint rules``: the list of rules, and which of them run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_rule_is_listed_with_its_state(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "house")

    assert ran.out == (
        "house/blicket  warning  The word blicket\n"
        "house/dax      info     The word dax\n"
        "house/wug      preview  The word wug\n"
        "house/zorp     error    The word zorp\n"
        "\n4 rules; 3 run with profile 'public-web'.\n"
    )


def test_preview_rules_count_as_running_with_preview(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "--preview", "house/wug")

    assert ran.out == "house/wug  error    The word wug\n\n1 rule; 1 runs with profile 'public-web'.\n"


def test_configuration_says_which_rules_are_off(healthlint: Callable, site: Path, house: str) -> None:
    (site / "healthlint.toml").write_text(f"rule-paths = ['{house}']\n[rules.'house/zorp']\nseverity = 'off'\n")

    assert "house/zorp  off " in healthlint("rules", "house/zorp").out


def test_concern_selects_rules(healthlint: Callable) -> None:
    assert "medication/trailing-zero" in healthlint("rules", "dose-notation").out


def test_json_is_a_list_of_records(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "--format", "json", "house/dax")

    expected = {
        "rule": "house/dax",
        "concern": "words",
        "severity": "info",
        "status": "stable",
        "summary": "The word dax",
    }
    assert [expected] == json.loads(ran.out)


TABLE = """\
summary: The most a day
source: A formulary
as-of: 2001-02-03
rows:
  - {term: zorp, max: 4 g}
  - {term: blicket, max: 4 g, as-of: 2999-12-31, source: A label, checked: false}
"""


def test_facts_that_were_looked_up_long_ago_are_listed_row_by_row(healthlint: Callable, own_house: str) -> None:
    write(own_house, "vocabulary/limit.yaml", TABLE)
    write(own_house, "vocabulary/helpline.yaml", "summary: x\nsource: A call\nas-of: 2001-01-01\nfixed: [116 123]\n")

    ran = healthlint("rules", "--rules", own_house, "--stale")

    assert ran.code == 0
    assert ran.out.split("\n")[-5:-1] == [
        f"{own_house}/vocabulary/helpline.yaml: as of 2001-01-01, A call",
        f"{own_house}/vocabulary/limit.yaml:5: zorp: as of 2001-02-03, A formulary",
        "",
        ran.out.split("\n")[-2],
    ]
    assert ran.out.endswith(" to look up.\n")
    assert "blicket" not in ran.out


def test_facts_that_nobody_looked_up_are_listed_row_by_row(healthlint: Callable, own_house: str) -> None:
    write(own_house, "vocabulary/limit.yaml", TABLE)
    wug = Path(own_house, "house/wug.yaml")
    wug.write_text(wug.read_text().replace("status: preview", "status: preview\nunverified: The page of the book"))

    ran = healthlint("rules", "--rules", own_house, "--unverified")

    assert f"{own_house}/house/wug.yaml: house/wug: The page of the book\n" in ran.out
    assert f"{own_house}/vocabulary/limit.yaml:6: blicket: as of 2999-12-31, A label\n" in ran.out
    assert "zorp" not in ran.out


def test_facts_to_look_up_are_records_in_json(healthlint: Callable, own_house: str) -> None:
    write(own_house, "vocabulary/limit.yaml", TABLE)

    ran = healthlint("rules", "--rules", own_house, "--stale", "--format", "json")

    expected = {
        "place": f"{own_house}/vocabulary/limit.yaml",
        "about": "zorp",
        "as_of": "2001-02-03",
        "source": "A formulary",
        "line": 5,
    }
    assert expected in json.loads(ran.out)


def test_facts_are_listed_for_all_rules_only(healthlint: Callable) -> None:
    ran = healthlint("rules", "--stale", "medication")

    assert (ran.code, ran.out) == (2, "")
    assert "--stale and --unverified list the facts of all rules; leave out the names" in ran.err


def write(folder: str, name: str, text: str) -> None:
    path = Path(folder, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_unknown_names_are_refused(healthlint: Callable) -> None:
    ran = healthlint("rules", "medicatin")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("healthlint: unknown rule, pack or concern 'medicatin'; did you mean 'medication'?")
    assert healthlint("rules", "--profile", "nope").code == 2
    assert healthlint("rules", "--format", "xml").code == 2
