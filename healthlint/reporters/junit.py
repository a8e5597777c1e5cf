"""JUnit's XML: a suite for each file, a failed case for each diagnostic, a passed one for a file without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO
from xml.etree.ElementTree import Element, SubElement

from healthlint.records import ERROR_CODE, whole_message
from healthlint.summary import headline
from healthlint.xmltext import write_xml, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Diagnostic, Result, RunInfo


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the document once all *results* are there; it has neither times nor the name of the machine."""
    root = Element("testsuites", name="healthlint")
    for result in results:
        _add_suite(result, root)
    _count(root)
    write_xml(root, stream)


def _add_suite(result: Result, root: Element) -> None:
    suite = SubElement(root, "testsuite", name=xml_text(result.path))
    for message in result.errors:
        case = _add_case(suite, result.path, ERROR_CODE, line=1)
        SubElement(case, "error", type=ERROR_CODE, message=xml_text(message))
    for diagnostic in result.diagnostics:
        _add_failure(diagnostic, suite, result.path)
    if not len(suite):
        _add_case(suite, result.path, "healthlint")
    _count(suite)


def _add_failure(diagnostic: Diagnostic, suite: Element, path: str) -> None:
    start = diagnostic.start
    case = _add_case(suite, path, f"{diagnostic.rule} at {start.line}:{start.column}", line=start.line)
    failure = SubElement(case, "failure", type=diagnostic.severity, message=xml_text(diagnostic.message))
    _, *more = whole_message(diagnostic).split("\n")
    failure.text = xml_text("\n".join((headline(path, diagnostic, color=False), *more)))


def _add_case(suite: Element, path: str, name: str, line: int | None = None) -> Element:
    place = {"file": xml_text(path), **({"line": str(line)} if line else {})}
    return SubElement(suite, "testcase", {"name": xml_text(name), "classname": xml_text(path), **place})


def _count(element: Element) -> None:
    for name, inner in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        element.set(name, str(sum(1 for _ in element.iter(inner))))
