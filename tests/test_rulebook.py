"""The rulebook: which rules run, how severe they are, and with what settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.errors import ConfigError
from healthlint.rulebook import Choice, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.library import Library
    from healthlint.rulebook import Rulebook

LENGTH: dict[str, Any] = {"check": "length", "pattern": None, "max": 20}


@pytest.fixture
def library(make_library: Callable[..., Library], rule_yaml: Callable[..., str]) -> Library:
    """Six rules in three packs, one of them in preview, and three profiles."""
    return make_library(
        {
            "claims/cure.yaml": rule_yaml(formerly=["claims/healing"]),
            "claims/hype.yaml": rule_yaml(concern="hype", severity="info"),
            "claims/new.yaml": rule_yaml(status="preview"),
            "reading/long.yaml": rule_yaml(concern="reading", **LENGTH),
            "ads/banner.yaml": rule_yaml(concern="advertising"),
            "ads/british.yaml": rule_yaml(concern="advertising", locales=["en-GB"]),
            "profiles/public-web.yaml": "summary: Web\nseverities: {ads/*: 'off'}\n",
            "profiles/leaflet.yaml": """\
summary: Leaflet
severities: {claims/*: error, claims/hype: 'off', claims/healing: info}
settings: {reading/long: {max: 15}}
""",
        }
    )


def ids(library: Library, **choice: Any) -> list[str]:
    return [rule.id for rule in choose(library, Choice(**choice)).rules]


def severities(rulebook: Rulebook) -> dict[str, str]:
    return {rule.id: rule.severity for rule in rulebook.rules}


def test_stable_rules_of_the_profile_run_by_default(library: Library) -> None:
    assert ids(library) == ["claims/cure", "claims/hype", "reading/long"]


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (["claims/cure"], ["claims/cure"]),
        (["claims/healing"], ["claims/cure"]),
        (["claims"], ["claims/cure", "claims/hype"]),
        (["claims/*"], ["claims/cure", "claims/hype"]),
        (["hype"], ["claims/hype"]),
        (["absolute", "reading/long"], ["claims/cure", "reading/long"]),
        (["all"], ["claims/cure", "claims/hype", "reading/long"]),
        (["grammar"], []),
    ],
)
def test_rules_are_selected_by_id_former_id_pack_and_concern(
    library: Library, select: list[str], expected: list[str]
) -> None:
    assert expected == ids(library, select=tuple(select))


@pytest.mark.parametrize("selector", ["claims/cure", "claims/healing", "absolute"])
def test_ignored_rules_do_not_run(library: Library, selector: str) -> None:
    assert ids(library, ignore=(selector,)) == ["claims/hype", "reading/long"]


def test_ignore_wins_over_select(library: Library) -> None:
    assert ids(library, select=("claims", "reading"), ignore=("claims",)) == ["reading/long"]


def test_extended_selection_adds_to_the_selection(library: Library) -> None:
    assert ids(library, select=("reading",), extend_select=("hype",)) == ["claims/hype", "reading/long"]


@pytest.mark.parametrize(
    "choice", [{}, {"select": ("claims/new",)}, {"select": ("all",)}, {"extend_select": ("claims",)}]
)
def test_rule_in_preview_is_off_even_when_it_is_named(library: Library, choice: dict[str, Any]) -> None:
    assert "claims/new" not in ids(library, **choice)


def test_rule_in_preview_runs_when_asked_for(library: Library) -> None:
    assert ids(library, preview=True, select=("claims/new",)) == ["claims/new"]


def test_profile_sets_severities_by_rule_former_id_and_pack(library: Library) -> None:
    rulebook = choose(library, Choice(profile="leaflet"))

    assert (severities(rulebook)) == {
        "claims/cure": "info",
        "reading/long": "warning",
        "ads/banner": "warning",
        "ads/british": "warning",
    }


@pytest.mark.parametrize("selector", ["claims/hype"])
def test_rule_that_a_profile_turns_off_runs_when_it_is_named(library: Library, selector: str) -> None:
    rulebook = choose(library, Choice(profile="leaflet", select=(selector,)))

    assert severities(rulebook) == {"claims/hype": "info"}


@pytest.mark.parametrize("selector", ["ads", "ads/*"])
def test_pack_that_a_profile_turns_off_runs_when_it_is_named(library: Library, selector: str) -> None:
    assert ids(library, extend_select=(selector,)) == [
        "ads/banner",
        "ads/british",
        "claims/cure",
        "claims/hype",
        "reading/long",
    ]


def test_rule_that_a_profile_turns_off_stays_off_when_all_are_named(library: Library) -> None:
    assert "ads/banner" not in ids(library, select=("all",))


def test_profile_sets_thresholds(library: Library) -> None:
    (rule,) = choose(library, Choice(profile="leaflet", select=("reading",))).rules

    assert rule.check.max == 15  # type: ignore[attr-defined]


def test_configuration_wins_over_the_profile(library: Library) -> None:
    rules = {"reading/long": {"max": 12, "severity": "error"}, "claims/hype": {"severity": "warning"}}

    rulebook = choose(library, Choice(profile="leaflet", rules=rules, select=("reading", "claims/hype")))

    assert severities(rulebook) == {"claims/hype": "warning", "reading/long": "error"}
    assert rulebook.rules[1].check.max == 12  # type: ignore[attr-defined]


def test_configuration_names_a_rule_by_a_former_id_too(library: Library) -> None:
    rules = {"claims/healing": {"severity": "error"}}

    assert severities(choose(library, Choice(rules=rules)))["claims/cure"] == "error"


def test_rule_is_turned_off_by_the_configuration(library: Library) -> None:
    assert ids(library, rules={"claims/cure": {"severity": "off"}}) == ["claims/hype", "reading/long"]


def test_severity_of_the_rule_itself_holds_where_nothing_changes_it(library: Library) -> None:
    assert (severities(choose(library, Choice()))) == {
        "claims/cure": "warning",
        "claims/hype": "info",
        "reading/long": "warning",
    }


@pytest.mark.parametrize(("locale", "expected"), [("en-GB", True), ("", True), ("en-US", False)])
def test_rule_for_one_locale_runs_there_and_where_none_is_known(
    library: Library,
    locale: str,
    expected: bool,
) -> None:
    assert expected == ("ads/british" in ids(library, locale=locale, select=("ads",)))


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"select": ("claims/cur",)}, "unknown rule, pack or concern 'claims/cur'; did you mean 'claims/cure'"),
        ({"ignore": ("claim",)}, "unknown rule, pack or concern 'claim'; did you mean 'claims'"),
        ({"extend_select": ("statistics",)}, "unknown rule, pack or concern 'statistics'; did you mean 'statistic'"),
        ({"select": ("",)}, "unknown rule, pack or concern ''"),
        ({"profile": "leafle"}, "unknown profile 'leafle'; did you mean 'leaflet'.; there are leaflet, public-web"),
        ({"rules": {"claims/cur": {}}}, "unknown rule 'claims/cur'; did you mean 'claims/cure'"),
        ({"rules": {"reading/long": {"maxi": 3}}}, "rules.\"reading/long\": .*unknown key 'maxi'; did you mean 'max'"),
        ({"rules": {"reading/long": {"max": "ten"}}}, "rules.\"reading/long\": 'max' cannot be 'ten'"),
        ({"rules": {"reading/long": {"max": 0}}}, 'rules."reading/long": must be 1 or more'),
        ({"rules": {"claims/cure": {"pattern": "(a"}}}, 'rules."claims/cure": bad pattern: '),
        ({"rules": {"claims/cure": {"severity": "eror"}}},
         "rules.\"claims/cure\": unknown severity 'eror'; did you mean 'error'"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_an_error_with_the_nearest_name(
    library: Library, choice: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        choose(library, Choice(**choice))

    assert "\n" not in str(caught.value)


def test_rulebook_knows_all_ids_and_which_of_them_run(library: Library) -> None:
    rulebook = choose(library, Choice())

    assert frozenset({"claims/cure", "claims/hype", "reading/long"}) == rulebook.active
    assert {"claims/cure", "claims/healing", "claims/new", "ads/banner"} < rulebook.known
