"""Find what is wrong with the build of a page: its headings, links, images, notes, dates and long stretches of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from healthlint.checks._structure_citations import unmatched_citations
from healthlint.checks._structure_dates import future_dates, given_dates, past_dates
from healthlint.checks._structure_day import parse_day
from healthlint.checks._structure_headings import further_titles, headings_without_text, skipped_levels
from healthlint.checks._structure_links import links_to, same_text_links, undescribed_images, vague_links
from healthlint.checks._structure_stretches import long_stretches, unsummarised
from healthlint.errors import SettingError
from healthlint.regex import joined
from healthlint.text import several

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

# The keys that each kind of fault has, beside "finds".
_KEYS = {
    "skipped-level": (),
    "empty-heading": (),
    "further-title": (),
    "vague-link": ("matches",),
    "link-to": ("matches",),
    "same-link-text": ("ignore",),
    "undescribed-image": ("matches",),
    "unmatched-citation": (),
    "long-stretch": ("max",),
    "missing-summary": ("matches", "max", "min_words"),
    "old-date": ("matches", "metadata", "max_years", "today"),
    "past-date": ("matches", "metadata", "today"),
    "future-date": ("matches", "metadata", "today"),
}
_MAY_BE_LEFT_OUT = frozenset({"min_words", "metadata", "today"})
_DATES = frozenset({"old-date", "past-date", "future-date"})


@dataclass(frozen=True)
class Check:
    """One kind of fault, as ``finds`` names it.

    - ``skipped-level``: a heading two or more levels below the one before it
    - ``empty-heading``: one without a word in it, or with nothing under it
    - ``further-title``: a second heading of level 1
    - ``vague-link``: a link whose whole text ``matches``, or is an address
    - ``link-to``: a link, or an address in the text, that leads where ``matches`` says
    - ``same-link-text``: a text that leads to one address here and to another there; ``ignore`` matches texts that may
    - ``undescribed-image``: an image without a description, or with one that ``matches``
    - ``unmatched-citation``: ``[4]`` or ``[^iron]`` without an entry, and a numbered entry that no marker names
    - ``long-stretch``: more than ``max`` words without a heading, list or table among them
    - ``missing-summary``: of a page of ``min_words`` or more no block ``matches``, and the first ``max`` words share
      none with its title
    - ``old-date``: the newest date in the group ``date`` of ``matches``, or under a key of ``metadata``, is
      ``max_years`` old or more on the day ``today``, as 2026-11-23, else that of the clock
    - ``past-date``: that date has passed
    - ``future-date``: it is yet to come
    """

    finds: Literal[
        "skipped-level",
        "empty-heading",
        "further-title",
        "vague-link",
        "link-to",
        "same-link-text",
        "undescribed-image",
        "unmatched-citation",
        "long-stretch",
        "missing-summary",
        "old-date",
        "past-date",
        "future-date",
    ]
    matches: str | tuple[str, ...] = ()
    ignore: str = ""
    max: int = 0
    min_words: int = 0
    metadata: tuple[str, ...] = ()
    max_years: int = 0
    today: str = ""

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what a date in the text needs; None for other faults, for no words tell how a page is built."""
        return vocabulary.gates(several(self.matches)) if self.finds in _DATES else None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the keys are those of the kind of fault, and compile the patterns."""
        for each in fields(self)[1:]:
            self._check_key(each.name, is_given=getattr(self, each.name) != each.default)
        for pattern in several(self.matches):
            vocabulary.check_pattern(pattern, key="matches")
            if self.finds in _DATES and "date" not in vocabulary.regex(pattern).groupindex:
                raise SettingError("no group 'date'; put '(?P<date>…)' around what is read as a date", "matches")
        vocabulary.check_pattern(self.ignore, key="ignore")
        if self.today and parse_day(self.today) is None:
            raise SettingError(f"'{self.today}' is not a date; write it as 2026-11-23", "today")

    def _check_key(self, name: str, *, is_given: bool) -> None:
        key = name.replace("_", "-")
        has_key = name in _KEYS[self.finds]
        if is_given and not has_key:
            others = ", ".join(kind for kind, names in _KEYS.items() if name in names)
            raise SettingError(f"'{self.finds}' has no key '{key}', which is for {others}; take it out", name)
        if has_key and not is_given and name not in _MAY_BE_LEFT_OUT:
            raise SettingError(f"'{self.finds}' needs the key '{key}'; add it", name)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each fault, in reading order; links, citations and dates are looked at where *sentences* are."""
        if self.finds in _DATES:
            matchers = [vocabulary.regex(pattern) for pattern in several(self.matches)]
            dates = given_dates(document, sentences, matchers, self.metadata)
            is_future = self.finds == "future-date"
            return future_dates(dates, self.today) if is_future else past_dates(dates, self.today, years=self.max_years)
        matcher = vocabulary.regex(joined(several(self.matches)))
        blocks = tuple(dict.fromkeys(sentence.block for sentence in sentences))
        # Generators: only the one that is returned runs.
        finders = {
            "skipped-level": skipped_levels(document),
            "empty-heading": headings_without_text(document),
            "further-title": further_titles(document),
            "vague-link": vague_links(document, blocks, matcher),
            "link-to": links_to(blocks, matcher),
            "same-link-text": same_text_links(blocks, vocabulary.regex(self.ignore)),
            "undescribed-image": undescribed_images(document, matcher),
            "unmatched-citation": unmatched_citations(document, blocks),
            "long-stretch": long_stretches(document, self.max),
            "missing-summary": unsummarised(document, matcher, min_words=self.min_words, max_words=self.max),
        }
        return finders[self.finds]
