"""What takes long to work out about entities, to be kept for the next run."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from healthlint.phrases import Prepared
    from healthlint.table import Row

_T = TypeVar("_T")


class WorkedOut(NamedTuple):
    """By name of an entity what is prepared of it, its phrases as one pattern, and its rows; by pattern the rest.

    ``skeletons`` are small patterns that match wherever the large one does, None where there is none; ``needed`` are
    the entities without whose words nothing matches.
    """

    prepared: Mapping[str, Prepared] = MappingProxyType({})
    alternations: Mapping[str, str] = MappingProxyType({})
    skeletons: Mapping[str, str | None] = MappingProxyType({})
    needed: Mapping[str, frozenset[str]] = MappingProxyType({})
    rows: Mapping[str, tuple[Row, ...]] = MappingProxyType({})

    def beside(self, other: WorkedOut) -> WorkedOut:
        """Return this and what *other* knows of other entities and patterns."""
        return WorkedOut(
            chained(self.prepared, other.prepared),
            chained(self.alternations, other.alternations),
            chained(self.skeletons, other.skeletons),
            chained(self.needed, other.needed),
            chained(self.rows, other.rows),
        )


def chained(first: Mapping[str, _T], then: Mapping[str, _T]) -> Mapping[str, _T]:
    """Return both as one mapping; either may still grow."""
    return ChainMap(cast("MutableMapping[str, _T]", first), cast("MutableMapping[str, _T]", then))
