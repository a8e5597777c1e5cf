"""Scores as rows: for people, for a spreadsheet, and for programs."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

from healthlint.formula import METRICS
from healthlint.readability import MINIMUM_WORDS
from healthlint.terminal import clean, display_width, paint, write_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthlint.score import Grades, Score

    Record = Mapping[str, Any]

_FORMULA = "=+-@\t\r"  # what a spreadsheet takes for a formula where a cell begins with it
_HEAD = ("", "words", "sentences", "grade", "own words easy", "ease", "F-K", "SMOG", "fog", "C-L", "ARI", "hard",
         "passive", "longest")  # fmt: skip
_NUMBERS = ("flesch_reading_ease", "flesch_kincaid_grade", "smog", "gunning_fog", "coleman_liau",
            "automated_readability_index")  # fmt: skip
_GAP = "  "


def write_table(scores: Sequence[Score], stream: TextIO, *, color: bool) -> None:
    """Write one line per score, under a head that names the columns."""
    rows = [_HEAD, *(_cells(score) for score in scores)]
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(_HEAD))]
    for number, row in enumerate(rows):
        first, *others = (
            " " * (width - display_width(cell)) + cell if column else cell + " " * (width - display_width(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        line = _GAP.join((paint(first, "bold", color), *others)).rstrip()
        write_line(stream, line if number else paint(line, "dim", color))
    if any(score.grades is None for score in scores):
        write_line(stream, f"- no grade: there are fewer than {MINIMUM_WORDS} words of running prose.")
    if any(score.grades and score.is_rough for score in scores):
        write_line(stream, "~ rough: there are fewer than 300 words of running prose.")


def write_csv(scores: Iterable[Score], stream: TextIO) -> None:
    """Write a table for a spreadsheet; no cell of it is taken for a formula."""
    records = [_flat(record_of(score)) for score in scores]
    writer = csv.writer(stream, lineterminator="\n")
    names = list(_flat_names())
    writer.writerow(names)
    for record in records:
        writer.writerow([_cell(record.get(name)) for name in names])


def record_of(score: Score) -> dict[str, Any]:
    """Return what a program wants to know of a score."""
    longest = score.longest
    return {
        "path": score.document.name,
        "words": score.counts.words,
        "sentences": score.counts.sentences,
        "words_left_out": dict(score.left_out),
        "rough": score.is_rough,
        "grades": _grades_record(score.grades),
        "adjusted": _grades_record(score.adjusted),
        "difficulty": round(score.difficulty, 2),
        "hard_sentences": [
            {
                "line": line_of(score, each.sentence),
                "difficulty": round(each.difficulty.score, 2),
                "gain": round(each.gain, 2),
            }
            for each in score.hard
        ],
        "passive_share": round(score.passive, 3),
        "longest_sentence": {"line": line_of(score, longest.sentence), "words": len(longest.sentence.words)}
        if longest
        else None,
        "sections": [
            {"heading": each.heading.text if each.heading else "", **(_grades_record(each.grades) or {})}
            for each in score.sections
        ],
    }


def line_of(score: Score, sentence: Any) -> int:
    """Return the line of the source, from 1, on which *sentence* begins."""
    start = sentence.block.source_span(sentence.start, sentence.end).start
    return score.document.lines.position(start).line


def _grades_record(grades: Grades | None) -> dict[str, Any] | None:
    if grades is None:
        return None
    values = {name: round(value, 1) for name, value in grades.values.items()}
    return {"words": grades.counts.words, "low": grades.band.low, "high": grades.band.high, **values}


def _cells(score: Score) -> tuple[str, ...]:
    longest = score.longest
    grades, adjusted = score.grades, score.adjusted
    mark = "~" if score.is_rough else ""
    return (
        clean(score.document.name),
        f"{score.counts.words:,}",
        f"{score.counts.sentences:,}",
        f"{mark}{grades.band}" if grades else "-",
        f"{mark}{adjusted.band}" if adjusted else "-",
        *(f"{grades.values[name]:.0f}" if grades else "-" for name in _NUMBERS),
        f"{len(score.hard):,}",
        f"{score.passive:.0%}",
        f"{len(longest.sentence.words)}" if longest else "-",
    )


def _flat_names() -> Iterator[str]:
    yield from ("path", "words", "words_left_out", "sentences", "rough", "low", "high", *METRICS)
    yield from ("adjusted_low", "adjusted_high", "difficulty", "hard_sentences", "passive_share", "longest_sentence")


def _flat(record: Record) -> dict[str, Any]:
    grades, adjusted, longest = (record[name] or {} for name in ("grades", "adjusted", "longest_sentence"))
    return {
        **record,
        **{name: value for name, value in grades.items() if name != "words"},
        "words_left_out": sum(record["words_left_out"].values()),
        "adjusted_low": adjusted.get("low"),
        "adjusted_high": adjusted.get("high"),
        "hard_sentences": len(record["hard_sentences"]),
        "longest_sentence": longest.get("words"),
    }


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(tuple(_FORMULA)) else text
