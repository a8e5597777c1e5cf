"""The capabilities of real editors, as pytest-lsp has them: one sentence, in the units that each one counts."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

pytest_lsp = pytest.importorskip("pytest_lsp", reason="needs pytest-lsp: pip install 'healthlint[test]'")
pytest.importorskip("pygls", reason="the language server needs pygls: pip install 'healthlint[lsp]'")

from lsprotocol import types  # noqa: E402  after the skips

ROOT = Path(__file__).parents[2]
TEXT = "A form\x0cfeed\u2028and \U0001f48a.\n\n\U0001f48a é Take 1.0 mg at night.\n"
CONFIG = pytest_lsp.ClientServerConfig(
    server_command=[sys.executable, "-m", "healthlint", "server"], server_env={**os.environ, "PYTHONPATH": str(ROOT)}
)
COLUMNS = {
    "visual_studio_code": ("utf-16", 10, 16),
    "neovim@0.7.0": ("utf-16", 10, 16),
    "neovim@0.11.0": ("utf-8", 13, 19),
    "emacs": ("utf-32", 9, 15),
}


@pytest_lsp.fixture(params=sorted(COLUMNS), config=CONFIG)
async def client(request: pytest.FixtureRequest, lsp_client: pytest_lsp.LanguageClient) -> AsyncIterator[Any]:
    """Start a session as the editor does."""
    capabilities = pytest_lsp.client_capabilities(request.param)
    lsp_client.profile = request.param
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _params: None)
    lsp_client.started = await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
    yield lsp_client
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_columns_are_in_the_units_that_the_editor_counts(client: Any, tmp_path: Path) -> None:
    encoding, start, end = COLUMNS[client.profile]
    uri = (tmp_path / "a.md").as_uri()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, types.LanguageKind.Markdown, 1, TEXT))
    )

    if client.capabilities.text_document.diagnostic:
        pulled = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        found = (await client.text_document_diagnostic_async(pulled)).items
    else:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = client.diagnostics[uri]

    (dose,) = (each for each in found if each.code == "medication/trailing-zero")
    assert client.started.capabilities.position_encoding == encoding
    assert dose.range == types.Range(types.Position(2, start), types.Position(2, end))
