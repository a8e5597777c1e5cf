"""Where a text names its sources: links, notes, bracket numbers, author and year, identifiers, named bodies."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import re2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Strength = Literal["strong", "medium", "weak"]


class Link(NamedTuple):
    """A link whose anchor is ``text[start:end]`` of its block."""

    start: int
    end: int
    url: str


class Note(NamedTuple):
    """A footnote marker: shown just before ``text[at]`` of its block, standing at *start*–*end* of the source."""

    at: int
    label: str
    start: int
    end: int


class Citation(NamedTuple):
    """A named source at ``text[start:end]`` of a block; a *label* must have an entry in the document to count."""

    start: int
    end: int
    strength: Strength
    kind: str
    label: str = ""


# The same forms as section 0.2 of the plain-language catalogue; the name of a group is the kind of citation.
_STRONG = r"""
(?P<bare_url>\bhttps?://[^\s<>()]+)
|(?P<bracket>\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])
|(?P<superscript>[¹²³⁰⁴-⁹](?:[¹²³⁰⁴-⁹,⁻–-]*[¹²³⁰⁴-⁹])?)
|(?P<doi>\b(?:doi:\s?)?10\.\d{4,9}/[^\s<>()]+)
|(?P<pmid>\bPM(?:ID|CID|C)\s?:?\s?\d{4,})
|(?P<trial>\b(?:NCT\d{8}|ISRCTN\d{6,8})\b)
|(?P<author_year>\b[A-Z][A-Za-z'’-]+(?:\s(?:et\sal\.?|and\scolleagues|(?:and|&)\s[A-Z][A-Za-z'’-]+))?,?\s\(?(?:[A-Za-z][A-Za-z\s]{1,40},\s)?(?:19|20)\d\d[a-z]?\))
|(?P<author_year_loose>\b[A-Z][A-Za-z'’-]+\set\sal\.?,?\s\(?(?:19|20)\d\d\b)
"""
_BODY = (
    r"\b(?:WHO|CDC|NHS|NICE|NIH|FDA|ACOG|RCOG|ASRM|ESHRE|NCI|NIDDK|NHLBI|ONS|Cochrane|AHA|ADA|AAP|USPSTF|MHRA|EMA"
    r"|UKHSA|SIGN|GINA|IARC|[Ww]orld Health Organi[sz]ation|Centers for Disease Control(?: and Prevention)?"
    r"|[A-Z][a-z]+ (?:College|Society|Association|Institute|Foundation|University)"
    r"(?: (?:of|for) [A-Z]\w+(?:(?: and| of| in)? [A-Z]\w+)*)?)\b"
)
_JOURNAL = r"\b(?:Journal|Annals|Archives|Lancet|BMJ|JAMA|NEJM|Nature|BJOG|PLOS|Pediatrics|Gut|Diabetes Care)\b"
_SURVEY = r"\b[A-Z][\w'’-]+ (?:(?:[A-Z][\w'’-]+|and|of|for) ){1,6}(?:Survey|Census|Audit|Registry|Study|Report)\b"
_MOST_LABELS = 50
_REFERENCES = (
    "(?:references?|sources?|bibliography|citations?|works cited|further reading|literature|notes|footnotes"
    "|where this information comes from)"
)
# "Sources of fibre" and "Reference ranges" are about something else.
_REFERENCE_HEADING = re.compile(
    rf"(?i)^\W*(?:\d+\W+)?(?:(?:selected|key|our|main|other) )?{_REFERENCES}"
    rf"(?:,? (?:and|&) (?:{_REFERENCES}|(?:useful )?links|resources|acknowledge?ments|credits)"
    r"| (?:used|cited|consulted|list)| (?:for|to|in) this \w{1,20}| of (?:information|evidence))?\W*$"
)
_YEAR = r"\b(?:19|20)\d\d\b"
_MEDIUM = (
    rf"(?P<body_year>{_BODY}[^.]{{0,40}}?{_YEAR}|{_YEAR}[^.]{{0,25}}?{_BODY})"
    rf"|(?P<survey_year>{_SURVEY}[^.]{{0,25}}?{_YEAR}|{_YEAR}[^.]{{0,10}}?{_SURVEY})"
    r"|(?P<colleagues_year>\b[A-Z][A-Za-z'’-]+ and colleagues,? (?:in |from |of )?(?:19|20)\d\d\b)"
    rf"|(?P<journal_year>{_JOURNAL}[^.]{{0,80}}?{_YEAR}|{_YEAR}[^.]{{0,40}}?{_JOURNAL})"
)
_MONTHS = frozenset(
    "January February March April May June July August September October November December Spring Summer Autumn "
    "Winter In Since By Until Before After During From Early Late Published Updated Reviewed".split()
)
_NOT_A_SOURCE_URL = (
    r"(?i)(?:/(?:shop|product|products|cart|basket|checkout|order|buy|store|book|booking|signup|subscribe|collections"
    r"|appointment)s?(?:[/?.]|$)"
    r"|(?://|\.)(?:facebook|twitter|x|instagram|tiktok|pinterest|youtube|youtu|linkedin|amazon|ebay|etsy|google|bing"
    r"|shopify|reddit|whatsapp|linktr)\.[a-z.]+(?:/|$))"
)
_NOT_A_SOURCE_ANCHOR = r"(?i)^(?:click here|here|read more|learn more|more|buy|shop|order|book|sign up|get|try)\b"
_SOURCE_URL = (
    r"(?i)//[^/]*(?:\.gov|\.edu|\.ac\.[a-z]{2}|nhs\.uk|who\.int|europa\.eu|doi\.org|pubmed|ncbi|cochrane|nice\.org|bmj"
    r"|lancet|nejm|jama|nature\.com|sciencedirect|springer|wiley|plos|frontiersin|mdpi|clinicaltrials|oup\.com"
    r"|cancer\.org|heart\.org|acog\.org|rcog\.org)"
)
_SOURCE_ANCHOR = (
    r"(?i)\b(?:stud(?:y|ies)|trial|review|report|guideline|guidance|research|journal|survey|(?:19|20)\d\d)\b"
)


def find_citations(text: str, links: Sequence[Link], notes: Sequence[Note]) -> tuple[Citation, ...]:
    """Return the citations of one block, by start.

    What counts, and how strongly, follows the catalogue: a link to another site that is no shop or social page,
    a note or a number, an author with a year or an identifier is strong; a named body or journal with a year is
    medium; a body or journal alone is weak.
    """
    found = [*_from_links(text, links), *(Citation(note.at, note.at, "strong", "note", note.label) for note in notes)]
    if _matcher("gate").search(text):
        found += _from_text(text)
    return tuple(sorted(found))


def is_source_link(text: str, link: Link) -> bool:
    """Say whether a link can be the source of a claim: not a shop, a social page, a booking or "click here"."""
    anchor = text[link.start : link.end]
    if not link.url.lower().startswith(("http://", "https://", "//")):
        return False
    if _matcher(_NOT_A_SOURCE_URL).search(link.url):
        return False
    if _matcher(_SOURCE_URL).search(link.url) or _matcher(_SOURCE_ANCHOR).search(anchor):
        return True
    return not _matcher(_NOT_A_SOURCE_ANCHOR).search(anchor)


def heads_references(heading: str) -> bool:
    """Say whether a list of sources stands under *heading*."""
    return _REFERENCE_HEADING.match(heading) is not None


def _from_links(text: str, links: Sequence[Link]) -> Iterator[Citation]:
    for link in links:
        if is_source_link(text, link):
            yield Citation(link.start, link.end, "strong", "link")


def _from_text(text: str) -> Iterator[Citation]:
    for match in _matcher("strong").finditer(text):
        kind = match.lastgroup or ""
        if not _is_false_friend(kind, text, match.start(), match[0]):
            for label in _labels(kind, match[0]):
                yield Citation(match.start(), match.end(), "strong", kind, label)
    for match in _matcher("medium").finditer(text):
        yield Citation(match.start(), match.end(), "medium", match.lastgroup or "")
    for match in _matcher("weak").finditer(text):
        yield Citation(match.start(), match.end(), "weak", "name")


def _is_false_friend(kind: str, text: str, start: int, matched: str) -> bool:
    if kind == "superscript":
        return text[max(0, start - 1) : start] in {"m", "M", " ", "x", "0", "⁻", ""}
    if not kind.startswith("author_year"):
        return False
    return matched.split(maxsplit=1)[0].strip("(,") in _MONTHS or bool(_matcher("weak").match(matched))


def _labels(kind: str, matched: str) -> tuple[str, ...]:
    if kind == "superscript":
        matched = matched.translate(str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹⁻", "1230456789-"))
    if kind not in {"superscript", "bracket"}:
        return ("",)
    numbers = [part.strip() for part in matched.strip("[]").replace("–", "-").split(",")]
    return tuple(label for number in numbers for label in _expand(number))


def _expand(number: str) -> tuple[str, ...]:
    low, dash, high = (part.strip() for part in number.partition("-"))
    if not dash or not (low.isdigit() and high.isdigit()):
        return (low,)
    return labels_between(int(low), int(high)) or (low,)


def labels_between(low: int, high: int) -> tuple[str, ...]:
    """Return the labels from *low* to *high*, both included; no more than 51, whatever a page says."""
    return tuple(str(label) for label in range(low, min(high, low + _MOST_LABELS) + 1))


@cache
def _matcher(name: str) -> Any:
    """Compile on first use: a page without digits or links pays nothing."""
    patterns = {
        "gate": rf"https?://|\[\d|[¹²³⁰⁴-⁹]|10\.\d{{4}}|PM[IC]|NCT\d|ISRCTN|\b(?:19|20)\d\d|{_BODY}|{_JOURNAL}",
        "strong": _STRONG.replace("\n", ""),
        "medium": _MEDIUM,
        "weak": f"{_BODY}|{_JOURNAL}",
    }
    return re2.compile(patterns.get(name, name))
