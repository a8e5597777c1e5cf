"""Every error healthlint raises on purpose: one line that says where, what, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class HealthlintError(Exception):
    """Raised when something a person gave us cannot be used; its text is the one line they see."""


class ReadError(HealthlintError):
    """Raised when bytes cannot be turned into a document."""


class RuleError(HealthlintError):
    """Raised when a rule, entity or profile file cannot be used."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        self.path = path
        self.line = line
        self.message = message
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {message}")


class RulebookError(HealthlintError):
    """Raised when rule files were refused; holds every refusal, not only the first."""

    def __init__(self, errors: tuple[RuleError, ...]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


class ConfigError(HealthlintError):
    """Raised when a configuration file or a command-line choice cannot be used."""


class RuleCrashError(HealthlintError):
    """Raised when a rule fails on a document; the document was not fully checked."""


class LanguageToolError(HealthlintError):
    """Raised when LanguageTool gives no answer that can be used."""


class UnreachableError(LanguageToolError):
    """Raised when LanguageTool cannot be started, or does not answer; to ask it again at once is in vain."""


class GoldError(HealthlintError):
    """Raised when a file of judged texts cannot be used; has a line for each thing that is wrong with it."""


class SettingError(HealthlintError):
    """Raised when the value of one key of a rule or entity cannot be used; *key* names it."""

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key
        super().__init__(message)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return "unknown *what* '*name*'" with the nearest of *known* as a suggestion."""
    from difflib import get_close_matches

    nearest = get_close_matches(name, list(known), n=1)
    hint = f"; did you mean '{nearest[0]}'?" if nearest else ""
    return f"unknown {what} '{name}'{hint}"
