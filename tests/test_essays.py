"""Essays and authors listed, renamed, merged, removed: addresses stay, and so does all the rest."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collections_made import ADA, AUTHORS, BEN, assert_refused, essay, make, tree
from crossclaim import files, pipeline
from crossclaim.agreement.comparing import compare_copies
from crossclaim.cli import main
from crossclaim.content.essay import read_writers
from crossclaim.content.essay_edit import with_front_texts
from crossclaim.content.registry import read_authors, with_changed_authors
from crossclaim.content.second_readings import changed_since, read_readings, tags_digest
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.model import Collection

TWO = essay(
    """\
    Tea is dear. [Elsewhere](ada.md#tea-wakes-everybody) it is not, says [Ben](ben.md).
    {: #tea-is-dear asserts="tea-calms? tea-wakes" }

    So it goes.
    {: #so-it-goes .aside }

    Or does it?
    {: #or-does-it }
    """,
    "title: Tea, twice\nauthor: [Ben Jonson, ada-byron]\noriginal: originals/tea.txt",
)
MORE = {
    "essays/two.md": TWO,
    "essays/ada.md": ADA.replace("publish:", "original: originals/tea.txt\npublish:"),
    "essays/ben.md": BEN.replace("publish:", "original: originals/ben.txt\npublish:"),
    "essays/originals/tea.txt": "Tea.\n",
    "essays/originals/ben.txt": "Ben.\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path, MORE)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def text(root: Path, file: str) -> str:
    return (root / file).read_text("utf-8")


def load(root: Path) -> Collection:
    return pipeline.check(root).loaded.collection


# -- lists


def test_essays_are_listed_with_what_is_left_to_do(root: Path) -> None:
    assert run("essays").stdout.splitlines() == [
        "id   author                 date  passages  tagged  aside  suggested  untagged  title",
        "ada  Ada Byron                           1       1      0          0         0  On tea",
        "ben  Ben Jonson                          1       1      0          0         0  Against tea",
        "two  Ben Jonson, Ada Byron               3       0      1          1         1  Tea, twice",
    ]


def test_claims_are_listed_with_who_is_for_and_against(root: Path) -> None:
    assert run("claims").stdout.splitlines() == [
        "id         passages  authors  for  against  suggested  label",
        "tea-wakes         3        2    2        1          0  Tea wakes people up",
        "tea-calms         1        1    1        0          1  Tea calms people down",
    ]


def test_authors_are_listed_with_their_essays(root: Path) -> None:
    assert run("authors").stdout.splitlines() == [
        "id          essays  name",
        "ada-byron        2  Ada Byron",
        "ben-jonson       2  Ben Jonson",
    ]


def test_what_cannot_be_read_is_said_before_the_list(root: Path) -> None:
    make(root, {"essays/ada.md": b"\xff"})
    said = run("essays").stdout.splitlines()
    assert said[0].startswith("not-utf-8 essays/ada.md:1 ")
    assert [line.split()[0] for line in said[1:]] == ["id", "ben", "two"]


# -- an essay gets another id


def test_an_essay_gets_another_id_and_its_old_address_leads_there(root: Path) -> None:
    before = tree(root)
    said = run("essays", "rename", "essays/ada.md", "byron")
    assert said.stdout == (
        "Look at what links to “ada”: essays/two.md:9.\n"
        "“ada” is now “byron”.\n"
        "  essays/ada.md: 1 line, now essays/byron.md\n"
    )
    after = tree(root)
    assert after.pop("essays/byron.md").decode() == before.pop("essays/ada.md").decode().replace(
        "publish: full\n", "publish: full\nwas: [ada]\n"
    )
    assert after == before
    assert run("essays", "rename", "byron", "lovelace").exit_code == 0
    (root / "essays/two.md").unlink()
    assert pipeline.build(root)[1] == []
    for former in ("ada", "byron"):
        page = text(root, f"site/essays/{former}.html")
        assert "url=lovelace.html" in page
        assert '<script src="../assets/moved.js" defer></script>' in page
        assert not (root / f"docs/essays/{former}.md").exists()
    assert 'id="tea-wakes-everybody"' in text(root, "site/essays/lovelace.html")


def test_back_to_the_old_id(root: Path) -> None:
    run("essays", "rename", "ada", "byron")
    run("essays", "rename", "byron", "ada")
    assert "was: [byron]" in text(root, "essays/ada.md")
    assert pipeline.check(root).buildable


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "adda", "x"), "unknown-essay essays:1 “adda” is no essay here — did you mean “ada”?"),
        (("rename", "countess", "x"), "unknown-essay essays:1 “countess” is no essay here — it is “ben” now"),
        (("rename", "ada", "ben"), "duplicate-id essays/ben.md:2 the id “ben” is in use — choose another id"),
        (("rename", "ada", "countess"), "duplicate-id essays/ben.md:2 the id “countess” is in use, as a former id of “ben” — choose another id"),
        (("rename", "ada", "On Tea"), "bad-id essays/ada.md:2 “On Tea” cannot be the id of a page"),
        (("rename", "ada", "../x"), "bad-id essays/ada.md:2 “../x” cannot be"),
        (("remove", "adda"), "unknown-essay essays:1 “adda”"),
        (("remove", "ada", "--was", "benn"), "unknown-essay essays:1 “benn” is no essay here — did you mean “ben”?"),
        (("remove", "ada", "ben", "--was", "ada"), "bad-answer essays/ada.md:2 “ada” is to go and to stay"),
        (("remove", "ada"), "bad-answer essays/ada.md:2 “ada” would go, with 1 passage — give --yes to remove, --dry-run to see what goes"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_to_an_essay_is_one_line_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    ben = text(root, "essays/ben.md").replace("publish:", "was: countess\npublish:")
    make(root, MORE | {"essays/ben.md": ben})
    assert_refused(root, lambda: run("essays", *words), said)


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = tree(root)
    assert run("essays", "rename", "--dry-run", "ben", "jonson").stdout == (
        "Look at what links to “ben”: essays/two.md:9.\n"
        "essays/ben.md:7\n  + was: [ben]\nessays/ben.md becomes essays/jonson.md\n"
    )
    assert run("essays", "remove", "--dry-run", "--authors", "ada", "two").exit_code == 0
    assert run("authors", "rename", "--dry-run", "ada-byron", "ada").exit_code == 0
    assert run("authors", "merge", "--dry-run", "ada-byron", "ben-jonson").exit_code == 0
    assert tree(root) == before


def test_a_file_that_cannot_be_read_stops_it(root: Path) -> None:
    make(root, {"essays/ben.md": "---\ntitle: [\n---\n"})
    before = tree(root)
    for words in (
        ("essays", "rename", "ada", "byron"),
        ("essays", "remove", "--yes", "ada"),
        ("authors", "rename", "ada-byron", "byron"),
        ("authors", "merge", "ada-byron", "ben-jonson"),
    ):
        said = run(*words)
        assert (said.exit_code, said.stdout[:9]) == (1, "bad-yaml ")
    assert tree(root) == before


def test_a_second_reading_knows_an_essay_under_its_new_id(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = make(tmp_path_factory.mktemp("copy"), MORE)
    run("essays", "rename", "ada", "byron")
    run("-C", str(copy), "essays", "rename", "ben", "jonson")
    own = load(root)
    compared, _ = compare_copies(root, [copy])
    assert compared
    assert set(compared[1].passages) == {"byron", "ben", "two"}
    digests = {e.id: tags_digest(e, own.claims) for e in own.essays}
    reading = "- {{reader: Zoe, date: 2026-11-22, passages: 1, claims: 2, essays: {{ada: {{passages: 1, tags: {}}}}}}}\n"
    (same,), _ = read_readings(reading.format(digests["byron"]), "")
    (other,), _ = read_readings(reading.format("none"), "")
    assert changed_since(same, own.essays, own.claims) == ()
    assert [e.id for e in changed_since(other, own.essays, own.claims)] == ["byron"]


# -- essays go


def test_an_essay_goes_and_all_that_goes_is_named(root: Path) -> None:
    before = tree(root)
    said = run("essays", "remove", "--yes", "ben")
    assert said.stdout == (
        "“ben” goes: “Against tea”, 1 passage, 1 of them tagged.\n"
        "Look at what links to “ben”: essays/two.md:9.\n"
        "Whoever follows essays/ben.html will find nothing; --was KEPT would lead them on.\n"
        "“ben” is removed.\n"
        "  essays/originals/ben.txt: removed\n"
        "  essays/ben.md: removed\n"
    )
    gone = {"essays/ben.md", "essays/originals/ben.txt"}
    assert tree(root) == {file: data for file, data in before.items() if file not in gone}


def test_an_original_that_another_essay_came_from_stays_and_so_do_authors(root: Path) -> None:
    said = run("essays", "remove", "--yes", "two", "ben", "--was", "ada").stdout
    assert "No other passage carries “tea-calms”." in said
    assert (
        "Ben Jonson (essays/authors.yml:4) has no other essay, and stays; "
        "--authors would take the entry out.\n"
    ) in said
    assert (root / "essays/originals/tea.txt").exists()
    assert text(root, "essays/authors.yml") == AUTHORS
    assert "was: [two, ben]\n" in text(root, "essays/ada.md")
    assert pipeline.build(root)[1] == []
    assert "url=ada.html" in text(root, "site/essays/two.html")


def test_authors_who_have_no_essay_left_go_where_that_is_asked(root: Path) -> None:
    assert run("essays", "remove", "--yes", "--authors", "two", "ben").exit_code == 0
    assert text(root, "essays/authors.yml") == AUTHORS.partition("- id: ben")[0]
    assert run("essays", "remove", "--yes", "--authors", "ada").exit_code == 0
    assert load(root).essays == ()
    assert not (root / "essays/originals").exists()


def test_somebody_is_asked_before_an_essay_goes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    monkeypatch.setattr("crossclaim.commands.essays.can_ask", lambda: True)
    no = CliRunner().invoke(main, ["essays", "remove", "ben"], input="n\n")
    assert (no.exit_code, "Remove “ben”?" in no.stdout) == (1, True)
    assert tree(root) == before
    yes = CliRunner().invoke(main, ["essays", "remove", "ben"], input="y\n")
    assert yes.exit_code == 0
    assert not (root / "essays/ben.md").exists()


# -- authors


def test_an_author_gets_another_id_and_name_everywhere(root: Path) -> None:
    said = run("authors", "rename", "Ada Byron", "lovelace", "--name", "Ada, Countess: Lovelace")
    assert said.stdout == (
        "“Ada Byron” is now “lovelace”, Ada, Countess: Lovelace.\n"
        "  essays/ada.md: 1 line\n  essays/two.md: 1 line\n  essays/authors.yml: 3 lines\n"
    )
    assert text(root, "essays/authors.yml") == AUTHORS.replace(
        "id: ada-byron\n  name: Ada Byron",
        "id: lovelace\n  was: [ada-byron]\n  name: 'Ada, Countess: Lovelace'",
    )
    assert "author: 'Ada, Countess: Lovelace'\n" in text(root, "essays/ada.md")
    assert "author: [Ben Jonson, lovelace]\n" in text(root, "essays/two.md")
    make(root, MORE | {"essays/authors.yml": text(root, "essays/authors.yml"), "essays/two.md": None,
         "essays/ada.md": ADA.replace("Ada Byron", "ada-byron")})  # fmt: skip
    (root / "essays/two.md").unlink()
    assert pipeline.build(root)[1] == [], "an essay may call an author by a former id"
    assert "url=lovelace.html" in text(root, "site/authors/ada-byron.html")
    assert "url=lovelace--ben-jonson.html" in text(root, "site/compare/ada-byron--ben-jonson.html")


def test_an_author_without_an_id_keeps_the_one_made_from_the_name(root: Path) -> None:
    make(root, MORE | {"essays/authors.yml": "- name: Ada Byron\n- {name: Ben Jonson}\n"})
    assert run("authors", "rename", "ada-byron", "ada-byron", "--name", "Ada King").exit_code == 0
    assert run("authors", "rename", "ben-jonson", "ben").exit_code == 0
    assert text(root, "essays/authors.yml") == (
        "- name: Ada King\n  id: ada-byron\n- {name: Ben Jonson, id: ben, was: [ben-jonson]}\n"
    )
    assert pipeline.check(root).buildable


def test_two_authors_turn_out_to_be_one(root: Path) -> None:
    third = "- name: A. Byron\n  was: [countess]\n  about: A countess.\n  links:\n    home: https://example.org\n"
    make(root, MORE | {"essays/authors.yml": AUTHORS + third,
         "essays/two.md": TWO.replace("ada-byron", "a-byron, Ada Byron")})  # fmt: skip
    said = run("authors", "merge", "a-byron", "ada-byron")
    assert said.stdout == (
        "“a-byron” said, for you to fold into “ada-byron”:\n"
        "  name: A. Byron\n  about: A countess.\n  links: home: https://example.org\n"
        "“a-byron” is now one with “ada-byron”.\n"
        "  essays/two.md: 1 line\n  essays/authors.yml: 6 lines\n"
    )
    assert text(root, "essays/authors.yml") == AUTHORS.replace(
        "id: ada-byron\n", "id: ada-byron\n  was: [countess, a-byron]\n"
    )
    assert "author: [Ben Jonson, Ada Byron]" in text(root, "essays/two.md")
    assert pipeline.check(root).buildable


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "ada-byro", "x"), "unknown-author essays/authors.yml:1 “ada-byro” is not in authors.yml — did you mean “ada-byron”?"),
        (("rename", "ben", "x"), "unknown-author essays/authors.yml:1 “ben” is not in authors.yml — it is “ben-jonson” now"),
        (("rename", "ada-byron", "ben"), "duplicate-id essays/authors.yml:4 the id “ben” is in use, as a former id of “ben-jonson”"),
        (("rename", "ada-byron", "Ada"), "bad-id essays/authors.yml:1 “Ada” cannot be the id of a page"),
        (("rename", "ada-byron", "x", "--name", "Ben Jonson"), "duplicate-id essays/authors.yml:4 “Ben Jonson” is the name of “ben-jonson” — merge the two"),
        (("merge", "ada-byron", "ada"), "unknown-author essays/authors.yml:1 “ada”"),
        (("merge", "ada-byron", "ada-byron"), "bad-answer essays/authors.yml:1 “ada-byron” is named twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_to_an_author_is_one_line_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    make(root, {"essays/authors.yml": AUTHORS + "  was: ben\n"})
    assert_refused(root, lambda: run("authors", *words), said)


# -- cut off


@pytest.mark.parametrize(
    "words",
    [
        ("essays", "rename", "ada", "byron"),
        ("essays", "remove", "--yes", "--authors", "two", "--was", "ada"),
        ("authors", "rename", "ben-jonson", "ben", "--name", "Ben"),
        ("authors", "merge", "ben-jonson", "ada-byron"),
    ],
)
@pytest.mark.parametrize("steps", range(4))
def test_cut_off_anywhere_the_same_command_does_the_rest(
    root: Path, words: tuple[str, ...], steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0

    def limited(real: object) -> object:
        def step(path: Path, *rest: object) -> object:
            nonlocal count
            count += 1
            if count > steps:
                raise OSError(28, "No space left on device", str(path))
            return real(path, *rest)  # type: ignore[operator]

        return step

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", limited(files.write))
        patch.setattr(files, "remove_file", limited(lambda path, within: path.unlink()))
        patch.setattr(Path, "rename", limited(Path.rename))
        assert run(*words).exit_code in (0, 1)
    again = run(*words)
    assert again.exit_code == 0 or again.stdout.startswith("unknown-essay")
    done = tree(root)
    for file in root.glob("essays/**/*.*"):
        file.unlink()
    make(root, MORE)
    assert run(*words).exit_code == 0
    assert tree(root) == done, "as if it had not been cut off"


# -- front matter and registry, to the byte


@pytest.mark.parametrize(
    ("front", "key", "values", "changed"),
    [
        ("title: T\nwas: old  # once", "was", ["old", "new"], "title: T\nwas: [old, new]  # once"),
        ("title: T\nwas:\n- old\nx: y", "was", ["old", "b"], "title: T\nwas:\n- old\n- b\nx: y"),
        ("title: T\nwas: [old]", "was", [], "title: T"),
        ("author: 'Ada'  # she\ntitle: T", "author", ["Ben"], "author: 'Ben'  # she\ntitle: T"),
        ("author: [Ada, Ben]\ntitle: T", "author", ["Zoe", "Ben"], "author: [Zoe, Ben]\ntitle: T"),
        ("title: >-\n  Long\n  title", "was", ["a"], "title: >-\n  Long\n  title\nwas: [a]"),
        ("{title: T}", "was", ["a"], "{title: T, was: [a]}"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_changes_in_one_field_alone(
    front: str, key: str, values: list[str], changed: str, end: str
) -> None:
    def file(inner: str) -> str:
        return f"\ufeff---\n{inner}\n---\n\nTea.  \n---\n".replace("\n", end)

    assert with_front_texts(file(front), key, values) == file(changed)


@pytest.mark.parametrize("front", ["", "author: &a Ada\ntitle: *a\n", "author: {a: b}\n", "{}\n"])
def test_front_matter_that_cannot_be_changed_safely_is_not(front: str) -> None:
    with pytest.raises(CannotEdit):
        with_front_texts(f"---\n{front}---\n\nTea.\n", "author", ["Ben"])


def test_a_file_without_front_matter_has_no_writers_and_gets_none() -> None:
    assert read_writers("Tea.\n") == ()
    with pytest.raises(CannotEdit):
        with_front_texts("Tea.\n", "author", ["Ben"])


def test_comments_and_order_of_the_registry_stay() -> None:
    registry = "# who\n- name: Ada  # she\n  about: x\n\n# the second\n- name: Ben\n"
    (ada, ben), _ = read_authors(registry, "")
    assert with_changed_authors(registry, {ada.id: None}) == "# who\n# the second\n- name: Ben\n"
    assert with_changed_authors(registry, {ben.id: None}) == registry.partition("\n# the second")[0]
