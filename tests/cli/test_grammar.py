"""``--grammar`` as a person uses it: through LanguageTool on this machine, and with one line where there is none."""

from __future__ import annotations

import json
import os
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import healthlint
from healthlint.config import Config
from healthlint.errors import RuleCrashError
from healthlint.proofreading import server
from healthlint.session import Session
from healthlint.settings import Grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran
    from tests.conftest import FakeServer

    Run = Callable[..., Ran]

_SLIP = ("have", "HE_VERB_AGR", "GRAMMAR")
_TEXT = "He have tea. Take 1.0 mg at night.\n"


@pytest.fixture(autouse=True)
def _nothing_asked_before() -> None:
    server.cache_clear()


@pytest.fixture
def page(site: Path) -> Path:
    """Return a page with a slip of grammar and a dose that can be misread."""
    path = site / "page.md"
    path.write_text(_TEXT)
    return path


def configure(site: Path, url: str, more: str = "") -> None:
    (site / "healthlint.toml").write_text(f'[grammar]\nserver = "{url}"\n{more}')


def rules(ran: Ran) -> list[str]:
    return re.findall(r"\[([a-z]+/[a-z-]+)\]", ran.out)


def test_grammar_is_off_unless_asked_for(healthlint: Run, page: Path, fake: FakeServer) -> None:
    fake.reports(_SLIP)
    configure(page.parent, fake.url, "enabled = false\n")

    ran = healthlint("check", "--format", "concise", "page.md")

    assert rules(ran) == ["medication/trailing-zero"]
    assert fake.asked == []


@pytest.mark.parametrize(
    ("enabled", "options"),
    [
        ("true", ()),
        ("false", ("--grammar",)),
        ("false", ("--select", "grammar,medication")),
        ("false", ("--select", "grammar/faulty-grammar", "--extend-select", "medication")),
        ("false", ("--grammar", "--select", "medication")),
        ("true", ("--ignore", "grammar/misspelling")),
    ],
)
def test_grammar_is_asked_for_by_a_table_an_option_or_the_name_of_its_rules(
    healthlint: Run, page: Path, fake: FakeServer, enabled: str, options: tuple[str, ...]
) -> None:
    fake.reports(_SLIP)
    configure(page.parent, fake.url, f"enabled = {enabled}\n")

    ran = healthlint("check", "--format", "concise", *options, "page.md")

    assert rules(ran) == ["grammar/faulty-grammar", "medication/trailing-zero"]
    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize("options", [("--no-grammar",), ("--select", "medication"), ("--ignore", "grammar")])
def test_grammar_can_be_left_out_whatever_the_table_says(
    healthlint: Run, page: Path, fake: FakeServer, options: tuple[str, ...]
) -> None:
    configure(page.parent, fake.url)

    assert rules(healthlint("check", "--format", "concise", *options, "page.md")) == ["medication/trailing-zero"]
    assert fake.asked == []


def test_without_languagetool_one_line_says_so_and_the_other_rules_run(healthlint: Run, page: Path) -> None:
    ran = healthlint("check", "--grammar", "--format", "concise", "page.md", "clean.md")

    assert rules(ran) == ["medication/trailing-zero"]
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("healthlint: grammar: no LanguageTool on this machine; unpack LanguageTool and name its ")
    assert ran.err.endswith("; grammar is not checked in this run\n")


def test_server_that_answers_nonsense_is_one_line_too(healthlint: Run, page: Path, fake: FakeServer) -> None:
    fake.body = lambda _: b"Hello"
    configure(page.parent, fake.url)

    ran = healthlint("check", "--format", "concise", "page.md")

    assert rules(ran) == ["medication/trailing-zero"]
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "the answer is not LanguageTool's" in ran.err


def test_server_that_fails_on_one_text_leaves_the_others_checked(healthlint: Run, page: Path, fake: FakeServer) -> None:
    right = fake.body
    fake.body = lambda text: b"Hello" if "have" in text else right(text)
    configure(page.parent, fake.url)

    ran = healthlint("check", "--format", "json", "page.md", "clean.md")

    record = json.loads(ran.out)
    assert ran.code == 2
    assert [error["path"] for error in record["errors"]] == ["page.md"]
    assert [each["rule"] for each in record["files"][0]["diagnostics"]] == ["medication/trailing-zero"]


def test_server_elsewhere_is_announced_at_every_run(healthlint: Run, page: Path, fake: FakeServer) -> None:
    """A name with a dot at its end is this machine for the network, and not surely so for us."""
    url = fake.url.replace("127.0.0.1", "localhost.")
    configure(page.parent, url)

    ran = healthlint("check", "--format", "concise", "page.md")

    assert f"healthlint: grammar: the text of every page is sent to {url}, which is not this machine\n" in ran.err


def test_configuration_of_another_folder_is_announced_too(healthlint: Run, page: Path, fake: FakeServer) -> None:
    other = page.parent / "other"
    other.mkdir()
    (other / "tea.md").write_text("Tea.\n")
    configure(other, "http://lt.invalid")

    ran = healthlint("check", "--exit-zero", "page.md", "other")

    assert "is sent to http://lt.invalid, which is not this machine" in ran.err


@pytest.mark.parametrize(
    "more", ['words = ["Sleepwel"]', 'disable = ["SPELLING"]', '[vocabulary.drug]\nadd = ["sleepwel"]']
)
def test_own_words_are_spelt_right(healthlint: Run, page: Path, fake: FakeServer, more: str) -> None:
    page.write_text("Take ipilimumab with sleepwel.\n")
    fake.reports(*((word, "MORFOLOGIK_RULE_EN_GB", "TYPOS") for word in ("ipilimumab", "sleepwel")))
    every_word = '[rules."grammar/misspelling"]\npen = false\n'
    configure(page.parent, fake.url, every_word)
    before = healthlint("check", "--format", "json", "page.md")
    configure(page.parent, fake.url, f"{more.replace('SPELLING', 'MORFOLOGIK_RULE_EN_GB')}\n{every_word}")
    after = healthlint("check", "--format", "json", "page.md")

    assert [each["excerpt"] for each in json.loads(before.out)["files"][0]["diagnostics"]] == ["sleepwel"]
    assert json.loads(after.out)["files"][0]["diagnostics"] == []


def test_unsafe_fixes_put_in_the_one_word_that_is_offered(healthlint: Run, page: Path, fake: FakeServer) -> None:
    fake.reports(_SLIP)
    configure(page.parent, fake.url)

    healthlint("check", "--fix", "page.md")
    kept = page.read_text()
    healthlint("check", "--fix", "--unsafe-fixes", "page.md")

    assert "He have tea." in kept
    assert "He other tea." in page.read_text()


def test_examples_are_skipped_aloud_without_languagetool(healthlint: Run) -> None:
    ran = healthlint("test", "--select", "grammar")

    assert ran.out == "8 rules skipped, needs LanguageTool; docs/grammar.md says how to get it.\n"
    assert ran.code == 0


def test_rule_is_explained_without_languagetool(healthlint: Run) -> None:
    ran = healthlint("explain", "grammar/misspelling")

    assert ran.code == 0
    assert "A word that looks like a slip of the pen" in ran.out
    assert "runs only with --grammar, or with a table [grammar] in healthlint.toml" in ran.out


def test_python_gets_what_the_command_gets(fake: FakeServer) -> None:
    fake.reports(_SLIP)
    config = Config(grammar=Grammar(enabled=True, server=fake.url))

    found = healthlint.lint(_TEXT, config=config)
    healthlint.lint(_TEXT, config=config)

    assert [each.rule for each in found] == ["grammar/faulty-grammar", "medication/trailing-zero"]
    assert [language for _, language in fake.asked] == ["en-GB", "en-US"]


def test_python_is_told_when_grammar_was_not_checked(fake: FakeServer) -> None:
    fake.status = 500

    with pytest.raises(RuleCrashError, match="answers with HTTP 500"):
        healthlint.lint(_TEXT, config=Config(grammar=Grammar(enabled=True, server=fake.url)))


def test_session_goes_to_another_process_with_the_server_it_uses(fake: FakeServer) -> None:
    session = Session(Config(grammar=Grammar(enabled=True, server=fake.url)))
    session.rulebook(session.config("page.md"))

    other = pickle.loads(pickle.dumps(session))  # noqa: S301

    assert other.rulebook(other.config("page.md")).proofreader is not None


@pytest.mark.languagetool
def test_examples_of_the_rules_hold(healthlint: Run, site: Path, languagetool: str) -> None:
    configure(site, languagetool)

    ran = healthlint("test", "--select", "grammar")

    assert re.fullmatch(r"8 rules, \d+ examples: all pass\.\n", ran.out)


@pytest.mark.languagetool
def test_places_hold_among_links_emphasis_and_characters_of_two_units(
    healthlint: Run, page: Path, languagetool: str
) -> None:
    source = "💊 Most *people* feels [better](https://x.org/recieve) 💊 when they **recieve** `teh` help.\n"
    page.write_text(source)
    configure(page.parent, languagetool)

    ran = healthlint("check", "--format", "json", "--select", "grammar", "page.md")

    found = json.loads(ran.out)["files"][0]["diagnostics"]
    assert [each["excerpt"] for each in found] == ["recieve"]
    assert all(source[each["span"]["start"] : each["span"]["end"]] == each["excerpt"] for each in found)


@pytest.mark.languagetool
def test_processes_share_one_server_and_it_ends_with_the_run(
    process: Run, site: Path, tmp_path: Path, languagetool_folder: str
) -> None:
    if not os.path.isdir("/proc/self"):
        pytest.skip("no /proc to look for the server in")
    os.symlink(languagetool_folder, tmp_path / "languagetool-of-this-test")
    for number in range(8):
        (site / f"page{number}.md").write_text(f"He have {number} cups of tea.\n")
    environment = {"HEALTHLINT_LANGUAGETOOL": str(tmp_path / "languagetool-of-this-test")}

    ran = process("check", "--grammar", "--jobs", "2", "--select", "grammar", "--format", "concise", ".", **environment)

    assert rules(ran) == ["grammar/faulty-grammar"] * 8
    assert ran.err == ""
    assert processes_with("languagetool-of-this-test") == []


def processes_with(text: str) -> list[str]:
    """Return the commands that run and name *text*."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        found += [command] if text in command else []
    return found
