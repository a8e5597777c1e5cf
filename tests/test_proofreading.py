"""Documents read by LanguageTool: each block asked about once, in the English of the page, if it is English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.document import PROSE
from healthlint.proofreading import Proofreader, Server, server
from healthlint.settings import Grammar
from healthlint.slip import SLIPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Document
    from healthlint.proofreading import Reading
    from tests.conftest import FakeServer

_PAGE = "# Tea\n\nTea is gud.\n\nTea is gud.\n"
_SLIP = ("gud", "MORFOLOGIK_RULE_EN_GB", "TYPOS")


@pytest.fixture(autouse=True)
def _nothing_asked_before() -> Iterator[None]:
    server.cache_clear()
    yield
    server.cache_clear()


def read(fake: FakeServer, source: str, *, lang: str = "", **said: object) -> tuple[Document, Reading]:
    text = f"---\nlang: {lang}\n---\n{source}" if lang else source
    document = readers.parse("page", text, "markdown")
    return document, Proofreader(Grammar(server=fake.url, **said)).read(document, PROSE)  # type: ignore[arg-type]


def words(document: Document) -> list[str]:
    return [block.text[slip.start : slip.end] for block in document.blocks for slip in block.memo.get(SLIPS, ())]


def test_slips_are_left_with_their_block(fake: FakeServer) -> None:
    fake.reports(_SLIP)

    document, reading = read(fake, _PAGE, lang="en-GB")

    assert words(document) == ["gud", "gud"]
    assert reading == ((), ())


def test_block_that_has_been_read_is_not_sent_again(fake: FakeServer) -> None:
    read(fake, _PAGE, lang="en-GB")
    read(fake, _PAGE + "\nTea is hot.\n", lang="en-GB")

    assert fake.asked == [("Tea", "en-GB"), ("Tea is gud.", "en-GB"), ("Tea is hot.", "en-GB")]


def test_page_of_no_locale_has_a_slip_only_where_both_englishes_see_one(fake: FakeServer) -> None:
    fake.reports(_SLIP)

    document, _ = read(fake, "Tea is gud.\n\nTea is good.\n")

    assert words(document) == ["gud"]
    assert fake.asked == [("Tea is gud.", "en-GB"), ("Tea is gud.", "en-US"), ("Tea is good.", "en-GB")]


def test_page_in_another_language_is_not_sent(fake: FakeServer) -> None:
    _, reading = read(fake, "Thé est bon.\n", lang="fr")

    assert fake.asked == []
    assert reading == ((), ())


def test_page_that_is_not_in_english_without_saying_so_is_left_with_a_note(fake: FakeServer) -> None:
    fake.reports(("ord", "MORFOLOGIK_RULE_EN_GB", "TYPOS"))

    document, reading = read(fake, "\n\n".join(["Ord efter ord ord ord"] * 40))

    assert words(document) == []
    assert reading.notes == ("it does not seem to be in English, so grammar was not looked at",)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"words": ("GUD",)}, []),
        ({"disable": (_SLIP[1],)}, []),
        ({"categories": ("GRAMMAR",)}, []),
        ({"categories": ("TYPOS",)}, ["gud"]),
        ({"categories": ("GRAMMAR",), "enable": (_SLIP[1],)}, ["gud"]),
    ],
)
def test_settings_say_what_is_wanted(fake: FakeServer, said: dict[str, object], expected: list[str]) -> None:
    fake.reports(_SLIP)

    document, _ = read(fake, "Tea is gud.", lang="en-GB", **said)

    assert words(document) == expected


def test_rules_to_enable_are_asked_for(fake: FakeServer) -> None:
    read(fake, "Tea is good.", lang="en-GB", enable=("TOO_LONG_SENTENCE",))

    assert fake.fields["enabledRules"] == ["TOO_LONG_SENTENCE"]


def test_long_block_is_sent_in_parts_and_its_places_hold(fake: FakeServer) -> None:
    fake.reports(_SLIP)
    source = "Tea 💊 is good. " * 3000 + "Tea is gud."

    document, _ = read(fake, source, lang="en-GB")

    assert words(document) == ["gud"]
    assert len(fake.asked) == 3
    assert "".join(text for text, _ in fake.asked) == document.blocks[0].text
    assert all(text.startswith("Tea") for text, _ in fake.asked)


def test_block_without_an_end_of_a_sentence_is_sent_in_parts_too(fake: FakeServer) -> None:
    read(fake, "a" * 45_000, lang="en-GB")

    assert [len(text) for text, _ in fake.asked] == [20_000, 20_000, 5_000]


def test_half_a_character_is_sent_as_one_that_can_be(fake: FakeServer) -> None:
    document = readers.parse("page", "Tea \ud83d is gud.", "text")
    fake.reports(_SLIP)

    Proofreader(Grammar(server=fake.url)).read(document, PROSE)

    assert words(document) == ["gud"]


def test_what_goes_wrong_is_one_error_and_the_next_page_is_tried(fake: FakeServer) -> None:
    fake.status = 500
    _, failed = read(fake, "Tea is gud.", lang="en-GB")
    fake.status = 200
    _, fine = read(fake, "Tea is hot.", lang="en-GB")

    assert failed.errors == (f"{fake.url}: answers with HTTP 500; see its log",)
    assert fine.errors == ()


def test_server_that_did_not_answer_is_not_waited_for_by_every_page(fake: FakeServer) -> None:
    fake.hangs = True

    _, first = read(fake, "Tea is gud.", lang="en-GB", timeout=0.2)
    _, second = read(fake, "Tea is hot.", lang="en-GB", timeout=0.2)

    assert first.errors == second.errors == (f"{fake.url}: no answer in 0.2 seconds; raise 'timeout' under [grammar]",)
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("address", "is_said"), [("http://localhost:8081", False), ("", False), ("https://lt.example.org/api", True)]
)
def test_only_a_server_elsewhere_is_announced(address: str, *, is_said: bool) -> None:
    announcement = Proofreader(Grammar(server=address)).announcement

    assert bool(announcement) == is_said
    assert (
        not is_said
        or announcement == f"grammar: the text of every page is sent to {address}, which is not this machine"
    )


def test_answers_are_forgotten_before_they_fill_the_memory(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthlint.proofreading._MOST_KEPT", 2)
    one = Server(fake.url, "", (), 5)

    for text in ("One.", "Two.", "Three.", "Three.", "One."):
        one.check(text, "en-GB")

    assert [text for text, _ in fake.asked] == ["One.", "Two.", "Three.", "Three.", "One."]
