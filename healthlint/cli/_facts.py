"""The facts that rules rest on: which are old, and which nobody has looked up."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from healthlint.terminal import near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.entities import Entity
    from healthlint.library import Library
    from healthlint.table import Row

_A_YEAR = timedelta(days=365)


class Fact(NamedTuple):
    """Something to look up: where it stands, what it is about, and what is known of it."""

    place: str
    about: str
    as_of: str
    source: str
    line: int = 0

    @property
    def text(self) -> str:
        """The fact on one line."""
        place = f"{self.place}:{self.line}" if self.line else self.place
        known = [f"as of {self.as_of}" if self.as_of else "", " ".join(self.source.split())]
        return ": ".join(filter(None, (place, self.about, ", ".join(filter(None, known)))))


def stale_facts(library: Library) -> Iterator[Fact]:
    """Yield what was looked up more than a year ago: rows, and files that have a date and no rows."""
    today = datetime.now(tz=timezone.utc).date()
    for fact in _dated_facts(library):
        if today - date.fromisoformat(fact.as_of) > _A_YEAR:
            yield fact


def unverified_facts(library: Library) -> Iterator[Fact]:
    """Yield what nobody has looked up: rows that are not ``checked``, and rules with a key ``unverified``."""
    vocabulary = library.vocabulary
    for name in vocabulary.names():
        entity = vocabulary.entity(name)
        yield from (_row_fact(entity, row) for row in entity.rows if not row.checked)
    for rule in library.rules:
        if rule.text.unverified:
            yield Fact(near(rule.path), rule.id, "", rule.text.unverified)


def _dated_facts(library: Library) -> Iterator[Fact]:
    vocabulary = library.vocabulary
    for name in vocabulary.names():
        entity = vocabulary.entity(name)
        if entity.origin.as_of and not entity.rows:
            yield Fact(near(entity.origin.path), "", entity.origin.as_of, entity.origin.source)
        yield from (_row_fact(entity, row) for row in entity.rows)


def _row_fact(entity: Entity, row: Row) -> Fact:
    return Fact(near(entity.origin.path), row.term, row.as_of, row.source, row.line)
