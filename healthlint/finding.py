"""What a check found: a place in a block, and the values its message can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthlint.document import UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import Block, Sentence


@dataclass(frozen=True, eq=False)
class Finding:
    """Something found at ``block.text[start:end]``, in *sentence* where it lies in one.

    Not ``is_checked``: it rests on a fact that nobody has looked up, and is shown with ``--preview`` only. Not
    ``is_sure``: there is little text to judge by, and it is told one severity milder.
    """

    block: Block
    start: int
    end: int
    sentence: Sentence | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    """What each cue gave, by its name, where cues were weighed."""
    is_checked: bool = True
    is_sure: bool = True

    @property
    def text(self) -> str:
        """The words found, as their reader sees them."""
        return self.block.text[self.start : self.end]


def opening(blocks: Sequence[Block], values: Mapping[str, str] | None = None) -> Finding | None:
    """Return the place to report what *blocks* lack: their main heading, else the first sentence or heading."""
    shown = [block for block in blocks if block.kind not in UNCOUNTED and block.kind != "alt"] or list(blocks)
    titles = (block for block in shown if block.kind == "heading" and block.level == 1)
    block = next(titles, shown[0] if shown else None)
    if block is None:
        return None
    end = block.sentences[0].end if block.sentences else len(block.text)
    return Finding(block, 0, end, block.sentences[0] if block.sentences else None, values or {})
