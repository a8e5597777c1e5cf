"""Checkstyle's XML, which Jenkins, reviewdog and many others read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO
from xml.etree.ElementTree import Element, SubElement

from healthlint.records import ERROR_CODE, whole_message
from healthlint.xmltext import write_xml, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Result, RunInfo


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the document once all *results* are there; a clean file is an empty element."""
    root = Element("checkstyle", version=run.version)
    for result in results:
        file = SubElement(root, "file", name=xml_text(result.path))
        for message in result.errors:
            said = f"Not, or not fully, checked: {message}"
            SubElement(file, "error", line="1", severity="error", message=xml_text(said), source=ERROR_CODE)
        for diagnostic in result.diagnostics:
            SubElement(
                file,
                "error",
                line=str(diagnostic.start.line),
                column=str(diagnostic.start.column),
                severity=diagnostic.severity,
                message=xml_text(whole_message(diagnostic).replace("\n", " ")),
                source=xml_text(diagnostic.rule),
            )
    write_xml(root, stream)
