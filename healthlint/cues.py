"""What there is in a sentence that costs its reader effort: hard words of several kinds, and hard forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthlint.familiarity import RARE, band, bases, looks_medical
from healthlint.syllable import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.document import Sentence

CUES = (
    "length", "rare words", "medical terms", "names", "abbreviations", "codes", "numbers", "long words",
    "nominalisations", "compounds", "linked phrases", "clauses", "passive", "negation",
)  # fmt: skip

_LESS_COMMON = 4  # "tablet": no hard word, but it reads more slowly than "take"
_MEDICAL_BAND = 2  # "arthritis" is more familiar, a word like others
_RARITIES = {3: "uncommon word", 2: "rare word", RARE: "very rare word"}
_LONG = 4  # syllables
_CAPITALS = 2
_LONGEST_ABBREVIATION = 6
_SHORT_CODE = 3  # characters: B12, T4
_ENDING = re.compile(r"(?<=[A-Z])(?:'?s)$")
_NOMINALISATION = re.compile(r"\w{3,}(?:[ts]ions?|ments?|ness|it(?:y|ies)|[ae]nces?|[ae]ncy|i[sz]ations?)")
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+")
_PREPOSITION = frozenset({"of", "in", "for", "with", "by", "to", "from", "on", "at"})
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:(?:not|also|often|then|now|still|always|never|only|just|\w+ly)\s)?"
    r"(?!(?:often|even|seven|eleven|sudden|golden|wooden)\b)"
    r"(?:\w+[^\We]ed|\w{2,}(?:[dktvw]en|own)|made|found|done|told|kept|held|paid|sent|built|put)\b",
    re.IGNORECASE,
)
_NEGATION = frozenset({"not", "no", "never", "nor", "neither", "without", "cannot"})


class Cost(NamedTuple):
    """One place that costs effort: the cue it belongs to, its row in the table of weights, and the words at fault."""

    cue: str
    weight: str
    text: str = ""


def costs(sentence: Sentence, easy: frozenset[str]) -> Iterator[Cost]:
    """Yield what costs the reader of *sentence* effort besides its length, word by word and then form by form.

    A word that is in *easy*, in lower case, or is an inflected form of one, costs nothing.
    """
    text = sentence.shadow
    shouted = text.isupper()
    for start, end in sentence.words:
        word = text[start:end]
        if word.isupper() and (shouted or end - start > _LONGEST_ABBREVIATION):
            word = word.lower()
        if not (easy and any(base in easy for base in bases(word.lower()))):
            yield from _as_written(_word_costs(word), sentence.text[start:end])
    yield from _form_costs(sentence)
    yield from (Cost("clauses", "clause") for _ in sentence.clauses[1:])


def has_passive(sentence: Sentence) -> bool:
    """Say whether something in *sentence* is done to somebody: "is given", "were found"."""
    return _PASSIVE.search(sentence.shadow) is not None


def _as_written(found: Iterable[Cost], word: str) -> Iterator[Cost]:
    for cost in found:
        yield cost._replace(text=word) if cost.text and cost.text != word else cost


@lru_cache(maxsize=65536)
def _word_costs(word: str) -> tuple[Cost, ...]:
    lower = word.lower()
    if lower in _PREPOSITION:
        return (Cost("linked phrases", "preposition"),)
    if lower in _NEGATION or lower.endswith("n't"):
        return (Cost("negation", "negation", word),)
    if word[0].isdigit():
        return (Cost("numbers", "number", word),)
    if any(map(str.isdigit, word)):
        is_long = len(word) > _SHORT_CODE
        return (Cost("codes", "code" if is_long else "abbreviation", word),)
    if sum(map(str.isupper, word)) >= _CAPITALS:
        is_known = band(_ENDING.sub("", word)) > RARE
        return () if is_known else (Cost("abbreviations", "abbreviation", word),)
    return tuple(_plain_word_costs(word, lower))


def _plain_word_costs(word: str, lower: str) -> Iterator[Cost]:
    familiarity = band(word)
    is_medical = familiarity <= _MEDICAL_BAND and looks_medical(lower)
    if familiarity == RARE and word[0].isupper() and not is_medical:
        yield Cost("names", "name", word)
        return
    if is_medical:
        yield Cost("medical terms", "medical term", word)
    elif familiarity < _LESS_COMMON:
        yield Cost("rare words", _RARITIES[familiarity], word)
    elif familiarity == _LESS_COMMON:
        yield Cost("length", "less common word")
    if syllables(lower) >= _LONG:
        yield Cost("long words", "long word", word)
    if not is_medical and _NOMINALISATION.fullmatch(lower):
        yield Cost("nominalisations", "nominalisation", word)


def _form_costs(sentence: Sentence) -> Iterator[Cost]:
    for cue, weight, pattern in (("compounds", "compound", _COMPOUND), ("passive", "passive", _PASSIVE)):
        for found in pattern.finditer(sentence.shadow):
            yield Cost(cue, weight, sentence.text[found.start() : found.end()])
