"""JUnit's and Checkstyle's XML: what strict parsers and the programs that show them make of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Result
from healthlint.registry import load_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import RunInfo

SCHEMAS = Path(__file__).parents[1] / "schemas"
both = pytest.mark.parametrize("name", ["junit", "checkstyle"])


@both
def test_the_whole_report(
    name: str, render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render(name, leaflet, broken, Result("clean.md", source="Rest.")), f"{name}.xml")


@both
@pytest.mark.parametrize("which", ["all", "nothing"])
def test_the_schema_takes_it(  # noqa: PLR0913, PLR0917  fixtures
    name: str, which: str, render: Callable[..., str], parse_xml: Callable,
    leaflet: Result, broken: Result, hostile: Result,
) -> None:  # fmt: skip
    etree = pytest.importorskip("lxml.etree", reason="schemas are checked with lxml")
    results = (leaflet, broken, hostile, Result("clean.md", source="Rest.")) if which == "all" else ()

    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / f"{name}.xsd")))

    schema.assertValid(parse_xml(render(name, *results)))


@both
def test_text_that_is_no_xml_is_still_read_to_the_last_character(
    name: str, render: Callable[..., str], parse_xml: Callable, hostile: Result
) -> None:
    text = render(name, hostile)

    messages = [each.get("message") for each in parse_xml(text).iter() if each.get("message")]
    assert len(messages) == 2
    for message in messages:
        assert "a\ufffd\ufffd\ufffd[2J\x9b \u202e\u2028\x85\ufffd\ufffd 💊 ]]> --> </script>" in message
        assert message.endswith("<h2>own</h2>") or "<h2>own</h2> " in message
    assert not set("\x1b\x9b\u202e\u2028\x85\r") & set(text)
    assert "##[" not in text
    assert "##vso[" not in text


@both
def test_a_stream_that_is_not_unicode_gets_references(
    name: str, parse_xml: Callable, leaflet: Result, run: RunInfo
) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="")

    load_part("reporters", name).report([Result("薬 💊.md", errors=("é",)), leaflet], stream, run)
    stream.flush()

    assert "薬 💊.md" in [value for each in parse_xml(raw.getvalue().decode("ascii")).iter() for value in each.values()]


def test_junit_is_what_its_readers_count(
    render: Callable[..., str], tmp_path: Path, leaflet: Result, broken: Result
) -> None:
    junitparser = pytest.importorskip("junitparser", reason="JUnit's XML is read with junitparser")
    path = tmp_path / "junit.xml"
    path.write_text(render("junit", leaflet, broken, Result("clean.md", source="Rest.")), encoding="utf-8")

    suites = list(junitparser.JUnitXml.fromfile(str(path)))

    assert [(each.name, each.tests, each.failures, each.errors) for each in suites] == [
        ("leaflet.md", 5, 5, 0),
        ("broken.docx", 1, 0, 1),
        ("clean.md", 1, 0, 0),
    ]
    assert [case.is_passed for case in suites[2]] == [True]
