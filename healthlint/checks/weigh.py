"""Find sentences in which many small cues together say what none of them says alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.phrases import tokens_of
from healthlint.text import Span

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary


@dataclass(frozen=True)
class Check:
    """A sentence whose cues weigh ``threshold`` or more together.

    Each of ``cues`` has a ``name``, a ``weight``, and one thing to look for: see `Cue`. The words from the first to the
    last cue with a weight above zero are reported.
    """

    cues: tuple[Mapping[str, Any], ...]
    threshold: float

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: most sentences have one cue or another, and `find` gives up early on those that stay light."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check each cue, and that the words of a sentence can reach the threshold."""
        from healthlint.schema import check_values, snake_keys

        for values in self.cues:
            check_values(snake_keys(values), Cue, "cue")
            if not {"name", "weight"} <= values.keys():
                raise SettingError(f"a cue has a name and a weight: {dict(values)}", "cues")
        for cue in self._cues:
            if bool(cue.entity) + bool(cue.pattern) + bool(cue.max_words) + bool(cue.kinds) != 1:
                raise SettingError(f"'{cue.name}': give one of entity, pattern, max-words or kinds", "cues")
            if cue.within == "document" and not cue.sought:
                raise SettingError(f"'{cue.name}': within: document goes with an entity or a pattern", "cues")
            if cue.sought:
                vocabulary.check_pattern(cue.sought, key="cues", case=cue.case)
        if sum(cue.weight for cue in self._cues if cue.weight > 0) < self.threshold:
            raise SettingError("all cues together do not reach it; lower it", "threshold")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each sentence that is heavy enough."""
        start = tuple(_Weighed(cue) for cue in self._of_document if _fills(cue, document, sentences, vocabulary))
        for sentence in sentences:
            weighed = self._weigh(sentence, start, vocabulary)
            spans = [each.span for each in weighed if each.span and each.cue.weight > 0]
            score = sum(each.cue.weight for each in weighed)
            if spans and score >= self.threshold:
                low, high = min(span.start for span in spans), max(span.end for span in spans)
                weights = tuple((each.cue.name, each.cue.weight) for each in weighed)
                yield Finding(sentence.block, sentence.start + low, sentence.start + high, sentence, weights=weights)

    def _weigh(self, sentence: Sentence, start: tuple[_Weighed, ...], vocabulary: Vocabulary) -> tuple[_Weighed, ...]:
        """Return the cues that hold, or none as soon as the threshold is out of reach."""
        found = list(start)
        score = sum(each.cue.weight for each in start)
        for cue, to_come in self._of_sentence:
            if score + to_come < self.threshold:
                return ()
            place = _place(cue, sentence, vocabulary)
            if place is not None:
                found.append(_Weighed(cue, place if place.end > place.start else None))
                score += cue.weight
        return tuple(found)

    @cached_property
    def _cues(self) -> tuple[Cue, ...]:
        return tuple(_cue(values) for values in self.cues)

    @cached_property
    def _of_document(self) -> tuple[Cue, ...]:
        return tuple(cue for cue in self._cues if cue.within == "document")

    @cached_property
    def _of_sentence(self) -> tuple[tuple[Cue, float], ...]:
        """The heaviest cues first, each with the weight that it and those behind it can add at the most."""
        cues = sorted((cue for cue in self._cues if cue.within == "sentence"), key=lambda cue: -cue.weight)
        return tuple((cue, sum(max(0, each.weight) for each in cues[index:])) for index, cue in enumerate(cues))


@dataclass(frozen=True)
class Cue:
    """Something that makes a finding likelier, or with a negative weight less likely.

    It holds where ``entity`` or ``pattern`` matches in the sentence, or ``within: document`` at least ``per_1000``
    times in 1,000 words; or where the sentence has at most ``max_words``, or stands in a block of one of ``kinds``.
    """

    name: str
    weight: float
    entity: str = ""
    pattern: str = ""
    case: bool = False
    within: Literal["sentence", "document"] = "sentence"
    per_1000: float = 0
    max_words: int = 0
    kinds: Sequence[str] = ()

    @cached_property
    def sought(self) -> str:
        """The pattern that is looked for, if one is."""
        return self.pattern or (f"{{{self.entity}}}" if self.entity else "")


class _Weighed(NamedTuple):
    """A cue that holds, and where in the sentence it stands, if it has a place there."""

    cue: Cue
    span: Span | None = None


def _place(cue: Cue, sentence: Sentence, vocabulary: Vocabulary) -> Span | None:
    """Return where *cue* holds in *sentence*, an empty span where it has no place, or None where it does not hold."""
    if cue.sought:
        spans = _spans(cue, sentence, vocabulary)
        return Span(spans[0].start, max(span.end for span in spans)) if spans else None
    holds = sentence.block.kind in cue.kinds or 0 < len(tokens_of(sentence).words) <= cue.max_words
    return Span(0, 0) if holds else None


def _spans(cue: Cue, sentence: Sentence, vocabulary: Vocabulary) -> tuple[Span, ...]:
    if cue.entity:
        tokens = tokens_of(sentence)
        return tuple(tokens.span(*mark) for mark in vocabulary.marks(sentence, (cue.entity,)))
    if not vocabulary.likely(sentence, (cue.pattern,)):
        return ()
    regex = vocabulary.regex_for(sentence, cue.pattern, case=cue.case)
    return tuple(Span(*match.span()) for match in regex.finditer(sentence.shadow))


def _fills(cue: Cue, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> bool:
    count = sum(len(_spans(cue, sentence, vocabulary)) for sentence in sentences)
    return count > 0 and 1000 * count >= cue.per_1000 * document.word_count


def _cue(values: Mapping[str, Any]) -> Cue:
    fields: dict[str, Any] = {key.replace("-", "_"): value for key, value in values.items()}
    return Cue(**fields)
