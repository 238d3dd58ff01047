"""Small collections for tests, written to a folder from texts."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

from click.testing import Result

from crossclaim.content.memory import FOLDER as MEMORY

MKDOCS = """\
site_name: Small
site_description: A collection made for tests.
use_directory_urls: false
plugins: []
validation: {omitted_files: ignore}
theme: {name: material, font: false}
markdown_extensions: [attr_list, footnotes, toc]
nav:
  - Home: index.md
  - Essays: essays/index.md
  - Claims: claims/index.md
  - Authors: authors/index.md
"""

CLAIMS = """\
- id: tea-wakes
  claim: Tea wakes people up.
  theme: Effects
  about: The passage says that tea makes people alert.
- id: tea-calms
  claim: Tea calms people down.
  theme: Effects
  about: The passage says that tea makes people calm.
  opposes: [tea-wakes]
"""

AUTHORS = """\
- id: ada-byron
  name: Ada Byron
  about: Ada Byron is made up.
- id: ben-jonson
  name: Ben Jonson
"""

ADA = """\
---
title: On tea
author: Ada Byron
publication: The Kettle
publish: full
---

Tea wakes everybody.
{: #tea-wakes-everybody asserts="tea-wakes" }
"""

BEN = """\
---
title: Against tea
author: Ben Jonson
publication: The Pot
publish: full
---

Tea puts everybody to sleep.
{: #tea-puts-everybody asserts="tea-calms" rejects="tea-wakes" }
"""

# What the tags of made collections are in turn.
STANCES = ("asserts", "asserts", "illustrates", "concedes", "reports", "rejects")

SMALL = {
    "mkdocs.yml": MKDOCS,
    "essays/claims.yml": CLAIMS,
    "essays/authors.yml": AUTHORS,
    "essays/ada.md": ADA,
    "essays/ben.md": BEN,
}


def make(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The small collection under `root`, with some files replaced, added or (None) left out."""
    for file, content in (SMALL | dict(files or {})).items():
        if content is not None:
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(data)
    (root / "docs").mkdir(exist_ok=True)
    return root


def essay(body: str, front: str = "title: On tea\nauthor: Ada Byron") -> str:
    """An essay's file with this body."""
    return f"---\n{front}\npublication: The Kettle\npublish: full\n---\n\n{dedent(body)}"


def many_authors(authors: int, essays: int, claims: int, paragraphs: int) -> dict[str, str | None]:
    """The files of a collection of essays e0, e1 …, by so many authors in turn."""
    names = [f"Anna A{'bcdefghijk'[a // 10]}{'abcdefghij'[a % 10]}" for a in range(authors)]
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in names)
    files["essays/claims.yml"] = "".join(
        f"- {{id: claim-{c}, label: Claim {c} holds, claim: Claim {c} holds everywhere., theme: Theme {c // 8}, about: x}}\n"
        for c in range(claims)
    )
    for e in range(essays):
        body = "\n".join(
            f"Text {p}.\n{{: #p-{p} {STANCES[(e + p) % 6]}='claim-{(e * 7 + p * 3) % claims}' }}\n"
            for p in range(paragraphs)
        )
        files[f"essays/e{e}.md"] = essay(body, f"title: Essay {e}\nauthor: {names[e % authors]}")
    return files


def unmeasured() -> dict[str, str]:
    """The environment for a process that runs none of the package: coverage need not follow it."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path, but for what the program remembers."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and MEMORY not in path.relative_to(folder).parts
    }


def assert_refused(root: Path, run: Callable[[], Result], said: str) -> None:
    """Assert that a command fails with one line, which begins like this, and writes nothing."""
    before = tree(root)
    result = run()
    assert result.exit_code == 1
    assert result.stdout.startswith(said)
    assert result.stdout.count("\n") == 1
    assert tree(root) == before
