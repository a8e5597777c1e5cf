"""How fast healthlint is, as ratios to its peers in the same run.

    python tests/benchmarks/speed.py FOLDER

FOLDER holds documents. Prints MB/s on one core for its Markdown, text and HTML; proselint on a part of the same text;
and the time for one 6 kB file as a multiple of ``python -c pass``. Machines are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from healthlint.config import Config
from healthlint.session import Session

_PEER_SHARE = 300_000
_RUNS = 9


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".md", ".txt", ".html"})
    session = Session(Config())
    session.check("warm-up.md", b"# Warm up\n\nA sentence.\n")
    plain = [path for path in paths if path.suffix != ".html"]
    ours = _throughput(session, "Markdown and text", plain)
    _throughput(session, "HTML", [path for path in paths if path.suffix == ".html"])
    _peer(ours, plain)
    _start(plain)


def _throughput(session: Session, name: str, paths: list[Path]) -> float:
    pages = [(path.name, path.read_bytes()) for path in paths]
    size = sum(len(data) for _, data in pages) / 1e6
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = sum(len(session.check(name, data).diagnostics) for name, data in pages)
        best = min(best, time.perf_counter() - start)
    print(f"{name}: {size:.1f} MB in {len(pages)} files, {found} findings, {size / best:.2f} MB/s (best of 3)")
    return size / best


def _peer(ours: float, paths: list[Path]) -> None:
    try:
        import proselint  # noqa: F401
    except ImportError:
        print("proselint: not installed")
        return
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    text, size = "", 0
    for path in paths:
        if size < _PEER_SHARE:
            text += path.read_text("utf-8", "replace") + "\n\n"
            size = len(text)
    start = time.perf_counter()
    LintFile("corpus", text).lint()
    speed = size / 1e6 / (time.perf_counter() - start)
    print(
        f"proselint on {size / 1e6:.1f} MB of the same text: {speed:.2f} MB/s; healthlint is {ours / speed:.1f} times as fast"
    )


def _start(paths: list[Path]) -> None:
    page = min(paths, key=lambda path: abs(path.stat().st_size - 6000))
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "HEALTHLINT_CACHE_DIR": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = os.path.join(os.path.dirname(sys.executable), "healthlint")
        check = [command, "check", "--no-config", "--exit-zero", str(page)]
        subprocess.run(check, env=environment, stdout=subprocess.DEVNULL, check=True)
        ours = _median(check, environment)
        bare = _median([sys.executable, "-c", "pass"], environment)
    print(
        f"one file of {page.stat().st_size} bytes: {1000 * ours:.0f} ms, {ours / bare:.1f} times python -c pass "
        f"({1000 * bare:.0f} ms), medians of {_RUNS}"
    )


def _median(command: list[str], environment: dict[str, str]) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
