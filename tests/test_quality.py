"""How good rules are: counts that are kept beside them, and what they mean for the status of a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from healthlint.errors import ConfigError, RulebookError
from healthlint.library import builtin_folder, load_library
from healthlint.quality import ENOUGH, FILE, UNKNOWN, Quality, read_quality, write_quality
from healthlint.rulefolder import find_rule_files

if TYPE_CHECKING:
    from pathlib import Path

_BARS = {"warning": 0.80, "error": 0.95}
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")


def test_enough_judged_reports_say_how_often_a_rule_is_right() -> None:
    quality = Quality(63, 55, "pages nobody tuned to", "2026-05-09")

    assert str(quality) == "In 63 judged reports on pages nobody tuned to, 55 were right: 0.87 [0.77, 0.93]."


def test_too_few_say_nothing() -> None:
    assert str(Quality(7, 7, "a page", "2026-05-09")) == "Too few judged reports (7) to say."
    assert str(UNKNOWN) == "Too few judged reports (0) to say."


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    quality = {"a/y": Quality(3, 2, 'pages: "new" ones', "2026-05-09"), "a/x": Quality(1, 1, "a leaflet", "2025-01-01")}

    write_quality(str(tmp_path / FILE), quality, ran=quality)

    assert read_quality([str(tmp_path)]) == quality


def test_a_run_replaces_what_is_known_of_its_rules_and_keeps_the_rest(tmp_path: Path) -> None:
    old, new = Quality(9, 9, "old pages", "2025-01-01"), Quality(4, 1, "new pages", "2026-05-09")
    path = str(tmp_path / FILE)
    write_quality(path, {"a/judged": old, "a/silent": old, "a/left-out": old}, ran=())

    write_quality(path, {"a/judged": new}, ran=["a/judged", "a/silent"])

    assert read_quality([str(tmp_path)]) == {"a/judged": new, "a/left-out": old}


def test_a_folder_without_the_file_says_nothing(tmp_path: Path) -> None:
    assert read_quality([str(tmp_path)]) == {}


def test_the_file_is_no_rule_and_a_rule_of_that_name_is_one(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a/x: {judged: 1, right: 1, of: pages, as-of: 2026-05-09}\n")
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / FILE).write_text("summary: A rule\n")

    assert [file.name for file in find_rule_files([str(tmp_path)])] == ["house/quality.yaml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a/x: {judged: 1, right: 2, of: p, as-of: d}", ":1: 'right' is at most 'judged', and neither is less than 0"),
        ("a/x: {judged: one, right: 0, of: p, as-of: d}", ":1: 'judged': expected a whole number, got text"),
        ("a/x: {judged: 1, right: 0, on: p, as-of: d}", ":1: unknown key 'on'"),
        ("a/x: 5", ":1: expected keys and values, got a number"),
        ("- 5", ": holds rules and their counts; 'healthlint evaluate --quality' writes it"),
        ("a: [", ":2: not valid YAML: did not find expected node content"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_not_written_over(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(text)

    with pytest.raises(RulebookError) as caught:
        read_quality([str(tmp_path)])
    with pytest.raises(RulebookError):
        write_quality(str(path), {}, ran=())

    assert str(caught.value).split("\n")[0] == f"{path}{said}"
    assert path.read_text() == text


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file or directory; name a file that can be written"):
        write_quality(str(tmp_path / "none" / FILE), {}, ran=())


def test_shipped_counts_are_of_rules_that_exist_and_say_of_what_and_when() -> None:
    rules = {rule.id for rule in load_library().rules}
    quality = read_quality([builtin_folder()])

    assert set(quality) - rules == set()
    assert [rule for rule, each in quality.items() if not (each.of and _DAY.fullmatch(each.as_of))] == []


def test_a_rule_stays_stable_only_while_it_is_right_often_enough() -> None:
    """An editor acts on a warning, and an error can keep a page from being published."""
    quality = read_quality([builtin_folder()])

    too_noisy = [
        f"{rule.id}: {quality[rule.id]}"
        for rule in load_library().rules
        if rule.text.status == "stable"
        and quality.get(rule.id, UNKNOWN).judged >= ENOUGH
        and quality[rule.id].right < _BARS.get(rule.text.severity, 0) * quality[rule.id].judged
    ]

    assert too_noisy == []
