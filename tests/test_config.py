"""Configuration files: where they are found, what they may say, how they add up."""

from __future__ import annotations

import os
import pickle
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.config import Config, Override, config_for, explain_config, find_config, load_config, starter_config
from healthlint.errors import ConfigError
from healthlint.glob import matches_glob
from healthlint.settings import Grammar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file under tmp_path and return its path."""

    def write_file(text: str, name: str = "healthlint.toml") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return str(path)

    return write_file


def refusal(path: str) -> str:
    """Return what load_config says against *path*, the folder left off."""
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).replace(os.path.dirname(path) + os.sep, "")


def test_nearest_file_upward_from_the_file_is_found(write: Write, tmp_path: Path) -> None:
    write("")
    near = write("", "site/.healthlint.toml")
    (tmp_path / "site" / "deep").mkdir()

    assert near == find_config(str(tmp_path / "site" / "deep" / "not-there-yet.md"))
    assert near == find_config(str(tmp_path / "site" / "deep"))


def test_healthlint_toml_goes_before_the_others_in_one_folder(write: Write, tmp_path: Path) -> None:
    write("[tool.healthlint]\n", "pyproject.toml")
    write("", ".healthlint.toml")
    first = write("")

    assert first == find_config(str(tmp_path))


def test_pyproject_without_the_table_is_passed_over(write: Write, tmp_path: Path) -> None:
    above = write("")
    write('[project]\ndependencies = ["healthlint"]\n', "site/pyproject.toml")

    assert above == find_config(str(tmp_path / "site" / "a.md"))


def test_pyproject_that_is_no_toml_is_passed_over_unless_it_speaks_of_healthlint(write: Write, tmp_path: Path) -> None:
    above = write("")
    write("[broken\n", "a/pyproject.toml")
    write("[tool.healthlint\n", "b/pyproject.toml")

    assert above == find_config(str(tmp_path / "a"))
    with pytest.raises(ConfigError, match=r"pyproject\.toml:1: "):
        find_config(str(tmp_path / "b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_by_the_name_of_a_configuration_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "healthlint.toml")

    assert str(tmp_path / "healthlint.toml") != find_config(str(tmp_path))
    assert refusal(str(tmp_path / "healthlint.toml")) == "healthlint.toml: a named pipe, not a file; name a file"


def test_every_key_reaches_its_field(write: Write, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    path = write(
        'profile = "clinician"\nlocale = "en-US"\nselect = ["reading/*"]\nextend-select = ["claims/*"]\n'
        'ignore = ["words/*"]\npreview = true\nfail-on = "warning"\nrule-paths = ["house"]\nexclude = ["drafts"]\n'
        'baseline = "known.json"\nallow-safety-suppressions = true\n[rules."reading/long-sentence"]\nmax = 30\n'
        '[vocabulary.jargon]\nadd = {"stent" = "tube", "lysis" = ["a", "b"]}\nremove = ["benign"]\n'
        '[vocabulary.drug]\nadd = ["sleepwell"]\n'
        '[grammar]\nserver = "http://localhost:8081"\nwords = ["Sleepwell"]\ncategories = ["TYPOS"]\n'
        'enable = ["A"]\ndisable = ["B"]\ntimeout = 2.5\n'
        '[[overrides]]\nfiles = ["a/**"]\nignore = []\nrules."x/y".severity = "off"\nvocabulary.drug.remove = ["tea"]\n'
    )

    expected = Config(
        profile="clinician",
        locale="en-US",
        select=("reading/*",),
        extend_select=("claims/*",),
        ignore=("words/*",),
        preview=True,
        fail_on="warning",
        rules={"reading/long-sentence": {"max": 30}},
        vocabulary={
            "jargon": {"add": {"stent": ("tube",), "lysis": ("a", "b")}, "remove": ("benign",)},
            "drug": {"add": {"sleepwell": ()}, "remove": ()},
        },
        rule_paths=(str(tmp_path / "house"),),
        exclude=("drafts",),
        baseline=str(tmp_path / "known.json"),
        allow_safety_suppressions=True,
        grammar=Grammar(
            True,
            server="http://localhost:8081",
            words=("Sleepwell",),
            categories=("TYPOS",),
            enable=("A",),
            disable=("B",),
            timeout=2.5,
        ),
        overrides=(
            Override(
                ("a/**",),
                ignore=(),
                rules={"x/y": {"severity": "off"}},
                vocabulary={"drug": {"add": {}, "remove": ("tea",)}},
            ),
        ),
        source=path,
    )
    assert expected == load_config(path)


def test_config_can_be_hashed_and_sent_to_another_process(write: Write) -> None:
    config = load_config(write('[rules."x/y"]\nmax = 3\n[[overrides]]\nfiles = ["*.md"]\n'))

    assert config == pickle.loads(pickle.dumps(config))  # noqa: S301
    assert hash(config) == hash(replace(config))


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "healthlint.toml"
    path.write_bytes(b'\xef\xbb\xbfprofile = "clinician"\r\nlocale = "en-GB"\r\n')

    assert load_config(str(path)).locale == "en-GB"


REFUSED = {
    'profile = "x"\nignroe = ["a/b"]\n': "healthlint.toml:2: unknown key 'ignroe'; did you mean 'ignore'?",
    "fail_on = 'error'\n": "healthlint.toml:1: unknown key 'fail_on'; did you mean 'fail-on'?",
    "preview = 'yes'\n": "healthlint.toml:1: 'preview' is a text; write true or false",
    "\nselect = 'a/b'\n": 'healthlint.toml:2: \'select\' is a text; write a list of texts, as in ["one", "two"]',
    "ignore = [1]\n": 'healthlint.toml:1: \'ignore\' is a list; write a list of texts, as in ["one", "two"]',
    "profile = 3\n": "healthlint.toml:1: 'profile' is a number; write a text, as in profile = \"public-web\"",
    'profile = ""\n': "healthlint.toml:1: 'profile' is empty; write a text, or leave the key out",
    'locale = "fr"\n': 'healthlint.toml:1: \'locale\' is \'fr\'; write one of "", "en-GB", "en-US"',
    'fail-on = "never"\n': 'healthlint.toml:1: \'fail-on\' is \'never\'; write one of "error", "warning", "info"',
    'exclude = ["*.{md,html}"]\n': "healthlint.toml:1: 'exclude' cannot use '*.{md,html}': "
    "braces are not understood; list the globs one by one",
    'exclude = ["!a"]\n': "healthlint.toml:1: 'exclude' cannot use '!a': "
    "a glob cannot start with '!'; name what to match",
    'exclude = ["../a"]\n': "healthlint.toml:1: 'exclude' cannot use '../a': "
    "'..' leads out of the folder; put the configuration higher up",
    'exclude = ["./"]\n': "healthlint.toml:1: 'exclude' cannot use './': "
    "it names nothing; write a glob such as 'leaflets/**'",
    "rules = 3\n": "healthlint.toml:1: 'rules' is a number; write a table, as in [rules.\"reading/long-sentence\"]",
    'extends = "none.toml"\n': "healthlint.toml: 'extends' names 'none.toml', which is no file; check the path",
    "[rules.reading.long-sentence]\nmax = 3\n": "healthlint.toml:1: 'reading' is not a rule; "
    'write pack and rule in quotes, as in [rules."reading/…"]',
    '[rules]\n"x/y" = 3\n': "healthlint.toml:2: 'x/y' is a number; write a table, as in [rules.\"x/y\"]",
    'preview = true\n[rules."x/y"]\nseverity = "severe"\n': "healthlint.toml:3: 'severity' is 'severe'; "
    'write one of "error", "warning", "info", "off"',
    '[rules."x/y"]\nseverity = ["off"]\n': "healthlint.toml:2: 'severity' is '['off']'; "
    'write one of "error", "warning", "info", "off"',
    '[rules."x/y"]\nmax = 2020-01-01\n': "healthlint.toml:2: 'max' is a date or time; "
    "write a number, a text, true, false, or a list of them",
    '[overrides]\nfiles = ["a"]\n': "healthlint.toml:1: 'overrides' is a table; write [[overrides]], with two brackets",
    '[[overrides]]\nprofile = "x"\n': "healthlint.toml: an override names no files; "
    'add a line such as files = ["leaflets/**"]',
    '[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["b"]\nfail-on = "info"\n': "healthlint.toml:5: "
    "unknown key 'fail-on'; known keys are extend-select, files, ignore, locale, profile, rules, select, vocabulary",
    "vocabulary = 3\n": "healthlint.toml:1: 'vocabulary' is a number; write a table, as in [vocabulary.jargon]",
    "vocabulary.jargon = ['a']\n": "healthlint.toml:1: 'jargon' is a list; write a table, as in [vocabulary.jargon]",
    "[vocabulary.jargon]\nad = ['a']\n": "healthlint.toml:2: unknown key 'ad'; did you mean 'add'?",
    "[vocabulary.jargon]\nadd = 'a'\n": "healthlint.toml:2: 'add' is a text; "
    'write a list of words, or a table {"word" = "plain word"}',
    "[vocabulary.jargon]\nadd = {a = 3}\n": "healthlint.toml:2: 'add' is a number; "
    'write a list of texts, as in ["one", "two"]',
    "[vocabulary.jargon]\n[vocabulary.drug]\nremove = ['']\n": "healthlint.toml:3: 'remove' is a list; "
    'write a list of texts, as in ["one", "two"]',
    "profile = \nlocale = ''\n": "healthlint.toml:1: invalid value; mend the TOML",
    'profile = "x': "healthlint.toml:1: unterminated string; mend the TOML",
    "grammar = true\n": "healthlint.toml:1: 'grammar' is true or false; write a table, as in [grammar]",
    "[grammar]\nenable = true\n": "healthlint.toml:2: 'enable' is true or false; "
    'write a list of texts, as in ["one", "two"]',
    "[grammar]\nsevrer = 'x'\n": "healthlint.toml:2: unknown key 'sevrer'; did you mean 'server'?",
    "[grammar]\nserver = 'localhost:8081'\n": "healthlint.toml:2: 'server' cannot be 'localhost:8081'; "
    'write it as in server = "http://localhost:8081"',
    "[grammar]\nserver = 'http://me:secret@lt'\n": "healthlint.toml:2: 'server' cannot be 'http://me:secret@lt'; "
    'write it as in server = "http://localhost:8081"',
    "[grammar]\nserver = 'http://lt'\nfolder = '/lt'\n": "healthlint.toml:3: 'server' and 'folder' exclude each other; "
    "take one out",
    "[grammar]\ntimeout = 0\n": "healthlint.toml:2: 'timeout' cannot be 0; write it as in timeout = 60",
    "[grammar]\ntimeout = true\n": "healthlint.toml:2: 'timeout' cannot be True; write it as in timeout = 60",
    'rule-paths = ["nowhere"]\n': "healthlint.toml: 'rule-paths' names nowhere, which is no folder; mend or remove it",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refusal_says_where_what_and_what_to_do(text: str, write: Write) -> None:
    assert REFUSED[text] == refusal(write(text))


def test_line_of_a_key_in_pyproject_is_that_in_our_table(write: Write) -> None:
    path = write('[tool.ruff]\nselect = ["E"]\n\n[tool.healthlint]\nselect = "E"\n', "pyproject.toml")

    assert refusal(path).startswith("pyproject.toml:5: 'select' is a text")


def test_table_of_ours_that_is_no_table_is_refused(write: Write) -> None:
    path = write("[tool]\nhealthlint = 3\n", "pyproject.toml")

    assert refusal(path) == "pyproject.toml:2: 'healthlint' is not a table; write [tool.healthlint]"


def test_missing_file_folder_and_bytes_that_are_no_text_are_one_line(tmp_path: Path) -> None:
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"profile = '\xff'")
    (tmp_path / "pyproject.toml").write_text("[project]\n")

    assert refusal(str(tmp_path / "none.toml")) == "none.toml: no such file; check the path"
    assert refusal(str(odd)) == "odd.toml: not UTF-8 at byte 11; save it as UTF-8"
    assert "a folder, not a file" in refusal(str(tmp_path))
    assert refusal(str(tmp_path / "pyproject.toml")) == "pyproject.toml: it has no [tool.healthlint]; add that table"


def test_deep_nesting_is_refused_not_a_crash(write: Write) -> None:
    assert refusal(write(f"select = {'[' * 100_000}")).startswith("healthlint.toml:")


def test_extending_file_wins_rules_merge_lists_are_replaced_and_extend_select_and_overrides_add(write: Write) -> None:
    write(
        'profile = "clinician"\nselect = ["a/*"]\nextend-select = ["b/*"]\n'
        '[rules."x/y"]\nmax = 3\nseverity = "info"\n[rules."x/z"]\nmax = 1\n[[overrides]]\nfiles = ["one"]\n',
        "shared/base.toml",
    )
    path = write(
        'extends = "shared/base.toml"\nselect = ["c/*"]\nextend-select = ["d/*"]\n'
        '[rules."x/y"]\nmax = 9\n[[overrides]]\nfiles = ["two"]\n'
    )

    expected = Config(
        profile="clinician",
        select=("c/*",),
        extend_select=("b/*", "d/*"),
        rules={"x/y": {"max": 9, "severity": "info"}, "x/z": {"max": 1}},
        overrides=(Override(("one",)), Override(("two",))),
        source=path,
    )
    assert expected == load_config(path)


def test_extending_file_adds_to_the_words_of_the_other_and_wins_where_they_differ(write: Write) -> None:
    write('[vocabulary.x]\nadd = {a = "1", b = "2"}\nremove = ["c", "d"]\n[vocabulary.y]\nadd = ["z"]\n', "base.toml")
    path = write('extends = "base.toml"\n[vocabulary.x]\nadd = {a = "9", c = "3"}\nremove = ["b", "e"]\n')

    assert load_config(path).vocabulary == {
        "x": {"add": {"a": ("9",), "c": ("3",)}, "remove": ("d", "b", "e")},
        "y": {"add": {"z": ()}, "remove": ()},
    }


def test_override_adds_to_the_words_of_the_configuration(write: Write, tmp_path: Path) -> None:
    config = load_config(
        write('[vocabulary.x]\nadd = ["a"]\n[[overrides]]\nfiles = ["b/**"]\nvocabulary.x.remove = ["a"]\n')
    )

    assert config_for(config, str(tmp_path / "b" / "c.md")).vocabulary == {"x": {"add": {}, "remove": ("a",)}}
    assert config_for(config, str(tmp_path / "c.md")).vocabulary == {"x": {"add": {"a": ()}, "remove": ()}}


def test_later_of_two_extended_files_wins(write: Write) -> None:
    write('profile = "one"\n', "one.toml")
    write('profile = "two"\n', "two.toml")

    assert load_config(write('extends = ["one.toml", "two.toml"]\n')).profile == "two"


def test_paths_of_an_extended_file_are_seen_from_that_file(write: Write, tmp_path: Path) -> None:
    (tmp_path / "shared" / "rules").mkdir(parents=True)
    write('rule-paths = ["rules"]\n', "shared/base.toml")

    assert load_config(write('extends = "shared/base.toml"\n')).rule_paths == (str(tmp_path / "shared" / "rules"),)


@pytest.mark.parametrize(
    "base",
    [
        "../base.toml",
        "a/../../base.toml",
        "/etc/base.toml",
        "~/base.toml",
        "https://example.org/base.toml",
        "a\\\\b",
        ".",
    ],
)
def test_extends_names_no_file_outside_the_folder(base: str, write: Write) -> None:
    write("", "base.toml")

    assert "'extends' " in refusal(write(f'extends = "{base}"\n', "site/healthlint.toml"))


def test_extends_follows_no_link_out_of_the_folder(write: Write, tmp_path: Path) -> None:
    outside = write("", "base.toml")
    path = write('extends = "link.toml"\n', "site/healthlint.toml")
    os.symlink(outside, tmp_path / "site" / "link.toml")

    expected = "healthlint.toml: 'extends' cannot use 'link.toml'; name a file in this folder or below it"
    assert expected == refusal(path)


def test_circle_of_extends_is_refused_with_its_chain(write: Write) -> None:
    write('extends = "b.toml"\n', "a.toml")
    write('extends = "a.toml"\n', "b.toml")

    said = refusal(write('extends = "a.toml"\n'))

    assert (
        said == "a.toml: 'extends' goes round in a circle: healthlint.toml -> a.toml -> b.toml -> a.toml; take one out"
    )


def test_more_than_ten_files_in_a_row_are_refused(write: Write) -> None:
    for number in range(12):
        write(f'extends = "{number + 1}.toml"\n', f"{number}.toml")
    write("", "12.toml")

    assert "more than 10 files extend one another" in refusal(write('extends = "0.toml"\n'))
    assert Config().profile == load_config(write('extends = "4.toml"\n')).profile


def test_files_extended_many_times_over_are_read_once(write: Write) -> None:
    for number in range(9):
        write(f"extends = [{', '.join([f'{chr(34)}{number + 1}.toml{chr(34)}'] * 30)}]\n", f"{number}.toml")
    write('profile = "deep"\n', "9.toml")

    assert load_config(write('extends = "1.toml"\n')).profile == "deep"


def test_override_holds_for_the_files_its_globs_name_from_the_folder_of_the_configuration(
    write: Write, tmp_path: Path
) -> None:
    path = write(
        'ignore = ["a/b"]\n[rules."x/y"]\nmax = 3\n'
        '[[overrides]]\nfiles = ["leaflets/**"]\nprofile = "patient-leaflet"\nrules."x/y".severity = "off"\n'
        '[[overrides]]\nfiles = ["leaflets/old/*.md"]\nlocale = "en-US"\nignore = []\nextend-select = ["c/*"]\n'
    )
    config = load_config(path)

    plain = config_for(config, str(tmp_path / "index.md"))
    leaflet = config_for(config, str(tmp_path / "leaflets" / "flu.md"))
    old = config_for(config, str(tmp_path / "leaflets" / "old" / "flu.md"))

    assert plain == replace(config, overrides=())
    assert leaflet == replace(plain, profile="patient-leaflet", rules={"x/y": {"max": 3, "severity": "off"}})
    assert old == replace(leaflet, locale="en-US", ignore=(), extend_select=("c/*",))


def test_config_without_overrides_is_the_same_for_every_file() -> None:
    config = Config(profile="clinician")

    assert config is config_for(config, "anything.md")


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "deep/down/a.md", True),
        ("/*.md", "deep/a.md", False),
        ("leaflets", "leaflets/a/b.md", True),
        ("leaflets/", "site/leaflets/b.md", True),
        ("leaflets/**", "leaflets/a/b.md", True),
        ("leaflets/**", "site/leaflets/b.md", False),
        ("leaflets/*.md", "leaflets/a/b.md", False),
        ("**/old/**/*.md", "a/old/b/c/d.md", True),
        ("**/old/**/*.md", "a/old/d.md", True),
        ("a/**/b/**/c.md", "a/x/b/y/b/z/c.md", True),
        ("a/**/b/**/c.md", "a/x/y/z/c.md", False),
        ("./flu.md", "flu.md", True),
        ("flu.m[dx]", "flu.mx", True),
        ("FLU.md", "flu.md", False),
        ("a?.md", "a💊.md", True),
        ("*.md", "../outside/a.md", True),
    ],
)
def test_glob_matches_as_in_an_ignore_file(glob: str, path: str, *, expected: bool) -> None:
    assert expected == matches_glob(glob, path)


def test_glob_of_many_stars_stays_fast() -> None:
    started = time.perf_counter()

    matches_glob("*a" * 100 + "*b", "a" * 250)
    matches_glob("**/a/" * 300 + "b", "a/" * 2000 + "c")

    assert time.perf_counter() - started < 5


def test_table_of_grammar_switches_it_on_unless_it_says_otherwise(write: Write) -> None:
    assert not load_config(write("")).grammar.enabled
    assert load_config(write("[grammar]\n")).grammar.enabled
    assert not load_config(write("[grammar]\nenabled = false\n")).grammar.enabled


def test_extending_file_wins_key_by_key_in_grammar_and_names_one_place(write: Write) -> None:
    write('[grammar]\nserver = "http://localhost:1"\nwords = ["a"]\ntimeout = 5\n', "base.toml")

    config = load_config(write('extends = "base.toml"\n[grammar]\nfolder = "/opt/lt"\nwords = ["b"]\n'))

    assert config.grammar == Grammar(True, folder="/opt/lt", words=("b",), timeout=5)


@pytest.mark.parametrize("folder", ["jars", "../jars", "{here}/jars", "{top}/jars", "{here}/../site/jars"])
def test_no_program_is_started_from_among_the_texts(folder: str, write: Write, tmp_path: Path) -> None:
    """Whoever sends a folder of pages sends its configuration too."""
    (tmp_path / "site").mkdir()
    (tmp_path / ".git").mkdir()
    named = folder.format(here=tmp_path / "site", top=tmp_path)

    with pytest.raises(ConfigError, match="programs are started from 'folder', which cannot be"):
        load_config(write(f'[grammar]\nfolder = "{named}"\n', "site/healthlint.toml"))


def test_no_program_is_started_through_a_link_from_among_the_texts(write: Write, tmp_path: Path) -> None:
    (tmp_path / "site" / "jars").mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(tmp_path / "site" / "jars")

    with pytest.raises(ConfigError, match="programs are started from 'folder', which cannot be"):
        load_config(write(f'[grammar]\nfolder = "{tmp_path}/elsewhere"\n', "site/healthlint.toml"))


def test_explained_configuration_reads_back_the_same(write: Write, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    path = write(
        'profile = "it\'s \\"ours\\" \\u007f"\nrule-paths = ["house"]\nselect = ["a/b", "c/*"]\nbaseline = "b.json"\n'
        '[rules."x/y"]\nmax = 3.5\nwords = ["a", "b"]\n"odd key" = true\n'
        '[vocabulary."a/b"]\nadd = {"odd \\"word\\"" = "x", y = []}\n[vocabulary.c]\nadd = ["d"]\nremove = ["e"]\n'
        '[grammar]\nfolder = "/opt/lt"\nwords = ["a"]\n'
        '[[overrides]]\nfiles = ["a"]\nselect = []\nrules."x/y".max = 1\nvocabulary.c.add = ["z"]\n'
        '[[overrides]]\nfiles = ["b"]\nlocale = ""\n'
    )
    config = load_config(path)

    back = load_config(write(explain_config(config), "back.toml"))

    assert config == replace(back, source=path)


def test_explained_defaults_read_back_the_same(write: Write) -> None:
    path = write(explain_config(Config()))

    assert Config(source=path) == load_config(path)


@pytest.mark.parametrize("profile", ["patient-leaflet", "public-web", "marketing", "clinician", 'odd "name"'])
def test_starter_file_loads_and_changes_only_what_was_asked(profile: str, write: Write) -> None:
    path = write(starter_config(profile, "en-GB"))

    assert Config(profile=profile, locale="en-GB", source=path) == load_config(path)


def test_every_example_in_the_starter_file_works_when_switched_on(write: Write, tmp_path: Path) -> None:
    (tmp_path / "house-rules").mkdir()
    write("", "shared/healthlint.toml")
    lines = starter_config("public-web", "").split("\n")
    switched_on = [line[2:] if line.startswith("# ") and (" = " in line or line[2] == "[") else line for line in lines]

    config = load_config(write("\n".join(switched_on)))

    assert config.rules == {"reading/long-sentence": {"severity": "info", "max": 30}}
    assert config.overrides == (Override(("leaflets/**",), profile="patient-leaflet"),)
    assert config.select == ("reading/*", "medication/*")
    assert config.grammar == Grammar(True, words=("Healthlint",))
    assert config.vocabulary == {
        "jargon": {"add": {"debulking": ("taking out as much as possible",)}, "remove": ("benign",)}
    }
