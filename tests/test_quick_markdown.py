"""Pages are the same with the extension that makes them quicker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from crossclaim.site.quick_markdown import NAME

EXTENSIONS = [
    ["attr_list", "footnotes", "toc", "tables", "fenced_code"],
    ["attr_list", "smarty", "toc"],
    ["attr_list", "def_list", "abbr"],
    ["toc"],
]
PIECES = [
    "[Tea wakes](../claims/tea.md){.asserts}", "[Ben](ben.md#a-b)", "[a](b.md){.reports .q}", "![a](b.png)",
    "[*a*](b.md)", "[a](b.md 'c')", "\\[a](b.md)", "`[a](b.md)`", "[a](b.md){: #c }", "[[a](b.md)](c.md)",
    "[a][b]", "\n\n[b]: c.md\n\n", "[a](<b c.md>)", "+4", " ", "\n", "  \n", "- ", "> ", "# ", "| a | b |\n|---|---|\n| c | d |",
    "\n{: .notes data-more=\"2\" }\n", "*", "_", "**", "{.x}", "[a & b](c.md)", "[a](b.md){.x y}", "<b>", "[^1]", "word",
    "Two words! ", "A & B", "&amp;", "a\n", "\n\n", "1. ", "    ", "\n\n    ", "(so) ", "=\n", "\n---\n", "[sic] ", "{: #c }", "\n{: #c }",
    ": ", "\n\n[^1]: note\n\n", "<mark>", "</mark>", "![", "![a][b]", "}", "{", "[a](b.md){.x}{.y}", "\n[a]: b.md\n", "<a@b.org>",
    "“Tea,” ", "Émile ", "¶9", "~~~\n", "```\n", "<!-- bar -->\n\n", "<div>\n\n", "  ", "# A {: .b }\n\n",
]  # fmt: skip


def same(text: str) -> None:
    for named in EXTENSIONS:
        usual = Markdown(extensions=named).convert(text)
        assert Markdown(extensions=[*named, NAME]).convert(text) == usual


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_page_is_the_same_with_and_without(text: str) -> None:
    same(text)


@pytest.mark.parametrize("text", PIECES)
def test_a_piece_is_the_same(text: str) -> None:
    same(text)
