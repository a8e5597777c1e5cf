"""The server itself: which message does what. One thread lints; the loop only listens and answers."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from healthlint._version import __version__
from healthlint.diagnostic import Result
from healthlint.errors import HealthlintError
from healthlint.server.abilities import Abilities, abilities_of
from healthlint.server.checking import Checking, name_of
from healthlint.server.hovers import hover
from healthlint.server.offers import EXPLAIN, FIX_ALL, code_actions, versioned
from healthlint.server.opened import Opened, opened
from healthlint.server.protocol import PARSE_ERROR, Input, Protocol, RefusedError
from healthlint.server.published import diagnostics_of
from healthlint.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from healthlint.rulebook import Rulebook

_T = TypeVar("_T")
_DEBOUNCE_S = 0.2
_WATCHED = ("**/healthlint.toml", "**/.healthlint.toml", "**/pyproject.toml", "**/*.{yaml,yml,csv}")
_WATCHING = "healthlint-watching"


class _Checked(NamedTuple):
    """The result of a text, None where it is none of ours, and the settings it was made with, by number."""

    opened: Opened
    settings: int
    result: Result | None


class _Server(LanguageServer):
    """pygls that answers what it cannot read instead of showing a box in the editor."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        if isinstance(error, RefusedError):
            return
        if isinstance(error, ValueError) and not isinstance(error, JsonRpcException):
            cast("Protocol", self.protocol).refuse(None, PARSE_ERROR, "not JSON")
        elif source is not JsonRpcException:
            super().report_server_error(error, source)


class Service:
    """A language server for one client."""

    def __init__(self) -> None:
        self.server = _Server(
            "healthlint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            converter_factory=_converter,
            max_workers=2,
        )
        self._checking = Checking()
        self._settings = 0
        self._texts: dict[str, Opened] = {}
        self._checked: dict[str, _Checked] = {}
        self._due: dict[str, asyncio.Task[None]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._register()

    def run(self, stdin: BinaryIO, stdout: BinaryIO) -> int:
        """Serve until the client ends it; return the exit code that LSP asks for, 1 for an end without shutdown."""
        own = os.fdopen(os.dup(stdout.fileno()), "wb")  # pygls closes it at the end
        self.server.start_io(cast("BinaryIO", Input(stdin)), own)
        self._worker.shutdown(wait=False, cancel_futures=True)
        return 0 if cast("Protocol", self.server.protocol).is_shut_down else 1

    def _register(self) -> None:
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
        pull = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False)
        for name, handler, options in (
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._initialized, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self._did_open, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._did_change, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._did_close, None),
            (types.TEXT_DOCUMENT_DIAGNOSTIC, self._diagnostic, pull),
            (types.TEXT_DOCUMENT_CODE_ACTION, self._code_action, kinds),
            (types.TEXT_DOCUMENT_HOVER, self._hover, None),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._did_change_configuration, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._did_change_watched_files, None),
        ):
            self.server.feature(name, options)(partial(handler))  # pygls marks what it is given
        self.server.command(EXPLAIN)(partial(self._explain))

    @property
    def _encoding(self) -> str:
        return types.PositionEncodingKind(self.server.workspace.position_encoding or "utf-16").value

    @property
    def _client(self) -> Abilities:
        return abilities_of(self.server.client_capabilities)

    def _initialize(self, params: types.InitializeParams) -> None:
        options = params.initialization_options
        self._set(options if isinstance(options, dict) else {})

    async def _initialized(self, _params: types.InitializedParams) -> None:
        self._worker.submit(self._warm_up)
        if self._client.has_settings:
            given = await self._asked_settings()
            if given:
                self._set(given)
                await self._check_anew()
        if self._client.watches:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration(_WATCHING, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            with suppress(JsonRpcException):  # a client that refuses is asked no more
                await self.server.client_register_capability_async(types.RegistrationParams([registration]))

    def _warm_up(self) -> None:
        """Load the rules before the first text comes; what is wrong with them is told with that text."""
        with suppress(HealthlintError):
            self._checking.session.rulebook(self._checking.session.base_config(os.getcwd())).scan  # noqa: B018

    def _set(self, options: Mapping[str, Any]) -> None:
        """Use the settings of the editor; where they mean nothing, say so and go on without them."""
        try:
            self._checking = Checking(options)
        except HealthlintError as error:
            self._checking = Checking()
            self._tell(str(error), types.MessageType.Error)
        self._settings += 1

    def _tell(self, message: str, kind: types.MessageType) -> None:
        self.server.window_show_message(types.ShowMessageParams(kind, f"healthlint: {message}"))

    def _did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        text = opened(params.text_document, self._encoding)
        self._texts[text.uri] = text
        self._schedule(text.uri, 0)

    def _did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        if uri in self._texts:
            self._texts[uri] = self._texts[uri].changed(params.content_changes, version, self._encoding)
            self._schedule(uri, _DEBOUNCE_S)

    def _did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        self._texts.pop(uri, None)
        self._checked.pop(uri, None)
        due = self._due.pop(uri, None)
        if due:
            due.cancel()
        if not self._client.pulls:
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _schedule(self, uri: str, delay_s: float) -> None:
        """Publish what is found in a text once its writer pauses; the client that pulls does that itself."""
        if self._client.pulls:
            return
        if uri in self._due:
            self._due[uri].cancel()
        self._due[uri] = asyncio.ensure_future(self._publish(uri, delay_s))

    async def _publish(self, uri: str, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        checked = await self._current(uri)
        if checked is not None:
            found = diagnostics_of(checked.result, checked.opened.places) if checked.result else []
            self.server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, found, version=checked.opened.version)
            )

    async def _current(self, uri: str) -> _Checked | None:
        """Return what is found in a text as it now stands, or None once it is closed; older versions are dropped."""
        while (text := self._texts.get(uri)) is not None:
            checked = self._checked.get(uri)
            if checked and checked.opened is text and checked.settings == self._settings:
                return checked
            settings = self._settings
            result = await self._work(lambda text=text: self._check(text))  # type: ignore[misc]
            if self._texts.get(uri) is text and settings == self._settings:
                self._checked[uri] = _Checked(text, settings, result)
        return None

    async def _work(self, do: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, do)

    def _check(self, text: Opened) -> Result | None:
        try:
            return self._checking.result(text)
        except Exception as error:  # noqa: BLE001  one text that we fail on must not end the server
            return Result(path=name_of(text), errors=(f"healthlint failed on it ({type(error).__name__}); report it",))

    def _text(self, uri: str) -> Opened:
        try:
            return self._texts[uri]
        except KeyError:
            raise JsonRpcInvalidParams(f"'{uri}' is not open") from None

    async def _diagnostic(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        self._text(params.text_document.uri)
        checked = await self._current(params.text_document.uri)
        result_id = f"{checked.settings}.{checked.opened.version}" if checked else ""
        if checked and params.previous_result_id == result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
        found = diagnostics_of(checked.result, checked.opened.places) if checked and checked.result else []
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=result_id or None)

    async def _code_action(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        self._text(params.text_document.uri)
        checked = await self._current(params.text_document.uri)
        if checked is None or checked.result is None:
            return []
        text, result, only = checked.opened, checked.result, params.context.only or ()
        actions = await self._work(lambda: code_actions(text, result, params.range, only, self._checking))
        return [versioned(action, text) for action in actions] if self._client.knows_versions else actions

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        self._text(params.text_document.uri)
        checked = await self._current(params.text_document.uri)
        if checked is None or checked.result is None:
            return None
        text, result, markdown = checked.opened, checked.result, self._client.reads_markdown
        rulebook = self._rulebook(text)
        return await self._work(lambda: hover(text, result, params.position, rulebook, markdown=markdown))

    def _rulebook(self, text: Opened) -> Rulebook | None:
        session: Session = self._checking.session
        try:
            return session.rulebook(session.config(name_of(text)))
        except HealthlintError:  # published with the text
            return None

    async def _explain(self, rule: str) -> None:
        try:
            found = self._checking.session.library(self._checking.session.base_config(os.getcwd())).rule(rule)
        except HealthlintError as error:
            raise JsonRpcInvalidParams(str(error)) from error
        text = found.text
        sources = "; ".join(f"{each.title} {each.url}".strip() for each in text.references)
        parts = (text.summary, text.why, text.advice, f"Sources: {sources}")
        self._tell(f"{found.id}\n" + "\n".join(" ".join(part.split()) for part in parts), types.MessageType.Info)

    async def _did_change_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        given: Any = params.settings.get("healthlint") if isinstance(params.settings, dict) else None
        if self._client.has_settings:
            given = await self._asked_settings()
        self._set(given if isinstance(given, dict) else {})
        await self._check_anew()

    async def _asked_settings(self) -> dict[str, Any]:
        """Return what the client says of healthlint when it is asked; nothing where it says nothing."""
        items = [types.ConfigurationItem(section="healthlint")]
        given: Any = None
        with suppress(JsonRpcException):
            given = await self.server.workspace_configuration_async(types.ConfigurationParams(items))
        return given[0] if isinstance(given, list) and given and isinstance(given[0], dict) else {}

    async def _did_change_watched_files(self, _params: types.DidChangeWatchedFilesParams) -> None:
        self._checking.reload()
        self._settings += 1
        await self._check_anew()

    async def _check_anew(self) -> None:
        if not self._client.pulls:
            for uri in self._texts:
                self._schedule(uri, 0)
        elif self._client.is_refreshed:
            with suppress(JsonRpcException):
                await self.server.workspace_diagnostic_refresh_async(None)


def _converter() -> Any:
    from pygls.protocol import default_converter

    return default_converter()  # type: ignore[no-untyped-call]
