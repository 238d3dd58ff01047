"""Markdown: front matter, and the text as it renders, lists as most programs read them."""

import pytest

from crossclaim.importing import formats
from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.markup.markdown import read_markdown

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."


def read(text: str) -> Document:
    return read_markdown(text.encode())


def shape(document: Document) -> list[tuple[str, str, int, int, str]]:
    return [(b.kind.value, b.marker, b.level, b.quoted, b.text) for b in document.blocks]


def test_front_matter_says_what_it_says() -> None:
    document = read(
        "---\ntitle: On tea\nauthor: Ada Byron\ndate: 2014-03-02\nlang: en-GB\nsource: https://example.org/tea\n"
        f"publication: The Kettle\nlicense: CC BY 4.0\n---\n\n{ONE}\n\n{TWO}\n"
    )
    assert (document.title, document.author, document.date) == ("On tea", "Ada Byron", "2014-03-02")
    assert (document.language, document.publication) == ("en", "The Kettle")
    assert (document.address, document.rights) == ("https://example.org/tea", "CC BY 4.0")
    assert [b.text for b in document.blocks] == [ONE, TWO]


@pytest.mark.parametrize("front", ["- a\n- b", "", "title:\n  x: y", "The pot: a: b"])
def test_front_matter_that_says_nothing_is_no_fault(front: str) -> None:
    document = read(f"---\n{front}\n---\n\n# On tea\n\n{ONE}\n\n{TWO}\n")
    assert document.title == "On tea"
    assert [b.text for b in document.blocks][-2:] == [ONE, TWO]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nlayout: post\ntitle: On tea: a defence\n---\n", 3),
        ("---\ntitle: x\n\n", 1),
        ("+++\ntitle = 'x'\n\n", 1),
        ("---\ntitle: [\n---\n", 3),
        ("---\na: &a [x, x]\ntitle: *b\n---\n", 3),
        ("---\ntitle: x\ncreated: {{date}}\n---\n", 3),
        ("---\na: " + "[" * 3000 + "\n---\n", 2),
        ('+++\ntitle = "x"\ndate = \n+++\n', 3),
        ('{\n  "title": "x",\n  "tags": [,]\n}\n', 3),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as told:
        read(f"{text}\n{ONE}\n\n{TWO}\n")
    assert told.value.message.startswith("the front matter ")
    assert told.value.line == line
    assert "\n" not in told.value.message + told.value.hint


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: On tea\nauthors:\n  - name: Ada Byron\ndate: 2014-03-02 08:24:31 -0700\ntags: [a, b]\n---\n",
        '+++\ntitle = "On tea"\ndate = 2014-03-02T10:00:00+01:00\n\n[params]\nauthor = "Ada Byron"\n\n[taxonomies]\ntags = ["a", "b"]\n+++\n',
        '{\n  "title": "On tea",\n  "author": "Ada Byron",\n  "date": "2014-03-02",\n  "tags": ["a", "b"]\n}\n',
        "Title: On tea\nDate: 2014-03-02 10:20\nTags: a, b\nAuthor: Ada Byron\n",
        "title: On tea\ndate: 2014/03/02\nauthor: Ada Byron\ntags:\n- a\n- b\n---\n",
        '---\ncreated: 2014-03-02\naliases: On tea\ntitle: On tea\nauthor: "[[people/Ada|Ada Byron]]"\ntags:\n  - a\n  - b\n---\n',
    ],
)
def test_front_matter_of_any_program(front: str) -> None:
    document = read(f"{front}\n{ONE}\n\n{TWO}\n")
    assert (document.title, document.author, document.date) == ("On tea", "Ada Byron", "2014-03-02")
    assert [b.text for b in document.blocks] == [ONE, TWO]
    (tags,) = (left for left in document.left_out if left.text.lower() == "tags: a, b")
    assert front.split("\n")[tags.line - 1].lower().startswith("tags") or '"tags"' in front
    assert "front matter" in tags.reason


def test_pandocs_title_block() -> None:
    document = read(f"% On tea\n  and water\n% Ada Byron; Ben Jonson\n% March 2, 2014\n\n{ONE}\n")
    assert (document.title, document.date) == ("On tea and water", "2014-03-02")
    assert document.author == "Ada Byron and Ben Jonson"


def test_a_draft_says_so() -> None:
    for draft in ("draft: true", "published: false", "status: draft"):
        assert draft in " ".join(read(f"---\ntitle: Tea\n{draft}\n---\n\n{ONE}\n").remarks)
    assert not read(f"---\ntitle: Tea\ndraft: false\n---\n\n{ONE}\n").remarks


def test_a_date_in_the_files_name_serves_where_the_text_has_none() -> None:
    text = f"# On tea\n\n{ONE}\n\n{TWO}\n"
    name = "2014-03-02-on-tea.md"
    assert formats.read_original(text.encode(), name, "", "").date == "2014-03-02"
    dated = f"---\ndate: 1999-01-01\n---\n{text}"
    assert formats.read_original(dated.encode(), name, "", "").date == "1999-01-01"


# What a program's mark becomes; what is named as left out, or "".
MARKS = [
    ("{{< figure src=\"a.jpg\"\n caption=\"A pot\" >}}", "", "a tag"),
    ("Water {{< mark >}}boils{{< /mark >}} here.", "Water boils here.", "a tag"),
    ("See [the pot]({{< ref \"pot.md\" >}}).", "See the pot.", "a link"),
    ("See [the pot]({{ site.url }}{% link pot.md %}).", "See the pot.", "a link"),
    ("See [the pot][p].\n\n[p]: {{ site.url }}/pot", "See the pot.", ""),
    ("{% include pot.html\n   caption='A pot' %}", "", "a tag"),
    ("{% raw %}{{ pot }}{% endraw %} is shown.", "{{ pot }} is shown.", "a tag"),
    ("{% capture x %}\nLater.\n\nMuch later.\n{% endcapture %}", "", "text that the site keeps"),
    ("{% highlight text %}\nx = 1\n{% endhighlight %}", "", "code"),
    ("{% post_link pot 'the pot' %} is on.", "the pot is on.", "a tag"),
    ("Warm.{: .lead}", "Warm.", "an attribute list"),
    ("{: .lead}\nWarm.", "Warm.", "an attribute list"),
    ("* contents\n{:toc}", "", "the table of contents"),
    ("[[_TOC_]]", "", "the table of contents"),
    ("[Warm]{.smallcaps} and ![pot](p.png){width=30}", "Warm and", "an attribute list"),
    ("`a` and `b`{=html}", "a and b", "an attribute list"),
    ("*[pot]: a vessel", "", "the words an abbreviation"),
    ("Warm [@byron, p. 3; see @ben].", "Warm.", "a citation"),
    ("\\newpage", "", "a mark"),
    ("(the-pot)=", "", "a mark"),
    ("A {term}`pot` and {ref}`the lid <lid>`.", "A pot and the lid.", "a mark"),
    ("```{toctree}\na\nb\n```", "", "code"),
    (":::{figure} a.png\nA pot.\n:::", "", "code"),
    ("```dataview\nLIST\n```", "", "code"),
    ("Rating:: 5", "", "a data field"),
    ("Boil (for:: a while) [at:: 90 degrees].", "Boil a while 90 degrees.", "a data field"),
    ("| Roses are red,\n| violets", "Roses are red,\nviolets", ""),
    ("^", "", "a mark"),
    ("[[Ada Byron|Ada]] and [[The Pot#Lid]]", "Ada and The Pot", ""),
    ("| a | b |\n|---|---|\n| [[Ada\\|her]] | c |", "a | b/her | c", ""),
    ("![[pot.png|300]]", "", "an embedded file"),
    ("#tea #pots/blue", "", "tags"),
    ("Warm. ^a1b2c3", "Warm.", "a mark"),
    ("It is ==warm== now.", "It is warm now.", ""),
    ("- [x] boil it", "boil it", "a mark"),
    ("import Pot from '@site/pot';\nimport {\n  Lid,\n} from \"./lid\";", "", "a line of program code"),
    ("export const Pot = ({a}) => (\n  <b style={{a}}>{a}</b>\n);", "", "a line of program code"),
    ("A <Pot size={{a: 1}} on={() => 2}>warm</Pot> lid.", "A warm lid.", "an element"),
    ("<Button>Boil</Button> <em>it</em>, <BR>then <pour-it a=b>.", "Boil it, \nthen .", "an element"),
    ("=== \"Tab\"\n    Warm.", "Tab/Warm.", "the mark of a box"),
    ("--8<-- \"pot.md\"", "", "a tag"),
    ("<script>\nx()\n</script>", "", "raw HTML"),
    ("<div markdown=\"1\">\n*Warm.*\n</div>", "Warm.", ""),
    ("It is $c = 5d_1 + 2_x$ now.", "It is c = 5d_1 + 2_x now.", ""),
    ("$$\na_1 + b_1\n$$", "a_1 + b_1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("mark", "shown", "reason"), MARKS)
def test_the_marks_of_generators_go_and_are_named(mark: str, shown: str, reason: str) -> None:
    document = read(f"{ONE}\n\n{mark}\n\n{TWO}\n")
    assert "/".join(block.text for block in document.blocks[1:-1]) == shown
    reasons = [left.reason for left in document.left_out if left.reason != "an image"]
    assert all(each.startswith(reason or "?") for each in reasons)
    assert bool(reasons) == bool(reason)
    assert all(3 <= left.line <= 2 + len(mark.split("\n")) for left in document.left_out)


@pytest.mark.parametrize("mark", [mark for mark, *_ in MARKS if "`" not in mark])
def test_marks_in_code_are_code(mark: str) -> None:
    document = read(f"{ONE}\n\n~~~\n{mark}\n~~~\n\n{TWO}\n")
    assert document.blocks[1].text.split() == mark.split()
    assert not document.left_out


COMMENTS = [
    "<!-- {} -->", "<!--\n{}\n\n{}\n-->", "%%{}%%", "%%\n{}\n\n{}\n%%", "Warm %% {} %% pot.", "{{/* {} */}}",
    "{{% comment %}}{}\n\n{}{{% endcomment %}}", "{{{{< comment >}}}}{}\n\n{}{{{{< /comment >}}}}",
    "{{::comment}}\n{}\n{{:/comment}}", "{{::comment}}\n{}\n{{:/}}", "{{# {} #}}", "% {}\n% {}", "Warm.\n% {}",
    "[//]: # ({})", "{{{{/* {} */}}}}",
]  # fmt: skip


@pytest.mark.parametrize("comment", COMMENTS)
def test_no_comment_is_published_and_all_are_named(comment: str) -> None:
    document = read(f"{ONE}\n\n{comment.format('Cut this', 'and this')}\n\n{TWO}\n")
    assert not any("this" in block.text for block in document.blocks)
    assert [block.text for block in document.blocks][:: len(document.blocks) - 1] == [ONE, TWO]
    (left,) = document.left_out
    assert "Cut this" in left.text
    assert left.line == (4 if comment.startswith("Warm.") else 3)


@pytest.mark.parametrize("opening", ["<!--", "%%", "{% comment %}", "{/*"])
def test_a_comment_without_end_hides_the_rest(opening: str) -> None:
    document = read(f"{ONE}\n\n{opening}\n\n{TWO}\n")
    assert [block.text for block in document.blocks] == [ONE]
    assert TWO in document.left_out[0].text


@pytest.mark.parametrize(
    "prose",
    [
        "It was {sic} right.", "He left {long silence}", "The set {3, 5, 8} and {x=5}", "{.5 litre} of it",
        "$5 and $6, or US$7", "About 30\n% of the town", "100%% and 50%% sure", "Write to [ada@example.org]",
        "[[1]](https://example.org/a)", "a == b == c", "import duties from abroad", "2 ^ 3", "{% is a sign",
        "`{{ x }}` is code", "\\{: .x } and \\[[x]]", "!!! no box", "::one::", "#1", "20 % off",
    ],
)  # fmt: skip
def test_prose_with_such_signs_stays(prose: str) -> None:
    document = read(f"{ONE}\n\n{prose}\n\n{TWO}\n")
    plain = (
        prose.replace("\\", "")
        .replace("`", "")
        .replace("](https://example.org/a)", "")
        .replace("[[", "[")
    )
    expected = plain if "[[" not in prose or "\\" in prose else "[1]"
    expected = "{: .x } and [[x]]" if "\\" in prose else expected
    assert document.blocks[1].text.split() == expected.split()
    assert not document.left_out


def test_a_word_that_the_site_puts_in_is_remarked() -> None:
    assert read(f"{ONE}\n\n{{{{ site.title }}}} is late.\n").remarks == (
        "the site put words where “{{ site.title }}” stands, on line 3",
    )
    tags = "".join(
        f"{{{{< figure src='{n}.jpg' caption='A pot on a stove' >}}}}\n\n" for n in range(9)
    )
    assert read(f"{tags}{ONE}\n\n{{{{ content }}}}\n").remarks == ()


def test_words_between_quoting_tags_are_a_quotation() -> None:
    for opening, closing in (
        ('{{< quote author="Ben" >}}', "{{< /quote >}}"),
        ("{% blockquote Ben, On tea %}", "{% endblockquote %}"),
    ):
        document = read(f"{ONE}\n\n{opening}\nWarm *it*.\n\nTwice.\n{closing}\n{TWO}\n")
        assert [block.quoted for block in document.blocks] == [0, 1, 1, 0]
        assert document.blocks[1].text == "Warm it."


def test_a_callout_is_a_quotation_and_its_title_a_line_of_it() -> None:
    document = read(f"{ONE}\n\n> [!quote]- Ben\n> Warm it.\n\n> [!NOTE]\n> Twice.\n\n{TWO}\n")
    assert [b.text for b in document.blocks if b.quoted] == ["Ben\nWarm it.", "Twice."]
    assert [(left.line, left.text) for left in document.left_out] == [
        (3, "[!quote]-"),
        (6, "[!NOTE]"),
    ]


@pytest.mark.parametrize(
    "box",
    [
        '!!! warning "On water"\n\n    {}\n\n    - wet',
        "::: warning On water\n\n{}\n\n- wet\n\n:::",
        ":::warning[On water]\n\n{}\n\n- wet\n\n:::",
        ":::{{admonition}} On water\n:class: tip\n{}\n\n- wet\n:::",
        "```{{admonition}} On water\n:class: tip\n{}\n\n- wet\n```",
    ],
)
def test_what_is_in_a_box_stays_under_its_title(box: str) -> None:
    document = read(f"{ONE}\n\n{box.format(TWO)}\n\n{ONE} Again.\n")
    assert [(b.kind, b.text) for b in document.blocks][1:-1] == [
        (Kind.HEADING, "On water"),
        (Kind.PARAGRAPH, TWO),
        (Kind.BULLET, "wet"),
    ]
    assert [left.line for left in document.left_out] == [3]


def test_a_block_knows_its_line() -> None:
    marks = "{{< a\nb >}}\n\n<div>\nhtml words\n</div>\n\n{% quote %}\nWarm.\n{% endquote %}"
    document = read(f"---\ntitle: Tea\n---\n{ONE}\n\n{marks}\n\n> ![pot](p.png)\n\n[^9]: Unused.\n")
    lines = {left.text: left.line for left in document.left_out}
    assert lines["{{< a b >}}"] == 6
    assert (lines["{% quote %}"], lines["pot"], lines["[^9]: Unused."]) == (13, 17, 19)


def test_heading_and_byline_are_found_without_front_matter() -> None:
    document = read(f"# On tea\n\nby Ada Byron\n\n{ONE}\n\n## Water\n\n{TWO}\n")
    assert (document.title, document.author) == ("On tea", "Ada Byron")
    assert [b.text for b in document.blocks] == [ONE, "Water", TWO]
    assert [(left.line, left.text) for left in document.left_out] == [
        (1, "On tea"),
        (3, "by Ada Byron"),
    ]


def test_the_text_is_read_as_it_renders() -> None:
    document = read(
        f"{ONE}\n\n> Quoted *here*\n> again.\n>\n> > Twice.\n\nVerse line  \nsecond line[^a]\n\n"
        f"1986\\. A great year. \\# hash [link](https://example.org/a) ![pot](p.png)\n\n"
        f"```\ncode( x )\n```\n\n{TWO}\n\n[^a]: Not *always*.\n"
    )
    assert shape(document)[1:-1] == [
        ("paragraph", "", 0, 1, "Quoted here again."),
        ("paragraph", "", 0, 2, "Twice."),
        ("paragraph", "", 0, 0, "Verse line\nsecond line"),
        ("paragraph", "", 0, 0, "1986. A great year. # hash link"),
        ("paragraph", "", 0, 0, "code( x )"),
    ]
    assert [left.text for left in document.left_out] == ["pot"]
    assert document.blocks[3].runs[-1].note == document.notes[0].label
    assert "".join(run.text for run in document.notes[0].runs) == "Not always."


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_are_nested_however_they_are_indented(indent: int) -> None:
    deep = " " * indent
    document = read(
        f"{ONE}\n- one\n- two\n{deep}- deep\n{deep * 2}- deeper\n- three\n\n3. third\n4. fourth\n\n{TWO}\n"
    )
    assert shape(document)[1:-1] == [
        ("bullet", "", 1, 0, "one"),
        ("bullet", "", 1, 0, "two"),
        ("bullet", "", 2, 0, "deep"),
        ("bullet", "", 3, 0, "deeper"),
        ("bullet", "", 1, 0, "three"),
        ("numbered", "3.", 1, 0, "third"),
        ("numbered", "4.", 1, 0, "fourth"),
    ]


def test_a_hyphen_in_wrapped_prose_is_no_list_inside_code() -> None:
    document = read(f"{ONE}\n\n```\na\n- b\n```\n\n{TWO}\n")
    assert all(block.kind is Kind.PARAGRAPH for block in document.blocks)


def test_what_is_nested_without_end_is_told_in_one_line() -> None:
    with pytest.raises(Unreadable) as told:
        read("".join(" " * 2 * n + "- x\n" for n in range(400)))
    assert "nested" in told.value.message
    with pytest.raises(Unreadable) as told:
        read("[" * 20_000)
    assert "brackets" in told.value.message
