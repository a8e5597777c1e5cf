"""What there is in a sentence that costs its reader effort: hard words of several kinds, and hard forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthlint.familiarity import RARE, band, bases, looks_medical
from healthlint.readability import syllables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Sentence

CUES = (
    "length", "rare words", "medical terms", "names", "abbreviations", "codes", "numbers", "long words", "nominalisations",
    "compounds", "linked phrases", "clauses", "passive", "negation",
)  # fmt: skip

_COMMON = 5
_MEDICAL_BAND = 3  # of "arthritis"; more familiar ones are plain words
_RARITIES = {4: "less common word", 3: "uncommon word", 2: "rare word", RARE: "very rare word"}
_LONG = 4  # syllables
_CAPITALS = 2
_WORDS_OF_ONE_LETTER = frozenset("aAI")
_NOMINALISATION = re.compile(r"\w{3,}(?:[ts]ions?|ments?|ness|it(?:y|ies)|[ae]nces?|[ae]ncy|i[sz]ations?)")
_COMPOUND = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)+")
_PREPOSITION = frozenset({"of", "in", "for", "with", "by", "to", "from", "on", "at"})
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:not\s)?(?:\w+ly\s)?(?:\w{2,}ed|\w{2,}(?:[dtvw]en|own)|made|found|known|shown|done|told)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|cannot|\w+n't)\b", re.IGNORECASE)


class Cost(NamedTuple):
    """One place that costs effort: the cue it belongs to, the weight it costs by, and its words, if they are at fault."""

    cue: str
    weight: str
    text: str = ""


def costs(sentence: Sentence, easy: frozenset[str]) -> Iterator[Cost]:
    """Yield what costs the reader of *sentence* effort besides its length, word by word and then form by form."""
    text = sentence.shadow
    shouted = text.isupper()
    for span in sentence.words:
        word = text[span.start : span.end]
        yield from _word_costs(word.lower() if shouted else word, easy)
    yield from _form_costs(text)
    for clause in sentence.clauses[1:]:
        yield Cost("clauses", "clause", sentence.text[clause.start : clause.end].partition(" ")[0])


def _word_costs(word: str, easy: frozenset[str]) -> Iterator[Cost]:
    lower = word.lower()
    if lower in _PREPOSITION:
        yield Cost("linked phrases", "preposition")
    elif not word.isalpha() and any(map(str.isdigit, word)):
        yield Cost("numbers", "number", word) if word[0].isdigit() else Cost("codes", "code", word)
    elif any(base in easy for base in bases(lower)):
        return
    elif _is_abbreviation(word):
        if band(word.removesuffix("s")) == RARE:
            yield Cost("abbreviations", "abbreviation", word)
    else:
        yield from _plain_word_costs(word, lower)


def _is_abbreviation(word: str) -> bool:
    """Tell "NSAIDs" and the "B" of "B cell", which is short for something too."""
    return sum(map(str.isupper, word)) >= _CAPITALS or (len(word) == 1 and word not in _WORDS_OF_ONE_LETTER)


def _plain_word_costs(word: str, lower: str) -> Iterator[Cost]:
    familiarity = band(word)
    is_medical = familiarity <= _MEDICAL_BAND and looks_medical(lower)
    if familiarity == RARE and word[0].isupper() and not is_medical:
        yield Cost("names", "name", word)
    elif is_medical:
        yield Cost("medical terms", "medical term" if familiarity < _MEDICAL_BAND else "known medical term", word)
    elif familiarity < _COMMON:
        yield Cost("rare words", _RARITIES[familiarity], word if familiarity <= _MEDICAL_BAND else "")
    if syllables(lower) >= _LONG:
        yield Cost("long words", "long word", word)
    if _NOMINALISATION.fullmatch(lower):
        yield Cost("nominalisations", "nominalisation", word)


def _form_costs(text: str) -> Iterator[Cost]:
    for cue, weight, pattern in (
        ("compounds", "compound", _COMPOUND), ("passive", "passive", _PASSIVE), ("negation", "negation", _NEGATION),
    ):  # fmt: skip
        for found in pattern.finditer(text):
            yield Cost(cue, weight, found[0])
