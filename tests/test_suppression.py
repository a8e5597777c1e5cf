"""Comments that silence diagnostics, and what is said of those that do not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.diagnostic import Diagnostic
from healthlint.document import Comment, Document, make_document
from healthlint.readers import parse
from healthlint.suppression import Outcome, apply_suppressions
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Collection

KNOWN = frozenset(
    {"claims/hype", "claims/cure", "words/utilize", "medication/trailing-zero-dose", "safety/stop-medicine"}
)


def diagnose(source: str, excerpt: str, rule: str = "claims/hype", severity: str = "warning") -> list[Diagnostic]:
    """Return a diagnostic of *rule* for each place where *source* says *excerpt*."""
    lines = LineIndex(source)
    starts = [at for at in range(len(source)) if source.startswith(excerpt, at)]
    return [
        Diagnostic(
            rule,
            "hype",
            severity,  # type: ignore[arg-type]
            "…",
            "…",
            excerpt,
            Span(at, at + len(excerpt)),
            lines.position(at),
            lines.position(at + len(excerpt)),
        )
        for at in starts
    ]


def apply(
    document: Document,
    diagnostics: list[Diagnostic],
    *,
    active: Collection[str] = KNOWN,
    allow_safety: bool = False,
) -> Outcome:
    """Apply the comments of *document* with the rules of ``KNOWN``."""
    return apply_suppressions(document, diagnostics, known=KNOWN, active=active, allow_safety=allow_safety)


def silence(source: str, form: str = "markdown") -> tuple[list[int], list[str], list[str]]:
    """Return on which lines "best" stays flagged, the reasons of the silenced, and the rules that report."""
    outcome = apply(parse("a.md", source, form), diagnose(source, "best"))
    return (
        [each.start.line for each in outcome.kept],
        [each.reason for each in outcome.suppressed],
        [each.rule.removeprefix("suppression/") for each in outcome.reports],
    )


def reports(source: str, form: str = "markdown") -> list[tuple[str, str, str]]:
    """Return what is said of the comments of a document in which nothing is found."""
    outcome = apply(parse("a.md", source, form), [])
    return [(each.rule.removeprefix("suppression/"), each.message, each.advice) for each in outcome.reports]


def test_next_line_alone_is_silenced() -> None:
    source = "best\n\n<!-- healthlint-disable-next-line claims/hype -- an award's name -->\nbest, best\nbest\n"

    assert silence(source) == ([1, 5], ["an award's name", "an award's name"], [])


@pytest.mark.parametrize("between", ["\n\n\n", "\r\n\r\n", "\r\r", "\n \t\n"])
def test_next_line_is_the_next_that_is_not_blank(between: str) -> None:
    source = f"<!-- healthlint-disable-next-line claims/hype -- why -->{between}best\n\nbest"

    kept, reasons, reported = silence(source)

    assert (len(kept), reasons, reported) == (1, ["why"], [])


def test_comments_for_the_next_line_can_be_stacked() -> None:
    source = (
        "<!-- healthlint-disable-next-line claims/hype -- one -->\n"
        "<!-- healthlint-disable-next-line words/utilize -- two -->\n"
        "<!-- not for healthlint -->\n"
        "best to utilize\n"
    )
    found = [*diagnose(source, "best"), *diagnose(source, "utilize\n", "words/utilize")]

    outcome = apply(parse("a.md", source, "markdown"), found)

    assert (outcome.kept, [each.reason for each in outcome.suppressed], outcome.reports) == ((), ["one", "two"], ())


def test_next_line_in_a_quotation_passes_over_its_empty_lines() -> None:
    source = "> <!-- healthlint-disable-next-line claims/hype -- why -->\n>\n> best\n>\n> best\n"

    assert silence(source) == ([5], ["why"], [])


def test_next_line_in_html_passes_over_lines_of_tags() -> None:
    source = (
        "<html><body>\n<!-- healthlint-disable-next-line claims/hype -- why -->\n"
        '<div class="x">\n<p>\nThe best.</p>\n<p>The best.</p></div></body></html>'
    )

    assert silence(source, "html") == ([6], ["why"], [])


def test_next_line_of_tags_counts_when_a_diagnostic_is_about_it() -> None:
    source = '<p>A</p>\n<!-- healthlint-disable-next-line claims/hype -- why -->\n<img src="best">\n<p>best</p>\n'

    assert silence(source, "html") == ([4], ["why"], [])


def test_text_after_the_comment_on_its_line_belongs_to_the_next_line_form() -> None:
    source = "The best. <!-- healthlint-disable-next-line claims/hype -- why --> The best.\nThe best.\nThe best.\n"

    assert silence(source) == ([1, 3], ["why", "why"], [])


def test_next_line_at_the_end_of_the_file_is_unused() -> None:
    assert silence("best\n\n<!-- healthlint-disable-next-line claims/hype -- why -->") == ([1], [], ["unused"])


def test_own_line_is_silenced_on_both_sides_of_the_comment() -> None:
    source = "best\nbest <!-- healthlint-disable-line claims/hype -- why --> best\nbest\n"

    assert silence(source) == ([1, 3], ["why", "why"], [])


def test_whole_file_is_silenced_from_its_start() -> None:
    assert silence("best\n\nbest\n\n<!-- healthlint-disable-file claims/hype -- why -->") == ([], ["why", "why"], [])


def test_empty_span_at_the_end_of_the_file_is_in_reach() -> None:
    source = "Text <!-- healthlint-disable-file claims/hype -- why -->"
    document = make_document("a", "markdown", source, (), comments=(Comment(source[9:-3], Span(5, len(source))),))
    end = len(source)
    position = document.lines.position(end)

    outcome = apply(
        document, [Diagnostic("claims/hype", "hype", "info", "", "", "", Span(end, end), position, position)]
    )

    assert (outcome.kept, outcome.reports) == ((), ())


def test_disable_reaches_to_enable_or_the_end() -> None:
    first, last = "<!-- healthlint-disable claims/hype -- why -->", "<!-- healthlint-enable claims/hype -->"

    assert silence(f"best\n\n{first}\n\nbest\n\n{last}\n\nbest\n") == ([1, 9], ["why"], [])
    assert silence(f"best\n\n{first}\n\nbest\n\nbest\n") == ([1], ["why", "why"], [])


@pytest.mark.parametrize("ids", ["", " claims/*", " claims/hype, claims/cure"])
def test_enable_ends_all_a_pack_or_each_rule_it_names(ids: str) -> None:
    source = (
        "<!-- healthlint-disable claims/hype, claims/cure -- why -->\n\nbest cure\n\n"
        f"<!-- healthlint-enable{ids} -->\n\nbest cure\n"
    )
    outcome = apply(
        parse("a.md", source, "markdown"), [*diagnose(source, "best"), *diagnose(source, "cure\n", "claims/cure")]
    )

    assert [each.start.line for each in outcome.kept] == [7, 7]
    assert outcome.reports == ()


def test_pack_with_a_star_silences_its_rules_only() -> None:
    source = "<!-- healthlint-disable-file claims/* -- why -->\n\nbest utilize"
    found = [*diagnose(source, "best"), *diagnose(source, "utilize", "words/utilize")]

    outcome = apply(parse("a.md", source, "markdown"), found)

    assert (tuple(each.rule for each in outcome.kept), outcome.reports) == (("words/utilize",), ())


@pytest.mark.parametrize("mark", ["--", "\u2014", "\u2013"])
def test_reason_may_follow_a_typographic_dash(mark: str) -> None:
    """XHTML allows no ``--`` in a comment, and some editors turn it into a dash."""
    assert silence(f"<!-- healthlint-disable-file claims/hype {mark} why -- so -->\n\nbest") == ([], ["why -- so"], [])


@pytest.mark.parametrize(
    "front",
    [
        "healthlint: claims/hype -- why",
        "healthlint:\n  disable: claims/hype -- why",
        'healthlint: "words/*, claims/hype -- why"',
        'healthlint: ["words/utilize -- because, well", "claims/hype -- why"]',
    ],
)
def test_front_matter_silences_the_whole_file(front: str) -> None:
    kept, reasons, reported = silence(f"---\n{front}\n---\n\nbest\n")

    assert (kept, reasons) == ([], ["why"])
    assert set(reported) <= {"unused"}


def test_faults_in_front_matter_are_shown_at_its_first_line() -> None:
    source = "---\ntitle: A\nhealthlint:\n  disabel: claims/hype -- why\n---\n\nbest\n"

    outcome = apply(parse("a.md", source, "markdown"), diagnose(source, "best"))

    assert [(each.rule, each.advice, each.excerpt, each.start.line) for each in outcome.reports] == [
        ("suppression/malformed", "Did you mean 'healthlint.disable'?", "---", 1)
    ]
    assert len(outcome.kept) == 1


def test_missing_reason_silences_nothing_and_is_said_once() -> None:
    source = "<!-- healthlint-disable claims/hype because it is right -->\n\nbest\n\n<!-- healthlint-enable -->"

    assert silence(source) == ([3], [], ["malformed"])
    assert silence("<!-- healthlint-disable-file claims/hype -- -->\n\nbest") == ([3], [], ["malformed"])


def test_unknown_rule_silences_nothing_and_the_others_still_do() -> None:
    source = "<!-- healthlint-disable-file claims/hyp, claims/hype -- why -->\n\nbest\n"

    assert silence(source) == ([], ["why"], ["unknown-rule"])
    assert reports("<!-- healthlint-disable-file claims/hyp -- why -->") == [
        ("unknown-rule", "'claims/hyp' is not a rule, so it silences nothing.", "Did you mean 'claims/hype'?")
    ]
    assert reports("<!-- healthlint-disable-file claims -- why -->")[0][2] == "Did you mean 'claims/*'?"
    assert reports("<!-- healthlint-disable-file * -- why -->")[0][2] == "`healthlint rules` lists the rules."


def test_unknown_directive_is_reported_with_the_one_that_was_meant() -> None:
    assert reports("<!-- healthlint-disable-nextline claims/hype -- why -->") == [
        (
            "malformed",
            "'healthlint-disable-nextline' is not a directive.",
            "Did you mean 'healthlint-disable-next-line'?",
        )
    ]


def test_directive_without_rules_is_malformed() -> None:
    assert [each[:2] for each in reports("<!-- healthlint-disable-next-line -- why -->")] == [
        ("malformed", "The comment names no rule.")
    ]


def test_prose_about_healthlint_is_no_directive() -> None:
    assert reports("<!-- healthlint is fine. See healthlint-disable. -->\n\n<!-- Healthlint-disable -->") == []


def test_unused_comment_is_reported_at_its_own_place() -> None:
    comment = "<!-- healthlint-disable-next-line claims/hype -- why -->"
    source = f"Text.\n\n{comment}\nText.\n"

    (report,) = apply(parse("a.md", source, "markdown"), []).reports

    assert ("suppression/unused", "warning", "page", comment) == (
        report.rule,
        report.severity,
        report.concern,
        report.excerpt,
    )
    assert (Span(7, 7 + len(comment)), (3, 1)) == (report.span, report.start)
    assert report.fingerprint


def test_comment_for_a_rule_that_did_not_run_is_not_called_unused() -> None:
    source = "<!-- healthlint-disable-file claims/hype, words/* -- why -->\n\nText.\n"
    document = parse("a.md", source, "markdown")

    assert [each.message for each in apply(document, [], active={"claims/cure"}).reports] == []
    assert len(apply(document, [], active={"words/utilize"}).reports) == 1


def test_second_disable_and_enable_of_nothing_are_unused() -> None:
    disable = "<!-- healthlint-disable claims/hype -- why -->"

    assert silence(f"{disable}\n\n{disable}\n\nbest") == ([], ["why"], ["unused"])
    assert silence("<!-- healthlint-enable claims/hype -->") == ([], [], ["unused"])
    assert silence("<!-- healthlint-enable -->") == ([], [], ["unused"])
    assert silence("<!-- healthlint-enable claims/hyp -->") == ([], [], ["unknown-rule"])


def test_rule_goes_before_pack_and_near_before_far() -> None:
    source = (
        "<!-- healthlint-disable-file claims/* -- far -->\n\n<!-- healthlint-disable claims/hype -- rule -->\n\n"
        "best\n\n<!-- healthlint-disable-next-line claims/hype -- near -->\nbest\n\nbest\n"
    )

    assert silence(source) == ([], ["rule", "near", "rule"], ["unused"])


@pytest.mark.parametrize("rule", ["medication/trailing-zero-dose", "safety/stop-medicine"])
def test_errors_of_safety_stay_unless_that_is_allowed(rule: str) -> None:
    source = f"<!-- healthlint-disable-file {rule} -- why -->\n\nbest, best\n"
    document, found = parse("a.md", source, "markdown"), diagnose(source, "best", rule, "error")

    refused = apply(document, found)
    allowed = apply(document, found, allow_safety=True)

    assert (tuple(found), (), ["suppression/not-allowed"]) == (
        refused.kept,
        refused.suppressed,
        [each.rule for each in refused.reports],
    )
    assert (allowed.kept, len(allowed.suppressed), allowed.reports) == ((), 2, ())


def test_warnings_of_safety_packs_and_errors_of_others_are_silenced() -> None:
    source = "<!-- healthlint-disable-file safety/*, claims/* -- why -->\n\nbest stop\n"
    found = [*diagnose(source, "best", "claims/hype", "error"), *diagnose(source, "stop\n", "safety/stop-medicine")]

    outcome = apply(parse("a.md", source, "markdown"), found)

    assert (outcome.kept, outcome.reports) == ((), ())


def test_order_of_diagnostics_is_kept() -> None:
    source = "best best best\n\n<!-- healthlint-disable-next-line claims/hype -- why -->\nbest\n"
    found = diagnose(source, "best")[::-1]

    outcome = apply(parse("a.md", source, "markdown"), found)

    assert tuple(found[1:]) == outcome.kept


def test_plain_text_is_left_alone() -> None:
    source = "<!-- healthlint-disable-file claims/hype -- why -->\n\nbest\n"
    found = diagnose(source, "best")

    assert Outcome(tuple(found), (), ()) == apply(parse("a.txt", source, "text"), found)


def test_overlong_comments_are_reported_not_read() -> None:
    many = ", ".join(f"claims/r{number}" for number in range(21))

    assert [each[0] for each in reports(f"<!-- healthlint-disable-file {many} -- why -->")] == ["malformed"]
    assert [each[0] for each in reports(f"<!-- healthlint-disable-file claims/hype -- {'x' * 5000} -->")] == [
        "malformed"
    ]


def test_many_comments_take_time_in_proportion() -> None:
    comment = "<!-- healthlint-disable-next-line claims/hype -- why -->\n"
    odd = "".join(f"<!-- healthlint-disable claims/r{number} -- why -->\n" for number in range(5_000))
    source = comment * 5_000 + odd + "<!-- healthlint-enable -->\nbest\n" * 2_000
    comments = []
    at = 0
    for line in source.splitlines(keepends=True):
        if line.startswith("<!--"):
            comments.append(Comment(line[4:-4], Span(at, at + len(line) - 1)))
        at += len(line)
    document = make_document("a", "markdown", source, (), comments=comments)
    found = diagnose(source, "best")
    started = time.perf_counter()

    outcome = apply(document, found)

    assert time.perf_counter() - started < 5
    assert len(outcome.kept) + len(outcome.suppressed) == 2_000


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "best\n",
                "\n",
                "<!-- healthlint-disable claims/hype -- r -->\n",
                "<!-- healthlint-disable claims/* -- r -->\n",
                "<!-- healthlint-enable -->\n",
                "<!-- healthlint-enable claims/hype -->\n",
                "<!-- healthlint-disable-next-line claims/hype -- r -->\n",
                "best <!-- healthlint-disable-line claims/hype -- r -->\n",
            ]
        ),
        max_size=20,
    )
)
def test_silence_agrees_with_reading_line_by_line(lines: list[str]) -> None:
    source = "".join(lines)
    comments, at = [], 0
    expected: list[int] = []
    rule = pack = after = False
    for number, line in enumerate(lines, 1):
        start = line.find("<!--")
        if start >= 0:
            comments.append(Comment(line[start + 4 : -4], Span(at + start, at + len(line) - 1)))
        at += len(line)
        rule = ("disable claims/hype" in line or rule) and "enable" not in line
        pack = ("disable claims/*" in line or pack) and "enable -->" not in line
        after = after or "next-line" in line
        if line.startswith("best"):
            if not (rule or pack or after or "disable-line" in line):
                expected.append(number)
            after = False

    document = make_document("a", "markdown", source, (), comments=comments)
    outcome = apply(document, diagnose(source, "best"))

    assert expected == [each.start.line for each in outcome.kept]
