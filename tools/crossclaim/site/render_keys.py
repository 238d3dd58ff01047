"""What each file of the site is made from, as digests; what did not change stays as it is."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from crossclaim.content.memory import digest
from crossclaim.model import Place

THEME = ".theme"  # in the docs folder: the frame of the pages and the fragments they include
_FRAGMENTS = f"{THEME}/fragments/"
_ON_EVERY_PAGE = f"{_FRAGMENTS}edition.html"
# An entry of the navigation without a title takes it from its page.
_UNTITLED = re.compile(r"^\s*-\s*[\"']?([^\s:\"']+\.md)[\"']?\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as its page must show it: id, words, place in the essay's file."""

    id: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Docs:
    """The docs folder as the renderer needs to know it.

    `digests` are those of all its files, by path; those in `own` were written by the build.
    `fragments` are the paths of what a page's frame includes beside its Markdown, by the page;
    `passages` gives what must be shown on an essay's page, by the page's path in the site.
    """

    digests: Mapping[str, str]
    own: Set[str]
    fragments: Mapping[str, tuple[str, ...]]
    passages: Callable[[str], Iterable[Shown]]


def untitled_pages(settings: str) -> frozenset[str]:
    """The pages from which the navigation takes titles; `settings` is the text of `mkdocs.yml`."""
    return frozenset(_UNTITLED.findall(settings))


def whole_key(digests: Mapping[str, str], settings: str) -> str:
    """A digest of all that the site is made from."""
    return digest(settings, *(part for row in digests.items() for part in row))


def file_keys(docs: Docs, settings: str) -> dict[str, str]:
    """What the result of each file in the docs folder is made from.

    A page by hand may link to any file.
    """
    digests = docs.digests
    frame = [d for path, d in digests.items() if path.startswith(f"{THEME}/") and _is_frame(path)]
    titles = [digests[path] for path in sorted(untitled_pages(settings)) if path in digests]
    shared, everywhere = digest(settings, *frame, *titles), digest(*sorted(digests))
    keys = {}
    for path, own in digests.items():
        if not path.endswith(".md"):
            keys[path] = digest(own)
        elif path in docs.own:
            parts = [digests[fragment] for fragment in docs.fragments.get(path, ())]
            keys[path] = digest(own, shared, *parts)
        else:
            keys[path] = digest(own, shared, everywhere)
    return keys


def _is_frame(path: str) -> bool:
    """Whether every page is made from this file of the frame."""
    return path == _ON_EVERY_PAGE or not path.startswith(_FRAGMENTS)
