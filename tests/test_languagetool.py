"""LanguageTool: right places whatever the characters, nothing sent elsewhere, one line where something goes wrong."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.errors import LanguageToolError, UnreachableError
from healthlint.languagetool import LanguageTool, is_here

if TYPE_CHECKING:
    from tests.conftest import FakeServer

_ASTRAL = st.text(st.sampled_from("a é\u0301💊𝐀\U0010ffff\ufffd"), max_size=12)


def refusal(server: FakeServer, **options: float) -> str:
    """Return what is said when *server* is asked, its address left off."""
    with pytest.raises(LanguageToolError) as caught:
        LanguageTool(server.url, **options).check("Some text.", "en-GB")
    said = str(caught.value)
    assert "\n" not in said
    return said.replace(server.url, "URL")


@pytest.mark.languagetool
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_ASTRAL, after=_ASTRAL)
def test_place_is_that_of_the_word_among_characters_of_two_units(languagetool: str, before: str, after: str) -> None:
    text = f"{before} We recieve 💊 it. {after}"

    slips = LanguageTool(languagetool).check(text, "en-GB")

    assert "recieve" in {text[slip.start : slip.end] for slip in slips if slip.category == "TYPOS"}


@pytest.mark.languagetool
def test_slip_has_the_names_and_the_words_that_languagetool_gives(languagetool: str) -> None:
    (slip,) = LanguageTool(languagetool).check("We recieve it.", "en-GB")

    assert ("MORFOLOGIK_RULE_EN_GB", "TYPOS") == slip[2:4]
    assert slip.replacements[0] == "receive"
    assert slip.message


@pytest.mark.languagetool
def test_rule_that_is_off_by_default_can_be_asked_for(languagetool: str) -> None:
    text = "This happens on a daily basis and, at this moment in time, it is fine."
    enabled = ("AT_THIS_MOMENT_IN_TIME", "ON_A_DAILY_BASIS", "TOO_LONG_SENTENCE", "PASSIVE_VOICE")

    by_default = {slip.rule for slip in LanguageTool(languagetool).check(text, "en-GB")}
    asked_for = {slip.rule for slip in LanguageTool(languagetool, enabled=enabled).check(text, "en-GB")}

    assert by_default <= asked_for


@given(before=_ASTRAL, word=_ASTRAL.filter(bool))
def test_units_of_utf_16_become_characters(before: str, word: str) -> None:
    from healthlint.languagetool import _characters

    places = _characters(before + word)
    first, length = (len(part.encode("utf-16-le")) // 2 for part in (before, word))

    assert (before + word)[places[first] : places[first + length - 1] + 1] == word


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (302, "URL: sends the text on to another address; name that one, if you trust it"),
        (307, "URL: sends the text on to another address; name that one, if you trust it"),
        (304, "URL: sends the text on to another address; name that one, if you trust it"),
        (413, "URL: answers with HTTP 413; says that the text is too long; raise its maxTextLength"),
        (429, "URL: answers with HTTP 429; says that it was asked too often; start one on this machine"),
        (500, "URL: answers with HTTP 500; see its log"),
    ],
)  # fmt: skip
def test_status_that_is_no_answer_is_one_line(fake: FakeServer, status: int, said: str) -> None:
    fake.status = status

    assert said == refusal(fake)


def test_text_is_not_carried_to_where_a_redirect_leads(fake: FakeServer) -> None:
    fake.status, fake.headers = 307, {"Location": f"{fake.url}/v2/elsewhere"}

    refusal(fake)

    assert len(fake.asked) == 1


def test_text_goes_through_no_proxy(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert LanguageTool(fake.url).check("Some text.", "en-GB") == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome!</html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"{}",
        b'{"matches": 5}',
        b'{"matches": [{"offset": "x"}]}',
        json.dumps({"matches": [{"offset": 5, "length": 99}]}).encode(),
        json.dumps({"matches": [{"offset": -1, "length": 3}]}).encode(),
        json.dumps({"matches": [{"offset": 0, "length": 4, "message": "", "replacements": [], "rule": None}]}).encode(),
    ],
)  # fmt: skip
def test_answer_of_another_program_is_one_line(fake: FakeServer, body: bytes) -> None:
    fake.body = lambda _: body

    assert refusal(fake) == "URL: the answer is not LanguageTool's; check what listens there"


def test_half_an_answer_is_none(fake: FakeServer) -> None:
    fake.reports(warnings={"incompleteResults": True})

    assert "looked at a part of the text only" in refusal(fake)


def test_server_that_hangs_is_left_after_the_time_given(fake: FakeServer) -> None:
    fake.hangs = True

    assert refusal(fake, timeout_s=0.2) == "URL: no answer in 0.2 seconds; raise 'timeout' under [grammar]"


def test_nobody_at_the_address_is_one_line() -> None:
    pytest.importorskip("language_tool_python", reason="language-tool-python is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(UnreachableError, match="no LanguageTool answers; start it, or mend its address"):
            LanguageTool(url).check("Some text.", "en-GB")


def test_language_that_the_server_lacks_is_told(fake: FakeServer) -> None:
    with pytest.raises(LanguageToolError, match="has no 'xx-YY'; add LanguageTool's English to it"):
        LanguageTool(fake.url).check("Some text.", "xx-YY")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:8081", True),
        ("http://127.0.0.1:8081/v2", True),
        ("http://127.1.2.3", True),
        ("http://[::1]:8081", True),
        ("http://0.0.0.0:8081", False),
        ("https://api.languagetool.org", False),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_only_this_machine_is_here(url: str, *, expected: bool) -> None:
    assert expected == is_here(url)
