"""Refit healthlint/data/difficulty.json to rated sentences, and say how well it does on those it did not see.

    python tests/quality/fit_difficulty.py DATA [--write]

DATA is the folder of the evaluation sets; needs numpy. The score of a sentence is
``one_word + doubling * log2(words + costs)``. The costs minimise the squared error with a small ridge, by damped
Gauss-Newton steps (Levenberg 1944, Quarterly of Applied Mathematics 2:164-168), none below its floor: no cue makes a
sentence easier, and what the raters of research summaries hardly noticed still costs a little.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from healthlint import difficulty
from healthlint.cues import costs
from healthlint.document import Block, Sentence

FLOORS = {
    "less common word": 0.5, "uncommon word": 2, "rare word": 5, "very rare word": 10, "medical term": 10, "name": 2, "abbreviation": 5, "code": 5, "number": 2, "long word": 0.5, "nominalisation": 1,
    "compound": 1, "preposition": 0.5, "clause": 2, "passive": 2, "negation": 2,
}  # fmt: skip
NAMES = tuple(FLOORS)
RIDGE = 0.01
STEPS = 200
FOLDS = 5
NEIGHBOURS = 30
"""So many sentences with running numbers are kept in one fold, as they come from one document or two."""


def main() -> None:
    """Print the figures and the weights; with --write, also write them."""
    rows = [
        json.loads(line) for line in Path(sys.argv[1], "medreadme_readability", "dev.jsonl").read_text().splitlines()
    ]
    amounts = np.array([amounts_of(row["text"]) for row in rows])
    labels = np.array([row["label"] for row in rows])
    figures = {name: round(crossed(amounts, labels, folds), 3) for name, folds in splits(rows).items()}
    test = np.array([row["orig_split"] == "test" for row in rows])
    figures["published_test_part"] = round(
        r(predict(fit(amounts[~test], labels[~test]), amounts[test]), labels[test]), 3
    )
    solution = fit(amounts, labels)
    table = as_table(solution, len(rows), figures)
    text = re.sub(r'\{\s*("cost": [\d.]+),\s*("floor": [\d.]+)\s*\}', r"{\1, \2}", json.dumps(table, indent=2)) + "\n"
    print(text)
    print("on the sentences it was fitted to:", round(r(predict(solution, amounts), labels), 3))
    weak = [name for name, floor in FLOORS.items() if table["costs"][name]["cost"] == floor]
    print("at their floor:", ", ".join(weak))
    if "--write" in sys.argv:
        Path(difficulty.__file__).parent.joinpath("data", "difficulty.json").write_text(text)


def sentence_of(text: str) -> Sentence:
    """Return *text* as one sentence."""
    return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def amounts_of(text: str) -> list[int]:
    """Return the number of words of a sentence, and how often it has each kind of cost."""
    sentence = sentence_of(text)
    found = Counter(cost.weight for cost in costs(sentence, frozenset()))
    return [len(sentence.words), *(found[name] for name in NAMES)]


def splits(rows: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Return ways to cut the set into folds: the number of the fold of each row."""
    shuffled = np.random.default_rng(0)
    runs = np.array([int(row["id"].rpartition("-")[2]) // NEIGHBOURS for row in rows])
    of_run = shuffled.permutation(runs.max() + 1) % FOLDS
    sources = sorted({row["source"] for row in rows})
    return {
        "neighbours_together": of_run[runs],
        "source_left_out": np.array([sources.index(row["source"]) for row in rows]),
        "random": shuffled.permutation(len(rows)) % FOLDS,
    }


def crossed(amounts: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> float:
    """Return Pearson's r of the labels with what was predicted for each fold from the others."""
    predicted = np.zeros(len(labels))
    for fold in np.unique(folds):
        out = folds == fold
        predicted[out] = predict(fit(amounts[~out], labels[~out]), amounts[out])
    return r(predicted, labels)


def r(predicted: np.ndarray, labels: np.ndarray) -> float:
    """Return Pearson's r."""
    return float(np.corrcoef(predicted, labels)[0, 1])


def predict(solution: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Return the scores."""
    return solution[0] + solution[1] * np.log2(amounts[:, 0] + amounts[:, 1:] @ solution[2:])


def fit(amounts: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return ``one_word``, ``doubling`` and the costs in the order of NAMES."""
    lowest = np.array([-np.inf, 0.01, *FLOORS.values()])
    ridge = np.array([0, 0, *(RIDGE for _ in NAMES)])
    solution = np.array([1.0, 0.5, *(3 * floor for floor in FLOORS.values())])

    def error(at: np.ndarray) -> float:
        return float(((predict(at, amounts) - labels) ** 2).sum() + ((ridge * at) ** 2).sum())

    damping = 1.0
    for _ in range(STEPS):
        weight = amounts[:, 0] + amounts[:, 1:] @ solution[2:]
        slopes = np.column_stack(
            [np.ones(len(labels)), np.log2(weight), amounts[:, 1:] * (solution[1] / np.log(2) / weight)[:, None]]
        )
        down = slopes.T @ (labels - predict(solution, amounts)) - ridge**2 * solution
        free = (solution > lowest) | (down > 0)
        curve = slopes[:, free].T @ slopes[:, free] + np.diag(ridge[free] ** 2)
        step = np.zeros_like(solution)
        step[free] = np.linalg.solve(curve + damping * np.diag(np.diag(curve)), down[free])
        moved = np.maximum(solution + step, lowest)
        better = error(moved) < error(solution)
        damping = damping / 3 if better else damping * 4
        solution = moved if better else solution
    return solution


def as_table(solution: np.ndarray, n: int, figures: dict[str, float]) -> dict[str, Any]:
    """Return what ships."""
    rows = zip(NAMES, solution[2:], FLOORS.values(), strict=True)
    return {
        "provenance": {
            "made_by": "tests/quality/fit_difficulty.py",
            "ratings": "MedReadMe (Jiang and Xu, EMNLP 2024, arXiv 2405.02144), the development half of our copy; means of 1 (A1) to 6 (C2)",
            "date": "2026-11-25",
            "n": n,
            "method": "score = one_word + doubling * log2(words + costs); least squares, ridge 0.01, no cost below its floor",
            "pearson_r_not_seen": figures,
        },
        "one_word": round(float(solution[0]), 2),
        "doubling": round(float(solution[1]), 3),
        "costs": {name: {"cost": round(float(cost), 1), "floor": floor} for name, cost, floor in rows},
    }


if __name__ == "__main__":
    main()
