"""Word forms and spellings: how one vocabulary entry matches all the ways it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.inflection import plural, spellings, word_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("help", "help helps helped helping"),
        ("cure", "cure cures cured curing"),
        ("free", "free frees freed freeing"),
        ("agree", "agree agrees agreed agreeing"),
        ("dye", "dye dyes dyed dyeing"),
        ("untie", "untie unties untied untying"),
        ("carry", "carry carries carried carrying"),
        ("delay", "delay delays delayed delaying"),
        ("pass", "pass passes passed passing"),
        ("fix", "fix fixes fixed fixing"),
        ("flush", "flush flushes flushed flushing"),
        ("reach", "reach reaches reached reaching"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("stop", "stop stops stopped stopping"),
        ("prefer", "prefer prefers preferred preferring"),
        ("treat", "treat treats treated treating"),
        ("heal", "heal heals healed healing"),
        ("show", "show shows showed shown showing"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("undergo", "undergo undergoes underwent undergone undergoing"),
        ("regrow", "regrow regrows regrew regrown regrowing"),
        ("cancel", "cancel cancels cancelled cancelling canceled canceling"),
    ],
)
def test_verbs_have_all_their_forms(verb: str, forms: str) -> None:
    assert set(forms.split()) == set(word_forms(verb, "verb"))


@pytest.mark.parametrize(
    ("verb", "base", "present", "past", "participle"),
    [
        ("cure", "cure", "cures", "cured", "curing"),
        ("wear off", "wear off", "wears off", "wore off,worn off", "wearing off"),
        ("cut", "cut", "cuts", "cut", "cutting"),
        ("bring", "bring", "brings", "brought", "bringing"),
        ("cancel", "cancel", "cancels", "cancelled,canceled", "cancelling,canceling"),
        (
            "be key to",
            "be key to",
            "is key to,are key to,'s key to,'re key to",
            "was key to,were key to,been key to",
            "being key to",
        ),
    ],
)
def test_some_forms_of_a_verb_can_be_had_alone(verb: str, base: str, present: str, past: str, participle: str) -> None:
    assert word_forms(verb, "base") == (base,)
    assert word_forms(verb, "present") == tuple(present.split(","))
    assert set(word_forms(verb, "past")) >= set(past.split(","))
    assert word_forms(verb, "participle") == tuple(participle.split(","))


def test_forms_of_be_hold_contractions() -> None:
    assert {"be", "is", "are", "was", "were", "been", "being", "'s", "'re"} <= set(word_forms("be", "verb"))


def test_first_word_of_a_verb_phrase_is_inflected() -> None:
    assert word_forms("get rid of", "verb") == (
        "get rid of",
        "gets rid of",
        "got rid of",
        "gotten rid of",
        "getting rid of",
    )


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("tablet", "tablets"),
        ("remedy", "remedies"),
        ("day", "days"),
        ("virus", "viruses"),
        ("stomach", "stomachs"),
        ("patch", "patches"),
        ("box", "boxes"),
        ("rash", "rashes"),
        ("diagnosis", "diagnoses"),
        ("meta-analysis", "meta-analyses"),
        ("criterion", "criteria"),
        ("woman", "women"),
        ("child", "children"),
        ("evidence", "evidence"),
        ("life", "lives"),
    ],
)
def test_nouns_have_their_plural(noun: str, expected: str) -> None:
    assert expected == plural(noun)


def test_last_word_of_a_noun_phrase_is_inflected() -> None:
    assert word_forms("side effect", "noun") == ("side effect", "side effects")
    assert word_forms("clinical evidence", "noun") == ("clinical evidence",)


def test_fixed_term_stays_as_it_is() -> None:
    assert word_forms("no doubt", "fixed") == ("no doubt",)


@pytest.mark.parametrize(
    ("uk", "us"),
    [
        ("anaemia", "anemia"),
        ("tumour", "tumor"),
        ("colour", "color"),
        ("behaviour", "behavior"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("paediatrician", "pediatrician"),
        ("haemorrhoids", "hemorrhoids"),
        ("oestrogen", "estrogen"),
        ("oesophagus", "esophagus"),
        ("diarrhoea", "diarrhea"),
        ("leukaemia", "leukemia"),
        ("anaesthetic", "anesthetic"),
        ("gynaecologist", "gynecologist"),
        ("foetus", "fetus"),
        ("oedema", "edema"),
        ("orthopaedic", "orthopedic"),
        ("hypoglycaemia", "hypoglycemia"),
        ("caesarean", "cesarean"),
        ("coeliac", "celiac"),
        ("organisation", "organization"),
        ("immunised", "immunized"),
        ("recognise", "recognize"),
        ("minimising", "minimizing"),
        ("analyse", "analyze"),
        ("paralysed", "paralyzed"),
        ("litre", "liter"),
        ("programme", "program"),
        ("ageing", "aging"),
        ("sulphur", "sulfur"),
        ("travelling", "traveling"),
        ("fulfil", "fulfill"),
    ],
)
def test_uk_spelling_brings_the_us_one(uk: str, us: str) -> None:
    assert us in spellings(uk)
    assert uk == spellings(uk)[0]


@pytest.mark.parametrize(
    ("us", "uk"),
    [
        ("anemia", "anaemia"),
        ("tumor", "tumour"),
        ("color", "colour"),
        ("behavior", "behaviour"),
        ("fiber", "fibre"),
        ("diarrhea", "diarrhoea"),
        ("leukemia", "leukaemia"),
        ("pediatric", "paediatric"),
        ("anesthetic", "anaesthetic"),
        ("ischemia", "ischaemia"),
        ("immunization", "immunisation"),
        ("recognized", "recognised"),
        ("analyze", "analyse"),
        ("aluminum", "aluminium"),
    ],
)
def test_us_spelling_brings_the_uk_one(us: str, uk: str) -> None:
    assert uk in spellings(us)
    assert us == spellings(us)[0]


@pytest.mark.parametrize(
    "word",
    """
    advise advised exercise exercising surprise revise supervise compromise promise raise rise arising wise
    otherwise disguise despise praise expertise precise concise noise disease decrease increase devise
    improvise televise size sized prize seize literature literal premise incise excise bruise cruise poison
    cause odorous vaporiser metered estimate estranged hemp fetter analysis paralysis close dose lose use
    nurse pulse
    """.split(),
)
def test_words_that_are_spelled_one_way_stay_so(word: str) -> None:
    assert (word,) == spellings(word)


def test_program_and_metre_are_not_turned_into_the_other_sense() -> None:
    """A program (of a computer) and a meter (a device) exist in the UK too: only the UK spelling brings the US one."""
    assert spellings("program") == ("program",)
    assert spellings("meter") == ("meter",)
    assert spellings("licence") == ("licence", "license")


def test_every_word_of_a_phrase_is_spelled_anew() -> None:
    assert spellings("anaemia treatment centre") == ("anaemia treatment centre", "anemia treatment center")
    assert spellings("anemia treatment center") == ("anemia treatment center", "anaemia treatment centre")


@given(st.text(st.sampled_from("aeiourstlnmhz -"), min_size=1, max_size=20).map(str.strip).filter(bool))
def test_term_itself_is_always_the_first_of_its_forms_and_spellings(term: str) -> None:
    assert term == spellings(term)[0]
    assert term == word_forms(term, "noun")[0]
