"""Find what LanguageTool calls a slip, but for what is known better here: medical words, code, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain
from typing import TYPE_CHECKING

from healthlint.checks._grammar_spelling import Known, is_slip_of_pen
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.phrases import tokens_of
from healthlint.slip import SLIPS

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.slip import Slip

_DICTIONARY = ("MORFOLOGIK_RULE_", "HUNSPELL_")
_MOST_OFFERED = 5
_LONGEST_SAID = 300  # characters of what a server says
_ADDRESS = r"\b(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|uk|eu)\b\S*"
# Code, an image, an element that stands empty until a script fills it.
_LEFT_OUT = re.compile(r"`|!\[|</?(?:code|kbd|samp|img|svg|script)\b|<[a-z][^<>]*>(?:\s|&nbsp;)*</", re.IGNORECASE)
_AROUND = 8  # characters: as long as the longest tag that closes code
_AFTER_NUMBER = re.compile(r"\d[.,]?[\s-]?$")
_NEAR = 3  # characters: a digit, a mark, a space
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Check:
    """Slips of ``categories``, but for those of LanguageTool's rules in ``disable``: its own names, ``*`` for any end.

    A word that its dictionary lacks is left alone where ``known``, the names of entities, has it, and after a number,
    where it is a unit. With ``pen`` it is found only where it looks like a slip of the pen: in the page once, in lower
    case, a letter from a word that it can be meant to be. Grammar is not judged in a sentence from which code or an
    image is left out, or an element that is empty.
    """

    categories: tuple[str, ...]
    disable: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    pen: bool = False

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: LanguageTool was asked about every sentence."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Look the entities up."""
        if not self.categories:
            raise SettingError("no categories; name one or more of LanguageTool's, such as GRAMMAR", "categories")
        vocabulary.check_names(self.known, key="known")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each slip in the blocks of *sentences*, by block and start."""
        uses = _uses(document) if self.pen else {}
        for block in dict.fromkeys(sentence.block for sentence in sentences):
            for slip in _slips(block, vocabulary):
                if self._is_ours(slip, block) and self._is_slip(slip, block, document, vocabulary, uses):
                    yield _finding(slip, block)

    def _is_ours(self, slip: Slip, block: Block) -> bool:
        is_right_already = {*slip.replacements} == {block.text[slip.start : slip.end]}
        if slip.category not in self.categories or is_right_already:
            return False
        return not slip.is_default or not any(fnmatchcase(slip.rule, name) for name in self.disable)

    def _is_slip(
        self, slip: Slip, block: Block, document: Document, vocabulary: Vocabulary, uses: Mapping[str, int]
    ) -> bool:
        if not slip.rule.startswith(_DICTIONARY):
            return not _is_incomplete(block, slip, document.source)
        text = block.text[slip.start : slip.end]
        if text in _known(self.known, vocabulary) or _follows_number(slip, block):
            return False
        is_rare = uses.get(text.lower(), 0) <= 1
        return not self.pen or (is_rare and is_slip_of_pen(text, slip.replacements[:_MOST_OFFERED]))


def _slips(block: Block, vocabulary: Vocabulary) -> Iterator[Slip]:
    """Yield what LanguageTool says of *block*, but of its addresses."""
    slips: tuple[Slip, ...] = block.memo.get(SLIPS, ())
    addresses = [match.span() for match in vocabulary.regex(_ADDRESS).finditer(block.text)] if slips else []
    ends = [end for _, end in addresses]
    for slip in slips:
        number = bisect_right(ends, slip.start)
        if number == len(addresses) or addresses[number][0] >= slip.end:
            yield slip


def _known(names: tuple[str, ...], vocabulary: Vocabulary) -> Known:
    key = ("known to spelling", names)
    known: Known | None = vocabulary.memo.get(key)
    if known is None:
        known = vocabulary.memo[key] = Known(names, vocabulary)
    return known


def _uses(document: Document) -> Mapping[str, int]:
    """Return how often each word stands in *document*; a slip of the pen is seldom made twice."""
    uses: Counter[str] | None = document.memo.get("uses")
    if uses is None:
        sentences = chain.from_iterable(block.sentences for block in document.blocks)
        uses = document.memo["uses"] = Counter(word for sentence in sentences for word in tokens_of(sentence).words)
    return uses


def _is_incomplete(block: Block, slip: Slip, source: str) -> bool:
    """Say whether code or an image is left out of the sentence, or stands just before or after it in the source."""
    sentence = block.sentence_at(slip.start)
    if sentence is None:
        return False
    is_incomplete: bool | None = sentence.memo.get("incomplete")
    if is_incomplete is None:
        first, last = block.source_span(sentence.start, sentence.end)
        found = _LEFT_OUT.search(source, max(0, first - _AROUND), last + _AROUND)
        is_incomplete = sentence.memo["incomplete"] = found is not None
    return is_incomplete


def _follows_number(slip: Slip, block: Block) -> bool:
    return _AFTER_NUMBER.search(block.text, max(0, slip.start - _NEAR), slip.start) is not None


def _finding(slip: Slip, block: Block) -> Finding:
    found = block.text[slip.start : slip.end]
    offered = tuple(each for each in dict.fromkeys(slip.replacements) if each != found)[:_MOST_OFFERED]
    values = {"said": _one_line(slip.message), "slip": slip.rule, "category": slip.category, "term": found.lower()}
    values["offered"] = " or ".join(f"'{each}'" for each in offered[:2]) or "what you mean"
    if len(slip.replacements) == 1 and offered and _is_harmless(slip, block, offered[0]):
        values["replacement"] = offered[0]
    return Finding(block, slip.start, slip.end, block.sentence_at(slip.start), values, offered)


def _is_harmless(slip: Slip, block: Block, instead: str) -> bool:
    """Say whether a replacement leaves every number, and a unit after one, as they are."""
    found = block.text[slip.start : slip.end]
    return _DIGITS.findall(found) == _DIGITS.findall(instead) and not _follows_number(slip, block)


def _one_line(text: str) -> str:
    flat = " ".join(text.split()).rstrip(".")
    return flat if len(flat) <= _LONGEST_SAID else f"{flat[: _LONGEST_SAID - 1]}…"
