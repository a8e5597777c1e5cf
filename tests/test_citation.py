"""What counts as a source, and how strong it is: the forms of section 0.2 of the plain-language catalogue."""

from __future__ import annotations

import pytest

from healthlint.citation import Citation, Link, Note, find_citations, is_source_link


def kinds(text: str) -> list[tuple[str, str]]:
    """Return the strength and kind of each citation that stands in *text* itself."""
    return [(citation.strength, citation.kind) for citation in find_citations(text, (), ())]


def strengths(text: str) -> set[str]:
    return {citation.strength for citation in find_citations(text, (), ())}


def labels(text: str) -> list[str]:
    return [citation.label for citation in find_citations(text, (), ()) if citation.label]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("See https://www.nhs.uk/conditions/flu today.", "bare_url"),
        ("It helps [1].", "bracket"),
        ("It helps [1-3].", "bracket"),
        ("It helps [1, 4].", "bracket"),
        ("It helps women.³", "superscript"),
        ("It helps women¹⁻³", "superscript"),
        ("It helps women.⁴", "superscript"),
        ("It helps, doi: 10.1001/jama.2019.1234.", "doi"),
        ("It helps 10.1136/bmj.l1234", "doi"),
        ("It helps (PMID: 12345678).", "pmid"),
        ("It helps (PMC1234567).", "pmid"),
        ("It helps (NCT01234567).", "trial"),
        ("It helps (ISRCTN12345678).", "trial"),
        ("It helps (Smith et al., 2019).", "author_year"),
        ("It helps (Smith, 2019).", "author_year"),
        ("Smith and Jones (2019) found that it helps.", "author_year"),
        ("O’Brien & Smith-Jones (2019a) found that it helps.", "author_year"),
        ("Smith and colleagues (2019) found that it helps.", "author_year"),
        ("Smith et al. 2019 found that it helps.", "author_year_loose"),
    ],
)
def test_strong_sources(text: str, kind: str) -> None:
    assert ("strong", kind) in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It helps (CDC, 2022).", "body_year"),
        ("A 2021 NICE guideline says that it helps.", "body_year"),
        ("The World Health Organization said in 2020 that it helps.", "body_year"),
        ("The American College of Cardiology advised it in 2019.", "body_year"),
        ("It was in the Lancet in 2018.", "journal_year"),
        ("In 2018 the BMJ said that it helps.", "journal_year"),
    ],
)
def test_named_body_or_journal_with_a_year_is_medium(text: str, kind: str) -> None:
    assert ("medium", kind) in kinds(text)
    assert "strong" not in strengths(text)


@pytest.mark.parametrize(
    "text",
    [
        "The WHO says that it helps.",
        "It was published in the Lancet.",
        "Researchers at Harvard University found that it helps.",
        "The Royal College of Nursing supports it.",
    ],
)
def test_named_body_or_journal_alone_is_weak(text: str) -> None:
    assert {"weak"} == strengths(text)


@pytest.mark.parametrize(
    "text",
    [
        "Studies show that it helps.",
        "Experts agree that it helps 9 in 10 people.",
        "Research from last year says so.",
        "A body mass index of 30 kg/m² is obese.",
        "A room of 12 m³ is small.",
        "Walls of 10² to 10³ cells.",
        "A clearance of 60 mL min⁻¹ is normal, as are 10⁻³ cells.",
        "In March (2019) she began the diet.",
        "We wrote this in 2019.",
        "Published 2019, updated (2021).",
        "Since (2019) it is free.",
        "The range was [10.5] to 12.",
        "Who is at risk, and nice to know.",
        "The dose is 10.5 mg/day.",
    ],
)
def test_other_texts_name_no_source(text: str) -> None:
    assert kinds(text) == []


def test_source_spans_what_names_it() -> None:
    text = "It helps (Smith et al., 2019) a lot."

    (citation,) = find_citations(text, (), ())

    assert text[citation.start : citation.end] == "Smith et al., 2019)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It helps [3].", ["3"]),
        ("It helps [1, 4].", ["1", "4"]),
        ("It helps [2-4].", ["2", "3", "4"]),
        ("It helps [2–4, 7].", ["2", "3", "4", "7"]),
        ("It helps women.³", ["3"]),
        ("It helps women¹,⁴", ["1", "4"]),
        ("It helps women²⁻⁴", ["2", "3", "4"]),
        ("It helps women¹²", ["12"]),
        ("It helps [9-2].", ["9"]),
        ("It helps women¹⁻³", ["1", "2", "3"]),
    ],
)
def test_numbers_are_labels_that_need_an_entry(text: str, expected: list[str]) -> None:
    assert expected == labels(text)


def test_long_range_of_numbers_has_a_bounded_number_of_labels() -> None:
    assert len(labels("It helps [1-999].")) == 51


def test_notes_are_strong_and_have_their_label() -> None:
    assert (Citation(8, 8, "strong", "note", "iron"),) == find_citations("It helps", (), (Note(8, "iron", 8, 15),))


@pytest.mark.parametrize(
    ("anchor", "url"),
    [
        ("NHS", "https://www.nhs.uk/conditions/flu"),
        ("a large trial", "https://example.org/articles/1"),
        ("asthma", "//example.org/asthma"),
        ("click here", "https://doi.org/10.1000/1"),
        ("read more", "https://pubmed.ncbi.nlm.nih.gov/123"),
        ("the 2019 guideline", "http://example.org/g"),
    ],
)
def test_link_to_another_site_is_a_source(anchor: str, url: str) -> None:
    assert is_source_link(anchor, Link(0, len(anchor), url))
    assert Citation(0, len(anchor), "strong", "link") in find_citations(anchor, (Link(0, len(anchor), url),), ())


@pytest.mark.parametrize(
    ("anchor", "url"),
    [
        ("asthma", "/conditions/asthma"),
        ("asthma", "#asthma"),
        ("asthma", "asthma.html"),
        ("our team", "mailto:team@example.org"),
        ("turmeric", "https://example.org/shop/turmeric"),
        ("turmeric", "https://example.org/products/turmeric"),
        ("turmeric study pack", "https://example.org/cart?add=1"),
        ("a talk", "https://example.org/book"),
        ("a talk", "https://example.org/appointments/new"),
        ("our page", "https://www.facebook.com/us"),
        ("our page", "https://x.com/us"),
        ("our page", "https://amazon.co.uk/dp/1"),
        ("results", "https://www.google.com/search?q=flu"),
        ("click here", "https://example.org/a"),
        ("Here", "https://example.org/a"),
        ("Read more", "https://example.org/a"),
        ("Sign up", "https://example.org/a"),
    ],
)
def test_other_links_are_no_source(anchor: str, url: str) -> None:
    assert not is_source_link(anchor, Link(0, len(anchor), url))
    assert find_citations(anchor, (Link(0, len(anchor), url),), ()) == ()


@pytest.mark.parametrize(
    "url", ["https://example.org/bookshelf/1", "https://fox.com/a", "https://example.org/store-room"]
)
def test_addresses_that_only_look_like_shops_are_sources(url: str) -> None:
    assert is_source_link("asthma", Link(0, 6, url))


def test_citations_come_by_start() -> None:
    text = "NHS, 2022 and [1] and Smith (2019)."

    starts = [citation.start for citation in find_citations(text, (), (Note(4, "a", 0, 0),))]

    assert sorted(starts) == starts
