"""Fixes: put in whole or not at all, and shown as patches that patch can apply."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import time
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.decoding import decode, encode_like
from healthlint.diagnostic import Diagnostic, Edit, Fix, Result
from healthlint.errors import HealthlintError
from healthlint.fixer import Fixed, apply_fixes, mend, unified_diff, write_text
from healthlint.text import Position, Span

if TYPE_CHECKING:
    from pathlib import Path


def offer(*edits: tuple[int, int, str], safe: bool = True) -> Diagnostic:
    """Return a diagnostic with a fix of *edits*."""
    fix = Fix(safe, tuple(Edit(*edit) for edit in edits))
    return Diagnostic("a/b", "words", "info", "", "", "", Span(0, 0), Position(1, 1), Position(1, 1), fix=fix)


def test_fixes_go_in_by_place() -> None:
    later, earlier = offer((8, 12, "D")), offer((0, 3, "A"))

    assert Fixed("A two D", (earlier, later)) == apply_fixes("one two four", [later, earlier], unsafe=False)


def test_unsafe_fixes_go_in_only_when_asked_for() -> None:
    fix = offer((0, 3, "A"), safe=False)

    assert Fixed("one", ()) == apply_fixes("one", [fix], unsafe=False)
    assert Fixed("A", (fix,)) == apply_fixes("one", [fix], unsafe=True)


def test_fix_goes_in_whole_or_not_at_all() -> None:
    first = offer((4, 7, "B"))
    both = offer((0, 3, "A"), (6, 8, "!"))

    assert Fixed("A tw!three", (both,)) == apply_fixes("one two three", [first, both], unsafe=False)
    assert Fixed("one B three", (first,)) == apply_fixes(
        "one two three", [offer((5, 7, "x"), (8, 9, "y")), first], unsafe=False
    )


@pytest.mark.parametrize(
    "second",
    [(0, 3, "B"), (1, 2, "B"), (0, 0, "B"), (2, 5, "B"), (0, 9, "B"), (2, 2, "B")],
)
def test_of_two_that_touch_the_same_text_one_goes_in(second: tuple[int, int, str]) -> None:
    assert len(apply_fixes("one two three", [offer((0, 3, "A")), offer(second)], unsafe=False).applied) == 1


def test_neighbours_both_go_in() -> None:
    fixes = [offer((0, 3, "A")), offer((3, 4, "-")), offer((7, 7, "!"))]

    assert apply_fixes("one two", fixes, unsafe=False).text == "A-two!"


def test_fix_that_overlaps_itself_lies_outside_or_changes_nothing_is_left_out() -> None:
    fixes = [offer((0, 2, "A"), (1, 3, "B")), offer((2, 9, "C")), offer((3, 2, "D")), offer((0, 3, "one")), offer()]

    assert Fixed("one", ()) == apply_fixes("one", fixes, unsafe=True)


def test_line_ends_of_the_source_are_kept() -> None:
    fixed = apply_fixes("one\r\ntwo\r\n", [offer((0, 3, "a\nb\r\nc"))], unsafe=False)

    assert fixed.text == "a\r\nb\r\nc\r\ntwo\r\n"


def test_diagnostic_without_fix_is_passed_over() -> None:
    plain = Diagnostic("a/b", "words", "info", "", "", "", Span(0, 0), Position(1, 1), Position(1, 1))

    assert Fixed("one", ()) == apply_fixes("one", [plain], unsafe=True)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.sampled_from("XY")), max_size=3), max_size=8)
)
def test_edits_that_went_in_are_apart_and_all_others_text_is_kept(fixes: list[list[tuple[int, int, str]]]) -> None:
    source = "abcdefghijkl"
    offers = [offer(*((start, start + length, text) for start, length, text in edits)) for edits in fixes]

    fixed = apply_fixes(source, offers, unsafe=False)

    edits = sorted(edit for each in fixed.applied if each.fix for edit in each.fix.edits)
    expected = source
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert expected == fixed.text
    assert all(one.end <= other.start and one.start < other.start for one, other in pairwise(edits))


def test_many_fixes_take_time_in_proportion() -> None:
    source = "one two " * 50_000
    offers = [offer((at, at + 3, "a")) for at in range(0, len(source), 8)]
    started = time.perf_counter()

    fixed = apply_fixes(source, offers, unsafe=False)

    assert fixed.text == "a two " * 50_000
    assert time.perf_counter() - started < 5


def test_diff_shows_what_changed_with_three_lines_around() -> None:
    before = "".join(f"{number}\n" for number in range(1, 31))
    after = before.replace("\n5\n", "\nfive\n").replace("\n12\n", "\ntwelve\n").replace("\n30\n", "\nthirty\n")

    expected = (
        "--- a.md\n+++ a.md\n"
        "@@ -2,14 +2,14 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n+twelve\n 13\n 14\n 15\n"
        "@@ -27,4 +27,4 @@\n 27\n 28\n 29\n-30\n+thirty\n"
    )
    assert expected == unified_diff("a.md", before, after)


def test_same_text_has_no_diff() -> None:
    assert unified_diff("a.md", "one\n", "one\n") == ""


def test_missing_last_line_end_is_said() -> None:
    expected = "--- a\n+++ a\n@@ -1 +1 @@\n-one\n\\ No newline at end of file\n+two\n"

    assert expected == unified_diff("a", "one", "two\n")


def test_name_cannot_forge_a_line_of_the_diff() -> None:
    diff = unified_diff("a\n+++ b\x1b.md", "one\n", "two\n")

    assert diff.startswith('--- "a\\n+++ b\\x1b.md"\n+++ "a')


LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d\r", "e\u2028", "last"]), max_size=14)


PATCH = shutil.which("patch")


@pytest.mark.skipif(PATCH is None, reason="patch is not installed")
@settings(deadline=None, max_examples=50)
@given(LINES, LINES, st.lists(st.sampled_from(["x\n", "y\n"]), max_size=9))
def test_patch_makes_the_new_text_from_the_old(
    tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str], shared: list[str]
) -> None:
    before, after = ("".join([*shared, *lines, *shared]) for lines in (old, new))
    path = tmp_path_factory.mktemp("patch") / "a.md"
    path.write_bytes(before.encode())

    diff = unified_diff("a.md", before, after)
    subprocess.run([str(PATCH), "--binary", "-s", str(path)], input=diff.encode(), check=True, capture_output=True)

    found = path.read_bytes() if path.exists() else b""  # patch removes a file that becomes empty
    assert after.encode() == found


def test_diff_of_large_texts_takes_time_in_proportion() -> None:
    before = "same\n" * 200_000
    cases = [before.replace("same\n", "other\n"), "first\n" + before[5:-5] + "more\nlast\n", "new\n" * 100_000]
    started = time.perf_counter()

    diffs = [unified_diff("a", before, after) for after in cases]

    assert all(diffs)
    assert time.perf_counter() - started < 10


@pytest.mark.skipif(os.name == "nt", reason="modes mean something else there")
def test_written_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.md", tmp_path / "link.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to("a.md")

    write_text(str(link), b"new\r\n")

    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.md", "link.md"]


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(HealthlintError, match="cannot be written"):
        write_text(str(tmp_path), b"new")
    with pytest.raises(HealthlintError, match="cannot be written"):
        write_text(str(tmp_path / "none" / "a.md"), b"new")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
def test_file_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o444)

    with pytest.raises(HealthlintError, match="cannot be written"):
        write_text(str(path), b"new")
    assert path.read_bytes() == b"old"


def check_words(text: str) -> Result:
    """Lint with made-up rules: 'bad' becomes 'good', 'dire' 'bad', 'ugly' 'worse'; another finds 'worse'."""
    found = []
    for rule, word, fixed in (("a/bad", "bad", "good"), ("a/dire", "dire", "bad"), ("a/ugly", "ugly", "worse")):
        places = [match.span() for match in re.finditer(word, text)]
        found += [replace(offer((*place, fixed)), rule=rule, span=Span(*place)) for place in places]
    found += [replace(offer(), rule="b/worse", span=Span(*match.span())) for match in re.finditer("worse", text)]
    return Result("a.md", source=text, diagnostics=tuple(found))


def test_fix_that_would_open_a_finding_is_left_out_and_the_others_go_in() -> None:
    mended = mend(check_words("bad ugly bad ugly"), check_words, unsafe=False)

    assert ("good ugly good ugly", 2, 2) == (mended.result.source, mended.applied, mended.withheld)


def test_fixes_that_become_possible_go_in_too() -> None:
    """What 'dire' becomes is mended too, and is no finding more, for a 'bad' went."""
    mended = mend(check_words("dire bad"), check_words, unsafe=False)

    assert ("good good", 3) == (mended.result.source, mended.applied)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["bad", "dire", "ugly", "worse", "fine"]), max_size=12).map(" ".join))
def test_mended_text_has_no_more_findings_of_any_rule_and_is_mended_once(text: str) -> None:
    before = check_words(text)

    mended = mend(before, check_words, unsafe=False).result

    assert count_rules(mended) <= count_rules(before)
    assert mend(mended, check_words, unsafe=False).result.source == mended.source


def count_rules(result: Result) -> Counter[str]:
    return Counter(each.rule for each in result.diagnostics)


def test_safe_fix_that_changes_a_digit_goes_in_for_the_named_rules_alone() -> None:
    fix = offer((0, 3, "1"))
    unsafe = offer((0, 3, "1"), safe=False)
    notation = replace(fix, rule="medication/trailing-zero")

    assert apply_fixes("1.0 mg", [fix], unsafe=True).text == "1.0 mg"
    assert apply_fixes("1.0 mg", [unsafe], unsafe=True).text == "1 mg"
    assert apply_fixes("1.0 mg", [notation], unsafe=False).text == "1 mg"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9 1.0\r\n", "caf\u00e9 1.0\r\n"),
        (b"caf\xe9 1.0 \x85", "caf\u00e9 1.0 \u2026"),
        ("\ufeff1.0 mg".encode("utf-16-le"), "1.0 mg"),
        ("\ufeff1.0 mg".encode("utf-16-be"), "1.0 mg"),
    ],
)
def test_encoding_and_mark_are_kept(data: bytes, text: str) -> None:
    assert encode_like(data, text, text) == data
    assert decode("a", encode_like(data, text, text.replace("1.0", "1")) or b"").text == text.replace("1.0", "1")


def test_bytes_that_are_not_the_text_are_not_written() -> None:
    assert encode_like(b"one", "two", "three") is None
    assert encode_like(b"caf\xe9", "caf\u00e9", "caf\u00e9 \u2192") is None
