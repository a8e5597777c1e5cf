"""Bytes to text: UTF-8 first, then what the file says of itself, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from healthlint.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 1),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
# Encodings that people write pages in; Python also knows codecs that unpack or run escapes.
_TEXT_CODEC = re.compile(
    r"utf-(?:8|16|32)(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*"
    r"|iso2022_\w+|johab|hz|tis-620|ptcp154|kz1048"
)
_GUESSES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5", "koi8_r",
    "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5",
]  # fmt: skip
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# Runs of characters that take equally many bytes.
_WIDTHS = re.compile(r"[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")
_CONTROLS = bytes((*range(1, 8), *range(14, 27), *range(28, 32), 127))
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_BEFORE, _SAMPLE, _TAIL = 1_000, 16_000, 4_000


class Decoded(NamedTuple):
    """A text without its byte-order mark, how it was encoded, and what its reader has to be told about that."""

    text: str
    encoding: str
    note: str | None


def decode(name: str, data: bytes, declared: str | None = None) -> Decoded:
    """Return *data* as text; *declared* is the encoding that the file or its sender names.

    Nothing is ever replaced: bytes that no encoding explains raise ReadError, and so do bytes that are no text.

    >>> decode("leaflet.txt", "50 µg".encode())
    Decoded(text='50 µg', encoding='utf-8', note=None)
    """
    for mark, encoding, unit in _MARKS:
        if data.startswith(mark) and (len(data) - len(mark)) % unit == 0:
            text = _strictly(data[len(mark) :], encoding)
            if text is not None:
                return Decoded(text, encoding, None)
    codec = _text_codec(declared)
    if b"\0" in data and not codec.startswith(("utf-16", "utf-32")):
        raise _not_text(name)
    for encoding in ("utf-8", codec) if b"\0" not in data else (codec,):
        text = _strictly(data, encoding) if encoding else None
        if text is not None:
            return Decoded(text, _public_name(encoding), None)
    return _guess(name, data)


def encode_like(data: bytes, before: str, after: str) -> bytes | None:
    r"""Return *after* in the encoding of *data*, byte-order mark and all; None unless *data* is exactly *before*.

    So nothing but what differs between the two texts is written anew. None, too, for what the encoding cannot say.

    >>> encode_like(b"caf\xe9 5.0 mg", "caf\u00e9 5.0 mg", "caf\u00e9 5 mg")
    b'caf\xe9 5 mg'
    """
    mark, encoding = next(((mark, name) for mark, name, _ in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    for codec in (encoding, "cp1252") if not mark else (encoding,):
        try:
            if mark + before.encode(codec) == data:
                return mark + after.encode(codec)
        except UnicodeError:
            continue
    return None


def well_formed(text: str) -> str:
    """Return *text* with U+FFFD for each lone surrogate, which no encoding and no matcher can take.

    Bytes never decode to one; an editor or a caller of the API may send one.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def character_offsets(text: str) -> Callable[[int], int]:
    """Return the function from an offset in the UTF-8 bytes of *text* to the one in its characters.

    >>> character_offsets("5 µg 💊")(6), character_offsets("5 µg 💊")(10)
    (5, 6)
    """
    if text.isascii():
        return int
    bytes_at, characters_at, widths = array("L"), array("L"), array("B")
    position = 0
    for run in _WIDTHS.finditer(text):
        width = len(run[0][0].encode())
        bytes_at.append(position)
        characters_at.append(run.start())
        widths.append(width)
        position += width * (run.end() - run.start())

    def character_at(byte: int) -> int:
        run = bisect_right(bytes_at, byte) - 1
        return characters_at[run] + (byte - bytes_at[run]) // widths[run]

    return character_at


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _text_codec(declared: str | None) -> str:
    """Return Python's name of a declared encoding, or '' when it is unknown or none that pages are written in.

    As in browsers, "iso-8859-1" and "ascii" mean Windows-1252 (WHATWG Encoding Standard, 4.2).
    """
    try:
        codec = codecs.lookup(declared.strip()).name if declared and declared.strip().isascii() else ""
    except (LookupError, ValueError):
        return ""
    if codec in {"iso8859-1", "ascii"}:
        return "cp1252"
    return codec if _TEXT_CODEC.fullmatch(codec) else ""


def _guess(name: str, data: bytes) -> Decoded:
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 500:
        raise _not_text(name)
    for encoding in _likely_encodings(_sample(data)):
        text = _strictly(data, encoding)
        if text is not None and not _C1.search(text):
            public = _public_name(encoding)
            return Decoded(text, public, f"read as {public} (not valid UTF-8)")
    raise _not_text(name)


def _sample(data: bytes) -> bytes:
    """Return the text around the first bytes that are not ASCII, cut where no character can be cut in two."""
    first = _NOT_ASCII.search(data)
    start = max(0, first.start() - _BEFORE) if first else 0
    end = start + _BEFORE + _SAMPLE
    for stop in (b"\n", b" "):
        cut = data.find(stop, end, end + _TAIL)
        if cut >= 0:
            return data[start:cut]
    return data[start:end]


def _likely_encodings(sample: bytes) -> Iterator[str]:
    """Yield encodings, the likeliest first; of several that fit equally well, Windows-1252, the commonest by far."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=_GUESSES)
    best = matches.best()
    if best is None:
        return
    equals = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    fitting = [name for match in (best, *equals) for name in match.could_be_from_charset]
    yield from sorted(dict.fromkeys(fitting), key=lambda name: name != "cp1252")
    yield from (match.encoding for match in matches)


def _public_name(codec: str) -> str:
    name = codec.replace("_", "-")
    return f"windows-{name[2:]}" if re.fullmatch(r"cp125\d", name) else name


def _not_text(name: str) -> ReadError:
    return ReadError(f"{name}: not text; healthlint reads Markdown, HTML and plain text")
