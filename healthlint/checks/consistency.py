"""Find variants that must not be mixed, and one fact that is stated in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from healthlint.checks._consistency_figures import number_of, share_of, words_of
from healthlint.checks._consistency_points import POINTS_GROUPS, changes_in_points
from healthlint.entities import names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.inflection import Forms, spellings, word_forms
from healthlint.masking import masked
from healthlint.phrases import alternatives
from healthlint.text import apart, fold, several

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary

Compare = Literal["words", "number", "share", "points"]

_NOT_OF_POINTS = ("same", "differ", "within", "joined_by", "min_uses")
_ENTITY_OR_WORDS = re.compile(r"\{[a-z][a-z0-9-]*\}|[^{}]+")
# "womb (uterus)", "20% of women, or 1 in 5": the same thing said twice, for the reader's sake.
_RESTATED = re.compile(
    r"(?:[^().;:]{0,40}(?:\(|,\s(?:or|that is|i\.e\.|which is|which means|meaning|in other words"
    r"|also (?:called|known as)),?\s)|\s?/\s?|\s(?:or|also (?:called|known as))\s)"
    r"(?:(?:about|around|roughly|nearly|almost|just|over|under|an?|the)\s)*",
    re.IGNORECASE,
)
# "1 in 3" and "30%" are one figure, rounded twice: of two shares as close as this none says more than the other.
_NEAR = 1.15


class _Use(NamedTuple):
    """One use of a thing in one of its variants, at ``sentence.shadow[start:end]``."""

    thing: Hashable
    variant: Hashable
    label: str
    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True)
class Check:
    """One thing in several variants ``within`` one part of the text; reported at the first that is not the usual one.

    Either ``variants``: for each thing the words or entities that are its variants. Or ``pattern``, with named groups:
    those in ``same`` say what a match is about, and the one in ``differ`` must not differ between matches about the
    same; of several in ``differ`` it is the name of the one that matched. A group ``report`` narrows what is reported.
    Values are compared as ``words``, as a ``number`` ("ten" is 10, "%" 100) or as a ``share`` (10% is 1 in 10).
    Variants that the text puts side by side as one thing, as in "womb (uterus)", count as one; a variant used less than
    ``min_uses`` times is let be.

    Compared as ``points``, two percentages in the groups ``from`` and ``to`` of one match must not be as many points
    apart as its group ``by`` says percent.
    """

    variants: tuple[tuple[str, ...], ...] = ()
    forms: Forms = "fixed"
    pattern: str | tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    differ: str | tuple[str, ...] = ()
    compare: Compare = "words"
    mask: str | tuple[str, ...] = ()
    within: Literal["sentence", "list", "paragraph", "section", "document"] = "document"
    joined_by: str = ""
    min_uses: int = 1

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what each variant or pattern needs."""
        return vocabulary.gates(self._patterns)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that there is one way to find variants, that it compiles and that the groups it names are there."""
        if bool(self.variants) == bool(self.pattern):
            raise SettingError("give either 'variants' or a 'pattern'", "variants")
        for thing in self.variants:
            if len(thing) < 2:
                raise SettingError(f"'{', '.join(thing)}' is one variant; a thing needs two or more", "variants")
            if not all(_ENTITY_OR_WORDS.fullmatch(variant) for variant in thing):
                raise SettingError(f"'{', '.join(thing)}': a variant is words or one entity", "variants")
        for key, patterns in (
            ("pattern" if self.pattern else "variants", self._patterns),
            ("mask", several(self.mask)),
            ("joined_by", several(self.joined_by)),
        ):
            for pattern in patterns:
                vocabulary.check_pattern(pattern, key=key)
        if self.compare == "points":
            self._check_points(vocabulary)
        else:
            self._check_groups(vocabulary)

    def _check_points(self, vocabulary: Vocabulary) -> None:
        if self.variants:
            raise SettingError("'compare: points' needs a 'pattern', with groups for the figures", "variants")
        for name in _NOT_OF_POINTS:
            if getattr(self, name) != getattr(Check, name):
                raise SettingError(f"'compare: points' has no key '{name.replace('_', '-')}'; take it out", name)
        for pattern in several(self.pattern):
            missing = set(POINTS_GROUPS) - set(vocabulary.regex(pattern).groupindex)
            if missing:
                raise SettingError(f"no group '{min(missing)}'; write (?P<{min(missing)}>…)", "pattern")

    def _check_groups(self, vocabulary: Vocabulary) -> None:
        if self.pattern and not self.differ:
            raise SettingError("name the group of 'pattern' that must not differ", "differ")
        if self.variants and (self.differ or self.same):
            raise SettingError("groups are those of a 'pattern'", "differ" if self.differ else "same")
        groups = {name for pattern in several(self.pattern) for name in vocabulary.regex(pattern).groupindex}
        for key, names in (("differ", several(self.differ)), ("same", self.same)):
            for name in names:
                if name not in groups:
                    raise SettingError(f"'pattern' has no group '{name}'; write (?P<{name}>…)", key)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield the first use in an unusual variant of each thing, part by part of the text, in reading order."""
        if self.compare == "points":
            for sentence in sentences:
                text = masked(sentence, several(self.mask), vocabulary)
                regexes = [vocabulary.regex_for(sentence, pattern) for pattern in several(self.pattern)]
                yield from apart(changes_in_points(sentence, text, regexes))
            return
        uses: defaultdict[tuple[Hashable, Hashable], list[_Use]] = defaultdict(list)
        for sentence, part in self._parts(document, sentences, vocabulary):
            for use in self._uses(sentence, vocabulary):
                uses[part, use.thing].append(use)
        findings = filter(None, (self._judge(together) for together in uses.values()))
        yield from sorted(findings, key=lambda finding: (document.index_of(finding.block), finding.start))

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        return several(self.pattern) or tuple(each for patterns in self._things for each in patterns)

    @cached_property
    def _things(self) -> tuple[tuple[str, ...], ...]:
        """Return each thing of ``variants`` as one pattern per variant."""
        return tuple(tuple(self._variant_pattern(variant) for variant in thing) for thing in self.variants)

    def _variant_pattern(self, variant: str) -> str:
        if names_in(variant):
            return variant
        phrases = {form for each in word_forms(fold(variant).lower(), self.forms) for form in spellings(each)}
        return alternatives(tuple(phrases))

    def _parts(
        self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary
    ) -> Iterator[tuple[Sentence, Hashable]]:
        """Yield each sentence with what names the part of the text in which its variants must not be mixed."""
        before: Sentence | None = None
        part: Hashable = None
        for sentence in sentences:
            if before is None or not self._goes_on(before, sentence, vocabulary):
                part = self._part(document, sentence)
            before = sentence
            yield sentence, part

    def _part(self, document: Document, sentence: Sentence) -> Hashable:
        block = sentence.block
        if self.within == "document":
            return None
        if self.within == "section":
            return document.section_of(block).start
        if self.within == "list" and block.group:
            return -block.group
        return document.index_of(block), 0 if self.within == "paragraph" else sentence.index

    def _goes_on(self, before: Sentence, sentence: Sentence, vocabulary: Vocabulary) -> bool:
        """Say whether *sentence* compares something with what stands in the one before."""
        follows = before.block is sentence.block and before.index + 1 == sentence.index
        return (
            bool(self.joined_by)
            and follows
            and bool(vocabulary.regex_for(sentence, self.joined_by).search(sentence.shadow))
        )

    def _uses(self, sentence: Sentence, vocabulary: Vocabulary) -> Iterator[_Use]:
        """Return the variants in *sentence*, left to right; of two that overlap the first to start, then the longer."""
        shadow = masked(sentence, several(self.mask), vocabulary)
        found = self._from_patterns if self.pattern else self._from_variants
        return apart(found(sentence, shadow, vocabulary))

    def _from_variants(self, sentence: Sentence, shadow: str, vocabulary: Vocabulary) -> Iterator[_Use]:
        for thing, patterns in enumerate(self._things):
            for variant, pattern in enumerate(patterns):
                for match in vocabulary.regex_for(sentence, pattern).finditer(shadow):
                    label = self.variants[thing][variant]
                    label = match[0] if names_in(label) else label
                    yield _Use(thing, variant, label, sentence, match.start(), match.end())

    def _from_patterns(self, sentence: Sentence, shadow: str, vocabulary: Vocabulary) -> Iterator[_Use]:
        for pattern in several(self.pattern):
            regex = vocabulary.regex_for(sentence, pattern)
            for match in regex.finditer(shadow):
                groups = match.groupdict()
                variant = self._variant(groups)
                if variant is not None:
                    thing = tuple(words_of(groups.get(name) or "") for name in self.same)
                    start, end = match.span(regex.groupindex["report"] if groups.get("report") else 0)
                    yield _Use(thing, variant, shadow[start:end], sentence, start, end)

    def _variant(self, groups: Mapping[str, Any]) -> Hashable:
        names = several(self.differ)
        if len(names) > 1:
            return next((name for name in names if groups.get(name)), None)
        text = groups.get(names[0])
        if not text:
            return None
        return {"words": words_of, "number": number_of, "share": share_of}[self.compare](text)

    def _judge(self, uses: Sequence[_Use]) -> Finding | None:
        """Return the first of *uses*, all of one thing, that is not in its usual variant."""
        same = _joined(uses, near=self.compare == "share")
        counts = Counter(same[use.variant] for use in uses)
        often = [variant for variant, count in counts.items() if count >= self.min_uses]
        if len(often) < 2:
            return None
        usual = max(often, key=lambda variant: counts[variant])
        unusual = set(often) - {usual}
        first = next(use for use in uses if same[use.variant] == usual)
        other = next(use for use in uses if same[use.variant] in unusual)
        return _finding(other, first, counts[same[other.variant]], counts[usual])


def _finding(use: _Use, usual: _Use, count: int, usual_count: int) -> Finding:
    sentence = use.sentence
    values = {
        "other": usual.sentence.text[usual.start : usual.end],
        "variant": use.label,
        "other-variant": usual.label,
        "count": str(count),
        "other-count": str(usual_count),
    }
    return Finding(sentence.block, sentence.start + use.start, sentence.start + use.end, sentence, values)


def _joined(uses: Sequence[_Use], *, near: bool) -> dict[Hashable, Hashable]:
    """Return for each variant the one that it counts as: of those that the text sets side by side, the first."""
    same: dict[Hashable, Hashable] = {use.variant: use.variant for use in uses}
    pairs: Iterable[tuple[Hashable, Hashable]] = (
        (left.variant, right.variant) for left, right in pairwise(uses) if _restates(left, right)
    )
    if near:
        shares = sorted(variant for variant in same if isinstance(variant, float))
        pairs = [*pairs, *((low, high) for low, high in pairwise(shares) if high <= low * _NEAR)]
    for left, right in pairs:
        low, high = _root(same, left), _root(same, right)
        same[high] = low
    return {variant: _root(same, variant) for variant in same}


def _root(same: dict[Hashable, Hashable], variant: Hashable) -> Hashable:
    while same[variant] != variant:
        same[variant] = same[same[variant]]  # shorter for the next who asks
        variant = same[variant]
    return variant


def _restates(left: _Use, right: _Use) -> bool:
    if left.sentence is not right.sentence:
        return False
    return _RESTATED.fullmatch(left.sentence.shadow, left.end, right.start) is not None
