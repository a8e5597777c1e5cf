"""Compare what healthlint reports with what careful readers marked: recall and precision per concern.

    python tests/benchmarks/gold.py FOLDER [--pages 09-20] [--show CONCERN] [--preview]

FOLDER holds pages and a ``gold.jsonl`` of {page, start, end, family, quote, agreed, doubt}. A mark that both readers
made, without doubt, should be found; any mark that a diagnostic touches makes it no false alarm. Where a sentence is a claim,
efficacy, absolute, hype and causal are near neighbours: a find at those words counts under any of them. With one
annotator (no key ``agreed``) every mark without doubt should be found.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from math import sqrt

from healthlint.config import Config
from healthlint.session import Session

_NEIGHBOURS = frozenset({"efficacy", "absolute", "hype", "causal"})
_NOT_MARKED = frozenset({"reading", "hedging", "words", "page", "jargon", "grammar"})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--pages", default="", help="such as 09-20: only pages whose number lies there")
    parser.add_argument("--show", default="", help="print misses and false alarms of this concern, or 'all'")
    parser.add_argument("--preview", action="store_true")
    options = parser.parse_args()
    marks = _read_marks(options.folder, options.pages)
    session = Session(Config(preview=options.preview))
    tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for page, page_marks in sorted(marks.items()):
        with open(os.path.join(options.folder, page), "rb") as file:
            result = session.check(page, file.read())
        for error in result.errors:
            print(f"{page}: {error}", file=sys.stderr)
        found = [each for each in result.diagnostics if each.concern not in _NOT_MARKED]
        _count_recall(page, page_marks, found, tallies, options.show)
        _count_precision(page, page_marks, found, tallies, rules, options.show)
    _print(tallies, rules)


def _read_marks(folder: str, pages: str) -> dict[str, list[dict]]:
    low, _, high = pages.partition("-")
    marks: defaultdict[str, list[dict]] = defaultdict(list)
    for name in sorted(os.listdir(folder)):
        if name[:2].isdigit() and (not pages or int(low) <= int(name.split("-")[0]) <= int(high)):
            marks[name] = []
    with open(os.path.join(folder, "gold.jsonl"), encoding="utf-8") as file:
        for line in file:
            mark = json.loads(line)
            if mark["page"] in marks and mark.get("start") is not None:
                marks[mark["page"]].append(mark)
    return marks


def _touches(mark: dict, start: int, end: int) -> bool:
    return mark["start"] < end and start < mark["end"]


def _same(family: str, concern: str) -> bool:
    return family == concern or {family, concern} <= _NEIGHBOURS


def _count_recall(page: str, marks: list[dict], found: list, tallies: defaultdict, show: str) -> None:
    for mark in marks:
        expected = mark.get("agreed", True) and not mark.get("doubt")
        if not expected or mark["family"] in _NOT_MARKED:
            continue
        hit = any(_same(mark["family"], each.concern) and _touches(mark, *each.span) for each in found)
        tallies[mark["family"]]["expected"] += 1
        tallies[mark["family"]]["found"] += hit
        if not hit and show in {mark["family"], "all"}:
            print(f"MISS {mark['family']:13} {page[:34]:34} {mark['quote'][:150]!r}")


def _count_precision(
    page: str, marks: list[dict], found: list, tallies: defaultdict, rules: defaultdict, show: str
) -> None:
    for each in found:
        touched = [mark for mark in marks if _touches(mark, *each.span)]
        right = any(_same(mark["family"], each.concern) for mark in touched)
        for counter in (tallies[each.concern], rules[each.rule]):
            counter["reported"] += 1
            counter["right"] += right
            counter["on a mark"] += bool(touched)
            if each.severity != "info":
                counter["loud"] += 1
                counter["loud on a mark"] += bool(touched)
        if not right and show in {each.concern, each.rule, "all"}:
            near = "other mark" if touched else "no mark"
            print(f"ALARM {each.concern:12} {page[:34]:34} {each.rule} ({near}): {each.excerpt[:120]!r}")


def _print(tallies: defaultdict, rules: defaultdict) -> None:
    print(
        f"{'concern':14} {'marks':>5} {'found':>5} {'recall':>17} | {'reports':>7} {'same':>4} {'precision':>17} {'on any mark':>11}"
    )
    total: Counter[str] = Counter()
    for concern, tally in sorted(tallies.items()):
        total.update(tally)
        _print_row(concern, tally)
    _print_row("all", total)
    share = total["loud on a mark"] / total["loud"] if total["loud"] else 0
    print(
        f"warnings and errors: {total['loud']}, on marked words {total['loud on a mark']} = {share:.2f} "
        f"{_interval(total['loud on a mark'], total['loud'])}"
    )
    print("\nby rule: reported, right, on any mark")
    for rule, tally in sorted(rules.items(), key=lambda item: -item[1]["reported"]):
        print(f"  {rule:40} {tally['reported']:4} {tally['right']:4} {tally['on a mark']:4}")


def _print_row(name: str, tally: Counter[str]) -> None:
    recall = (
        f"{tally['found'] / tally['expected']:.2f} {_interval(tally['found'], tally['expected'])}"
        if tally["expected"]
        else "-"
    )
    precision = (
        f"{tally['right'] / tally['reported']:.2f} {_interval(tally['right'], tally['reported'])}"
        if tally["reported"]
        else "-"
    )
    print(
        f"{name:14} {tally['expected']:5} {tally['found']:5} {recall:>17} | {tally['reported']:7} {tally['right']:4} "
        f"{precision:>17} {tally['on a mark']:11}"
    )


def _interval(hits: int, total: int) -> str:
    """Return the 95% interval of a share (Wilson 1927, J Am Stat Assoc 22:209)."""
    if not total:
        return ""
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"[{middle - half:.2f},{middle + half:.2f}]"


if __name__ == "__main__":
    main()
