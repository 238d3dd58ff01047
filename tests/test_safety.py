"""What must never happen: files lost, a page swallowed, a traceback. Each case was once real."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from collections_made import ADA, AUTHORS, BEN, CLAIMS, MKDOCS, essay, make, tree
from crossclaim import files, pipeline
from crossclaim.cli import main
from crossclaim.findings import errors
from crossclaim.model import Edition


def codes(root: Path) -> list[str]:
    return [finding.code for finding in pipeline.check(root).findings]


@pytest.mark.parametrize("folder", ["essays", "docs", ".", "..", "docs/site", "essays/site"])
def test_no_site_is_put_over_the_editors_files(tmp_path: Path, folder: str) -> None:
    root = make(tmp_path / "collection", {"mkdocs.yml": f"{MKDOCS}site_dir: {folder}\n"})
    before = tree(tmp_path)
    built, _ = pipeline.build(root)
    assert "wrong-setting" in {f.code for f in errors(built.findings)}
    assert tree(tmp_path) == before


def test_the_searchs_folder_is_the_builds_alone(tmp_path: Path) -> None:
    root = make(tmp_path, {"docs/assets/search/data/notes.txt": "mine"})
    built, _ = pipeline.build(root)
    assert [str(f.place) for f in errors(built.findings)] == ["docs/assets/search/data/notes.txt:1"]
    assert (root / "docs/assets/search/data/notes.txt").read_text() == "mine"
    (root / "docs/assets/search/data/notes.txt").unlink()
    assert pipeline.build(root)[1] == []
    assert pipeline.build(root)[0].findings == (), "a second build knows its own files"


@pytest.mark.parametrize("folder", ["essays", ".", "..", "essays/docs"])
def test_no_pages_are_put_among_the_editors_files(tmp_path: Path, folder: str) -> None:
    root = make(tmp_path / "collection", {"mkdocs.yml": f"{MKDOCS}docs_dir: {folder}\n"})
    before = tree(tmp_path)
    built, _ = pipeline.build(root)
    assert "wrong-setting" in {f.code for f in errors(built.findings)}
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kept", ["precious.txt", ".git/HEAD"])
def test_a_folder_with_anything_else_in_it_is_never_replaced(tmp_path: Path, kept: str) -> None:
    root = make(tmp_path)
    if kept.startswith(".git"):
        pipeline.build(root)  # even a site of ours is somebody else's once it is a repository
    (root / "site" / kept).parent.mkdir(parents=True, exist_ok=True)
    (root / "site" / kept).write_text("mine")
    _, failed = pipeline.build(root)
    assert [f.code for f in failed] == ["page-in-the-way"]
    assert (root / "site" / kept).read_text() == "mine"


def test_a_site_behind_a_link_is_replaced_behind_the_link(tmp_path: Path) -> None:
    root = make(tmp_path / "collection")
    (tmp_path / "www").mkdir()
    (root / "site").symlink_to(tmp_path / "www")
    _, failed = pipeline.build(root)
    assert failed == []
    assert (root / "site").is_symlink()
    assert (tmp_path / "www/index.html").is_file()


def test_the_old_site_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pipeline.build(make(tmp_path))[1] == []
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755, "anybody's server may read it"
    before = tree(tmp_path / "site")
    make(tmp_path, {"essays/ada.md": ADA.replace("Tea wakes everybody", "Tea wakes the dead")})
    real = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self.name == ".site.crossclaim-new":
            raise OSError(13, "Permission denied", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    monkeypatch.setattr(files, "_exchanged", lambda *_: False)
    with pytest.raises(OSError, match="Permission denied"):
        pipeline.build(tmp_path)
    assert tree(tmp_path / "site") == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".site")]


def test_the_list_of_pages_cannot_lead_out_of_the_docs_folder(tmp_path: Path) -> None:
    root = make(tmp_path / "collection")
    pipeline.build(root)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    with (root / "docs/assets/.crossclaim-pages").open("ab") as pages:
        pages.write(f"{victim}\n../../victim\n../essays/ada.md\n".encode() + b"\xff\n")
    _, failed = pipeline.build(root)
    assert failed == []
    assert victim.read_text() == "mine"
    assert (root / "essays/ada.md").is_file()


def test_a_setting_the_renderer_refuses_is_said_before_a_page_is_written(tmp_path: Path) -> None:
    make(tmp_path, {"mkdocs.yml": MKDOCS.replace("name: material", "name: nosuch")})
    _, failed = pipeline.build(tmp_path)
    assert [f.code for f in failed] == ["not-rendered"]
    assert tree(tmp_path / "docs") == {}


def test_a_theme_or_hook_that_breaks_is_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "mkdocs.yml": MKDOCS.replace("plugins: []", "hooks: [breaks.py]\nplugins: []"),
            "breaks.py": "def on_page_markdown(*_, **__): raise KeyError('nothing')",
        },
    )
    _, failed = pipeline.build(tmp_path)
    assert [f.code for f in failed] == ["not-rendered"]
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".site")]


TRICKY = [
    "#1 reason to drink tea",
    "We ranked:\n#1 tea",
    "Foo\n    > bar\n    # head\n    - it",
    "####### seven",
    "two\r\rthree",
    "Tea { .x } and {: .y } end",
    "a | b | c",
    "`<div>` and `</div>` are tags",
    "Tea <b>wakes</b> <br> us",
    "<https://example.org/tea> says so",
    "{{ tea }} {% tea %}",
    "5 < 6 & 7 > 3 <3",
    "Tea\nwakes  \nus",
    "茶は人を起こす。",
    "الشاي يوقظ الناس",
]


def test_tricky_paragraphs_are_paragraphs_word_for_word(tmp_path: Path) -> None:
    body = "\n\n".join(
        f"{text}\n{{: #tea-{at} .aside }}" for at, text in enumerate([*TRICKY, "The end."])
    )
    tagged = body.replace("#tea-0 .aside", '#tea-0 asserts="tea-wakes"')
    built, failed = pipeline.build(make(tmp_path, {"essays/ada.md": essay("") + tagged + "\n"}))
    assert ([f.code for f in built.findings], failed) == (["raw-html"], [])
    page = html.fromstring((tmp_path / "site/essays/ada.html").read_bytes())
    for at, text in enumerate(TRICKY):
        (found,) = page.xpath(f"//p[@id='tea-{at}']")
        plain = text.replace("<https://example.org/tea>", "https://example.org/tea")
        plain = plain.replace("`", "")
        assert " ".join(found.text_content().split()) == " ".join(plain.split())
        assert found.getparent().get("class") == "essay"


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("<!-- never closed", "unclosed-comment"),
        ("<div>Hello", "stray-tag-line"),
        ("<table><tr><td>x", "stray-tag-line"),
        ("| a | b |\n|---|---|\n| c | d |", "stray-tag-line"),
        ("Text[^a].\n[^a]: directly after.", "stray-tag-line"),
        ("```\ncode", "unclosed-fence"),
    ],
)
def test_what_would_swallow_the_page_stops_the_build(
    tmp_path: Path, paragraph: str, code: str
) -> None:
    body = (
        f"{paragraph}\n{{: #tea asserts='tea-wakes' }}\n\nNext.\n{{: #next asserts='tea-wakes' }}\n"
    )
    assert code in codes(make(tmp_path, {"essays/ada.md": essay("") + body}))


def test_html_is_text_on_every_page_and_named_in_a_finding(tmp_path: Path) -> None:
    body = (
        "Tea </div> <b onclick=alert(1)>wakes</b> <!-- private -->.\n{: #tea asserts='tea-wakes' }\n\n"
        "<div>\nA block.\n</div>\n\n<!-- private\n\nas well -->\n\nNext.\n{: #next .aside }\n"
    )
    root = make(tmp_path, {"essays/ada.md": essay("") + body})
    built, failed = pipeline.build(root)
    assert ([f.code for f in built.findings], failed) == (["raw-html", "raw-html"], [])
    assert [f.place.line - built.findings[0].place.line for f in built.findings] == [0, 3]
    for page in ("essays/ada.html", "claims/tea-wakes.html"):
        text = (root / "site" / page).read_text("utf-8")
        assert "private" not in text
        assert "Tea </div> <b onclick=alert(1)>wakes</b>" in html.fromstring(text).text_content()


COMMENTED = """
Tea <!-- SECRET -->wakes <!-- SECRET -- a --->everybody <!--SECRET
over two lines-->here.
{: #tea asserts='tea-wakes' }
{: tea-wakes="Tea wakes" }

<!-- SECRET --> It calms <!-- TODO: SECRET -->.
{: #calm reports='tea-calms' }

<!-- SECRET

## SECRET

- SECRET
-->

## A heading <!-- SECRET -->

- <!-- SECRET -->
- An item <!-- SECRET -->
  {: #item .aside }

  <!-- SECRET

  SECRET -->

> A quotation <!-- SECRET --> indeed.
> {: #quotation .aside }
>
> <!-- SECRET
>
> SECRET -->

| a <!-- SECRET --> | b |
|---|---|
| c | <!-- SECRET --> d |

![A pot <!-- SECRET -->](y.png "A pot <!-- SECRET -->")

See [a <!-- SECRET --> b](ben.md "b <!-- SECRET -->")[^1] ![a pot <!-- SECRET -->](y.png).
{: #see asserts='tea-wakes' }

[^1]: A note <!-- SECRET -->.

    <!-- SECRET

    SECRET -->

In code: `<!-- shown -->`.
{: #code .aside }

```
<!-- shown too -->
```
"""


@pytest.mark.parametrize("edition", list(Edition))
def test_no_comment_reaches_the_site(tmp_path: Path, edition: Edition) -> None:
    pot = {"docs/essays/y.png": b"png"}
    root = make(tmp_path, {"essays/ada.md": essay("") + COMMENTED, **pot})
    built, failed = pipeline.build(root, edition)
    assert ([str(f) for f in built.findings], failed) == ([], [])
    written = {f: data for f, data in tree(root).items() if not f.startswith("essays/")}
    assert {"docs/essays/ada.md", "site/essays/ada.html"} < set(written)
    assert [file for file, data in written.items() if b"SECRET" in data] == []
    (one, _) = built.index.collection.essays
    assert not any("SECRET" in p.words for p in one.passages), "of which the search is made"
    page = html.fromstring(written["site/essays/ada.html"]).text_content()
    assert "<!-- shown -->" in page
    assert "<!-- shown too -->" in page


def test_no_sign_in_a_name_ends_the_fragment_it_stands_in(tmp_path: Path) -> None:
    name = """It's \\ "tea" \\' %} {{ 7 * 7 }} \\n {% endif %}"""
    claims = CLAIMS.replace("claim: Tea wakes people up.", f"claim: {json.dumps(name)}")
    root = make(tmp_path, {"essays/claims.yml": claims})
    assert pipeline.build(root)[1] == []
    page = html.fromstring((root / "site/essays/ada.html").read_bytes())
    (claim,) = page.xpath("//li[@id='cc-claim-tea-wakes']/span")
    assert claim.text_content() == name


def test_links_in_a_quoted_passage_lead_where_they_led(tmp_path: Path) -> None:
    body = (
        "See [two](ben.md), ![a](y.png), [up](#next), [ref][1], [Ref][], `[c](d)`[^n] wakes.\n"
        "{: #tea asserts='tea-wakes' }\n\nNext.\n{: #next .aside }\n\n"
        "[1]: https://example.org/1\n\n[ref]: https://example.org/2\n\n[^n]: A note.\n"
    )
    root = make(tmp_path, {"essays/ada.md": essay("") + body, "docs/essays/y.png": b"png"})
    built, failed = pipeline.build(root)
    assert (errors(built.findings), failed) == ((), [])
    claim = html.fromstring((root / "site/claims/tea-wakes.html").read_bytes())
    quote = claim.cssselect("blockquote")[0]
    assert [a.get("href") for a in quote.cssselect("a")] == [
        "../essays/ben.html",
        "../essays/ada.html#next",
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert quote.cssselect("img")[0].get("src") == "../essays/y.png"
    assert quote.cssselect("code")[0].text == "[c](d)"
    assert "[^n]" not in quote.text_content()


def test_a_title_cannot_be_html(tmp_path: Path) -> None:
    bad = "x </title></h1><img src=x onerror=alert(1)> <div> y"
    make(
        tmp_path,
        {
            "essays/claims.yml": CLAIMS.replace("Tea wakes people up.", f"'{bad}'"),
            "essays/ada.md": ADA.replace("title: On tea", f"title: '{bad}'"),
        },
    )
    _, failed = pipeline.build(tmp_path)
    assert failed == []
    for path in ("claims/tea-wakes.html", "essays/ada.html", "index.html", "claims/index.html"):
        page = html.fromstring((tmp_path / "site" / path).read_bytes())
        assert not page.cssselect("img[onerror]"), path


def test_names_cannot_collide_with_the_pages_own(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "essays/ada.md": ADA.replace("#tea-wakes-everybody", "#cc-argues"),
            "essays/authors.yml": AUTHORS + "- name: '!!!'\n",
        },
    )
    assert sorted(codes(tmp_path)) == ["bad-id", "bad-id"]


def test_an_author_named_twice_counts_once(tmp_path: Path) -> None:
    make(tmp_path, {"essays/ada.md": ADA.replace("Ada Byron", "[Ada Byron, ada-byron, Ada Byron]")})
    checked = pipeline.check(tmp_path)
    assert checked.findings == ()
    assert checked.index.collection.essays[0].authors == ("ada-byron",)


@pytest.mark.parametrize("was", ["[tea-wakes]", "['']", "[tea-calms]", "[a-b, a-b]"])
def test_a_former_id_must_be_free(tmp_path: Path, was: str) -> None:
    claims = CLAIMS.replace("  theme", f"  was: {was}\n  theme", 1)
    make(tmp_path, {"essays/claims.yml": claims})
    assert set(codes(tmp_path)) <= {"duplicate-claim", "bad-id", "renamed-claim"}
    assert codes(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("essays/claims.yml", "[" * 3000, "bad-yaml"),
        ("essays/claims.yml", CLAIMS.replace("Tea wakes people up.", '"Tea \\ud800"'), "bad-yaml"),
        ("essays/ada.md", essay("* " * 20000 + "x\n"), "too-deep"),
        ("essays/authors.yml", "a: &a [x]\n" + "".join(
            f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=True)
        ), "wrong-shape"),
    ],
    ids=["brackets", "surrogate", "stars", "aliases"],
)  # fmt: skip
def test_hostile_files_are_findings_and_quickly(
    tmp_path: Path, file: str, content: str, code: str
) -> None:
    assert code in codes(make(tmp_path, {file: content}))


def test_files_an_editor_or_system_hides_are_no_essays(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "essays/.#ada.md").symlink_to("nobody@nowhere.1")
    (tmp_path / "essays/._ben.md").write_bytes(b"\x00\x05\x16\x07\xff")
    (tmp_path / "essays/folder.md").mkdir()
    os.mkfifo(tmp_path / "essays/pipe.md")
    assert codes(tmp_path) == []


def test_an_essay_among_the_originals_is_an_original(tmp_path: Path) -> None:
    make(tmp_path, {"essays/originals/tea.md": ADA, "essays/drafts/tea.md": ADA})
    findings = pipeline.check(tmp_path).findings
    assert [str(f.place) for f in findings if f.code == "ignored-file"] == [
        "essays/drafts/tea.md:1"
    ]


def test_ids_are_written_between_windows_line_ends(tmp_path: Path) -> None:
    text = essay("Tea wakes.\n").replace("\n", "\r\n").encode()
    make(tmp_path, {"essays/ada.md": text})
    assert pipeline.give_ids(tmp_path) == ({"essays/ada.md": ("tea-wakes",)}, [])
    assert (tmp_path / "essays/ada.md").read_bytes() == text + b"{: #tea-wakes }\r\n"


def test_ids_are_written_through_a_link(tmp_path: Path) -> None:
    make(tmp_path, {"essays/ada.md": None, "elsewhere.md": essay("Tea wakes.\n")})
    (tmp_path / "essays/ada.md").symlink_to(tmp_path / "elsewhere.md")
    pipeline.give_ids(tmp_path)
    assert (tmp_path / "essays/ada.md").is_symlink()
    assert "#tea-wakes" in (tmp_path / "elsewhere.md").read_text()


@pytest.mark.parametrize("authors", ["[]\n", "[{name: Ada Byron}]\n", "- name: Ada Byron\n...\n"])
def test_add_never_leaves_an_authors_file_that_cannot_be_read(
    tmp_path: Path, authors: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path, {"essays/authors.yml": authors})
    (tmp_path / "k.txt").write_text("On tea\n\nby Cy Young\n\n" + "Tea is good for you. " * 9)
    before = tree(tmp_path)
    result = CliRunner().invoke(main, ["add", "k.txt"])
    if result.exit_code:
        assert result.stdout.startswith("wrong-shape essays/authors.yml:1 ")
        assert tree(tmp_path) == before
    else:
        assert not {"bad-yaml", "wrong-shape"} & set(codes(tmp_path))


def test_add_finds_a_free_id_for_a_namesake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    (tmp_path / "k.txt").write_text("On tea\n\n" + "Tea is good for you. " * 9)
    result = CliRunner().invoke(main, ["add", "--author", "  Áda \n Byron ", "k.txt"])
    assert result.exit_code == 0, result.output
    authors = (tmp_path / "essays/authors.yml").read_text("utf-8")
    assert "id: ada-byron-2\n  name: Áda Byron\n" in authors
    assert "duplicate-id" not in codes(tmp_path)


def test_an_original_with_a_strange_name_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    (tmp_path / "a  b's: c.txt").write_text("On tea\n\n" + "Tea is good for you. " * 9)
    result = CliRunner().invoke(main, ["add", "--author", "Ada Byron", "a  b's: c.txt"])
    assert result.exit_code == 0, result.output
    assert "missing-original" not in codes(tmp_path)


def test_a_narrow_terminal_is_no_reason_to_fail(tmp_path: Path) -> None:
    make(tmp_path, {"essays/ben.md": BEN.replace("asserts", "assert")})
    done = subprocess.run(
        [sys.executable, "-m", "crossclaim", "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"unknown-stance essays/ben.md:9" in done.stdout


@pytest.mark.slow
def test_builds_at_the_same_time_leave_one_whole_site(tmp_path: Path) -> None:
    pipeline.build(make(tmp_path))
    alone = set(tree(tmp_path))
    make(tmp_path, {"essays/claims.yml": CLAIMS.replace("wakes people up", "wakes the dead")})
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "crossclaim", "build"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ends = [(*run.communicate(), run.returncode) for run in runs]
    # One that comes in another's way may say so, in a line.
    said = [out.split()[0] for out, _, _ in ends]
    assert {(word, code) for word, (_, _, code) in zip(said, ends, strict=True)} <= {
        ("Built", 0), ("not-written", 1), ("not-rendered", 1),
    }, ends  # fmt: skip
    assert "Built" in said
    assert "Traceback" not in "".join(err for _, err, _ in ends)
    assert set(tree(tmp_path)) == alone
    assert b"Tea wakes the dead." in tree(tmp_path)["site/claims/tea-wakes.html"]
    assert codes(tmp_path) == []


def test_checking_does_not_make_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crossclaim.site import pages

    monkeypatch.setattr(pages, "render_template", lambda *_, **__: pytest.fail("a page was made"))
    assert codes(make(tmp_path)) == []
