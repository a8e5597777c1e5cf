"""How familiar words are: the table that ships, forms and spellings that find it, and the look of medical terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import familiarity
from healthlint.familiarity import BANDS, RARE, band, band_among, bases, looks_medical

DATA = Path(familiarity.__file__).parent / "data"


@pytest.mark.parametrize(
    ("word", "expected"), [("the", 5), ("doctor", 4), ("vital", 3), ("hypertension", 2), ("callose", RARE)]
)
def test_band_falls_as_a_word_gets_rarer(word: str, expected: int) -> None:
    assert expected == band(word)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Doctors", "doctor"),
        ("doctor's", "doctor"),
        ("haemorrhaging", "hemorrhage"),
        ("tumours", "tumor"),
        ("isn't", "is"),
    ],
)
def test_inflected_forms_and_both_spellings_are_known(form: str, base: str) -> None:
    assert band(form) > RARE
    assert band(base) > RARE


@pytest.mark.parametrize("word", ["NHS", "HIV", "MRI"])
def test_well_known_abbreviation_is_familiar(word: str) -> None:
    assert band(word) > RARE


def test_abbreviation_is_not_the_word_it_looks_like() -> None:
    assert band("was") == 5
    assert band("WAS") == RARE


def test_base_is_looked_up_where_the_form_is_missing() -> None:
    table = {"study": 4, "stop": 3}

    assert [band_among(table, word) for word in ("studies", "stopped", "stud")] == [4, 3, RARE]


def test_a_word_is_the_first_of_its_bases() -> None:
    assert list(bases("walks")) == ["walks", "walk"]


@pytest.mark.parametrize(
    "word",
    [
        "pancreatitis", "cholecystectomy", "atorvastatin", "adalimumab", "omeprazole", "hypokalaemia", "leukaemia",
        "hepatomegaly", "fluoxetine", "polymerases", "haematuria", "dysmenorrhoea",
    ],
)  # fmt: skip
def test_term_built_of_greek_and_latin_parts_looks_medical(word: str) -> None:
    assert looks_medical(word)


@pytest.mark.parametrize(
    "word",
    [
        "walking",
        "endorse",
        "hypothesis",
        "diagram",
        "academic",
        "epidemic",
        "catastrophic",
        "machine",
        "increases",
        "purposes",
    ],
)
def test_word_that_only_ends_like_one_does_not(word: str) -> None:
    assert not looks_medical(word)


@given(st.text(max_size=30))
def test_every_word_has_a_band(word: str) -> None:
    assert band(word) in {RARE, *BANDS}


def test_table_is_small_and_its_licences_stand_beside_it() -> None:
    assert (DATA / "familiarity.txt.gz").stat().st_size <= 300_000
    assert "ExplosionAI" in (DATA / "familiarity-licences.txt").read_text(encoding="utf-8")
    assert "Kevin Atkinson" in (DATA / "familiarity-licences.txt").read_text(encoding="utf-8")
