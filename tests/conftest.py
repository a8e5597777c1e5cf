"""What several tests share: snapshots, and diagnostics made by hand."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from healthlint.builder import TextBuilder
from healthlint.diagnostic import Also, Diagnostic, Edit, Fix, Readability, Reference, Result, RunInfo, Suppressed
from healthlint.entities import Vocabulary
from healthlint.errors import UnreachableError
from healthlint.languagetool_server import local_server
from healthlint.library import Library
from healthlint.registry import load_part
from healthlint.rulefiles import read_rule_files
from healthlint.rulefolder import find_rule_files
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from healthlint.document import Block

_SNAPSHOTS = Path(__file__).parent / "snapshots"
_LANGUAGETOOL = os.environ.get("HEALTHLINT_LANGUAGETOOL", "")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the rules that tests read apart from the user's cache, and start LanguageTool for none but its own tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEALTHLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("HEALTHLINT_LANGUAGETOOL", raising=False)
        patch.setenv("LTP_PATH", str(tmp_path_factory.mktemp("no-languagetool")))
        yield


@pytest.fixture(scope="session")
def languagetool_folder() -> str:
    """Return the folder of a real LanguageTool."""
    if not _LANGUAGETOOL:
        pytest.skip('no LanguageTool: eval "$(bash .ci/languagetool)" gets it')
    pytest.importorskip("language_tool_python", reason="language-tool-python is not installed")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError:
        pytest.skip("no network on this machine, not even to itself")
    return _LANGUAGETOOL


@pytest.fixture(scope="session")
def languagetool(languagetool_folder: str) -> Iterator[str]:
    """Return the address of a real LanguageTool, one for all tests."""
    server = local_server(languagetool_folder)
    try:
        yield server.url()
    except UnreachableError as error:
        pytest.skip(f"LanguageTool does not start here: {error}")
    finally:
        server.stop()


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    """Return an HTTP server that answers as a test says, in the place of LanguageTool."""
    pytest.importorskip("language_tool_python", reason="language-tool-python is not installed")
    server = FakeServer()
    with server.running():
        try:
            socket.create_connection(server.server_address, timeout=1).close()
        except OSError:
            pytest.skip("no network on this machine, not even to itself")
        yield server


@pytest.fixture
def build() -> Callable[[str], Block]:
    """Return a source text as one paragraph."""

    def one_paragraph(source: str) -> Block:
        builder = TextBuilder()
        builder.add(source, 0)
        block = builder.build("paragraph")
        assert block is not None
        return block

    return one_paragraph


@pytest.fixture
def write_files(tmp_path: Path) -> Callable[[Mapping[str, str]], str]:
    """Write files below a folder, and return the folder."""

    def write(files: Mapping[str, str]) -> str:
        folder = tmp_path / "house-rules"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return str(folder)

    return write


@pytest.fixture
def rule_yaml() -> Callable[..., str]:
    """Write a rule that finds "cure", with *changes* to its keys; None leaves a key out."""

    def write(**changes: Any) -> str:
        keys = {key.rstrip("_").replace("_", "-"): value for key, value in changes.items()}
        return json.dumps({key: value for key, value in {**_RULE, **keys}.items() if value is not None}, indent=1)

    return write


@pytest.fixture
def make_library(write_files: Callable[[Mapping[str, str]], str]) -> Callable[[Mapping[str, str]], Library]:
    """Read rule files into a library of their own, without the rules that come with healthlint."""

    def make(files: Mapping[str, str]) -> Library:
        contents = read_rule_files(find_rule_files([write_files({_DEFAULT_PROFILE: "summary: Default", **files})]))
        return Library(contents.rules, Vocabulary(contents.entities), contents.profiles, "0" * 64)

    return make


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a text to the file of that name; HEALTHLINT_UPDATE_SNAPSHOTS=1 writes the file instead."""

    def compare(text: str, name: str) -> None:
        path = _SNAPSHOTS / name
        if os.environ.get("HEALTHLINT_UPDATE_SNAPSHOTS") == "1":
            path.write_bytes(text.encode())
        assert path.is_file(), f"no snapshot {name}; run with HEALTHLINT_UPDATE_SNAPSHOTS=1 and read what it writes"
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture
def diagnose() -> Callable[..., Diagnostic]:
    """Make a diagnostic about the first place where *source* says *excerpt*."""
    return _diagnose


@pytest.fixture
def render() -> Callable[..., str]:
    """Run a reporter over results and return what it wrote."""

    def write(reporter: str, *results: Result, **run: Any) -> str:
        stream = io.StringIO()
        load_part("reporters", reporter).report(iter(results), stream, make_run(**run))
        return stream.getvalue()

    return write


@pytest.fixture
def run() -> RunInfo:
    """What holds for a run of 143 rules."""
    return make_run()


@pytest.fixture
def leaflet() -> Result:
    """Every kind of thing that can be said about a file."""
    return Result(
        path="leaflet.md",
        format="markdown",
        source=_LEAFLET,
        words=61,
        diagnostics=_leaflet_diagnostics(),
        suppressed=(Suppressed(_diagnose(_LEAFLET, "best", rule="claims/superlative"), "the name of the award"),),
        baselined=2,
        readability=Readability(6.2, None, 56, 5, rough=True, left_out=(("headings", 5),)),
        notes=("read as windows-1252, not UTF-8",),
    )


@pytest.fixture
def broken() -> Result:
    """A file that could not be read."""
    return Result("broken.docx", errors=("not a Word document; save it as .docx again",))


class FakeServer(ThreadingHTTPServer):
    """What stands in for LanguageTool: answers with *status*, *headers* and *body*, or not at all once it ``hangs``.

    ``asked`` are the texts that it was sent, each with its language.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _FakeHandler)
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body: Callable[[str], bytes] = lambda text: _answer(text, ())
        self.hangs = False
        self.over = Event()
        self.asked: list[tuple[str, str]] = []
        self.fields: dict[str, list[str]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[FakeServer]:
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self.shutdown()
            thread.join()
            self.server_close()

    def reports(self, *slips: tuple[str, str, str], **more: Any) -> None:
        """Report each of *slips*, a word with a rule and its category, wherever it stands in the text."""
        self.body = lambda text: _answer(text, slips, **more)


class _FakeHandler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_GET(self) -> None:
        languages = [{"name": "English", "code": "en", "longCode": code} for code in ("en", "en-GB", "en-US")]
        self._send(200, json.dumps(languages).encode(), {})

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.fields = parse_qs(data.decode())
        text, language = self.server.fields["text"][0], self.server.fields["language"][0]
        self.server.asked.append((text, language))
        if self.server.hangs:
            self.server.over.wait()
        self._send(self.server.status, self.server.body(text), self.server.headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def _answer(text: str, slips: tuple[tuple[str, str, str], ...], **more: Any) -> bytes:
    matches = []
    for word, rule, category in slips:
        at = text.find(word)
        while at >= 0:
            units = [len(part.encode("utf-16-le")) // 2 for part in (text[:at], word)]
            matches.append({
                "message": "This is odd.", "replacements": [{"value": "other"}], "offset": units[0],
                "length": units[1], "rule": {"id": rule, "category": {"id": category}},
            })  # fmt: skip
            at = text.find(word, at + len(word))
    return json.dumps({"matches": matches, **more}).encode()


_DEFAULT_PROFILE = "profiles/public-web.yaml"
_RULE: Mapping[str, Any] = {
    "summary": "A cure",
    "concern": "absolute",
    "severity": "warning",
    "message": "'{match}' promises too much.",
    "advice": "Say what it can do.",
    "why": "Few things cure.",
    "references": [{"title": "Fraud", "publisher": "FDA", "year": 2023, "url": "https://example.org"}],
    "check": "pattern",
    "pattern": "cure",
    "examples": [
        {"flag": "A «cure»."},
        {"flag": "They «cure» it."},
        {"pass": "It helps."},
        {"pass": "It may help."},
        {"pass": "It does not help."},
    ],
}
_LEAFLET = """\
# Our best hay fever tips

Hay fever affects about 1% of women. It always
goes away by itself.

Take 5.0 mg 薬を飲む 💊 once, then utilize a spray. In the spring, when the trees are in flower and the wind is dry, \
four in ten adults see their doctor about it, and many of them do so more than once before the summer has come.
"""


def make_run(**changes: Any) -> RunInfo:
    """Return a run of 143 rules with *changes*."""
    return RunInfo(**{"version": "0.1.0", "rulebook": "sha256:5eed", "rules": 143, **changes})


def _leaflet_diagnostics() -> tuple[Diagnostic, ...]:
    utilize = _LEAFLET.index("utilize")
    fix = Fix(safe=True, edits=(Edit(utilize, utilize + len("utilize"), "use"),))
    return (
        _diagnose(_LEAFLET, "about 1% of women"),
        _diagnose(
            _LEAFLET,
            "always\ngoes away",
            rule="certainty/absolute-outcome",
            concern="absolute",
            message="'always\ngoes away' leaves no room for the people it does not hold for.",
            advice="Say how often, and for whom.",
            also=(Also("certainty/stacked", "hedging", "5eed"), Also("claims/reversal", "efficacy", "5eee")),
        ),
        _diagnose(
            _LEAFLET,
            "5.0 mg",
            rule="medication/trailing-zero-dose",
            concern="dose-notation",
            severity="error",
            message="'5.0 mg' can be misread as 50 mg.",
            advice="Write the dose without the zero.",
            suggestions=("5 mg",),
            url="https://example.org/trailing-zero-dose",
        ),
        _diagnose(
            _LEAFLET,
            "utilize",
            rule="words/utilize",
            concern="words",
            severity="info",
            message="'utilize' is a long word.",
            advice="",
            suggestions=("use", ""),
            fix=fix,
        ),
        _diagnose(_LEAFLET, "four in ten adults", landmark="page 3"),
    )


def _diagnose(source: str, excerpt: str, **changes: Any) -> Diagnostic:
    start = source.index(excerpt)
    end = start + len(excerpt)
    lines = LineIndex(source)
    return Diagnostic(
        **{
            "rule": "evidence/unsourced-statistic",
            "concern": "statistic",
            "severity": "warning",
            "message": f"'{excerpt}' has no source.",
            "advice": "Name or link the study or body that this figure comes from, with its year. "
            "Without it no reader can tell how old the number is.",
            "excerpt": excerpt,
            "span": Span(start, end),
            "start": lines.position(start),
            "end": lines.position(end),
            "references": (Reference("Finding out", "NHS", "2023", "https://example.org/finding"),),
            "fingerprint": f"{len(excerpt):08x}",
            **changes,
        }
    )
