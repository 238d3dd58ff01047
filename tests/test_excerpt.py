import pytest

from crossclaim.content.excerpt import addresses, elsewhere, excerpt, plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Tea *wakes* **us** _all_ `now`.", "Tea wakes us all now."),
        (r"first.\* and snake_case \[x] &lt;3 &amp; on", "first.* and snake_case [x] <3 & on"),
        ("See [the *pot*](http://x.org/a_b) and [that][1].[^n]", "See the pot and that."),
        ("<b>Bold</b>  \nand <https://x.org/_a_>", "Bold and https://x.org/_a_"),
    ],
)
def test_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def test_an_excerpt_ends_at_a_word_and_says_that_it_goes_on() -> None:
    assert excerpt("Tea wakes us.", 20) == "Tea wakes us."
    assert excerpt("Tea wakes us, and how it does so nobody knows.", 16) == "Tea wakes us …"


def test_addresses_in_order() -> None:
    assert addresses("[a](x.md), <https://y.org> and ![z](z.png)") == (
        "x.md",
        "https://y.org",
        "z.png",
    )


def test_links_lead_from_elsewhere_where_they_led() -> None:
    named = {"1": "https://x.org"}
    text = "[a](b.md#c) [d](#e) [f][1] [1][] ![g](h.png) `[i](j)`[^k] [l](https://m.org)"
    assert elsewhere(text, "ada", named) == (
        "[a](../essays/b.md#c) [d](../essays/ada.md#e) [f](https://x.org) [1](https://x.org) "
        "![g](../essays/h.png) `[i](j)` [l](https://m.org)"
    )
