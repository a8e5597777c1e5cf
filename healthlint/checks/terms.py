"""Find listed words and phrases, each with what to write instead where that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.inflection import Forms, spellings, word_forms
from healthlint.phrases import phrase_pattern
from healthlint.text import fold

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary


@dataclass(frozen=True)
class Check:
    """A list of terms, or a map from a term to its suggestion; ``file`` reads the map from a CSV beside the rule."""

    terms: tuple[str, ...] | Mapping[str, str | tuple[str, ...]] = ()
    file: str = ""
    forms: Forms = "fixed"
    case: bool = False

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what every form of every term needs."""
        return (vocabulary.skeleton(self._pattern) or f"(?i:{self._pattern})",)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that there are terms."""
        if not self.terms:
            raise SettingError("no terms; list some under 'terms' or name a CSV file under 'file'", "terms")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each term found; of two that start together, the longer."""
        if not sentences:
            return
        regex = vocabulary.regex(self._pattern, case=self.case)
        suggestions = self._suggestions
        for sentence in sentences:
            for match in regex.finditer(sentence.shadow):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                key = match[0] if self.case else match[0].lower()
                offered = suggestions.get(" ".join(key.replace("-", " ").split()), ())
                values = {"suggestion": offered[0]} if offered else {}
                yield Finding(sentence.block, start, end, sentence, values, offered)

    @cached_property
    def _pattern(self) -> str:
        forms = {form for term in self.terms for form in self._forms(term)}
        return "|".join(phrase_pattern(form) for form in sorted(forms, key=lambda form: (-len(form), form)))

    def _forms(self, term: str) -> Iterator[str]:
        for form in word_forms(fold(term), self.forms):
            yield from spellings(form)

    @cached_property
    def _suggestions(self) -> dict[str, tuple[str, ...]]:
        if not isinstance(self.terms, Mapping):
            return {}
        return {
            " ".join((form if self.case else form.lower()).replace("-", " ").split()): (
                (offered,) if isinstance(offered, str) else offered
            )
            for term, offered in self.terms.items()
            for form in self._forms(term)
        }
