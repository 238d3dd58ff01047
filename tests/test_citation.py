import json
import re
from dataclasses import asdict, replace

from crossclaim.model import Author, Essay, Place
from crossclaim.site.citation import ADDRESS, PARAGRAPH, Citation, cite

HERE = Place("essays/x.md")
ADA = Author("ada", "Ada King Byron", HERE)
VOLTAIRE = Author("v", "Voltaire", HERE)
ESSAY = Essay(
    id="on-tea",
    title="On “tea” & 100% {proof}_",
    authors=("ada",),
    parts=(),
    place=HERE,
    publication="The Kettle & Pot",
    date="12 May 1843",
    language="en",
)


def filled(citation: Citation, paragraph: int, address: str) -> Citation:
    """The citation of one paragraph, as the reader's browser makes it."""
    values = {PARAGRAPH: str(paragraph), ADDRESS: address}
    forms = asdict(citation)
    for placeholder, value in values.items():
        forms = {form: text.replace(placeholder, value) for form, text in forms.items()}
    return Citation(**forms)


def test_plain_text_names_author_title_publication_and_paragraph() -> None:
    citation = filled(cite(ESSAY, (ADA,)), 3, "https://x.org/a.html#p")
    assert citation.plain == (
        "Ada King Byron, “On ‘tea’ & 100% {proof}_”, The Kettle & Pot, 12 May 1843, ¶ 3. "
        "https://x.org/a.html#p"
    )


def test_csl_json_is_json_with_the_exact_words() -> None:
    (item,) = json.loads(filled(cite(ESSAY, (ADA, VOLTAIRE)), 3, "https://x.org/#p").csl)
    assert item["title"] == ESSAY.title
    assert item["author"] == [{"family": "Byron", "given": "Ada King"}, {"literal": "Voltaire"}]
    assert item["container-title"] == "The Kettle & Pot"
    assert item["issued"] == {"date-parts": [[1843]]}
    assert item["URL"] == "https://x.org/#p"
    assert item["section"] == "¶ 3"


def test_bibtex_escapes_what_tex_would_read() -> None:
    text = filled(cite(ESSAY, (ADA, VOLTAIRE)), 3, "https://x.org/#p").bibtex
    assert text.startswith("@misc{on-tea-p3,\n")
    assert r"title = {{On “tea” \& 100\% \{proof\}\_}}" in text
    assert "author = {Ada King Byron and Voltaire}" in text
    assert "year = {1843}" in text
    assert "note = {paragraph 3}" in text
    unescaped = re.sub(r"\\[{}]", "", text)
    assert unescaped.count("{") == unescaped.count("}")


def test_what_is_not_known_is_left_out() -> None:
    citation = cite(replace(ESSAY, publication="", date="", language=""), (ADA,))
    assert "howpublished" not in citation.bibtex
    assert "year" not in citation.bibtex
    assert "issued" not in json.loads(filled(citation, 1, "x").csl)[0]
    assert ", ¶ " in citation.plain
