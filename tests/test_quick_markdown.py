"""Pages are the same with the extension that makes them quicker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from crossclaim.site.quick_markdown import NAME

EXTENSIONS = ["attr_list", "footnotes", "toc", "tables", "fenced_code"]
PIECES = [
    "[Tea wakes](../claims/tea.md){.asserts}", "[Ben](ben.md#a-b)", "[a](b.md){.reports .q}", "![a](b.png)",
    "[*a*](b.md)", "[a](b.md 'c')", "\\[a](b.md)", "`[a](b.md)`", "[a](b.md){: #c }", "[[a](b.md)](c.md)",
    "[a][b]", "\n\n[b]: c.md\n\n", "[a](<b c.md>)", "+4", " ", "\n", "  \n", "- ", "> ", "# ", "| a | b |\n|---|---|\n| c | d |",
    "\n{: .notes data-more=\"2\" }\n", "*", "_", "**", "{.x}", "[a & b](c.md)", "[a](b.md){.x y}", "<b>", "[^1]", "word",
]  # fmt: skip


def rendered(text: str, *more: str) -> str:
    return Markdown(extensions=[*EXTENSIONS, *more]).convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_page_is_the_same_with_and_without(text: str) -> None:
    assert rendered(text, NAME) == rendered(text)


@pytest.mark.parametrize("text", PIECES)
def test_a_piece_is_the_same(text: str) -> None:
    assert rendered(text, NAME) == rendered(text)
