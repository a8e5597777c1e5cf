"""SARIF 2.1.0 (OASIS Standard), for code scanning and viewers; nothing in it depends on time or machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from healthlint.diagnostic import RuleFacts
from healthlint.records import ERROR_CODE, Record, whole_message, write_json
from healthlint.reportpath import repository_path, uri_reference
from healthlint.summary import DISCLAIMER
from healthlint.text import LineIndex, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Fix, Result, RunInfo

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PRIORITIES = {"error": "error", "warning": "warning", "info": "recommendation"}  # GitHub's problem.severity
_ROOT = "SRCROOT"
_NOTE_CODE = "healthlint/note"
_NOTICES = {
    ERROR_CODE: "A file could not, or not fully, be checked. Mend what the message names, and check it again.",
    _NOTE_CODE: "How a file was read, or why it was skipped.",
}


@dataclass
class _Log:
    """What is collected while results stream past."""

    rules: list[Record] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    artifacts: list[Record] = field(default_factory=list)
    results: list[Record] = field(default_factory=list)
    notifications: list[Record] = field(default_factory=list)
    baselined: int = 0
    is_complete: bool = True


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the log once all *results* are there; one that was suppressed is in it, marked so."""
    log = _Log()
    for result in results:
        _add(result, log, run)
    log.notifications += [_notification(_NOTE_CODE, "note", f"skipped {each}") for each in run.skipped]
    write_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(log, run)]}, stream, indent=2, keep_lone=False)


def _add(result: Result, log: _Log, run: RunInfo) -> None:
    artifact = {**_artifact_location(result, run), "index": len(log.artifacts)}
    log.artifacts.append({"location": _artifact_location(result, run), "roles": ["analysisTarget"]})
    log.is_complete &= not result.errors
    log.baselined += result.baselined
    log.notifications += [_notification(ERROR_CODE, "error", each, artifact) for each in result.errors]
    log.notifications += [_notification(_NOTE_CODE, "note", each, artifact) for each in result.notes]
    lines = LineIndex(result.source)
    for diagnostic, suppressions in _with_suppressions(result):
        number = log.numbers.setdefault(diagnostic.rule, len(log.rules))
        if number == len(log.rules):
            log.rules.append(_rule(diagnostic, run))
        log.results.append(_result(diagnostic, suppressions, artifact, number, lines))


def _with_suppressions(result: Result) -> Iterator[tuple[Diagnostic, list[Record]]]:
    """Yield each diagnostic; a list without suppressions says that it is known to have none."""
    yield from ((diagnostic, []) for diagnostic in result.diagnostics)
    for each in result.suppressed:
        yield each.diagnostic, [{"kind": "inSource", "status": "accepted", "justification": each.reason}]


def _run(log: _Log, run: RunInfo) -> Record:
    return {
        "tool": {"driver": _driver(log, run)},
        "invocations": [{"executionSuccessful": log.is_complete, "toolExecutionNotifications": log.notifications}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "artifacts": log.artifacts,
        "results": log.results,
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "properties": {"rulebook": run.rulebook, "rules": run.rules, "baselined": log.baselined},
    }


def _driver(log: _Log, run: RunInfo) -> Record:
    return {
        "name": "healthlint",
        "fullName": f"healthlint {run.version}",
        "version": run.version,
        "semanticVersion": run.version,
        "shortDescription": {"text": "A readability and patient-safety linter for health content."},
        "fullDescription": {"text": DISCLAIMER},
        "rules": log.rules,
        "notifications": [_notice(code, text) for code, text in _NOTICES.items()],
    }


def _notice(code: str, text: str) -> Record:
    said = {"text": text}
    return {"id": code, "shortDescription": said, "fullDescription": said, "help": said}


def _rule(diagnostic: Diagnostic, run: RunInfo) -> Record:
    facts = run.facts.get(diagnostic.rule) or _facts_of(diagnostic)
    url = next((each.url for each in facts.references if each.url), "")
    tags = ["health content", facts.concern, diagnostic.rule.partition("/")[0]]
    return {
        "id": diagnostic.rule,
        "shortDescription": {"text": facts.summary},
        "fullDescription": {"text": facts.why or facts.summary},
        "help": {"text": _help(diagnostic.rule, facts), "markdown": _markdown_help(diagnostic.rule, facts)},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[facts.severity]},
        "properties": {
            "concern": facts.concern,
            "tags": list(dict.fromkeys(tags)),
            "problem.severity": _PRIORITIES[facts.severity],
            "status": "stable" if facts.is_stable else "preview",
        },
    }


def _facts_of(diagnostic: Diagnostic) -> RuleFacts:
    """Say what a diagnostic alone tells about its rule, for one that the run as a whole does not have."""
    references = diagnostic.references
    return RuleFacts(diagnostic.rule, "", diagnostic.advice, diagnostic.concern, diagnostic.severity, references)


def _help(rule: str, facts: RuleFacts) -> str:
    sources = "\n".join(f"- {', '.join(filter(None, each))}" for each in _sources(facts))
    parts = (facts.why, facts.advice, sources and f"Sources:\n{sources}", f"See: healthlint explain {rule}")
    return "\n\n".join(filter(None, parts))


def _markdown_help(rule: str, facts: RuleFacts) -> str:
    """Say the same in Markdown; what stands in it was written by the authors of rules, not of documents."""
    sources = "\n".join(
        f"- {', '.join(filter(None, (f'[{title}]({url})' if url else title, publisher, year)))}"
        for title, publisher, year, url in _sources(facts)
    )
    parts = (
        facts.why and f"**Why it matters.** {facts.why}",
        facts.advice and f"**What to do.** {facts.advice}",
        sources and f"**Sources**\n\n{sources}",
        f"`healthlint explain {rule}` says more.",
    )
    return "\n\n".join(filter(None, parts))


def _sources(facts: RuleFacts) -> list[tuple[str, str, str, str]]:
    return [(each.title, each.publisher, str(each.year), each.url) for each in facts.references]


def _result(
    diagnostic: Diagnostic, suppressions: list[Record], artifact: Record, rule_index: int, lines: LineIndex
) -> Record:
    region = {**_region(diagnostic.span, lines), "snippet": {"text": diagnostic.excerpt}}
    location: Record = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if diagnostic.landmark:
        location["logicalLocations"] = [{"name": diagnostic.landmark}]
    record: Record = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": whole_message(diagnostic)},
        "locations": [location],
        # primaryLocationLineHash is left to GitHub's upload action, which complains about one that it did not make.
        "partialFingerprints": {"healthlint/v1": diagnostic.fingerprint},
        "suppressions": suppressions,
        "properties": {"concern": diagnostic.concern, "suggestions": list(diagnostic.suggestions)},
    }
    return {**record, "fixes": [_fix(diagnostic.fix, artifact, lines)]} if diagnostic.fix else record


def _fix(fix: Fix, artifact: Record, lines: LineIndex) -> Record:
    return {
        "description": {
            "text": "Right in every context." if fix.safe else "Read the sentence again after this change."
        },
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [
                    {"deletedRegion": _region((edit.start, edit.end), lines), "insertedContent": {"text": edit.text}}
                    for edit in fix.edits
                ],
            }
        ],
        "properties": {"safe": fix.safe},
    }


def _region(span: tuple[int, int], lines: LineIndex) -> Record:
    """Return the place of *span*, 1-based, in UTF-16 code units; viewers that pass over columnKind count in them."""
    start, end = (Position(line + 1, character + 1) for line, character in map(lines.utf16, span))
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _artifact_location(result: Result, run: RunInfo) -> Record:
    uri = uri_reference(repository_path(result.path, run.root))
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}


def _notification(code: str, level: str, text: str, artifact: Record | None = None) -> Record:
    record: Record = {"descriptor": {"id": code}, "level": level, "message": {"text": text}}
    return {**record, "locations": [{"physicalLocation": {"artifactLocation": artifact}}]} if artifact else record
