"""Diagnostics as the plain values that the formats for programs write, and the JSON they are written in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TextIO

from healthlint.diagnostic import SEVERITIES, rank
from healthlint.summary import other_rules
from healthlint.terminal import LOG_COMMAND, SURROGATES, UNSEEN, is_unicode

if TYPE_CHECKING:
    from healthlint.diagnostic import Diagnostic, Fix, RunInfo
    from healthlint.summary import Tally
    from healthlint.text import LineIndex

Record = dict[str, Any]

ERROR_CODE = "healthlint/error"  # stands for a rule where a file could not, or not fully, be checked

# JSON lets any character be an escape: nothing changes for a program, and a log that shows the report stays unharmed.
_ESCAPED = re.compile(f"[\\x7f-\\x9f{UNSEEN}{SURROGATES}]|{LOG_COMMAND}")
_ESCAPED_IN_ASCII = re.compile(f"[^\\x00-\\x7e]|{LOG_COMMAND}")
_BREAK = re.compile(r"[\r\n]+")
_LONE = re.compile(f"[{SURROGATES}]")


def diagnostic_record(diagnostic: Diagnostic) -> Record:
    """Return *diagnostic* as healthlint/schemas/report.schema.json describes it, keys in its order."""
    return {
        "rule": diagnostic.rule,
        "concern": diagnostic.concern,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "advice": diagnostic.advice,
        "excerpt": diagnostic.excerpt,
        "span": diagnostic.span._asdict(),
        "start": diagnostic.start._asdict(),
        "end": diagnostic.end._asdict(),
        "landmark": diagnostic.landmark,
        "fix": _fix_record(diagnostic.fix),
        "suggestions": list(diagnostic.suggestions),
        "references": [{"title": each.title, "url": each.url} for each in diagnostic.references],
        "url": diagnostic.url,
        "fingerprint": diagnostic.fingerprint,
        "also": [{"rule": each.rule, "concern": each.concern} for each in diagnostic.also],
        "weights": [{"cue": cue, "weight": weight} for cue, weight in diagnostic.weights],
    }


def summary_record(tally: Tally, run: RunInfo) -> Record:
    """Return the counts of a run; ``files`` are those that were checked, if only in part."""
    return {
        "files": tally.files,
        "errors": tally.errors,
        **{severity: tally.count(severity) for severity in SEVERITIES},
        "suppressed": tally.suppressed,
        "baselined": tally.baselined,
        "fixed": tally.fixed,
        "unchanged": tally.unchanged,
        "dangers": tally.dangers,
        "rules": run.rules,
    }


def lsp_diagnostic(diagnostic: Diagnostic, lines: LineIndex) -> Record:
    """Return *diagnostic* as a Diagnostic of LSP 3.17, its range in UTF-16 code units."""
    record: Record = {
        "range": {
            "start": _lsp_position(diagnostic.span.start, lines),
            "end": _lsp_position(diagnostic.span.end, lines),
        },
        "severity": rank(diagnostic.severity) + 1,
        "code": diagnostic.rule,
    }
    if diagnostic.url:
        record["codeDescription"] = {"href": diagnostic.url}
    return {
        **record,
        "source": "healthlint",
        "message": whole_message(diagnostic),
        "data": {
            "fingerprint": diagnostic.fingerprint,
            "fix": _fix_record(diagnostic.fix),
            "also": [each.rule for each in diagnostic.also],
        },
    }


def whole_message(diagnostic: Diagnostic) -> str:
    """Return message, advice, and the rules that found something on the same words, a line each."""
    also = other_rules(diagnostic)
    parts = (diagnostic.message, diagnostic.advice, also and f"Also: {also}.")
    return "\n".join(_BREAK.sub(" ", part) for part in parts if part)


def write_json(value: object, stream: TextIO, *, indent: int | None = None, keep_lone: bool = True) -> None:
    """Write *value* and a line end as JSON that any stream can take.

    A lone surrogate is an escape, which strict readers refuse, or without *keep_lone* U+FFFD.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not keep_lone:
        text = _LONE.sub("\ufffd", text)
    escaped = _ESCAPED if is_unicode(stream) else _ESCAPED_IN_ASCII
    stream.write(escaped.sub(_escape, text) + "\n")


def _fix_record(fix: Fix | None) -> Record | None:
    return fix and {"safe": fix.safe, "edits": [edit._asdict() for edit in fix.edits]}


def _lsp_position(offset: int, lines: LineIndex) -> Record:
    line, character = lines.utf16(offset)
    return {"line": line, "character": character}


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
