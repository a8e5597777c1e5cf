"""Find listed words and phrases, each with what to write instead where that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthlint.checks._terms_rows import row_findings, row_pattern, table_rows
from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.inflection import Forms, every_form
from healthlint.text import apart, several
from healthlint.wordlist import check_list, list_gates, own_list, word_list

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.wordlist import Use, WordList

_AN = re.compile(r"(?i)\ban?\s+$")  # it might not suit what is written instead


@dataclass(frozen=True)
class Check:
    """A list of terms, or a map from a term to its suggestion, or ``of``: a word list or dated table of the vocabulary.

    Of a word list only words of a ``tier`` up to this are found. A row of a table gives its values to the message.
    """

    terms: tuple[str, ...] | Mapping[str, str | tuple[str, ...]] = ()
    of: str = ""
    tier: int = 1
    forms: Forms = "fixed"
    case: bool = False

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what every form of every term needs; None for many terms."""
        if self.of:
            rows = table_rows(self.of, vocabulary)
            return vocabulary.gates(map(row_pattern, rows)) if rows else list_gates(self.of, vocabulary)
        forms = {form for term in self.terms for form in every_form(term, self.forms)}
        return (vocabulary.gate(tuple(f"={form}" for form in sorted(forms))),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that there is one list, and that it exists."""
        if bool(self.terms) == bool(self.of):
            raise SettingError(
                "give either 'terms' or a list: 'of' the vocabulary, or the 'file' beside the rule", "terms"
            )
        if self.of:
            check_list(self.of, vocabulary)
            for row in table_rows(self.of, vocabulary):
                vocabulary.check_pattern(row_pattern(row), key="of")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each term found; of two that start together, the longer."""
        if self.of and (rows := table_rows(self.of, vocabulary)):
            for sentence in sentences:
                yield from apart(row_findings(sentence, rows, document.locale, vocabulary))
            return
        words = word_list(vocabulary, names_in(self.of)[0]) if self.of else self._own
        for sentence in sentences:
            for use in words.uses(sentence):
                if use.word.tier <= self.tier:
                    yield _finding(sentence, use)

    @cached_property
    def _own(self) -> WordList:
        terms = self.terms if isinstance(self.terms, Mapping) else dict.fromkeys(self.terms, ())
        return own_list({term: several(offered) for term, offered in terms.items()}, self.forms, case=self.case)


def _finding(sentence: Sentence, use: Use) -> Finding:
    text = sentence.text[use.start : use.end]
    offered = use.word.offered(text)
    values = {"term": use.word.term, **({"suggestion": offered[0]} if offered else {})}
    if use.word.fix and not text.isupper() and not _AN.search(sentence.shadow[max(0, use.start - 4) : use.start]):
        values["replacement"] = offered[0][:1].upper() + offered[0][1:] if text[:1].isupper() else offered[0]
    return Finding(sentence.block, sentence.start + use.start, sentence.start + use.end, sentence, values, offered)
