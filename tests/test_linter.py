"""The linter: one path from a document and a rulebook to diagnostics, the same every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from healthlint import readers
from healthlint.diagnostic import Edit, Fix
from healthlint.finding import Finding
from healthlint.library import load_library
from healthlint.linter import fill, lint
from healthlint.rulebook import Choice, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.rulebook import Rulebook

MakeRulebook = "Callable[..., Rulebook]"
_HARD = "Antihypertensive medication administration is an individualised consideration. "


@pytest.fixture
def make_rulebook(make_library: Callable[..., Any], rule_yaml: Callable[..., str]) -> MakeRulebook:
    """Return the rulebook of rules given by their name and the keys they change."""

    def make(choice: Choice | None = None, **rules: dict[str, Any]) -> Rulebook:
        files = {f"house/{name}.yaml": rule_yaml(**keys) for name, keys in rules.items()}
        return choose(make_library(files), choice or Choice())

    return make


def check(source: str, rulebook: Rulebook, format: str = "markdown") -> Result:
    return lint(readers.parse("page.md", source, format), rulebook)


def told(result: Result) -> list[tuple[str, str]]:
    return [(diagnostic.rule.partition("/")[2], diagnostic.excerpt) for diagnostic in result.diagnostics]


@dataclass(frozen=True)
class Broken:
    """A check that finds one thing and then fails."""

    def gates(self, vocabulary: Vocabulary) -> None:
        """Want every sentence."""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything."""

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Find the first word."""
        yield Finding(document.blocks[0], 0, 1, sentences[0])
        raise ZeroDivisionError("no words")


def test_diagnostic_says_what_the_rule_says_of_what_was_found(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(cure={"pattern": r"(?P<verb>\w+) cures"})

    (found,) = check("# Tea\n\nOur tea *cures* it.\n", rulebook).diagnostics

    assert found.rule == "house/cure"
    assert (found.concern, found.severity) == ("absolute", "warning")
    assert found.message == "'tea cures' promises too much."
    assert found.excerpt == "tea *cures"
    assert (found.span, found.start, found.end) == ((11, 21), (3, 5), (3, 15))
    assert found.references[0].title == "Fraud"
    assert found.fix is None


def test_diagnostics_come_by_place_and_then_by_rule(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(
        zeta={"pattern": "cure", "concern": "words"},
        alpha={"pattern": "cure|tea", "concern": "stigma"},
        long={"pattern": "a cure", "severity": "error"},
    )

    result = check("tea, a cure\n\na cure", rulebook)

    assert told(result) == [
        ("alpha", "tea"),
        ("long", "a cure"),
        ("alpha", "cure"),
        ("zeta", "cure"),
        ("long", "a cure"),
        ("alpha", "cure"),
        ("zeta", "cure"),
    ]


def test_same_bytes_and_rules_give_the_same_result(make_rulebook: MakeRulebook) -> None:
    keys = {"cure": {"pattern": "cure"}, "tea": {"pattern": r"\btea\b", "once": "document"}}
    source = "Tea is a cure.\r\n\r\nA cure for all: tea.\u2028Tea!"

    first, second = check(source, make_rulebook(**keys)), check(source, make_rulebook(**keys))

    assert first == second


def test_result_does_not_depend_on_what_was_checked_before(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(cure={"pattern": "cure"})

    alone = check("A cure.", make_rulebook(cure={"pattern": "cure"}))
    check("Another cure, and a cure.", rulebook)

    assert alone == check("A cure.", rulebook)


def test_crash_of_a_rule_is_an_error_and_the_other_rules_have_run(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(alpha={}, broken={}, zeta={"concern": "words"})
    broken = replace(rulebook.rules[1], check=Broken(), known_gates=())
    rulebook = replace(rulebook, rules=(rulebook.rules[0], broken, rulebook.rules[2]))

    result = check("A cure.", rulebook)

    assert result.errors == ("rule house/broken failed (ZeroDivisionError: no words); the other rules have run",)
    assert told(result) == [("alpha", "cure"), ("zeta", "cure")]


@pytest.mark.parametrize(
    ("once", "expected"), [(None, 7), ("sentence", 5), ("block", 4), ("section", 2), ("document", 1)]
)
def test_only_the_first_of_each_is_reported_where_the_rule_says_so(
    make_rulebook: MakeRulebook, once: str | None, expected: int
) -> None:
    source = "# A\n\nA cure, a cure. A cure.\n\nA cure.\n\n# B\n\nA cure.\n\nA cure and a cure."

    assert expected == len(check(source, make_rulebook(cure={"once": once})).diagnostics)


def test_first_use_of_each_term_is_reported_where_the_rule_says_so(make_rulebook: MakeRulebook) -> None:
    words = make_rulebook(
        long={"check": "terms", "pattern": None, "terms": ["utilise", "commence"], "forms": "verb", "once": "term"}
    )
    pattern = make_rulebook(cure={"pattern": "cures?", "once": "term"})

    assert told(check("Utilising it, commence. We utilized it.", words)) == [
        ("long", "Utilising"),
        ("long", "commence"),
    ]
    assert [word for _, word in told(check("A cure, cures. Cure!", pattern))] == ["cure", "cures"]


def test_finding_stands_when_all_of_when_and_none_of_unless_hold(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(
        cure={
            "when": [{"near": {"pattern": "tea"}}, {"near": {"pattern": "best"}}],
            "unless": ["questioned", {"near": {"pattern": "joke"}}],
        }
    )
    source = """\
The best tea is a cure. The tea is a cure. The best is a cure.
Is the best tea a cure? The best tea is a cure, a joke.
"""

    (found,) = check(source, rulebook).diagnostics

    assert source[: found.span.start].count(".") == 0


def test_long_match_is_shortened_in_the_message_only(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(cure={"pattern": "cure.*"})

    (found,) = check("A cure " + "so good " * 20, rulebook).diagnostics

    assert found.message.startswith("'cure so good")
    assert len(found.message) == 80 + len("'' promises too much.")
    assert len(found.excerpt) > 80


def test_fix_replaces_what_was_found(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(
        dose={
            "pattern": r"(?P<number>\d+)\.0 (?P<unit>mg)",
            "fix": {"text": "{number} {unit}", "safe": True},
            "advice": "Write '{fixed}'.",
            "examples": fixed_examples("«1.0 mg»", "1 mg"),
        }
    )

    (found,) = check("Take 5.0&nbsp;mg now.", rulebook).diagnostics

    assert found.fix == Fix(safe=True, edits=(Edit(5, 16, "5 mg"),))
    assert found.suggestions == ("5 mg",)
    assert found.advice == "Write '5 mg'."


@pytest.mark.parametrize(
    ("choice", "lang", "fix", "advice"),
    [
        ("en-GB", "", "litre", "Write 'litre'."),
        ("", "en-us", "liter", "Write 'liter'."),
        ("en-GB", "en-US", "litre", "Write 'litre'."),
        ("", "", None, "Write 'litre'."),
        ("", "fr", None, "Write 'litre'."),
    ],
)
def test_fix_is_the_one_for_the_locale_and_without_one_only_suggested(
    make_rulebook: MakeRulebook, choice: str, lang: str, fix: str | None, advice: str
) -> None:
    rulebook = make_rulebook(
        Choice(locale=choice),
        volume={
            "pattern": "ltr",
            "fix": {"text": {"en-GB": "litre", "en-US": "liter"}, "safe": True},
            "advice": "Write '{fixed}'.",
            "examples": fixed_examples("«ltr»", "litre"),
        },
    )

    (found,) = check(f'<html lang="{lang}"><body><p>A ltr.</p></body></html>', rulebook, "html").diagnostics

    assert fix == (found.fix.edits[0].text if found.fix else None)
    assert found.suggestions == ("litre", "liter")
    assert found.advice == advice


@pytest.mark.parametrize(
    ("lang", "expected"), [("en-GB", 1), ("en-gb", 1), ("en_GB", 1), ("en-US", 0), ("en", 1), ("", 1)]
)
def test_rule_for_a_locale_is_not_asked_of_pages_in_another(
    make_rulebook: MakeRulebook, lang: str, expected: int
) -> None:
    rulebook = make_rulebook(cure={"locales": ["en-GB"]})

    result = check(f'<html lang="{lang}"><body><p>A cure.</p></body></html>', rulebook, "html")

    assert expected == len(result.diagnostics)


@pytest.mark.parametrize(("checked", "preview", "expected"), [(True, False, 1), (False, False, 0), (False, True, 1)])
def test_finding_on_a_fact_that_nobody_looked_up_is_for_preview_only(
    make_library: Callable[..., Any], rule_yaml: Callable[..., str], *, checked: bool, preview: bool, expected: int
) -> None:
    table = (
        "summary: Limits\nsource: A label\nas-of: 2026-11-23\n"
        f"rows: [{{term: zinc, max-a-day: 40 mg, checked: {str(checked).lower()}}}]\n"
    )
    rule = rule_yaml(check="quantity", pattern=None, of="{limit}")
    library = make_library({"vocabulary/limit.yaml": table, "house/zinc.yaml": rule})

    result = check("Zinc 90 mg a day.", choose(library, Choice(preview=preview)))

    assert expected == len(result.diagnostics)


def test_locale_that_a_person_chose_wins_over_what_the_page_says(
    make_library: Callable[..., Any], rule_yaml: Callable[..., str]
) -> None:
    library = make_library({"house/cure.yaml": rule_yaml(locales=["en-GB"])})
    page = '<html lang="en-US"><body><p>A cure.</p></body></html>'

    assert len(check(page, choose(library, Choice(locale="en-GB")), "html").diagnostics) == 1
    assert len(check(page, choose(library, Choice()), "html").diagnostics) == 0


def test_fingerprints_of_equal_texts_differ(make_rulebook: MakeRulebook) -> None:
    result = check("A cure.\n\nA cure.\n\nA cure, a cure.", make_rulebook(cure={}))

    assert len({diagnostic.fingerprint for diagnostic in result.diagnostics}) == 4


def test_fingerprints_survive_lines_that_are_put_in_before(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(cure={})
    source = "A cure.\n\nThe cure.\n\nA cure."

    before, after = check(source, rulebook), check("# Tea\n\nIt is new.\n\n" + source, rulebook)

    assert fingerprints(before.diagnostics) == fingerprints(after.diagnostics)


def test_fingerprints_of_two_rules_at_one_place_differ(make_rulebook: MakeRulebook) -> None:
    assert len(set(fingerprints(check("A cure.", make_rulebook(one={}, two={"concern": "words"})).diagnostics))) == 2


def test_related_findings_on_the_same_words_are_one_diagnostic(make_rulebook: MakeRulebook) -> None:
    result = check("A cure.", make_rulebook(one={}, two={"pattern": "A cure", "concern": "hype"}))

    (only,) = result.diagnostics
    assert (only.rule, only.excerpt) == ("house/one", "cure")
    assert [(each.rule, each.concern) for each in only.also] == [("house/two", "hype")]


def test_silencing_the_leader_brings_the_other_to_the_front(make_rulebook: MakeRulebook) -> None:
    rulebook = make_rulebook(one={}, two={"concern": "hype"})

    result = check("<!-- healthlint-disable-next-line house/one -- a name -->\nA cure.", rulebook)

    assert told(result) == [("two", "cure")]
    assert [each.diagnostic.rule for each in result.suppressed] == ["house/one"]


def test_result_holds_what_is_known_of_the_document(make_rulebook: MakeRulebook) -> None:
    result = check("It is a cure.\n", make_rulebook(cure={}))

    assert (
        result.path, result.format, result.source, result.words, result.errors
    ) == ("page.md", "markdown", "It is a cure.\n", 4, ())  # fmt: skip
    assert result.readability is not None
    assert result.readability.words_scored == 4


def test_finding_in_an_empty_document_is_none(make_rulebook: MakeRulebook) -> None:
    assert check("", make_rulebook(cure={})).diagnostics == ()


def test_placeholder_without_a_value_stays() -> None:
    assert fill("{match} is {slot-1} {unknown} {Not} {}", {"match": "{slot-1}", "slot-1": "x"}) == (
        "{slot-1} is x {unknown} {Not} {}"
    )


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [diagnostic.fingerprint for diagnostic in diagnostics]


def fixed_examples(flagged: str, fixed: str) -> list[dict[str, str]]:
    return [
        {"flag": f"A {flagged}.", "fixed": f"A {fixed}.", "locale": "en-GB"},
        {"flag": f"The {flagged}."},
        {"pass": "One."},
        {"pass": "Two."},
        {"pass": "Three."},
    ]


def test_page_in_another_language_is_checked_with_a_note() -> None:
    rulebook = choose(load_library(), Choice(select=("medication/trailing-zero",)))
    document = readers.parse("a.html", '<html lang="da"><p>Tag 1.0 mg.</p></html>', "html")

    assert ("the page says that it is in 'da'; the rules are for English",) == lint(document, rulebook).notes


@pytest.mark.parametrize(("sentences", "expected"), [(42, "info"), (43, "warning")])
def test_finding_that_rests_on_little_text_is_one_step_milder(
    make_rulebook: MakeRulebook, sentences: int, expected: str
) -> None:
    grade = {"check": "readability", "pattern": None, "flesch-kincaid": 10, "smog": 10, "min-words": 100}
    examples = [*[{"flag": f"«{_HARD.strip()}» {_HARD * 20}"}] * 2, *[{"pass": "The cat."}] * 3]
    rulebook = make_rulebook(grade={**grade, "severity": "warning", "examples": examples})

    (found,) = check(_HARD * sentences, rulebook).diagnostics

    assert expected == found.severity


@pytest.mark.parametrize(
    ("severity", "source", "expected"),
    [
        ("error", "A cure.", "error"),
        ("error", "A cure, says the NHS.", "warning"),
        ("warning", "A cure, says the NHS.", "info"),
        ("info", "A cure, says the NHS.", "info"),
    ],
)
def test_severity_is_one_step_milder_where_the_rule_says_so(
    make_rulebook: MakeRulebook, severity: str, source: str, expected: str
) -> None:
    rulebook = make_rulebook(cure={"pattern": "cure", "severity": severity, "milder": [{"near": {"pattern": "NHS"}}]})

    (found,) = check(source, rulebook).diagnostics

    assert expected == found.severity
