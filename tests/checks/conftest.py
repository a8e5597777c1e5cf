"""What tests of checks share: a check at work, the gate before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.document import PROSE
from healthlint.entities import Entity, Vocabulary
from healthlint.scan import Scan, make_gates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from healthlint.checks import CheckKind
    from healthlint.document import BlockKind
    from healthlint.finding import Finding


@pytest.fixture
def find() -> Callable[..., list[Finding]]:
    """Return what a check finds in a source, in its sentences that pass the gate."""

    def run(
        check: CheckKind,
        source: str,
        entities: Mapping[str, Entity] | None = None,
        *,
        format: str = "markdown",
        where: Sequence[BlockKind] = PROSE,
    ) -> list[Finding]:
        vocabulary = Vocabulary(entities or {})
        check.validate(vocabulary)
        document = readers.parse("page", source, format)
        sentences = Scan([(make_gates(check.gates(vocabulary)), where)]).candidates(document).get(0, [])
        return list(check.find(document, sentences, vocabulary))

    return run


@pytest.fixture
def texts(find: Callable[..., list[Finding]]) -> Callable[..., list[str]]:
    """Return the words of what a check finds."""

    def run(*given: object, **named: object) -> list[str]:
        return [finding.text for finding in find(*given, **named)]

    return run
