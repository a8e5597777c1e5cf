"""A page of its own for people who work in no terminal: no script, nothing loaded, no link but to published sources."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TextIO

from healthlint.summary import DISCLAIMER, NOUNS, Counts, Tally, closing_lines, counts, is_read, one_line, other_rules
from healthlint.terminal import PLAIN_URL, clean, is_unicode
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Reference, Result, RunInfo

_AROUND = 120  # characters of the line shown on each side
_LONGEST = 600
_CUT = "…"
_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>healthlint report</title>
<style>
:root { color-scheme: light dark; --error: #b3261e; --warning: #8a5300; --info: #0b57d0; --line: #8886; --soft: #8881; }
@media (prefers-color-scheme: dark) { :root { --error: #f2b8b5; --warning: #ffb95c; --info: #a8c7fa; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
article { margin: 1.5rem 0; padding-left: 1rem; border-left: .3rem solid var(--line); }
h3 { font-size: 1rem; margin: 0; } p { margin: .3rem 0; }
.error { border-color: var(--error); } .warning { border-color: var(--warning); } .info { border-color: var(--info); }
.error b { color: var(--error); } .warning b { color: var(--warning); } .info b { color: var(--info); }
blockquote { margin: .5rem 0; padding: .5rem .75rem; background: var(--soft); white-space: pre-wrap; }
table { margin: 1rem 0; border-spacing: 1rem .1rem; } th { text-align: left; } td:first-child { text-align: right; }
mark { padding: 0 .1em; } small, footer { font-size: .85rem; opacity: .85; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); } .unchecked { color: var(--error); font-weight: 600; }
</style>
</head>
<body>
<h1>healthlint report</h1>
"""


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the page once all *results* are there: the summary, then each file with something to say, in its order."""
    tally = Tally()
    sections: list[str] = []
    for result in results:
        tally = tally.add(result)
        if result.errors or result.diagnostics:
            sections += _section(result)
    lines = [*_summary(tally, run), *sections, f"<footer><p>{escape(DISCLAIMER)}</p>"]
    text = "\n".join((*lines, f"<p>healthlint {escape(run.version)}</p></footer>", "</body>", "</html>", ""))
    if not is_unicode(stream):
        text = text.encode("ascii", "xmlcharrefreplace").decode()
    stream.write(_HEAD + text)


def _summary(tally: Tally, run: RunInfo) -> Iterator[str]:
    for line in closing_lines(tally, run):
        is_loud = "could not be checked" in line or "could be checked only in part" in line
        kind = ' class="unchecked"' if is_loud else ""
        yield f"<p{kind}>{escape(line)}</p>"
    for table in counts(tally) if run.statistics and tally.rules else ():
        yield from _table(table)


def _table(table: Counts) -> Iterator[str]:
    yield f"<table><tr>{''.join(f'<th>{name}</th>' for name in table.head)}</tr>"
    yield from (f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    if table.more:
        yield f"<tr><td></td><td>… and {table.more:,} more</td></tr>"
    yield "</table>"


def _section(result: Result) -> Iterator[str]:
    yield f"<section><h2>{escape(clean(result.path))}</h2>"
    said = "Checked only in part" if is_read(result) else "Not checked"
    yield from (f'<p class="unchecked">{said}: {_text(message)}</p>' for message in result.errors)
    lines = LineIndex(result.source)
    for diagnostic in result.diagnostics:
        yield from _article(diagnostic, result.source, lines)
    yield "</section>"


def _article(diagnostic: Diagnostic, source: str, lines: LineIndex) -> Iterator[str]:
    page = f" ({diagnostic.landmark})" if diagnostic.landmark else ""
    place = f"line {diagnostic.start.line}, column {diagnostic.start.column}{page}"
    yield f'<article class="{diagnostic.severity}">'
    yield f"<h3><b>{NOUNS[diagnostic.severity]}</b>: {_text(diagnostic.message)}</h3>"
    if diagnostic.excerpt.strip():
        yield f"<blockquote>{_quoted(diagnostic.span, source, lines)}</blockquote>"
    if diagnostic.advice:
        yield f"<p>{_text(diagnostic.advice)}</p>"
    also = other_rules(diagnostic)
    rules = f"{_text(diagnostic.rule)}{f' (also: {_text(also)})' if also else ''}"
    yield f"<p><small>{_text(place)} · {rules}{''.join(_sources(diagnostic.references))}</small></p>"
    yield "</article>"


def _sources(references: Iterable[Reference]) -> Iterator[str]:
    for each in references:
        title = _text(each.title)
        is_plain = PLAIN_URL.fullmatch(each.url)
        yield f' · <a href="{escape(each.url)}" rel="noreferrer">{title}</a>' if is_plain else f" · {title}"


def _quoted(span: Span, source: str, lines: LineIndex) -> str:
    """Return the words in *span*, marked, with what stands around them on their lines, cut at words."""
    first = span.start - (lines.position(span.start).column - 1)
    before = source[max(first, span.start - _AROUND) : span.start]
    after = source[span.end : span.end + _AROUND]
    if first < span.start - _AROUND:
        before = f"{_CUT}{before.partition(' ')[2]}"
    line_end = min((after.index(each) for each in "\r\n" if each in after), default=None)
    if line_end is None and span.end + _AROUND < len(source):
        after = f"{after.rpartition(' ')[0]}{_CUT}"
    excerpt = source[span.start : span.end]
    words = excerpt if len(excerpt) <= _LONGEST else f"{excerpt[:_LONGEST]}{_CUT}"
    return f"{_kept(before)}<mark>{_kept(words)}</mark>{_kept(after[:line_end])}"


def _kept(text: str) -> str:
    """Return *text* harmless, with its line ends."""
    return "\n".join(escape(clean(line)) for line in text.replace("\r\n", "\n").split("\n"))


def _text(text: str) -> str:
    return escape(one_line(text))
