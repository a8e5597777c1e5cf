"""The vocabulary: words of a sentence, phrases and patterns found in them, entities made of entities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.document import Block, Sentence
from healthlint.entities import Entity, Vocabulary, names_in
from healthlint.errors import SettingError, unknown
from healthlint.phrases import Mark, tokenize

LONGEST_WORDS = ("cure", "side", "effects", "folic", "acid", "non", "drowsy", "100", "women")


def sentence(text: str) -> Sentence:
    return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def marked(text: str, *names: str, **entities: Entity) -> list[str]:
    """Return the words that each mark of *names* covers."""
    where = sentence(text)
    tokens = tokenize(where.shadow)
    marks = Vocabulary(entities).marks(where, names)
    return [text[tokens.starts[mark.start] : tokens.ends[mark.end - 1]] for mark in marks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has side effects.", ["side effects"]),
        ("It has SIDE-EFFECTS.", ["SIDE-EFFECTS"]),
        ("Non‑drowsy tablets", ["Non‑drowsy"]),
        ("non drowsy", ["non drowsy"]),
        ("on one side, effects vary", []),
        ("side (effects)", []),
        ("side/effects", []),
        ("side - effects", []),
        ("a cure's cost", ["cure's"]),
        ("folic acid's use", ["folic acid's"]),
        ("folic acid’s use", ["folic acid’s"]),
        ("procure curely", []),
        ("_cure_ and *cure*", ["cure", "cure"]),
        ("cure¹ cure.", ["cure", "cure"]),
        ("100% of it", ["100"]),
        ("100 mg", []),
        ("Sjögren's or Sjogren’s", ["Sjögren's", "Sjogren’s"]),
    ],
)
def test_phrases_are_found_whatever_their_case_with_hyphen_or_space(text: str, found: list[str]) -> None:
    terms = ("cure", "side effects", "non-drowsy", "folic acid", "100%", "sjogren")

    assert found == marked(text, "word", word=Entity(terms=terms))


def test_longest_phrase_at_a_place_wins() -> None:
    entity = Entity(terms=("side", "side effects", "side effects of"))

    assert marked("Side effects of the side", "word", word=entity) == ["Side effects of", "side"]


def test_shorter_phrase_is_found_where_the_longer_is_interrupted() -> None:
    assert marked("on one side, effects", "word", word=Entity(terms=("side", "side effects"))) == ["side"]


def test_phrase_of_an_owner_does_not_hide_a_longer_one() -> None:
    assert marked("for women's health", "word", word=Entity(terms=("women", "women's health", "women's rights"))) == [
        "women's health"
    ]
    assert marked("for women's use", "word", word=Entity(terms=("women", "women's health"))) == ["women's"]


def test_pattern_marks_the_words_it_touches() -> None:
    entity = Entity(patterns=(r"\d+\s?%", r"in \d+"))

    assert marked("About 5% or 1 in 10.", "word", word=entity) == ["5", "in 10"]


def test_pattern_of_punctuation_alone_marks_nothing() -> None:
    assert marked("a ~ b", "word", word=Entity(patterns=("~",), terms=("~",))) == []


def test_of_a_phrase_and_a_pattern_at_one_start_the_longer_is_marked() -> None:
    entity = Entity(terms=("no", "no known cure"), patterns=("no known",))

    assert marked("no known cure, no known", "word", word=entity) == ["no known cure", "no known"]


def test_marks_of_several_entities_are_one_list() -> None:
    found = marked("risk of harm and risk", "a", "b", a=Entity(terms=("risk",)), b=Entity(terms=("harm",)))

    assert found == ["risk", "harm", "risk"]


def test_words_named_by_themselves_are_an_entity() -> None:
    assert marked("Because of it", "=because of") == ["Because of"]
    assert marked("a cafe", "=café") == ["cafe"]


def test_entity_holds_those_it_includes_less_those_it_is_without() -> None:
    vocabulary = Vocabulary(
        {
            "remedy": Entity(terms=("tea",), includes=("herb", "drug"), without=("food",)),
            "herb": Entity(terms=("garlic", "ginkgo"), patterns=(r"\w+ extract",)),
            "drug": Entity(terms=("aspirin",)),
            "food": Entity(terms=("garlic",)),
        }
    )

    assert {"tea", "ginkgo", "aspirin"} == vocabulary.terms("remedy")
    assert vocabulary.prepared("remedy").patterns == (r"\w+ extract",)


def test_pattern_is_expanded_through_entities_of_entities() -> None:
    vocabulary = Vocabulary(
        {
            "dose": Entity(patterns=(r"\d+ ?{unit}",)),
            "unit": Entity(terms=("mg", "micro gram")),
        }
    )

    regex = vocabulary.regex(r"take ({dose})\b")

    assert [regex.search(text).group(1) for text in ("Take 5 MG now".lower(), "take 7 micro-gram")] == [
        "5 mg",
        "7 micro-gram",
    ]
    assert regex.search("take 5 kg") is None


def test_longer_phrase_goes_before_its_beginning_in_a_pattern() -> None:
    vocabulary = Vocabulary({"word": Entity(terms=("side", "side effects"))})

    assert vocabulary.regex("{word}").search("side effects").group() == "side effects"


def test_case_counts_only_when_asked_for() -> None:
    vocabulary = Vocabulary({})

    assert vocabulary.regex("who").search("WHO")
    assert vocabulary.regex("who", case=True).search("WHO") is None


@pytest.mark.parametrize("bad", ["(a", "a)", "[z-a]", "(?=a)", r"(a)\1", "a**", "(?<!x)a", "a{1,2000}"])
def test_bad_pattern_is_a_setting_error_that_names_its_key(bad: str) -> None:
    with pytest.raises(SettingError, match="bad pattern: ") as caught:
        Vocabulary({}).check_pattern(bad, key="unless")

    assert caught.value.key == "unless"
    assert "\n" not in str(caught.value)


def test_pattern_that_would_need_too_much_memory_is_a_setting_error() -> None:
    with pytest.raises(SettingError):
        Vocabulary({}).check_pattern("((a{100}){100}){100}", key="pattern")


def test_unknown_entity_is_a_setting_error_with_the_nearest_name() -> None:
    vocabulary = Vocabulary({"dose-unit": Entity(terms=("mg",))})

    with pytest.raises(SettingError, match="unknown entity 'dose-units'; did you mean 'dose-unit'") as caught:
        vocabulary.check_pattern(r"\d {dose-units}", key="pattern")

    assert caught.value.key == "pattern"


def test_unknown_name_like_no_other_has_no_suggestion() -> None:
    assert unknown("rule", "zzz", ["claims/cure"]) == "unknown rule 'zzz'"


def test_names_are_found_in_a_pattern_and_counts_are_none() -> None:
    assert names_in(r"\d{1,3} {dose-unit} a{2} {drug}") == ("dose-unit", "drug")


TEXTS = st.lists(
    st.sampled_from(
        [*LONGEST_WORDS, "side effects", "'s", "-", " ", ", ", "%", "_", "³", "é", ". ", "’s", "İ", "\u0301"]
    )
).map("".join)
TERMS = st.lists(
    st.sampled_from(["cure", "side effects", "folic acid", "non-drowsy", "100%", "women", "acid"]), max_size=4
)


@given(TEXTS, TERMS, st.lists(st.sampled_from([r"\d+%?", "e", r"[^ ]+s\b", "_", "side."]), max_size=2))
def test_marks_are_ordered_and_lie_within_the_words(text: str, terms: list[str], patterns: list[str]) -> None:
    where = sentence(text)
    vocabulary = Vocabulary({"word": Entity(terms=tuple(terms), patterns=tuple(patterns))})

    marks = vocabulary.marks(where, ("word",))

    assert list(marks) == sorted(marks)
    assert len(marks) == len({mark.start for mark in marks})
    assert all(0 <= mark.start < mark.end <= len(tokenize(where.shadow).words) for mark in marks)


@given(TEXTS, TERMS, st.lists(st.sampled_from([r"\d+%?", r"\be\b"]), max_size=2))
def test_sentence_with_a_mark_always_passes_the_gate(text: str, terms: list[str], patterns: list[str]) -> None:
    where = sentence(text)
    vocabulary = Vocabulary({"word": Entity(terms=tuple(terms), patterns=tuple(patterns))})

    if vocabulary.marks(where, ("word",)):
        assert vocabulary.regex(vocabulary.gate(("word",))).search(where.shadow)


@given(st.lists(TEXTS, min_size=1, max_size=9), TERMS)
def test_pattern_compiled_for_a_sentence_matches_what_it_would_match_anywhere(
    texts: list[str], terms: list[str]
) -> None:
    large = Entity(terms=(*terms, "don", "women's", "5", *(f"word{number}" for number in range(120))))
    entities = {"word": large, "small": Entity(terms=("side", "don"))}
    whole, late = Vocabulary(entities), Vocabulary(entities)

    for where in map(sentence, texts):
        for pattern in ("{word}", r"{word}\W+{word}", "[a-z0-9]+ (?:{word})?", "(?:{small}|x) {word}", "{small}"):
            spans = [match.span() for match in whole.regex(pattern).finditer(where.shadow)]

            found = late.regex_for(where, pattern).finditer(where.shadow)

            assert spans == [match.span() for match in found]


@pytest.mark.parametrize("text", ["women's health", "a woman’s folic acid's use", "don't take 2.5 mg", "5,5"])
def test_pattern_compiled_for_a_sentence_finds_phrases_with_an_apostrophe(text: str) -> None:
    where = sentence(text)
    terms = ("women's health", "women", "folic acid", "don", "5", *(f"word{number}" for number in range(120)))
    vocabulary = Vocabulary({"word": Entity(terms=terms)})

    late = vocabulary.regex_for(where, "{word}")

    assert late is not vocabulary.regex("{word}")
    assert vocabulary.regex("{word}").findall(where.shadow) == late.findall(where.shadow) != []


def test_marks_are_tuples_of_token_numbers() -> None:
    vocabulary = Vocabulary({"word": Entity(terms=("side effects",))})

    assert (Mark(2, 4),) == vocabulary.marks(sentence("It has side effects."), ("word",))
