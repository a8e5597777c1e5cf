"""``healthlint init``: a first configuration."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import healthlint as package
from healthlint.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable

_NEXT = "Each key in it is explained.\nNext, type: healthlint check\n"


def test_what_is_written_can_be_used_at_once(healthlint: Callable, site: Path) -> None:
    ran = healthlint("init", "--reader", "patients", "--country", "uk")

    assert ran == (0, f"Wrote healthlint.toml: profile patient-leaflet, spelling en-GB. {_NEXT}", "")
    assert healthlint("check", "bad.md").code == 1


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_without_a_terminal_nothing_is_asked(healthlint: Callable, options: tuple[str, ...]) -> None:
    ran = healthlint("init", *options)

    assert (0, "") == (ran.code, ran.err)
    assert ran.out == f"Wrote healthlint.toml: profile public-web, the spelling that each page says it has. {_NEXT}"


@pytest.mark.parametrize("reader", ["patients", "public", "shoppers", "clinicians"])
@pytest.mark.parametrize("country", ["uk", "us", "ie", "eu", "au", "nz", "ca", "other"])
def test_each_answer_gives_a_profile_and_a_locale_that_exist(
    healthlint: Callable, site: Path, reader: str, country: str
) -> None:
    (site / "empty.md").write_text("Rest.\n")

    healthlint("init", "--reader", reader, "--country", country)

    config = load_config("healthlint.toml")
    if reader == "shoppers":
        assert config.profile == "marketing" + {"uk": "-uk", "us": "-us", "ie": "-eu", "eu": "-eu"}.get(country, "")
    assert config.locale == {"us": "en-US", "ca": "", "other": ""}.get(country, "en-GB")
    assert healthlint("check", "--exit-zero", "empty.md").code == 0


def test_file_that_exists_is_kept_unless_forced(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text("preview = true\n")

    for options in ((), ("--yes",)):
        ran = healthlint("init", *options)
        assert ran.code == 2
        assert ran.err.startswith("healthlint: healthlint.toml: exists already; ")
        assert (site / "healthlint.toml").read_text() == "preview = true\n"

    assert healthlint("init", "--force").code == 0
    assert load_config("healthlint.toml").preview is False


def test_unknown_answers_are_refused_and_nothing_is_written(healthlint: Callable, site: Path) -> None:
    reader = healthlint("init", "--reader", "nope")
    country = healthlint("init", "--country", "fr")

    assert (2, 2) == (reader.code, country.code)
    assert reader.err.startswith("healthlint: invalid value for '--reader': 'nope' is not one of ")
    assert country.err.startswith("healthlint: invalid value for '--country': 'fr' is not one of ")
    assert not (site / "healthlint.toml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_on_a_terminal_two_questions_are_asked_and_none_overwrites_unasked(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(package.__file__).parent.parent))

    asked = talk("patients\nuk\n")
    again = talk("\n")

    assert "Who reads your pages? [public]: " in asked
    assert "  shoppers    people to whom a product, service or treatment is sold" in asked
    assert "In which country? [other]: " in asked
    assert "Next, type: healthlint check" in asked
    assert load_config("healthlint.toml").profile == "patient-leaflet"
    assert "healthlint.toml exists already. Write a new one over it? [y/N]: " in again
    assert "healthlint: healthlint.toml: exists already; change it" in again


def talk(answers: str) -> str:
    """Run ``healthlint init`` on a terminal on which *answers* are typed; return what it shows."""
    import pty

    child, terminal = pty.fork()
    if not child:
        os.execv(sys.executable, [sys.executable, "-m", "healthlint", "init"])  # noqa: S606  no shell is wanted
    os.write(terminal, answers.encode())
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n")
