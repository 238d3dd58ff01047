"""What the benches share: collections of any size, and a server as hosts have them."""

import gzip
import random
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from collections_made import MKDOCS

ROOT = Path(__file__).parent.parent
FEDERALIST = ROOT.parent / "shared" / "corpora" / "federalist"
STANCES = ("asserts", "asserts", "illustrates", "concedes", "reports", "rejects")
SOURCE = "the Federalist papers, recombined" if FEDERALIST.is_dir() else "a seeded generator"


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


def collection(root: Path, essays: int, plugins: str = "[]") -> Path:
    """A collection of so many essays of 20 paragraphs, a third as many authors, 40 claims."""
    chance, paragraphs = random.Random(1), prose(1)
    (root / "essays").mkdir(parents=True)
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(MKDOCS.replace("plugins: []", f"plugins: {plugins}"))
    (root / "essays/claims.yml").write_text(
        "".join(
            f"- {{id: claim-{n}, claim: Claim number {n} is so., theme: Theme {n % 5}, about: x}}\n"
            for n in range(40)
        )
    )
    authors = max(essays // 3, 2)
    (root / "essays/authors.yml").write_text(
        "".join(f"- name: Author N{n}\n" for n in range(authors))
    )
    for n in range(essays):
        body = "".join(
            f'{chance.choice(paragraphs)}\n{{: #p-{p} {chance.choice(STANCES)}="claim-{chance.randrange(40)}" }}\n\n'
            for p in range(20)
        )
        front = f"title: Essay {n}\nauthor: Author N{n % authors}\ndate: {1780 + n % 40}"
        front += "\npublication: X\npublish: full"
        (root / f"essays/essay-{n}.md").write_text(f"---\n{front}\n---\n\n{body}")
    return root
