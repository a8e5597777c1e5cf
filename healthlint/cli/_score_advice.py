"""What to change in a text so that it reads easier, told to its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.band import band
from healthlint.cli._outcome import count
from healthlint.cli._score_table import line_of
from healthlint.difficulty import reasons
from healthlint.plainer import cut
from healthlint.readability import MINIMUM_WORDS, easy_words, long_words
from healthlint.rewrite import changed, changes
from healthlint.summary import one_line
from healthlint.terminal import paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.entities import Vocabulary
    from healthlint.rewrite import Change
    from healthlint.score import Score, Scored

_MOST_SENTENCES, _MOST_SWAPS, _MOST_WORDS, _MOST_LINES = 5, 8, 8, 6
_SHOWN = 60  # characters of a sentence
_LEAST_USES = 2


def advice(score: Score, vocabulary: Vocabulary, *, color: bool) -> Iterator[str]:
    """Yield the lines that say how hard a document is, what makes it so, and what to change, best first."""
    yield paint(f"{one_line(score.document.name)}: {_headline(score)}", "bold", color)
    yield f"  {count(score.counts.words, 'word')} in {count(score.counts.sentences, 'sentence')}{_left_out(score)}"
    if score.grades is None:
        return
    if score.adjusted and score.adjusted.band != score.grades.band:
        yield f"  about grade {score.adjusted.band} with its topic and the words it explains taken as easy"
    found = changes(score, vocabulary)
    swaps = [change for change in found if change.kind == "swap"][:_MOST_SWAPS]
    drivers = sorted(score.sentences, key=lambda each: -each.gain)[:_MOST_SENTENCES]
    drivers = [each for each in drivers if each.gain > 0]
    if drivers:
        yield "  These sentences push the grade up most:"
        for driver in drivers:
            yield from _sentence_lines(score, driver, color=color)
    if swaps:
        yield "  These words have plainer ones:"
        for change in swaps:
            yield f'    "{one_line(change.places[0].text)}" for "{one_line(change.instead)}" ({_lines(score, change)})'
    splits = [each for each in found if each.kind == "split"][:_MOST_SENTENCES]
    yield from _what_if(score, splits, swaps)
    yield from _costly_words(score)
    yield from _section_lines(score)


def _headline(score: Score) -> str:
    if score.grades is None:
        return f"no grade; it takes {MINIMUM_WORDS} words of running prose or more"
    rough = ", roughly: it is a short text" if score.is_rough else ""
    return f"about grade {score.grades.band}{rough}"


def _left_out(score: Score) -> str:
    most_first = sorted(score.left_out.items(), key=lambda item: -item[1])
    parts = ", ".join(f"{reason} {words:,}" for reason, words in most_first)
    return f"; {sum(score.left_out.values()):,} left out ({parts})" if parts else ""


def _sentence_lines(score: Score, each: Scored, *, color: bool) -> Iterator[str]:
    text = one_line(each.sentence.text)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
    yield f'    {paint(f"line {line_of(score, each.sentence)}", "rule", color)}: "{shown}"'
    why = "; ".join(map(one_line, reasons(each.difficulty)))
    if why:
        yield f"      {why}"
    place = cut(each.sentence)
    if place is not None:
        words = one_line(place.text).split(" ")
        yield f'      Split it before "{" ".join(words[:4])}{" …" if len(words) > 4 else ""}".'


def _lines(score: Score, change: Change) -> str:
    lines = list(dict.fromkeys(line_of(score, place.sentence) for place in change.places))
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (" …" if len(lines) > _MOST_LINES else "")
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}"


def _what_if(score: Score, splits: Sequence[Change], swaps: Sequence[Change]) -> Iterator[str]:
    words = sum(len(change.places) for change in swaps)
    parts = []
    if splits:
        parts.append("splitting " + ("the longest sentence" if len(splits) == 1 else f"{len(splits)} sentences"))
    if words:
        parts.append(f"swapping {count(words, 'word')}")
    if parts:
        after = band(changed(score.counts, (*splits, *swaps)))
        verb = "leaves it at" if score.grades and after == score.grades.band else "brings it to"
        text = " and ".join(parts)
        yield f"  {text[0].upper()}{text[1:]} {verb} about grade {after}."


def _costly_words(score: Score) -> Iterator[str]:
    found = long_words((each.sentence for each in score.sentences), easy_words(score.document))
    long = [(word, uses) for word, uses in found if uses >= _LEAST_USES]
    if long:
        yield "  Long words it uses most: " + ", ".join(f"{one_line(word)} ({n})" for word, n in long[:_MOST_WORDS])


def _section_lines(score: Score) -> Iterator[str]:
    if len(score.sections) > 1:
        yield "  Section by section:"
        for each in score.sections:
            heading = one_line(each.heading.text) if each.heading else "(before the first heading)"
            yield f"    {heading}: about grade {each.grades.band} ({count(each.grades.counts.words, 'word')})"
