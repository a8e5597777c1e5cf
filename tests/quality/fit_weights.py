"""Fit the weights of a ``weigh`` rule to marked texts, as they stand in its YAML.

    python tests/quality/fit_weights.py RULE FOLDER... [--concerns efficacy,hype] [--clean FOLDER] [--held-out FOLDER]

Each FOLDER holds pages and a ``gold.jsonl`` as ``healthlint evaluate`` reads it; texts of ``--clean`` have no marks.
A sentence in which one of the rule's cues stands is right when a mark of one of the concerns touches it. Prints a
weight for each cue (logistic regression with a ridge of 1; Hosmer and Lemeshow, Applied Logistic Regression, 2013,
chapter 2), rounded to 0.1, and, per threshold, how many such sentences pass and how many of them are right.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from healthlint import readers
from healthlint.library import Library, load_library
from healthlint.linter import find

_RIDGE = 1.0
_STEPS = 25
_ANY = -1e9


class Sample(NamedTuple):
    """One sentence with a cue: which cues it has, and whether a mark touches it."""

    cues: frozenset[str]
    is_right: bool


def main() -> None:
    """Print weights and thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rule")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--concerns", default="", help="default: the rule's own")
    parser.add_argument("--clean", action="append", default=[], metavar="FOLDER")
    parser.add_argument("--held-out", action="append", default=[], metavar="FOLDER", help="only for the thresholds")
    options = parser.parse_args()
    library = load_library()
    concerns = set(options.concerns.split(",")) if options.concerns else {library.rule(options.rule).text.concern}
    fitted = [each for folder in options.folders for each in read_samples(library, options.rule, folder, concerns)]
    fitted += [each for folder in options.clean for each in read_samples(library, options.rule, folder, set())]
    held_out = [each for folder in options.held_out for each in read_samples(library, options.rule, folder, concerns)]
    names = [str(cue["name"]) for cue in library.rule(options.rule).text.settings["cues"]]
    weights = fit(fitted, names)
    intercept, of_cues = (
        round(weights[0], 1),
        {name: round(weight, 1) for name, weight in zip(names, weights[1:], strict=True)},
    )
    print(f"{len(fitted)} sentences, {sum(each.is_right for each in fitted)} right; intercept {intercept}")
    for name, weight in of_cues.items():
        having = [each for each in fitted if name in each.cues]
        print(f"  {name:40} {weight:+.1f}   in {len(having)}, right {sum(each.is_right for each in having)}")
    for title, samples in (("fitted", fitted), ("held out", held_out)):
        print_thresholds(title, samples, of_cues)


def read_samples(library: Library, rule_id: str, folder: str, concerns: set[str]) -> Iterator[Sample]:
    """Yield a sample for each sentence of the pages of *folder* in which a cue of the rule with a weight stands."""
    rule = library.rule(rule_id)
    rule = replace(rule, check=replace(rule.check, threshold=_ANY), unless=rule.unless, milder=())
    marks = read_marks(folder, concerns)
    for name in sorted(os.listdir(folder)):
        if not name.endswith((".md", ".txt", ".html")):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            document = readers.read(name, file.read())
        sentences = [each for block in document.blocks if block.kind in rule.text.where for each in block.sentences]
        for finding in find(rule, document, sentences, library.vocabulary):
            span = finding.block.source_span(finding.start, finding.end)
            touched = any(start < span.end and span.start < end for start, end in marks[name])
            yield Sample(frozenset(cue for cue, _ in finding.weights), touched)


def read_marks(folder: str, concerns: set[str]) -> defaultdict[str, list[tuple[int, int]]]:
    """Return the marks of the *concerns* per page."""
    marks: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    path = os.path.join(folder, "gold.jsonl")
    if concerns and os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                mark: dict[str, Any] = json.loads(line)
                if mark["family"] in concerns and mark.get("start") is not None:
                    marks[mark["page"]].append((mark["start"], mark["end"]))
    return marks


def fit(samples: Sequence[Sample], names: Sequence[str]) -> list[float]:
    """Return the intercept and a weight per name: Newton's method on the penalised likelihood."""
    rows = [[1.0, *(float(name in each.cues) for name in names)] for each in samples]
    present = [[index for index, value in enumerate(row) if value] for row in rows]
    size = len(names) + 1
    weights = [0.0] * size
    for _ in range(_STEPS):
        gradient = [0.0, *(-_RIDGE * weight for weight in weights[1:])]
        curvature = [[_RIDGE if i == j and i else 0.0 for j in range(size)] for i in range(size)]
        for sample, indices in zip(samples, present, strict=True):
            share = 1 / (1 + math.exp(-sum(weights[index] for index in indices)))
            for i in indices:
                gradient[i] += sample.is_right - share
                for j in indices:
                    curvature[i][j] += share * (1 - share)
        step = solve(curvature, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return weights


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Return x with matrix · x = vector (Gauss; the matrix is positive definite)."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda row: abs(rows[row][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for other in range(size):
            if other != i:
                factor = rows[other][i] / rows[i][i]
                rows[other] = [value - factor * own for value, own in zip(rows[other], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def print_thresholds(title: str, samples: Sequence[Sample], weights: dict[str, float]) -> None:
    """Print for each threshold how many sentences pass, and how many of those are right."""
    scored = [(sum(weights[cue] for cue in each.cues), each.is_right) for each in samples]
    right = sum(is_right for _, is_right in scored)
    if not right:
        return
    print(f"{title}: threshold, sentences, right, precision, recall among sentences with a cue")
    for tenths in range(10, 81, 5):
        passed = [is_right for score, is_right in scored if score >= tenths / 10 - 1e-9]
        if passed:
            found = sum(passed)
            print(f"  {tenths / 10:3} {len(passed):6} {found:5}  {found / len(passed):.2f}  {found / right:.2f}")


if __name__ == "__main__":
    main()
