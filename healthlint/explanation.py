"""Whether a page explains a word where it uses it: in brackets, by another name, in a definition, in a glossary."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from healthlint.phrases import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.document import Block, Document, Sentence

_BEFORE, _AFTER = 90, 120  # characters that are looked at
_A = r"(?:an?|the)"
_OTHER_NAME = (
    r"(?:(?:also|often|sometimes|usually|commonly|medically|formerly|technically|simply|or|otherwise)\s+)*"
    r"(?:called|known(?:\s+medically)?\s+as|named|termed|referred\s+to\s+as|described\s+as|abbreviated\s+(?:to|as))"
)
_LEADS_TO = re.compile(
    rf"""(?:
      \w[)"']?\s*[(\[](?:(?:or|i\.?e\.?|e\.?g\.?|such\s+as|like|the|an?|{_OTHER_NAME}|medical\s+(?:term|name))[:,]?\s+)*
    | \b(?:{_OTHER_NAME}|(?:terms?|words?|names?)(?:\s+for\s+(?:this|it|them|these))?(?:\s+(?:is|are))?|short\s+for)
      [:,]?\s+(?:{_A}\s+)?
    | \w\s+[-—]\s+(?:or\s+|called\s+)?(?:{_A}\s+)?
    )["'-]?$""",
    re.VERBOSE | re.IGNORECASE,
)
_SECOND_NAME = re.compile(rf"\w,\s+or\s+(?:{_A}\s+)?[\"']?$", re.IGNORECASE)
_OR_BEFORE = re.compile(rf"\w,?\s+or\s+(?:{_A}\s+)?[\"']?$", re.IGNORECASE)
_ENDS = re.compile(r"[\"']?\s*(?:[,.;:)]|$)")
_FOLLOWED_BY = re.compile(
    rf"""["']?s?["']?\s*(?:
      \((?!\s*(?:see|fig|table|page|section|ref|\d))(?=[^()]*(?-i:[a-z]){{3}})
    | ,?\s+{_OTHER_NAME}\s
    | ,?\s*\(?(?:that\s+is(?:\s+to\s+say)?|i\.?e\.?|meaning|in\s+other\s+words|or\s+rather)[\s,]
    | ,?\s+(?:which|that)\s+(?:is|are|was|were|means?|refers?|happens?|occurs?)\s
    | ,\s+(?:{_A}|any|one\s+of|when|where|or)\s
    | \s+[-—]\s+(?:{_A}|when|where|this|that|which|or|called)?\s?
    | \s+(?:is|are|was|were)\s+(?:not\s+)?
      (?:{_A}|any|when|where|one\s+of|how|what|defined|used\s+(?:to|for)|done|made|caused
         |[a-z]+ing\s+(?:of|out|an?|the))\s
    | \s+(?:means?|refers?\s+to|stands?\s+for|describes?|involves?|happens?\s+(?:when|if)|occurs?\s+(?:when|if)
           |develops?\s+(?:when|if)|is\s+short\s+for|comes?\s+from)\s
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_OR_AFTER = re.compile(r"s?,?\s+or\s", re.IGNORECASE)
_NAMED = re.compile(rf"\b{_OTHER_NAME}[:,]?\s+(?:{_A}\s+)?[\"']?(?:\w+\s)?$", re.IGNORECASE)
_MEANS = re.compile(
    rf"""["']?(?:
      \s+\((?:{_A}|when|where|or|also|often|sometimes|called|known)\s
    | ,?\s+(?:also|sometimes|often|commonly)\s+{_OTHER_NAME}\s
    | (?:\s+\([^()]{{1,40}}\))?,?\s+(?:means?|refers?\s+to|stands?\s+for|is\s+short\s+for|(?:is|are)\s+when)\s
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_IS_A = re.compile(
    rf"(?:\s+\([^()]{{1,40}}\))?\s+(?:is|are)\s+(?!{_A}\s(?:option|way|choice|must|chance|good\s|key\s))"
    rf"(?:{_A}|any|one\s+of|when|where)\s",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.:;]\s+[-•*])[\s\"'*•-]*$")
_LABEL = re.compile(r"[\"']?\s*(?::|[-—]\s)")
_THIS_MEANS = re.compile(
    r"(?:this|it|they|these|that)\s+(?:(?:usually|often|simply|just)\s+)?"
    r"(?:is|are|was|were|means?|involves?|happens?|occurs?|describes?|refers?|includes?|can\s+be|uses?)\b",
    re.IGNORECASE,
)
_GLOSSARY = re.compile(
    r"\b(?:glossary|definitions?|terminology|jargon|(?:key|useful|medical|common|other)\s+(?:terms|words)"
    r"|(?:words|terms)\s+(?:you|to|used|that|and)|abbreviations)\b"
)
_STOP_WORDS = frozenset(
    "about after also and are around been body bring brings cannot caused causes come comes condition different "
    "disease doctor doctors does done each early even extra fast feel feeling first form from gets getting give given "
    "gives good happen happening hard have having high into kind last lets like long made make makes medical more "
    "most much near need not other over part people place problem problems small some something sort that the their "
    "them then thing this through time too treatment type used using usual very well what when where which with "
    "without your".split()
)
_NEAR_END = 25  # characters
_SHORTEST = 3
_STEM = 5
_MOST_MISSING = 0.4


class Place(NamedTuple):
    """One use of a word: ``block.text[start:end]``, in *sentence*."""

    block: Block
    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The word as it is written there, folded."""
        return self.block.shadow[self.start : self.end]


def is_explained(place: Place, document: Document, suggestions: Iterable[str] = (), *, short: bool = False) -> bool:
    """Say whether a word is explained where it stands; *suggestions* are plain words for it.

    *short* is for an abbreviation: "asthma or COPD" names two things, "lung disease or COPD" one, and a reader cannot
    tell; for an abbreviation it counts as explained.
    """
    shadow = place.block.shadow
    before = shadow[max(0, place.start - _BEFORE) : place.start]
    after = shadow[place.end : place.end + _AFTER]
    return (
        bool(_LEADS_TO.search(before) or _FOLLOWED_BY.match(after))
        or _is_set_off(before, after)
        or (short and bool(_OR_BEFORE.search(before) or _OR_AFTER.match(after)))
        or bool(_OPENS.search(before) and _LABEL.match(after))
        or _goes_on_to_say(place)
        or _is_linked(place)
        or _is_in_glossary(place.block, document)
        or any(_says_same(each, place) for each in suggestions)
    )


def is_glossed(place: Place) -> bool:
    """Say whether the sentence itself tells what the word means; stricter than ``is_explained``, which is for jargon.

    So it is in "called X", "plain words (X)", "plain words, or X,", "X means", "X (a sort of rash)" and, where the
    sentence begins with it, "X is a".
    """
    shadow = place.block.shadow
    before = shadow[max(place.sentence.start, place.start - _BEFORE) : place.start]
    after = shadow[place.end : place.end + _AFTER]
    return (
        bool(_NAMED.search(before) or _MEANS.match(after))
        or (before.endswith("(") and after.startswith(")"))
        or (_is_set_off(before, after) and after.startswith(","))
        or (not before and bool(_IS_A.match(after)))
    )


def topic(document: Document) -> str:
    """Return the words of the titles of the page, as keys of phrases with spaces around them."""
    found: str | None = document.memo.get("topic")
    if found is None:
        headings = [block for block in document.blocks if block.kind in {"title", "heading"}]
        titles = [
            block for number, block in enumerate(headings) if block.kind == "title" or block.level == 1 or number == 0
        ]
        found = document.memo["topic"] = f" {' | '.join(' '.join(tokenize(block.shadow).words) for block in titles)} "
    return found


def _is_set_off(before: str, after: str) -> bool:
    """Say whether the word is a second name: ``high blood pressure, or hypertension, is common``."""
    return bool(_SECOND_NAME.search(before) and _ENDS.match(after))


def _goes_on_to_say(place: Place) -> bool:
    """Say whether the sentence ends with the word and the next one says what it is: ``a biopsy. This is a test``."""
    sentences = place.block.sentences
    following = sentences[place.sentence.index + 1 : place.sentence.index + 2]
    is_near_end = place.sentence.end - place.end <= _NEAR_END
    return is_near_end and any(_THIS_MEANS.match(each.shadow) for each in following)


def _is_linked(place: Place) -> bool:
    links = place.block.links
    number = bisect_right(links, place.start, key=lambda link: link.start) - 1
    return number >= 0 and place.start < links[number].end


def _is_in_glossary(block: Block, document: Document) -> bool:
    return any(_GLOSSARY.search(heading.shadow.lower()) for heading in document.headings_above(block))


def _says_same(suggestion: str, place: Place) -> bool:
    """Say whether most of the words of *suggestion* stand in the sentence, or the one before or after it."""
    wanted = _stems(suggestion) - _stems(place.text)
    if not wanted:
        return False
    sentences = place.block.sentences
    near = sentences[max(0, place.sentence.index - 1) : place.sentence.index + 2]
    said = set().union(*(_stems_of(each) for each in near))
    return len(wanted - said) <= _MOST_MISSING * len(wanted)


def _stems_of(sentence: Sentence) -> frozenset[str]:
    stems: frozenset[str] | None = sentence.memo.get("stems")
    if stems is None:
        stems = sentence.memo["stems"] = _stems(sentence.shadow)
    return stems


def _stems(text: str) -> frozenset[str]:
    words = tokenize(text).words
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST and word not in _STOP_WORDS)
