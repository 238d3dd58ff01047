"""What a page weighs does not grow with the collection."""

import gzip
from pathlib import Path

from lxml import html

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.site import pages


def weights(root: Path, essays: int) -> dict[str, int]:
    """The compressed weight of one essay's page, in a collection in which all share two claims."""
    names = [f"Author {'ABCDEFGHIJ'[e // 26 % 10]}{chr(65 + e % 26)}x" for e in range(essays)]
    files = {"essays/authors.yml": "".join(f"- name: {n}\n" for n in names)}
    for e, name in enumerate(names):
        body = "\n".join(
            f"Tea wakes us, number {e}, time {n}.\n{{: #tea-{n} asserts='tea-wakes' reports='tea-calms' }}\n"
            for n in range(8)
        )
        files[f"essays/e{e:03}.md"] = essay(body, f"title: Tea {e}\nauthor: {name}")
    root = make(root, {**files, "essays/ada.md": None, "essays/ben.md": None})
    checked = pipeline.check(root)
    assert checked.buildable, checked.findings
    rendered = pages.render_pages(checked.index, checked.settings)
    return {path: len(gzip.compress(rendered[path].encode())) for path in ("essays/e001.md",)}


def test_an_essays_page_does_not_grow_with_the_number_of_essays(tmp_path: Path) -> None:
    some, many = weights(tmp_path / "some", 12), weights(tmp_path / "many", 48)
    for path, weight in some.items():
        assert many[path] < 1.1 * weight, path


def test_a_passage_of_one_claim_is_fourteen_elements_at_most_and_twice_its_bytes(
    tmp_path: Path,
) -> None:
    prose = (
        "Tea wakes whoever drinks it late in the evening, and nobody has ever asked it not to. " * 6
    )
    claims = [f"c{n}" for n in range(28)]
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/claims.yml"] = "".join(
        f"- {{id: {c}, claim: Claim number {c} is so., theme: T, about: x}}\n" for c in claims
    )
    names = [f"Author {letter}x" for letter in "ABCDEFG"]
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in names)
    for e, name in enumerate(names):
        body = "\n".join(
            f'{prose}\n{{: #p-{n} asserts="{claims[(n * 7 + e) % 28]}" }}\n' for n in range(20)
        )
        files[f"essays/e{e}.md"] = essay(body, f"title: Tea {e}\nauthor: {name}")
    root = make(tmp_path, files)
    _, failed = pipeline.build(root)
    assert failed == []
    page = html.fromstring((root / "site/essays/e0.html").read_bytes())
    assert sum(1 for e in page.iter() if isinstance(e.tag, str)) <= 14 * 20
    source, written = (root / f"{folder}/e0.md" for folder in ("essays", "docs/essays"))
    assert source.stat().st_size * 0.9 < written.stat().st_size < 2 * source.stat().st_size
