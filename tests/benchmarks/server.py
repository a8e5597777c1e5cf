"""How long the language server takes: to answer the start, to check what is opened, to follow a burst of keys.

    python tests/benchmarks/server.py FILE.md

FILE is a page of running text; it is repeated or cut to the sizes. Medians and spans of several runs, in milliseconds; beside
them what the linter alone takes for the same text in this process, so that machines can be compared.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from healthlint.session import Session

SIZES = {"10 kB": 10_000, "100 kB": 100_000}
RUNS = 15


class Client:
    """Talks to one server over its pipes."""

    def __init__(self, folder: str) -> None:
        command = [sys.executable, "-m", "healthlint", "server"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while (line := self.process.stdout.readline()).strip():
            if line.startswith(b"Content-Length"):
                length = int(line.split(b":")[1])
        return dict(json.loads(self.process.stdout.read(length)))

    def start(self) -> None:
        self.send(id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": {}})
        self.read()
        self.send(method="initialized", params={})

    def published(self, version: int) -> dict[str, Any]:
        while True:
            message = self.read()
            if (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"].get("version") == version
            ):
                return message


def opened(client: Client, uri: str, text: str) -> float:
    started = time.perf_counter()
    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    client.send(method="textDocument/didOpen", params={"textDocument": item})
    client.published(1)
    return 1000 * (time.perf_counter() - started)


def burst(client: Client, uri: str) -> float:
    started = time.perf_counter()
    for version in range(2, 502):
        at = {"line": 0, "character": 0}
        change = {"range": {"start": at, "end": at}, "text": "a"}
        document = {"uri": uri, "version": version}
        client.send(method="textDocument/didChange", params={"textDocument": document, "contentChanges": [change]})
    client.published(501)
    return 1000 * (time.perf_counter() - started)


def line(name: str, times: list[float], target: str = "") -> None:
    print(f"{name:42} median {statistics.median(times):7.0f} ms  ({min(times):.0f} to {max(times):.0f}) {target}")


def main() -> None:
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        starts = []
        for _ in range(5):
            started = time.perf_counter()
            client = Client(folder)
            client.start()
            starts.append(1000 * (time.perf_counter() - started))
            client.process.kill()
        line("start to the answer to initialize", starts, "target 600")
        client = Client(folder)
        client.start()
        session = Session()
        for name, size in SIZES.items():
            text = (source * (1 + size // len(source)))[:size]
            uri = (Path(folder) / f"{size}.md").as_uri()
            for _ in range(2):
                opened(client, uri, text)
                session.check("a.md", text.encode())
            line(
                f"didOpen to diagnostics, {name}",
                [opened(client, uri, text) for _ in range(RUNS)],
                f"target {150 if size == 10_000 else 800}",
            )
            alone = []
            for _ in range(RUNS):
                started = time.perf_counter()
                session.check("a.md", text.encode())
                alone.append(1000 * (time.perf_counter() - started))
            line(f"  the linter alone, {name}", alone)
            line(f"500 changes in a burst, {name}", [burst(client, uri)])
            client.send(method="textDocument/didClose", params={"textDocument": {"uri": uri}})
        client.process.kill()


if __name__ == "__main__":
    main()
