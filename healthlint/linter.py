"""Documents in, diagnostics out: the one path that the command, the editor, the hook and the API all take."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from healthlint.diagnostic import Diagnostic, Edit, Fix, Result
from healthlint.overlap import merge_overlaps
from healthlint.readability import readability
from healthlint.suppression import apply_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthlint.diagnostic import Severity
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding
    from healthlint.rule import Rule
    from healthlint.rulebook import Rulebook

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_SHOWN = 80
_MILDER: dict[Severity, Severity] = {"error": "warning", "warning": "info", "info": "info"}


def lint(document: Document, rulebook: Rulebook) -> Result:
    """Return what *rulebook* finds in *document*, sorted by place and rule; related findings on the same words are one.

    A rule that crashes is an error of the result; the other rules have still run.
    """
    found: list[Diagnostic] = []
    errors: list[str] = []
    document = _in_locale(document, rulebook.locale)
    reading = rulebook.proofreader.read(document, rulebook.proofread_kinds) if rulebook.proofreader else None
    errors += reading.errors if reading else ()
    candidates = rulebook.scan.candidates(document)
    for number, rule in enumerate(rulebook.rules):
        if rule.text.locales and "-" in document.locale and document.locale not in rule.text.locales:
            continue
        try:
            found_here = find(rule, document, candidates.get(number, []), rulebook.vocabulary)
            findings = _once(rule, document, (each for each in found_here if each.is_checked or rulebook.preview))
            seen: dict[str, int] = {}
            found += [_diagnostic(rule, finding, document, rulebook, seen) for finding in findings]
        except Exception as error:  # noqa: BLE001  the one place that turns a crashing rule into exit code 2
            errors.append(f"rule {rule.id} failed ({type(error).__name__}: {error}); the other rules have run")
    outcome = apply_suppressions(
        document,
        sorted(found, key=_place),
        known=rulebook.known,
        active=rulebook.active,
        allow_safety=rulebook.allow_safety_suppressions,
    )
    grades = readability(document)
    return Result(
        path=document.name,
        format=document.format,
        source=document.source,
        words=grades.words_scored + grades.words_left_out,
        diagnostics=tuple(sorted((*merge_overlaps(outcome.kept), *outcome.reports), key=_place)),
        suppressed=outcome.suppressed,
        suppressions=outcome.suppressions,
        readability=grades,
        notes=(*document.notes, *_language_notes(document.locale), *(reading.notes if reading else ())),
        errors=tuple(errors),
    )


def _in_locale(document: Document, locale: str) -> Document:
    """Return *document* as in *locale*, which a person chose, whatever it says of itself; "" changes nothing."""
    return replace(document, metadata=MappingProxyType({**document.metadata, "lang": locale})) if locale else document


def _language_notes(locale: str) -> tuple[str, ...]:
    if not locale or locale.lower().startswith("en"):
        return ()
    return (f"the page says that it is in '{locale}'; the rules are for English",)


def find(rule: Rule, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield the findings of one rule whose conditions let them stand, in the order its check gives them."""
    if not _may_find(rule, document, vocabulary):
        return
    for finding in rule.check.find(document, sentences, vocabulary):
        if all(each.holds(finding, document, vocabulary) for each in rule.when) and not any(
            each.holds(finding, document, vocabulary) for each in rule.unless
        ):
            yield finding


def _may_find(rule: Rule, document: Document, vocabulary: Vocabulary) -> bool:
    """Ask the conditions that are the same for the whole page, before anything is looked for."""
    needed, barring = rule.page_conditions
    return all(each.holds_in(document, vocabulary) for each in needed) and not any(
        each.holds_in(document, vocabulary) for each in barring
    )


def _once(rule: Rule, document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first finding of each sentence, block, section, document or term, as the rule asks, or all."""
    seen: set[object] = set()
    for finding in findings:
        key: object = {
            "": (id(finding.block), finding.start, finding.end),
            "sentence": id(finding.sentence or finding.block),
            "block": id(finding.block),
            "section": document.section_of(finding.block).start if rule.text.once == "section" else 0,
            "document": 0,
            "term": finding.values.get("term") or finding.text.lower(),
        }[rule.text.once]
        if key not in seen:
            seen.add(key)
            yield finding


def _diagnostic(
    rule: Rule, finding: Finding, document: Document, rulebook: Rulebook, seen: dict[str, int]
) -> Diagnostic:
    span = finding.block.source_span(finding.start, finding.end)
    values = {**finding.values, "match": _shorten(finding.text)}
    replacement = _replacement(rule, values, document.locale)
    suggestions = finding.suggestions or _replacements(rule, values)
    values["fixed"] = replacement or (suggestions[0] if suggestions else values["match"])
    fix = Fix(rule.text.fix.safe, (Edit(span.start, span.end, replacement),)) if rule.text.fix and replacement else None
    context = "\0".join(
        (rule.id, _rewrapped(finding.text), _rewrapped(finding.sentence.text if finding.sentence else ""))
    )
    seen[context] = seen.get(context, 0) + 1
    is_milder = not finding.is_sure or any(each.holds(finding, document, rulebook.vocabulary) for each in rule.milder)
    return Diagnostic(
        rule=rule.id,
        concern=rule.text.concern,
        severity=_MILDER[rule.severity] if is_milder else rule.severity,
        message=fill(rule.text.message, values),
        advice=fill(rule.text.advice, values),
        excerpt=document.source[span.start : span.end],
        span=span,
        start=document.lines.position(span.start),
        end=document.lines.position(span.end),
        landmark=finding.block.landmark,
        fix=fix,
        suggestions=suggestions,
        references=rule.text.references,
        url=next((reference.url for reference in rule.text.references if reference.url), ""),
        fingerprint=sha256(f"{context}\0{seen[context]}".encode("utf-8", "replace")).hexdigest()[:16],
        weights=finding.weights,
    )


def _replacement(rule: Rule, values: Mapping[str, str], locale: str) -> str:
    """Return what to write instead in *locale*, or "" where there is no fix or a group that it needs is missing."""
    fix = rule.text.fix
    if fix is None:
        return ""
    return _filled(fix.text if isinstance(fix.text, str) else fix.text.get(locale, ""), values)


def _replacements(rule: Rule, values: Mapping[str, str]) -> tuple[str, ...]:
    fix = rule.text.fix
    if fix is None:
        return ()
    texts = (fix.text,) if isinstance(fix.text, str) else tuple(fix.text.values())
    return tuple(dict.fromkeys(filter(None, (_filled(text, values) for text in texts))))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return fill(text, values) if all(name in values for name in _PLACEHOLDER.findall(text)) else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with each ``{name}`` replaced by its value; one that has no value stays as it is."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _rewrapped(text: str) -> str:
    """Return *text* as it is wherever its lines break, so that a finding stays known when they break elsewhere."""
    return " ".join(text.split())


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _place(diagnostic: Diagnostic) -> tuple[int, int, str]:
    return diagnostic.span.start, diagnostic.span.end, diagnostic.rule
