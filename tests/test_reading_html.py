"""Saved web pages: the essay is found, what the page says of itself is kept, every removal is told.

Each page is in the style of a program that many sites use; the texts are invented.
"""

import pytest

from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.html.html import read_html

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."
THREE = "A bag in a mug is a way of having tea without being there, and it is how most of us have it today."
FOUR = "What is left in the pot tomorrow will tell you more about a house than the books in the front room."
PROSE = [ONE, TWO, THREE, FOUR]
REMARK = (
    "I read this twice and still cannot see why anybody would pour hot water on a step in winter."
)
NAV = "<ul><li><a href=/>Home</a><li><a href=/all>Archive</a><li><a href=/about>About us</a></ul>"
BIO = "Ada Byron is a poet who lives in London with a cat and two kettles."


def paragraphs(texts: list[str] = PROSE) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=en-GB><head><meta charset=utf-8><title>On tea | The Kettle</title>{head}</head><body>{body}</body></html>".encode()


WORDPRESS = page(
    f"""<div id=page class=site><header class=site-header><p class=site-title>The Kettle</p><nav>{NAV}</nav></header>
    <main><article class="post-12 post type-post hentry category-social tag-newsletter">
    <header class=entry-header><h1 class=entry-title>On tea</h1><div class=entry-meta>
    <span class=posted-on><time datetime=2014-03-02T09:00:00>March 2, 2014</time></span>
    <span class=byline>by <a rel=author>Ada Byron</a></span></div></header>
    <div class=entry-content>{paragraphs()}<div class="sharedaddy sd-sharing"><h3>Share this:</h3><a href=#>Tweet</a></div></div>
    <footer class=entry-footer><span class=tags-links>Tagged <a>water</a></span></footer></article>
    <div id=comments><h3>2 Comments</h3><ol class=comment-list><li class=comment><p>{REMARK}</p></li></ol>
    <div id=respond><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p></form></div></div></main>
    <aside id=secondary><h2>Recent Posts</h2><ul><li><a href=/x>Nine kettles</a></ul></aside>
    <footer class=site-footer>© 2014 The Kettle. All rights reserved.</footer></div>"""
)
SUBSTACK = page(
    f"""<div class=single-post><article class="newsletter-post post"><div class=post-header><h1 class=post-title>On tea</h1>
    <h3 class=subtitle>What a pot is for, and what it is not for</h3><div class=byline-wrapper><a>Ada Byron</a><div>Mar 02, 2014</div></div>
    <div class=post-ufi><a>12</a><a>3</a><button>Share</button></div></div>
    <div class=available-content><div class="body markup">{paragraphs(PROSE[:2])}
    <div class=subscription-widget-wrap><p>Kettles is a reader-supported publication. Consider becoming a paid subscriber.</p></div>
    {paragraphs(PROSE[2:])}</div></div></article><div id=discussion class=comments-section><div class=comment><p>{REMARK}</p></div></div></div>""",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"On tea","datePublished":"2014-03-02T08:00:00Z",'
    '"author":[{"@type":"Person","name":"Ada Byron"}],"publisher":{"name":"Kettles"}}</script>',
)
MEDIUM = page(
    f"""<div id=root><div class=a><a>Open in app</a><a>Sign in</a></div><article><div><h1 class=pw-post-title>On tea</h1>
    <div class=b><a href=/u>Ada Byron</a><span>·</span><a>Follow</a></div><div><span>3 min read</span><span>·</span><span>Mar 2, 2014</span></div>
    <div><div>--</div><div>12</div><div>Listen</div><div>Share</div></div>{paragraphs()}</div></article>
    <div class=c><h2>More from Ada Byron</h2><div><h3><a href=/y>Nine kettles</a></h3><p>We tested nine kettles so that you do not have to.</p></div></div></div>""",
    '<meta name=author content="Ada Byron"><meta property="article:published_time" content="2014-03-02T10:00:00Z">',
)
NEWSPAPER = page(
    f"""<div class=cookie-banner>We use cookies to make tea.</div><nav>{NAV}</nav><main><article><header><p class=kicker>Opinion</p>
    <h1>On tea</h1><p class=byline>By <span itemprop=name>Ada Byron</span></p><time datetime=2014-03-02>March 2, 2014</time></header>
    <section name=articleBody>{"<div class=ad-wrapper><p>Advertisement</p></div>".join(f"<div class=css-1><p>{p}</p></div>" for p in PROSE)}</section>
    <div class=bottom><p>{BIO}</p></div></article><section class=more><h2>More in Opinion</h2>
    {"".join(f"<div class=card><h3><a href=/{n}>Kettle {n}</a></h3><p>All that we know about the kettle of that number.</p></div>" for n in range(3))}
    </section></main>"""
)
OLD = (
    "<html><head><title>On tea</title></head><body bgcolor=white><table width=600><tr><td width=70><a href=/>Home</a><br><a href=/e>Essays</a></td>"
    f"<td><font size=2>March 2014<br><br>by Ada Byron<br><br>{'<br><br>'.join(PROSE)}<br><br></font></td></tr></table></body></html>"
).encode()
DIVS = page(
    f"<div class=a1>{NAV}</div><div class=a2><div class=a5>On tea</div><div class=a6>By Ada Byron</div>"
    + "".join(f"<div class=z{n}><div>{p}</div></div>" for n, p in enumerate(PROSE))
    + "</div><div class=a8><a href=/n>Nine kettles</a></div>"
)
WORD = (
    "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><title>On tea</title></head><body lang=EN-US>"
    "<div class=WordSection1><p class=MsoTitle>On tea<o:p></o:p></p><p class=MsoNormal>by Ada Byron<o:p></o:p></p>"
    + "".join(f"<p class=MsoNormal><span style='font-size:12pt'>{p}<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>" for p in PROSE)
    + "</div></body></html>"
).encode("windows-1252")  # fmt: skip
PAGES = {
    "wordpress": WORDPRESS, "substack": SUBSTACK, "medium": MEDIUM, "newspaper": NEWSPAPER, "old": OLD,
    "divs": DIVS, "word": WORD,
}  # fmt: skip


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def reasons(document: Document) -> dict[str, str]:
    return {left.text: left.reason for left in document.left_out}


@pytest.mark.parametrize("style", PAGES)
def test_the_essay_is_found_with_its_title_and_author(style: str) -> None:
    document = read_html(PAGES[style])
    assert [text for text in texts(document) if text in PROSE] == PROSE
    assert [text for text in texts(document) if text not in PROSE] in (
        [],
        ["What a pot is for, and what it is not for"],
    )
    assert (document.title, document.author) == ("On tea", "Ada Byron")


@pytest.mark.parametrize("style", PAGES)
def test_no_word_of_a_page_is_lost_without_being_listed(style: str) -> None:
    document = read_html(PAGES[style])
    listed = " ".join(
        [
            *texts(document),
            *reasons(document),
            document.title,
            document.author,
            document.rights,
            document.biography,
        ]
    )
    for words in (
        REMARK,
        "Home",
        "Nine kettles",
        "All rights reserved",
        "Advertisement",
        "Leave a Reply",
        "cookies",
        "Follow",
        "Kettle 2",
    ):
        assert (words in PAGES[style].decode("windows-1252")) <= (words in listed), words


def test_each_removal_says_why() -> None:
    removed = reasons(read_html(WORDPRESS))
    for start, reason in {
        "2 Comments": "readers' comments",
        "Share this:": "share buttons",
        "The Kettle": "site navigation",
        "On tea": "the head: title, byline and date",
        "March 2, 2014 by Ada Byron": "the line of author and date",
    }.items():
        assert any(text.startswith(start) and why == reason for text, why in removed.items()), (
            start,
            removed,
        )


def test_what_a_page_says_of_itself() -> None:
    document = read_html(SUBSTACK)
    assert (document.publication, document.date, document.language) == (
        "Kettles",
        "2014-03-02",
        "en",
    )
    assert read_html(WORDPRESS).rights == "© 2014 The Kettle. All rights reserved."
    assert read_html(NEWSPAPER).biography == BIO
    assert read_html(OLD).date == "2014-03"


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ('<link rel=canonical href="https://example.org/tea">', "address", "https://example.org/tea"),
        ('<meta property="og:url" content="https://example.org/og">', "address", "https://example.org/og"),
        ("<!-- saved from url=(0023)https://example.org/s -->", "address", "https://example.org/s"),
        ('<link rel=canonical href="http://[broken">', "address", ""),
        ('<meta property="og:title" content="On tea | The Kettle">', "title", "On tea"),
        ('<meta property="og:title" content="Another title">', "title", "Another title"),
        ('<meta name=author content="https://facebook.com/ada">', "author", ""),
        ('<meta name=author content="Ada Byron and Ben Jonson">', "author", "Ada Byron and Ben Jonson"),
        ('<meta name="citation_author" content="Ada Byron">', "author", "Ada Byron"),
        ('<meta name="dc.date" content="2014">', "date", "2014"),
        ('<meta name="dc.rights" content="CC BY 4.0">', "rights", "CC BY 4.0"),
        ('<link rel=license href="https://example.org/by">', "rights", "https://example.org/by"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["Article"],"author":{"@id":"#a"}},{"@id":"#a","name":"Ada Byron"}]}</script>', "author", "Ada Byron"),
        ('<script type="application/ld+json">{"@type":"Article","headline":"It&#8217;s tea","author":"Ada Byron"}</script>', "title", "It’s tea"),
        ('<script type="application/ld+json">{"@type":"Article", broken</script>', "title", "On tea"),
        ('<script type="application/ld+json">' + "[" * 50_000 + "</script>", "title", "On tea"),
    ],
)  # fmt: skip
def test_facts_in_a_pages_head(head: str, field: str, expected: str) -> None:
    assert getattr(read_html(page(f"<div>{paragraphs()}</div>", head)), field) == expected


def test_what_is_known_is_not_looked_for() -> None:
    document = read_html(WORDPRESS, title="Tea, again", author="Ben Jonson")
    assert (document.title, document.author) == ("Tea, again", "Ben Jonson")


def test_elements_become_blocks() -> None:
    document = read_html(
        page(
            f"""<article><h1>On tea</h1>{paragraphs(PROSE[:2])}<h2>Wa<em>ter</em> <a class=anchor href=#w>#</a></h2>
            <p>One&nbsp;kettle, <b>two</b> <i>“pots”</i>, <a href="/tea(1)">a link</a> &amp; an\u200b end\u00ading.</p>
            <blockquote><p>Quoted.</p><blockquote>Twice.</blockquote></blockquote>
            <ol start=3><li>Three<ul><li>Deep<p>More of deep.</p></li></ul></li><li>Four</li></ol>
            <p>Roses are red,<br>violets blue.</p><dl><dt>Pot</dt><dd>Holds tea.</dd></dl>
            <table><tr><th>Tea<th>Minutes<tr><td>Green<td>2</table>
            <figure><img src=a.jpg alt="A pot"><figcaption>The pot.</figcaption></figure>
            <pre>pour( water )</pre><p hidden>secret</p><p style="display:none">secret</p>{paragraphs(PROSE[2:])}</article>""",
            '<link rel=canonical href="https://example.org/p/tea">',
        )
    )
    shape = [(b.kind.value, b.marker, b.level, b.quoted, b.text) for b in document.blocks[2:-2]]
    assert shape == [
        ("heading", "", 2, 0, "Water"),
        ("paragraph", "", 0, 0, "One\u00a0kettle, two “pots”, a link & an ending."),
        ("paragraph", "", 0, 1, "Quoted."),
        ("paragraph", "", 0, 2, "Twice."),
        ("numbered", "3.", 1, 0, "Three"),
        ("bullet", "", 2, 0, "Deep"),
        ("paragraph", "", 2, 0, "More of deep."),
        ("numbered", "4.", 1, 0, "Four"),
        ("paragraph", "", 0, 0, "Roses are red,\nviolets blue."),
        ("paragraph", "", 0, 0, "Pot"),
        ("paragraph", "", 0, 0, "Holds tea."),
        ("paragraph", "", 0, 0, "Tea | Minutes"),
        ("paragraph", "", 0, 0, "Green | 2"),
        ("paragraph", "", 0, 0, "pour( water )"),
    ]
    marks = [
        (run.text, run.emphasis, run.address)
        for run in document.blocks[3].runs
        if run.emphasis or run.address
    ]
    assert marks == [
        ("two", "strong", ""),
        ("“pots”", "em", ""),
        ("a link", "", "https://example.org/tea(1)"),
    ]
    removed = reasons(document)
    assert removed["A pot"] == "an image"
    assert removed["The pot."] == "a figure's caption"
    assert removed["secret"] == "hidden on the page"
    assert [remark.split()[0] for remark in document.remarks] == ["a", "invisible"]


FOOTNOTES = {
    "markdown": '<p>Tea<sup id="fnref:1"><a href="#fn:1">1</a></sup> is hot.</p>@<div class=footnotes><ol><li id="fn:1"><p>Not <i>always</i>. <a href="#fnref:1">↩</a></p></li></ol></div>',
    "substack": '<p>Tea<a class=footnote-anchor id=footnote-anchor-1 href="https://x.example/p#footnote-1">1</a> is hot.</p>@<div class=footnote><a id=footnote-1 href="#footnote-anchor-1" class=footnote-number>1</a><div class=footnote-content><p>Not <i>always</i>.</p></div></div>',
    "word": '<p>Tea<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> is hot.</p>@<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Not <i>always</i>.</p></div>',
    "role": '<p>Tea<a role=doc-noteref href="#n">*</a> is hot.</p>@<aside role=doc-footnote id=n><p>* Not <i>always</i>.</p></aside>',
    "typed": '<p>Tea [<a id=r1 href="#n1">1</a>] is hot.</p>@<p>[<a id=n1 href="#r1">1</a>] Not <i>always</i>.</p>',
}  # fmt: skip


@pytest.mark.parametrize("kind", FOOTNOTES)
def test_footnotes_stand_at_their_calls(kind: str) -> None:
    before, after = FOOTNOTES[kind].split("@")
    document = read_html(page(f"<article>{before}{paragraphs()}<h2>Notes</h2>{after}</article>"))
    assert texts(document)[1:] == PROSE
    assert (
        "".join(run.text or f"[^{run.note}]" for run in document.blocks[0].runs).replace(" [", "[")
        == "Tea[^1] is hot."
    )
    [note] = document.notes
    assert (note.label, "".join(run.text for run in note.runs)) == ("1", "Not always.")
    assert [run.emphasis for run in note.runs if run.text == "always"] == ["em"]
    assert "[^1]: Not *always*." in essay_text(document, "a")


def test_a_link_to_a_section_is_no_footnote() -> None:
    document = read_html(
        page(
            f'<p>See part <a href="#two">2</a>.</p>{paragraphs()}<h2 id=two>Two</h2>{paragraphs([ONE[4:]])}'
        )
    )
    assert texts(document)[0] == "See part 2."
    assert document.notes == ()


def test_paragraphs_that_a_class_calls_names_stay() -> None:
    body = f"<article><p class=paywall>{ONE}</p><p class=newsletter>{TWO}</p><section id=related-work><h2>Related work</h2>{paragraphs(PROSE[2:] * 3)}</section></article>"
    assert texts(read_html(page(body)))[:2] == [ONE, TWO]
    assert "Related work" in texts(read_html(page(body)))


def test_a_pull_quote_goes_and_a_quotation_stays() -> None:
    quote = "Whoever lives with one learns to hear the difference."
    document = read_html(
        page(
            f"<article><p>{quote} {ONE}</p>{paragraphs(PROSE[1:])}<blockquote>{quote}</blockquote><blockquote>Tea is a quiet drug, he said.</blockquote>{paragraphs([ONE])}</article>"
        )
    )
    assert quote not in texts(document)
    assert "Tea is a quiet drug, he said." in texts(document)
    assert "pull quote" in reasons(document)[quote]


def test_where_two_programs_find_different_essays_a_remark_says_so() -> None:
    others = "".join(
        f"<article class=post><p>{' '.join([REMARK] * 8)} {n}</p></article>" for n in range(30)
    )
    [remark] = read_html(page(f"<article><h1>On tea</h1>{paragraphs()}</article>{others}")).remarks
    assert "look whether it is whole" in remark
    comments = "".join(f"<div class=comment><p>{REMARK} {n}</p></div>" for n in range(30))
    document = read_html(
        page(f"<article>{paragraphs()}</article><section id=comments>{comments}</section>")
    )
    assert texts(document) == PROSE
    assert not document.remarks
    assert all(len(left.text) <= 200 for left in document.left_out)


def test_a_text_in_a_page_is_read_as_text() -> None:
    typed = "<pre>On tea\n\nby Ada Byron\n\n" + "\n\n".join(PROSE) + "</pre>"
    document = read_html(page(typed))
    assert texts(document) == PROSE
    assert (document.title, document.author) == ("On tea", "Ada Byron")


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "", "no-such-thing"])
def test_curly_quotes_of_windows_pages_come_out_right(declared: str) -> None:
    text = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'><p>“It’s tea” – she said. {ONE}</p>{paragraphs()}"
    assert texts(read_html(text.encode("windows-1252")))[0].startswith("“It’s tea” – she said.")


def test_a_deep_page_and_a_broken_one_are_read() -> None:
    assert texts(read_html(b"<div>" * 10_000 + paragraphs().encode())) == PROSE
    assert texts(read_html(b"<b><i>" * 3_000 + paragraphs().encode())) == PROSE
    assert texts(read_html(b"<p>" + "<p>".join(PROSE).encode() + b"</div></table></i>")) == PROSE
    assert (
        texts(read_html(f"<title>On tea</title><article>{paragraphs()}</article>".encode()))
        == PROSE
    )
    assert texts(read_html(paragraphs().replace("kettle", "ket\x00tle").encode())) == PROSE


def test_nothing_is_fetched_and_nothing_expands() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "lollollol"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    document = read_html(entities + f"<body>{paragraphs()}<p>&a;&f;</p></body>".encode())
    assert "lollollol" not in " ".join(texts(document))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no text"),
        (b" \n ", "no text"),
        (
            b"<html><body><div id=root></div><script>render('a text')</script></body></html>",
            "no text",
        ),
        (b"<html><frameset><frame src=a.html></frameset></html>", "no text"),
        (
            b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            "MHTML",
        ),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04 ...", "zip"),
        (b"\xd0\xcf\x11\xe0 ...", "Word"),
        (b"bplist00...", "Safari"),
    ],
)
def test_what_is_no_page_is_told_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_html(data)
    assert word in error.value.message
    assert "\n" not in error.value.message + error.value.hint
    assert error.value.hint


def test_a_bold_line_over_a_paragraph_is_a_heading() -> None:
    document = read_html(
        page(
            f"<article>{paragraphs(PROSE[:2])}<p><strong>Water</strong></p>{paragraphs(PROSE[2:])}</article>"
        )
    )
    assert [(b.text, b.level) for b in document.blocks if b.kind is Kind.HEADING] == [("Water", 2)]


def test_a_page_of_short_lines_is_found_by_the_fallback() -> None:
    lines = "".join(f"<p>Line {n}, and a kettle, and tea, sang.</p>" for n in range(40))
    body = f"<div class=x><a href=/>Home</a></div><div class=y><div class=z>{lines}</div></div><div class=w><a href=/n>Next</a></div>"
    document = read_html(page(body))
    assert len(document.blocks) == 40
    assert [left.text for left in document.left_out] == ["Home · Next"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ('<div class="posted">Posted by Gus Vale on June 3, 2010</div>', "2010-06-03"),
        (
            '<div class="submitted">Submitted by Gus Vale on Fri, 12/14/2012 - 10:30</div>',
            "2012-12-14",
        ),
        ('<div class="credits reader-credits">Gus Vale</div>', ""),
        ("<p>By Gus Vale</p>", ""),
        (
            "<b>Gus Vale</b> <a href='mailto:x'>gus at tea.example</a><br>"
            "<i>Tue Mar  2 09:12:44 CET 2004</i>",
            "2004-03-02",
        ),
    ],
)
def test_a_line_above_the_essay_says_who_and_when(line: str, date: str) -> None:
    comments = "".join(f"<p>Posted by Ann Other on May {day}, 2011</p>" for day in range(1, 4))
    document = read_html(
        page(f"<h1>On tea</h1>{line}<div>{paragraphs()}</div><div id=comments>{comments}</div>")
    )
    assert (document.author, document.date, texts(document)) == ("Gus Vale", date, PROSE)


def test_a_byline_below_the_title_in_one_paragraph_is_told() -> None:
    head = "<center><font size=5><b>On tea</b></font><br><i>by Rosa Bell</i></center>"
    document = read_html(page(f"<table><tr><td>{head}{paragraphs()}</td></tr></table>"))
    assert (document.author, texts(document)) == ("Rosa Bell", PROSE)


def test_a_box_called_a_pull_quote_goes_where_it_repeats_and_is_a_quotation_where_not() -> None:
    repeated, own = " ".join(PROSE[1].split()[:8]), "A cup is a promise that somebody else keeps."
    boxes = f'<div class="pullquote"><p>{repeated}</p></div><aside class="pull-quote">{own}</aside>'
    document = read_html(page(f"<article>{paragraphs()}{boxes}{paragraphs(PROSE)}</article>"))
    assert [(b.text, b.quoted) for b in document.blocks if b.text not in PROSE] == [(own, 1)]


def test_a_box_or_line_that_only_sounds_like_furniture_stays() -> None:
    own = [
        "More on lamps: one can never say enough of them, and I have said it all my life.",
        "In 1914 the lamp was lit for the first time.",
        "Subscribe to no theory of houses that leaves out the doors.",
    ]
    box = f'<div class="related-argument"><h4>More on lamps</h4><p>{own[0]}</p></div>'
    body = f'{box}<p class="date">{own[1]}</p><p>{own[2]}</p>'
    document = read_html(page(f"<article>{paragraphs()}{body}</article>"))
    assert [text for text in texts(document) if text in own] == own


def test_german_and_french_pages_have_ads_buttons_and_biographies_too() -> None:
    biography = "Jörg Weiß ist Gärtner und lebt in Ulm."
    furniture = "<p>Anzeige</p><amp-ad>Kauft Kessel</amp-ad><p>Partager sur Facebook</p>"
    document = read_html(
        page(f"<p>Von Jörg Weiß</p><article>{paragraphs()}{furniture}<p>{biography}</p></article>")
    )
    assert (document.author, document.biography, texts(document)) == ("Jörg Weiß", biography, PROSE)


def test_a_german_pages_neighbours_are_no_part_of_the_essay() -> None:
    cards = "".join(
        f"<div><h3><a href=/{name}>Noch ein Kessel</a></h3><p>{REMARK}</p></div>" for name in "abc"
    )
    body = (
        f"<main><article><h1>On tea</h1><p>Von Jörg Weiß</p><p>Veröffentlicht am 3. März 2015</p>"
        f"{paragraphs()}<p><a href=/z>Lesen Sie auch: Vom Salz der Erde</a></p></article>"
        f"<section><h2>Das könnte Sie auch interessieren</h2>{cards}</section>"
        f"<section><h2>Kommentare</h2><p>{REMARK}</p></section></main>"
    )
    document = read_html(page(body))
    assert (document.author, document.date, texts(document)) == ("Jörg Weiß", "2015-03-03", PROSE)


def test_a_byline_counts_though_the_page_has_a_sidebar_and_the_title_ends_with_the_name() -> None:
    body = f"<div class=has-sidebar><h1>Of tea</h1><p class=post-meta>Written by Gus Vale · 3 May 2014 · 4 comments</p>{paragraphs()}</div>"
    document = read_html(page(body).replace(b"On tea | The Kettle", "Of tea — Gus Vale".encode()))
    assert (document.title, document.author, document.date) == ("Of tea", "Gus Vale", "2014-05-03")


def test_a_line_of_author_and_date_is_none_where_it_is_a_sentence() -> None:
    byline = "Written for this page by our Ada Byron on the second of March 2014."
    sentence = "Ada Byron was lit for the first time by a lamp, and at night."
    for text, stays in ((byline, False), (sentence, True)):
        document = read_html(
            page(f"<article>{paragraphs()}<p class=byline>{text}</p>{paragraphs()}</article>")
        )
        assert (text in texts(document)) == stays, text


def test_a_bold_question_is_a_heading_and_a_bold_sentence_is_none() -> None:
    lines = ["Why water?", "Because it boils.", "Because it boils.”", "And then:"]
    bold = "".join(f"<p><b>{line}</b></p>{paragraphs([ONE])}" for line in lines)
    document = read_html(page(f"<article>{paragraphs(PROSE[1:])}{bold}{paragraphs()}</article>"))
    assert [b.text for b in document.blocks if b.kind is Kind.HEADING] == ["Why water?"]


def test_lines_that_end_with_their_sentences_are_paragraphs_and_others_are_verse() -> None:
    lines = [f"{text[:-1]} and so on, and so forth" for text in PROSE[1:]]
    prose, verse = "<br>".join(PROSE[1:]), "<br>".join(lines)
    document = read_html(page(f"<article><p>{ONE}</p><p>{prose}</p><p>{verse}</p></article>"))
    assert texts(document) == [*PROSE, "\n".join(lines)]


def test_an_authors_card_gives_its_sentences_as_the_biography() -> None:
    card = f"<div class=about-the-author><p>{BIO}</p><p>More from Ada on kettles and pots</p></div>"
    document = read_html(page(f"<article>{paragraphs()}</article>{card}"))
    assert document.biography == BIO


LEAD = "A house without a pot has found that it needs none, and its guests do not believe it."
SHORT = (
    "A kettle is a promise that a stove makes to a house, and the house forgives it daily. I would not"
    " mend mine, and I would not sell it."
)
OTHERS = [" ".join([REMARK] * 6) + f" {number}" for number in range(5)]


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=article><h1>On tea</h1><div class=article__summary>{LEAD}</div><div class=article__text>{paragraphs()}</div></div>",
        f"<main><header><h1>On tea</h1><p class=intro>{LEAD}</p></header><div class=story-body>{paragraphs()}</div></main>",
        f"<article><h1>On tea</h1><div class=standfirst><p>{LEAD}</p></div><figure><img src=a.jpg><figcaption>A pot</figcaption></figure><div class=text>{paragraphs()}</div></article>",
        f"<article><h1>On tea</h1><h2 class=dek>{LEAD}</h2>{paragraphs()}</article>",
    ],
)
def test_a_lead_above_the_text_is_a_passage(body: str) -> None:
    document = read_html(page(body))
    assert texts(document) == [LEAD, *PROSE]
    assert document.blocks[0].kind is Kind.PARAGRAPH


@pytest.mark.parametrize(
    "body",
    [
        "<article class='box post'><h1>On tea</h1><p>{}</p></article><article class=postbox><h2>You may like</h2>{}</article>",
        "<div class=single><h1>On tea</h1><p>{}</p></div><div class=more><h3>Read next</h3>{}</div>",
        "<div><h1>On tea</h1><p>{}</p><h2>Related posts</h2>{}</div>",
    ],
)
def test_a_short_essay_is_found_among_longer_ones(body: str) -> None:
    others = "".join(f"<article class=postbox><p>{text}</p></article>" for text in OTHERS)
    document = read_html(page(body.format(SHORT, others)))
    assert texts(document) == [SHORT]
    assert any("two programs" in remark for remark in document.remarks)


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><noscript><main>{}</main></noscript>",
        "<div class='entry-content print-only'>{}</div>",
        "<div style='display:none' id=article>{}</div>",
    ],
)
def test_prose_that_only_a_script_or_a_printer_shows_is_read(body: str) -> None:
    assert texts(read_html(page(body.format("<h1>On tea</h1>" + paragraphs())))) == PROSE


def test_words_within_a_sentence_stay_whatever_their_element_is_called() -> None:
    words = (
        "The pot has been <span class=tooltip-popup>the hearth</span> of the house, and <a class=popup "
        "href=#>nobody</a> pays <span class=ad>a toll</span> to <span class=share>it</span> in winter."
    )
    document = read_html(page(f"<article><h1>On tea</h1><p>{words}</p>{paragraphs()}</article>"))
    sentence = "The pot has been the hearth of the house, and nobody pays a toll to it in winter."
    assert texts(document) == [sentence, *PROSE]


@pytest.mark.parametrize(
    "byline",
    [
        "<p class=byline><span class=by>by</span> <a class=byauthor>Gus Vale</a><span>22 Dec 2016</span><a href=#c>651</a></p>",
        "<div class=author-line><a rel=author href=/v>Gus Vale</a><time>22 December 2016</time><span>12 min</span></div>",
        "<p class=post-author>By <strong>Gus Vale</strong>December 22, 2016 <em>45 comments</em></p>",
    ],
)
def test_a_name_is_told_from_the_date_and_the_count_beside_it(byline: str) -> None:
    document = read_html(page(f"<article><h1>On tea</h1>{byline}{paragraphs()}</article>"))
    assert (document.author, document.date, texts(document)) == ("Gus Vale", "2016-12-22", PROSE)


@pytest.mark.parametrize(
    "card",
    [
        "<div class=card><h3><a href=/{0}>Pot {0}</a></h3><p>{1}</p><span>2 min read</span></div>",
        "<article><h2><a href=/{0}>Pot {0}</a></h2><p>{1}</p><a href=/{0}>Read more</a></article>",
        "<h2><a href=/{0}>Pot {0}</a></h2><p>{1}</p>",
        "<li><a href=/{0}>Pot {0}</a> — {1}</li>",
    ],
)
def test_a_list_of_other_pages_is_no_essay(card: str) -> None:
    cards = "".join(card.format(number, PROSE[number % 4]) for number in range(7))
    with pytest.raises(Unreadable) as error:
        read_html(page(f"<main><h1>Essays</h1>{cards}</main>"))
    assert "a list of other pages" in error.value.message


def test_sections_whose_headings_link_to_themselves_are_an_essay() -> None:
    sections = "".join(
        f"<section class=part><h2 id=s{n}>Part {n} <a href=#s{n}>#</a></h2><p>{text}</p></section>"
        for n, text in enumerate(PROSE)
    )
    document = read_html(page(f"<main><h1>On tea</h1><p>{LEAD}</p>{sections}</main>"))
    assert [text for text in texts(document) if len(text) > 10] == [LEAD, *PROSE]
