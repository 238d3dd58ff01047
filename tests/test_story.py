"""From files to a site: what is written, what is left alone, what survives a mistake."""

import os
from pathlib import Path

import pytest
from lxml import html

from collections_made import ADA, CLAIMS, SMALL, essay, make, tree
from crossclaim import pipeline
from crossclaim.content.memory import remembering
from crossclaim.findings import errors
from crossclaim.site import renderer


def rendered_pages(site: Path) -> set[str]:
    return {path for path in tree(site) if path.endswith(".html") and path != "404.html"}


def test_a_small_collection_becomes_a_site(tmp_path: Path) -> None:
    built, failed = pipeline.build(make(tmp_path))
    assert (built.findings, failed) == ((), [])
    assert rendered_pages(tmp_path / "site") == {
        "index.html",
        "search.html",
        "essays/index.html",
        "essays/ada.html",
        "essays/ben.html",
        "claims/index.html",
        "claims/map.html",
        "compare/ada-byron--ben-jonson.html",
        "claims/tea-wakes.html",
        "claims/tea-calms.html",
        "authors/index.html",
        "authors/ada-byron.html",
        "authors/ben-jonson.html",
    }


def test_an_error_writes_nothing_and_the_last_good_site_stays(tmp_path: Path) -> None:
    pipeline.build(make(tmp_path))
    before = tree(tmp_path)
    make(tmp_path, {"essays/ada.md": ADA.replace("tea-wakes", "no-such-claim")})
    built, _ = pipeline.build(tmp_path)
    assert [f.code for f in errors(built.findings)] == ["unknown-claim", "bad-id"][:1]
    assert not built.buildable
    after = tree(tmp_path)
    assert {path for path in after if after[path] != before.get(path)} == {"essays/ada.md"}


def test_a_page_the_renderer_refuses_leaves_the_last_good_site(tmp_path: Path) -> None:
    pipeline.build(make(tmp_path))
    before = tree(tmp_path / "site")
    make(tmp_path, {"docs/guide.md": "[nowhere](nowhere.md)\n"})
    _, failed = pipeline.build(tmp_path)
    assert [f.code for f in failed] == ["not-rendered"]
    assert "nowhere.md" in failed[0].message
    assert tree(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site")] == []


def test_unchanged_pages_are_left_alone(tmp_path: Path) -> None:
    pipeline.write_docs(make(tmp_path), pipeline.check(tmp_path))
    docs = tmp_path / "docs"
    for path in docs.rglob("*"):
        os.utime(path, (1, 1))
    make(
        tmp_path, {"essays/ben.md": essay("Tea is dear.\n{: #tea-is-dear asserts='tea-calms' }\n")}
    )
    changed, gone = pipeline.write_docs(tmp_path, pipeline.check(tmp_path))
    files = (p for p in docs.rglob("*.*") if p.is_file() and p.name != ".crossclaim-pages")
    touched = {p.relative_to(docs).as_posix() for p in files if p.stat().st_mtime > 1}
    assert len(touched) == changed
    assert gone == 2, "Ben has no essay any more, and nobody to be compared with"
    assert "essays/ben.md" in touched
    assert "claims/tea-calms.md" in touched
    assert "assets/search/data/index.idx" in touched
    assert "assets/search/page.js" not in touched
    again = pipeline.write_docs(tmp_path, pipeline.check(tmp_path))
    assert again == (0, 0)


def test_pages_of_what_is_gone_go_and_a_persons_files_stay(tmp_path: Path) -> None:
    make(tmp_path, {"docs/about.md": "# By hand\n", "docs/essays/note.txt": "by hand"})
    pipeline.write_docs(tmp_path, pipeline.check(tmp_path))
    (tmp_path / "essays/ben.md").unlink()
    pipeline.write_docs(tmp_path, pipeline.check(tmp_path))
    pages = tree(tmp_path / "docs")
    assert "essays/ben.md" not in pages
    assert "authors/ben-jonson.md" not in pages
    assert pages["about.md"] == b"# By hand\n"
    assert pages["essays/note.txt"] == b"by hand"


def test_a_persons_file_is_never_written_over(tmp_path: Path) -> None:
    make(tmp_path, {"docs/claims/tea-wakes.md": "# By hand\n"})
    built, _ = pipeline.build(tmp_path)
    assert [f.code for f in built.findings] == ["page-in-the-way"]
    assert list(tree(tmp_path / "docs")) == ["claims/tea-wakes.md"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("README.md", ["README.md"]),
        ("claims/README.md", ["claims/README.md"]),
        ("index.html", ["index.html"]),
        ("claims/tea-wakes.html", ["claims/tea-wakes.html"]),
        ("claims", ["claims"]),
        ("assets/search/data", ["assets/search/data"]),
        ("assets/crossclaim.css", ["assets/crossclaim.css"]),
        ("compare/README.md", []),
        ("claims/tea-wakes.txt", []),
        ("assets/crossclaim.html", []),
        ("readme.md", []),
    ],
)
def test_what_the_renderer_would_put_where_a_page_goes_is_in_the_way(
    tmp_path: Path, file: str, said: list[str]
) -> None:
    checked = pipeline.check(make(tmp_path, {f"docs/{file}": "By hand\n"}))
    assert [(f.code, f.place.file) for f in checked.findings] == [
        ("page-in-the-way", f"docs/{path}") for path in said
    ]


def test_a_write_that_is_cut_off_does_not_lock_the_next_build_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    checked = pipeline.check(tmp_path)
    from crossclaim import files

    real, count = files.write_in_place, 0

    def failing(path: Path, content: bytes) -> bool:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(files, "write_in_place", failing)
    with pytest.raises(OSError, match="No space"):
        pipeline.write_docs(tmp_path, checked)
    monkeypatch.setattr(files, "write_in_place", real)
    assert pipeline.build(tmp_path)[0].findings == ()


def test_an_old_address_leads_to_the_claim(tmp_path: Path) -> None:
    was = CLAIMS.replace("  theme", "  was: [tea-rouses, tea-stirs]\n  theme", 1)
    pipeline.build(make(tmp_path, {"essays/claims.yml": was}))
    for old in ("tea-rouses", "tea-stirs"):
        page = (tmp_path / f"site/claims/{old}.html").read_text("utf-8")
        assert 'content="0; url=tea-wakes.html"' in page
        assert '<a href="tea-wakes.html">Tea wakes people up.</a>' in page


def test_the_address_of_a_paragraph_that_became_part_of_another_still_leads_there(
    tmp_path: Path,
) -> None:
    text = SMALL["essays/ada.md"].replace(" }\n", ' was="former" }\n')
    root = make(tmp_path, {"essays/ada.md": text})
    checked, failed = pipeline.build(root)
    assert (checked.findings, failed) == ((), [])
    page = html.fromstring((root / "site/essays/ada.html").read_bytes())
    (anchor,) = page.cssselect("#former")
    assert anchor.getparent() is page.cssselect("#tea-wakes-everybody")[0]


def test_a_fourth_author_appears_in_every_index_without_touching_code(tmp_path: Path) -> None:
    authors = "- name: Ada Byron\n- name: Ben Jonson\n- name: Zoë Čapek\n"
    new = essay(
        "Tea wakes me.\n{: #tea-wakes-me asserts='tea-wakes' }\n",
        "title: Tea at night\nauthor: Zoë Čapek",
    )
    make(tmp_path, {"essays/authors.yml": authors, "essays/zoe.md": new})
    built, failed = pipeline.build(tmp_path)
    assert (built.findings, failed) == ((), [])
    for page in (
        "index.html",
        "essays/index.html",
        "claims/index.html",
        "authors/index.html",
        "claims/tea-wakes.html",
        "authors/zoe-capek.html",
        "authors/ada-byron.html",
        "essays/ada.html",
    ):
        text = (tmp_path / "site" / page).read_text("utf-8")
        assert "Čapek" in text, page


def test_the_site_can_be_built_over_and_over(tmp_path: Path) -> None:
    make(tmp_path)
    pipeline.build(tmp_path)
    first = tree(tmp_path / "site")
    pipeline.build(tmp_path)
    second = tree(tmp_path / "site")
    assert set(first) == set(second)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site")] == []


def test_a_broken_mkdocs_yml_is_said_in_one_line(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nuse_directory_urls: false\ntheme: nosuch\n")
    with remembering(tmp_path) as memory:
        failed = renderer.preflight(tmp_path, tmp_path / "site", memory)
    assert [f.code for f in failed] == ["not-rendered"]
    assert "nosuch" in failed[0].message
    assert not (tmp_path / "site").exists()
