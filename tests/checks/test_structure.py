"""How a page is built: headings, links, images, citations, long stretches of text, a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.structure import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

WORDS = "It comes on fast and makes you hot and tired."


# Headings


def test_heading_that_skips_a_level_is_found_with_both_levels(find: Find) -> None:
    found = find(Check("skipped-level"), "# Flu\n\n## Signs\n\n#### Fever\n\n## Care\n\n### Rest")

    assert [(each.text, dict(each.values)) for each in found] == [("Fever", {"level": "4", "above": "2"})]


def test_page_may_begin_at_any_level_and_go_up_by_many(texts: Texts) -> None:
    assert texts(Check("skipped-level"), "### Flu\n\n#### Signs\n\n# Cold") == []


def test_second_main_heading_names_the_first(find: Find) -> None:
    (found,) = find(Check("further-title"), "# Flu\n\nText.\n\n# Cold\n\n## Tea")

    assert (found.text, found.values["first"]) == ("Cold", "Flu")


@pytest.mark.parametrize("finds", ["skipped-level", "further-title", "empty-heading"])
def test_headings_of_plain_text_are_guesses_and_let_be(texts: Texts, finds: Any) -> None:
    assert texts(Check(finds), f"FLU\n\nSIGNS\n\n1.1.1 Fever\n\n{WORDS}", format="text") == []


def test_heading_with_nothing_under_it_is_found_before_one_of_its_level_and_at_the_end(texts: Texts) -> None:
    source = f"# Flu\n\n## Signs\n\n## Care\n\n{WORDS}\n\n## Help\n"

    assert texts(Check("empty-heading"), source) == ["Signs", "Help"]


def test_of_several_empty_headings_in_a_row_the_first_is_found(texts: Texts) -> None:
    assert texts(Check("empty-heading"), f"## Rice\n\n## Oats\n\n## Rye\n\n{WORDS}\n\n## Tea\n") == ["Rice", "Tea"]


@pytest.mark.parametrize(
    "between",
    ["<p>Text.</p>", "<img src=x>", "<iframe src=x></iframe>", "<form><input></form>", "<pre>x</pre>", "<h3>Sub</h3>",
     "<script>draw()</script>", "<video src=x></video>"],
)  # fmt: skip
def test_heading_with_a_picture_form_or_script_under_it_is_not_empty(texts: Texts, between: str) -> None:
    source = f"<h2>Map</h2><div>{between}</div><h2>Care</h2><p>{WORDS}</p>"

    assert "Map" not in texts(Check("empty-heading"), source, format="html")


def test_heading_with_bare_tags_and_a_comment_under_it_is_empty(texts: Texts) -> None:
    source = f"<h2>Map</h2><div class=x>&nbsp;<br/></div><!-- later --><h2>Care</h2><p>{WORDS}</p>"

    assert texts(Check("empty-heading"), source, format="html") == ["Map"]


def test_heading_without_a_word_is_found_and_one_that_is_a_link_is_not(texts: Texts) -> None:
    source = f"<h2></h2><h3><a href=/a>Iron</a></h3><h3><a href=/b>Zinc</a></h3><p>{WORDS}</p>"

    assert texts(Check("empty-heading"), source, format="html") == ["<h2>"]


# Links and images


VAGUE = Check("vague-link", matches=("here", "read more"))


def test_link_is_vague_when_all_of_its_text_matches(texts: Texts) -> None:
    source = "[Here](/a), [*read* more »](/b), [here is iron](/c), [«Read more.»](/d) and here."

    assert texts(VAGUE, source) == ["Here", "read more »", "«Read more.»"]


def test_address_is_vague_whether_it_is_a_link_or_not(find: Find) -> None:
    found = find(VAGUE, "See https://a.org/b?c=d. Or [https://a.org/x/](https://a.org/x/), or www.a.org/y!")

    assert [each.text for each in found] == ["https://a.org/b?c=d", "https://a.org/x/", "www.a.org/y"]
    assert found[0].values == {"url": "https://a.org/b?c=d"}


@pytest.mark.parametrize("source", ["Go to www.nhs.uk or https://www.nhs.uk/.", "<div>[NHS](https://nhs.uk/flu)</div>"])
def test_name_of_a_site_and_a_link_amid_html_are_let_be(texts: Texts, source: str) -> None:
    assert texts(VAGUE, source) == []


def test_address_in_plain_text_is_let_be(texts: Texts) -> None:
    assert texts(VAGUE, "See https://a.org/b.", format="text") == []


def test_links_are_looked_at_where_the_rule_says_so(texts: Texts) -> None:
    assert texts(VAGUE, "[here](/a)\n\n# [here](/b)", where=("heading",)) == ["here"]


def test_link_and_address_that_lead_where_the_rule_says_are_found(find: Find) -> None:
    found = find(
        Check("link-to", matches=r"amzn\.to/|[?&]tag="), "[Iron](https://amzn.to/1), https://a.org/b?tag=c, [x](/y)."
    )

    assert [(each.text, each.values["url"]) for each in found] == [
        ("Iron", "https://amzn.to/1"),
        ("https://a.org/b?tag=c", "https://a.org/b?tag=c"),
    ]


def test_same_words_to_another_page_are_found_from_the_second_on(find: Find) -> None:
    source = "[The trial](/a), [the **trial**](/a/#top), [the trial:](/b), [Trial](/c)"
    (found,) = find(Check("same-link-text", ignore="x"), source)

    assert (found.text, dict(found.values)) == ("the trial:", {"first": "/a", "url": "/b"})


def test_words_that_may_lead_to_many_pages_are_let_be(texts: Texts) -> None:
    assert texts(Check("same-link-text", ignore=r"\d+|more"), "[1](/a) [1](/b) [More](/c) [more](/d)") == []


def test_image_without_a_description_is_found_once_and_one_that_matches_too(texts: Texts) -> None:
    check = Check("undescribed-image", matches=(r".*\.png", "image"))
    source = "![](a.jpg) ![](a.jpg) ![graph.png](b) ![Image](c) ![Image of a rash](d)\n\n##"

    assert texts(check, source) == ["![](a.jpg)", "graph.png", "Image"]


# Citations


CITATIONS = Check("unmatched-citation")
REFERENCES = "\n\n## References\n\n1. Smith 2019.\n2. Jones 2020.\n"


def test_marker_without_an_entry_is_found(find: Find) -> None:
    (found,) = find(CITATIONS, "It helps [1]. It heals [4]. So it is [2]." + REFERENCES)

    assert found.text == "[4]"
    assert dict(found.values) == {"label": "4"}
    assert found.sentence is not None
    assert found.sentence.text == "It heals [4]."


def test_range_is_found_once_at_its_first_label_without_an_entry(find: Find) -> None:
    (found,) = find(CITATIONS, "It helps [1-4]." + REFERENCES)

    assert found.text == "[1-4]"
    assert dict(found.values) == {"label": "3"}


def test_footnote_without_a_text_is_found(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps[^a]. It heals[^b].\n\n[^a]: Smith 2019.\n") == ["[^b]"]


def test_entry_that_nothing_points_to_is_found(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps [2]." + REFERENCES) == ["Smith 2019."]


def test_entries_are_let_be_where_the_page_says_so(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps [1][2].\n\n## Further reading\n\n1. A.\n2. B.\n3. C.\n") == []


def test_entries_of_a_page_without_markers_are_let_be(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps." + REFERENCES) == []


def test_page_where_all_fits_has_no_findings(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps [1, 2]." + REFERENCES) == []
    assert texts(CITATIONS, "It helps.¹ It heals.²" + REFERENCES) == []


def test_citation_of_another_kind_is_no_marker(texts: Texts) -> None:
    assert texts(CITATIONS, "It helps (Smith, 2019) at 5 m² [see below] and [10.5].") == []


# Stretches and summaries


def test_stretch_ends_at_a_heading_a_list_and_a_short_line(find: Find) -> None:
    check = Check("long-stretch", max=15)

    assert find(check, f"{WORDS}\n\n# Flu\n\n{WORDS}\n\n- Rest\n\n{WORDS}\n\n**At home**\n\n{WORDS}") == []


def test_stretch_goes_on_over_paragraphs_and_images_and_is_reported_at_its_first_sentence(find: Find) -> None:
    (found,) = find(Check("long-stretch", max=15), f"# Flu\n\n{WORDS} Rest.\n\n![A bed](b.png)\n\n> {WORDS}")

    assert (found.text, found.values) == (WORDS, {"value": "21", "max": "15"})


def test_plain_text_without_a_heading_is_let_be(texts: Texts) -> None:
    assert texts(Check("long-stretch", max=5), WORDS, format="text") == []
    assert texts(Check("long-stretch", max=5), f"FLU\n\n{WORDS}", format="text") == [WORDS]


SUMMARY = Check("missing-summary", matches="^key points", max=12, min_words=20)


def test_page_that_opens_with_something_else_is_found_at_its_title(texts: Texts) -> None:
    assert texts(SUMMARY, f"# All about asthma\n\n{WORDS}\n\n{WORDS}") == ["All about asthma"]


@pytest.mark.parametrize(
    "source",
    [
        f"# All about asthma\n\nAsthmatic people wheeze. {WORDS}\n\n{WORDS}",
        f"# All about asthma\n\n{WORDS}\n\n{WORDS}\n\n## Key points\n\n- Rest",
        f"# All about it\n\n{WORDS}\n\n{WORDS}",
        f"# All about asthma\n\n{WORDS}",
        f"{WORDS}\n\n{WORDS}",
        "",
    ],
    ids=["names its subject", "has a summary", "title without a subject", "short", "no title", "nothing"],
)
def test_page_lacks_no_summary(texts: Texts, source: str) -> None:
    assert texts(SUMMARY, source) == []


def test_title_in_the_front_matter_counts_as_well(texts: Texts) -> None:
    assert texts(SUMMARY, f"---\ntitle: Hot days\n---\n\n# Asthma\n\n{WORDS}\n\n{WORDS}") == []
    assert texts(SUMMARY, f"---\ntitle: Asthma\n---\n\n{WORDS}\n\n{WORDS}") == [WORDS]


# Settings


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"finds": "vague-link"}, "matches"),
        ({"finds": "link-to"}, "matches"),
        ({"finds": "vague-link", "matches": "("}, "matches"),
        ({"finds": "same-link-text"}, "ignore"),
        ({"finds": "same-link-text", "ignore": "("}, "ignore"),
        ({"finds": "long-stretch"}, "max"),
        ({"finds": "long-stretch", "max": 9, "min_words": 5}, "min_words"),
        ({"finds": "skipped-level", "max": 9}, "max"),
        ({"finds": "unmatched-citation", "matches": "x"}, "matches"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**settings).validate(Vocabulary({}))

    assert caught.value.key == key


def test_key_of_another_kind_of_fault_is_refused_with_the_kinds_that_have_it() -> None:
    with pytest.raises(SettingError, match="'link-to' has no key 'max', which is for long-stretch, missing-summary"):
        Check("link-to", matches="x", max=3).validate(Vocabulary({}))


def test_key_that_has_a_default_may_be_left_out() -> None:
    Check("missing-summary", matches="x", max=3).validate(Vocabulary({}))
