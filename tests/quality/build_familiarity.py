"""Rebuild healthlint/data/familiarity.txt.gz, the words that people meet often, in bands.

    python tests/quality/build_familiarity.py LOOKUPS SCOWL

LOOKUPS is ``spacy_lookups_data/data/en_lexeme_prob.json.gz`` of the wheel of spacy-lookups-data 1.0.5 (PyPI, MIT), SCOWL
the folder ``/usr/share/dict/scowl`` of the Debian package scowl 2020.12.07-2. docs/sentence-difficulty.md says why these.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

from healthlint import familiarity
from healthlint.familiarity import BANDS, band_among
from healthlint.inflection import spellings

HEADER = """\
# Words of English by how often people write them: per line a band, the whole part of the base-10 logarithm of the uses
# per thousand million words (the last band holds all above), then its words. Words in neither are rarer.
# Frequencies: spacy-lookups-data 1.0.5, Copyright 2019 ExplosionAI GmbH, MIT licence, counted on public comments.
# Words: SCOWL 2020.12.07, Copyright 2000-2011 Kevin Atkinson, permissive licence. Both in NOTICE.
# Made by tests/quality/build_familiarity.py; do not edit.
"""
LARGEST_LIST = 70  # of SCOWL: what a large dictionary has
HEALTH = "NHS COVID BMI MRI CT GP HIV AIDS DNA RNA ADHD CPR ICU IVF HPV WHO FDA CDC NIH BP".split()
"""What the comments, of 2015 and earlier and mostly of Americans, lack: our own addition."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SHORT = re.compile(r"[A-Z]{2,5}")


def frequencies(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return uses per thousand million, of each word in lower case and of each one in capitals."""
    chances: dict[str, float] = json.loads(gzip.decompress(path.read_bytes()))
    lower: defaultdict[str, float] = defaultdict(float)
    capitals: dict[str, float] = {}
    for word, chance in chances.items():
        lower[word.lower()] += math.exp(chance) * 1e9
        if _SHORT.fullmatch(word):
            capitals[word] = math.exp(chance) * 1e9
    return lower, capitals


def listed(folder: Path, kinds: str) -> set[str]:
    """Return the words of the lists of SCOWL of *kinds*, up to the largest that is used."""
    return {
        word
        for path in folder.iterdir()
        if re.search(rf"-(?:{kinds})\.\d+$", path.name) and int(path.suffix[1:]) <= LARGEST_LIST
        for word in path.read_text(encoding="latin-1").split()
    }


def band(frequency: float) -> int:
    """Return the band of a word."""
    return min(int(math.log10(frequency)), BANDS[-1]) if frequency >= 1 else 0


def main() -> None:
    """Write the table."""
    lower, capitals = frequencies(Path(sys.argv[1]))
    scowl = Path(sys.argv[2])
    names = {word.lower() for word in listed(scowl, "upper|proper-names")}
    terms = (
        names | listed(scowl, "words|contractions") | {word for word, uses in lower.items() if band(uses) >= BANDS[1]}
    )
    words = {word: band(lower[word]) for word in terms if _WORD.fullmatch(word)}
    for word in tuple(words):  # one band for "randomised" and "randomized"
        words[word] = max(words[word], *(words.get(each, 0) for each in spellings(word)))
    for word, uses in capitals.items():
        if band(uses) >= BANDS[1] and uses > lower[word.lower()] / 2:
            words[word] = band(uses)
    words.update(dict.fromkeys(HEALTH, BANDS[1]))
    table: dict[str, int] = {}
    for word in sorted(words, key=lambda word: (len(word), word)):  # a form that its base tells is left out
        if words[word] >= BANDS[0] and band_among(table, word) != words[word]:
            table[word] = words[word]
    lines = [f"{number} " + " ".join(sorted(w for w, n in table.items() if n == number)) for number in BANDS]
    text = HEADER + "\n".join(lines) + "\n"
    Path(familiarity.__file__).parent.joinpath("data", "familiarity.txt.gz").write_bytes(
        gzip.compress(text.encode(), mtime=0)
    )


if __name__ == "__main__":
    main()
