"""Reading levels kept in a file: a page may only get easier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.errors import ConfigError
from healthlint.ratchet import TOLERANCE, read_ratchet, write_ratchet
from healthlint.score import Score, score

if TYPE_CHECKING:
    from pathlib import Path

EASY = "Drink water when you feel hot. Rest in the shade. " * 12
HARD = "Administration of intravenous immunoglobulin was considered in individuals with refractory illness. " * 12


def page(folder: Path, text: str, name: str = "a.md") -> Score:
    return score(readers.parse(str(folder / name), text, "markdown"))


@pytest.mark.parametrize(("before", "after", "sign"), [(EASY, HARD, 1), (HARD, EASY, -1)])
def test_rise_says_by_how_much_a_page_became_harder(tmp_path: Path, before: str, after: str, sign: int) -> None:
    write_ratchet(str(tmp_path / "levels.json"), [page(tmp_path, before)])

    rise = read_ratchet(str(tmp_path / "levels.json")).rise(page(tmp_path, after))

    assert rise is not None
    assert sign * rise > 5


def test_page_that_stays_as_it_is_does_not_rise(tmp_path: Path) -> None:
    write_ratchet(str(tmp_path / "levels.json"), [page(tmp_path, EASY)])

    rise = read_ratchet(str(tmp_path / "levels.json")).rise(page(tmp_path, EASY))

    assert rise is not None
    assert abs(rise) < TOLERANCE


def test_page_that_is_new_or_too_short_has_no_rise(tmp_path: Path) -> None:
    assert write_ratchet(str(tmp_path / "levels.json"), [page(tmp_path, EASY), page(tmp_path, "Rest.", "b.md")]) == 1

    ratchet = read_ratchet(str(tmp_path / "levels.json"))

    assert ratchet.rise(page(tmp_path, EASY, "new.md")) is None
    assert ratchet.rise(page(tmp_path, "Rest.")) is None


def test_file_of_levels_names_pages_from_where_it_stands_and_holds_no_text(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write_ratchet(str(tmp_path / "levels.json"), [page(tmp_path / "sub", EASY)])

    assert (tmp_path / "levels.json").read_text().splitlines()[2].startswith('  "sub/a.md": ')
    assert "water" not in (tmp_path / "levels.json").read_text()


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2, "levels": {}}', '{"version": 1, "levels": {"a": true}}'])
def test_file_that_holds_no_levels_is_refused_and_not_overwritten(tmp_path: Path, text: str) -> None:
    path = tmp_path / "levels.json"
    path.write_text(text)

    with pytest.raises(ConfigError, match=r"levels.json: not .*'healthlint score --write-baseline'"):
        read_ratchet(str(path))
    with pytest.raises(ConfigError):
        write_ratchet(str(path), [page(tmp_path, EASY)])
    assert path.read_text() == text


def test_folder_that_does_not_exist_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"levels.json: cannot be written \(No such file or directory\)"):
        write_ratchet(str(tmp_path / "none" / "levels.json"), [page(tmp_path, EASY)])
