"""Editions: what a public one holds back is nowhere in its pages, its search or its site."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from collections_made import make, tree
from crossclaim import pipeline
from crossclaim.cli import main
from crossclaim.content.edition import edition_of, held_back
from crossclaim.content.essay import read_essay
from crossclaim.content.markdown import plain_words
from crossclaim.language.words import compounds
from crossclaim.model import (
    Claim,
    Collection,
    Definitions,
    Edition,
    Essay,
    Heading,
    Items,
    Passage,
    Place,
    Publish,
    Quotation,
    Verbatim,
    walk,
)
from crossclaim.site import pages
from crossclaim.site.measures import plainest_occurrences


def coined(prefix: str, count: int = 20) -> str:
    """Words that stand nowhere else: the first twelve begin with the prefix, the rest are not shown."""
    shown = [f"{prefix}o{letter}" for letter in "abcdefghijkl"]
    return " ".join([*shown, *(f"unshown{prefix}{n}" for n in range(count - len(shown)))])


def file(publish: str, body: str, more: str = "", author: str = "Ada Byron") -> str:
    shown = f"publish: {publish}\n" if publish else ""
    return f"---\ntitle: Of {publish} {author}\nauthor: {author}\npublication: P\n{shown}{more}---\n\n{body}"


ALL_KINDS = f"""\
<!-- unshown remark of mine about this whole text here -->

{coined("para")} [unshownlink](https://unshown.example/target).
{{: #first asserts="tea-wakes tea-calms?" }}
{{: tea-wakes="unshownpara2 unshownpara3 unshownpara4" }}

## {coined("head")}

[Early](https://unshown.example/early) begins it, *{coined("link")}* <!-- unshown note -->
{{: #second illustrates="tea-wakes" }}

- {coined("item")}[^n]
  {{: #item asserts="tea-wakes" }}

  > {coined("quot")}
  > {{: #quoted reports="tea-wakes" was="former" }}

- ```
  unshowncode one two three four five six seven eight
  ```

| unshowncell | b |
|---|---|
| unshowncell | d |

Short.
{{: #short .aside }}

    unshown code

[unshownlabel]: https://unshown.example/label "unshown title"

[^n]: unshownfoot one two three four five six seven eight
"""
# The same with the opening words hidden as well.
NONE_SHOWN = re.sub(r"\b(para|head|link|item|quot)o|Early|begins it|Short", r"unshown\1", ALL_KINDS)
CLAIMS = """\
- {id: tea-wakes, claim: Tea wakes people up., theme: Effects, about: x, supports: [secret]}
- {id: tea-calms, claim: Tea calms unshown people., theme: Effects, about: x, opposes: [tea-wakes]}
- {id: secret, claim: Only an unshown draft says so., theme: Unshown, about: x}
- {id: by-ben, claim: Ben says so., theme: Effects, about: x, opposes: [tea-calms, tea-wakes]}
"""
FILES: dict[str, str | None] = {
    "essays/claims.yml": CLAIMS,
    "essays/ada.md": file("full", '<!-- unshown -->\n\nWhole it is, one two three four five six seven eight nine ten eleven twelve, [there](https://shown.example/). <!-- unshown\nnote -->\n{: #whole asserts="tea-wakes tea-calms?" }\n{: tea-wakes="Whole it is" }\n\nUntouched[^1].\n{: #untouched .aside }\n\n[//]: # (unshown to myself)\n\n[^1]: A shown footnote.\n'),
    "essays/ben.md": file("excerpt", ALL_KINDS, "address: https://shown.example/source(1)\noriginal: originals/ben.txt\n", "Ben Jonson"),
    "essays/claimed.md": file("claims", NONE_SHOWN, "address: https://shown.example/other\n", "Ben Jonson"),
    "essays/nothing-said.md": file("", NONE_SHOWN),
    "essays/draft.md": file("full", 'Unshown all of it.\n{: #h asserts="secret" }\n', "draft: true\n").replace("Of full", "Unshown"),
    "essays/by-ben.md": file("claims", 'Unshown words here.\n{: #b asserts="by-ben" }\n', "", "Ben Jonson"),
    "essays/originals/ben.txt": "Unshown original.",
}  # fmt: skip


UNPACK: dict[str, Callable[[bytes], bytes]] = {"idx": zlib.decompress, "gz": gzip.decompress}


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder as small letters, those of the search unpacked."""
    for path, content in tree(folder).items():
        unpack = UNPACK.get(path.rpartition(".")[2])
        data = unpack(content) if unpack else content
        yield path, data.decode("utf-8", "replace").lower()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("public"), FILES)
    pipeline.build(root)  # what a reading edition left behind goes
    assert "unshownpara2" in (root / "docs/essays/ben.md").read_text("utf-8")
    checked, failed = pipeline.build(root, Edition.PUBLIC)
    assert checked.buildable and not failed, [*checked.findings, *failed]
    return root


def test_nothing_withheld_is_in_any_file(public: Path) -> None:
    for folder in ("docs", "site"):
        made = dict(texts(public / folder))
        assert any(path.endswith(".idx") for path in made)
        for path, text in made.items():
            assert "unshown" not in f"{path} {text}", path
            assert "draft" not in path and "secret" not in path and "original" not in path


def test_an_excerpt_shows_the_opening_words_and_leads_to_the_source(public: Path) -> None:
    page = (public / "docs/essays/ben.md").read_text("utf-8")
    for prefix in ("para", "head", "item", "quot"):
        assert re.search(rf"{prefix}oa [\w ]+ {prefix}ol …$", page, re.MULTILINE), prefix
    assert "\nEarly begins it, linkoa" in page and "Short.\n" in page
    assert "[Read it at its source](https://shown.example/source%281%29)" in page


def test_an_essay_of_which_only_claims_are_shown_keeps_numbers_and_addresses(public: Path) -> None:
    index = pipeline.check(public, Edition.PUBLIC).index
    for name in ("claimed", "nothing-said"):
        (essay,) = (e for e in index.collection.essays if e.id == name)
        assert [(p.id, p.number, p.text) for p in essay.passages] == [
            ("first", 1, "…"), ("second", 2, "…"), ("item", 3, "…"), ("quoted", 4, "…"),
            ("short", 5, "…"),
        ]  # fmt: skip
        assert essay.publish is Publish.CLAIMS
        page = (public / f"docs/essays/{name}.md").read_text("utf-8")
        assert "The text is not shown here" in page
    assert [o.essay.id for o in index.occurrences("by-ben")] == ["by-ben"]


def test_claims_that_only_a_draft_or_a_suggestion_carries_are_not_in_it(public: Path) -> None:
    claims = pipeline.check(public, Edition.PUBLIC).index.claims
    assert list(claims) == ["tea-wakes", "by-ben"]
    assert claims["tea-wakes"].supports == () and claims["by-ben"].opposes == ("tea-wakes",)


def test_a_passage_that_is_shown_speaks_for_its_author_before_one_that_is_not(public: Path) -> None:
    index = pipeline.check(public, Edition.PUBLIC).index
    plainest = plainest_occurrences(index.occurrences("tea-wakes"))
    assert [o.essay.id for o in plainest] == ["ada", "ben"]
    assert not any(o.passage.withheld for o in plainest)


def test_a_whole_essay_is_as_in_the_reading_edition_but_for_suggestions(public: Path) -> None:
    (reading,) = (e for e in pipeline.check(public).index.collection.essays if e.id == "ada")
    shown = pipeline.check(public, Edition.PUBLIC).index.collection
    (whole,) = (e for e in shown.essays if e.id == "ada")
    assert [tag.claim for tag in whole.passages[0].tags] == ["tea-wakes"]
    assert whole == replace(reading, parts=whole.parts)
    page = (public / "site/essays/ada.html").read_text("utf-8")
    assert "eleven twelve" in page and "shown.example" in page and "A shown footnote" in page


def test_a_reading_edition_says_so_and_a_public_one_does_not(public: Path) -> None:
    assert (public / "docs" / ".theme/fragments/edition.html").read_text("utf-8") == ""
    checked = pipeline.check(public)
    notice = pages.render_pages(checked.index, checked.settings)[".theme/fragments/edition.html"]
    assert "Reading edition" in notice


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("", False), ("draft: false", False), ("draft: No", False), ("draft: off", False),
        ("draft: true", True), ("draft: yes", True), ("draft: soon", True), ("draft:", True),
    ],
)  # fmt: skip
def test_an_essay_is_a_draft_unless_it_says_no(line: str, draft: bool) -> None:
    text = f"---\ntitle: T\nauthor: A\npublication: P\npublish: full\n{line}\n---\n\nText.\n"
    essay, findings = read_essay(text, "essays/t.md", "t", {"A": "a"})
    assert essay.draft is draft and findings == []


def test_build_says_how_much_a_public_edition_would_hold_back(tmp_path: Path) -> None:
    make(tmp_path, FILES)
    built = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--pages-only"])
    assert "would hold back 5 of 6 essays, whole or in part." in built.output
    args = ["-C", str(tmp_path), "build", "--pages-only", "--edition", "public"]
    public = CliRunner().invoke(main, args)
    assert "would hold back" not in public.output and "Wrote 5 essays, 2 claims" in public.output
    whole = CliRunner().invoke(main, ["-C", str(make(tmp_path / "whole")), "build", "--pages-only"])
    assert "would hold back" not in whole.output


def test_no_eight_words_of_the_collections_own_withheld_essays_are_published(
    root: Path, own: Collection
) -> None:
    checked = pipeline.check(root, Edition.PUBLIC)
    written = pages.render_pages(checked.index, checked.settings)
    everything = " ".join(" ".join(re.findall(r"\w+", text)) for text in written.values()).lower()
    assert held_back(own)
    for essay in held_back(own):
        shown = 12 if essay.publish is Publish.EXCERPT else 0
        for passage in essay.passages:
            words = re.findall(r"\w+", passage.words.lower())
            for start in range(max(shown - 7, 0), len(words) - 7):
                assert " ".join(words[start : start + 8]) not in everything


# --- Properties -----------------------------------------------------------------------------------

TEXTS = st.text(alphabet="ab 茶館é#*_`[]()<>!&{}\\|.:;-'\"1~=^…\n", min_size=1, max_size=90)
BLOCKS = st.sampled_from(
    [
        '{}\n{{: asserts="one two?" rejects="two" }}\n{{: one="a b" }}',
        "- {}\n  {{: .aside }}\n\n  more\n\n- {}",
        "> {}",
        "3. {}",
        "## {}",
        "```\n{}\n```",
        "[^1]: {}",
        "[a]: https://x.example '{}'",
        "{}\n\n{}",
    ]
)
BODIES = st.lists(st.tuples(BLOCKS, TEXTS), max_size=5).map(
    lambda blocks: "\n\n".join(
        block.format(*[" ".join(text.split())] * 2)
        if "\n" not in block
        else block.format(text, text)
        for block, text in blocks
    )
)


@st.composite
def essays(draw: st.DrawFn) -> Essay:
    text = "---\ntitle: T\n---\n\n" + draw(BODIES)
    essay, _ = read_essay(text, "essays/t.md", "t", {})
    return replace(
        essay,
        publish=draw(st.sampled_from([None, *Publish])),
        draft=draw(st.booleans()),
        address=draw(st.sampled_from(["", "https://x.example/(a)<b>"])),
    )


COLLECTIONS = st.lists(essays(), max_size=3).map(
    lambda made: Collection(
        tuple(made),
        tuple(Claim(name, name, "T", "x", Place("c")) for name in ("one", "two", "three")),
        (),
    )
)


def counted(text: str) -> int:
    return sum(1 for _ in compounds(text))


@given(COLLECTIONS)
def test_a_public_edition_of_a_public_edition_is_the_same(collection: Collection) -> None:
    public = edition_of(collection, Edition.PUBLIC)
    assert edition_of(public, Edition.PUBLIC) == public
    assert edition_of(collection, Edition.READING) is collection


@given(COLLECTIONS)
def test_a_public_edition_never_says_more(collection: Collection) -> None:
    shown = edition_of(collection, Edition.PUBLIC)
    kept = [essay for essay in collection.essays if not essay.draft]
    assert len(shown.essays) == len(kept)
    for before, after in zip(kept, shown.essays, strict=True):
        for one, other in zip(before.passages, after.passages, strict=True):
            same = (other.id, other.number, other.aside, other.was, other.place)
            assert same == (one.id, one.number, one.aside, one.was, one.place)
            tags = [(tag.claim, tag.stance) for tag in one.reviewed]
            assert [(tag.claim, tag.stance) for tag in other.tags] == tags
            assert other.words == plain_words(other.text, after.definitions)
            if before.publish is Publish.FULL:
                assert other == replace(one, tags=one.reviewed)
            elif before.publish is Publish.EXCERPT:
                opening = other.words.removesuffix("…").rstrip()
                assert one.words.startswith(opening) and counted(opening) <= 12
                assert len(other.words) <= 122
            else:
                assert other.words == "…"
        if before.publish is not Publish.FULL:
            assert not any(tag.words for passage in after.passages for tag in passage.tags)
            assert sum(isinstance(part, Verbatim) for _, part in walk(after.parts)) == 1
            assert after.definitions == Definitions()


@given(essays())
def test_what_is_shown_of_lists_and_quotations_is_never_empty(essay: Essay) -> None:
    (shown,) = edition_of(
        Collection((replace(essay, publish=Publish.EXCERPT, draft=False),), (), ()), Edition.PUBLIC
    ).essays
    parts = list(shown.parts)
    while parts:
        part = parts.pop()
        match part:
            case Quotation():
                assert part.parts
                parts += part.parts
            case Items():
                assert part.items and all(part.items)
                parts += [inner for item in part.items for inner in item]
            case Passage() | Heading():
                assert part.text
