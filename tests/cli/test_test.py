"""``healthlint test``: the examples of rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_examples_of_a_folder_pass(healthlint: Callable, house: str) -> None:
    assert healthlint("test", house) == (0, "4 rules, 20 examples: all pass.\n", "")


def test_select_tests_some_rules(healthlint: Callable, house: str) -> None:
    assert healthlint("test", "--select", "house/zorp", house) == (0, "1 rule, 5 examples: all pass.\n", "")


def test_failure_says_file_rule_example_and_what_went_wrong(healthlint: Callable, own_house: str) -> None:
    path = Path(own_house) / "house" / "dax.yaml"
    text = path.read_text().replace("pass: A bird came.", "pass: A dax came.").replace("«dax»", "«zax»")
    path.write_text(text.replace("fixed: A calm came.", "fixed: A zax came."))

    ran = healthlint("test", own_house)

    place = "../house-rules/house/dax.yaml: house/dax: example"
    assert ran.code == 1
    assert f"{place} 1: missing: «zax» is not reported\n" in ran.out
    assert f"{place} 3: noisy: «dax» is reported at 1:3\n" in ran.out
    assert ran.out.endswith("4 rules, 20 examples: 3 failures.\n")


def test_every_refused_file_is_told_in_order_and_ends_with_2(healthlint: Callable, own_house: str) -> None:
    folder = Path(own_house) / "house"
    (folder / "b-two.yaml").write_text("summary: [\n")
    (folder / "a-one.yaml").write_text("sumary: x\n")
    (folder / "c-three.yaml").write_bytes(b"summary: \xff\n")
    (folder / "d-four.yaml").mkdir()

    ran = healthlint("test", own_house)

    assert (ran.code, ran.out) == (2, "")
    places = [Path(line.split(":")[1].strip()).name for line in ran.err.strip().split("\n")]
    assert sorted(places) == places
    assert {"a-one.yaml", "b-two.yaml", "c-three.yaml"} == set(places)
    assert all(line.startswith("healthlint: ") for line in ran.err.strip().split("\n"))


def test_folder_without_rules_and_no_folder_are_refused(healthlint: Callable) -> None:
    assert healthlint("test", "nope") == (2, "", "healthlint: nope: no such folder of rules; check the path\n")
    empty = healthlint("test", ".")
    assert empty.code == 2
    assert "no rules to test; a rule is <pack>/<rule>.yaml" in empty.err


def test_unknown_selection_is_refused(healthlint: Callable, house: str) -> None:
    assert healthlint("test", "--select", "nope", house).code == 2
