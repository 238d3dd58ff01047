"""An essay's page is the essay in Markdown: the same parts, the same words, with notes after them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import markdown

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.content.essay import read_essay
from crossclaim.content.essay_edit import with_ids
from crossclaim.content.markdown import shown_words
from crossclaim.model import Author, Collection, Essay, Passage, Place, walk
from crossclaim.site import pages
from crossclaim.site.essay_page import essay_body
from crossclaim.site.index import Index

EXTENSIONS = ["attr_list", "footnotes", "toc", "tables", "fenced_code"]


def rendered(text: str) -> html.HtmlElement:
    """A page's Markdown as MkDocs' parser reads it."""
    return html.fromstring(f"<div>{markdown(text, extensions=EXTENSIONS)}</div>")


def places(read: Essay) -> Iterator[tuple[Passage, tuple[str, ...]]]:
    """An essay's passages, each with the elements that it stands in, from the outside."""
    names: list[str] = []
    for kind, part in walk(read.parts):
        if kind == "open":
            names.append(str(part))
        elif kind == "close":
            names.pop()
        elif isinstance(part, Passage):
            yield part, tuple(names)


LINES = st.sampled_from(
    [
        "Tea wakes us.",
        "It costs 2 * 3 * 4 pence.",
        "*Tea* wakes `us  all` now.",
        "Tea  \n2\\. wakes  \n\\- us.",
        "Tea\nwakes us\n3. times.",
        "\\# Tea [wakes](https://example.org/a_(b)) us.",
        "1986\\. A year.",
        "A | b",
        "{: .x }",
        "Tea & <b>milk</b> &amp; more.",
        "[TOC]",
        "<!-- a note --> tea",
        "What about\n\\> this?",
        "tab\there",
    ]
)


def nested(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    """Blocks, some in lists and quotations."""

    def listed(items: list[list[str]], mark: str) -> list[str]:
        blocks = []
        for n, item in enumerate(items, start=4):
            sign = f"{n}." if mark == "1" else mark
            text = "\n\n".join(item).replace("\n", "\n    ")
            blocks.append(f"{sign:<4}{text}")
        return ["\n\n".join(blocks)]

    def quoted(blocks: list[str]) -> list[str]:
        return ["\n".join(f"> {line}" for line in "\n\n".join(blocks).split("\n"))]

    lists = st.builds(listed, st.lists(inner, min_size=1, max_size=3), st.sampled_from("-1"))
    return lists | st.builds(quoted, inner) | st.builds(lambda a, b: [*a, *b], inner, inner)


BLOCKS = st.recursive(
    st.lists(LINES, min_size=1, max_size=2)
    | st.sampled_from([["## A heading"], ["    code\n    more"], ["```\ncode\n```"], ["***"]]),
    nested,
    max_leaves=8,
)


def around(element: html.HtmlElement) -> tuple[str, ...]:
    """The lists, items and quotations that an element stands in, from the outside."""
    names = [str(e.tag) for e in element.iterancestors()]
    return tuple(n for n in reversed(names) if n in ("ol", "ul", "li", "blockquote"))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(BLOCKS)
def test_every_passage_stands_where_it_stood_with_its_words(blocks: list[str]) -> None:
    source, _ = with_ids(essay("") + "\n\n".join(blocks) + "\n")
    read, _ = read_essay(source, "essays/e.md", "e", {"Ada Byron": "ada"})
    index = Index(Collection((read,), (), (Author("ada", "Ada Byron", Place("a")),)))
    page = rendered(essay_body(index, read))
    shown = [
        (p.get("id"), around(p), letters("".join(p.itertext())))
        for p in page.iter("p")
        if p.get("id")
    ]
    assert shown == [
        (passage.id, names, letters(shown_words(passage.text, read.definitions)))
        for passage, names in places(read)
    ]


NOTED = """
- Tea wakes.
  {: #a asserts="tea-wakes" concedes="tea-calms" }

  > Tea calms.
  > {: #b reports="tea-calms?" }

Nothing.
{: #c .aside was="old older" }
"""


def test_notes_follow_their_passage_and_name_who_else(tmp_path: Path) -> None:
    checked = pipeline.check(make(tmp_path, {"essays/ada.md": essay(NOTED)}))
    texts = pages.render_pages(checked.index, checked.settings)
    _, _, body = texts["essays/ada.md"].partition("<!-- bar -->\n\n")
    assert (
        body
        == """\
-   Tea wakes.
    {: #a }

    [Tea wakes people up](../claims/tea-wakes.md){.asserts} [Jonson](ben.md#tea-puts-everybody)
    [Tea calms people down](../claims/tea-calms.md){.concedes} [Jonson](ben.md#tea-puts-everybody)
    {: .notes }

    > Tea calms.
    > {: #b }
    >
    > [Tea calms people down](../claims/tea-calms.md){.reports .q}
    > {: .notes }

<span id="old"></span><span id="older"></span>Nothing.
{: #c .aside }
"""
    )


def many(tmp_path: Path, authors: int) -> dict[str, str]:
    """The pages of a collection in which all authors assert the same four claims."""
    names = [f"Author {chr(65 + n)}x" for n in range(authors)]
    claims = [f"c{n}" for n in range(4)]
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in names)
    files["essays/claims.yml"] = "".join(
        f"- {{id: {c}, claim: Claim {c}., theme: T, about: x}}\n" for c in claims
    )
    body = f'All.\n{{: #all asserts="{" ".join(claims)}" }}\n'
    for n, name in enumerate(names):
        files[f"essays/e{n}.md"] = essay(body, f"title: T\nauthor: {name}")
    checked = pipeline.check(make(tmp_path, files))
    assert checked.buildable, checked.findings
    return pages.render_pages(checked.index, checked.settings)


def test_a_note_names_three_others_and_counts_the_rest(tmp_path: Path) -> None:
    page = rendered(many(tmp_path, 6)["essays/e0.md"])
    (notes,) = page.cssselect("p.notes")
    assert notes.get("data-more") == "2"
    labels = notes.cssselect("a[class]")
    assert [label.text for label in labels] == [f"Claim c{n}" for n in range(4)]
    first = labels[0]
    assert [a.text for a in list(first.itersiblings())[:3]] == ["Bx", "Cx", "Dx"]
    assert (list(first.itersiblings())[2].tail or "").strip() == "+2"
    # What a style sheet hides is an element.
    assert notes.xpath("a[text()='+2']/@href") == ["../claims/c2.md", "../claims/c3.md"]


def test_others_are_named_from_the_essays_own_author_on_and_round_again(tmp_path: Path) -> None:
    writers = [
        "Author Bx",
        "Author Ax, Author Bx",
        "Author Bx, Author Dx",
        "Author Cx",
        "Author Ax",
    ]
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: Author {a}x\n" for a in "DCBA")
    for number, names in enumerate(writers):
        body = "Tea.\n{: #tea asserts='tea-wakes' }\n"
        files[f"essays/e{number}.md"] = essay(body, f"title: T\nauthor: [{names}]")
    checked = pipeline.check(make(tmp_path, files))
    assert checked.buildable, checked.findings
    texts = pages.render_pages(checked.index, checked.settings)

    def others(essay: str) -> list[str]:
        _, _, body = texts[f"essays/{essay}.md"].partition("<!-- bar -->")
        return list(rendered(body).xpath("//p[@class='notes']/a[not(@class)]/text()"))

    # In authors.yml: D, C, B, A. Who wrote together stands where the first of them does.
    assert others("e0") == ["Ax", "Cx"]
    assert others("e1") == ["Cx"]
    assert others("e2") == ["Ax", "Cx"]
    assert others("e3") == ["Bx", "Bx and Dx", "Ax and Bx"]
    assert others("e4") == ["Cx", "Bx", "Bx and Dx"]


def test_a_page_is_at_most_twice_its_essay_whatever_the_number_of_essays(tmp_path: Path) -> None:
    some, more = many(tmp_path / "some", 6), many(tmp_path / "more", 24)
    assert len(more["essays/e0.md"]) <= len(some["essays/e0.md"]) + 12  # "+20" for "+2"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('A.\n{: #a asserts="tea-wakes" }\n', "Argues [1 claim](#cc-argues)"),
        (
            'A.\n{: #a asserts="tea-calms" }\n',
            "Argues [1 claim](#cc-argues), 1 shared with Jonson",
        ),
        (
            'A.\n{: #a rejects="tea-calms" reports="tea-wakes" }\n',
            "reports 1 · rejects 1",
        ),
        ('A.\n{: #a asserts="tea-wakes?" }\n', ""),
    ],
)
def test_one_line_says_what_the_essay_does(tmp_path: Path, body: str, line: str) -> None:
    checked = pipeline.check(make(tmp_path, {"essays/ada.md": essay(body)}))
    text = pages.render_pages(checked.index, checked.settings)["essays/ada.md"]
    assert (f"\n{line}\n{{: .sum }}\n" in text) if line else ("{: .sum }" not in text)


def test_the_bar_has_a_cell_a_passage_as_wide_as_its_words(tmp_path: Path) -> None:
    body = 'Tea wakes.\n{: #a asserts="tea-wakes" }\n\n' + "word " * 240 + "\n{: #b }\n"
    checked = pipeline.check(make(tmp_path, {"essays/ada.md": essay(body)}))
    text = pages.render_pages(checked.index, checked.settings)
    bar = html.fromstring(text[".theme/fragments/essays/ada/bar.html"])
    assert [(a.get("href"), a.get("class"), a.text) for a in bar] == [
        ("#a", "w1 asserts", "¶1"),
        ("#b", "w60", "¶2"),
    ]
