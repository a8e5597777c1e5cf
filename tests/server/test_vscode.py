"""The extension for VS Code: packaged by VS Code's own tool, and its client library against the server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls: pip install 'healthlint[lsp]'")

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "examples" / "editors" / "vscode"
_FOLDER = os.environ.get("HEALTHLINT_VSCODE", "")


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    """Have a copy of the extension with what ``npm install`` gives it."""
    if not _FOLDER:
        pytest.skip("needs the packages that .ci/vscode fetches (HEALTHLINT_VSCODE)")
    copy = Path(shutil.copytree(EXTENSION, tmp_path / "vscode"))
    source = Path(_FOLDER, "node_modules")
    waiting = ["vscode-languageclient"]
    while waiting:
        name = waiting.pop()
        target = copy / "node_modules" / name
        if not target.exists():
            shutil.copytree(source / name, target)
            waiting += json.loads((target / "package.json").read_text()).get("dependencies", {})
    return copy


def test_extension_is_packaged_with_what_it_needs(extension: Path) -> None:
    vsce = Path(_FOLDER, "node_modules", "@vscode", "vsce", "vsce")
    command = ["node", str(vsce), "package", "--allow-missing-repository", "-o", "healthlint.vsix"]

    done = subprocess.run(command, cwd=extension, capture_output=True, encoding="utf-8", check=False, timeout=120)

    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(extension / "healthlint.vsix") as package:
        names = set(package.namelist())
    assert {"extension/extension.js", "extension/package.json", "extension/LICENSE.txt"} <= names
    assert "extension/node_modules/vscode-languageclient/package.json" in names


def test_settings_of_the_extension_are_settings_that_the_server_knows() -> None:
    from healthlint.server.checking import Checking

    properties = json.loads((EXTENSION / "package.json").read_text())["contributes"]["configuration"]["properties"]

    Checking({name.partition(".")[2]: value["default"] for name, value in properties.items()})


def test_client_library_of_the_extension_understands_the_server(extension: Path) -> None:
    script = extension / "try.js"
    script.write_text("""
        const { spawn } = require("child_process");
        const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } =
          require("vscode-languageserver-protocol/node");
        const [command, ...args] = JSON.parse(process.argv[2]);
        const server = spawn(command, args);
        const connection = createProtocolConnection(
          new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
        connection.onNotification("textDocument/publishDiagnostics", async (params) => {
          console.log(JSON.stringify(params.diagnostics));
          await connection.sendRequest("shutdown");
          connection.sendNotification("exit");
        });
        server.on("exit", (code) => process.exit(code));
        connection.listen();
        (async () => {
          await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
          await connection.sendNotification("initialized", {});
          await connection.sendNotification("textDocument/didOpen", { textDocument: {
            uri: "untitled:a", languageId: "markdown", version: 1, text: "\\u{1f48a} Take 1.0 mg at night." } });
        })();
    """)
    server = json.dumps([sys.executable, "-m", "healthlint", "server", "--stdio"])

    done = subprocess.run(
        [shutil.which("node") or "node", "try.js", server],
        cwd=extension,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    (dose,) = (each for each in json.loads(done.stdout) if each["code"] == "medication/trailing-zero")
    assert dose["range"] == {"start": {"line": 0, "character": 8}, "end": {"line": 0, "character": 14}}
