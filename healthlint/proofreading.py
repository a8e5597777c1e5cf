"""What LanguageTool says of a document, asked once for each block and language, before any rule looks at it."""

from __future__ import annotations

import re
import time
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from healthlint.errors import LanguageToolError, UnreachableError
from healthlint.languagetool import LanguageTool, is_here
from healthlint.languagetool_server import LocalServer, find_folder, local_server
from healthlint.slip import SLIPS, SPELLING, Slip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from healthlint.document import Block, Document
    from healthlint.settings import Grammar

_ENGLISHES = frozenset({"en-GB", "en-US", "en-AU", "en-CA", "en-NZ", "en-ZA"})
_EITHER = ("en-GB", "en-US")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_MOST_KEPT = 20_000  # blocks: a few megabytes; then all are asked anew
_REST_S = 30  # before a server that did not answer is asked again
_LONGEST = 20_000  # characters in one request
_ENOUGH_WORDS = 60
_FOREIGN = 0.25  # of English medical pages LanguageTool does not know one word in ten


class Reading(NamedTuple):
    """What is to be said of the reading itself: why it was not done, or not whole."""

    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Server:
    """A LanguageTool, at *address* or started from *folder*, and what it has said so far, by the hash of the text."""

    def __init__(self, address: str, folder: str, enabled: tuple[str, ...], timeout_s: float) -> None:
        self._address = address
        self._folder = folder
        self._enabled = enabled
        self._timeout_s = timeout_s
        self._tool: LanguageTool | None = None
        self._local: LocalServer | None = None
        self._said: dict[bytes, tuple[Slip, ...]] = {}
        self._failure = ""
        self._rests_until = 0.0

    @property
    def started(self) -> tuple[str, str] | None:
        """The folder and the address of what was started on this machine, or None."""
        return (self._local.folder, self._tool.url) if self._local and self._tool else None

    def check(self, text: str, language: str) -> tuple[Slip, ...]:
        """Return what LanguageTool says of *text*; a text that it has seen is not sent again."""
        key = sha256(f"{language}\0{text}".encode("utf-8", "replace")).digest()
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = tuple(self._ask(text, language))
            if len(self._said) > _MOST_KEPT:
                self._said.clear()
        return said

    def open(self) -> LanguageTool:
        """Return the client, the server behind it running; raise UnreachableError."""
        if not self._address and self._local is None:
            self._local = local_server(find_folder(self._folder))
        url = self._local.url() if self._local else self._address
        if self._tool is None or self._tool.url != url:
            self._tool = LanguageTool(url, enabled=self._enabled, timeout_s=self._timeout_s)
        return self._tool

    def _ask(self, text: str, language: str) -> Iterator[Slip]:
        if time.monotonic() < self._rests_until:
            raise UnreachableError(self._failure)
        try:
            tool = self.open()
            for start, part in _parts(_SURROGATE.sub("\ufffd", text)):
                for slip in tool.check(part, language):
                    yield slip._replace(start=start + slip.start, end=start + slip.end)
        except UnreachableError as error:
            self._failure, self._rests_until = str(error), time.monotonic() + _REST_S
            raise


@cache
def server(address: str, folder: str, enabled: tuple[str, ...], timeout_s: float) -> Server:
    """Return the server for these settings, one for the whole process."""
    return Server(address, folder, enabled, timeout_s)


class Proofreader:
    """Asks LanguageTool about documents, as *settings* say, and leaves what it says in the memo of each block."""

    def __init__(self, settings: Grammar) -> None:
        self.settings = settings
        self.server = server(settings.server, settings.folder, settings.enable, settings.timeout)
        self._words = frozenset(map(str.casefold, settings.words))

    @property
    def announcement(self) -> str:
        """What is to be said at every run: where texts go, if that is not this machine; else ''."""
        url = self.settings.server
        if not url or is_here(url):
            return ""
        return f"grammar: the text of every page is sent to {url}, which is not this machine"

    def open(self) -> None:
        """Start or reach the server; raise LanguageToolError."""
        self.server.open().check("Ready.", "en-GB")

    def read(self, document: Document, kinds: Collection[str]) -> Reading:
        """Ask about the blocks of *kinds*; say what went wrong, if something did."""
        languages = _languages(document.locale)
        blocks = [block for block in document.blocks if block.kind in kinds] if languages else []
        words = unknown = 0
        try:
            for block in blocks:
                block.memo[SLIPS] = tuple(self._slips(block, languages))
                words += block.word_count
                unknown += sum(slip.category == SPELLING for slip in self.server.check(block.text, languages[0]))
                if words >= _ENOUGH_WORDS and unknown > _FOREIGN * words:
                    _forget(blocks)
                    return Reading(notes=("it does not seem to be in English, so grammar was not looked at",))
        except LanguageToolError as error:
            return Reading(errors=(str(error),))
        return Reading()

    def _slips(self, block: Block, languages: tuple[str, ...]) -> Iterable[Slip]:
        slips = [slip for slip in self.server.check(block.text, languages[0]) if self._is_wanted(slip, block)]
        for language in languages[1:] if slips else ():
            places = {(each.start, each.end, each.category) for each in self.server.check(block.text, language)}
            slips = [slip for slip in slips if (slip.start, slip.end, slip.category) in places]
        enabled = self.settings.enable
        return [slip._replace(is_default=False) if slip.rule in enabled else slip for slip in slips]

    def _is_wanted(self, slip: Slip, block: Block) -> bool:
        settings = self.settings
        if slip.category == SPELLING and block.text[slip.start : slip.end].casefold() in self._words:
            return False
        in_category = not settings.categories or slip.category in settings.categories
        return (in_category or slip.rule in settings.enable) and slip.rule not in settings.disable


def _languages(locale: str) -> tuple[str, ...]:
    """Return what to ask in: a slip must be one in all of them. None where the page is not in English."""
    if locale in _ENGLISHES:
        return (locale,)
    return _EITHER if not locale or locale.partition("-")[0] == "en" else ()


def _forget(blocks: Iterable[Block]) -> None:
    for block in blocks:
        block.memo.pop(SLIPS, None)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield *text* in parts that a server takes, cut where a sentence may end, each with where it starts."""
    start = 0
    while len(text) - start > _LONGEST:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        end = ends[-1] if ends else start + _LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]
