"""What ``when`` and ``unless`` can ask of a finding: one file each, found by its name.

A module here holds one frozen dataclass ``Condition``. Its fields are the keys it may be given, typed with plain types,
and it has two methods: ``validate(vocabulary)``, as for a check, and ``holds(finding, document, vocabulary)``. One that
is the same for the whole page has ``holds_in(document, vocabulary)`` too, which is asked before anything is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


class ConditionKind(Protocol):
    """What every ``Condition`` can do."""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Raise SettingError when a value cannot be used."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the condition is true of *finding*."""


@runtime_checkable
class PageCondition(ConditionKind, Protocol):
    """A condition that is the same for the whole page."""

    def holds_in(self, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the condition is true of *document*."""
