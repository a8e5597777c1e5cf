"""Blank out what only looks like what is sought, so that no pattern matches there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary

_BLANK = "\x1f"


def masked(sentence: Sentence, masks: Sequence[str], vocabulary: Vocabulary, *, case: bool = False) -> str:
    """Return the folded text of *sentence*, as long as ever, with all that one of *masks* matches blanked."""
    shadow = sentence.shadow
    for mask in vocabulary.likely(sentence, tuple(masks)):
        shadow = vocabulary.regex_for(sentence, mask, case=case).sub(_blank, shadow)
    return shadow


def _blank(match: Any) -> str:
    return _BLANK * len(match[0])
