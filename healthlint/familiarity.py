"""How familiar a word is, from how often people write it; and whether an unfamiliar one looks like a medical term."""

from __future__ import annotations

import os.path
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from healthlint.inflection import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BANDS = (2, 3, 4, 5)
RARE = BANDS[0] - 1
"""The band of a word that the table does not have."""

_TABLE = os.path.join(os.path.dirname(__file__), "data", "familiarity.txt.gz")
# An inflected form and what its base ends in: "studies" is "study", "taking" is "take".
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("ly", ""), ("ily", "y"), ("ness", ""),
)  # fmt: skip
_SHORTEST_BASE = 3
# Begins or ends as medical terms do and few other words: not "endorse", "hypothesis", "diagram" or "catastrophic".
_MEDICAL = re.compile(
    r"(?:hyper|hypo(?!cri|the[st])|neuro|cardi[oa]|gastr[oi]|hepat|nephr|ha?emat|onco(?!m)|immuno|cyto|endo(?!rs|w)|myo|"
    r"osteo|arthr|derm|phospho|glyc|lipid|lipo|proteo|chromo|thromb|vaso|broncho|pneumo|encephal|lymph|carcin|mening|"
    r"intra(?:cell|cran|mus|ocul|op|uter|vas|ven|vit))\w{2,}"
    r"|\w{2,}(?:itis|osis|[^dst]a?emi[ac]|ectom(?:y|ies)|otomy|ostomy|oscop(?:y|ies)|opath(?:y|ies|ic)|plasty|mab|nib|statins?|"
    r"pril|sartan|azole|cillin|mycin|olol|genic|genesis|cytes?|cytic|philia|(?<!as)trophic|plasm\w*|uria|algia|stasis|"
    r"dermal|somal|rrho?ea|p?noea|(?:mammo|angio|tomo|encephalo|sono|cardio)gra(?:m|ms|phy)|"
    r"(?:dia|hemo|haemo|auto|proteo|hydro|fibrino)lysis|"
    r"(?:carcin|sarc|lymph|melan|fibr|aden|myel|gli|blast|glauc|granul|terat)omas?|"
    r"(?:kin|prote|lip|mer|fer|synth|ol|lact|amyl|oxid|uct|phosphat|lig|peptid)ases?|"
    r"(?:[^x]am|id|ep|op|ox|et)ines?|(?:ox|pept|char|cer|cos|ot|nucl|chlor|am)ides?)"
)


def band(word: str) -> int:
    """Return how often people write *word*: 5 for very often, each step down ten times less, 1 for hardly ever.

    That is the whole part of its frequency on the Zipf scale, the base-10 logarithm of the uses per thousand million
    words (van Heuven and others 2014, Quarterly Journal of Experimental Psychology 67:1176-1190). A word in capitals is
    looked up as an abbreviation, another in lower case, and one that the table does not have by its base and its other
    spelling.

    >>> [band(word) for word in ("doctor", "doctors", "vital", "hypertension", "haemorrhaging", "callose")]
    [4, 4, 3, 2, 2, 1]
    >>> band("NHS"), band("DMO")
    (3, 1)
    """
    return _band(word if word.isupper() and len(word) > 1 else word.lower())


@lru_cache(maxsize=65536)
def _band(word: str) -> int:
    return band_among(_table(), word)


def band_among(table: Mapping[str, int], word: str) -> int:
    """Return the band of *word* in *table*, through its base where it lacks the word itself."""
    for spelling in spellings(word):
        for base in bases(spelling):
            if base in table:
                return table[base]
    return RARE


def bases(word: str) -> Iterator[str]:
    """Yield *word* and what it may be an inflected form of.

    >>> list(bases("stopped"))
    ['stopped', 'stopp', 'stop', 'stoppe']
    """
    yield word
    if "'" in word:
        yield word.removesuffix("n't").partition("'")[0]
    for ending, other in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_BASE:
            yield stem + other
            if ending in {"ed", "ing"} and not other and stem[-1] == stem[-2]:
                yield stem[:-1]


def looks_medical(word: str) -> bool:
    """Tell whether *word*, in lower case, is built of the Greek and Latin parts of medical terms and drug names.

    >>> [looks_medical(word) for word in ("pancreatitis", "atorvastatin", "walking")]
    [True, True, False]
    """
    return _MEDICAL.fullmatch(word) is not None


@cache
def _table() -> dict[str, int]:
    import gzip

    table: dict[str, int] = {}
    with gzip.open(_TABLE, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                number, _, words = line.rstrip().partition(" ")
                table.update(dict.fromkeys(words.split(" "), int(number)))
    return table
