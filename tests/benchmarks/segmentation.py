"""Compare sentence boundaries with other segmenters: ``python tests/benchmarks/segmentation.py DATA_FOLDER``.

DATA_FOLDER holds ``seg_*/dev.jsonl``: one JSON object a line with ``text`` and ``label.sentences``, a list of
[start, end] offsets. Every tool gets the same texts, once paragraph by paragraph and once whole, and is credited
with the better of the two on each set. A sentence is scored by its end (boundary F1) and by both its ends
(sentence F1), after trimming whitespace.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Spans = list[tuple[int, int]]
    Segmenter = Callable[[str], Spans]

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)
_SPEED_ROUNDS = 3
_SPEED_SAMPLE = 300_000
_FAST_ENOUGH_TO_REPEAT_S = 2.0


class Document(NamedTuple):
    """A text and its sentences as people marked them."""

    text: str
    sentences: Spans


class Score(NamedTuple):
    """F1 of sentence ends and of whole sentences, in percent."""

    boundary: float
    sentence: float


def main() -> int:
    """Print the accuracy of each tool on each set, then their speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--only", action="append", help="a tool to run; may be repeated")
    arguments = parser.parse_args()
    sets = {path.parent.name: read_documents(path) for path in sorted(arguments.data_folder.glob("seg_*/dev.jsonl"))}
    if not sets:
        parser.error(f"{arguments.data_folder}: no seg_*/dev.jsonl in this folder")
    segmenters = dict(load_segmenters(arguments.only or list(_LOADERS)))
    print_accuracy(sets, segmenters)
    texts = [document.text for documents in sets.values() for document in documents]
    print_speed("\n\n".join(texts)[-_SPEED_SAMPLE:], segmenters)
    return 0


def read_documents(path: Path) -> list[Document]:
    """Return the documents whose every sentence has offsets; a null says it is no substring of the text."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [
        Document(row["text"], [(start, end) for start, end in row["label"]["sentences"]])
        for row in rows
        if None not in row["label"]["sentences"]
    ]


def load_segmenters(names: list[str]) -> Iterator[tuple[str, Segmenter]]:
    """Yield the tools that are installed, naming the missing ones on stderr."""
    for name in names:
        try:
            yield name, _LOADERS[name]()
        except ImportError:
            print(f"{name}: missing; pip install {name}", file=sys.stderr)


def score(documents: list[Document], segment: Segmenter) -> Score:
    """Return the micro-averaged F1 of *segment* over *documents*."""
    ends_hit = sentences_hit = predicted = gold = 0
    for document in documents:
        ours, theirs = set(segment(document.text)), set(document.sentences)
        sentences_hit += len(ours & theirs)
        ends_hit += len({end for _, end in ours} & {end for _, end in theirs})
        predicted += len(ours)
        gold += len(theirs)
    return Score(200 * ends_hit / (predicted + gold), 200 * sentences_hit / (predicted + gold))


def best_score(documents: list[Document], segment: Segmenter) -> Score:
    """Return the better figure of each kind: fed paragraph by paragraph, or the whole text."""
    split, whole = score(documents, by_paragraph(segment)), score(documents, segment)
    return Score(max(split.boundary, whole.boundary), max(split.sentence, whole.sentence))


def by_paragraph(segment: Segmenter) -> Segmenter:
    """Return *segment* as run on each paragraph of a text, offsets still into the text."""

    def segment_paragraphs(text: str) -> Spans:
        return [
            (start + match.start(), end + match.start())
            for match in _PARAGRAPH.finditer(text)
            for start, end in segment(match[0])
        ]

    return segment_paragraphs


def print_accuracy(sets: dict[str, list[Document]], segmenters: dict[str, Segmenter]) -> None:
    """Print a row per set and a column per tool: boundary F1, then sentence F1."""
    print(f"{'boundary F1 / sentence F1':26}" + "".join(f"{name:>18}" for name in segmenters))
    for name, documents in sets.items():
        best = [best_score(documents, tool) for tool in segmenters.values()]
        print(f"{name:26}" + "".join(f"{found.boundary:>10.2f} /{found.sentence:6.2f}" for found in best))


def print_speed(text: str, segmenters: dict[str, Segmenter]) -> None:
    """Print how fast each tool is on *text*, paragraph by paragraph and whole, and both as ratios to the first tool."""
    megabytes = len(text.encode()) / 1e6
    speeds = {
        name: (megabytes / _fastest_s(by_paragraph(tool), text), megabytes / _fastest_s(tool, text))
        for name, tool in segmenters.items()
    }
    first = next(iter(speeds.values()))
    print(f"\n{f'MB/s on {megabytes:.1f} MB':26}{'by paragraph':>14}{'ratio':>8}{'whole':>14}{'ratio':>8}")
    for name, (split, whole) in speeds.items():
        print(f"{name:26}{split:14.3f}{split / first[0]:8.3f}{whole:14.3f}{whole / first[1]:8.3f}")


def _fastest_s(segment: Segmenter, text: str) -> float:
    times: list[float] = []
    while len(times) < _SPEED_ROUNDS and sum(times) < _FAST_ENOUGH_TO_REPEAT_S:
        started = time.perf_counter()
        segment(text)
        times.append(time.perf_counter() - started)
    return min(times)


def _load_healthlint() -> Segmenter:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from healthlint.segment import sentences

    return lambda text: [(start, end) for start, end in sentences(text)]


def _load_syntok() -> Segmenter:
    from syntok import segmenter

    def segment(text: str) -> Spans:
        return [
            (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
            for paragraph in segmenter.analyze(text)
            for sentence in map(list, paragraph)
        ]

    return segment


def _load_pysbd() -> Segmenter:
    import pysbd

    tool = pysbd.Segmenter(language="en", clean=False)
    return lambda text: _locate(text, tool.segment(text))


def _load_sentencex() -> Segmenter:
    import sentencex

    return lambda text: _locate(text, sentencex.segment("en", text))


def _locate(text: str, sentences: list[str]) -> Spans:
    """Return where *sentences* stand in *text*, searching forward; one the tool has rewritten is left out."""
    spans: Spans = []
    position = 0
    for sentence in map(str.strip, sentences):
        start = text.find(sentence, position)
        if sentence and start >= 0:
            position = start + len(sentence)
            spans.append((start, position))
    return spans


_LOADERS = {
    "healthlint": _load_healthlint,
    "syntok": _load_syntok,
    "pysbd": _load_pysbd,
    "sentencex": _load_sentencex,
}

if __name__ == "__main__":
    sys.exit(main())
