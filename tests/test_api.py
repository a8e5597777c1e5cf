"""healthlint from Python."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import healthlint
from healthlint.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOSE = "Take 1.0 mg at night."
NAME = "medication/trailing-zero"


@pytest.fixture
def only_dose() -> Config:
    """A configuration with one rule, so that no other says anything."""
    return Config(select=(NAME,))


def test_text_gives_diagnostics_by_place(only_dose: Config) -> None:
    found = healthlint.lint("Give 5.0 mL. Take 1.0 mg at night.", config=only_dose)

    assert [(each.rule, each.excerpt, each.span) for each in found] == [
        (NAME, "5.0 mL", (5, 11)),
        (NAME, "1.0 mg", (18, 24)),
    ]


@pytest.mark.parametrize(
    ("format", "text", "excerpt"),
    [
        ("markdown", "Take **1.0** mg at night.", "1.0** mg"),
        ("html", "<p>Take 1.0&nbsp;mg at night.</p>", "1.0&nbsp;mg"),
        ("text", "Take 1.0 mg at night.", "1.0 mg"),
    ],
)
def test_text_is_read_in_its_format(only_dose: Config, format: str, text: str, excerpt: str) -> None:
    (found,) = healthlint.lint(text, format=format, config=only_dose)

    assert found.excerpt == excerpt


def test_text_without_faults_gives_nothing(only_dose: Config) -> None:
    assert healthlint.lint("Take 1 mg at night.", config=only_dose) == ()
    assert healthlint.lint("", config=only_dose) == ()


def test_configuration_file_is_used(tmp_path: Path) -> None:
    path = tmp_path / "healthlint.toml"
    path.write_text(f'ignore = ["{NAME}"]\n')

    assert NAME in {each.rule for each in healthlint.lint(DOSE)}
    assert NAME not in {each.rule for each in healthlint.lint(DOSE, config=path)}
    assert NAME not in {each.rule for each in healthlint.lint(DOSE, config=str(path))}


def test_no_configuration_is_searched_for_when_a_text_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "healthlint.toml").write_text(f'ignore = ["{NAME}"]\n')
    monkeypatch.chdir(tmp_path)

    assert NAME in {each.rule for each in healthlint.lint(DOSE)}


def test_unknown_format_is_an_error() -> None:
    with pytest.raises(healthlint.ConfigError, match="unknown format 'markdwon'; did you mean 'markdown'"):
        healthlint.lint(DOSE, format="markdwon")


def test_configuration_that_cannot_be_used_is_an_error(tmp_path: Path, only_dose: Config) -> None:
    with pytest.raises(healthlint.ConfigError, match="unknown rule"):
        healthlint.lint(DOSE, config=replace(only_dose, select=("medication/traling-zero",)))
    with pytest.raises(healthlint.ConfigError, match=r"none\.toml"):
        healthlint.lint(DOSE, config=tmp_path / "none.toml")


def test_rule_file_that_cannot_be_used_is_an_error(write_files: Callable[..., str]) -> None:
    folder = write_files({"house/broken.yaml": "summary: x\n"})

    with pytest.raises(healthlint.RulebookError, match=r"broken\.yaml"):
        healthlint.lint(DOSE, config=Config(rule_paths=(folder,)))


def test_rules_of_the_house_are_used(write_files: Callable[..., str], rule_yaml: Callable[..., str]) -> None:
    folder = write_files({"house/tonic.yaml": rule_yaml(pattern="tonic")})

    found = healthlint.lint("A tonic.", config=Config(rule_paths=(folder,), select=("house",)))

    assert [each.excerpt for each in found] == ["tonic"]


def test_every_error_is_a_healthlint_error() -> None:
    errors = (healthlint.ConfigError, healthlint.ReadError, healthlint.RulebookError, healthlint.RuleError,
              healthlint.RuleCrashError)  # fmt: skip

    assert all(issubclass(error, healthlint.HealthlintError) for error in errors)


def test_file_gives_a_result(tmp_path: Path, only_dose: Config) -> None:
    path = tmp_path / "leaflet.html"
    path.write_bytes(b"<p>Take 1.0&nbsp;mg.</p>\r\n")

    result = healthlint.lint_file(path, config=only_dose)

    assert (str(path), "html", ()) == (result.path, result.format, result.errors)
    assert [each.excerpt for each in result.diagnostics] == ["1.0&nbsp;mg"]


def test_nearest_configuration_is_used_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "healthlint.toml").write_text(f'select = ["{NAME}"]\n')
    (tmp_path / "pages").mkdir()
    path = tmp_path / "pages" / "leaflet.md"
    path.write_text(DOSE)

    assert [each.rule for each in healthlint.lint_file(str(path)).diagnostics] == [NAME]


def test_file_and_its_text_give_the_same_diagnostics(tmp_path: Path, only_dose: Config) -> None:
    text = "# Café\r\n\r\nTake 1.0 mg 💊 or 2.0 mg.\r\n"
    path = tmp_path / "leaflet.md"
    path.write_bytes(text.encode())

    assert healthlint.lint(text, config=only_dose) == healthlint.lint_file(path, config=only_dose).diagnostics


def test_byte_order_mark_is_not_counted(tmp_path: Path, only_dose: Config) -> None:
    path = tmp_path / "leaflet.md"
    path.write_bytes(b"\xef\xbb\xbf" + DOSE.encode())

    assert healthlint.lint_file(path, config=only_dose).diagnostics[0].span == (5, 11)


def test_file_that_cannot_be_read_is_an_error_of_its_result(tmp_path: Path, only_dose: Config) -> None:
    result = healthlint.lint_file(tmp_path / "none.md", config=only_dose)

    assert len(result.errors) == 1
    assert result.diagnostics == ()
