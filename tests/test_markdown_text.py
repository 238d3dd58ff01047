"""Whatever an original says, its Markdown renders as these words and nothing else."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from crossclaim.content.essay import read_essay
from crossclaim.content.markdown_text import literal
from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Block, Document, Kind, Run

EXTENSIONS = ["attr_list", "md_in_html", "footnotes", "toc", "tables", "fenced_code"]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data


def rendered(markdown: str) -> str:
    """The words of a paragraph, rendered as the site renders it."""
    page = (
        f'<div class="cc-passage" markdown="block">\n\n{markdown}\n{{: #x .cc-text }}\n\n</div>\n'
    )
    html = Markdown(extensions=EXTENSIONS).convert(page)
    assert html.count("<p") == 1, html
    assert 'id="x"' in html
    parser = _Text()
    parser.feed(html)
    return " ".join(parser.found.split())


NASTY = [
    "1986. A great year", "# hashtag", "#hashtag", "{: .x }", "{: #x }", "[[x]]", "{{ x }}", "<3",
    "a <b> c", "- dash", "+ plus", "* star", "> quote", "*one* _two_ `three`", "***", "---", "===",
    "~~~", "first.*", "a * b * c", "snake_case and _this_", "[a](b)", "![a](b)", "[^1]", "[a]: b",
    "&amp; & &lt; &#65;", "&#0 and &#65 and &#x41z", "&copy x, AT&T", "\\ back \\* slash", "<script>alert(1)</script>", "<!-- gone -->",
    "http://x.org/_a_b_", "a | b", ": definition", "<http://x.org>", "1) one", "2.", "`", "<", "&",
    "*[HTML]: x", "!!! note", "??? x", "```", "    four spaces", "x\\", "**bold", "__init__",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_plain_text_is_read_as_markdown(text: str) -> None:
    assert rendered(literal(text.strip())) == text.strip()
    assert rendered("So: " + literal(text.strip(), starts_line=False)) == f"So: {text.strip()}"


line = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), max_size=60
).map(lambda text: " ".join(text.split()))
tricky = st.text(alphabet="ab 1.*_`<>&;#[](){}:!-+=|~\\^\"'/", max_size=40).map(
    lambda text: " ".join(text.split())
)


@given(line | tricky)
@example("&lt;a")
def test_any_line_renders_as_itself(text: str) -> None:
    if text:
        assert rendered(literal(text)) == text


kinds = st.sampled_from(list(Kind))
blocks = st.builds(
    lambda kind, text: Block(kind, (Run(text),)), kinds, (line | tricky).filter(bool)
)


@given(st.lists(blocks, min_size=1, max_size=8))
def test_a_composed_essay_is_read_back_word_for_word(given_blocks: list[Block]) -> None:
    numbered = [
        Block(b.kind, b.runs, f"{at}.") if b.kind is Kind.NUMBERED else b
        for at, b in enumerate(given_blocks, start=1)
    ]
    document = Document("T", "Ada", tuple(numbered), rights="© *all*: {mine}")
    text = essay_text(document, "originals/t.txt")
    essay, findings = read_essay(text, "essays/t.md", "t", {"Ada": "ada"})
    assert {f.code for f in findings} <= {"incomplete-metadata"}
    assert essay.rights == "© *all*: {mine}"
    expected = [literal(b.text) for b in numbered if b.kind is not Kind.HEADING]
    assert [p.text for p in essay.passages] == expected
    assert len({p.id for p in essay.passages}) == len(essay.passages)


def test_emphasis_survives() -> None:
    block = Block(
        Kind.PARAGRAPH,
        (Run("their "), Run("raison d'être", "em"), Run(", 2*3 "), Run("now", "strong")),
    )
    text = essay_text(Document("T", "Ada", (block,)), "o")
    assert "their *raison d'être*, 2\\*3 **now**\n{: #their-raison-detre-2 }" in text
