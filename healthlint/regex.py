"""RE2 patterns, compiled with one set of limits for all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import re2

from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_PATTERN = 600_000
_MAX_MEMORY = 16 << 20


def joined(patterns: Iterable[str]) -> str:
    """Return *patterns* as alternatives of one."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def compile_pattern(expanded: str, *, case: bool = False) -> Any:
    """Compile an RE2 pattern; raise SettingError with RE2's reason when it is not one."""
    if len(expanded) > _MAX_PATTERN:
        raise SettingError("pattern is too large once its entities are filled in; use 'check: sequence'")
    options = re2.Options()
    options.case_sensitive = case
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        return re2.compile(expanded, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not a pattern"
        text = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise SettingError(f"bad pattern: {text}; RE2 syntax, without look-around or back-references") from error
