"""Reports held against marks: what counts as found, right, missed and false, and how often it is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.config import Config
from healthlint.errors import GoldError
from healthlint.evaluate import Evaluation, Score, evaluate
from healthlint.session import Session
from healthlint.share import Share

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# A word for each rule, and its concern.
WORDS = {"cure": "efficacy", "always": "absolute", "wow": "hype", "five": "statistic", "long": "reading"}
Judge = "Callable[..., Evaluation]"


RULE = """\
summary: The word {word}
concern: {concern}
severity: {severity}
message: "'{{match}}' is here."
advice: Write another word.
why: Nobody knows it.
references:
  - {{title: A book of words, publisher: A press, year: 2024, url: "https://example.org"}}
check: pattern
pattern: {word}
examples:
  - flag: A «{word}» came.
  - flag: It is «{word}».
  - pass: A bird came.
  - pass: It is a bird.
  - pass: It is another bird.
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Return a session that runs a rule for each of ``WORDS``."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "house").mkdir()
    for word, concern in WORDS.items():
        severity = "info" if word == "wow" else "warning"
        (folder / "house" / f"{word}.yaml").write_text(RULE.format(word=word, concern=concern, severity=severity))
    return Session(Config(rule_paths=(str(folder),), select=("house",)))


@pytest.fixture
def judge(tmp_path: Path, session: Session) -> Callable[..., Evaluation]:
    """Evaluate those rules on records."""

    def evaluated(*records: dict[str, Any]) -> Evaluation:
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), "utf-8")
        return evaluate([str(path)], session)

    return evaluated


def text(source: str, **marks: str) -> dict[str, Any]:
    """Return a record of *source*; the name of each of *marks* is its quote."""
    return {"text": source, "quotes": [{"quote": quote, "concern": concern} for quote, concern in marks.items()]}


def test_a_mark_is_found_where_a_report_of_its_concern_touches_it(judge: Judge) -> None:
    evaluation = judge(text("It has five uses and ten tricks.", five="statistic", ten="statistic"))

    assert evaluation.concerns["statistic"] == Score(expected=2, found=1, reported=1, right=1)
    assert evaluation.rules == {"house/five": Score(expected=2, found=1, reported=1, right=1)}
    assert [(case.text, case.concerns) for case in evaluation.misses] == [
        ("It has five uses and «ten» tricks.", ("statistic",))
    ]
    assert evaluation.alarms == ()


def test_a_report_on_words_that_nobody_marked_for_its_concern_is_a_false_alarm(judge: Judge) -> None:
    evaluation = judge(text("Take five. It has five uses.", Take="statistic", five="stigma"))

    assert evaluation.concerns["statistic"] == Score(expected=1, found=0, reported=2, right=0)
    assert [(case.line, case.rules, case.marked) for case in evaluation.alarms] == [
        (1, ("house/five",), ("stigma",)),
        (1, ("house/five",), ()),
    ]
    assert evaluation.loud == Share(1, 2)


@pytest.mark.parametrize("concern", ["efficacy", "absolute", "hype", "causal"])
def test_claims_count_under_any_of_their_names(judge: Judge, concern: str) -> None:
    evaluation = judge(text("A cure.", cure=concern))

    assert (evaluation.total.found, evaluation.total.right) == (1, 1)


def test_a_mark_in_doubt_need_not_be_found_and_is_no_false_alarm(judge: Judge) -> None:
    quotes = [
        {"quote": "cure", "concern": "efficacy", "doubt": True},
        {"quote": "tea", "concern": "efficacy", "agreed": False},
    ]

    evaluation = judge({"text": "A cure or tea.", "quotes": quotes})

    assert evaluation.total == Score(expected=0, found=0, reported=1, right=1)
    assert evaluation.optional == 2


def test_what_one_diagnostic_speaks_for_counts_too(judge: Judge) -> None:
    """Both rules report these words; they are one diagnostic."""
    evaluation = judge(text("It has a cure, a cure of five.", cure="efficacy", five="statistic"))
    merged = judge(text("five", five="statistic"), text("wow cure", cure="hype"))

    assert evaluation.total.found == 2
    assert merged.rules["house/cure"] == Score(expected=0, found=0, reported=1, right=1)


def test_what_nobody_looked_for_is_counted_apart(judge: Judge) -> None:
    evaluation = judge(text("A long cure.", cure="efficacy"), text("Five long days."))

    assert evaluation.unjudged == {"reading": 2, "statistic": 1}
    assert evaluation.total.reported == 1


def test_info_is_not_loud(judge: Judge) -> None:
    evaluation = judge(text("Wow! A cure.", cure="efficacy", Wow="hype"))

    assert evaluation.loud == Share(1, 1)


def test_a_labelled_text_is_right_or_wrong_once(judge: Judge) -> None:
    evaluation = judge(
        {"text": "Wow, a cure, always a cure.", "label": True},
        {"text": "Five cups, and five more.", "label": False},
        {"text": "Tea.", "label": True},
        {"text": "Milk.", "label": False},
    )

    assert evaluation.total == Score(expected=2, found=1, reported=2, right=1)
    assert evaluation.concerns["any"] == evaluation.total
    assert evaluation.rules["house/cure"][2:] == (1, 1)
    assert evaluation.rules["house/five"][2:] == (1, 0)
    assert set(evaluation.rules) == {"house/always", "house/cure", "house/five", "house/wow"}
    assert [case.text for case in evaluation.misses] == ["«Tea.»"]
    assert [case.text for case in evaluation.alarms] == ["«Five cups, and five more.»"]


def test_a_text_labelled_for_a_concern_is_judged_for_it_alone(judge: Judge) -> None:
    evaluation = judge(
        {"text": "Five cups.", "concern": "efficacy"},
        {"text": "Five cures.", "concern": "efficacy", "label": False},
    )

    assert evaluation.total == Score(expected=1, found=0, reported=1, right=0)


def test_pages_are_read_beside_the_file_and_cases_have_their_lines(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("# Tea\n\nIt is **always** a cure.\n")
    (tmp_path / "milk.md").write_text("# Milk\n\nIt has five uses.\n")

    evaluation = judge(
        {"page": "tea.md", "start": 15, "end": 21, "quote": "always", "family": "absolute"},
        {"page": "tea.md", "quote": "Tea", "family": "statistic"},
    )

    assert evaluation.texts == 2
    assert [(case.path, case.line) for case in evaluation.misses] == [(str(tmp_path / "tea.md"), 1)]
    assert [(case.path, case.line) for case in evaluation.alarms] == [
        (str(tmp_path / "milk.md"), 3),
        (str(tmp_path / "tea.md"), 3),
    ]


def test_every_mark_that_is_not_in_its_text_is_told(judge: Judge, tmp_path: Path) -> None:
    with pytest.raises(GoldError) as caught:
        judge(text("Tea.", milk="hype"), text("Milk.", Milk="hype"), text("Milk.", tea="hype"))

    assert str(caught.value).split("\n") == [
        f"{tmp_path / 'gold.jsonl'}:1: 'milk' is not in the text; mark it again",
        f"{tmp_path / 'gold.jsonl'}:3: 'tea' is not in the text; mark it again",
    ]


def test_a_page_that_cannot_be_checked_is_told(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("Tea.")
    (tmp_path / "broken.md").write_bytes(b"\x00\xff\xfe\x00" * 9)

    with pytest.raises(GoldError, match=r"broken\.md: "):
        judge({"page": "tea.md", "quote": "Tea", "concern": "hype"})


def test_f1_is_the_harmonic_mean_and_unknown_without_marks_or_reports() -> None:
    assert Score(expected=4, found=2, reported=1, right=1).f1 == pytest.approx(2 / 3)
    assert Score(expected=4, found=0, reported=1, right=0).f1 == 0
    assert Score(expected=0, found=0, reported=1, right=1).f1 is None
    assert Score(expected=1, found=0, reported=0, right=0).f1 is None


def test_interval_is_wilsons() -> None:
    """Newcombe 1998, Stat Med 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for share, low, high in (
        (Share(81, 263), 0.2553, 0.3662),
        (Share(15, 148), 0.0624, 0.1605),
        (Share(0, 20), 0.0, 0.1611),
        (Share(1, 29), 0.0061, 0.1718),
    ):
        assert share.interval == pytest.approx((low, high), abs=0.0001)


def test_notes_are_not_counted_among_the_warnings_and_errors_of_a_rule(judge: Callable[..., Evaluation]) -> None:
    found = judge({"text": "Wow, a cure.", "quotes": [{"quote": "cure", "concern": "efficacy"}]})

    assert {rule: score.reported for rule, score in found.rules.items()} == {"house/cure": 1, "house/wow": 1}
    assert found.loud_rules == {"house/cure": Share(1, 1)}
