"""Rule files: read strictly; what is wrong is said with file, line, what and what to do, all of it at once."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from healthlint.checks import pattern
from healthlint.conditions import cited, negated
from healthlint.diagnostic import Reference
from healthlint.errors import RulebookError, SettingError
from healthlint.rule import Example, FixText, Rule
from healthlint.rulefiles import read_rule_files
from healthlint.rulefolder import find_rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "dose/zero.yaml"
RULE = """\
summary: A dose with a zero after the point
concern: dose-notation
severity: error
message: "'{match}' can be misread."
advice: Write '{fixed}'.
why: The point is easy to miss.
references:
  - {title: A list, publisher: ISMP, year: 2024, url: "https://example.org/list"}
check: pattern
pattern: '(?P<number>\\d+)\\.0 {unit}'
fix: {text: "{number} mg", safe: true}
when: [negated]
unless:
  - negated
  - cited:
      after: 2
      within: paragraph
formerly: [dose/trailing]
examples:
  - flag: Take «1.0 mg».
    fixed: Take 1 mg.
  - flag: Take «5.0 mg».
  - pass: Take 1 mg.
  - pass: Take 10 mg.
  - pass: Take 10.5 mg.
    format: text
"""
UNIT = """\
summary: Units
source: BNF
fixed: [mg]
"""
NEGATORS = {
    f"vocabulary/{name}.yaml": "summary: Denials\nsource: NegEx\nfixed: [not]\n"
    for name in ("negator", "pseudo-negator", "denial")
}
Write = "Callable[[Mapping[str, str]], str]"


def read(folder: str) -> tuple[Rule, ...]:
    return read_rule_files(find_rule_files([folder])).rules


def refusals(write_files: Write, files: Mapping[str, str]) -> list[str]:
    """Return the errors in *files*, each with its path from the folder."""
    folder = write_files({"vocabulary/unit.yaml": UNIT, **NEGATORS, **files})
    with pytest.raises(RulebookError) as caught:
        read(folder)
    assert str(caught.value).split("\n") == [str(error) for error in caught.value.errors]
    return [str(error).removeprefix(folder + os.sep).replace(os.sep, "/") for error in caught.value.errors]


def changed(old: str, new: str) -> tuple[dict[str, str], int]:
    """Return the rule with *old* made *new*, and the line of the change."""
    assert old in RULE
    return {NAME: RULE.replace(old, new, 1)}, RULE[: RULE.index(old)].count("\n") + 1


def test_rule_file_reads(write_files: Write) -> None:
    folder = write_files({NAME: RULE, "vocabulary/unit.yaml": UNIT, **NEGATORS})

    (rule,) = read(folder)

    assert ("dose/zero", "dose", os.path.join(folder, "dose", "zero.yaml")) == (rule.id, rule.pack, rule.path)
    assert (
        rule.severity, rule.text.status, rule.text.concern, rule.text.once
    ) == ("error", "stable", "dose-notation", "")  # fmt: skip
    assert pattern.Check(pattern=r"(?P<number>\d+)\.0 {unit}") == rule.check
    assert (negated.Condition(),) == rule.when
    assert (negated.Condition(), cited.Condition(within="paragraph", after=2)) == rule.unless
    assert FixText("{number} mg", safe=True) == rule.text.fix
    assert (Reference("A list", "ISMP", "2024", "https://example.org/list"),) == rule.text.references
    assert Example(flag="Take «1.0 mg».", fixed="Take 1 mg.") == rule.text.examples[0]
    assert Example(passes="Take 10.5 mg.", format="text") == rule.text.examples[4]
    assert rule.text.formerly == ("dose/trailing",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("advice: Write", "advise: Write", "unknown key 'advise'; did you mean 'advice'?"),
        ("severity: error", "severity: fatal", "'severity': invalid enum value 'fatal'"),
        ("severity: error", "severity: 3", "'severity': "),
        ("severity: error", "severity: [error]", "'severity': "),
        ("concern: dose-notation", "concern: doses", "'concern': invalid enum value 'doses'"),
        ("check: pattern", "check: patern", "unknown check 'patern'; did you mean 'pattern'?"),
        ("pattern: '(?P<number>", "pattern: '(?P<number", "bad pattern: "),
        ("{unit}", "{units}", "unknown entity 'units'; did you mean 'unit'?"),
        ("\\.0", "(?=0)", "bad pattern: "),
        ("pattern: '(?P", "masks: x\npattern: '(?P", "unknown key 'masks'; did you mean 'mask'?"),
        ("[negated]", "[negatd]", "unknown condition 'negatd'; did you mean 'negated'?"),
        ("[negated]", "negated", "'when' is a list, such as '- negated'"),
        ("[negated]", "[{negated: {word: 3}}]", "unknown key 'word'; did you mean 'words'?"),
        ("[negated]", "[{negated: {words: many}}]", "'words': expected a whole number, got text"),
        ("[negated]", "[{near: {}}]", "give 'near' either a pattern or an entity"),
        ("[negated]", "[{negated: {}, quoted: {}}]", "name one condition per '-'"),
        ("[negated]", "[{negated: false}]", "expected keys and values, got true or false"),
        ("[negated]", "[[negated]]", "unknown condition"),
        ("check: pattern", "unverified: The dose\ncheck: pattern",
         "a rule with something to look up is not stable; add 'status: preview'"),
        ("fix: {text:", "fix: {txt:", "unknown key 'txt'; did you mean 'text'?"),
        ("  - flag: Take «5.0 mg».", "  - flagged: Take «5.0 mg».", "unknown key 'flagged'; did you mean 'flag'?"),
        ("  - flag: Take «5.0 mg».", "  - flag: Take 5.0 mg.", "mark what must be reported «like this»"),
        ("  - flag: Take «5.0 mg».", "  - flag: Take »5.0 mg«.", "mark what must be reported «like this»"),
        ("  - flag: Take «5.0 mg».", "  - flag: Take «5.0 mg.", "mark what must be reported «like this»"),
        ("  - flag: Take «5.0 mg».", "  - {flag: «a», pass: b}", "an example has either 'flag' or 'pass'"),
        ("  - {title: A list,", "  - {titel: A list,", "unknown key 'titel'; did you mean 'title'?"),
        ('  - {title: A list, publisher: ISMP, year: 2024, url: "https:', '  - {title: A list, url: "ftp:',
         "'ftp://example.org/list' is not a web address; start it with https://"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(write_files: Write, old: str, new: str, expected: str) -> None:
    files, line = changed(old, new)

    said = refusals(write_files, files)

    assert any(each.startswith(f"{NAME}:{line}: {expected}") for each in said), said


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("  - flag: Take «5.0 mg».\n", "", "examples:", "1 'flag' and 3 'pass' examples; a rule needs at least"),
        ("  - pass: Take 1 mg.\n", "", "examples:", "2 'flag' and 2 'pass' examples; a rule needs at least 2 and 3"),
        ("    fixed: Take 1 mg.\n", "", "fix:", "a rule with a fix shows it; add 'fixed' to a 'flag' example"),
        ('\n  - {title: A list, publisher: ISMP, year: 2024, url: "https://example.org/list"}', " []", "references:",
         "no reference; name at least one published source"),
        ("why: The point is easy to miss.", 'why: ""', "why:", "'why' is empty; readers of the report need it"),
        ("advice: Write '{fixed}'.", 'advice: " "', "advice:", "'advice' is empty; readers of the report need it"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_key(write_files: Write, old: str, new: str, key: str, expected: str) -> None:
    files, _ = changed(old, new)
    line = files[NAME][: files[NAME].index(key)].count("\n") + 1

    (said,) = refusals(write_files, files)

    assert said.startswith(f"{NAME}:{line}: {expected}")


@pytest.mark.parametrize("key", ["summary", "severity", "message", "advice", "why", "pattern", "check"])
def test_missing_key_is_named(write_files: Write, key: str) -> None:
    text = re.sub(rf"(?m)^{key}: .*\n", "", RULE)

    (said,) = refusals(write_files, {NAME: text})

    assert said.startswith(f"{NAME}: no key '{key}'; ")


def test_all_errors_of_a_file_are_said_at_once(write_files: Write) -> None:
    text = (
        RULE.replace("severity: error", "severity: fatal").replace("advice:", "advise:").replace("within:", "inside:")
    )

    said = refusals(write_files, {NAME: text})

    assert {3, 5, 17} <= {int(each.split(":")[1]) for each in said if each.split(":")[1].isdigit()}


def test_errors_of_all_files_are_said_at_once(write_files: Write) -> None:
    broken = RULE.replace("advice:", "advise:")

    said = refusals(
        write_files, {NAME: broken, "dose/other.yaml": "a: [", "dose/good.yaml": RULE.replace("formerly", "locales")}
    )

    assert {"dose/zero.yaml", "dose/other.yaml"} == {each.split(":")[0] for each in said}


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "1\n"])
def test_file_that_holds_no_keys_is_refused(write_files: Write, text: str) -> None:
    (said,) = refusals(write_files, {NAME: text})

    assert said == f"{NAME}: a rule file holds keys and values; 'healthlint new' writes one to start from"


def test_rule_outside_a_pack_is_refused(write_files: Write) -> None:
    said = refusals(write_files, {"zero.yaml": RULE, "a/b/zero.yaml": RULE})

    expected = "a rule stands in the folder of its pack: <pack>/<rule>.yaml"
    assert [f"a/b/zero.yaml: {expected}", f"zero.yaml: {expected}"] == sorted(said)


def test_second_rule_of_an_id_is_refused_and_says_where_the_first_is(write_files: Write) -> None:
    said = refusals(write_files, {"dose/zero.yaml": RULE, "dose/zero.yml": RULE})

    assert len(said) == 1
    assert said[0].startswith("dose/zero.yml: rule 'dose/zero' exists in ")
    assert said[0].endswith("zero.yaml; rename one")


def test_file_that_is_not_utf8_is_refused(write_files: Write) -> None:
    folder = write_files({NAME: RULE, "vocabulary/unit.yaml": UNIT, **NEGATORS})
    with open(os.path.join(folder, "dose", "zero.yaml"), "ab") as file:
        file.write(b"# caf\xe9\n")

    with pytest.raises(RulebookError, match=r"zero\.yaml: not UTF-8; save the file as UTF-8$"):
        read(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("summary: x\nfixed: [a]\n", "vocabulary/bad.yaml: no source; say where the terms come from"),
        ("summary: x\nsource: y\nfixd: [a]\n", "vocabulary/bad.yaml:3: unknown key 'fixd'; did you mean 'fixed'?"),
        ("summary: x\nsource: y\nforms: verbs\n", "vocabulary/bad.yaml:3: 'forms': invalid enum value 'verbs'"),
        ("summary: x\nsource: y\nincludes: [unitt]\n", "vocabulary/bad.yaml:3: unknown entity 'unitt'; did you mean"),
        ("summary: x\nsource: y\npatterns: ['{unitt}']\n", "vocabulary/bad.yaml:3: unknown entity 'unitt'"),
        ("summary: x\nsource: y\npatterns: ['(a']\n", "vocabulary/bad.yaml:3: bad pattern: "),
        ("summary: x\nsource: y\nincludes: [bad]\n", "vocabulary/bad.yaml: entity 'bad' is made of itself; break"),
        ("summary: x\nsource: ''\nfixed: [a]\n", "vocabulary/bad.yaml:2: no source; say where the terms come from"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entity_is_said_with_its_line(write_files: Write, text: str, expected: str) -> None:
    said = refusals(write_files, {"vocabulary/bad.yaml": text})

    assert any(each.startswith(expected) for each in said), said


def test_circle_of_entities_is_refused(write_files: Write) -> None:
    one = "summary: x\nsource: y\nincludes: [two]\n"
    two = "summary: x\nsource: y\npatterns: ['a {one}']\n"

    said = refusals(write_files, {"vocabulary/one.yaml": one, "vocabulary/two.yaml": two})

    assert "vocabulary/one.yaml: entity 'one' is made of itself; break the circle" in said


def test_terms_are_read_from_the_table_beside_the_rule(write_files: Write) -> None:
    text = re.sub(r"(?s)check: pattern.*?formerly", "check: terms\nfile: words.csv\nformerly", RULE)
    table = "term,suggestion\nutilise,use\nprior to,before|ahead of\ncaf\u00e9,\n"

    (rule,) = read(write_files({NAME: text, "dose/words.csv": table}))

    assert rule.check.of == "{dose/zero}"  # type: ignore[attr-defined]


def test_missing_table_is_said_with_its_line(write_files: Write) -> None:
    text = re.sub(r"(?s)check: pattern.*?formerly", "check: terms\nfile: words.csv\nformerly", RULE)

    said = refusals(write_files, {NAME: text})

    assert f"{NAME}:10: no file 'words.csv' beside it; check the name" in said


def test_setting_of_a_check_can_be_changed_and_a_wrong_one_is_refused(write_files: Write) -> None:
    (rule,) = read(write_files({NAME: RULE, "vocabulary/unit.yaml": UNIT, **NEGATORS}))

    assert rule is rule.with_settings({})
    assert pattern.Check(pattern="x") == rule.with_settings({"pattern": "x"}).check
    with pytest.raises(SettingError, match="unknown key 'patern'; did you mean 'pattern'"):
        rule.with_settings({"patern": "x"})


@pytest.mark.parametrize(
    ("key", "value"), [("max", "ten"), ("max", True), ("max", [3]), ("max", None), ("per", "page"), ("ignore", 3)]
)
def test_setting_of_the_wrong_type_is_refused(write_files: Write, key: str, value: object) -> None:
    text = re.sub(r"(?s)check: pattern.*?formerly", "check: length\nmax: 20\nformerly", RULE)
    (rule,) = read(write_files({NAME: text}))

    with pytest.raises(SettingError, match=f"'{key}' cannot be"):
        rule.with_settings({key: value})
