"""A LanguageTool server, through language-tool-python: what it says of a text, or one line about what went wrong."""

from __future__ import annotations

import time
from array import array
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from healthlint.errors import LanguageToolError, UnreachableError
from healthlint.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from requests import Response

_MAX_ANSWER = 32_000_000  # bytes
_CHUNK = 65_536
_MEANINGS = {
    413: "says that the text is too long; raise its maxTextLength",
    429: "says that it was asked too often; start one on this machine",
}
_NO_LIBRARY = "grammar: no package language-tool-python; install it with: pip install 'healthlint[grammar]'"


def is_here(url: str) -> bool:
    """Say whether *url* is on this machine, whatever its port.

    >>> is_here("http://localhost:8081"), is_here("https://localhost.example.org")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class LanguageTool:
    """The LanguageTool server at *url*.

    *enabled* are rules of its own that are off unless asked for. No answer is waited for longer than *timeout_s*.
    """

    def __init__(self, url: str, *, enabled: Sequence[str] = (), timeout_s: float = 60) -> None:
        self.url = url
        self._enabled = frozenset(enabled)
        self._timeout_s = timeout_s
        self._tools: dict[str, Any] = {}

    def check(self, text: str, language: str) -> tuple[Slip, ...]:
        """Return what the server says of *text* in *language* ("en-GB"), by start; raise LanguageToolError."""
        answer = self._tool(language).matches(text)
        try:
            return tuple(sorted(_slips(answer, text)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._no_answer() from error

    def _tool(self, language: str) -> Any:
        if language not in self._tools:
            try:
                tool = _open(self.url, language, self._ask)
            except ImportError as error:
                raise UnreachableError(_NO_LIBRARY) from error
            except ValueError as error:
                raise LanguageToolError(f"{self.url}: has no '{language}'; add LanguageTool's English to it") from error
            except (AttributeError, TypeError) as error:  # from the library's own look at the list of languages
                raise self._no_answer() from error
            tool.enabled_rules = set(self._enabled)
            self._tools[language] = tool
        return self._tools[language]

    def _ask(self, url: str, fields: Mapping[str, str] | None) -> Any:
        """Return the JSON that the server answers to *fields*."""
        import requests

        try:
            return _exchange(url, fields, self._timeout_s)
        except requests.Timeout as error:
            waited = f"{self._timeout_s:g} seconds"
            raise UnreachableError(f"{self.url}: no answer in {waited}; raise 'timeout' under [grammar]") from error
        except requests.JSONDecodeError as error:
            raise self._no_answer() from error
        except requests.RequestException as error:
            raise UnreachableError(f"{self.url}: no LanguageTool answers; start it, or mend its address") from error
        except LanguageToolError as error:
            raise LanguageToolError(f"{self.url}: {error}") from error

    def _no_answer(self) -> LanguageToolError:
        return LanguageToolError(f"{self.url}: the answer is not LanguageTool's; check what listens there")


def _open(url: str, language: str, ask: Callable[[str, Mapping[str, str] | None], Any]) -> Any:
    """Return the library's client for *url*, its requests made by *ask*.

    The library would follow a redirect or a proxy with the text in hand, wait 300 seconds, and take what any server
    says for an answer. It shifts the start of a match for characters that are two units of UTF-16, and not its length.
    """
    import language_tool_python

    class Client(language_tool_python.LanguageTool):
        def _query_server(
            self, url: str, params: dict[str, str] | None = None, num_tries: int = 1, method: str = "get"
        ) -> Any:
            return ask(url, params)

        def matches(self, text: str) -> Any:
            return ask(urljoin(self.url, "check"), self._create_params(text))

    return Client(language, remote_server=url.rstrip("/") + "/", host="127.0.0.1")


def _exchange(url: str, fields: Mapping[str, str] | None, timeout_s: float) -> Any:
    import requests

    with requests.Session() as session:
        session.trust_env = False  # no proxy: the text goes to the server that was named, and nowhere else
        session.headers["Connection"] = "close"  # its server answers 40 ms later on one that is kept
        with session.request(
            "POST" if fields else "GET", url, data=fields, timeout=timeout_s, allow_redirects=False, stream=True
        ) as response:
            if response.is_redirect or 300 <= response.status_code < 400:
                raise LanguageToolError("sends the text on to another address; name that one, if you trust it")
            if response.status_code != requests.codes.ok:
                said = _MEANINGS.get(response.status_code, "see its log")
                raise LanguageToolError(f"answers with HTTP {response.status_code}; {said}")
            return _parsed(response, time.monotonic() + timeout_s)


def _parsed(response: Response, deadline: float) -> Any:
    import json

    import requests

    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if time.monotonic() > deadline:
            raise requests.Timeout
        if len(body) > _MAX_ANSWER:
            raise LanguageToolError("the answer is larger than 32 MB; check what listens there")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise requests.JSONDecodeError("", "", 0) from error


def _slips(answer: Any, text: str) -> list[Slip]:
    """Return the matches of *answer*; raise KeyError, TypeError or ValueError where it is none of LanguageTool's."""
    if answer.get("warnings", {}).get("incompleteResults"):
        raise LanguageToolError("LanguageTool looked at a part of the text only; split it, or raise maxCheckTimeMillis")
    places = _characters(text)
    slips = []
    for match in answer["matches"]:
        first, length = int(match["offset"]), int(match["length"])
        if not 0 <= first < first + length < len(places):
            raise ValueError("a match lies outside of the text")
        start, end = places[first], places[first + length - 1] + 1
        offered = tuple(str(each["value"]) for each in match["replacements"])
        rule, category = str(match["rule"]["id"]), str(match["rule"]["category"]["id"])
        slips.append(Slip(start, end, rule, category, str(match["message"]), offered))
    return slips


def _characters(text: str) -> Sequence[int]:
    """Return for each UTF-16 unit of *text*, which LanguageTool counts, the number of its character; and the end.

    >>> list(_characters("a💊b"))
    [0, 1, 1, 2, 3]
    """
    if text.isascii():
        return range(len(text) + 1)
    places = array("L")
    for number, character in enumerate(text):
        places.append(number)
        if character > "\uffff":
            places.append(number)
    places.append(len(text))
    return places
