"""Bytes become text, or an error that says so."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.decoding import Decoded, decode, well_formed
from healthlint.errors import ReadError

ENGLISH = "Take 5\u00a0mg \u2013 that\u2019s \u201cenough\u201d for most adults. "


@pytest.mark.parametrize("data", [b"plain", "50 µg 💊".encode(), b""])
def test_utf8_is_read_without_a_note(data: bytes) -> None:
    assert decode("a.md", data) == Decoded(data.decode(), "utf-8", None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_left_out(mark: bytes, encoding: str) -> None:
    assert decode("a.md", mark + "dose 💊".encode(encoding)) == Decoded("dose 💊", encoding, None)


def test_only_the_first_byte_order_mark_is_left_out() -> None:
    assert decode("a.md", codecs.BOM_UTF8 * 2 + b"x").text == "\ufeffx"


def test_a_declared_encoding_is_used_when_utf8_fails() -> None:
    assert decode("a.html", "dawkę".encode("iso8859-2"), "ISO-8859-2") == Decoded("dawkę", "iso8859-2", None)


def test_declared_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode("a.html", "“5”".encode("cp1252"), "iso-8859-1") == Decoded("“5”", "windows-1252", None)


def test_declared_utf16_without_a_mark_may_hold_nul_bytes() -> None:
    assert decode("a.txt", "dose".encode("utf-16-le"), "utf-16-le").text == "dose"


@pytest.mark.parametrize("declared", ["nonsense", "unicode_escape", "zlib", "idna", "utf-7", "é", "a\0b", ""])
def test_an_encoding_that_pages_are_not_written_in_is_passed_over(declared: str) -> None:
    assert decode("a.html", ENGLISH.encode("cp1252"), declared).encoding == "windows-1252"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (ENGLISH, "cp1252", "windows-1252"),
        ("It is about 37°C in the body and that is normal.", "cp1252", "windows-1252"),
        ("Women’s health matters.", "cp1252", "windows-1252"),
        ("Les effets indésirables sont très fréquents chez les âgés. " * 3, "cp1252", "windows-1252"),
        ("Należy zażywać jedną tabletkę dziennie, popijając wodą. Jeśli źle się czujesz. ", "cp1250", "windows-1250"),
        ("Принимайте одну таблетку в день. " * 4, "cp1251", "windows-1251"),
        ("この薬は食後に服用してください。" * 4, "shift_jis", "shift-jis"),
        ("请在饭后服用本品，每日三次。" * 4, "gb18030", "gb18030"),
    ],
)
def test_other_bytes_are_guessed_and_the_guess_is_told(text: str, codec: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(codec)) == Decoded(text, encoding, f"read as {encoding} (not valid UTF-8)")


def test_one_bad_byte_far_inside_a_long_page_is_guessed_from_its_neighbourhood() -> None:
    data = b"All is well here. " * 50_000 + "37°C is normal.\n".encode("cp1252") + b"And so on. " * 50_000

    assert "37°C is normal." in decode("a.txt", data).text


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0",
        bytes(range(1, 256)) * 4,
        b"\x1f\x8b\x08\x01\x02\x03\x9c\xed\x90",
        codecs.BOM_UTF16_LE + b"\0\xd8",
    ],
)
def test_bytes_that_are_no_text_are_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.md: not text; healthlint reads Markdown, HTML and plain text$"):
        decode("a.md", data)


@given(st.binary(max_size=300))
def test_bytes_give_text_that_encodes_back_to_them_or_an_error(data: bytes) -> None:
    try:
        text, encoding, _ = decode("a.md", data)
    except ReadError:
        return
    codec = encoding.replace("windows-", "cp").replace("shift-jis", "shift_jis")

    assert "\ufffd" not in text or "\ufffd".encode(codec) in data
    assert decode("a.md", data).text == text


def test_a_lone_surrogate_is_replaced_and_nothing_else() -> None:
    assert well_formed("a\ud800b💊") == "a\ufffdb💊"
    assert well_formed("5\u00a0mg 💊") == "5\u00a0mg 💊"


def test_the_guesser_is_not_imported_for_utf8() -> None:
    code = "import sys, healthlint.decoding as d; d.decode('a', b'x'); sys.exit('charset_normalizer' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ}).returncode == 0
