"""Sentences, clauses and words of a text, as spans into it.

Rules and word lists, not a model: equal texts are cut alike wherever they stand, in time linear in their length.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from healthlint.text import Span, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNSPACED_STOPS = "\u3002\uff01\uff1f"
_STOPS = ".!?…؟।" + _UNSPACED_STOPS
_QUOTES = "\"'“”\u2018\u2019«»\u2039\u203a„"
_DASHES = "-\u2013—"
_BEFORE_WORD = _QUOTES + "([{¿¡*_•\u2043·" + _DASHES
_OPENERS = re.escape(_BEFORE_WORD)
_INSIDE_CLOSERS = _QUOTES + ")]}"
_CLOSERS = re.escape(_INSIDE_CLOSERS + "*_")

# A stop with what belongs to it, the gap after it, and what opens the next sentence. After its first character
# nothing can fail, so that no input makes it backtrack.
_STOP = re.compile(
    rf"""( [{_STOPS}] (?: [{_STOPS}{_CLOSERS}] | [ ][.!?)\]](?!\w) )*
           (?: [¹²³⁰⁴-⁹]+                                 # a reference: women.³
             | [ ]?\[\d[\d,\s\u2013-]{{0,40}}\]\.?             # women.[3] or women. [3]
             | (?<=[a-z)]\.)\d{{1,3}}(?:[,\u2013-]\d{{1,3}})*(?=\s)  # women.3
             | [ ]?\[(?:\.\.\.|…)\]                       # an omission
             | [ ]?[:;=]-?[()DP](?!\w)                    # a smile
           )* )
         (\s*) ([{_OPENERS}]*\s*)""",
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(r"(?<!\S)[•\u2043*-]?[ ]?(\(?)(?:(?P<figure>\d{1,2})|(?P<letter>[a-z]))(\.\)|[.)])\s+(?=\S)")
_LABEL = re.compile(
    r"\W*(?:(?:fig|figure|table|box|step|chapter|section|part|appendix|question|example|note)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})\)?\s?",
    re.IGNORECASE,
)
_LONGEST_LABEL = 24
_NEXT_WORD = re.compile(r"[^\W\d_]{1,20}")
_GLUED_WORD = re.compile(r"[A-Z][a-z]*(?:['\u2019][a-z]+)?[,\s]")
_SMALL_START = re.compile(r"[a-z]{0,20}[A-Z\d]|i['\u2019\s]|https?:|www\.")
_REPORTING = re.compile(r"\w{1,20}\s(?:asks?|asked|says?|said|replie[sd]|answer(?:s|ed)|cried|shouted|wondered)\b")
_LONGEST_WORD = 30
_LONGEST_DOTTED = 7
_LONGEST_NUMERAL = 2
_SHORTEST_GLUED = 3
_SHORTEST_SURE_WORD = 4

_CLAUSE_BREAK = re.compile(
    r"(?<=\w)\([^\s()]*\)"  # "patient(s)" is one word
    r"|([;()]|—|:(?!\S)|(?<=\s)[-\u2013](?=\s))"
    r"|\b(?!(?-i:WHO)\b)(?:but|however|although|though|whereas|while|because|unless|except|which|who|whose"
    r"|(?<!\bnot\s)(?<!\bas\s)yet)\b",
    re.IGNORECASE,
)
_MARK = "\u0300"
_LETTER = "[^\\W_²³¹⁰⁴-⁹¼½¾]"
_RUN = f"{_LETTER}+(?:[{_MARK}\u00ad\u200c\u200d]+{_LETTER}*)*"
_WORD = re.compile(rf"{_RUN}(?:(?:'|(?<=\d)[.,](?=\d)){_RUN})*")


def _word_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# These go on whatever follows.
_TITLES = _word_set("dr drs mr mrs ms prof messrs mme mlle e.g i.e et.al p.s www")
# "Ask your Dr. If": after these a title may end a sentence.
_DETERMINERS = _word_set("a the your my his her our their")
# These go on before a digit only.
_COUNTED = _word_set("no nos nr art par para sec min max mar ch exp ext")
# These end a sentence only when a word that often begins one follows.
_OPEN_ENDED = _word_set(
    "al approx ca circa cf vs viz fig figs vol vols p pp chap sect eq eqs est avg ref refs resp spp sp subsp var ssp",
    "inc co corp ltd llc jr sr st ave blvd rd dept assoc univ assn bros ft col calif fla ed eds eg ie esp incl excl",
    "mon tue tues wed thu thur thurs fri jan feb apr jun jul aug sep sept oct nov dec ph tel conf pop arr arrv dep ex",
    "rev hon mt gen sgt capt cpt lt cmdr gov sen rep supt equiv",
)
# These go on before a small letter only: "5 mg. twice daily", "etc. are".
_CLIPPED = _word_set(
    "etc mg mcg g kg ml dl l cm mm km m in oz lb lbs hr hrs h mins sec secs wk wks mo mos yr yrs tab tabs cap caps",
    "wt ht temp inj amp amps soln susp tbsp tsp pt pts misc govt mass diam conc dil sol gtt supp ung comp comps spec",
    "abbr adj admin appt assist cont contd diff dist elec hosp info intl intro lang orig poss prev prob proc pron prop",
    "recd reqd sing stat std subj suppl symp syst tech trans transl treas",
)
_ABBREVIATIONS = _TITLES | _COUNTED | _OPEN_ENDED
_NOT_BEFORE_SMALL_LETTER = _ABBREVIATIONS | _CLIPPED
# A letter after these is no initial: "vitamin C. Eat", "NF-kappa B. LPS".
_LETTERED = _word_set(
    "vitamin vitamins hepatitis type types group groups class grade stage phase factor plan part parts appendix option",
    "section influenza form arm strain serotype protein category level table figure panel alpha beta gamma delta kappa",
    "kinase chain region domain subunit allele site case cytochrome actinomycin amphotericin cyclosporin ward route",
)
_STARTERS = _word_set(
    "a an the this that these those it its he she his her him they them their we us our you your i my me there here",
    "in on at for from with without within by to of as if when while where what who whom whose why how which although",
    "though however but and or nor so yet also then thus therefore hence moreover furthermore nevertheless nonetheless",
    "additionally finally similarly instead meanwhile otherwise besides indeed perhaps maybe please yes no not after",
    "before during since until because between among through under over above below across against along around upon",
    "both each every all some any many most few several other others another one two three such only even just once",
    "now today more less do does did is are was were been can could would should have has had let like unlike despite",
    "according given recently interestingly together usually sometimes often generally typically",
)
_AFTER_CLOCK = _word_set(
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr eastern pacific",
    "central mountain",
)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of *text*, trimmed, in order; every character that is no space is in one.

    A blank line always ends a sentence, a single line end never does. A closing quote or bracket and a reference
    number (``women.³``, ``women. [3]``) belong to the sentence whose full stop they follow.

    >>> text = "Take approx. 5 mg. Ask Dr. Lee."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Take approx. 5 mg.', 'Ask Dr. Lee.']
    """
    return tuple(
        span
        for start, end in _paragraphs(text)
        for item_start, item_end in _items(text, start, end)
        for span in _sentences_between(text, item_start, item_end)
    )


def clauses(text: str) -> tuple[Span, ...]:
    """Return the clauses of one sentence, trimmed, in order, without the marks they were cut at.

    A conjunction begins its clause; a part without a letter or digit is no clause. A comma does not cut,
    nor do "WHO", "not yet", "10:30" or "patient(s)".

    >>> text = "Do not take it if you are pregnant (or may be), unless a doctor says so."
    >>> [text[start:end] for start, end in clauses(text)]
    ['Do not take it if you are pregnant', 'or may be', 'unless a doctor says so.']
    """
    return tuple(_trimmed(text, _between_breaks(text)))


def words(text: str) -> tuple[Span, ...]:
    """Return the words of *text*: letters and digits of any script, with the apostrophes and separators inside them.

    >>> text = "Don't take 1,000 mg: side-effects (2.5%)."
    >>> [text[start:end] for start, end in words(text)]
    ["Don't", 'take', '1,000', 'mg', 'side', 'effects', '2.5']
    """
    return tuple(Span(*word.span()) for word in _WORD.finditer(_plain(text)))


def count_words(text: str) -> int:
    """Return how many ``words`` there are."""
    return len(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    shadow = fold(text)
    if shadow.isascii():
        return shadow
    return shadow.translate({ord(each): _MARK for each in set(shadow) if unicodedata.category(each)[0] == "M"})


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for blank in _BLANK_LINE.finditer(text, start, end):
        yield start, blank.start()
        start = blank.end()
    if start < end:
        yield start, end


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the items of a list set as one paragraph, ``1) Wash 2) Rinse``; any other paragraph as it is."""
    first = _ITEM.match(text, start, end)
    if first:
        opening, number, closing = _marker(first)
        for found in _ITEM.finditer(text, first.end(), end):
            if _marker(found) == (opening, number + 1, closing):
                yield start, found.start()
                start = found.start()
                number += 1
    yield start, end


def _marker(item: re.Match[str]) -> tuple[str, int, str]:
    return item[1], int(item["figure"]) if item["figure"] else ord(item["letter"]), item[4]


def _sentences_between(text: str, start: int, end: int) -> Iterator[Span]:
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, start, stop):
            yield Span(start, stop.end(1))
            start = stop.end(2)
    yield Span(start, start + len(text[start:end].rstrip()))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    at = stop.start()
    before = text[max(start, at - _LONGEST_WORD) : at].split()
    word = before[-1].lstrip(_BEFORE_WORD) if before else ""
    mark, gap, _ = stop.groups()
    if not gap:
        return mark[-1] in _UNSPACED_STOPS or _is_glued_end(text, stop, word)
    if text[stop.end()].islower():
        return _ends_before_small_letter(text, start, stop, word)
    if mark[0] != ".":
        return not (mark[-1] in _QUOTES and _REPORTING.match(text, stop.end()))
    if at - start <= _LONGEST_LABEL and _LABEL.fullmatch(text, start, at):
        return False
    if mark != "." and not mark[1:].isdigit():
        return mark != ". . ." or not text[at - 1].isspace()
    return _full_stop_ends(text, stop, word, before[-2] if len(before) > 1 else "")


def _full_stop_ends(text: str, stop: re.Match[str], word: str, previous: str) -> bool:
    if len(word) > 1 and word.isalpha():
        return word.lower() not in _ABBREVIATIONS or _abbreviation_ends(text, stop, word, previous)
    if word.isdigit():
        return len(word) > _LONGEST_NUMERAL or previous[-1:] not in (":", ";")
    if len(word) == 1 and word.isalpha():
        return previous.lower().rpartition("-")[2] in _LETTERED or previous.isdigit() or _starter_follows(text, stop)
    if "." in word and len(word) <= _LONGEST_DOTTED and word.replace(".", "").isalpha():
        return _dotted_ends(text, stop, word)
    return True


def _abbreviation_ends(text: str, stop: re.Match[str], word: str, previous: str) -> bool:
    if word.lower() in _TITLES:
        is_noun = previous.lower() in _DETERMINERS and _starter_follows(text, stop)
        return is_noun or _is_acronym(text, stop, word)
    if _goes_on_with_number(text, stop):
        return False
    return word.lower() not in _OPEN_ENDED or _starter_follows(text, stop) or _is_acronym(text, stop, word)


def _is_acronym(text: str, stop: re.Match[str], word: str) -> bool:
    """Tell "men with ED. Usually" from "ED. SMITH", a text in capitals."""
    following = _NEXT_WORD.match(text, stop.end())
    return word.isupper() and following is not None and not following[0].isupper()


def _dotted_ends(text: str, stop: re.Match[str], word: str) -> bool:
    if word.lower() in _TITLES or _goes_on_with_number(text, stop):
        return False
    following = _NEXT_WORD.match(text, stop.end())
    if following and word.lower() in {"a.m", "p.m"}:
        return following[0].lower() not in _AFTER_CLOCK and not (len(following[0]) > 1 and following[0].isupper())
    return word.islower() or _starter_follows(text, stop)


def _goes_on_with_number(text: str, stop: re.Match[str]) -> bool:
    return text[stop.end()].isdigit() or stop[3][:1] in tuple(_DASHES)


def _starter_follows(text: str, stop: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, stop.end())
    return following is not None and following[0].lower() in _STARTERS


def _is_glued_end(text: str, stop: re.Match[str], word: str) -> bool:
    """Tell whether a sentence ends where the writer forgot the space, as in ``once a day.Take it``."""
    if not text[stop.end()].isupper() or len(word) < _SHORTEST_GLUED or not word.isalpha():
        return False
    return _GLUED_WORD.match(text, stop.end()) is not None and (word.islower() or _starter_follows(text, stop))


def _ends_before_small_letter(text: str, start: int, stop: re.Match[str], word: str) -> bool:
    """Tell whether a sentence ends although the next begins small: a careless writer, a name (``cAMP``), a label."""
    mark = stop[1]
    if mark[0] == "…" or mark.startswith(("..", ". .")) or mark[-1] in _INSIDE_CLOSERS or mark[1:].isdigit():
        return False
    if not word.isalnum() or word.lower() in _NOT_BEFORE_SMALL_LETTER:
        return False
    if word.islower() and len(word) >= _SHORTEST_SURE_WORD:
        return True
    if mark[0] != ".":
        return word.islower() or len(mark) > 1
    return len(word) > 1 and (text[start].islower() or _SMALL_START.match(text, stop.end()) is not None)


def _between_breaks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSE_BREAK.finditer(text):
        if cut[0][0] == "(" and len(cut[0]) > 1:
            continue
        yield start, cut.start()
        start = cut.end() if cut[1] else cut.start()
    yield start, len(text)


def _trimmed(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Span]:
    for start, end in ranges:
        part = text[start:end]
        if any(character.isalnum() for character in part):
            yield Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
