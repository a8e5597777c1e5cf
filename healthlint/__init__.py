"""A readability and patient-safety linter for health content.

>>> import healthlint
>>> for diagnostic in healthlint.lint("Take .5 mg at night.", format="text"):
...     print(diagnostic.rule, diagnostic.span, diagnostic.excerpt)
medication/naked-decimal Span(start=5, end=10) .5 mg
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthlint._version import __version__

if TYPE_CHECKING:
    from healthlint.api import lint, lint_file
    from healthlint.config import Config
    from healthlint.diagnostic import Diagnostic, Edit, Fix, Readability, Reference, Result, Suppressed
    from healthlint.errors import ConfigError, HealthlintError, ReadError, RulebookError, RuleCrashError, RuleError
    from healthlint.text import Position, Span

_HOMES = {
    "lint": "api", "lint_file": "api", "Config": "config", "Diagnostic": "diagnostic", "Edit": "diagnostic",
    "Fix": "diagnostic", "Readability": "diagnostic", "Reference": "diagnostic", "Result": "diagnostic",
    "Suppressed": "diagnostic", "ConfigError": "errors", "HealthlintError": "errors", "ReadError": "errors",
    "RuleCrashError": "errors", "RuleError": "errors", "RulebookError": "errors", "Position": "text", "Span": "text",
}  # fmt: skip

__all__ = [
    "Config", "ConfigError", "Diagnostic", "Edit", "Fix", "HealthlintError", "Position", "ReadError", "Readability",
    "Reference", "Result", "RuleCrashError", "RuleError", "RulebookError", "Span", "Suppressed", "__version__", "lint",
    "lint_file",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that ``healthlint --version`` loads nothing else."""
    if name not in _HOMES:
        raise AttributeError(f"module 'healthlint' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"healthlint.{_HOMES[name]}"), name)
