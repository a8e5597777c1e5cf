"""Findings known before: written once, hidden after, never by chance."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.baseline import Baseline, apply_baseline, filter_known, read_baseline, write_baseline
from healthlint.diagnostic import Also, Diagnostic, Result
from healthlint.errors import ConfigError
from healthlint.text import Position, Span

if TYPE_CHECKING:
    from pathlib import Path


def diagnose(*fingerprints: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each of *fingerprints*."""
    blank = Diagnostic("a/b", "words", "info", "", "", "", Span(0, 0), Position(1, 1), Position(1, 1))
    return tuple(replace(blank, fingerprint=each, span=Span(at, at)) for at, each in enumerate(fingerprints))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = str(tmp_path / "known.json")
    results = [
        Result(str(tmp_path / "b.md"), diagnostics=diagnose("f2", "f1", "f2")),
        Result(str(tmp_path / "site" / "a.md"), diagnostics=diagnose("f3")),
        Result(str(tmp_path / "clean.md")),
    ]

    written = write_baseline(path, results)

    assert written == 4
    assert Baseline(str(tmp_path), {"b.md": {"f1": 1, "f2": 2}, "site/a.md": {"f3": 1}}) == read_baseline(path)


def test_file_is_sorted_versioned_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    results = [Result(str(tmp_path / name), diagnostics=diagnose("f2", "f1")) for name in ("b.md", "a.md")]

    write_baseline(str(one), results)
    write_baseline(str(two), results[::-1])

    assert one.read_bytes() == two.read_bytes()
    assert one.read_text() == json.dumps(json.loads(one.read_text()), indent=1, sort_keys=True) + "\n"
    assert json.loads(one.read_text())["version"] == 1


def test_known_findings_are_hidden_as_often_as_they_are_known() -> None:
    baseline = Baseline(os.getcwd(), {"a.md": {"f1": 2}})
    found = diagnose("f1", "f2", "f1", "f1")

    assert ((found[1], found[3]), 2) == filter_known("a.md", found, baseline)
    assert (found, 0) == filter_known("b.md", found, baseline)
    assert ((found[1], found[3]), 2) == filter_known("./x/../a.md", found, baseline)


def test_finding_that_speaks_for_others_is_known_when_they_all_are(tmp_path: Path) -> None:
    path = str(tmp_path / "known.json")
    (alone,) = diagnose("f1")
    both = replace(alone, also=(Also("a/c", "words", "f2"),))

    written = write_baseline(path, [Result(str(tmp_path / "a.md"), diagnostics=(both,))])

    known = read_baseline(path)
    name = str(tmp_path / "a.md")
    more = replace(both, also=(*both.also, Also("a/d", "words", "f3")))
    assert written == 1
    assert ((), 1) == filter_known(name, (both,), known)
    assert ((), 2) == filter_known(name, diagnose("f1", "f2"), known)
    assert ((more,), 0) == filter_known(name, (more,), known)
    assert apply_baseline([Result(name, diagnostics=(both,))], known).fixed == 0
    assert apply_baseline([Result(name, diagnostics=(alone,))], known).fixed == 1


def test_finding_without_fingerprint_is_never_known(tmp_path: Path) -> None:
    path = str(tmp_path / "known.json")
    found = diagnose("")

    assert write_baseline(path, [Result("a.md", diagnostics=found)]) == 0
    assert (found, 0) == filter_known("a.md", found, Baseline(os.getcwd(), {"a.md": {"": 1}}))


def test_paths_are_seen_from_the_baseline_not_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_baseline("known.json", [Result("site/a.md", diagnostics=diagnose("f1"))])
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")

    assert filter_known("a.md", diagnose("f1"), read_baseline("../known.json")) == ((), 1)


def test_names_that_are_no_text_come_back(tmp_path: Path) -> None:
    path = str(tmp_path / "known.json")
    name = str(tmp_path / "bad\udcff.md")

    write_baseline(path, [Result(name, diagnostics=diagnose("f1"))])

    assert filter_known(name, diagnose("f1"), read_baseline(path)) == ((), 1)


def test_results_say_how_many_were_hidden_and_how_many_are_fixed() -> None:
    baseline = Baseline(os.getcwd(), {"a.md": {"f1": 1, "f2": 3}, "broken.md": {"f1": 5}, "unseen.md": {"f1": 7}})
    results = [
        Result("a.md", diagnostics=diagnose("f2", "f3")),
        Result("broken.md", errors=("cannot be read",)),
        Result("new.md", diagnostics=diagnose("f1")),
    ]

    applied = apply_baseline(results, baseline)

    assert applied.fixed == 3
    assert [(each.baselined, len(each.diagnostics)) for each in applied.results] == [(1, 1), (0, 0), (0, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON; write it again with 'healthlint baseline'"),
        ("[" * 100_000, "not JSON; write it again with 'healthlint baseline'"),
        ("\xff", "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ("[]", "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": 2, "files": {}}', "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": true, "files": {}}', "not a baseline of version 1; write it again with 'healthlint baseline'"),
        ('{"version": 1}', "'files' is not counts by path and fingerprint; write it again"),
        ('{"version": 1, "files": {"a": 1}}', "'files' is not counts by path and fingerprint; write it again"),
        ('{"version": 1, "files": {"a": {"f": "1"}}}', "'files' is not counts by path and fingerprint; write it again"),
        ('{"version": 1, "files": {"a": {"f": -1}}}', "'files' is not counts by path and fingerprint; write it again"),
    ],
)
def test_bad_file_is_refused_in_one_line_and_not_overwritten(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(text.encode("latin-1") if text != "\xff" else b'"\xc3\xbf"')
    before = path.read_bytes()

    for action in (read_baseline, lambda name: write_baseline(name, [])):
        with pytest.raises(ConfigError) as caught:
            action(str(path))
        assert f"{path}: {said}" == str(caught.value)
    assert before == path.read_bytes()


def test_missing_baseline_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.json: no such file; check the path"):
        read_baseline(str(tmp_path / "none.json"))
    with pytest.raises(ConfigError, match=r"known\.json: cannot be written \(No such file or directory\)"):
        write_baseline(str(tmp_path / "none" / "known.json"), [])


@pytest.mark.skipif(os.name == "nt", reason="modes mean something else there")
def test_new_file_can_be_read_by_all_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "known.json"

    write_baseline(str(path), [])
    write_baseline(str(path), [])

    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["known.json"]
