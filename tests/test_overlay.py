"""Changes of a configuration to vocabulary: they hold for every rule that uses the entity, gates and all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint import readers
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import ConfigError
from healthlint.library import load_folders
from healthlint.linter import lint
from healthlint.overlay import names_used, overlay
from healthlint.rulebook import Choice, choose
from healthlint.wordlist import word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from healthlint.library import Library

LIST = """\
summary: Hard words
source: us
forms: noun
words:
  - {term: lesion, suggestion: sore}
  - {term: benign, suggestion: harmless, forms: adjective}
  - {term: exacerbate, suggestion: make worse, forms: verb}
"""
VERBS = "summary: Verbs\nsource: us\nforms: verb\nterms: [cure, heal]\n"
WIDER = "summary: More\nsource: us\nincludes: [verbs]\nterms: [magic]\n"
LESS = "summary: Less\nsource: us\nterms: [heal, healed, soothe]\nwithout: [verbs]\n"
IN_PATTERN = "summary: Claims\nsource: us\npatterns: ['{verbs}\\s+cancer']\n"


@pytest.fixture
def library(
    write_files: Callable[..., str], rule_yaml: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Library:
    """Rules that use entities by list, pattern, sequence and condition, read from the cache."""
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = write_files(
        {
            "vocabulary/hard.yaml": LIST,
            "vocabulary/verbs.yaml": VERBS,
            "vocabulary/wider.yaml": WIDER,
            "vocabulary/less.yaml": LESS,
            "vocabulary/claim.yaml": IN_PATTERN,
            "profiles/public-web.yaml": "summary: Web\n",
            "house/listed.yaml": rule_yaml(check="terms", pattern=None, of="{hard}", concern="jargon"),
            "house/claimed.yaml": rule_yaml(pattern="{claim}", concern="efficacy"),
            "house/ordered.yaml": rule_yaml(check="sequence", pattern=None, slots=["{wider}", "tea"], concern="words"),
            "house/other.yaml": rule_yaml(pattern="zinc", concern="page"),
            "house/spared.yaml": rule_yaml(pattern="gold", concern="hype", unless=[{"near": {"entity": "verbs"}}]),
        }
    )
    load_folders([folder])
    return load_folders([folder])


def found(library: Library, text: str, **vocabulary: Any) -> list[tuple[str, str]]:
    changes = {name: {"add": {}, "remove": (), **change} for name, change in vocabulary.items()}
    result = lint(readers.parse("a.md", text, "markdown"), choose(library, Choice(vocabulary=changes)))
    assert result.errors == ()
    return [(each.rule.partition("/")[2], each.excerpt) for each in result.diagnostics]


def test_nothing_changes_without_changes(library: Library) -> None:
    assert overlay(library.vocabulary, {}) is library.vocabulary


def test_added_word_is_found_with_its_suggestion_in_all_its_forms(library: Library) -> None:
    changes = {"hard": {"add": {"stent": ("tube",)}, "remove": ()}}

    found = word_list(overlay(library.vocabulary, changes), "hard").uses(sentence("Stents, a stent, lesions."))

    assert [(use.word.term, use.word.suggestions) for use in found] == [
        ("stent", ("tube",)),
        ("stent", ("tube",)),
        ("lesion", ("sore",)),
    ]


def test_added_word_passes_the_gate_of_a_rule_from_the_cache(library: Library) -> None:
    assert found(library, "They zap cancer.") == []
    assert found(library, "They zapped cancer.", verbs={"add": {"zap": ()}}) == [("claimed", "zapped cancer")]
    assert found(library, "Zapping tea.", verbs={"add": {"zap": ()}}) == [("ordered", "Zapping tea")]


def test_added_word_counts_in_a_condition(library: Library) -> None:
    assert found(library, "They zap gold.") == [("spared", "gold")]
    assert found(library, "They zap gold.", verbs={"add": {"zap": ()}}) == []


@pytest.mark.parametrize("term", ["benign", "lesion", "lesions", "exacerbate", "exacerbated"])
def test_removed_word_is_gone_in_all_its_forms(library: Library, term: str) -> None:
    text = {"b": "Benign.", "l": "A lesion and lesions.", "e": "It exacerbates and exacerbated it."}[term[0]]

    assert found(library, text) != []
    assert found(library, text, hard={"remove": (term,)}) == []


def test_removed_word_is_gone_from_all_that_include_the_entity(library: Library) -> None:
    assert found(library, "They cure cancer. Curing tea.") == [("claimed", "cure cancer"), ("ordered", "Curing tea")]
    assert found(library, "They cure cancer. Curing tea.", verbs={"remove": ("cure",)}) == []


def test_word_can_be_removed_from_what_includes_it_alone(library: Library) -> None:
    removed = {"wider": {"remove": ("cure", "curing")}}

    assert found(library, "They cure cancer. Curing tea.", **removed) == [("claimed", "cure cancer")]


def test_word_removed_from_what_is_left_out_comes_back(library: Library) -> None:
    changes = {"verbs": {"add": {}, "remove": ("heal",)}}

    assert library.vocabulary.terms("less") == {"soothe"}
    assert overlay(library.vocabulary, changes).terms("less") == {"heal", "healed", "soothe"}


def test_added_word_that_exists_gets_the_new_suggestion(library: Library) -> None:
    changes = {"hard": {"add": {"benign": ("not cancer",)}, "remove": ("benign",)}}

    (use,) = word_list(overlay(library.vocabulary, changes), "hard").uses(sentence("benign"))

    assert use.word.suggestions == ("not cancer",)


def test_only_rules_that_use_the_entity_lose_their_gates(library: Library) -> None:
    rulebook = choose(library, Choice(vocabulary={"verbs": {"add": {"zap": ()}, "remove": ()}}))

    assert [rule.id for rule in rulebook.rules if not rule.known_gates] == ["house/claimed", "house/ordered"]


def test_library_is_not_changed(library: Library) -> None:
    overlay(library.vocabulary, {"verbs": {"add": {"zap": ()}, "remove": ("cure",)}})

    assert "zap" not in library.vocabulary.terms("verbs")
    assert "cure" in library.vocabulary.terms("verbs")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hrad": {"add": {}, "remove": ()}}, "unknown vocabulary 'hrad'; did you mean 'hard'?"),
        (
            {"hard": {"add": {}, "remove": ("bengin",)}},
            "vocabulary.hard: 'remove' has an unknown word 'bengin'; did you mean 'benign'?",
        ),
    ],
)
def test_name_that_does_not_exist_is_one_line(changes: Mapping[str, Any], message: str, library: Library) -> None:
    with pytest.raises(ConfigError) as caught:
        choose(library, Choice(vocabulary=changes))

    assert message == str(caught.value)


def test_changed_names_are_the_entity_and_all_that_is_made_of_it(library: Library) -> None:
    changed = overlay(library.vocabulary, {"verbs": {"add": {"zap": ()}, "remove": ()}}).changed

    assert changed == {"verbs", "wider", "less", "claim"}


def test_word_of_an_entity_whose_terms_another_has_as_its_own_changes_in_both() -> None:
    vocabulary = Vocabulary(
        {"base": Entity(("cure", "heal")), "other": Entity(("cure", "heal", "mend"), terms_of=("base",))}
    )

    changed = overlay(vocabulary, {"base": {"add": {"zap": ()}, "remove": ("heal",)}})

    assert (changed.terms("base"), changed.terms("other")) == ({"cure", "zap"}, {"cure", "mend", "zap"})


def test_names_are_found_wherever_settings_hold_them() -> None:
    settings = {"pattern": ("{a}", "b {c-d}"), "cues": [{"entity": "e", "pattern": "{f}"}], "of": "{p/q}", "max": 3}

    assert sorted(names_used(settings)) == ["a", "c-d", "e", "f", "p/q"]


def test_vocabulary_of_patterns_takes_words_too() -> None:
    vocabulary = Vocabulary({"known": Entity(patterns=("NHS|BBC",))})

    changed = overlay(vocabulary, {"known": {"add": {"HALP": ()}, "remove": ()}})

    assert all(changed.regex("^(?:{known})$").match(each) for each in ("NHS", "HALP"))


def sentence(text: str) -> Any:
    return readers.parse("a.txt", text, "text").blocks[0].sentences[0]
