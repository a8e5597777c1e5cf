"""What LanguageTool says of a place in a text, and where it is kept until the rules look at it."""

from __future__ import annotations

from typing import NamedTuple

SLIPS = "slips"
"""The key in the memo of a block under which its slips are, by start, once LanguageTool was asked."""

SPELLING = "TYPOS"


class Slip(NamedTuple):
    """What LanguageTool says of ``text[start:end]``: its own *rule* and *category*, and what it would write instead.

    Not ``is_default``: a person asked for this rule by its name, whatever a rule of ours leaves out.
    """

    start: int
    end: int
    rule: str
    category: str
    message: str
    replacements: tuple[str, ...]
    is_default: bool = True
