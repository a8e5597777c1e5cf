"""pygls, but for what it leaves unanswered: bad messages, and requests that come too early or too late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from collections.abc import Generator

PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS, NOT_INITIALIZED = -32700, -32600, -32602, -32002
_LONGEST_MESSAGE = 64 << 20  # bytes


class RefusedError(Exception):
    """Raised when a message was answered with an error, and nothing more is to be done about it."""


class Protocol(LanguageServerProtocol):
    """Keeps no texts of its own: pygls ends lines where an editor does not (at U+2028, form feeds and NEL)."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand the text to our handler alone."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand the change to our handler alone."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand the close to our handler alone."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked for the end."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return the message of *data*; a request that cannot be understood is answered, which pygls does not do."""
        if "jsonrpc" not in data:
            return data
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" not in data or "id" not in data:
                raise
            self.refuse(data["id"], INVALID_PARAMS, f"the parameters of '{data['method']}' are not those of LSP 3.17")
            raise RefusedError from error

    def handle_message(self, message: Any) -> None:
        """Handle a message; a request before the start or after the end is answered, which pygls does not do."""
        method = getattr(message, "method", None)
        if not hasattr(message, "jsonrpc"):
            self.refuse(None, INVALID_REQUEST, "not a message of JSON-RPC 2.0")
            return
        is_early = self._workspace is None and method not in {None, types.INITIALIZE, types.EXIT}
        is_late = self.is_shut_down and method not in {None, types.EXIT}
        if not is_early and not is_late:
            super().handle_message(message)
        elif hasattr(message, "id"):
            code, said = (NOT_INITIALIZED, "not initialized") if is_early else (INVALID_REQUEST, "shut down")
            self.refuse(message.id, code, f"the server is {said}")

    def refuse(self, request: Any, code: int, message: str) -> None:
        """Answer a request, None for one whose id is not known, with an error."""
        self._send_response(request, error=types.ResponseError(code, message))


class Input:
    """Standard input of which no message is longer than 64 MiB: memory is reserved for what a header announces."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """Return the next line of a header."""
        return self._stream.readline(1 << 16)

    def read(self, size: int) -> bytes:
        """Return *size* bytes, or none, which ends the server, where that is too much."""
        return self._stream.read(size) if size <= _LONGEST_MESSAGE else b""
