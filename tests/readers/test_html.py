"""What the HTML reader sees of a page, and where it says that it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.errors import ReadError
from healthlint.readers import html
from healthlint.text import Span

if TYPE_CHECKING:
    from healthlint.document import Block, Document


def _parse(source: str) -> Document:
    return html.parse("page.html", source)


def _texts(source: str) -> list[str]:
    return [block.text for block in _parse(source).blocks]


def _kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in _parse(source).blocks]


def _block(source: str, text: str) -> Block:
    return next(block for block in _parse(source).blocks if block.text == text)


def _written(source: str, words: str) -> str:
    """Return how *words* are written in the source, by the span that the reader gives them."""
    block = next(block for block in _parse(source).blocks if words in block.text)
    start = block.text.index(words)
    span = block.source_span(start, start + len(words))
    return source[span.start : span.end]


# Text and its places


def test_an_entity_is_one_character_that_spans_the_entity() -> None:
    assert _written("<p>Take 10&nbsp;mg &amp; rest.</p>", "10 mg & rest") == "10&nbsp;mg &amp; rest"


def test_emphasis_inside_a_word_does_not_break_it() -> None:
    source = "<p>An un<b>believ</b>able cure: <b>1</b>0 mg.</p>"

    assert _texts(source) == ["An unbelievable cure: 10 mg."]
    assert _written(source, "unbelievable") == "un<b>believ</b>able"
    assert _written(source, "10 mg") == "1</b>0 mg"


def test_line_ends_of_two_characters_are_counted_as_two() -> None:
    source = "<p>Drink\r\nwater\r\n<em>each\r\n day</em>.</p>"

    assert _texts(source) == ["Drink water each day."]
    assert _written(source, "each day") == "each\r\n day"


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    assert _written("<p title='💊'>💊💊 Take <b>two</b> tablets 💊</p>", "two tablets 💊") == "two</b> tablets 💊"


def test_a_soft_hyphen_is_dropped_and_its_place_kept() -> None:
    source = "<p>hydro&shy;cor\u00adtisone cream</p>"

    assert _texts(source) == ["hydrocortisone cream"]
    assert _written(source, "hydrocortisone") == "hydro&shy;cor\u00adtisone"


def test_a_line_separator_is_a_space() -> None:
    assert _texts("<p>one\u2028two</p>") == ["one two"]


def test_an_ampersand_that_begins_no_entity_stays() -> None:
    assert _texts("<p>R&D, A & B, &nosuch; &lt;5 mg</p>") == ["R&D, A & B, &nosuch; <5 mg"]


def test_an_empty_end_tag_is_not_seen() -> None:
    assert _written("<p>no</>thing &amp; more</>x</p>", "thing & morex") == "thing &amp; more</>x"


def test_a_single_break_is_a_space_and_two_end_the_block() -> None:
    assert _texts("<p>1 High Street<br>Leeds<br/> <br />Call us.</p>") == ["1 High Street Leeds", "Call us."]


def test_text_around_block_children_is_split_into_paragraphs() -> None:
    source = "<body>Before <div>inside <p>deep</p> after</div> last<hr>end"

    assert _texts(source) == ["Before", "inside", "deep", "after", "last", "end"]


def test_an_image_keeps_the_words_around_it_apart() -> None:
    assert _texts('<p>Call<img src="phone.png" alt="">now</p>') == ["Call now"]


# Kinds


def test_headings_have_their_level() -> None:
    source = '<h1>A</h1><h3>B</h3><div role="heading" aria-level="4">C</div><span role="heading">D</span>x'
    blocks = _parse(source).blocks

    assert [(b.kind, b.level, b.text) for b in blocks] == [
        ("heading", 1, "A"), ("heading", 3, "B"), ("heading", 4, "C"), ("heading", 2, "D"), ("paragraph", 0, "x"),
    ]  # fmt: skip


def test_list_items_have_depth_group_and_number() -> None:
    source = """<ol start="3"><li>Wash<li>Dry
      <ul><li>with a towel</li></ul></li>
      <li value="9"><p>Rest.</p><p>Sleep.</p></ol><dl><dt>Term<dd>Meaning</dl>"""
    blocks = _parse(source).blocks

    assert [(b.kind, b.level, b.label, b.text) for b in blocks] == [
        ("list-item", 1, "3", "Wash"),
        ("list-item", 1, "4", "Dry"),
        ("list-item", 2, "", "with a towel"),
        ("list-item", 1, "9", "Rest."),
        ("list-item", 1, "9", "Sleep."),
        ("list-item", 1, "", "Term"),
        ("list-item", 1, "", "Meaning"),
    ]
    assert blocks[0].group == blocks[1].group == blocks[3].group != blocks[2].group
    assert blocks[5].group == blocks[6].group != blocks[0].group


def test_cells_of_one_table_share_a_group_and_head_cells_are_marked() -> None:
    source = "<table><caption>Doses</caption><tr><th>Drug<th>Dose<tr><td>Iron<td>.5 mg</table><table><td>x</table>"
    blocks = _parse(source).blocks

    assert [(b.kind, b.header, b.text) for b in blocks] == [
        ("caption", False, "Doses"),
        ("table-cell", True, "Drug"),
        ("table-cell", True, "Dose"),
        ("table-cell", False, "Iron"),
        ("table-cell", False, ".5 mg"),
        ("table-cell", False, "x"),
    ]
    assert blocks[1].group == blocks[4].group != blocks[5].group


def test_cells_of_a_layout_table_are_paragraphs() -> None:
    assert _kinds('<table role="presentation"><td>Text</table>') == [("paragraph", "Text")]


def test_what_stands_in_a_blockquote_is_a_quote() -> None:
    source = "<blockquote><p>It cured me.</p><ul><li>All of it</ul><footer>Ann, 41</footer></blockquote><p>He said."

    assert _kinds(source) == [
        ("quote", "It cured me."), ("quote", "All of it"), ("quote", "Ann, 41"), ("paragraph", "He said."),
    ]  # fmt: skip


def test_title_description_and_image_descriptions_stand_where_they_are_written() -> None:
    source = (
        "<title>Iron &amp; you</title><meta content='Low iron &ndash; what helps' name=description>"
        '<body><p>Eat <img src=x alt="a bowl of &quot;bran&quot;&#33;"> well'
    )

    assert _kinds(source) == [
        ("title", "Iron & you"),
        ("description", "Low iron – what helps"),
        ("paragraph", "Eat well"),
        ("alt", 'a bowl of "bran"!'),
    ]
    assert _written(source, "iron – what") == "iron &ndash; what"
    assert _written(source, '"bran"!') == "&quot;bran&quot;&#33;"


def test_an_address_in_an_attribute_keeps_its_ampersands() -> None:
    assert _texts('<img alt="see ?a=1&copy=2">') == ["see ?a=1&copy=2"]


@pytest.mark.parametrize(
    "tag",
    ["<img src=x.png>", '<img\n src="x&amp;y.png" class=wide>', "<img>", "<img src=x height=100 width=20>"],
)
def test_an_image_without_a_description_is_a_blank_block_of_its_tag(tag: str) -> None:
    (block,) = _parse(tag).blocks

    assert (block.kind, block.label) == ("blank", "image")
    assert block.text == tag.replace("\n ", " ")
    assert tag[slice(*block.source_span(0, len(block.text)))] == tag
    assert (block.sentences, block.citations, _parse(tag).word_count) == ((), (), 0)


@pytest.mark.parametrize(
    "tag",
    [
        "<img src=x.png alt>", '<img src=x.png alt="">', "<img src=x role=none>", "<img src=x aria-hidden=true>",
        "<img src=x aria-label=Map>", "<img src=x title=Map>", "<img src=x width=1 height=1>", "<img src=x hidden>",
        "<nav><img src=x></nav>", "<header><img src=x></header>",
    ],
)  # fmt: skip
def test_an_image_that_decorates_or_has_another_name_is_none(tag: str) -> None:
    assert [block for block in _parse(tag).blocks if block.kind == "blank"] == []


def test_of_a_long_tag_the_beginning_is_kept() -> None:
    (block,) = _parse(f"<img src='data:image/png;base64,{'A' * 100_000}'>").blocks

    assert len(block.text) == 300


@pytest.mark.parametrize(
    "heading", ["<h2></h2>", "<h2> &nbsp;\n<b></b></h2>", "<h2><i class=icon></i><br/></h2>", "<h2 id=x>&#160;</h2 >"]
)
def test_a_heading_without_a_word_is_a_blank_block_of_its_start_tag(heading: str) -> None:
    first, second = _parse(f"<p>One</p>{heading}<p>Two</p>").blocks[1:]

    assert (first.kind, first.label, first.level) == ("blank", "heading", 2)
    assert heading.startswith(first.text)
    assert second.text == "Two"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Iron</h2>", "<h2><img src=x alt=Iron></h2>", "<h2><svg></svg></h2>", "<h2 aria-label=Iron></h2>",
        "<div hidden><h2></h2></div>", "<h2 hidden></h2>", "<h2><button>Iron</button></h2>",
    ],
)  # fmt: skip
def test_a_heading_with_a_word_or_a_picture_is_not_blank(heading: str) -> None:
    assert [block for block in _parse(heading).blocks if block.kind == "blank"] == []


def test_a_figure_has_its_caption() -> None:
    assert _kinds("<figure><img src=x alt=''><figcaption>The <i>pancreas</i></figcaption></figure>") == [
        ("caption", "The pancreas")
    ]


# Notes and links


@pytest.mark.parametrize(
    "marker",
    [
        "<sup>2</sup>", "<sup>[2]</sup>", '<sup><a href="#ref2">2</a></sup>', '<a href="#fn2"><sup>2</sup></a>',
        '<a href="#cite-2">[2]</a>', '<sup id="x"><a href="#cite_note-2"><span>[</span>2<span>]</span></a></sup>',
    ],
)  # fmt: skip
def test_a_note_marker_is_not_read_but_recorded(marker: str) -> None:
    source = f"<p>About 1% of women{marker} have it.</p>"
    block = _parse(source).blocks[0]
    start = source.index(marker)

    assert block.text == "About 1% of women have it."
    assert [(note.at, note.label) for note in block.notes] == [(17, "2")]
    assert Span(block.notes[0].start, block.notes[0].end) == Span(start, start + len(marker))


def test_a_marker_may_name_several_notes() -> None:
    block = _parse("<p>It works.<sup>1,3–5</sup></p>").blocks[0]

    assert [note.label for note in block.notes] == ["1", "3", "4", "5"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("kg/m<sup>2</sup>", "kg/m2"),
        ("5 × 10<sup>9</sup>/L", "5 × 10⁹/L"),
        ("<sup>18</sup>F-FDG", "18F-FDG"),
        ("H<sub>2</sub>O and the 1<sup>st</sup> day", "H2O and the 1st day"),
        ('<a href="report.php#">2,391,558</a> views', "2,391,558 views"),
        ('Go to step <a href="#step4">4</a>', "Go to step 4"),
    ],
)
def test_what_only_looks_like_a_note_marker_is_read(source: str, text: str) -> None:
    block = _parse(f"<p>{source}</p>").blocks[0]

    assert block.text == text
    assert block.notes == ()


def test_footnotes_have_their_labels_and_lose_the_arrow_back() -> None:
    source = """<p>Rare.<sup><a href="#fn1" id="fnref1">1</a></sup></p>
      <section role="doc-endnotes"><ol><li id="fn1"><p>Smith 2020. <a href="#fnref1">↩</a></p></li></ol></section>
      <p id="fn7">Lee 2021.</p>"""
    blocks = _parse(source).blocks

    assert [(b.kind, b.label, b.text) for b in blocks] == [
        ("paragraph", "", "Rare."), ("footnote", "1", "Smith 2020."), ("footnote", "7", "Lee 2021."),
    ]  # fmt: skip


def test_a_link_covers_its_words_with_the_address_decoded() -> None:
    block = _parse('<p>See the <a href=" https://nice.example/?a=1&amp;b=2 ">2012 <b>guideline</b></a>.</p>').blocks[0]

    assert [(block.text[link.start : link.end], link.url) for link in block.links] == [
        ("2012 guideline", "https://nice.example/?a=1&b=2")
    ]


def test_a_link_around_blocks_is_a_link_in_each() -> None:
    blocks = _parse('<a href="/iron"><h2>Iron</h2><p>Why you need it</p></a><p>Other</p>').blocks

    assert [[(link.start, link.end) for link in block.links] for block in blocks] == [[(0, 4)], [(0, 15)], []]


def test_a_link_ends_where_its_end_tag_stands_whatever_is_open() -> None:
    block = _parse('<a href="/iron"><p>Iron</a> is a mineral.</p>').blocks[0]

    assert [(link.start, link.end) for link in block.links] == [(0, 4)]


def test_a_raised_number_that_leads_to_another_site_is_a_source_by_itself() -> None:
    block = _parse('<p>It works<sup><a href="https://doi.org/10.1000/1">1</a></sup>.</p>').blocks[0]

    assert (block.text, [note.label for note in block.notes]) == ("It works.", [""])


def test_a_skip_link_is_left_out() -> None:
    assert _texts('<a href="#main">Skip to main content</a><p>Text</p>') == ["Text"]


# Left out


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>miracle</p>';</script>", "<style>.miracle {}</style>", "<!-- miracle -->",
        "<noscript>miracle</noscript>", "<template><p>miracle</p></template>",
        "<svg><title>miracle</title><text>miracle</text></svg>",
        "<math><mi>miracle</mi></math>", "<iframe>miracle</iframe>", "<nav><ul><li>miracle</ul></nav>",
        "<div hidden>miracle<p>miracle</div>", '<i aria-hidden="true">miracle</i>',
        "<p style='color:red; display : none'>miracle</p>",
        "<span style='visibility:hidden'>miracle <span>miracle</span> miracle</span>", "<dialog>miracle</dialog>",
        "<select><option>miracle</select>", "<button>miracle</button>", "<textarea>miracle</textarea>",
        "<label>miracle</label>",
        "<code>miracle</code>", "<pre>miracle</pre>", '<div role="navigation">miracle</div>',
        '<aside class="cookie-banner">miracle</aside>',
        "<object>miracle</object>", "<form><p>miracle</p></form>",
        "<svg><title/><path/></svg>", "<![CDATA[ miracle ]]>",
    ],
)  # fmt: skip
def test_what_nobody_sees_as_prose_is_left_out(hidden: str) -> None:
    assert " ".join(_texts(f"<main><p>It is a common illness.</p>{hidden}<p>Rest helps.</p></main>")) == (
        "It is a common illness. Rest helps."
    )


def test_an_icon_inside_a_paragraph_does_not_break_it() -> None:
    source = "<p>Ring <svg viewBox='0 0 1 1'><title>Phone</title><g><path d='M0'/></g></svg>111 now.</p>"

    assert _texts(source) == ["Ring 111 now."]


def test_inline_code_leaves_nothing() -> None:
    assert _texts("<p>Type <code>ls</code>, then go.</p>") == ["Type , then go."]


def test_a_dialog_that_is_open_is_seen() -> None:
    assert _texts("<dialog open>Call 999.</dialog>") == ["Call 999."]


def test_a_heading_inside_a_button_is_seen() -> None:
    assert _kinds("<h2><button>Side effects</button></h2>") == [("heading", "Side effects")]


@pytest.mark.parametrize(
    "source",
    [
        "<p hidden>secret<p>Seen", "<ul><li hidden>secret<li>Seen</ul>", "<div><span hidden>secret</div>Seen",
        "<nav>secret<main>Seen</main>", "<div><svg><g><p>Seen</p></div>",
        "<table><tr><td hidden>secret<td>Seen</table>",
        "<div hidden>secret</section></div>Seen", '<body style="display:none">Seen',
    ],
)  # fmt: skip
def test_a_forgotten_end_tag_does_not_hide_the_rest(source: str) -> None:
    assert _texts(source) == ["Seen"]


def test_the_one_form_around_a_page_is_read_without_its_controls() -> None:
    source = """<body><form id="aspnetForm"><header>Clinic</header><div><h1>Gout</h1>
      <p>Gout is a kind of arthritis.</p><label>Search</label><input value="x"><button>Go</button></div>
      <footer>Last reviewed: 4 March 2024</footer></form>"""
    document = _parse(source)

    assert [block.text for block in document.blocks] == ["Gout", "Gout is a kind of arthritis."]
    assert document.metadata["furniture"] == "Clinic\nLast reviewed: 4 March 2024"


def test_page_furniture_is_left_out_but_can_be_found() -> None:
    source = """<body><header><nav>Home</nav><p>Alder Clinic</p></header>
      <main><article><header><h1>Gout</h1><p>By Dr Lee</p></header><p>It hurts.</p>
      <footer>Ask a nurse.</footer></article>
      </main>
      <div><footer><p>Page last reviewed: 4 March 2024</p></footer></div>"""
    document = _parse(source)

    assert [block.text for block in document.blocks] == ["Gout", "By Dr Lee", "It hurts.", "Ask a nurse."]
    assert document.metadata["furniture"] == "Alder Clinic\nPage last reviewed: 4 March 2024"


# Metadata and comments


def test_metadata_is_read_from_the_head() -> None:
    source = """<html lang="en-GB"><head><title>Gout</title><meta name="Author" content="Dr A. Lee">
      <meta property="article:published_time" content="2024-01-02">
      <meta property="og:updated_time" content="2024-03-04">
      <meta name="last-reviewed" content="2024-02-01"><meta name="robots" content="noindex">
      <meta property="og:site_name" content="Alder Clinic"><link rel="canonical" href="https://a.example/gout">
      <meta name="description" content="What gout is."></head>"""

    assert dict(_parse(source).metadata) == {
        "lang": "en-GB",
        "title": "Gout",
        "author": "Dr A. Lee",
        "date": "2024-01-02",
        "modified": "2024-03-04",
        "reviewed": "2024-02-01",
        "robots": "noindex",
        "publisher": "Alder Clinic",
        "canonical": "https://a.example/gout",
        "description": "What gout is.",
    }


def test_metadata_is_read_from_the_text() -> None:
    source = """<p>By <a rel="author" href="/lee">Dr <b>Lee</b></a>,
      <time class="entry-date" datetime="2024-01-02">2 Jan</time>,
      checked by <span itemprop="reviewedBy">Prof &Oslash;</span>. <time class="updated">3 May 2024</time>"""

    assert dict(_parse(source).metadata) == {
        "author": "Dr Lee", "date": "2024-01-02", "reviewer": "Prof Ø", "modified": "3 May 2024",
    }  # fmt: skip


def test_metadata_is_read_from_linked_data() -> None:
    source = """<script type="application/ld+json">{"@graph": [
      {"@type": "MedicalWebPage", "lastReviewed": "2024-02-01", "reviewedBy": [{"name": "Dr B"}, {"name": "Dr C"}],
       "author": {"@id": "#lee"}, "datePublished": "2023-01-01", "publisher": {"name": "Alder"}},
      {"@type": "Person", "@id": "#lee", "name": "A. Lee"}]}</script>"""

    assert dict(_parse(source).metadata) == {
        "reviewed": "2024-02-01", "reviewer": "Dr B, Dr C", "author": "A. Lee", "date": "2023-01-01",
        "publisher": "Alder",
    }  # fmt: skip


@pytest.mark.parametrize("data", ["{", "[" * 50_000, "null", "1" * 5_000, '[1, "x", null]', '{"author": {"name": 3}}'])
def test_malformed_linked_data_is_ignored(data: str) -> None:
    assert dict(_parse(f'<script type="application/ld+json">{data}</script><p>Text').metadata) == {}


def test_comments_keep_their_place() -> None:
    source = "<p>One</p>\r\n<!-- healthlint-disable-next-line words/plain -- quoted -->\r\n<p>Two</p>"
    (comment,) = _parse(source).comments

    assert comment.text == " healthlint-disable-next-line words/plain -- quoted "
    assert source[comment.span.start : comment.span.end] == f"<!--{comment.text}-->"


# Bytes


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>", "iso-8859-2"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
    ],
)
def test_the_page_names_its_encoding(head: str, encoding: str) -> None:
    document = html.read("page.html", f"{head}<p>Łyżka</p>".encode(encoding))

    assert [block.text for block in document.blocks] == ["Łyżka"]


def test_a_byte_order_mark_is_not_counted() -> None:
    document = html.read("page.html", "\ufeff<p>Rest</p>".encode())

    assert document.blocks[0].source_span(0, 4) == Span(3, 7)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ReadError):
        html.read("page.html", b"\x00\x01\x02\x03\xff\xfe\x00\x80" * 50)


def test_a_page_without_text_is_said_to_have_none() -> None:
    blank = html.read("page.html", b"<title>App</title><div id=root></div><script>start()</script>")

    assert len(blank.notes) == 1
    assert html.read("page.html", b"<p>Rest.</p>").notes == ()
    assert html.read("page.html", b"\n").notes == ()


# Markup gone wrong


def test_stray_and_crossed_end_tags_lose_no_text() -> None:
    source = "</div><p>One<b> two</p> three</b></i></p><td>four</table></h2><h2>five</h3>six<"

    assert " ".join(_texts(source)) == "One two three four five six<"


def test_a_stray_end_tag_does_not_leave_the_cell() -> None:
    assert _kinds("<div><table><tr><td>a</div>b</td><td>c</table>") == [("table-cell", "ab"), ("table-cell", "c")]


def test_deep_nesting_is_read() -> None:
    assert _texts("<p>" * 50_000 + "<div>" * 50_000 + "deep") == ["deep"]


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", '<a b="', "&", "<!--", "<script>", "</", "<![CDATA[", "<sup>1</sup>", "a</>", "<p>", "<ul><li>"],
)
def test_a_hostile_page_is_read_in_linear_time(unit: str) -> None:
    """A quadratic reader would need minutes for this."""
    assert len(_parse(unit * (300_000 // len(unit))).blocks) <= 1
