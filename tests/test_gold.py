"""Judged texts: every form of record is read, and what is wrong with one is said with file and line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.errors import GoldError
from healthlint.gold import ANY, Judged, Mark, placed, read_gold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Write = "Callable[..., str]"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write records, each on its line, and return the file's path."""

    def write_records(*records: Any) -> str:
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in records), "utf-8")
        return str(path)

    return write_records


def test_marks_of_a_page_are_gathered_in_the_order_of_the_file(write: Write, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("It always helps.")

    (page,) = read_gold(
        write(
            {"page": "tea.md", "start": 3, "end": 9, "quote": "always", "family": "absolute", "agreed": True},
            "",
            {"page": "tea.md", "quote": "helps", "concern": "efficacy", "doubt": True},
        )
    )

    assert page == Judged(
        str(tmp_path / "tea.md"),
        marks=(
            Mark("absolute", expected=True, quote="always", start=3, end=9, line=1),
            Mark("efficacy", expected=False, quote="helps", line=3),
        ),
    )


def test_a_mark_that_one_reader_alone_made_is_not_expected(write: Write, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("It always helps.")

    (page,) = read_gold(write({"page": "tea.md", "quote": "always", "concern": "absolute", "agreed": False}))

    assert [mark.expected for mark in page.marks] == [False]


def test_every_text_beside_the_file_is_a_page_where_a_record_names_one(write: Write, tmp_path: Path) -> None:
    for name in ("b.html", "a.md", "c.txt", "README.md", "License.txt", "photo.png"):
        (tmp_path / name).write_text("Tea.")

    pages = read_gold(write({"page": "a.md", "family": "page", "lacks": "date"}))

    assert [(page.path, page.marks) for page in pages] == [
        (str(tmp_path / name), ()) for name in ("a.md", "b.html", "c.txt")
    ]


def test_no_file_beside_is_a_page_where_no_record_names_one(write: Write, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Tea.")

    (only,) = read_gold(write({"text": "Tea.", "label": False}))

    assert only.text == "Tea."


def test_a_text_has_its_own_marks_and_format(write: Write) -> None:
    quotes = [{"quote": "always", "concern": "absolute"}, {"start": 0, "end": 2, "concern": "hype"}]

    path = write({"text": "It *always* helps.", "quotes": quotes, "format": "markdown"})

    assert read_gold(path) == (
        Judged(
            path,
            1,
            "It *always* helps.",
            "markdown",
            (
                Mark("absolute", expected=True, quote="always", line=1),
                Mark("hype", expected=True, start=0, end=2, line=1),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("record", "concern", "is_marked"),
    [
        ({"label": True}, ANY, True),
        ({"label": False}, ANY, False),
        ({"concern": "absolute"}, "absolute", True),
        ({"concern": "absolute", "label": False}, "absolute", False),
    ],
)
def test_a_label_judges_the_text_as_a_whole(
    record: dict[str, Any], concern: str, write: Write, *, is_marked: bool
) -> None:
    (text,) = read_gold(write({"text": "Tea.", **record}))

    assert (text.as_a_whole, text.concern) == (True, concern)
    assert text.marks == ((Mark(concern, expected=True, start=0, end=4, line=1),) if is_marked else ())


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("tea", "not JSON; write one object per line"),
        ("[]", 'not an object; write {"text": …} or {"page": …}'),
        ({}, "no 'page' and no 'text'; a record has one of them"),
        ({"text": " "}, "no 'page' and no 'text'; a record has one of them"),
        ({"text": "Tea."}, "no 'quotes', 'label' or 'concern'; say what is to be found in the text"),
        ({"text": "Tea.", "label": 1}, "'label' is true, where something is to be reported, or false"),
        ({"text": "Tea.", "concern": "absolut"}, "unknown concern 'absolut'; did you mean 'absolute'?"),
        ({"text": "Tea.", "label": True, "format": "markdwn"}, "unknown format 'markdwn'; did you mean 'markdown'?"),
        ({"text": "Tea.", "quotes": {}}, '\'quotes\' is a list, such as [{"quote": "always", "concern": "absolute"}]'),
        ({"text": "Tea.", "quotes": [{"quote": "Tea"}]}, "no 'concern'; say what the mark is about"),
        ({"text": "Tea.", "quotes": [{"quote": 5}]}, "'quote' is the text that was marked"),
        (
            {"text": "Tea.", "quotes": [{"start": 3, "end": 3, "concern": "hype"}]},
            "'start' and 'end' are numbers of characters, the smaller first",
        ),
        (
            {"text": "Tea.", "quotes": [{"start": True, "end": 3, "concern": "hype"}]},
            "'start' and 'end' are numbers of characters, the smaller first",
        ),
        ({"page": "../tea.md"}, "'../tea.md' is no page; name a file in the folder of this one"),
        ({"page": 5}, "'5' is no page; name a file in the folder of this one"),
        ({"page": "coffee.md"}, "no file 'coffee.md' beside this one; check the name"),
    ],
)
def test_a_bad_record_is_one_line_with_its_place(record: Any, said: str, write: Write) -> None:
    path = write({"text": "Tea.", "label": False}, record)

    with pytest.raises(GoldError) as caught:
        read_gold(path)

    assert str(caught.value) == f"{path}:2: {said}"


def test_every_bad_record_is_told(write: Write) -> None:
    path = write("tea", {"text": "Tea.", "label": False}, "[]")

    with pytest.raises(GoldError) as caught:
        read_gold(path)

    assert [line.split(":")[1] for line in str(caught.value).split("\n")] == ["1", "3"]


def test_a_file_without_records_or_one_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")

    for name, said in (
        ("empty.jsonl", "no records; write one JSON object per line"),
        ("latin.jsonl", "not UTF-8; save the file as UTF-8"),
        ("none.jsonl", "no such file; check the path"),
    ):
        with pytest.raises(GoldError) as caught:
            read_gold(str(tmp_path / name))
        assert str(caught.value) == f"{tmp_path / name}: {said}"


def mark(quote: str = "", start: int = -1, end: int = -1) -> Mark:
    return Mark("hype", True, quote, start, end, 7)


def test_a_quote_without_a_place_is_the_next_one_each_time() -> None:
    judged = Judged("tea.md", marks=(mark("tea"), mark("tea"), mark("hot tea")))

    placed_marks = placed(judged, "tea, hot tea", "gold.jsonl")

    assert [(each.start, each.end) for each in placed_marks] == [(0, 3), (9, 12), (5, 12)]


def test_a_place_without_a_quote_gets_its_words() -> None:
    (only,) = placed(Judged("tea.md", marks=(mark(start=5, end=8),)), "tea, hot tea", "gold.jsonl")

    assert only.quote == "hot"


def test_an_offset_may_count_a_byte_order_mark() -> None:
    (only,) = placed(Judged("tea.md", marks=(mark("hot", 6, 9),)), "tea, hot tea", "gold.jsonl")

    assert (only.start, only.end) == (5, 8)


def test_marks_that_are_not_in_the_text_are_told_with_their_lines() -> None:
    judged = Judged("tea.md", marks=(mark("milk"), mark("hot", 0, 3), mark(start=9, end=99), mark("tea")))

    with pytest.raises(GoldError) as caught:
        placed(judged, "tea, hot tea", "gold.jsonl")

    assert str(caught.value).split("\n") == [
        "gold.jsonl:7: 'milk' is not in the text; mark it again",
        "gold.jsonl:7: the text has 'tea' there, not 'hot'; mark it again",
        "gold.jsonl:7: 9 to 99 is not in the text; mark it again",
    ]
