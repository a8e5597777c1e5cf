"""What a run says about itself at its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Result, RunInfo
from healthlint.summary import LISTED, Tally, headline, summary_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic


def total(*results: Result) -> Tally:
    """Add up *results*."""
    tally = Tally()
    for result in results:
        tally = tally.add(result)
    return tally


CLEAN = Result("clean.md", "markdown", "Rest.", 1200)


def test_counts_add_up_over_files(leaflet: Result, broken: Result) -> None:
    tally = total(leaflet, leaflet, CLEAN, broken)

    assert (tally.files, tally.unread, tally.partial, tally.errors) == (3, 1, 0, 1)
    assert (tally.count("error"), tally.count("warning"), tally.count("info")) == (2, 6, 2)
    assert (tally.suppressed, tally.baselined, tally.fixable, tally.words) == (2, 4, 2, 1322)


def test_summary_names_what_was_found_and_what_was_not_counted(leaflet: Result, run: RunInfo) -> None:
    lines = summary_lines(total(leaflet, CLEAN), run)

    assert lines == [
        "Checked 2 files (1,261 words) with 143 rules: 1 error, 3 warnings, 1 note.",
        "1 of them has a safe fix; --fix applies it.",
        "Not counted: 1 suppressed by comments.",
        "2 old findings remain, known from the baseline.",
        "Notes:",
        "  leaflet.md: read as windows-1252, not UTF-8",
    ]


def test_what_is_not_shown_is_told_and_dangers_in_it_by_themselves(run: RunInfo) -> None:
    hidden = replace(CLEAN, baselined=1, unchanged=2, dangers=1, fixed=2)

    assert summary_lines(total(hidden, hidden), run)[1:] == [
        "2 old findings remain, known from the baseline.",
        "Not shown: 4 findings on lines that did not change.",
        "2 of these are errors about medicines or safety; mend them first.",
        "4 old findings are fixed; 'healthlint baseline --prune' forgets them.",
    ]


def test_nothing_found_is_not_called_safe(run: RunInfo) -> None:
    assert summary_lines(total(CLEAN), run) == ["No findings from 143 rules in 1 file. This is not a clinical review."]


def test_files_that_could_not_be_checked_come_first(broken: Result, run: RunInfo) -> None:
    partly = replace(CLEAN, errors=("rule x/y crashed",))

    lines = summary_lines(total(CLEAN, broken, broken, partly), run)

    assert lines == [
        "2 files could not be checked.",
        "1 file could be checked only in part.",
        "No findings from 143 rules in 2 files. This is not a clinical review.",
    ]


@pytest.mark.parametrize(
    ("results", "rules", "line"),
    [((), 143, "No files were checked."), ((CLEAN,), 0, "No rules are selected, so nothing was checked.")],
)
def test_silence_is_never_passed_off_as_a_check(
    results: tuple[Result, ...], rules: int, line: str, run: RunInfo
) -> None:
    assert summary_lines(total(*results), replace(run, rules=rules)) == [line]


def test_skipped_files_are_listed_with_their_reason(run: RunInfo) -> None:
    skipped = ("photo.png: no reader for '.png'", "\x1b[2J\n::error::x.md: ignored")

    lines = summary_lines(total(CLEAN), replace(run, skipped=skipped))

    assert lines[1:] == [
        "Skipped 2 files:",
        "  photo.png: no reader for '.png'",
        r"  \x1b[2J \x3a:error::x.md: ignored",
    ]


def test_long_lists_end_with_the_number_left_out(run: RunInfo) -> None:
    noted = tuple(Result(f"{number}.md", source="x", notes=("odd",)) for number in range(LISTED + 3))
    skipped = tuple(f"{number}.png: no reader" for number in range(LISTED + 1000))

    tally = total(*noted)
    lines = summary_lines(tally, replace(run, skipped=skipped))

    assert len(tally.notes) == LISTED
    assert lines[1] == "Skipped 1,020 files:"
    assert lines[2 + LISTED] == "  … and 1,000 more"
    assert lines[-1] == "  … and 3 more"


def test_statistics_put_the_most_frequent_rule_first(leaflet: Result, run: RunInfo) -> None:
    lines = summary_lines(total(leaflet), replace(run, statistics=True))

    assert lines[:15] == [
        "count  severity  rule",
        "    2  warning   evidence/unsourced-statistic",
        "    1  error     medication/trailing-zero-dose",
        "    1  warning   certainty/absolute-outcome",
        "    1  info      words/utilize",
        "",
        "count  concern",
        "    2  statistic",
        "    1  absolute",
        "    1  dose-notation",
        "    1  words",
        "",
        "count  file",
        "    5  leaflet.md",
        "",
    ]


def test_statistics_name_the_files_with_most_findings_and_count_the_others(leaflet: Result, run: RunInfo) -> None:
    few = replace(leaflet, diagnostics=leaflet.diagnostics[:1])
    results = [
        *(replace(few, path=f"few-{number:03}.md") for number in range(LISTED + 3)),
        replace(leaflet, path="薬.md"),
    ]

    lines = summary_lines(total(*results), replace(run, statistics=True))

    at = lines.index("count  file")
    assert lines[at + 1 : at + 3] == ["    5  薬.md", "    1  few-000.md"]
    assert lines[at + LISTED + 1 : at + LISTED + 3] == ["       … and 4 more", ""]


def test_headline_has_the_one_line_form(diagnose: Callable[..., Diagnostic]) -> None:
    diagnostic = diagnose("Up\nto 5% \x1b[m", "5% \x1b[m", message="'5%\n\x1b[m' has\tno source.")

    line = headline("a\nb.md", diagnostic, color=False)

    assert line == r"a\nb.md:2:4: warning[evidence/unsourced-statistic] '5% \x1b[m' has no source."


def test_headline_ends_with_the_landmark(diagnose: Callable[..., Diagnostic]) -> None:
    diagnostic = diagnose("5%", "5%", landmark="page 3")

    assert headline("a.pdf", diagnostic, color=False).endswith("'5%' has no source. (page 3)")


def test_color_leaves_the_words_alone(leaflet: Result, run: RunInfo) -> None:
    painted = "\n".join(summary_lines(total(leaflet), replace(run, color=True)))

    assert "\x1b[1;31m1 error\x1b[0m" in painted
