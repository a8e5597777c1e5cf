"""What the tests of formats share: each format read as its consumers read it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pytest

from healthlint.diagnostic import Edit, Fix, Reference, Result, Suppressed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthlint.diagnostic import Diagnostic

UNCHECKED = "healthlint/error"


class Said(NamedTuple):
    """One thing that a report says; what could not be checked has the rule ``healthlint/error`` and no line."""

    path: str
    line: int | None
    rule: str


def _concise(text: str) -> Iterator[Said]:
    for line in text.splitlines():
        if found := re.match(r"(.+?):(\d+):\d+: (?:error|warning|info)\[([^\]]+)\] ", line):
            yield Said(found[1], int(found[2]), found[3])
        elif found := re.match(r"(.+?): error: ", line):
            yield Said(found[1], None, UNCHECKED)


def _json(text: str) -> Iterator[Said]:
    value = json.loads(text)
    for file in value["files"]:
        yield from (Said(file["path"], each["start"]["line"], each["rule"]) for each in file["diagnostics"])
    yield from (Said(each["path"], None, UNCHECKED) for each in value["errors"])


def _jsonl(text: str) -> Iterator[Said]:
    for line in text.split("\n")[:-1]:
        value = json.loads(line)
        if "error" in value:
            yield Said(value["path"], None, UNCHECKED)
        elif "rule" in value:
            yield Said(value["path"], value["start"]["line"], value["rule"])


def _sarif(text: str) -> Iterator[Said]:
    (run,) = json.loads(text)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        if not result["suppressions"]:
            yield Said(unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"], result["ruleId"])
    for each in run["invocations"][0]["toolExecutionNotifications"]:
        if each["level"] == "error":
            place = each["locations"][0]["physicalLocation"]
            yield Said(unquote(place["artifactLocation"]["uri"]), None, UNCHECKED)


def _workflow_commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield command, properties and message of each line, as the runner reads it (actions/runner, ActionCommand.cs)."""
    for line in re.split(r"\r\n|\r|\n", text):
        found = re.match(r"\s*::([^:, ]+)(?: (.*?))?::(.*)", line)
        if found:
            pairs = (each.split("=", 1) for each in (found[2] or "").split(",") if each)
            properties = {key: _undo(value, "%3A:", "%2C,") for key, value in pairs}
            yield found[1], properties, _undo(found[3])
        else:
            assert "##[" not in line
            assert "##vso[" not in line


def _undo(text: str, *more: str) -> str:
    for escape in ("%0D\r", "%0A\n", *more, "%25%"):
        text = text.replace(escape[:3], escape[3:])
    return text


def _github(text: str) -> Iterator[Said]:
    for command, properties, _ in _workflow_commands(text):
        assert command in {"error", "warning", "notice"}
        line = int(properties["line"]) if "line" in properties else None
        yield Said(properties["file"], line, properties["title"])


def _gitlab(text: str) -> Iterator[Said]:
    for each in json.loads(text):
        line = None if each["check_name"] == UNCHECKED else each["location"]["lines"]["begin"]
        yield Said(each["location"]["path"], line, each["check_name"])


def _parse_xml(text: str) -> Any:
    return pytest.importorskip("lxml.etree", reason="XML is read with lxml").fromstring(text.encode())


def _junit(text: str) -> Iterator[Said]:
    for case in _parse_xml(text).iter("testcase"):
        if case.find("error") is not None:
            yield Said(case.attrib["file"], None, UNCHECKED)
        elif case.find("failure") is not None:
            yield Said(case.attrib["file"], int(case.attrib["line"]), case.attrib["name"].rpartition(" at ")[0])


def _checkstyle(text: str) -> Iterator[Said]:
    for file in _parse_xml(text).iter("file"):
        for each in file.iter("error"):
            line = None if each.attrib["source"] == UNCHECKED else int(each.attrib["line"])
            yield Said(file.attrib["name"], line, each.attrib["source"])


def _rdjsonl(text: str) -> Iterator[Said]:
    for line in text.split("\n")[:-1]:
        value = json.loads(line)
        place = value["location"]
        number = place["range"]["start"]["line"] if "range" in place else None
        yield Said(place["path"], number, value["code"]["value"])


class _Page(HTMLParser):
    """The elements of a page, and what stands in those that hold text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append((tag, ""))
        if tag not in {"meta", "br"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.texts.append((f"/{tag}", ""))

    def handle_data(self, data: str) -> None:
        self.texts.append(("", data))

    def text_of(self, tag: str) -> list[str]:
        """Return the whole text of each element called *tag*."""
        texts: list[str] = []
        inside = False
        for name, data in self.texts:
            if name == tag:
                texts.append("")
                inside = True
            elif name == f"/{tag}":
                inside = False
            elif inside:
                texts[-1] += data
        return texts


def _markdown(text: str) -> Iterator[Said]:
    for path in _under(text, "Not, or not fully, checked").text_of("code"):
        yield Said(path, None, UNCHECKED)
    cells = _under(text, "Found").text_of("td")
    for place, _, rules in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        path, line, _ = place.rsplit(":", 2)
        yield Said(path, int(line), rules.split(", ")[0])


def _under(text: str, heading: str) -> _Page:
    part = text.partition(f"\n### {heading}\n")[2].partition("\n### ")[0].partition("\n<sub>")[0]
    return _Page(_render_markdown(part))


def _render_markdown(text: str) -> str:
    """Return the HTML that CommonMark with tables makes of *text*."""
    from markdown_it import MarkdownIt

    html: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return html


def _html(text: str) -> Iterator[Said]:
    for section in text.split("<section>")[1:]:
        page = _Page(section.partition("</section>")[0])
        (path,) = page.text_of("h2")
        unchecked = [tag for tag, attributes in page.elements if attributes.get("class") == "unchecked"]
        yield from (Said(path, None, UNCHECKED) for _ in unchecked)
        for line in page.text_of("small"):
            found = re.match(r"line (\d+), column \d+(?: \(.*?\))? · (\S+)", line)
            assert found
            yield Said(path, int(found[1]), found[2])


_READERS: dict[str, Callable[[str], Iterator[Said]]] = {
    "concise": _concise,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "checkstyle": _checkstyle,
    "rdjsonl": _rdjsonl,
    "markdown": _markdown,
    "html": _html,
}


@pytest.fixture
def read_report() -> Callable[[str, str], list[Said]]:
    """Return what a report in a format says of each place, sorted."""

    def read(format_: str, text: str) -> list[Said]:
        if format_ == "markdown":
            pytest.importorskip("markdown_it", reason="Markdown is rendered with markdown-it-py")
        return sorted(_READERS[format_](text), key=repr)

    return read


@pytest.fixture(params=_READERS)
def format_(request: pytest.FixtureRequest) -> str:
    """Return the name of each format that says of every finding where it is."""
    name: str = request.param
    return name


@pytest.fixture
def workflow_commands() -> Callable[[str], list[tuple[str, dict[str, str], str]]]:
    """Return the commands that GitHub's runner sees in a log."""
    return lambda text: list(_workflow_commands(text))


@pytest.fixture
def render_markdown() -> Callable[[str], str]:
    """Return Markdown as HTML."""
    pytest.importorskip("markdown_it", reason="Markdown is rendered with markdown-it-py")
    return _render_markdown


@pytest.fixture
def parse_page() -> Callable[[str], _Page]:
    """Return the elements and texts of a page of HTML."""
    return _Page


@pytest.fixture
def hostile(diagnose: Callable[..., Diagnostic]) -> Result:
    """Return a file whose name, text and findings try to be something else in every format."""
    diagnostic = diagnose(
        _HOSTILE, _HOSTILE, message=_HOSTILE, advice=_HOSTILE, landmark=_HOSTILE, suggestions=(_HOSTILE,),
        url="javascript:alert(1)\x1b", fix=Fix(safe=True, edits=(Edit(0, 5, _HOSTILE),)),
        references=(Reference(_HOSTILE, _HOSTILE, _HOSTILE, "javascript:alert(1)"),),
    )  # fmt: skip
    return Result(
        path='a,b%: |`*<b onload="x">&amp; #1 @you.md', source=_HOSTILE, diagnostics=(diagnostic,),
        suppressed=(Suppressed(diagnostic, _HOSTILE),), errors=(_HOSTILE,), notes=(_HOSTILE,),
    )  # fmt: skip


_HOSTILE = (
    "a\x00\x07\x1b[2J\x9b \u202e\u2028\x85\ufffe\ud83d 💊 ]]> --> </script><img src=x onerror=alert(1)> &lt; %0A%25 "
    "| a | **b** _c_ `d` ![e](https://example.org/e.png) [f](javascript:f) @you #12 !34 ~label www.example.org "
    "https://example.org you@example.org <!-- x -->\n::error file=x::y\r\n##vso[task.complete]\r##[error]z\n\n"
    "# Heading\n- item\n</blockquote></article></section><h2>own</h2>"
)


@pytest.fixture
def parse_xml() -> Callable[[str], Any]:
    """Return the root of a document of XML, which a strict parser took."""
    return _parse_xml
