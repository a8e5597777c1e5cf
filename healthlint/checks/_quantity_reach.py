"""Which sentences speak of a substance: those that name it, and those after them that say "take two" of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthlint.checks._quantity_dose import Name
from healthlint.document import PROSE
from healthlint.phrases import tokenize, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.table import Row

_SENTENCES = 3


class Reading(NamedTuple):
    """A sentence with the names in it, or the one *carried* to it: from a cell of its row, or from the text before."""

    sentence: Sentence
    names: tuple[Name, ...]
    carried: Name | None = None
    in_row: bool = False


class Namer:
    """Finds the names of substances: those of the entities *own*, and those *beside* that only stand in the way."""

    def __init__(self, own: tuple[str, ...], beside: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self._own = own
        self._beside = beside
        self._vocabulary = vocabulary
        self._rows: dict[tuple[str, ...], tuple[Row, ...]] = {}
        for name in own:
            for row in vocabulary.rows(name):
                for phrase in row.phrases:
                    words = tokenize(phrase).words
                    self._rows[words] = (*self._rows.get(words, ()), row)

    def names(self, sentence: Sentence) -> tuple[Name, ...]:
        """Return the names in a sentence, in order."""
        tokens = tokens_of(sentence)
        own = self._vocabulary.marks(sentence, self._own)
        taken = {index for mark in own for index in range(*mark)}
        found = []
        for mark in own:
            words = tokens.words[slice(*mark)]
            rows = self._rows.get(words) or self._rows.get((*words[:-1], words[-1].removesuffix("'s")), ())
            found.append(Name(*tokens.span(*mark), sentence.text[slice(*tokens.span(*mark))], rows))
        others = self._vocabulary.marks(sentence, self._beside) if self._beside else ()
        found += [Name(*tokens.span(*mark), "", None) for mark in others if taken.isdisjoint(range(*mark))]
        return tuple(sorted(found, key=lambda name: name.start))

    def readings(self, document: Document, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return what is to be read, in reading order: of several names carried to one sentence, the nearest."""
        found: dict[int, Reading] = {}
        for sentence in sentences:
            names = self.names(sentence)
            own = [name for name in names if name.rows is not None]
            if own:
                found[id(sentence)] = Reading(sentence, names)
                if names[-1] is own[-1] or sentence.block.kind == "table-cell":
                    found.update(self._carried(document, sentence, own[-1]))
        return sorted(found.values(), key=lambda each: (document.index_of(each.sentence.block), each.sentence.start))

    def _carried(self, document: Document, sentence: Sentence, name: Name) -> Iterator[tuple[int, Reading]]:
        in_row = sentence.block.kind == "table-cell"
        for follower in _cells_after(document, sentence.block) if in_row else _sentences_after(document, sentence):
            if self.names(follower):
                return
            yield id(follower), Reading(follower, (), name, in_row)


def _sentences_after(document: Document, sentence: Sentence) -> Iterator[Sentence]:
    block = sentence.block
    rest = block.sentences[sentence.index + 1 : sentence.index + 1 + _SENTENCES]
    yield from rest
    if len(rest) == _SENTENCES:
        return
    index = document.index_of(block) + 1
    section = document.section_of(block)
    following = document.blocks[index : section.end]
    if block.kind == "heading":
        yield from (each for block in following if block.kind in PROSE for each in block.sentences)
    elif following and following[0].kind == "list-item" and following[0].group != block.group:
        group = following[0].group
        yield from (each for block in following if block.group == group for each in block.sentences)
    elif following and following[0].kind == "paragraph" and block.kind == "paragraph":
        yield from following[0].sentences[: _SENTENCES - len(rest)]


def _cells_after(document: Document, block: Block) -> Iterator[Sentence]:
    """Yield the sentences of the cells after *block* in its row; none where the page does not say how long rows are."""
    cells = document.groups.get(block.group, ())
    columns = next((number for number, cell in enumerate(cells) if not cell.header), 0)
    columns -= 1 if columns and len(cells) % columns else 0  # the first row opens with a header of its own
    if columns > 1 and len(cells) % columns == 0:
        place = document.index_of(block) - document.index_of(cells[0])
        for cell in cells[place + 1 : place - place % columns + columns]:
            yield from cell.sentences
