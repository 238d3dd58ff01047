"""The command line as an editor uses it, with wrong input too."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from collections_made import ADA, BEN, essay, make, tree
from crossclaim import pipeline
from crossclaim.cli import main

TEXT = """\
The trouble with kettles

by Zoë Čapek

Kettles are loud, and that is the whole of what I have to say about them on this long evening.

They are also hot, which nobody denies, and which I mention only for the sake of completeness.

Zoë Čapek is a writer of short texts.
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_exit_codes_0_1_2(root: Path) -> None:
    assert run("check").exit_code == 0
    make(root, {"essays/ada.md": ADA.replace("asserts", "assert")})
    assert run("check").exit_code == 1
    assert run("check", "--nonsense").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("add").exit_code == 2


def test_a_warning_is_a_finding_but_does_not_stop_a_build(root: Path) -> None:
    make(root, {"essays/ada.md": essay("Tea.\n{: #tea }\n\nWakes.\n{: #w asserts='tea-wakes' }\n")})
    checked = run("check")
    assert checked.exit_code == 0
    assert checked.stdout.startswith("untagged essays/ada.md:8 “Tea. …” carries no claim")
    assert run("check", "--strict").exit_code == 1
    built = run("build")
    assert built.exit_code == 0
    assert built.stdout.startswith("Built 2 essays, 2 claims. Open site/index.html")
    assert built.stderr == "1 warning: “crossclaim check” tells them.\n"


def test_many_warnings_bury_no_error(root: Path) -> None:
    many = "".join(f"Cup {cup} of tea.\n{{: #cup-{cup} }}\n\n" for cup in range(200))
    many += "Tea wakes.\n{: #tea asserts='tea-wakes' }\n"
    make(root, {"essays/ada.md": essay(many), "essays/ben.md": BEN.replace("rejects", "reject")})
    checked = run("check")
    assert checked.stdout.startswith("unknown-stance essays/ben.md:9 ")
    assert len(checked.stdout.splitlines()) == 1 + 5
    assert checked.stderr == "1 error, 200 warnings; “crossclaim check --all” prints each.\n"
    every = run("check", "--all")
    assert every.stdout.startswith("unknown-stance essays/ben.md:9 ")
    assert [len(every.stdout.splitlines()), every.exit_code] == [201, 1]
    assert len(json.loads(run("check", "--json").stdout)) == 201
    built = run("build")
    assert built.stdout.startswith("unknown-stance essays/ben.md:9 ")
    assert len(built.stdout.splitlines()) == 1


def test_a_check_of_essays_that_are_named(root: Path) -> None:
    make(
        root,
        {
            "essays/ada.md": ADA + "\nMore.\n{: #more }\n",
            "essays/ben.md": BEN.replace("rejects", "reject"),
        },
    )
    for name in ("ada", "ada.md", "essays/ada.md"):
        result = run("check", name)
        assert result.stdout.startswith("untagged essays/ada.md:11 ")
        assert (result.stdout.count("\n"), result.exit_code) == (1, 0)
        assert result.stderr == "0 errors, 1 warning\n1 error elsewhere in the collection.\n"
    assert run("check", "ada", "ben").exit_code == 1
    unknown = run("check", "adda")
    assert (
        unknown.stdout == "unknown-essay essays:1 “adda” is no essay here — did you mean “ada”?\n"
    )
    assert unknown.exit_code == 1


def test_a_build_with_an_error_says_so_and_fails(root: Path) -> None:
    make(root, {"essays/ada.md": ADA.replace("asserts", "assert")})
    built = run("build")
    assert built.exit_code == 1
    assert built.stderr == "Not built: 1 error. The last good site stays.\n"
    assert not (root / "site").exists()


def test_findings_for_machines(root: Path) -> None:
    make(root, {"essays/ada.md": ADA.replace("asserts", "assert")})
    result = run("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "code": "unknown-stance",
            "severity": "error",
            "file": "essays/ada.md",
            "line": 9,
            "message": "“assert” is no stance",
            "hint": "did you mean “asserts”?",
        }
    ]
    make(root)
    assert json.loads(run("check", "--json").stdout) == []


def test_a_folder_without_a_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "holds no collection" in result.stderr


def test_places_are_given_from_where_one_stands(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(root, {"essays/ada.md": ADA.replace("asserts", "assert")})
    monkeypatch.chdir(root.parent)
    result = run("-C", root.name, "check")
    assert f"unknown-stance {root.name}/essays/ada.md:9 " in result.stdout


def test_from_a_subfolder_the_program_finds_its_collection(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(root, {"essays/ada.md": ADA.replace("asserts", "assert")})
    (root / "essays/originals").mkdir()
    (root / "essays/originals/kettles.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(root / "essays/originals")
    assert "unknown-stance ../../essays/ada.md:9 " in run("check").stdout
    assert run("add", "kettles.txt").exit_code == 0
    monkeypatch.chdir(root / "essays")
    assert run("suggest", "--dry-run", "kettles.md").exit_code == 0
    assert run("-C", ".", "check").exit_code == 2, "what was named is taken at its word"
    assert run("new", "other").stdout.startswith("Started a collection in other,")
    assert (root / "essays/other/mkdocs.yml").is_file()


def test_add_then_edit_then_build(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    said = run("add", "kettles.txt")
    assert said.exit_code == 0, said.output
    assert "Wrote essays/kettles.md from kettles.txt" in said.stdout
    assert "author:      Zoë Čapek\n" in said.stdout
    assert "biography:   Zoë Čapek is a writer of short texts." in said.stdout
    assert "line 3: the byline, kept as author: “by Zoë Čapek”" in said.stdout
    assert (root / "essays/originals/kettles.txt").read_text("utf-8") == TEXT
    assert "id: zoe-capek" in (root / "essays/authors.yml").read_text("utf-8")
    checked = run("check")
    assert "untagged essays/kettles.md" in checked.stdout
    assert "error" not in checked.stdout
    written = (root / "essays/kettles.md").read_text("utf-8")
    tagged = written.replace(
        "#kettles-are-loud-and }", '#kettles-are-loud-and asserts="tea-wakes" }'
    )
    (root / "essays/kettles.md").write_text(tagged, "utf-8")
    assert run("build").exit_code == 0
    assert "Čapek" in (root / "site/claims/tea-wakes.html").read_text("utf-8")


def test_add_a_second_essay_of_an_author_leaves_authors_yml_alone(root: Path) -> None:
    before = (root / "essays/authors.yml").read_bytes()
    (root / "more.txt").write_text(TEXT.replace("Zoë Čapek", "Ada Byron"), "utf-8")
    said = run("add", "more.txt")
    assert "author:      Ada Byron (already in authors.yml)" in said.stdout
    assert (root / "essays/authors.yml").read_bytes() == before


def test_add_keeps_what_stands_in_authors_yml(root: Path) -> None:
    mine = "# my note\n- name: Ada Byron   # first\n- name: Ben Jonson"
    (root / "essays/authors.yml").write_text(mine, "utf-8")
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    assert run("add", "kettles.txt").exit_code == 0
    after = (root / "essays/authors.yml").read_text("utf-8")
    assert after.startswith(mine + "\n\n- id: zoe-capek\n")
    assert "error" not in run("check").stdout


def test_add_dry_run_writes_nothing(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    before = tree(root)
    said = run("add", "--dry-run", "kettles.txt")
    assert said.exit_code == 0
    assert "Would write essays/kettles.md" in said.stdout
    assert tree(root) == before


@pytest.mark.parametrize(
    ("name", "content", "options", "complaint"),
    [
        ("gone.txt", None, [], "missing-file gone.txt:1 cannot be read"),
        ("essays", None, [], "missing-file essays:1 cannot be read: Is a directory"),
        ("https://example.org/tea", None, [], "missing-file https:/example.org/tea:1 this is an address"),
        ("empty.txt", b"", [], "unreadable-original empty.txt:1 no essay was found"),
        ("a.txt", bytes(range(256)), [], "unreadable-original a.txt:1 "),
        ("a.pdf", b"%PDF", [], "unreadable-original a.pdf:1 "),
        ("a.docx", b"PK", [], "unreadable-original a.docx:1 "),
        ("a.epub", b"PK", [], "unreadable-original a.epub:1 "),
        ("a.html", b"", [], "unreadable-original a.html:1 "),
        ("a.jpg", b"", [], "unreadable-original a.jpg:1 a file whose name ends in “.jpg” cannot be read"),
        ("nobody.txt", b"On tea\n\nTea wakes, and so on and on, for a while at least, it does.", ["--strict"],
         "missing-metadata nobody.txt:1 no author was found"),
        ("kettles.txt", TEXT.encode(), ["--id", "No Good"], "bad-id kettles.txt:1 “No Good”"),
        ("kettles.txt", TEXT.encode(), ["--id", "ada"], "already-added essays/ada.md:1"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_said_and_nothing_is_written(
    root: Path, name: str, content: bytes | None, options: list[str], complaint: str
) -> None:
    if content is not None:
        (root / name).write_bytes(content)
    before = tree(root)
    result = run("add", *options, name)
    assert result.exit_code == 1
    assert complaint in result.stdout
    assert tree(root) == before


def test_another_original_of_the_same_name_is_not_written_over(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    assert run("add", "kettles.txt").exit_code == 0
    (root / "kettles.txt").write_text(TEXT + "\nMore.\n", "utf-8")
    assert run("add", "--id", "kettles-again", "kettles.txt").exit_code == 0
    assert (root / "essays/originals/kettles.txt").read_text("utf-8") == TEXT
    assert (root / "essays/originals/kettles.2.txt").read_text("utf-8") == TEXT + "\nMore.\n"
    assert "original: originals/kettles.2.txt" in (root / "essays/kettles-again.md").read_text(
        "utf-8"
    )


def test_adding_a_new_version_updates_the_essay_and_keeps_its_tags(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    run("add", "kettles.txt")
    essay = root / "essays/kettles.md"
    tag = '#kettles-are-loud-and asserts="tea-wakes" }'
    essay.write_text(essay.read_text("utf-8").replace("#kettles-are-loud-and }", tag), "utf-8")
    (root / "kettles.txt").write_text(
        TEXT.replace("Kettles are loud", "Kettles are very loud"), "utf-8"
    )
    before = tree(root)
    said = run("add", "--dry-run", "kettles.txt")
    assert "Would update essays/kettles.md from kettles.txt" in said.stdout
    assert "+Kettles are very loud" in said.stdout
    assert tree(root) == before
    said = run("add", "kettles.txt")
    assert said.exit_code == 0, said.output
    assert "edited: #kettles-are-loud-and “” → “very”" in said.stdout
    written = essay.read_text("utf-8")
    assert "Kettles are very loud" in written
    assert tag in written
    assert "original: originals/kettles.2.txt" in written
    again = tree(root)
    assert "is up to date with kettles.txt; nothing to do." in run("add", "kettles.txt").stdout
    assert tree(root) == again


def test_a_new_version_under_another_name_and_kind_updates_the_same_essay(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    run("add", "kettles.txt")
    title, _, *rest = TEXT.split("\n\n")
    page = f"<html><body><article><h1>{title}</h1><p>by Zoë Čapek</p>"
    page += "".join(f"<p>{text}</p>" for text in rest) + "</article></body></html>"
    (root / "saved-page.html").write_text(page, "utf-8")
    said = run("add", "saved-page.html")
    assert "essays/kettles.md" in said.stdout
    assert not (root / "essays/saved-page.md").exists()


def test_a_new_version_keeps_windows_line_ends(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    run("add", "kettles.txt")
    essay = root / "essays/kettles.md"
    essay.write_bytes(essay.read_bytes().replace(b"\n", b"\r\n"))
    (root / "kettles.txt").write_text(
        TEXT.replace("Kettles are loud", "Kettles are very loud"), "utf-8"
    )
    run("add", "kettles.txt")
    written = essay.read_bytes()
    assert b"very loud" in written
    assert written.count(b"\r\n") == written.count(b"\n")


def test_ids(root: Path) -> None:
    make(root, {"essays/ada.md": essay("Tea wakes everybody.\n")})
    assert "no-id essays/ada.md:8" in run("check").stdout
    assert run("ids").stdout == "essays/ada.md: tea-wakes-everybody\n"
    assert run("ids").stdout == "Every paragraph has an id.\n"
    assert "{: #tea-wakes-everybody }" in (root / "essays/ada.md").read_text("utf-8")


@pytest.mark.parametrize(
    "tag_line",
    ['{: #tea asserts="tea-wakes', '{: #tea asserts="tea-wakes"', "{: asserts=tea-wakes", "{: #tea",
     ': #tea asserts="tea-wakes" }', '#tea asserts="tea-wakes" }', '{: #tea asserts="tea-wakes }',
     "{: #tea asserts=“tea-wakes” }", '{: #tea asserts="tea-wakes ?" }', "\n{: #tea .aside }",
     "Indeed. {: #tea .aside }", '{: tea asserts="tea-wakes" }', '{: #tea asserts="tea-wakes" } Oh.',
     '{: #tea asserts="tea-wakes; tea-calms" }', "{: #tea .asside }", '{: #tea asserts: "tea-wakes" }',
     '{{: #tea asserts="tea-wakes" }', '{: #tea }\n{: #tea asserts="tea-wakes" }'],
)  # fmt: skip
@pytest.mark.parametrize("margin", ["", "> ", "- ", "1. > "])
def test_a_broken_tag_line_is_one_error_at_its_line_and_no_second_one_is_written(
    root: Path, tag_line: str, margin: str
) -> None:
    lines = f"Tea wakes everybody.\n{tag_line}".split("\n")
    further = margin.translate(str.maketrans("-1.", "   "))
    body = "\n".join([margin + lines[0], *(further + line for line in lines[1:])])
    make(root, {"essays/ben.md": BEN, "essays/ada.md": essay(f"No id.\n\n{body}\n")})
    before = tree(root)
    checked = run("check", "ada").stdout.splitlines()
    (own,) = [line for line in checked if not line.startswith(("no-id", "untagged"))]
    place = f"essays/ada.md:{11 + tag_line.count(chr(10))}"
    code = "stray-tag-line" if tag_line.startswith("\n") else "bad-attributes"
    assert own.startswith(f"{code} {place} ")
    assert [found.split()[1] for found in checked if found != own] == ["essays/ada.md:8"] * 2
    ids = run("ids")
    assert (ids.exit_code, ids.stdout, ids.stderr) == (1, f"{own}\n", "No id was written.\n")
    assert tree(root) == before


def test_a_read_only_file_is_refused_by_every_command_and_nothing_is_written(root: Path) -> None:
    (root / "kettles.txt").write_text(TEXT, "utf-8")
    run("add", "kettles.txt")
    (root / "kettles.txt").write_text(TEXT.replace("are loud", "are very loud"), "utf-8")
    (root / "new.txt").write_text("Pots\n\nby Dora Finch\n\n" + "Pots are round. " * 20)
    (root / "essays/ada.md").write_text(essay("Tea wakes everybody.\n"))
    (root / "essays/eve.md").write_text(
        essay("Tea wakes people up.\n{: #tea reports='tea-calms?' }")
    )
    protected = {
        "essays/ada.md": ["ids"],
        "essays/ben.md": ["claims", "rename", "tea-wakes", "tea-rouses"],
        "essays/kettles.md": ["add", "kettles.txt"],
        "essays/authors.yml": ["add", "new.txt"],
        "essays/eve.md": ["suggest", "--again", "eve"],
    }
    for file, words in protected.items():
        (root / file).chmod(0o444)
        before = tree(root)
        said = run(*words)
        assert said.exit_code == 1, (words, said.output)
        place = f"{file}:1 the file is read-only — make it writable"
        assert said.stdout.splitlines()[-1].startswith(f"not-written {place}")
        assert tree(root) == before, words
        (root / file).chmod(0o644)


def test_pages_only_leaves_rendering_to_another_generator(root: Path) -> None:
    result = run("build", "--pages-only")
    assert result.exit_code == 0
    assert (root / "docs/claims/tea-wakes.md").is_file()
    assert not (root / "site").exists()


def test_a_folder_that_cannot_be_written_is_one_line(root: Path) -> None:
    (root / "docs/claims").write_text("a file where a folder must be")
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    assert "docs/claims" in result.stdout


def test_a_fault_of_the_program_is_one_line_too(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(pipeline, "check", broken)
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout == (
        "internal-error .:1 KeyError: 'lost' — please report it, with the file it names\n"
    )


def test_python_m_crossclaim(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crossclaim", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "crossclaim" in done.stdout or "version" in done.stdout


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_import_no_command_and_no_format(word: str) -> None:
    script = (
        "import sys; from crossclaim.cli import main; "
        f"main([{word!r}], 'crossclaim', standalone_mode=False); "
        "print(sorted(m for m in sys.modules if m.startswith('crossclaim.')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert ast.literal_eval(done.stderr) == ["crossclaim.cli"]


def test_checking_imports_nothing_that_only_adding_or_building_needs(root: Path) -> None:
    script = (
        "import sys; from crossclaim.cli import main; "
        "main(['check'], 'crossclaim', standalone_mode=False)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", script],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "crossclaim.content.check" in imported
    unneeded = {"jinja2", "lxml", "mkdocs", "markdown", "numpy", "watchdog", "Stemmer", "bm25s"}
    unneeded |= {"crossclaim.importing", "crossclaim.site.renderer", "email", "importlib.metadata"}
    assert not imported & unneeded


def test_a_review_of_an_essay_that_is_not_there(root: Path) -> None:
    result = run("review", "--no-browser", "adda")
    assert result.exit_code == 2
    assert "there is no essay “adda” — did you mean “ada”?" in result.stderr


def test_a_review_without_its_extra_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossclaim.commands.review.find_spec", lambda name: None)
    result = run("review", "--no-browser", "essays/ada.md")
    assert result.exit_code == 1
    assert result.stderr == ("crossclaim review needs Flask — pip install 'crossclaim[review]'\n")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada Low, Ben van der High and Cy Mid", ["Ada Low", "Ben van der High", "Cy Mid"]),
        ("Marks and Spencer", ["Marks and Spencer"]),
        ("Ada Low, PhD", ["Ada Low, PhD"]),
    ],
)
def test_several_authors_are_a_list_and_each_is_in_authors_yml(
    byline: str, names: list[str], tmp_path: Path
) -> None:
    root = make(tmp_path)
    file = tmp_path / "tea.md"
    tea = "\n\n".join(
        f"The kettle sings in house number {number}, and nobody minds." for number in range(9)
    )
    told = "Ben van der High is a potter, and glazes what the others throw away before noon."
    file.write_text(f"---\ntitle: On tea\nauthor: {byline}\n---\n\n{tea}\n\n{told}\n")
    command = ["-C", str(root), "add", str(file)]
    assert CliRunner().invoke(main, command).exit_code == 0
    fields = yaml.safe_load((root / "essays/tea.md").read_text().split("---")[1])
    assert fields["author"] == (names if len(names) > 1 else names[0])
    entries = yaml.safe_load((root / "essays/authors.yml").read_text())
    assert [entry["name"] for entry in entries][-len(names) :] == names
    assert [entry["name"] for entry in entries if entry.get("about") == told] == (names[1:2])
    assert "up to date" in CliRunner().invoke(main, command).output


def test_more_than_half_left_out_is_said_before_all_else(root: Path) -> None:
    file = root / "tea.md"
    images = "".join(f"![A kettle of the {at}th year]({at}.jpg)" for at in range(30))
    file.write_text(f"---\ntitle: On all tea\nauthor: Ada Byron\n---\n\nTea is all.\n\n{images}\n")
    first, *_ = run("add", str(file)).output.splitlines()
    assert first.startswith("Note: 180 of 183 words were left out, more than half: an image (180)")
