"""The library: read from YAML once, then from the cache, which changes nothing and may always be lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.errors import ConfigError, RulebookError
from healthlint.library import Library, builtin_folder, load_folders, load_library
from healthlint.linter import lint
from healthlint.rulebook import Choice, choose

if TYPE_CHECKING:
    from healthlint.diagnostic import Diagnostic

RULE = """\
summary: Loss of weight
concern: hype
severity: warning
message: "'{match}' promises {slot-2}."
advice: Write '{fixed}'.
why: Few do.
references:
  - {title: Fraud, publisher: FDA, year: 2023, url: "https://example.org"}
check: sequence
slots: ["{lose}", "kilos | weight"]
gap: [3]
when:
  - near: {pattern: tea, within: paragraph}
unless: [quoted, metadata: {keys: [reviewed]}]
fix: {text: {en-GB: slim, en-US: trim}, safe: false}
formerly: [house/slimming]
examples:
  - flag: This tea makes you «lose weight».
    fixed: This tea makes you slim.
    locale: en-GB
  - flag: Tea helps you «lose ten kilos».
  - pass: Coffee makes you lose weight.
  - pass: Tea.
  - pass: Drink tea.
    with: {gap: 2}
"""
SLOTS = 'check: sequence\nslots: ["{lose}", "kilos | weight"]\ngap: [3]\n'
WORDS = (
    RULE.replace(SLOTS, "check: terms\nfile: words.csv\n")
    .replace("{slot-2}", "{suggestion}")
    .replace("formerly: [house/slimming]\n", "")
)
FILES = {
    "house/weight.yaml": RULE,
    "house/words.yaml": WORDS,
    "house/words.csv": "term,suggestion\nutilise,use|take\nSjögren’s tea,\n",
    "vocabulary/lose.yaml": "summary: Losing\nsource: us\nforms: verb\nterms: [lose, get rid of]\n"
    "patterns: ['sheds? \\d+']\n",
    "profiles/strict.yaml": "summary: Strict\nseverities: {house/weight: error}\nsettings: {house/weight: {gap: 5}}\n",
    "profiles/public-web.yaml": "summary: Web\n",
}
TEXT = "This tea makes you lose weight, getting rid of ten kilos. It sheds 5 kilos. Utilise Sjogren's tea."
Write = "Callable[[Mapping[str, str]], str]"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(folder))
    return folder


def diagnose(library: Library) -> tuple[Diagnostic, ...]:
    return lint(readers.parse("a.md", TEXT, "markdown"), choose(library, Choice(profile="strict"))).diagnostics


def stored(cache: Path) -> list[Path]:
    return sorted(cache.glob("rules-*"))


def test_rules_from_the_cache_are_the_rules_from_the_files(cache: Path, write_files: Write) -> None:
    folder = write_files(FILES)

    first, second = load_folders([folder]), load_folders([folder])

    assert len(stored(cache)) == 1
    assert [rule.text for rule in first.rules] == [rule.text for rule in second.rules]
    assert [(rule.id, rule.path, rule.check, rule.when, rule.unless) for rule in first.rules] == [
        (rule.id, rule.path, rule.check, rule.when, rule.unless) for rule in second.rules
    ]
    assert first.digest == second.digest
    assert first.profiles == second.profiles
    assert first.vocabulary.names() == second.vocabulary.names()
    assert first.vocabulary.terms("lose") == second.vocabulary.terms("lose")
    assert first.vocabulary.prepared("lose") == second.vocabulary.prepared("lose")


def test_rules_from_the_cache_find_what_the_rules_from_the_files_find(cache: Path, write_files: Write) -> None:
    folder = write_files(FILES)

    first, second = diagnose(load_folders([folder])), diagnose(load_folders([folder]))

    assert [diagnostic.excerpt for diagnostic in first] == [
        "lose weight",
        "getting rid of ten kilos",
        "sheds 5 kilos",
        "Utilise",
        "Sjogren's tea",
    ]
    assert first == second


@pytest.mark.parametrize("damage", ["empty", "cut", "changed", "not ours"])
def test_damaged_cache_is_read_again_from_the_files(cache: Path, write_files: Write, damage: str) -> None:
    folder = write_files(FILES)
    expected = diagnose(load_folders([folder]))
    (path,) = stored(cache)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "empty": b"",
            "cut": whole[:middle],
            "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "not ours": b"\x89PNG\r\n" * 100,
        }[damage]
    )

    again = diagnose(load_folders([folder]))

    assert expected == again
    assert whole == path.read_bytes()


def test_cache_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_files: Write
) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(tmp_path / "a-file" / "cache"))

    assert len(load_folders([write_files(FILES)]).rules) == 2


def test_changed_rule_file_is_seen(cache: Path, write_files: Write) -> None:
    before = load_folders([write_files(FILES)])

    after = load_folders([write_files({**FILES, "house/weight.yaml": RULE.replace("kilos |", "stones |")})])

    assert (
        before.rule("house/weight").check.slots[1],  # type: ignore[attr-defined]
        after.rule("house/weight").check.slots[1],  # type: ignore[attr-defined]
    ) == ("kilos | weight", "stones | weight")
    assert before.digest != after.digest


@pytest.mark.parametrize("name", ["vocabulary/lose.yaml", "house/words.csv", "profiles/strict.yaml"])
def test_change_of_any_file_below_the_folder_changes_the_digest(cache: Path, write_files: Write, name: str) -> None:
    before = load_folders([write_files(FILES)])

    after = load_folders([write_files({name: FILES[name] + "\n"})])

    assert before.digest != after.digest


def test_new_and_removed_rule_files_are_seen(cache: Path, write_files: Write) -> None:
    folder = write_files({**FILES, "house/more.yaml": RULE.replace("formerly: [house/slimming]\n", "")})
    assert len(load_folders([folder]).rules) == 3

    os.remove(os.path.join(folder, "house", "more.yaml"))

    assert len(load_folders([folder]).rules) == 2


def test_same_rules_elsewhere_have_the_same_digest_and_their_own_paths(
    cache: Path, write_files: Write, tmp_path: Path
) -> None:
    here = write_files(FILES)
    there = str(tmp_path / "there")
    shutil.copytree(here, there)

    one, other = load_folders([here]), load_folders([there])

    assert one.digest == other.digest
    assert one.rules[0].path.startswith(here)
    assert other.rules[0].path.startswith(there)


def test_cache_keeps_a_few_rulebooks_only(cache: Path, write_files: Write) -> None:
    for number in range(11):
        load_folders([write_files({**FILES, "house/weight.yaml": RULE.replace("gap: [3]", f"gap: [{number}]")})])

    assert len(stored(cache)) == 8


def test_refused_rules_are_not_stored(cache: Path, write_files: Write) -> None:
    with pytest.raises(RulebookError):
        load_folders([write_files({**FILES, "house/weight.yaml": RULE.replace("advice", "advise")})])

    assert stored(cache) == []


def test_rule_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none: no such folder of rules; check the path$"):
        load_folders([str(tmp_path / "none")])


def test_files_that_are_no_rules_are_left_alone(cache: Path, write_files: Write) -> None:
    folder = write_files({**FILES, "README.md": "# Rules", "house/notes.txt": "x", ".git/config": "[core]"})

    assert [rule.id for rule in load_folders([folder]).rules] == ["house/weight", "house/words"]


def test_rule_is_known_by_the_ids_it_had_before(cache: Path, write_files: Write) -> None:
    library = load_folders([write_files(FILES)])

    assert library.rule("house/weight") is library.rule("house/slimming")


def test_unknown_rule_is_an_error_with_the_nearest_name(cache: Path, write_files: Write) -> None:
    library = load_folders([write_files(FILES)])

    with pytest.raises(ConfigError, match="unknown rule 'house/wight'; did you mean 'house/weight'"):
        library.rule("house/wight")


def test_rules_of_the_house_come_beside_those_that_ship(write_files: Write) -> None:
    library = load_library([write_files({name: text for name, text in FILES.items() if "public-web" not in name})])

    packs = {rule.pack for rule in library.rules}

    assert "house" in packs
    assert {name for name in os.listdir(builtin_folder()) if name not in {"vocabulary", "profiles"}} >= packs - {
        "house"
    }


HOUSE = {
    "house/weight.yaml": RULE.replace("{lose}", "{losing}"),
    "vocabulary/losing.yaml": "summary: Ways of losing\nsource: us\nforms: verb\nterms: [drop]\nterms-of: [lose]\n",
    "profiles/own.yaml": "summary: Own\nextends: strict\nseverities: {house/words: info}\n",
}


def base_folder(write_files: Write, tmp_path: Path) -> str:
    folder = str(tmp_path / "base")
    shutil.move(write_files({name: text for name, text in FILES.items() if name != "house/weight.yaml"}), folder)
    strict = os.path.join(folder, "profiles", "strict.yaml")
    Path(strict).write_text("summary: Strict\nseverities: {house/words: error}\n", encoding="utf-8")
    return folder


def test_later_folders_may_use_what_is_in_the_first(cache: Path, write_files: Write, tmp_path: Path) -> None:
    folders = [base_folder(write_files, tmp_path), write_files(HOUSE)]

    for library in (load_folders(folders), load_folders(folders)):
        assert [rule.id for rule in library.rules] == ["house/weight", "house/words"]
        assert library.vocabulary.terms("losing") >= {"dropped", "lost", "got rid of"}
        assert library.profiles["own"].severities == {"house/words": "info"}
        assert library.profiles["strict"].severities == {"house/words": "error"}


def test_change_in_a_later_folder_leaves_what_is_kept_of_the_first(
    cache: Path, write_files: Write, tmp_path: Path
) -> None:
    folders = [base_folder(write_files, tmp_path), write_files(HOUSE)]
    load_folders(folders)
    before = {path.name: path.stat().st_mtime_ns for path in stored(cache)}

    write_files({**HOUSE, "profiles/own.yaml": "summary: Other\n"})
    load_folders(folders)

    after = {path.name: path.stat().st_mtime_ns for path in stored(cache)}
    assert len(after) == 3
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("vocabulary/lose.yaml", FILES["vocabulary/lose.yaml"], "entity 'lose' exists already"),
        ("house/words.yaml", RULE, r"rule 'house/words' exists in .*words.yaml; rename one"),
        ("profiles/own.yaml", "summary: Own\nextends: strikt\n", "unknown profile 'strikt'; did you mean 'strict'"),
        ("profiles/own.yaml", "summary: Own\nseverities: {house/wrds: info}\n", "did you mean 'house/words'"),
        ("vocabulary/losing.yaml", "summary: x\nsource: us\nterms-of: [los]\n", "did you mean 'lose'"),
    ],
)
def test_later_folder_is_refused_for_what_does_not_fit_the_first(
    write_files: Write, tmp_path: Path, name: str, text: str, message: str
) -> None:
    folders = [base_folder(write_files, tmp_path), write_files({**HOUSE, name: text})]

    with pytest.raises(RulebookError, match=message):
        load_folders(folders)


@pytest.mark.parametrize("key", ["severities: {house/wight: error}", "settings: {house/wight: {gap: 5}}"])
def test_profile_that_names_an_unknown_rule_is_refused(write_files: Write, key: str) -> None:
    folder = write_files({**FILES, "profiles/strict.yaml": f"summary: Strict\n{key}\n"})

    with pytest.raises(RulebookError, match=r"strict.yaml:2: unknown rule 'house/wight'; did you mean 'house/weight'"):
        load_folders([folder])


def test_profile_may_name_a_pack_and_what_a_rule_was_called_before(write_files: Write) -> None:
    strict = "summary: Strict\nseverities: {house/*: error, house/slimming: info}\n"

    library = load_folders([write_files({**FILES, "profiles/strict.yaml": strict})])

    assert set(library.profiles["strict"].severities) == {"house/*", "house/slimming"}


def test_terms_of_another_entity_are_taken_over_in_other_forms(write_files: Write) -> None:
    losing = "summary: Ways of losing\nsource: us\nforms: participle\nterms: [drop]\nterms-of: [shrink]\n"
    shrink = "summary: Shrinking\nsource: us\nincludes: [lose]\nterms: [shrink]\nfixed: [smaller]\n"
    files = {**FILES, "vocabulary/losing.yaml": losing, "vocabulary/shrink.yaml": shrink}

    vocabulary = load_folders([write_files(files)]).vocabulary

    assert vocabulary.terms("losing") == {"dropping", "shrinking", "losing", "getting rid of"}


def test_terms_of_an_unknown_entity_are_refused(write_files: Write) -> None:
    losing = "summary: Ways of losing\nsource: us\nterms-of: [los]\n"

    with pytest.raises(RulebookError, match=r"losing.yaml:3: unknown entity 'los'; did you mean 'lose'"):
        load_folders([write_files({**FILES, "vocabulary/losing.yaml": losing})])


def test_profile_takes_over_what_it_does_not_say_itself(write_files: Write) -> None:
    base = (
        "summary: Base\nseverities: {house/weight: error, house/*: info}\n"
        "settings: {house/weight: {gap: 5, report: 1}}\n"
    )
    own = "summary: Own\nextends: base\nseverities: {house/weight: 'off'}\nsettings: {house/weight: {gap: 6}}\n"
    nearest = "summary: Nearest\nextends: own\n"
    profiles = {"profiles/base.yaml": base, "profiles/own.yaml": own, "profiles/nearest.yaml": nearest}

    library = load_folders([write_files({**FILES, **profiles})])

    nearest_profile = library.profiles["nearest"]
    assert nearest_profile.summary == "Nearest"
    assert nearest_profile.severities == {"house/weight": "off", "house/*": "info"}
    assert nearest_profile.settings == {"house/weight": {"gap": 6, "report": 1}}


def test_profile_that_extends_an_unknown_one_is_refused(write_files: Write) -> None:
    folder = write_files({**FILES, "profiles/strict.yaml": "summary: Strict\nextends: public-wbe\n"})

    with pytest.raises(RulebookError, match=r"strict.yaml:2: unknown profile 'public-wbe'; did you mean 'public-web'"):
        load_folders([folder])


def test_profiles_that_extend_one_another_are_refused_at_each_of_the_circle_alone(write_files: Write) -> None:
    profiles = {"a": "b", "b": "a", "outside": "a", "itself": "itself"}
    texts = {f"profiles/{name}.yaml": f"summary: {name}\nextends: {base}\n" for name, base in profiles.items()}

    with pytest.raises(RulebookError) as caught:
        load_folders([write_files({**FILES, **texts})])

    advice = "a circle; take 'extends' out of one of them"
    assert [error.message for error in caught.value.errors] == [
        f"'a' extends 'b' extends 'a': {advice}",
        f"'b' extends 'a' extends 'b': {advice}",
        f"'itself' extends 'itself': {advice}",
    ]


def test_profile_may_extend_one_that_is_refused_for_another_reason(write_files: Write) -> None:
    texts = {"profiles/a.yaml": "summary: A\nextends: b\n", "profiles/b.yaml": "summary: 3\n"}

    with pytest.raises(RulebookError) as caught:
        load_folders([write_files({**FILES, **texts})])

    assert [os.path.basename(error.path) for error in caught.value.errors] == ["b.yaml"]
