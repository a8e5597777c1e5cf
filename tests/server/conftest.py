"""A client of the language server that sends what it likes: messages as they are on the wire."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytest.importorskip("pygls", reason="the language server needs pygls: pip install 'healthlint[lsp]'")

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "healthlint", "server"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


class Wire:
    """A server process, and what it has said that nobody has asked for yet."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=folder
        )
        self.folder = folder
        self.heard: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)

    def write(self, body: bytes, header: bytes | None = None) -> None:
        assert self.process.stdin
        self.process.stdin.write(header or b"Content-Length: %d\r\n\r\n" % len(body))
        self.process.stdin.write(body)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any = None) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def request(self, method: str, params: Any = None) -> dict[str, Any]:
        """Return the whole answer."""
        number = next(self._numbers)
        self.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        return self.hear(lambda message: message.get("id") == number and "method" not in message)

    def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next message that is *wanted*, keep the others, and agree to what the server asks."""
        while True:
            for message in self.heard:
                if wanted(message):
                    self.heard.remove(message)
                    return message
            message = self._read()
            if "method" in message and "id" in message:
                self.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode())
            self.heard.append(message)

    def published(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """Return the diagnostics that are published next for a text, or for a version of it."""
        message = self.hear(
            lambda each: (
                each.get("method") == "textDocument/publishDiagnostics"
                and each["params"]["uri"] == uri
                and (version is None or each["params"].get("version") == version)
            )
        )
        return list(message["params"]["diagnostics"])

    def start(self, *, options: Any = None, **capabilities: Any) -> dict[str, Any]:
        answer = self.request(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": capabilities, "initializationOptions": options},
        )
        self.notify("initialized", {})
        return dict(answer["result"])

    def open(self, name: str, text: str, language: str = "markdown") -> str:
        uri = (self.folder / name).as_uri()
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, version: int, *changes: dict[str, Any]) -> None:
        self.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        )

    @staticmethod
    def span(line: int, start: int, end: int) -> dict[str, Any]:
        """Return a range within one line."""
        return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}

    @staticmethod
    def command(folder: Path, *arguments: str) -> str:
        """Return what the command prints."""
        command = [sys.executable, "-m", "healthlint", *arguments]
        return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False).stdout.decode()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while (line := self.process.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, f"the server has ended: {self.process.stderr.read().decode() if self.process.stderr else ''}"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """Start a server in an empty folder."""
    wire = Wire(tmp_path)
    yield wire
    wire.process.kill()
    wire.process.communicate()
