"""What a paragraph becomes by the list, quote, table or footnote that it stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from healthlint.document import PROSE, Block, BlockKind


class Context(NamedTuple):
    """The innermost container; *number* is that of the next item, in an ordered list."""

    kind: BlockKind = "paragraph"
    level: int = 0
    group: int = 0
    label: str = ""
    number: int | None = None
    header: bool = False

    def quote(self) -> Context:
        """Return the context inside a block quote here; a footnote stays one."""
        return self if self.kind == "footnote" else self._replace(kind="quote")

    def list(self, group: int, first: int | None) -> Context:
        """Return the context inside a list here, whose items count from *first* if it is ordered."""
        kind: BlockKind = "list-item" if self.kind == "paragraph" else self.kind
        label = self.label if self.kind == "footnote" else ""
        return Context(kind, self.level + 1, group, label, first)

    def item(self) -> Context:
        """Return the context inside the next item of this list."""
        if self.number is None or self.kind == "footnote":
            return self
        return self._replace(label=str(self.number))

    def after_item(self) -> Context:
        """Return this list's context when one more item has been read."""
        return self if self.number is None else self._replace(number=self.number + 1)

    def table(self, group: int) -> Context:
        """Return the context inside a table here."""
        kind = self.kind if self.kind in {"quote", "footnote"} else "table-cell"
        return Context(kind, group=group, label=self.label if self.kind == "footnote" else "")

    def adopt(self, block: Block) -> Block:
        """Return a block of embedded HTML as one of the container that it stands in."""
        if self.kind == "paragraph" or block.kind == "heading" or block.kind not in PROSE:
            return block
        return replace(
            block,
            kind=self.kind if block.kind == "paragraph" or self.kind in {"quote", "footnote"} else block.kind,
            level=block.level or self.level,
            group=block.group or self.group,
            label=block.label or self.label,
            header=block.header or self.header,
        )
