"""What several tests share: snapshots, and diagnostics made by hand."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.diagnostic import Diagnostic, Edit, Fix, Readability, Reference, Result, RunInfo, Suppressed
from healthlint.registry import load_part
from healthlint.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Callable

_SNAPSHOTS = Path(__file__).parent / "snapshots"


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

    def write(reporter: str, *results: Result, **run: Any) -> str:  # noqa: ANN401
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
        readability=Readability(6.2, None, 58, 3),
        notes=("read as windows-1252, not UTF-8",),
    )


@pytest.fixture
def broken() -> Result:
    """A file that could not be read."""
    return Result("broken.docx", errors=("not a Word document; save it as .docx again",))


_LEAFLET = """\
# Our best hay fever tips

Hay fever affects about 1% of women. It always
goes away by itself.

Take 5.0 mg 薬を飲む 💊 once, then utilize a spray. In the spring, when the trees are in flower and the wind is dry, \
four in ten adults see their doctor about it, and many of them do so more than once before the summer has come.
"""


def make_run(**changes: Any) -> RunInfo:  # noqa: ANN401
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


def _diagnose(source: str, excerpt: str, **changes: Any) -> Diagnostic:  # noqa: ANN401
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
