"""A rebuild redoes what a change touches, and what stands there then is what a clean build makes."""

import gzip
import os
import re
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from collections_made import ADA, MKDOCS, SMALL, make
from crossclaim import cli, pipeline
from crossclaim.content import memory
from crossclaim.content.essay import parse_essay
from crossclaim.findings import errors
from crossclaim.model import Edition
from crossclaim.site import publish

pytestmark = pytest.mark.usefixtures("no_near_words")

WORDS = (
    "Tea",
    "wakes",
    "everybody",
    "*twice*",
    "`code`",
    "Größe",
    "“quoted”",
    "{{ braces }}",
    "<b>",
    "&amp;",
    "[a link](https://example.org/x)",
    "[by name][there]",
    "[^1]",
    "--",
    "3",
)
STANCES = ("asserts", "illustrates", "concedes", "reports", "rejects")
SHAPES = ("", "> ", "- ", "1. ")
NAMES = ("Ada Byron", "Ben Jonson", "Cy Twice", "Dee Byron", "Éva [of Pest]")
# By these files the build knows its own folders where nothing is remembered.
KEPT = {publish.MANIFEST.rpartition("/")[2], "crossclaim.css", "404.html"}


@dataclass
class Block:
    """A passage of an essay's file."""

    id: str
    words: tuple[str, ...] = ("Tea", "wakes")
    shape: str = ""
    tags: list[tuple[str, str, bool]] = field(default_factory=list)  # claim, stance, suggested
    decided: str = ""  # the claim for which its first word is marked

    def lines(self) -> str:
        text = f"{self.shape}{' '.join(self.words)}."
        indent = self.shape if self.shape.startswith(">") else " " * len(self.shape)
        of_stance: dict[str, list[str]] = {}
        for claim, stance, suggested in self.tags:
            of_stance.setdefault(stance, []).append(claim + "?" * suggested)
        told = "".join(f' {stance}="{" ".join(names)}"' for stance, names in of_stance.items())
        lines = [text, f"{indent}{{: #{self.id}{told or ' .aside'} }}"]
        if self.decided and any(tag[0] == self.decided for tag in self.tags):
            lines.append(f"{indent}{{: {self.decided}='{self.words[0]}' }}")
        return "\n".join(lines) + "\n"


@dataclass
class Made:
    """An essay as its file has it."""

    front: dict[str, Any]
    blocks: list[Block]

    def text(self) -> str:
        front = yaml.safe_dump(self.front, allow_unicode=True, sort_keys=False)
        body = "\n".join(block.lines() for block in self.blocks)
        return (
            f"---\n{front}---\n\n## Part\n\n{body}\n"
            '[there]: https://example.org/there "There"\n\n[^1]: A *note*.\n'
        )


def _front(title: str, author: Any) -> dict[str, Any]:
    return {"title": title, "author": author, "publication": "The Kettle", "publish": "full"}


class Sources:
    """The editor's files, as values that edits change."""

    def __init__(self) -> None:
        self.essays = {
            "ada": Made(
                _front("On tea", "Ada Byron"),
                [
                    Block("a-one", tags=[("tea-wakes", "asserts", False)], decided="tea-wakes"),
                    Block("a-two", ("A", "[^1]"), "> ", [("tea-calms", "reports", False)]),
                ],
            ),
            "ben": Made(
                _front("Against tea", "Ben Jonson"),
                [
                    Block("b-one", ("No", "tea"), "- ", [("tea-wakes", "rejects", False)]),
                    Block("b-two", ("It", "calms"), "", [("tea-calms", "asserts", False)]),
                ],
            ),
            "both": Made(
                _front("Together", ["Ada Byron", "Cy Twice"]),
                [Block("c-one", ("It", "costs"), "", [("tea-is-dear", "asserts", True)])],
            ),
        }
        self.claims: list[dict[str, Any]] = [
            {"id": "tea-wakes", "claim": "Tea wakes people.", "label": "Tea wakes"},
            {"id": "tea-calms", "claim": "Tea calms people.", "opposes": ["tea-wakes"]},
            {"id": "tea-is-dear", "claim": "Tea costs more than any of us is willing to pay."},
        ]
        for claim in self.claims:
            claim |= {"theme": "Effects", "about": f"It speaks of {claim['id']}."}
        self.authors: list[dict[str, Any]] = [{"name": name} for name in NAMES[:3]]
        self.pages = {"about.md": "About", "notes/one.md": "Notes"}
        self.mkdocs: dict[str, Any] = yaml.safe_load(MKDOCS)
        self.agreement = False
        self.dead_link = self.unknown_claim = False
        self.edition = Edition.READING
        self.number = 0

    def another(self, word: str) -> str:
        """A name that nothing else has."""
        self.number += 1
        return f"{word}-{self.number}"

    def files(self) -> dict[str, str]:
        """All files, by their paths."""
        dump = yaml.safe_dump
        texts = {f"essays/{name}.md": essay.text() for name, essay in self.essays.items()}
        texts["essays/claims.yml"] = dump(self.claims, allow_unicode=True, sort_keys=False)
        texts["essays/authors.yml"] = dump(self.authors, allow_unicode=True, sort_keys=False)
        texts["mkdocs.yml"] = dump(self.mkdocs, allow_unicode=True, sort_keys=False)
        name, essay = next(iter(self.essays.items()))
        for page, words in self.pages.items():
            up = "../" * page.count("/")
            target = f"{up}essays/{'gone' if self.dead_link else name}.md#{essay.blocks[0].id}"
            linked = f"# {words}\n\n{words}, [there]({target}).\n"
            texts[f"docs/{page}"] = linked if page.endswith(".md") else words
        if self.agreement:
            reading = {"reader": "Cal", "date": "1843-10-01", "passages": 2, "claims": 2}
            shared = {name: {"passages": 2, "alpha": 0.9, "tags": "000000000000"}}
            rated = {**reading, "alpha": 0.9, "stance-alpha": 0.8, "essays": shared}
            texts["essays/agreement.yml"] = dump([rated], sort_keys=False)
        if self.unknown_claim:
            texts[f"essays/{name}.md"] += '\nWhat?\n{: #what asserts="nobody-knows" }\n'
        return texts


Tree = dict[str, bytes | None]


def whole(folder: Path) -> Tree:
    """Every file and folder below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def differing(one: Tree, other: Tree) -> dict[str, tuple[object, object]]:
    """What two folders have otherwise, each way, by path."""
    return {
        path: (one.get(path, "missing"), other.get(path, "missing"))
        for path in sorted(one.keys() | other.keys())
        if one.get(path, "missing") != other.get(path, "missing")
    }


def put(root: Path, texts: dict[str, str], before: dict[str, str]) -> None:
    """Write the files that changed, and remove those that are gone."""
    for file in before.keys() - texts.keys():
        (root / file).unlink()
        if file.startswith("docs/") and not any((root / file).parent.iterdir()):
            (root / file).parent.rmdir()
    for file, text in texts.items():
        if before.get(file) != text:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")


@dataclass
class Outcome:
    """What a build left and said."""

    findings: list[str]
    stopped: bool  # before anything was written
    rendered: bool
    docs: Tree
    site: Tree


def built(root: Path, edition: Edition) -> Outcome:
    checked, failed = pipeline.build(root, edition)
    stopped = not checked.buildable or any(f.code == "page-in-the-way" for f in failed)
    return Outcome(
        [str(finding) for finding in (*checked.findings, *failed)],
        stopped,
        not stopped and not errors(failed),
        whole(root / "docs"),
        whole(root / "site"),
    )


indexes = st.integers(0, 11)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(tuple)


class Rebuilding(RuleBasedStateMachine):
    """Edits in any order; after each, a build in place and a clean one elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rebuild-"))
        self.root = self.folder / "here/collection"
        (self.root / "docs").mkdir(parents=True)
        self.sources = Sources()
        self.written: dict[str, str] = {}
        self.clean: tuple[object, Outcome] | None = None
        self.held = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """The first build is of the files as they are."""

    def essay(self, index: int) -> tuple[str, Made]:
        return list(self.sources.essays.items())[index % len(self.sources.essays)]

    def block(self, essay: int, index: int) -> Block:
        blocks = self.essay(essay)[1].blocks
        return blocks[index % len(blocks)]

    def claim(self, index: int) -> dict[str, Any]:
        return self.sources.claims[index % len(self.sources.claims)]

    @rule(essay=indexes, block=indexes, words=sentences)
    def reword(self, essay: int, block: int, words: tuple[str, ...]) -> None:
        self.block(essay, block).words = words

    @rule(essay=indexes, block=indexes, shape=st.sampled_from(SHAPES))
    def reshape(self, essay: int, block: int, shape: str) -> None:
        self.block(essay, block).shape = shape

    @rule(
        essay=indexes,
        block=indexes,
        claims=st.lists(st.tuples(indexes, st.sampled_from(STANCES), st.booleans()), max_size=3),
        decided=indexes,
    )
    def retag(
        self, essay: int, block: int, claims: list[tuple[int, str, bool]], decided: int
    ) -> None:
        passage = self.block(essay, block)
        named = {(self.claim(c)["id"], stance): unsure for c, stance, unsure in claims}
        passage.tags = [(claim, stance, unsure) for (claim, stance), unsure in named.items()]
        passage.decided = self.claim(decided)["id"]

    @rule(essay=indexes, block=indexes, words=sentences)
    def add_block(self, essay: int, block: int, words: tuple[str, ...]) -> None:
        self.essay(essay)[1].blocks.insert(block, Block(self.sources.another("p"), words))

    @rule(essay=indexes, block=indexes)
    def remove_block(self, essay: int, block: int) -> None:
        blocks = self.essay(essay)[1].blocks
        if len(blocks) > 1:
            blocks.pop(block % len(blocks))

    @rule(essay=indexes, block=indexes)
    def rename_block(self, essay: int, block: int) -> None:
        self.block(essay, block).id = self.sources.another("p")

    @rule(
        essay=indexes,
        entry=st.sampled_from(
            [
                ("title", "On *tea* & more"),
                ("title", "Against tea"),
                ("date", 1843),
                ("date", "2001-02-03"),
                ("publication", "The Pot"),
                ("language", "de"),
                ("language", "en"),
                ("address", "https://example.org/essay"),
                ("rights", "© Somebody"),
                ("publish", "full"),
                ("publish", "excerpt"),
                ("publish", "claims"),
                ("draft", True),
                ("draft", False),
            ]
        ),
    )
    def change_front(self, essay: int, entry: tuple[str, Any]) -> None:
        self.essay(essay)[1].front[entry[0]] = entry[1]

    @rule(essay=indexes, authors=st.lists(indexes, max_size=2))
    def change_authors(self, essay: int, authors: list[int]) -> None:
        known = self.sources.authors
        named = dict.fromkeys(known[a % len(known)]["name"] for a in authors)
        self.essay(essay)[1].front["author"] = [*named]

    @rule(name=st.sampled_from(["a", "m", "zz", "e2", "e10"]), author=indexes, words=sentences)
    def add_essay(self, name: str, author: int, words: tuple[str, ...]) -> None:
        if len(self.sources.essays) < 6 and name not in self.sources.essays:
            known = self.sources.authors
            front = _front(f"Title {name}", known[author % len(known)]["name"])
            tags = [(self.claim(author)["id"], "asserts", False)]
            block = Block(self.sources.another("p"), words, "", tags)
            self.sources.essays[name] = Made(front, [block])

    @rule(essay=indexes)
    def remove_essay(self, essay: int) -> None:
        if len(self.sources.essays) > 1:
            self.sources.essays.pop(self.essay(essay)[0])

    @rule(essay=indexes, kept=st.booleans())
    def rename_essay(self, essay: int, kept: bool) -> None:
        name, content = self.essay(essay)
        del self.sources.essays[name]
        if kept:
            content.front["was"] = [*content.front.get("was", ()), name]
        self.sources.essays[self.sources.another(name)] = content

    @rule(
        claim=indexes,
        entry=st.sampled_from(
            [
                ("claim", "Tea {} wakes *nobody* <at all>."),
                ("claim", "Tea {}."),
                ("label", "Tea {} wakes"),
                ("label", None),
                ("about", "About tea-wakes, and {}."),
                ("theme", "Money"),
                ("theme", "Effects"),
                ("also", ["caffeine", "pick-me-up"]),
                ("also", None),
                ("was", None),
            ]
        ),
    )
    def change_claim(self, claim: int, entry: tuple[str, Any]) -> None:
        changed, (key, value) = self.claim(claim), entry
        changed.pop(key, None)
        if value is not None:
            changed[key] = value.format(changed["id"]) if isinstance(value, str) else value

    @rule(claim=indexes, other=indexes, relation=st.sampled_from(["opposes", "supports"]))
    def relate(self, claim: int, other: int, relation: str) -> None:
        one, two = self.claim(claim), self.claim(other)["id"]
        if two == one["id"] or two in one.get(relation, ()):
            one.pop(relation, None)
        elif two not in (*one.get("opposes", ()), *one.get("supports", ())):
            one[relation] = [*one.get(relation, ()), two]

    @rule(claim=indexes, to=indexes)
    def move_claim(self, claim: int, to: int) -> None:
        claims = self.sources.claims
        claims.insert(to % len(claims), claims.pop(claim % len(claims)))

    @rule(to=indexes)
    def add_claim(self, to: int) -> None:
        if len(self.sources.claims) < 6:
            name = self.sources.another("tea-cures")
            claim = {"id": name, "claim": f"It is said of {name}.", "theme": "Cures", "about": "?"}
            self.sources.claims.insert(to, claim)

    @rule(claim=indexes)
    def remove_claim(self, claim: int) -> None:
        if len(self.sources.claims) > 1:
            gone = self.claim(claim)["id"]
            self.sources.claims.remove(self.claim(claim))
            self._renamed(gone, None)

    @rule(claim=indexes, kept=st.booleans())
    def rename_claim(self, claim: int, kept: bool) -> None:
        changed = self.claim(claim)
        old, changed["id"] = changed["id"], self.sources.another("tea-does")
        if kept:
            changed["was"] = [*changed.get("was", ()), old]
        self._renamed(old, changed["id"])

    def _renamed(self, old: str, new: str | None) -> None:
        for claim in self.sources.claims:
            for relation in ("opposes", "supports"):
                if old in claim.get(relation, ()):
                    names = [new if name == old else name for name in claim[relation]]
                    claim[relation] = [name for name in names if name]
        for essay in self.sources.essays.values():
            for block in essay.blocks:
                tags = [(new if c == old else c, s, unsure) for c, s, unsure in block.tags]
                block.tags = [(c, s, unsure) for c, s, unsure in tags if c]

    @rule(
        author=indexes,
        entry=st.sampled_from(
            [
                ("short", "B."),
                ("short", "Ada"),
                ("about", "Is *made up* & proud."),
                ("links", {"Her page": "https://example.org/?x=1&y=2"}),
                ("id", "somebody"),
                ("was", ["somebody-else", "nobody"]),
            ]
        ),
    )
    def change_author(self, author: int, entry: tuple[str, Any]) -> None:
        authors = self.sources.authors
        changed, (key, value) = authors[author % len(authors)], entry
        if changed.pop(key, None) is None and not any(a.get(key) == value for a in authors):
            changed[key] = value

    @rule(author=indexes, to=indexes)
    def move_author(self, author: int, to: int) -> None:
        authors = self.sources.authors
        authors.insert(to % len(authors), authors.pop(author % len(authors)))

    @rule(name=st.sampled_from(NAMES), to=indexes)
    def add_author(self, name: str, to: int) -> None:
        if all(author["name"] != name for author in self.sources.authors):
            self.sources.authors.insert(to, {"name": name})

    @rule(author=indexes, name=st.sampled_from(NAMES))
    def rename_author(self, author: int, name: str) -> None:
        authors = self.sources.authors
        if all(other["name"] != name for other in authors):
            changed = authors[author % len(authors)]
            self._rename_writer(changed["name"], name)
            changed["name"] = name

    @rule(author=indexes)
    def remove_author(self, author: int) -> None:
        authors = self.sources.authors
        if len(authors) > 1:
            gone = authors.pop(author % len(authors))["name"]
            self._rename_writer(gone, authors[0]["name"])

    def _rename_writer(self, old: str, new: str) -> None:
        for essay in self.sources.essays.values():
            writers = essay.front["author"]
            names = writers if isinstance(writers, list) else [writers]
            essay.front["author"] = [*dict.fromkeys(new if n == old else n for n in names)]

    @rule(
        page=st.sampled_from(["about.md", "notes/one.md", "notes/two.md", "style.css", "x/y.txt"]),
        words=st.sampled_from(["Words", "Other words", None]),
    )
    def change_page_by_hand(self, page: str, words: str | None) -> None:
        self.sources.pages.pop(page, None)
        if words:
            self.sources.pages[page] = words

    @rule(
        entry=st.sampled_from(
            [
                ("site_name", "Tea & <more>"),
                ("site_name", "Small"),
                ("site_description", "Other words"),
                ("site_url", "https://example.org/tea/"),
                ("site_url", None),
                ("extra_css", ["style.css"]),
                ("extra_css", None),
                ("theme", {"name": "material", "language": "de"}),
                ("extra", {"report": "mailto:me@example.org"}),
                ("validation", {"omitted_files": "ignore", "links": {"anchors": "warn"}}),
                ("validation", {"omitted_files": "ignore"}),
                (
                    "markdown_extensions",
                    ["attr_list", "footnotes", {"smarty": {"substitutions": {"ndash": "to"}}}],
                ),
                ("markdown_extensions", ["attr_list", "footnotes", "smarty", "pymdownx.emoji"]),
                ("markdown_extensions", ["attr_list", "footnotes", {"toc": {"permalink": True}}]),
                ("plugins", ["search"]),
                ("plugins", []),
                ("nav", None),
                (
                    "nav",
                    [
                        {"Start": "index.md"},
                        {"Essays": "essays/index.md"},
                        {"All claims": "claims/index.md"},
                        {"Authors": "authors/index.md"},
                        {"More": ["about.md", "notes/one.md"]},
                    ],
                ),
                (
                    "nav",
                    ["index.md", "essays/index.md", {"Claims": "claims/index.md"}, "search.md"],
                ),
            ]
        )
    )
    def change_settings(self, entry: tuple[str, Any]) -> None:
        self.sources.mkdocs.pop(entry[0], None)
        if entry[1] is not None:
            self.sources.mkdocs[entry[0]] = entry[1]

    @rule(edition=st.sampled_from(Edition))
    def change_edition(self, edition: Edition) -> None:
        self.sources.edition = edition

    @rule()
    def second_reading_comes_or_goes(self) -> None:
        self.sources.agreement = not self.sources.agreement

    @rule()
    def link_to_nowhere_comes_or_goes(self) -> None:
        self.sources.dead_link = not self.sources.dead_link

    @rule()
    def mistake_comes_or_goes(self) -> None:
        self.sources.unknown_claim = not self.sources.unknown_claim

    @rule(
        number=st.integers(0, 10_000),
        damage=st.sampled_from(["remove", "empty", "other", "longer", "older"]),
    )
    def damage_what_was_made(self, number: int, damage: str) -> None:
        paths = [
            path
            for folder in ("docs", "site")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
            and path.relative_to(self.root).as_posix() not in self.written
            and path.name not in KEPT
        ]
        if not paths:
            return
        path = paths[number % len(paths)]
        data = path.read_bytes()
        if damage == "remove":
            path.unlink()
        elif damage == "older":
            os.utime(path, (1, 1))
        else:
            path.write_bytes({"empty": b"", "other": b"x" * len(data)}.get(damage, data + b"more"))

    @rule(folder=st.sampled_from(["docs", "docs/assets", "docs/essays", "site"]))
    def remove_a_folder(self, folder: str) -> None:
        """What was made in it, that is."""
        for path in (self.root / folder).rglob("*"):
            relative = path.relative_to(self.root).as_posix()
            if path.is_file() and relative not in self.written and path.name not in KEPT:
                path.unlink()

    @rule(how=st.sampled_from(["all", "file", "garbage", "hole", "cut"]), where=indexes)
    def forget(self, how: str, where: int) -> None:
        folder = self.root / memory.FOLDER
        if how == "all":
            shutil.rmtree(folder, ignore_errors=True)
        for file in folder.glob("*.sqlite*") if folder.is_dir() else ():
            data = file.read_bytes()
            cut = len(data) * where // 12
            if how == "file":
                file.unlink()
            elif how == "garbage":
                file.write_bytes(b"garbage " * 100)
            elif how == "hole":
                file.write_bytes(data[:cut] + b"7" * min(300, len(data) - cut) + data[cut + 300 :])
            else:
                file.write_bytes(data[:cut])

    @rule(path=st.sampled_from(["docs/assets", "docs/assets/search/data", "docs", "docs/.theme"]))
    def leave_over(self, path: str) -> None:
        (self.root / path).mkdir(parents=True, exist_ok=True)
        (self.root / path / ".writing-abc").write_text("half a f")

    @rule()
    def write_pages_only(self) -> None:
        self.save()
        checked = pipeline.check(self.root, self.sources.edition)
        if checked.buildable:
            pipeline.write_docs(self.root, checked)

    @rule(steps=st.integers(1, 3))
    def edit_more_before_the_next_build(self, steps: int) -> None:
        self.held = steps

    def save(self) -> None:
        texts = self.sources.files()
        put(self.root, texts, self.written)
        self.written = texts

    @invariant()
    def all_is_as_a_clean_build_makes_it(self) -> None:
        self.save()
        if self.held:
            self.held -= 1
            return
        before = whole(self.root / "site"), whole(self.root / "docs")
        now = built(self.root, self.sources.edition)
        clean = self.built_elsewhere()
        assert now.findings == clean.findings
        assert (now.stopped, now.rendered) == (clean.stopped, clean.rendered)
        assert differing(now.docs, before[1] if clean.stopped else clean.docs) == {}
        assert differing(now.site, clean.site if clean.rendered else before[0]) == {}
        beside = {path.name for path in self.root.iterdir()}
        assert beside <= {"docs", "essays", "site", "mkdocs.yml", memory.FOLDER}

    def built_elsewhere(self) -> Outcome:
        of = (dict(self.written), self.sources.edition)
        if self.clean is None or self.clean[0] != of:
            root = self.folder / "there/collection"
            shutil.rmtree(root, ignore_errors=True)
            (root / "docs").mkdir(parents=True)
            put(root, self.written, {})
            self.clean = of, built(root, self.sources.edition)
        return self.clean[1]


@pytest.mark.slow
def test_whatever_was_edited_a_rebuild_makes_what_a_clean_build_makes() -> None:
    """CROSSCLAIM_REBUILDS=500 tries so many sequences of edits."""
    examples = int(os.environ.get("CROSSCLAIM_REBUILDS", "12"))
    thorough = settings(
        settings(),
        max_examples=examples,
        stateful_step_count=8 if examples <= 12 else 40,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    run_state_machine_as_test(Rebuilding, settings=thorough)


def places(site: Path) -> dict[str, int]:
    """Each file of a site with its inode, which a file keeps that is not made anew."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }


def made_anew(root: Path, edition: Edition = Edition.READING) -> set[str]:
    """The files of the site that a build makes anew, but for that of missing pages."""
    before = places(root / "site")
    # As long as the old site has another name, none of its inodes is given to another file.
    shutil.copytree(root / "site", root.parent / "kept", copy_function=os.link)
    _, failed = pipeline.build(root, edition)
    shutil.rmtree(root.parent / "kept")
    assert failed == []
    return {path for path, inode in places(root / "site").items() if before.get(path) != inode}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A small collection, built."""
    root = make(tmp_path / "collection", {"docs/about.md": "# About\n"})
    assert pipeline.build(root)[1] == []
    return root


def no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(config: object) -> None:
        raise AssertionError(config)

    monkeypatch.setattr("mkdocs.commands.build.build", build)


def test_nothing_is_rendered_where_nothing_changed(
    collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = places(collection / "site")
    no_renderer(monkeypatch)
    for _ in range(2):
        assert pipeline.build(collection)[1] == []
    assert places(collection / "site") == before


def test_a_word_makes_its_essays_page_and_its_claims_anew(collection: Path) -> None:
    make(
        collection,
        {"docs/about.md": "# About\n", "essays/ada.md": ADA.replace("wakes every", "rouses every")},
    )
    anew = {path for path in made_anew(collection) if path.endswith(".html")}
    assert anew - {"404.html", "about.html"} == {
        "essays/ada.html",
        "claims/tea-wakes.html",
        "compare/ada-byron--ben-jonson.html",
    }


@pytest.mark.parametrize("what", ["the program", "a package", "python"])
def test_with_another_tool_everything_is_made_anew(
    collection: Path, what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if what == "python":
        monkeypatch.setattr("sys.version", "4.0")
    elif what == "a package":
        (tmp_path / "packages/mkdocs-9.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    else:
        copy = tmp_path / "crossclaim"
        shutil.copytree(Path(memory.__file__).parents[1], copy)
        with (copy / "site/templates/page.jinja").open("a") as template:
            template.write(" ")
        monkeypatch.setattr(memory, "__file__", str(copy / "content/memory.py"))
    memory.toolchain.cache_clear()
    try:
        assert made_anew(collection) == places(collection / "site").keys()
    finally:
        memory.toolchain.cache_clear()


@pytest.mark.parametrize(
    "settings_",
    [
        "plugins: [search]\n",
        "hooks: [hook.py]\n",
        "markdown_extensions: [attr_list, pymdownx.emoji]\n",
        "markdown_extensions: [attr_list, toc: {slugify: !!python/name:markdown.extensions.toc.slugify ''}]\n",
        "site_name: !ENV [NO_SUCH_VARIABLE, Small]\n",
        "INHERIT: more.yml\n",
    ],
)
def test_what_may_look_elsewhere_has_everything_rendered_each_time(
    collection: Path, settings_: str
) -> None:
    (collection / "hook.py").write_text("def on_page_content(html, **kw):\n    return html\n")
    (collection / "more.yml").write_text("copyright: Nobody\n")
    key = settings_.partition(":")[0]
    lines = [line for line in MKDOCS.splitlines() if not line.startswith(f"{key}:")]
    settings_ += "\n".join(lines)
    (collection / "mkdocs.yml").write_text(f"{settings_}\n")
    assert made_anew(collection)
    assert made_anew(collection) == places(collection / "site").keys()


def test_other_words_on_a_page_are_said_however_seldom_it_is_rendered(tmp_path: Path) -> None:
    """They stand where the essay's file has them now."""
    settings_ = MKDOCS.replace("toc]", "toc, smarty: {substitutions: {ndash: to}}]")
    changed = ADA.replace("Tea wakes", "Tea -- wakes")
    root = make(tmp_path, {"mkdocs.yml": settings_, "essays/ada.md": changed})
    other = changed.replace("---\n", "---\n# A note to myself.\n", 1)
    for text, line in ((changed, 8), (changed, 8), (other, 9), (other, 9), (changed, 8)):
        (root / "essays/ada.md").write_text(text)
        _, (warning,) = pipeline.build(root)
        assert (warning.code, str(warning.place)) == ("changed-words", f"essays/ada.md:{line}")
    (root / "essays/ben.md").write_text(SMALL["essays/ben.md"].replace("sleep", "rest"))
    assert [warning.code for warning in pipeline.build(root)[1]] == ["changed-words"]
    (root / "essays/ada.md").write_text(ADA)
    assert pipeline.build(root)[1] == []


def test_a_site_that_somebody_emptied_or_spoilt_is_built_anew(collection: Path) -> None:
    site = collection / "site"
    before = whole(site)
    for spoilt in ("404.html", "assets/crossclaim.css"):
        (site / spoilt).unlink()
        assert pipeline.build(collection)[1] == []
        assert whole(site) == before
    (site / "404.html").unlink()
    (site / "mine.txt").write_text("by hand")
    assert [f.code for f in pipeline.build(collection)[1]] == ["page-in-the-way"]
    assert (site / "mine.txt").read_text() == "by hand"
    for path in [path for path in site.rglob("*") if path.is_file()]:
        path.unlink()
    shutil.rmtree(collection / memory.FOLDER)
    assert pipeline.build(collection)[1] == []
    assert whole(site) == before


def test_what_is_remembered_wrongly_is_not_remembered(collection: Path) -> None:
    """A letter changed within a value leaves the file a database."""
    for file in (collection / memory.FOLDER).glob("*.sqlite*"):
        data = file.read_bytes()
        assert data.count(b"Tea wakes everybody.") == ("wal" not in file.name)
        file.write_bytes(data.replace(b"Tea wakes everybody.", b"Tea takes everybody."))
    (collection / "essays/ben.md").write_text(SMALL["essays/ben.md"].replace("sleep", "rest"))
    (collection / "docs/essays/ada.md").unlink()
    pipeline.build(collection)
    assert "takes" not in (collection / "docs/essays/ada.md").read_text()


@pytest.mark.parametrize("option", [[], ["--pages-only"]])
def test_a_clean_build_makes_everything_anew(
    collection: Path, option: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    parse = parse_essay

    def counting(text: str, file: str, name: str) -> object:
        parsed.append(name)
        return parse(text, file, name)

    monkeypatch.setattr("crossclaim.content.collection.parse_essay", counting)
    before, inodes = whole(collection), places(collection / "site")
    for clean in ([], ["--clean"]):
        assert parsed == []
        command = ["-C", str(collection), "build", *option, *clean]
        assert CliRunner().invoke(cli.main, command).exit_code == 0
    assert sorted(parsed) == ["ada", "ben"]
    kept = {path for path, inode in places(collection / "site").items() if inode == inodes[path]}
    assert bool(kept) == bool(option)
    after = whole(collection)
    assert {path for path in differing(before, after) if not path.startswith(".cross")} == set()


@pytest.mark.parametrize("address", ["", "https://example.org/tea/"])
def test_a_site_does_not_say_when_it_was_built(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_ = {"mkdocs.yml": MKDOCS + f"site_url: {address}\n" * bool(address)}
    one, other = (make(tmp_path / name / "collection", settings_) for name in ("one", "other"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert pipeline.build(one)[1] == []
    now = time.time
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setattr("time.time", lambda: now() + 400 * 86400)
    assert pipeline.build(other)[1] == []
    for part in ("docs", "site"):
        assert differing(whole(one / part), whole(other / part)) == {}
    packed = {path: data for path, data in whole(one / "site").items() if data}
    assert {data[4:8] for data in packed.values() if data.startswith(b"\x1f\x8b")} <= {bytes(4)}
    pages = sorted(path for path in packed if path.endswith(".html") and path != "404.html")
    assert ("sitemap.xml" in packed) == ("sitemap.xml.gz" in packed) == bool(address)
    if address:
        locations = re.findall("<loc>(.*?)</loc>", packed["sitemap.xml"].decode())
        assert sorted(locations) == [address + page for page in pages]
        assert gzip.decompress(packed["sitemap.xml.gz"]) == packed["sitemap.xml"]


def test_a_page_in_a_linked_folder_is_a_page(collection: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "more.md").write_text("# More\n")
    (collection / "docs/linked").symlink_to(elsewhere, target_is_directory=True)
    pipeline.build(collection)
    assert "More" in (collection / "site/linked/more.html").read_text()
    (elsewhere / "more.md").write_text("# Less\n")
    pipeline.build(collection)
    assert "Less" in (collection / "site/linked/more.html").read_text()


def test_a_sitemap_by_hand_is_left_as_it_is(tmp_path: Path) -> None:
    settings_ = MKDOCS + "site_url: https://example.org/\n"
    root = make(tmp_path, {"mkdocs.yml": settings_, "docs/sitemap.xml": "<urlset/>\n"})
    for _ in range(2):
        assert pipeline.build(root)[1] == []
        assert (root / "site/sitemap.xml").read_text() == "<urlset/>\n"
        (root / "docs/about.md").write_text("# About\n")


@pytest.mark.parametrize("left", [None, "", "assets/icon.svg\n"])
def test_without_its_list_the_build_knows_its_own_pages(collection: Path, left: str | None) -> None:
    before = whole(collection / "docs")
    manifest = collection / "docs" / publish.MANIFEST
    manifest.unlink()
    if left is not None:
        manifest.write_text(left)
    checked, failed = pipeline.build(collection)
    assert ([*checked.findings], failed) == ([], [])
    assert whole(collection / "docs") == before


def test_a_hole_anywhere_in_what_is_remembered_is_no_fault(collection: Path) -> None:
    (file,) = (collection / memory.FOLDER).glob("*.sqlite")
    data = file.read_bytes()
    for start in range(0, len(data), len(data) // 60):
        for beside in (collection / memory.FOLDER).glob("*-*"):
            beside.unlink()
        hole = data[:start] + b"7" * 300 + data[start + 300 :]
        file.write_bytes(hole[: len(data)])
        for text in (ADA.replace("Tea wakes", "Tea rouses"), ADA):
            (collection / "essays/ada.md").write_text(text)
            assert pipeline.check(collection).findings == ()
