"""What healthlint says of each document in examples/ stands beside it, reviewed, in a file that ends in .report."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest

from healthlint.diagnostic import RunInfo
from healthlint.regular_file import read_bytes
from healthlint.reporters.full import report
from healthlint.session import Session

_EXAMPLES = Path(__file__).parent.parent / "examples"
_DOCUMENTS = sorted(path for path in _EXAMPLES.iterdir() if path.suffix in {".md", ".html", ".txt"})
_FAULTS = {
    "cervical-mucus-blog.md": (
        ("evidence/unsourced-statistic", "about 1% of women"),
        ("evidence/unsourced-research-claim", "Studies have shown"),
        ("evidence/incomplete-citation", "Journal of Clinical Endocrinology and Metabolism"),
        ("certainty/near-absolute", "nearly impossible"),
        ("evidence/unsourced-research-claim", "have been found to improve"),
        ("certainty/empty-link", "a potential link"),
    ),
}


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.name)
def test_report_of_an_example_is_the_reviewed_one(path: Path) -> None:
    expected_path = path.with_name(path.name + ".report")
    stream = StringIO()

    report([_check(path)], stream, RunInfo(version="", rulebook="", rules=_rules(path)))

    if os.environ.get("HEALTHLINT_UPDATE_SNAPSHOTS"):
        expected_path.write_text(stream.getvalue(), encoding="utf-8")
    assert expected_path.read_text(encoding="utf-8") == stream.getvalue()


@pytest.mark.parametrize(("name", "faults"), _FAULTS.items())
def test_blog_example_is_reported_at_the_words_of_each_fault(name: str, faults: tuple[tuple[str, str], ...]) -> None:
    result = _check(_EXAMPLES / name)

    found = {(each.rule, each.excerpt) for each in result.diagnostics}

    missing = [fault for fault in faults if not any(fault[0] == rule and fault[1] in words for rule, words in found)]
    assert [] == missing


def test_blog_example_lacks_a_date_an_author_and_references() -> None:
    result = _check(_EXAMPLES / "cervical-mucus-blog.md")

    found = {each.rule for each in result.diagnostics}

    assert found >= {"page/missing-date", "page/missing-author", "page/missing-references"}


def test_good_leaflet_has_no_error_and_no_warning() -> None:
    result = _check(_EXAMPLES / "sore-throat-leaflet.md")

    loud = [(each.rule, each.excerpt) for each in result.diagnostics if each.severity != "info"]

    assert [] == loud


def _check(path: Path):
    result = Session().check_file(str(path), read_bytes)
    return result.__class__(**{**result.__dict__, "path": path.name})


def _rules(path: Path) -> int:
    session = Session()
    return len(session.rulebook(session.config(str(path))).rules)
