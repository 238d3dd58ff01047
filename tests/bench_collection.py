"""What the benches share: collections of any size, and a server as hosts have them."""

import gzip
import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from collections_made import MKDOCS, STANCES

ROOT = Path(__file__).parent.parent
FEDERALIST = ROOT.parent / "shared" / "corpora" / "federalist"
SURNAMES = (
    ("Al", "Bar", "Cor", "Den", "Fal", "Gar", "Hol", "Mor", "Nor", "Pel"),
    ("ber", "den", "lan", "mon", "vin"),
    ("by", "ford", "ham", "ley", "man", "son", "ton", "well", "worth"),
)
SOURCE = (
    "paragraphs of the Federalist papers, drawn anew"
    if FEDERALIST.is_dir()
    else "paragraphs of made words"
) + ", with a tail of made rare words as Heaps’ law has it"
HEAPS = 0.5  # the different words of a text grow with this power of its length
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as any host does: compressed, with a type and a life in the cache."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        kind = self.guess_type(str(path))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Cache-Control", "max-age=3600")
        if not kind.startswith("image"):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder's address on a server that compresses text."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def prose(seed: int) -> list[str]:
    """Paragraphs: the Federalist's where the workplace has them, otherwise made words."""
    files = sorted(FEDERALIST.glob("*.txt"))
    if files:
        whole = "\n\n".join(f.read_text("utf-8").split("\n", 1)[1] for f in files)
        paragraphs = [" ".join(p.split()) for p in whole.split("\n\n") if len(p) > 200]
        return [p.replace("<", "").replace("`", "") for p in paragraphs]
    chance = random.Random(seed)
    words = ["".join(chance.choices("aeiourstlnm", k=chance.randint(2, 9))) for _ in range(4000)]
    return [" ".join(chance.choices(words, k=90)).capitalize() + "." for _ in range(800)]


class RareWords:
    """The rare words that a larger text has and a smaller one, drawn anew, has not.

    A text of n words has about K·n^β different ones (Heaps). Drawn paragraphs bring no new ones after
    a while, so made words make up what is missing: each text its share, and as often an earlier one.
    """

    def __init__(self, paragraphs: list[str], chance: random.Random) -> None:
        words = [word for text in paragraphs for word in re.findall(r"[a-z]+", text.lower())]
        self.factor = len(set(words)) / len(words) ** HEAPS
        self.known = len(set(words))
        self.length = 0
        self.chance = chance
        self.made: list[str] = []

    def added(self, text: str) -> str:
        """A text with the rare words that are due after all texts before it."""
        words = text.split(" ")
        self.length += len(words)
        due = int(self.factor * self.length**HEAPS) - self.known - len(self.made)
        for _ in range(max(due, 0)):
            self.made.append(_made_word(len(self.made)))
            for word in (self.made[-1], self.chance.choice(self.made)):
                words.insert(self.chance.randint(1, len(words)), word)
        return " ".join(words)


def _made_word(number: int) -> str:
    """A word of four syllables for a number, a different one up to 24 million."""
    syllables = []
    for _ in range(4):
        number, digit = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[digit])
    return "".join(reversed(syllables))


def collection(root: Path, essays: int, tags: int = 1, plugins: str = "[]") -> Path:
    """A collection of so many essays of 20 paragraphs, each paragraph with so many tags.

    A third as many authors; a fifth as many claims and 20, with labels; half of the tags with
    deciding words. Names, titles, addresses and sentences are about as long as real ones, and the
    words grow in number as those of large collections do.
    """
    chance, paragraphs = random.Random(1), prose(1)
    rare = RareWords(paragraphs, random.Random(2))
    words = sorted({word for text in paragraphs for word in re.findall(r"\b[a-z]{4,9}\b", text)})

    def tagged(number: int) -> list[str]:
        """The claims of a paragraph: each claim is made at least once."""
        first = claims[number : number + 1]
        others = chance.sample(claims, tags)
        return [*first, *(claim for claim in others if claim not in first)][:tags]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    (root / "essays").mkdir(parents=True)
    (root / "docs").mkdir()
    settings = MKDOCS.replace("plugins: []", f"plugins: {plugins}")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    claims = [f"claim-{n}" for n in range(essays // 5 + 20)]
    (root / "essays/claims.yml").write_text(
        "".join(
            f"- {{id: {claim}, label: {some(3).capitalize()} {n}, theme: Theme {n % 5},"
            f" claim: {some(11).capitalize()}., about: The passage says {some(12)}.}}\n"
            for n, claim in enumerate(claims)
        ),
        "utf-8",
    )
    authors = [author(n) for n in range(max(essays // 3, 2))]
    (root / "essays/authors.yml").write_text("".join(f"- name: {a}\n" for a in authors), "utf-8")
    for n in range(essays):
        name, title = authors[n % len(authors)], some(3)
        front = f"title: {title.capitalize()}\nauthor: {name}\ndate: {1780 + n % 40}"
        front += "\npublication: X\npublish: full"
        body = "\n\n".join(
            f"{text}\n{tag_lines(chance, text, f'-{p}', tagged(n * 20 + p))}"
            for p, text in enumerate(map(rare.added, chance.choices(paragraphs, k=20)))
        )
        file = f"{name.split()[1].lower()}-{title.replace(' ', '-')}-{n}.md"
        (root / "essays" / file).write_text(f"---\n{front}\n---\n\n{body}\n", "utf-8")
    return root


def author(number: int) -> str:
    """The name of an author: a first name and a surname that no other has before 450."""
    firsts, parts = ("Ada", "Ben", "Clara", "David", "Edith"), SURNAMES
    number, last = divmod(number, len(parts[2]))
    number, middle = divmod(number, len(parts[1]))
    again, first = divmod(number, len(parts[0]))
    return f"{firsts[again % len(firsts)]} {parts[0][first]}{parts[1][middle]}{parts[2][last]}"


def tag_lines(chance: random.Random, text: str, ending: str, claims: list[str]) -> str:
    """A paragraph's attributes: an id of its first words, its claims, deciding words for half."""
    stances: dict[str, list[str]] = {}
    for claim in claims:
        stances.setdefault(chance.choice(STANCES), []).append(claim)
    tags = " ".join(f'{stance}="{" ".join(tagged)}"' for stance, tagged in stances.items())
    id = "-".join(re.findall("[a-z]+", text.lower())[:4]) + ending
    lines = [f"{{: #{id} {tags} }}"]
    pieces = re.findall(r"(?:\b[A-Za-z]+ ){5,7}[A-Za-z]+\b", text)
    for claim in claims:
        if pieces and chance.random() < 0.5:
            lines.append(f'{{: {claim}="{chance.choice(pieces)}" }}')
    return "\n".join(lines)


def plain(root: Path, source: Path, listed: bool) -> Path:
    """The essays of a collection as pages of stock MkDocs and Material with its search.

    Without `listed`, the essays are left out of the navigation, which is otherwise on every page.
    """
    (root / "docs").mkdir(parents=True)
    (root / "docs/index.md").write_text("# Essays\n", "utf-8")
    settings = "site_name: Plain\ntheme: material\nplugins: [search]\n"
    if not listed:
        settings += "nav: [index.md]\nvalidation: {omitted_files: ignore}\n"
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    for essay in plain_essays(source):
        text = f"---\ntitle: {essay.title}\n---\n{essay.text}"
        (root / "docs" / essay.file).write_text(text, "utf-8")
    return root


class PlainEssay(NamedTuple):
    """An essay without its tags, and whom and what it is by and of."""

    file: str
    title: str
    author: str
    claims: list[str]
    text: str


def plain_essays(source: Path) -> Iterator[PlainEssay]:
    """The essays of a collection that `collection` made."""
    for file in sorted((source / "essays").glob("*.md")):
        front, body = file.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        said = dict(line.split(": ", 1) for line in front.split("\n"))
        text = re.sub(r"^ *\{:.*\}\n", "", body, flags=re.MULTILINE)
        claims = sorted(set(re.findall(r"\bclaim-\d+\b", body)))
        yield PlainEssay(file.name, said["title"], said["author"], claims, text)


HUGO = {
    "config.toml": """\
baseURL = "https://example.org/"
title = "Plain"
disableKinds = ["RSS", "sitemap", "404"]
[taxonomies]
author = "authors"
claim = "claims"
""",
    "layouts/_default/baseof.html": """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>{{ .Title }}</title>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main></html>
""",
    "layouts/_default/single.html": """\
{{ define "main" }}<article>{{ .Content }}</article>
{{ range .GetTerms "authors" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range .GetTerms "claims" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
}


def hugo(root: Path, source: Path) -> Path:
    """The essays of a collection for Hugo, with lists of all, of an author’s and of a claim’s."""
    for name, text in HUGO.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "content/essays").mkdir(parents=True)
    for essay in plain_essays(source):
        lists = {"title": essay.title, "authors": [essay.author], "claims": essay.claims}
        text = f"{json.dumps(lists)}\n{essay.text}"
        (root / "content/essays" / essay.file).write_text(text, "utf-8")
    return root
