"""Many files of one `add`: a folder, a list, lines that repeat over them, and taking it all back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from collections_made import make, tree
from crossclaim.cli import main
from crossclaim.importing.document import Block, Document, Kind, LeftOut, Run
from crossclaim.importing.last_addition import take_back
from crossclaim.importing.many import same_texts, without_repeated

ONE = "The ferry leaves before the bell has rung, and whoever trusts the bell will swim tonight."
TWO = "A ferryman who waits for everybody will never see the other side of his own river again."
THREE = "Bells were hung for those who are late, which is why nobody who is early has heard one."
TEXTS = (ONE, TWO, THREE)
NOUNS = ("ferry", "bell", "river", "tide", "rope", "lantern", "oar", "bank", "pier", "gull", "net",
         "fog", "mast", "keel", "sail")  # fmt: skip
MASTHEAD, SIGNED = "THE RIVER GAZETTE", "A FRIEND OF FERRIES"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


def run(*words: str, answers: str = "") -> Result:
    result = CliRunner().invoke(main, list(words), input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(root: Path, name: str, text: str) -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return root / name


def front(root: Path, essay: str) -> dict[str, object]:
    text = (root / f"essays/{essay}.md").read_text("utf-8")
    fields: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return fields


def prose(seed: int) -> str:
    """A paragraph of its own for each number."""
    told = [f"the {NOUNS[(seed * 7 + n * (seed + 3)) % 15]} waits {n} for {seed}" for n in range(9)]
    return f"Today {', and '.join(told)}."


def papers(root: Path, *numbers: int) -> None:
    """A series: masthead number, its own title, a date, an addressee, the text, a signature."""
    for number in numbers:
        head = f"FERRY PAPER No. {number}\n\nOn the {NOUNS[number]}\n\n"
        head += f"For the River Gazette. Monday, March {number}, 1801"
        text = "\n\n".join(prose(10 * number + part) for part in range(3))
        body = f"{head}\n\nTo the people on the near bank:\n\n{text}\n\n{SIGNED}\n"
        written(root, f"in/paper-{number:02}.txt", body)


def document(*texts: str, title: str = "", kind: Kind = Kind.PARAGRAPH) -> Document:
    blocks = tuple(
        Block(kind if t.startswith("#") else Kind.PARAGRAPH, (Run(t.lstrip("# ")),)) for t in texts
    )
    return Document(title, "", blocks)


def left(*documents: Document) -> list[list[str]]:
    cleaned, _ = without_repeated(documents)
    return [[block.text for block in each.blocks] for each in cleaned]


# What repeats


def test_what_three_files_have_at_an_edge_is_left_out_and_named_once() -> None:
    documents = [document(MASTHEAD, text, SIGNED) for text in TEXTS]
    cleaned, repetitions = without_repeated(documents)
    assert [[block.text for block in each.blocks] for each in cleaned] == [[t] for t in TEXTS]
    assert [(r.text, r.documents, r.kept) for r in repetitions] == [
        (MASTHEAD, (0, 1, 2), False),
        (SIGNED, (0, 1, 2), False),
    ]
    assert [each.text for each in cleaned[0].left_out] == [MASTHEAD, SIGNED]


def test_what_two_files_have_is_left_out_where_there_are_no_others() -> None:
    pair = (
        document(MASTHEAD, ONE, TWO, THREE),
        document(MASTHEAD, THREE, ONE + " No.", TWO + " No."),
    )
    assert all(MASTHEAD not in texts for texts in left(*pair))
    assert MASTHEAD in left(*pair, document(TWO + " Yes.", ONE))[0]


def test_a_line_that_readers_took_for_something_else_counts() -> None:
    told = tuple(
        replace(document(text), left_out=(LeftOut(1, SIGNED, "a signature"),))
        for text in (ONE, TWO)
    )
    assert left(*told, document(THREE, SIGNED)) == [[ONE], [TWO], [THREE]]


def test_what_one_file_alone_repeats_stays() -> None:
    alone = document("A line", ONE, "A line", TWO, "A line")
    assert left(alone) == [[block.text for block in alone.blocks]]


def test_a_line_amid_the_text_is_left_out_and_a_sentence_is_not() -> None:
    def middle(line: str) -> list[Document]:
        return [
            document(
                *(f"{text} {n} {mark}." for n in range(7)),
                line,
                *(f"{text} {n}." for n in range(7)),
            )
            for mark, text in enumerate(TEXTS)
        ]

    assert all(
        "[continued overleaf]" not in texts for texts in left(*middle("[continued overleaf]"))
    )
    assert all("Ferries are slow." in texts for texts in left(*middle("Ferries are slow.")))


def test_a_heading_with_text_below_it_stays_and_one_with_none_goes() -> None:
    documents = [document("# The bell", text, f"# {SIGNED}", kind=Kind.HEADING) for text in TEXTS]
    assert left(*documents) == [["The bell", text] for text in TEXTS]


def test_a_line_above_a_masthead_goes_with_it_and_an_argument_above_it_stays() -> None:
    above = [
        document(f"On {noun}", MASTHEAD, text, TWO * 2)
        for noun, text in zip(NOUNS, TEXTS, strict=False)
    ]
    assert left(*above) == [[text, TWO * 2] for text in TEXTS]
    argued = [document(text, "A subtitle", MASTHEAD, ONE * 2, TWO * 2) for text in TEXTS]
    assert all(text in texts for text, texts in zip(TEXTS, left(*argued), strict=True))


def test_two_essays_of_one_title_keep_it_and_a_masthead_is_no_title() -> None:
    essays = [document(text, title="On bells") for text in TEXTS]
    assert [each.title for each in without_repeated(essays[:2])[0]] == ["On bells", "On bells"]
    assert [each.title for each in without_repeated(essays)[0]] == ["", "", ""]
    assert [each.title for each in without_repeated(essays, titled=[1])[0]] == ["", "On bells", ""]


def test_a_quotation_stays() -> None:
    quotation = Block(Kind.PARAGRAPH, (Run("Ring twice"),), quoted=1)
    documents = [Document("", "", (quotation, *document(text).blocks)) for text in TEXTS]
    assert left(*documents) == [["Ring twice", text] for text in TEXTS]


def test_a_long_paragraph_that_repeats_stays_and_is_told() -> None:
    long = " ".join([ONE, TWO])
    cleaned, repetitions = without_repeated([document(long, text) for text in (ONE, TWO, THREE)])
    assert all(each.blocks[0].text == long for each in cleaned)
    assert [(r.text, r.kept) for r in repetitions] == [(long, True)]


def test_the_same_words_with_other_marks_are_the_same_text() -> None:
    whole = document(ONE, TWO, THREE)
    marked = document(ONE.upper(), f"“{TWO}”", THREE.replace(",", ";"))
    assert same_texts([whole, None, marked, document(ONE), document()]) == {2: 0}


def test_a_series_is_called_by_number_and_title_and_dated(root: Path) -> None:
    papers(root, 1, 2, 3, 4)
    said = run("add", "in")
    assert said.exit_code == 0, said.output
    assert front(root, "paper-03")["title"] == "FERRY PAPER No. 3: On the tide"
    assert front(root, "paper-03")["date"] == "1801-03-03"
    assert front(root, "paper-03")["publication"] == "River Gazette"
    essay = (root / "essays/paper-03.md").read_text("utf-8")
    assert essay.count("{: #") == 3
    assert "near bank" not in essay
    assert "“To the people on the near bank:” (4)" in said.stdout
    assert "added: " not in said.stdout
    assert len(said.stdout.splitlines()) < 12


def test_a_later_file_of_a_series_is_treated_like_those_before(root: Path) -> None:
    papers(root, 1, 2, 3)
    run("add", "in")
    papers(root, 9)
    assert run("add", "in/paper-09.txt").exit_code == 0
    later = (root / "essays/paper-09.md").read_text("utf-8")
    assert front(root, "paper-09")["title"] == "FERRY PAPER No. 9: On the gull"
    assert "near bank" not in later


def test_adding_all_again_changes_nothing(root: Path) -> None:
    papers(root, 1, 2, 3)
    run("add", "in")
    before = tree(root)
    said = run("add", "in")
    assert said.exit_code == 0
    assert said.stdout.startswith("Up to date: paper-01, paper-02, paper-03\n")
    assert tree(root) == before


# Titles, authors, ids


def test_a_file_without_title_or_author_is_added_and_told(root: Path) -> None:
    written(root, "on_the-ferry.md", f"{ONE}\n\n{TWO}\n")
    said = run("add", "on_the-ferry.md")
    assert said.exit_code == 0
    assert "Note: no title was found; it is called after its file\n" in said.stdout
    assert "Note: no author was found; the essay names none\n" in said.stdout
    assert front(root, "on-the-ferry")["title"] == "On the ferry"
    assert "author" not in front(root, "on-the-ferry")


def test_strict_refuses_such_a_file_and_writes_nothing_of_the_others(root: Path) -> None:
    written(root, "in/a.md", f"---\ntitle: Bells\nauthor: Ada Byron\n---\n\n{ONE}\n")
    written(root, "in/b.md", f"{TWO}\n\n{THREE}\n")
    before = tree(root)
    said = run("add", "--strict", "in")
    assert said.exit_code == 1
    assert said.stdout.startswith(
        "1 of 2 files cannot be added:\nmissing-metadata in/b.md:1 no title"
    )
    assert "missing-metadata in/b.md:1 no author" in said.stdout
    assert said.stderr == "Nothing was written.\n"
    assert tree(root) == before


def test_who_sits_at_a_terminal_is_asked_once_for_each_author(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossclaim.commands.add.can_ask", lambda: True)
    written(root, "in/a.txt", f"On bells\n\n{ONE}\n\n{TWO}\n")
    written(root, "in/b.txt", f"On ferries\n\n{TWO}\n\n{THREE}\n")
    written(root, "in/c.txt", f"On lateness\n\nby Mara Quist\n\n{THREE}\n\n{ONE}\n")
    said = run("add", "in", answers="\nada byron\n")
    assert said.exit_code == 0, said.output
    assert said.stderr.count("(Enter: nobody is named)") == 2
    assert "author" not in front(root, "a")
    assert front(root, "b")["author"] == "Ada Byron", "a known author, however written"


def test_an_author_of_the_collection_is_known_by_every_name(root: Path) -> None:
    authors = """
        - {id: mq, name: Mara Quist, short: Quist of the Quay}
        - {id: cato, name: Cato (Zed Young)}
        - {id: a-low, name: Ann Low}
        - {id: b-low, name: Ben Low}
    """
    written(
        root, "essays/authors.yml", "\n".join(line.strip() for line in authors.strip().split("\n"))
    )
    names = {"QUIST OF THE QUAY": "Mara Quist", "Cato": "Cato (Zed Young)", "QUIST": "Mara Quist"}
    for number, name in enumerate((*names, "LOW")):
        text = "\n\n".join(prose(20 * number + part) for part in range(3))
        written(root, f"in/{number}-a.txt", f"On number {NOUNS[number]}\n\n{text}\n\n{name}\n")
    run("add", "in")
    recognised = [front(root, f"{number}-a").get("author") for number in range(4)]
    assert recognised == [*names.values(), None], "Low might be either"
    run("add", "--author", "cato", "--id", "given", "in/3-a.txt")
    assert front(root, "given")["author"] == "Cato (Zed Young)"


def test_what_is_given_stands_in_every_essay(root: Path) -> None:
    papers(root, 1, 2)
    given = ("--author", "Mara Quist", "--publication", "The River", "--date", "2 May 1802")
    more = ("--language", "en", "--rights", "Nobody's", "--publish", "full")
    assert run("add", "in", *given, *more).exit_code == 0
    for essay in ("paper-01", "paper-02"):
        fields = front(root, essay)
        assert fields.pop("title") and fields.pop("original")
        assert fields == {
            "author": "Mara Quist", "publication": "The River", "date": "1802-05-02",
            "language": "en", "rights": "Nobody's", "publish": "full",
        }  # fmt: skip
    assert (root / "essays/authors.yml").read_text("utf-8").count("Mara Quist") == 1


def test_what_is_given_later_stands_in_every_essay_too(root: Path) -> None:
    papers(root, 1, 2)
    run("add", "in", "--author", "Mara Quist", "--publication", "The River")
    said = run(
        "add", "in", "--author", "Zoë Čapek", "--publish", "full", "--publication", "The Sea"
    )
    assert "Updated 2 essays:" in said.stdout
    for essay in ("paper-01", "paper-02"):
        fields = front(root, essay)
        assert (fields["author"], fields["publish"]) == ("Zoë Čapek", "full")
        assert fields["publication"] == "The Sea"
    assert (root / "essays/authors.yml").read_text("utf-8").count("Zoë Čapek") == 1


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--date", "3/4/2014"], "“3/4/2014” is no certain date"),
        (["--publish", "ful"], "“ful” is no way to publish — did you mean “full”?"),
        (["--language", "English!"], "“English!” is no language's code"),
        (["--title", "Bells"], "--title, --id and --update go with one original at a time"),
        (["--id", "bells"], "--title, --id and --update go with one original at a time"),
    ],
)
def test_what_cannot_be_given_is_said_before_anything_is_read(
    root: Path, options: list[str], complaint: str
) -> None:
    papers(root, 1, 2)
    said = run("add", "in", *options)
    assert said.exit_code == 2
    assert complaint in said.stderr


def test_files_of_one_name_get_ids_and_originals_of_their_own(root: Path) -> None:
    for folder, text in zip("abc", TEXTS, strict=True):
        written(root, f"in/{folder}/bell.md", f"# Bell {folder}\n\n{text}\n")
    written(root, "in/d/index.md", f"# Index\n\n{prose(1)}\n")
    said = run("add", "in")
    assert "bell-2: another of the files is “bell”; this one has the id “bell-2”" in said.stdout
    assert {"bell.md", "bell-2.md", "bell-3.md", "d.md"} <= {
        p.name for p in (root / "essays").iterdir()
    }
    kept = {front(root, essay)["original"] for essay in ("bell", "bell-2", "bell-3")}
    assert kept == {"originals/bell.md", "originals/bell.2.md", "originals/bell.3.md"}
    assert "error" not in run("check").stdout


def test_the_same_text_twice_is_added_once(root: Path) -> None:
    written(root, "in/a.txt", f"On bells\n\n{ONE}\n\n{TWO}\n\n{THREE}\n")
    written(root, "in/b.md", f"# On bells\n\n{ONE}\n\n*{TWO}*\n\n{THREE}\n")
    said = run("add", "in")
    assert "b.md has the text of a.txt, and is not added" in said.stdout
    assert not (root / "essays/b.md").exists()


def test_two_new_versions_of_one_essay_are_not_both_taken(root: Path) -> None:
    head = "# On bells\n\nby Mara Quist"
    written(root, "bells.md", f"{head}\n\n{ONE}\n\n{TWO}\n\n{THREE}\n")
    run("add", "bells.md")
    written(
        root,
        "in/bells.md",
        f"{head}\n\n{ONE}\n\n{TWO}\n\nThree is new, and long enough to count.\n",
    )
    written(
        root,
        "in/b/bells.md",
        f"{head}\n\n{ONE}\n\nTwo is new, and long enough to count.\n\n{THREE}\n",
    )
    said = run("add", "in")
    assert said.exit_code == 1
    assert (
        "already-added in/bells.md:1 another of these files updates essays/bells.md" in said.stdout
    )


# Which files


def test_a_folder_is_gone_through_but_for_what_is_no_essay(root: Path) -> None:
    for seed, name in enumerate(
        ("z.txt", "sub/a.md", "b.htm", "page_files/frame.html", "page.html")
    ):
        text = prose(seed)
        page = f"<h1>On {name}</h1><p>{text}</p><p>{text[6:]}</p>"
        written(root, f"in/{name}", page if "htm" in name else f"On {name}\n\n{text}\n")
    others = ("README.md", "LICENSE", "a.css", "b.css", "index.html")
    for name in (".hidden.txt", ".git/a.txt", *others):
        written(root, f"in/{name}", ONE)
    (root / "in/sub/loop").symlink_to(root / "in")
    said = run("add", "in", "in/z.txt", "--dry-run")
    essays = [line.split(":")[0].strip() for line in said.stdout.splitlines() if "passage" in line]
    assert essays == ["b", "page", "a", "z"]
    assert "Passed over 5 files: LICENSE, README.md, 2 .css, index.html" in said.stdout


def test_a_collection_is_not_added_to_itself(root: Path) -> None:
    said = run("add", ".")
    assert said.exit_code == 1
    assert "missing-file .:1 the folder holds nothing that can be read" in said.stdout


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_says_of_each_file_what_it_does_not(separator: str, root: Path) -> None:
    papers(root, 1, 2)
    rows = [
        ["Publish", "file", "author", "date", "id", "title"],
        ["full", "in/paper-01.txt", "Mara Quist", "1 April 1801", "first", "One, or none"],
        ["", "in/paper-02.txt", "", "", "", ""],
    ]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    text = "\r\n".join(separator.join(row) for row in quoted) + "\r\n\r\n"
    (root / "list.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    said = run("add", "--from", "list.csv", "--author", "Ada Byron")
    assert said.exit_code == 0, said.output
    first, second = front(root, "first"), front(root, "paper-02")
    assert (first["title"], first["author"]) == ("One, or none", "Mara Quist")
    assert (first["publish"], first["date"]) == ("full", "1801-04-01")
    assert (second["author"], second["publish"]) == ("Ada Byron", "claims")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "wrong-shape list.csv:1 the list has no column “file”"),
        ("file\n", "wrong-shape list.csv:1 the list names no file"),
        ("fil\na.md\n", "wrong-shape list.csv:1 “fil” is no column of a list — did you mean “file”?"),
        ("file,file\na.md,a.md\n", "wrong-shape list.csv:1 the column “file” stands twice"),
        ("file,id\n\nb.md,x\n", "missing-file list.csv:3 there is no file “b.md”"),
        ("file,id\n,x\n", "wrong-shape list.csv:2 the row names no file"),
        ("file,id\na.md,x,y\n", "wrong-shape list.csv:2 the row has 3 cells, the first line 2"),
        ("file\na.md\n./a.md\n", "wrong-shape list.csv:3 “a.md” stands in the list already, at list.csv:2"),
        ('file,title\na.md,"Two\nlines"\nb.md,x\n', "missing-file list.csv:4 there is no file “b.md”"),
        ("file,publish\na.md,all\n", "wrong-shape list.csv:2 “all” is no way to publish"),
        ("file,address\na.md,ftp:x\n", "wrong-shape list.csv:2 “ftp:x” is no address"),
        ("file,id,author\na.md,No Good,x\n", "bad-id list.csv:2 a.md: “No Good” cannot be the id"),
        ("file,id,author\na.md,ada,x\n", "already-added list.csv:2 "),
        ('file\n"a.md\n', "wrong-shape list.csv:1 the list cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list_is_said_at_its_line(
    root: Path, text: str, complaint: str
) -> None:
    written(root, "a.md", f"# Bells\n\n{ONE}\n")
    written(root, "list.csv", text)
    said = run("add", "--from", "list.csv", "--strict")
    assert said.exit_code == 1
    assert complaint in said.stdout
    assert not (root / "essays/a.md").exists()


# What is said


def test_a_dry_run_of_many_writes_nothing_but_the_report(root: Path) -> None:
    papers(root, 1, 2, 3)
    before = tree(root)
    said = run("add", "in", "--dry-run")
    assert said.stdout.startswith("Would write 3 essays:\n")
    assert tree(root) == before
    assert "--- essays/paper-02.md\n" in (root / ".crossclaim/last-add.txt").read_text("utf-8")


def test_the_last_line_names_the_full_report(root: Path) -> None:
    papers(root, 1, 2, 3)
    *_, last = run("add", "in").stdout.splitlines()
    assert last.startswith(
        "All that was left out, and why: .crossclaim/last-add.txt. Next: crossclaim "
    )
    report = (root / ".crossclaim/last-add.txt").read_text("utf-8")
    assert (
        report.count("a line that repeats over the files: “To the people on the near bank:”") == 3
    )


def test_what_can_be_added_is_and_the_rest_comes_first_with_its_number(root: Path) -> None:
    papers(root, 1, 2)
    written(root, "in/broken.pdf", "%PDF")
    said = run("add", "in")
    assert said.exit_code == 1
    assert said.stdout.startswith(
        "1 of 3 files cannot be added:\nunreadable-original in/broken.pdf:1 "
    )
    assert "Wrote 2 essays:" in said.stdout
    assert (root / "essays/paper-02.md").is_file()


# Taking it back


def test_the_last_add_is_taken_back_to_the_byte(root: Path) -> None:
    papers(root, 1)
    run("add", "in", "--author", "Mara Quist")
    papers(root, 1, 2, 3)
    changed = (root / "in/paper-01.txt").read_text("utf-8").replace("Today", "Tonight")
    written(root, "in/paper-01.txt", changed)
    before = tree(root)
    run("add", "in", "--author", "Zoë Čapek")
    assert {*tree(root)} > {*before}
    after = tree(root)
    said = run("essays", "remove", "--last", "--dry-run").stdout
    assert "would be taken back" in said
    assert tree(root) == after
    assert run("essays", "remove", "--last").stdout.replace("is taken", "would be taken") == said
    for file in ("essays/paper-01.md", "essays/paper-02.md", "essays/authors.yml"):
        assert f"  {file}\n" in said
    assert tree(root) == before
    again = run("essays", "remove", "--last")
    assert (again.exit_code, again.stdout.split()[0]) == (1, "missing-file")
    assert run("essays", "remove", "--last", "paper-01").exit_code == 2


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [edited, Path.unlink])
def test_nothing_is_taken_back_where_a_file_was_changed_since(
    change: Callable[[Path], None], root: Path
) -> None:
    papers(root, 1, 2)
    run("add", "in", "--author", "Zoë Čapek")
    change(root / "essays/authors.yml")
    before = tree(root)
    names, findings = take_back(root)
    assert names == ()
    assert [str(finding.place) for finding in findings] == ["essays/authors.yml:1"]
    assert tree(root) == before


def test_a_file_that_is_again_what_it_was_is_in_nobodys_way(root: Path) -> None:
    papers(root, 1, 2)
    before = tree(root)
    run("add", "in")
    (root / "essays/paper-01.md").unlink()
    assert take_back(root)[1] == []
    assert tree(root) == before


def test_an_add_that_fails_or_adds_nothing_can_still_be_followed_by_taking_back(root: Path) -> None:
    papers(root, 1, 2)
    before = tree(root)
    run("add", "in")
    run("add", "in")
    run("add", "gone.txt")
    take_back(root)
    assert tree(root) == before


def test_a_record_that_names_files_elsewhere_is_not_followed(root: Path) -> None:
    written(root, "mine.txt", "mine")
    for record in (
        '{"essays/../mine.txt": [null, "x"]}',
        '{"mine.txt": [null, "x"]}',
        "[]",
        "{",
        '{"essays/a": 1}',
    ):
        written(root, ".crossclaim/last-add.json", record)
        take_back(root)
        assert (root / "mine.txt").read_text() == "mine"
