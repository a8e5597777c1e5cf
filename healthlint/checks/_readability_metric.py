"""One formula with a limit: built in by its name, or one of textstat's, of which some are for other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.errors import SettingError, unknown
from healthlint.formula import METRICS
from healthlint.prose import scored_sentences
from healthlint.readability import counts_of

if TYPE_CHECKING:
    from healthlint.document import Document

_ENGLISH = "en"
_STOPS = (".", "!", "?")


@dataclass(frozen=True)
class Metric:
    """The formula *name* for texts in *lang*, and the value that a text may not be above or below."""

    name: str
    lang: str = _ENGLISH
    above: float | None = None
    below: float | None = None

    @property
    def is_built_in(self) -> bool:
        """Whether the formula is our own: those are for English."""
        return self.name in METRICS and self.lang.partition("-")[0] == _ENGLISH

    def validate(self) -> None:
        """Check the name, the language and the limits."""
        if (self.above is None) == (self.below is None):
            raise SettingError("give either 'above' or 'below', the limit of the formula", "metric")
        if not self.is_built_in:
            from healthlint.foreign import FORMULAS, check_metric

            if self.name not in FORMULAS:
                raise SettingError(unknown("formula", self.name, sorted(FORMULAS | METRICS.keys())), "metric")
            check_metric(self.name, self.lang)

    def score(self, document: Document) -> float:
        """Return the value for the running prose of *document*, which has some."""
        if self.is_built_in:
            return METRICS[self.name](counts_of(document))
        from healthlint.foreign import score_with_textstat

        return score_with_textstat(_text(document), self.name, self.lang)

    def is_beyond(self, value: float) -> bool:
        """Say whether *value* is over the limit."""
        return (self.above is not None and value > self.above) or (self.below is not None and value < self.below)


def _text(document: Document) -> str:
    """Return the running prose with a full stop at the end of each sentence, which textstat looks for."""
    texts = (sentence.text for sentence in scored_sentences(document))
    return "\n".join(text if text.endswith(_STOPS) else f"{text}." for text in texts)
