"""Text on a terminal: made harmless, painted, measured in columns."""

from __future__ import annotations

import os
import re
import unicodedata
from codecs import lookup
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

Style = Literal["error", "warning", "info", "rule", "bold", "dim"]
_CODES: dict[Style, str] = {"error": "1;31", "warning": "33", "info": "34", "rule": "36", "bold": "1", "dim": "2"}

# What acts on a terminal or is not seen on one: C0 but tab, DEL, C1; soft hyphen, zero-width and bidi marks, line and
# paragraph separators, byte-order mark, annotation and tag characters; lone surrogates.
CONTROLS = r"\x00-\x08\x0a-\x1f\x7f-\x9f"
UNSEEN = r"\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
SURROGATES = r"\ud800-\udfff"
# Runners of GitHub (actions/runner, ActionCommand.cs) and Azure (azure-pipelines-agent, Command.cs) obey "##[…]" and
# "##vso[…]" anywhere in a line of a log, and GitHub's "::…::" where nothing but space stands before it.
LOG_COMMAND = r"#(?=#(?i:vso|teamcity)?\[)"
_LINE_COMMAND = r"(?<!\S):(?=:)"
_HARMFUL = re.compile(f"[{CONTROLS}{UNSEEN}{SURROGATES}]|{LOG_COMMAND}|{_LINE_COMMAND}")

PLAIN_URL = re.compile(r"https?://[!-~]+")  # nothing in it can end the escape sequence

_NAMED_ESCAPES = {"\n": r"\n", "\r": r"\r"}
_ZERO_WIDTH = ("Mn", "Me")
_WIDE = ("W", "F")


def clean(text: str) -> str:
    r"""Return *text* with each character that could act on a terminal, hide or reorder text written out.

    >>> print(clean("dose\x1b[8m 10 \u202emg"))
    dose\x1b[8m 10 <U+202E>mg
    """
    return _HARMFUL.sub(_escape, text)


def clean_characters(text: str) -> list[str]:
    """Return what ``clean`` makes of each character of *text*, so that a span of it can still be marked."""
    characters = list(text)
    for match in _HARMFUL.finditer(text):
        characters[match.start()] = _escape(match)
    return characters


def paint(text: str, style: Style, color: bool) -> str:  # noqa: FBT001  always passed by name or last
    """Return *text* in *style*, or as it is without *color*; clean it before, not after."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if color and text else text


def wants_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Return whether to paint: NO_COLOR (no-color.org) beats FORCE_COLOR, which beats what *stream* is."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0").lower() not in ("", "0", "false"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def wants_links(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Return whether to write hyperlinks: only to the terminal of a person, and to none that is known to be too old."""
    has_person = stream.isatty() and not environ.get("CI")
    return has_person and environ.get("TERM") not in {"dumb", "linux"} and wants_color(stream, environ)


def link(text: str, url: str) -> str:
    """Return *text* as a hyperlink to *url* (OSC 8), or as it is where the URL is not plain."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if PLAIN_URL.fullmatch(url) else text


def near(message: str) -> str:
    """Return *message* with paths below the current folder as a person there writes them."""
    try:
        here = os.path.join(os.getcwd(), "")
    except OSError:  # the folder was removed
        return message
    return message if here == os.sep else message.replace(here, "")


def display_width(text: str) -> int:
    """Return how many columns a terminal gives to *text*: two for a wide character, none for a combining mark.

    >>> display_width("e\u0301 薬 💊")
    7
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


def is_unicode(stream: TextIO) -> bool:
    """Return whether *stream* can take every character."""
    return lookup(getattr(stream, "encoding", None) or "utf-8").name.startswith("utf")


def write_line(stream: TextIO, line: str) -> None:
    """Write *line* and a line end; what the stream's encoding cannot say is written as an escape."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    if code <= 0x9F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if unicodedata.category(character) == "Cs" else f"<U+{code:04X}>"


def _character_width(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
