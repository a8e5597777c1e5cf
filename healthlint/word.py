"""One entry of a word list, the phrases of a term and the key of each, and a suggestion in the form of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthlint.inflection import Forms, every_form, in_same_spelling, spellings, word_forms
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_CAPITALS = 2
_LONGEST_NOUN = 2  # words; the last of more is seldom the one that takes the plural
_BRACKET = re.compile(r"[()]")
_GAP = re.compile(r"[\s-]+")


class Word(NamedTuple):
    """One entry of a word list.

    Of ``tier`` 1 is what is reported, of 2 what is too common to report unless asked for. Inside one of ``not_in``,
    keys of phrases, the word is something else. ``fix`` says that the one suggestion is right wherever the word stands.
    """

    term: str
    suggestions: tuple[str, ...] = ()
    tier: int = 1
    forms: Forms = "fixed"
    not_in: tuple[str, ...] = ()
    fix: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it is an abbreviation, such as "NSAID", which is one only in its own capitals."""
        return sum(map(str.isupper, self.term.partition(" ")[0])) >= _CAPITALS

    @property
    def meanings(self) -> tuple[str, ...]:
        """The suggestions, and apart from them what stands in their brackets: ``a blood clot (thrombosis)``."""
        parts = (part.strip() for each in self.suggestions if "(" in each for part in _BRACKET.split(each))
        return (*self.suggestions, *filter(None, parts))

    def offered(self, text: str) -> tuple[str, ...]:
        """Return the suggestions in the form and spelling that *text* has of the term."""
        in_form = (in_same_form(each, text, self.term, self.forms) for each in self.suggestions)
        return tuple(in_same_spelling(each, text, self.term, self.forms) for each in in_form)


def in_same_form(other: str, text: str, term: str, forms: Forms) -> str:
    """Return *other* in the form in which *text* has *term*; as it stands where that is not sure.

    >>> in_same_form("use", "utilizing", "utilise", "verb"), in_same_form("bruise", "contusions", "contusion", "noun")
    ('using', 'bruises')
    >>> in_same_form("go", "proceeded", "proceed", "verb")  # went or gone
    'go'
    """
    written = " ".join(text.lower().split())
    places = {n for n, form in enumerate(word_forms(term.lower(), forms)) if written in spellings(form)}
    if not places or 0 in places:
        return other
    if forms == "noun":
        return word_forms(other, "noun")[-1] if other.count(" ") < _LONGEST_NOUN else other
    return _verb_like(other, written.partition(" ")[0], places) if not other.startswith("be ") else other


def phrase_key(phrase: str) -> str:
    """Return a folded phrase as a word list knows it: in lower case, with one space between its words.

    >>> phrase_key("Follow-up  visit")
    'follow up visit'
    """
    return " ".join(_GAP.split(phrase.lower()))


def all_phrases(terms: Sequence[str], forms: Forms) -> tuple[str, ...]:
    """Return *terms* in all their forms and spellings, folded and in lower case, each once."""
    return tuple(dict.fromkeys(fold(form).lower() for term in terms for form in every_form(term, forms)))


def _verb_like(other: str, verb: str, places: set[int]) -> str:
    forms = word_forms(other, "verb")
    gerund = next(form for form in reversed(forms) if form.partition(" ")[0].endswith("ing"))
    if verb.endswith("ing"):
        return gerund
    if places == {1}:
        return forms[1]
    past = [form for form in forms[2:] if form != gerund]
    return past[0] if len(past) == 1 else other
