"""``healthlint score`` as a person types it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXAMPLES = os.path.join(os.path.dirname(__file__), "..", "..", "examples")
EASY = "Drink water when you feel hot. Rest in the shade. " * 12
HARD = "Administration of intravenous immunoglobulin was considered in individuals with refractory illness. " * 12


@pytest.fixture
def pages(site: Path) -> Path:
    """Have two pages of prose beside the two of the site."""
    (site / "easy.md").write_text(EASY)
    (site / "hard.md").write_text(HARD)
    return site


def test_table_has_a_line_for_each_text_of_the_folder(
    healthlint: Callable, site: Path, snapshot: Callable[[str, str], None]
) -> None:
    shutil.copytree(EXAMPLES, site / "examples")

    ran = healthlint("score", "examples", "clean.md")

    assert (ran.code, ran.err) == (0, "")
    snapshot(ran.out, "score.txt")


def test_explanation_says_what_to_change_best_first(
    healthlint: Callable, site: Path, snapshot: Callable[[str, str], None]
) -> None:
    shutil.copytree(EXAMPLES, site / "examples")
    (site / "hard.md").write_text(f"# Treatment\n\n{HARD}We utilised it because it helps. " * 2)

    ran = healthlint("score", "--explain", "examples/cervical-mucus-blog.md", "hard.md", "clean.md")

    assert (ran.code, ran.err) == (0, "")
    snapshot(ran.out, "score-explained.txt")


def test_json_has_grades_bands_and_places(healthlint: Callable, pages: Path) -> None:
    ran = healthlint("score", "--format", "json", "hard.md", "clean.md")

    hard, clean = json.loads(ran.out)["scores"]
    assert hard["path"] == "hard.md"
    assert hard["grades"]["low"] <= hard["grades"]["high"]
    assert hard["hard_sentences"][0]["line"] == 1
    assert clean["grades"] is None
    assert clean["longest_sentence"] == {"line": 1, "words": 5}


def test_csv_has_one_row_for_each_text(healthlint: Callable, pages: Path) -> None:
    ran = healthlint("score", "--format", "csv", "easy.md", "clean.md")

    easy, clean = csv.DictReader(io.StringIO(ran.out))
    assert float(easy["flesch_kincaid_grade"]) < 3
    assert (clean["path"], clean["low"], clean["words"]) == ("clean.md", "", "5")


def test_no_cell_of_a_csv_is_taken_for_a_formula(healthlint: Callable, site: Path) -> None:
    (site / "=HYPERLINK(1).md").write_text(EASY)

    ran = healthlint("score", "--format", "csv", "./=HYPERLINK(1).md", "=HYPERLINK(1).md")

    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert not row["path"].startswith("=")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("hard.md", "easy.md", "easy.md reads easier: about grade 1 to 3, before 17 to 18."),
        ("easy.md", "hard.md", "hard.md reads harder: about grade 17 to 18, before 1 to 3."),
        ("easy.md", "copy.md", "Both read alike: about grade 1 to 3, before 1 to 3."),
        ("easy.md", "clean.md", "Too short to compare: each needs 100 words of running prose."),
    ],
)
def test_comparison_says_which_reads_easier(
    healthlint: Callable, pages: Path, before: str, after: str, expected: str
) -> None:
    (pages / "copy.md").write_text(EASY)

    ran = healthlint("score", "--compare", before, after)

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == expected


def test_page_may_only_get_easier(healthlint: Callable, pages: Path) -> None:
    wrote = healthlint("score", "--write-baseline", "levels.json", ".")
    assert (wrote.code, wrote.err) == (0, "Wrote levels.json: the levels of 2 pages.\n")
    assert healthlint("score", "--baseline", "levels.json", ".").code == 0

    (pages / "easy.md").write_text(EASY + HARD)
    (pages / "hard.md").write_text(EASY)
    ran = healthlint("score", "--baseline", "levels.json", ".")

    assert ran.code == 1
    assert ran.err.startswith("easy.md: harder than it was, by ")
    assert len(ran.err.splitlines()) == 1


def test_page_above_the_highest_grade_fails(healthlint: Callable, pages: Path) -> None:
    ran = healthlint("score", "--max-grade", "9", "easy.md", "hard.md")

    assert ran.code == 1
    assert ran.err == "hard.md: about grade 17 to 18, above 9\n"


def test_standard_input_is_read_as_its_name_says(healthlint: Callable) -> None:
    page = f"<p>{EASY}</p><table><tr><td>One cell</td></tr></table>"

    ran = healthlint("score", "--stdin-filename", "a.html", "--format", "json", "-", stdin=page)

    (record,) = json.loads(ran.out)["scores"]
    assert record["path"] == "a.html"
    assert record["words_left_out"] == {"tables": 2}


def test_file_that_cannot_be_read_is_one_line_and_the_others_are_scored(healthlint: Callable, pages: Path) -> None:
    (pages / "bytes.md").write_bytes(b"\x00\x01\x02" * 50)

    ran = healthlint("score", "missing.md", "bytes.md", "easy.md")

    assert ran.code == 2
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == ["missing.md", "bytes.md"]
    assert "easy.md" in ran.out


def test_text_in_another_language_is_told(healthlint: Callable, site: Path) -> None:
    (site / "fr.html").write_text(f'<html lang="fr"><p>{EASY}</p></html>')

    ran = healthlint("score", "fr.html")

    assert ran.code == 0
    assert ran.err == "healthlint: fr.html: the page says that it is in 'fr'; the grades are for English\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--compare", "easy.md"], "--compare takes two texts: healthlint score --compare before.md after.md"),
        (["--compare", "easy.md", "missing.md"], "--compare could not read both texts"),
        (
            ["--compare", "--format", "csv", "easy.md", "hard.md"],
            "--compare are for people; drop --format",
        ),
        (["--stdin-filename", "a.md", "easy.md"], "--stdin-filename names the text of '-'; give '-' as a path"),
        (["--baseline", "clean.md"], "clean.md: not JSON; write it again with 'healthlint score --write-baseline'"),
        (["--baseline", "none.json"], "none.json: no such file"),
        (["--max-grade", "0", "easy.md"], "'--max-grade': 0"),
        (["--write-baseline", "clean.md", "easy.md"], "clean.md: not JSON"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    healthlint: Callable, pages: Path, arguments: list[str], message: str
) -> None:
    ran = healthlint("score", *arguments)

    assert ran.code == 2
    assert message in ran.err.splitlines()[-1]
    assert (pages / "clean.md").read_text() == "Take 1 mg at night.\n"


def test_report_goes_to_a_file(healthlint: Callable, pages: Path) -> None:
    assert healthlint("score", "--output", "scores.csv", "--format", "csv", "easy.md").out == ""

    assert (pages / "scores.csv").read_text().startswith("path,words,")


@pytest.mark.parametrize("text", ["", "# Only a heading\n", "word " * 20_000, "\ufeff", "a" * 100_000])
def test_odd_text_is_scored(healthlint: Callable, site: Path, text: str) -> None:
    (site / "odd.md").write_text(text)

    ran: Any = healthlint("score", "--explain", "odd.md")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("odd.md: ")
