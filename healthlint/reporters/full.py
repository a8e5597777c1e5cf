"""Each diagnostic with its source line, the words in it marked, and what to do about them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TextIO

from healthlint.summary import Tally, error_line, has_safe_fix, headline, one_line, other_rules, summary_lines
from healthlint.terminal import PLAIN_URL, clean_characters, display_width, link, paint, write_line
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthlint.diagnostic import Diagnostic, Reference, Result, RunInfo

_CUT = "…"
_TAB = "    "
_GUTTER = 4
_LEAST_ROOM = 20


class _View(NamedTuple):
    """The part of a source line that is shown, in columns: what stands there, and what is marked."""

    text: str
    indent: int
    marks: str


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write each file's errors and diagnostics as they come, then the summary."""
    tally = Tally()
    for result in results:
        tally = tally.add(result)
        for line in _result_lines(result, run):
            write_line(stream, line)
    for line in summary_lines(tally, run):
        write_line(stream, line)


def _result_lines(result: Result, run: RunInfo) -> Iterator[str]:
    for message in result.errors:
        yield error_line(result.path, message, color=run.color)
    if result.errors:
        yield ""
    lines = LineIndex(result.source) if result.diagnostics else None
    for diagnostic in result.diagnostics:
        yield headline(result.path, diagnostic, color=run.color)
        if lines:
            yield from _source_lines(diagnostic, lines, run)
        yield from _remark_lines(diagnostic, run)
        yield ""


def _source_lines(diagnostic: Diagnostic, lines: LineIndex, run: RunInfo) -> Iterator[str]:
    source = lines.line(diagnostic.start.line)
    if not source.strip():
        return
    goes_on = diagnostic.end.line > diagnostic.start.line
    span = Span(diagnostic.start.column - 1, len(source) if goes_on else diagnostic.end.column - 1)
    view = _view(source, span, max(run.width - _GUTTER - 3, _LEAST_ROOM), goes_on=goes_on)
    number = f"{diagnostic.start.line:>{_GUTTER}}"
    yield f"{_gutter(number, run)} {view.text}"
    yield f"{_gutter(' ' * len(number), run)} {' ' * view.indent}{paint(view.marks, diagnostic.severity, run.color)}"


def _gutter(number: str, run: RunInfo) -> str:
    return paint(f"{number} |", "dim", run.color)


def _view(source: str, span: Span, room: int, *, goes_on: bool) -> _View:
    """Return *source* cut to *room* columns around *span*, which is cut at its end when it alone is too long."""
    first, last = max(0, span.start - room), span.end + room
    characters = [_TAB if each == "\t" else each for each in clean_characters(source[first:last])]
    marked = Span(span.start - first, min(span.end - first, len(characters)))
    shown = _window([display_width(each) for each in characters], marked, room)
    shown = _at_words(characters, marked, shown)
    end = min(marked.end, shown.end)
    head = _CUT if first + shown.start else ""
    tail = _CUT if first + shown.end < len(source) else ""
    before = head + "".join(characters[shown.start : marked.start])
    marks = "^" * max(1, display_width("".join(characters[marked.start : end])))
    text = before + "".join(characters[marked.start : shown.end]) + tail
    return _View(text.rstrip(), display_width(before), marks + (_CUT if goes_on or end < marked.end else ""))


def _window(widths: Sequence[int], marked: Span, room: int) -> Span:
    """Return the widest span around *marked* that leaves a column for each cut; half of the spare room goes before."""
    if sum(widths) <= room:
        return Span(0, len(widths))
    room -= 2 * len(_CUT)
    after = widths[marked.end :]
    spare = room - sum(widths[marked.start : marked.end])
    if spare < 0:
        return Span(marked.start, marked.start + _fitting(widths[marked.start :], room))
    before = widths[marked.start - 1 :: -1] if marked.start else ()
    lead = _fitting(before, max(spare // 2, spare - sum(after)))
    spare -= sum(before[:lead])
    return Span(marked.start - lead, marked.end + _fitting(after, spare))


def _fitting(widths: Sequence[int], room: int) -> int:
    return sum(total <= room for total in accumulate(widths))


def _at_words(characters: Sequence[str], marked: Span, shown: Span) -> Span:
    """Return *shown* made smaller so that no word outside *marked* is cut, where there is a space to cut at."""
    start, end = shown
    if start:
        start = next((at + 1 for at in range(start - 1, marked.start) if characters[at] == " "), start)
    if marked.end < end < len(characters):
        end = next((at for at in range(end, marked.end - 1, -1) if characters[at] == " "), end)
    return Span(start, end)


def _remark_lines(diagnostic: Diagnostic, run: RunInfo) -> Iterator[str]:
    if diagnostic.advice:
        yield from _wrapped("advice", diagnostic.advice, run)
    if any(each not in diagnostic.advice for each in diagnostic.suggestions):
        instead = (f"'{each}'" if each else "leave it out" for each in diagnostic.suggestions)
        yield from _wrapped("instead", ", ".join(instead), run)
    if has_safe_fix(diagnostic):
        yield f"{_label('fix available', run)}, apply it with --fix"
    if run.why and diagnostic.weights:
        cues = ", ".join(f"{name} {weight:+g}" for name, weight in diagnostic.weights)
        yield from _wrapped("why", f"{cues}; together {sum(weight for _, weight in diagnostic.weights):.1f}", run)
    if diagnostic.also:
        yield from _wrapped("also", other_rules(diagnostic), run)
    yield from _wrapped("see", f"healthlint explain {diagnostic.rule}", run)
    if run.links:
        yield from _source_links(diagnostic.references, run)


def _source_links(references: Iterable[Reference], run: RunInfo) -> Iterator[str]:
    """Yield a line for each source that is on the web, its title a link, so that a reader knows what it leads to."""
    for each in references:
        if PLAIN_URL.fullmatch(each.url):
            said = one_line(", ".join(filter(None, (each.title, each.publisher, str(each.year)))))
            yield f"{_label('source', run)}: {link(said, each.url)}"


def _wrapped(name: str, text: str, run: RunInfo) -> Iterator[str]:
    """Yield *text* after its label, wrapped to the run's width under its own first word."""
    indent = " " * (_GUTTER + len(f" = {name}: "))
    label = f"{_label(name, run)}: "
    line = ""
    for word in one_line(text).split(" "):
        if line and display_width(f"{indent}{line} {word}") > run.width:
            yield label + line
            label, line = indent, word
        else:
            line = f"{line} {word}" if line else word
    yield label + line


def _label(name: str, run: RunInfo) -> str:
    return " " * _GUTTER + paint(f" = {name}", "dim", run.color)
