"""Entries of word lists: read from YAML and CSV alike, and refused with file, line and what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from healthlint.entities import Vocabulary
from healthlint.errors import RulebookError
from healthlint.library import load_folders
from healthlint.rulefiles import read_rule_files
from healthlint.rulefolder import find_rule_files
from healthlint.word import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], str]

HEAD = "summary: Hard words\nsource: us\nforms: noun\n"
YAML = (
    HEAD
    + """\
words:
  - {term: lesion, suggestion: sore, note: say which}
  - term: benign
    suggestion: [not cancer, harmless]
    tier: 2
    forms: adjective
    not-in: [benign tumour]
  - {term: whilst, suggestion: while, fix: true, forms: fixed, source: a thesaurus}
"""
)
CSV = """\
term,suggestion,tier,forms,not-in,fix,note,source
lesion,sore,,,,,"say, which",
benign,not cancer | harmless,2,adjective,benign tumour,,,
whilst,while,,fixed,,yes,,a thesaurus
"""
EXPECTED = (
    Word("lesion", ("sore",), 1, "noun"),
    Word(
        "benign", ("not cancer", "harmless"), 2, "adjective",
        ("benign tumour", "benign tumor", "benign tumours", "benign tumors"),
    ),
    Word("whilst", ("while",), 1, "fixed", (), fix=True),
)  # fmt: skip

COLUMNS = "the first line names the columns: term, suggestion, tier, forms, not-in, fix, note, source"


def read(write_files: Write, files: Mapping[str, str]) -> Vocabulary:
    return Vocabulary(read_rule_files(find_rule_files([write_files(files)])).entities)


def refusals(write_files: Write, files: Mapping[str, str]) -> list[str]:
    folder = write_files(files)
    with pytest.raises(RulebookError) as caught:
        read_rule_files(find_rule_files([folder]))
    return [str(error).removeprefix(folder + os.sep).replace(os.sep, "/") for error in caught.value.errors]


@pytest.mark.parametrize(
    "files",
    [
        {"vocabulary/hard.yaml": YAML},
        {"vocabulary/hard.yaml": HEAD + "file: hard.csv\n", "vocabulary/hard.csv": CSV},
        {
            "vocabulary/hard.yaml": HEAD + "file: hard.csv\n",
            "vocabulary/hard.csv": "\ufeff" + CSV.replace("\n", "\r\n"),
        },
    ],
)
def test_list_is_the_same_from_yaml_and_from_csv(files: Mapping[str, str], write_files: Write) -> None:
    entity = read(write_files, files).entity("hard")

    assert entity.words == EXPECTED
    assert entity.terms == ("lesion", "lesions", "benign", "whilst")
    assert dict(entity.keys) == {"lesion": 0, "lesions": 0, "benign": 1, "whilst": 2}


def test_form_that_several_words_have_belongs_to_the_one_written_so_else_to_the_first(write_files: Write) -> None:
    text = "words: [{term: coeliac}, {term: celiacs}, {term: coeliacs}, {term: self harm}, {term: self-harm}]\n"
    entity = read(write_files, {"vocabulary/hard.yaml": HEAD + text}).entity("hard")

    assert {key: entity.words[at].term for key, at in entity.keys.items() if not key.endswith("ses")} == {
        "coeliac": "coeliac",
        "celiac": "coeliac",
        "coeliacs": "coeliacs",
        "celiacs": "celiacs",
        "self harm": "self harm",
        "self harms": "self harm",
    }


def test_words_of_a_list_are_terms_of_the_entity(write_files: Write) -> None:
    vocabulary = read(write_files, {"vocabulary/hard.yaml": YAML + "terms: [growth]\n"})

    assert vocabulary.terms("hard") == {"lesion", "lesions", "benign", "whilst", "growth", "growths"}


def test_list_beside_a_rule_is_the_entity_of_its_name(write_files: Write, rule_yaml: Callable[..., str]) -> None:
    rule = rule_yaml(check="terms", pattern=None, file="hard.csv", forms="noun", fix=None)
    vocabulary = read(write_files, {"house/hard.yaml": rule, "house/hard.csv": CSV})

    assert vocabulary.entity("house/hard").words == EXPECTED


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("term,sugestion\na,b\n", f"1: unknown column 'sugestion'; did you mean 'suggestion'?; {COLUMNS}"),
        ("suggestion\nb\n", f"1: no column 'term'; {COLUMNS}"),
        ("term,suggestion\na,b,c\n", "2: more cells than columns; put a cell with a comma in quotes"),
        ('term\n"a"b\n', "2: ',' expected after '\"'; mend the quotes"),
        ("term,tier\na,high\n", "2: 'tier': expected a whole number, got text"),
        ("term,tier\na,0\n", "2: 'tier' counts from 1, for what is always reported"),
        ('term,forms\n"two\nlines",verbs\n', "3: 'forms': invalid enum value 'verbs'"),
        ("term,fix\na,perhaps\n", "2: 'fix': expected true or false, got text"),
        ("term,suggestion,fix\na,b|c,yes\n", "2: 'a' has 2 suggestions; a fix needs one"),
        ("term,note\n,b\n", "2: no key 'term'; add it"),
        ("term\nlesion\nsore\nlesion\n", "4: 'lesion' stands in line 2 already; keep one"),
    ],
)  # fmt: skip
def test_csv_that_cannot_be_used_is_refused_at_its_line(text: str, error: str, write_files: Write) -> None:
    files = {"vocabulary/hard.yaml": HEAD + "file: hard.csv\n", "vocabulary/hard.csv": text}

    assert refusals(write_files, files) == [f"vocabulary/hard.csv:{error}"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("words: [lesion]\n", "4: '0': expected a mapping, got text"),
        ("words:\n  - {term: lesion, swop: sore}\n", "5: unknown key 'swop'"),
        ("words:\n  - {suggestion: sore}\n", "5: no key 'term'; add it"),
        ("words:\n  - {term: ' '}\n", "5: the entry has no term; give one, or take it out"),
        ("file: none.csv\n", "4: no file 'none.csv' beside it; check the name"),
        ("file: [a]\n", "4: no file '['a']' beside it; check the name"),
    ],
)
def test_yaml_that_cannot_be_used_is_refused_at_its_line(text: str, error: str, write_files: Write) -> None:
    assert f"vocabulary/hard.yaml:{error}" in refusals(write_files, {"vocabulary/hard.yaml": HEAD + text})


def test_list_from_the_cache_is_the_list_from_the_files(
    write_files: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = write_files({"vocabulary/hard.yaml": YAML})

    first, second = (load_folders([folder]).vocabulary.entity("hard") for _ in range(2))

    assert [Word(*each) for each in second.words] == list(first.words)
    assert (first.terms, dict(first.keys), first.forms) == (second.terms, dict(second.keys), second.forms)
