"""A named word class, as its file has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthlint.table import Origin

if TYPE_CHECKING:
    from healthlint.inflection import Forms
    from healthlint.table import Row
    from healthlint.word import Word


@dataclass(frozen=True)
class Entity:
    """A named word class: *terms* in all their forms as a lower-case phrase each, *patterns* as RE2, dated *rows*.

    ``words`` are those of a word list, and ``keys`` say which of them each phrase is a form of; what somebody adds has
    ``forms``. Terms of the entities ``terms_of`` are among its own.
    """

    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    origin: Origin = field(default_factory=Origin)
    words: tuple[Word, ...] = ()
    keys: Mapping[str, int] = field(default_factory=dict)
    forms: Forms = "fixed"
    terms_of: tuple[str, ...] = ()
