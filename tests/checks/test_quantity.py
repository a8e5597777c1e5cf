"""Quantities: amounts and frequencies against the limits of a rule or of a dated table."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from healthlint import readers
from healthlint.checks.quantity import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]


def row(*names: str, checked: bool = True, locales: tuple[str, ...] = (), **values: Any) -> Row:
    keys = {key.replace("_", "-"): value for key, value in values.items()}
    return Row(names[0], names, "2026-11-23", "A label", 1, names[1:], locales, checked, keys)


ROWS = (
    row("paracetamol", max_a_day="4 g", max_a_dose="1 g", tablet="500 mg", at_most="every 4 hours"),
    row("tylenol", max_a_day="4 g", max_a_dose="1.3 g", tablet="325 mg", strong_tablet="500 mg"),
    row("methotrexate", at_most="once a week"),
    row("folic acid", plausible="50-15,000 micrograms"),
    row("vitamin d", max_a_day=("100 micrograms", "4,000 IU")),
    row("glucose", plausible=("1.5-60 mmol/L", "25-1,000 mg/dL")),
    row("zinc", max_a_day="40 mg"),
    row("zinc", max_a_day="25 mg", locales=("en-GB",)),
    row("selenium", max_a_day="400 micrograms", checked=False),
)
ENTITIES = {
    "medicine": Entity(tuple(dict.fromkeys(name for each in ROWS for name in each.phrases)), rows=ROWS),
    "other": Entity(("calcium", "ibuprofen", "water", "blood test")),
    "bare": Entity(("melatonin",)),
}
CHECK = Check(
    of="{medicine}",
    beside=("{other}",),
    taken=r"\b(?:take|taken|pop|have)\b",
    stated=r"\b(?:no more than|maximum)\b",
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Take 6 g of paracetamol a day.", "6 g of paracetamol a day"),
        ("Paracetamol 8,000 mg daily works.", "8,000 mg daily"),
        ("Take paracetamol: 2 g three times a day.", "2 g three times a day"),
        ("Take two 500 mg paracetamol tablets every 2 hours.", "two 500 mg paracetamol tablets every 2 hours"),
        ("Every two hours, take 1 g of paracetamol.", "Every two hours, take 1 g"),
        ("Have 3 tablets of paracetamol four times a day.", "3 tablets of paracetamol four times a day"),
        ("Paracetamol 500 mg tablets: take 3 tablets qds.", "3 tablets qds"),
        ("Vitamin D 10,000 IU a day.", "10,000 IU a day"),
        ("Vitamin D, 250 micrograms daily.", "250 micrograms daily"),
        ("Do not take more than 8 g of paracetamol a day.", "8 g of paracetamol a day"),
    ],
)
def test_more_in_a_day_than_the_limit_is_found(texts: Texts, source: str, found: str) -> None:
    assert texts(CHECK, source, ENTITIES) == [found]


@pytest.mark.parametrize(
    "source",
    [
        "Take 4 g of paracetamol a day.",
        "Take 1 g of paracetamol four times a day.",
        "Take 500 mg to 1 g of paracetamol every 4 to 6 hours.",
        "Take 20 g of paracetamol a week.",
        "A box holds 16 tablets of paracetamol.",
        "Take two Tylenol every 6 hours.",
        "Take vitamin D and 1,000 mg of calcium a day.",
        "Take 8 g of honey a day, never with paracetamol.",
        "Take 10 mg of paracetamol per kg, or 15 mg/kg four times a day.",
        "Paracetamol 500 mg tablets: take two, with 300 mL of water, four times a day.",
        "Take 2 g of ibuprofen a day, not paracetamol.",
        "More than 8 g of paracetamol a day is poison.",
        "Taking over 100 mg of zinc a day upsets the stomach.",
    ],
)
def test_what_is_within_the_limit_or_of_something_else_is_not_found(texts: Texts, source: str) -> None:
    assert texts(CHECK, source, ENTITIES) == []


def test_of_two_ranges_only_one_counts_at_its_most(texts: Texts) -> None:
    assert texts(CHECK, "Take 500 mg to 1.3 g of Tylenol 3 or 4 times a day.", ENTITIES) == []


def test_single_dose_counts_where_somebody_takes_it(texts: Texts) -> None:
    assert texts(CHECK, "Pop three paracetamol at once.", ENTITIES) == ["three paracetamol"]
    assert texts(CHECK, "Take 2 g of paracetamol.", ENTITIES) == ["2 g"]
    assert texts(CHECK, "A vial of 2 g of paracetamol.", ENTITIES) == []


def test_strong_tablets_hold_more(texts: Texts) -> None:
    assert texts(CHECK, "Take three Tylenol.", ENTITIES) == []
    assert texts(CHECK, "Take three extra-strength Tylenol.", ENTITIES) == ["three extra-strength Tylenol"]


def test_tablets_that_nobody_knows_are_not_counted(texts: Texts) -> None:
    assert texts(CHECK, "Take 30 tablets of zinc a day.", ENTITIES) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Take methotrexate 2.5 mg daily.", "daily"),
        ("Methotrexate is taken twice a week.", "twice a week"),
        ("Methotrexate: a once-a-day tablet.", "once-a-day"),
        ("You can take paracetamol every hour.", "every hour"),
    ],
)
def test_more_often_than_the_limit_is_found(texts: Texts, source: str, found: str) -> None:
    assert texts(CHECK, source, ENTITIES) == [found]


@pytest.mark.parametrize(
    "source",
    [
        "Take methotrexate once a week.",
        "On methotrexate you have a blood test every day.",
        "Take calcium every day but that of your methotrexate.",
        "Methotrexate is one of the medicines that the clinic looks at daily.",
    ],
)
def test_how_often_something_else_is_done_is_not_found(texts: Texts, source: str) -> None:
    assert texts(CHECK, source, ENTITIES) == []


def test_limit_that_the_section_states_holds_for_what_is_taken_every_few_hours(texts: Texts) -> None:
    dose = "Take 1 g of paracetamol every 4 hours."

    assert texts(CHECK, dose, ENTITIES) == ["1 g of paracetamol every 4 hours"]
    assert texts(CHECK, f"{dose} Take no more than 4 g in 24 hours.", ENTITIES) == []
    assert texts(CHECK, "Take 2 g of paracetamol 4 times a day, no more than that.", ENTITIES) != []


def test_implausible_amount_is_found_with_what_was_meant(find: Find) -> None:
    found = find(CHECK, "Take 400 mg of folic acid. A glucose of 5.5 mg/dL is normal, one of 5.5 mmol/L too.", ENTITIES)

    assert [(each.text, each.suggestions) for each in found] == [
        ("400 mg", ("400 micrograms",)),
        ("5.5 mg/dL", ("5.5 mmol/L",)),
    ]


def test_implausible_amount_stands_close_to_its_name(texts: Texts) -> None:
    far = "Folic acid is a vitamin that your body needs to make blood, and a tablet may hold 400 mg."

    assert texts(CHECK, far, ENTITIES) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Reach for paracetamol. Pop three at once.", ["three"]),
        ("# Paracetamol\n\nTake three tablets.", ["three tablets"]),
        ("Paracetamol:\n\n- take 2 tablets\n- take 3 tablets", ["3 tablets"]),
        ("| Drug | Dose |\n|---|---|\n| Folic acid | 400 mg |\n| Calcium | 400 mg |", ["400 mg"]),
        ("Reach for paracetamol. It is not like ibuprofen. Take 3 tablets.", []),
        ("Reach for paracetamol. Take three deep breaths.", []),
        ("# Paracetamol\n\nSleep.\n\n# Calm\n\nTake three tablets.", []),
    ],
)
def test_name_carries_to_what_follows_until_another_stands_there(texts: Texts, source: str, found: list[str]) -> None:
    assert texts(CHECK, source, ENTITIES) == found


def test_locale_has_its_own_row_and_an_unknown_one_that_of_no_locale() -> None:
    vocabulary = Vocabulary(ENTITIES)

    def found(locale: str, amount: int) -> bool:
        document = readers.parse("a.md", f"---\nlang: {locale}\n---\nTake zinc {amount} mg a day.\n", "markdown")
        sentences = [sentence for block in document.blocks for sentence in block.sentences]
        return bool(list(CHECK.find(document, sentences, vocabulary)))

    assert (found("en-GB", 30), found("en-US", 30), found("en", 30)) == (True, False, False)
    assert (found("en-GB", 50), found("en-US", 50), found("en", 50)) == (True, True, True)


def test_finding_says_what_was_found_and_what_its_limit_is(find: Find) -> None:
    (found,) = find(CHECK, "Take two Paracetamol every hour.", ENTITIES)

    assert dict(found.values) == {
        "substance": "Paracetamol",
        "found": "24 g in 24 hours",
        "limit": "4 g in 24 hours",
        "source": "A label",
        "as-of": "2026-11-23",
    }


def test_finding_says_whether_anybody_looked_its_fact_up(find: Find) -> None:
    zinc, selenium = find(CHECK, "Zinc 100 mg a day, selenium 1 mg a day.", ENTITIES)

    assert (zinc.is_checked, selenium.is_checked) == (True, False)


def test_limits_of_the_rule_hold_for_what_has_no_row(texts: Texts) -> None:
    check = Check(of="{bare}", max_a_day="10 mg", at_most="once a day", taken="take")

    assert texts(check, "Melatonin 20 mg daily.", ENTITIES) == ["20 mg daily"]
    assert texts(check, "Take melatonin twice a day.", ENTITIES) == ["twice a day"]


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"of": "paracetamol"}, "of", "'of' is an entity, as in '{vitamin}'"),
        ({"of": "{medicin}"}, "of", "unknown entity 'medicin'; did you mean 'medicine'?"),
        ({"of": "{other}"}, "of", "nothing to compare with; give plausible, max-a-day, max-a-dose, at-most here"),
        ({"max_a_day": "four"}, "max-a-day", "'max-a-day' cannot be 'four'; write an amount, as in '4 g'"),
        ({"at_most": "often"}, "at-most", "'at-most' cannot be 'often'; write how often, as in 'once a week'"),
        ({"taken": "("}, "taken", "bad pattern"),
        ({"beside": ("{othr}",)}, "beside", "unknown entity 'othr'"),
    ],
)
def test_wrong_setting_is_refused(changes: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**{"of": "{medicine}", **changes}).validate(Vocabulary(ENTITIES))

    assert (caught.value.key, str(caught.value)[: len(message)]) == (key, message)


def test_limit_of_a_row_that_cannot_be_read_is_refused() -> None:
    entities = {"medicine": Entity(("a",), rows=(row("a", max_a_day="much"),))}

    with pytest.raises(SettingError, match="a: 'max-a-day' cannot be 'much'"):
        Check(of="{medicine}").validate(Vocabulary(entities))


def test_time_grows_linearly_with_one_long_sentence(find: Find) -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        find(CHECK, text, ENTITIES)
        return time.perf_counter() - start

    for piece in ("paracetamol 2 g a day and ", "paracetamol ", "2 g ", "every day ", "take 3, ", "2 g of it, then "):
        seconds("paracetamol " + piece * 100)
        assert seconds("paracetamol " + piece * 2000) < 30 * seconds("paracetamol " + piece * 200) + 0.1
