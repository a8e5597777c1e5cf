"""Find sentences that are hard to read, and say what makes each hard and how to make it plainer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.difficulty import EASIEST, HARDEST, Difficulty, difficulty, difficulty_score, reasons
from healthlint.document import Block, Sentence
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.plainer import cut, plain_words
from healthlint.prose import scored_sentences
from healthlint.readability import english_share, familiar_words

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary

_NAMES = "names"
# A piece of a list may begin with a small letter or end without a stop.
_BEGINS = re.compile(r"[\W_]*[^\W_a-z]")
_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"')]"
_MOST_SWAPS = 3
_MOST_QUOTED = 4  # words
_ANY = "use words that more people know, and say one thing at a time"


@dataclass(frozen=True)
class Check:
    """A whole sentence of ``min_words`` or more with a difficulty ``above`` a limit from 1 to 6.

    Words of the page's titles and those it explains are easy. Names, which the writer cannot change, cost nothing, nor
    does what ``ignore`` matches.
    """

    above: float
    min_words: int = 8
    ignore: str = ""

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: any sentence can be hard."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the limits can be passed."""
        if not EASIEST <= self.above < HARDEST:
            raise SettingError(f"must be from {EASIEST:g} to below {HARDEST:g}", "above")
        if self.min_words < 1:
            raise SettingError("must be 1 or more", "min_words")
        if self.ignore:
            vocabulary.check_pattern(self.ignore, key="ignore")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each hard sentence, with what each cue adds to the difficulty of an easy one."""
        scored = frozenset(map(id, scored_sentences(document)))
        suspects = [sentence for sentence in sentences if id(sentence) in scored and self._may_be_hard(sentence)]
        if not suspects:
            return
        easy = familiar_words(document)
        for sentence in suspects:
            found = _without_names(difficulty(self._read(sentence, vocabulary), easy))
            if found.score > self.above:
                yield _finding(sentence, found, easy, vocabulary)

    def _may_be_hard(self, sentence: Sentence) -> bool:
        """Say whether it is a whole sentence in English, and hard as long as no word is taken as easy: most are not."""
        return (
            len(sentence.words) >= self.min_words
            and sentence.shadow.rstrip(_CLOSERS).endswith(_STOPS)
            and _BEGINS.match(sentence.shadow) is not None
            and difficulty_score(sentence) > self.above
            and english_share((sentence,)) > 0
        )

    def _read(self, sentence: Sentence, vocabulary: Vocabulary) -> Sentence:
        """Return *sentence* as it reads without what is ignored."""
        text = vocabulary.regex(self.ignore).sub(" ", sentence.text) if self.ignore else sentence.text
        if text == sentence.text:
            return sentence
        return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def _without_names(found: Difficulty) -> Difficulty:
    names = sum(cue.points for cue in found.cues if cue.name == _NAMES)
    return Difficulty(found.score - names, tuple(cue for cue in found.cues if cue.name != _NAMES))


def _finding(sentence: Sentence, found: Difficulty, easy: frozenset[str], vocabulary: Vocabulary) -> Finding:
    values = {
        "score": f"{found.score:.1f}",
        "reasons": "; ".join(reasons(found)),
        "change": _change(sentence, easy, vocabulary),
    }
    weights = tuple((cue.name, round(cue.points, 2)) for cue in found.cues)
    return Finding(sentence.block, sentence.start, sentence.end, sentence, values, weights=weights)


def _change(sentence: Sentence, easy: frozenset[str], vocabulary: Vocabulary) -> str:
    """Return where to split the sentence and which words have plainer ones, or else what helps with any."""
    swaps = {
        f"'{instead}' for '{place.text}'": None
        for place, term, instead in plain_words(sentence, vocabulary)
        if term not in easy
    }
    place = cut(sentence)
    parts = [f"split it before '{_beginning(sentence.text[place.start :])}'"] if place else []
    if swaps:
        parts.append(f"write {', '.join(list(swaps)[:_MOST_SWAPS])}")
    told = ", and ".join(parts) or _ANY
    return f"{told[0].upper()}{told[1:]}."


def _beginning(text: str) -> str:
    words = text.split()
    quoted = " ".join(words[:_MOST_QUOTED]).strip(".,;:")
    return f"{quoted} …" if len(words) > _MOST_QUOTED else quoted
