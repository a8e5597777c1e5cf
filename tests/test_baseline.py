"""Findings known before: written once, hidden after, never by chance."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.baseline import Baseline, Comparison, accept, read_baseline, write_baseline
from healthlint.diagnostic import Also, Diagnostic, Result
from healthlint.errors import ConfigError
from healthlint.text import Position, Span

if TYPE_CHECKING:
    from pathlib import Path


def diagnose(*fingerprints: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each of *fingerprints*."""
    blank = Diagnostic("a/b", "words", "info", "", "", "", Span(0, 0), Position(1, 1), Position(1, 1))
    return tuple(replace(blank, fingerprint=each, span=Span(at, at)) for at, each in enumerate(fingerprints))


def compare(baseline: Baseline, path: str, found: tuple[Diagnostic, ...]) -> Result:
    """Return the result of one file with *found* once *baseline* has been held against it."""
    return Comparison(baseline).without_known(Result(path, diagnostics=found))


def known(*fingerprints: str) -> dict[str, int]:
    """Return how a baseline writes the findings of ``diagnose``."""
    return {f"a/b {each}": fingerprints.count(each) for each in fingerprints}


def write(path: str, *results: Result) -> Baseline:
    """Accept *results* in the file *path*, and read it again."""
    write_baseline(path, accept(path, results))
    return read_baseline(path)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    results = [
        Result(str(tmp_path / "b.md"), diagnostics=diagnose("f2", "f1", "f2")),
        Result(str(tmp_path / "site" / "a.md"), diagnostics=diagnose("f3")),
        Result(str(tmp_path / "clean.md")),
    ]

    baseline = write(str(tmp_path / "known.json"), *results)

    assert Baseline(str(tmp_path), {"b.md": known("f1", "f2", "f2"), "site/a.md": known("f3")}) == baseline
    assert baseline.size == 4


def test_file_is_sorted_versioned_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    results = [Result(str(tmp_path / name), diagnostics=diagnose("f2", "f1")) for name in ("b.md", "a.md")]

    write(str(one), *results)
    write(str(two), *results[::-1])

    assert one.read_bytes() == two.read_bytes()
    assert one.read_text() == json.dumps(json.loads(one.read_text()), indent=1, sort_keys=True) + "\n"
    assert json.loads(one.read_text())["version"] == 1


def test_reviewer_sees_the_rule_of_each_finding_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "known.json"

    write(str(path), Result(str(tmp_path / "a.md"), diagnostics=diagnose("f1", "f2")))

    assert '   "a/b f1": 1,\n   "a/b f2": 1\n' in path.read_text()


def test_known_findings_are_hidden_as_often_as_they_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").touch()
    baseline = Baseline(str(tmp_path), {"a.md": known("f1", "f1")})
    found = diagnose("f1", "f2", "f1", "f1")

    for path, new in (("a.md", (found[1], found[3])), ("b.md", found), ("./x/../a.md", (found[1], found[3]))):
        result = compare(baseline, path, found)
        assert (new, 4 - len(new)) == (result.diagnostics, result.baselined)


def test_finding_that_speaks_for_others_is_known_when_they_all_are(tmp_path: Path) -> None:
    (alone,) = diagnose("f1")
    both = replace(alone, also=(Also("a/b", "words", "f2"),))
    more = replace(both, also=(*both.also, Also("a/d", "words", "f3")))
    name = str(tmp_path / "a.md")

    baseline = write(str(tmp_path / "known.json"), Result(name, diagnostics=(both,)))

    assert compare(baseline, name, (both,)).baselined == 1
    assert compare(baseline, name, diagnose("f1", "f2")).baselined == 2
    assert compare(baseline, name, (more,)).diagnostics == (more,)
    assert compare(baseline, name, (both,)).fixed == 0
    assert compare(baseline, name, (alone,)).fixed == 1


def test_finding_without_fingerprint_is_never_known(tmp_path: Path) -> None:
    found = diagnose("")

    assert accept(str(tmp_path / "known.json"), [Result("a.md", diagnostics=found)]).size == 0
    assert compare(Baseline(os.getcwd(), {"a.md": known("")}), "a.md", found).diagnostics == found


def test_paths_are_seen_from_the_baseline_not_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path)
    write("known.json", Result("site/a.md", diagnostics=diagnose("f1")))
    monkeypatch.chdir(tmp_path / "site")

    assert compare(read_baseline("../known.json"), "a.md", diagnose("f1")).baselined == 1


def test_names_that_are_no_text_come_back(tmp_path: Path) -> None:
    name = str(tmp_path / "bad\udcff.md")

    baseline = write(str(tmp_path / "known.json"), Result(name, diagnostics=diagnose("f1")))

    assert compare(baseline, name, diagnose("f1")).baselined == 1


def test_results_say_how_many_were_hidden_and_how_many_are_fixed(tmp_path: Path) -> None:
    for name in ("a.md", "broken.md", "unseen.md"):
        (tmp_path / name).touch()
    files = {"a.md": known("f1", "f2", "f2", "f2"), "broken.md": known("f1", "f3"), "unseen.md": known("f1")}
    comparison = Comparison(Baseline(str(tmp_path), files))

    results = [
        comparison.without_known(Result(str(tmp_path / "a.md"), diagnostics=diagnose("f2", "f3"))),
        comparison.without_known(Result(str(tmp_path / "broken.md"), errors=("cannot be read",))),
        comparison.without_known(Result(str(tmp_path / "new.md"), diagnostics=diagnose("f1"))),
    ]

    assert [(each.baselined, each.fixed, len(each.diagnostics)) for each in results] == [
        (1, 3, 1),
        (0, 0, 0),
        (0, 0, 1),
    ]
    assert comparison.pruned().counts == {**files, "a.md": known("f2")}


def test_error_about_medicines_or_safety_is_counted_where_it_is_hidden(tmp_path: Path) -> None:
    (mild,) = diagnose("f1")
    name = str(tmp_path / "a.md")
    found = (
        mild,
        replace(mild, rule="medication/x", severity="error", fingerprint="f2"),
        replace(mild, rule="safety/x", severity="warning", fingerprint="f3"),
        replace(mild, severity="error", fingerprint="f4", also=(Also("safety/y", "words", "f5"),)),
    )

    result = compare(accept(str(tmp_path / "known.json"), [Result(name, diagnostics=found)]), name, found)

    assert (4, 2) == (result.baselined, result.dangers)


def test_page_with_another_name_keeps_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "kept.md").touch()
    baseline = Baseline(str(tmp_path), {"kept.md": known("f1", "f2"), "old.md": known("f1", "f2", "f3", "f4")})

    comparison = Comparison(baseline)
    few = comparison.without_known(Result(str(tmp_path / "few.md"), diagnostics=diagnose("f1")))
    half = comparison.without_known(Result(str(tmp_path / "half.md"), diagnostics=diagnose("f1", "f2", "f9")))
    again = comparison.without_known(Result(str(tmp_path / "again.md"), diagnostics=diagnose("f1", "f2")))

    assert [(0, 0), (2, 2), (0, 0)] == [(each.baselined, each.fixed) for each in (few, half, again)]
    assert comparison.pruned().counts == {"kept.md": known("f1", "f2"), "half.md": known("f1", "f2")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON; write it again with 'healthlint baseline'"),
        ("[" * 100_000, "not JSON; write it again with 'healthlint baseline'"),
        ("\xff", "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ("[]", "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": 2, "files": {}}', "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": true, "files": {}}', "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": 1}', "'files' is not counts by path and finding; write it again with 'healthlint baseline'"),
        (
            '{"version": 1, "files": {"a": 1}}',
            "'files' is not counts by path and finding; write it again with 'healthlint baseline'",
        ),
        (
            '{"version": 1, "files": {"a": {"f": "1"}}}',
            "'files' is not counts by path and finding; write it again with 'healthlint baseline'",
        ),
        (
            '{"version": 1, "files": {"a": {"f": -1}}}',
            "'files' is not counts by path and finding; write it again with 'healthlint baseline'",
        ),
    ],
)
def test_bad_file_is_refused_in_one_line_and_not_overwritten(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(text.encode("latin-1") if text != "\xff" else b'"\xc3\xbf"')
    before = path.read_bytes()

    for action in (read_baseline, lambda name: write_baseline(name, Baseline(""))):
        with pytest.raises(ConfigError) as caught:
            action(str(path))
        assert f"{path}: {said}" == str(caught.value)
    assert before == path.read_bytes()


def test_missing_baseline_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.json: no such file; check the path"):
        read_baseline(str(tmp_path / "none.json"))
    with pytest.raises(ConfigError, match=r"known\.json: cannot be written \(No such file or directory\)"):
        write_baseline(str(tmp_path / "none" / "known.json"), Baseline(""))


@pytest.mark.skipif(os.name == "nt", reason="modes mean something else there")
def test_new_file_can_be_read_by_all_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "known.json"

    write_baseline(str(path), Baseline(""))
    write_baseline(str(path), Baseline(""))

    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["known.json"]
