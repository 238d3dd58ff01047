"""Footnotes: the sign that calls one and the words it calls, found by the links between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from crossclaim.importing.document import Run
from crossclaim.importing.html import signs
from crossclaim.importing.html.elements import flow
from crossclaim.importing.html.trees import Element, cut

_MARK = re.compile(
    r"[\[({]?\s*(?:(?:foot|end)?note |fn\.? ?)?(?P<mark>\d{1,4}|[a-zA-Z]"
    r"|[ivxlc]{1,7}|[*†‡§¶]{1,4})\s*[\])}]?[.:]?\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^|[ -])(?:fn|foot-?notes?|footnote-\w+|end-?notes?|note-?ref|cite-ref"
    r"|easy-footnote\w*|ftnref\w*|reference)(?:[- \d]|$)"
)
_BODY = re.compile(r"(?:^|[ -])(?:fn|ftn|edn|foot-?note|end-?note|note)(?:[- \d]|s?$)")
_BACK = re.compile(r"[↩↑^⤴⏎↵⬆«‹←]|\b(?:back|return|jump up|zurück|retour)\b", re.IGNORECASE)
_TYPED_MARK = re.compile(
    r"(?:\[\s*\]|\(\s*\)|[.:)\]])\s*|[*†‡§]+\s+|[\[(]?\d{1,3}[\]).:]{1,2}\s+(?=\S)"
)
_BLOCK_OF_NOTE = ("p", "li", "div", "dd", "td", "aside", "section", "blockquote")


@dataclass(frozen=True, slots=True)
class Called:
    """Which elements call a footnote, by label; and each label's words, as elements cut out."""

    calls: Mapping[Element, str]
    bodies: tuple[tuple[str, Element], ...]


def take(root: Element) -> Called:
    """Cut the footnotes out of a tree, and say where they are called.

    A link is a call where it looks like one and what it leads to leads back to it, or where
    either of them says that it is a footnote.
    """
    order = {element: at for at, element in enumerate(root.iter())}
    places = _places(root)
    pairs: list[tuple[Element, Element]] = []
    for link in root.iter("a"):
        target = places.get(_fragment(link))
        if target is not None and order[target] > order[link] and _calls(link, target, places):
            pairs.append((link, target))
    targets = {target for _, target in pairs}
    bodies: dict[Element, str] = {}
    calls: dict[Element, str] = {}
    marks = _labels([signs.shown(link) for link, _ in pairs], [target for _, target in pairs])
    inside: set[Element] = set()
    for (link, target), label in zip(pairs, marks, strict=True):
        body = _body(link, target, targets)
        if body is None or link in inside:
            continue
        if body not in bodies:
            bodies[body] = label
            inside.update(body.iter())
        calls[_whole(link)] = bodies[body]
    for body in bodies:
        for link in list(body.iter("a")):
            place = places.get(_fragment(link))
            if place is not None and place not in inside and _leads_back(link):
                cut(_whole(link))
        cut(body)
    return Called(calls, tuple((label, body) for body, label in bodies.items()))


def words_of(body: Element, address: str = "") -> tuple[Run, ...]:
    """A footnote's words; its paragraphs are lines."""
    runs: list[Run] = []
    for placed in flow(body, address=address).placed:
        runs += [Run("\n")] if runs else []
        runs += placed.block.runs
    if runs and (typed := _TYPED_MARK.match(runs[0].text)):
        first = Run(runs[0].text[typed.end() :], runs[0].emphasis, runs[0].address)
        runs[:1] = [first] if first.text else []
    return tuple(runs)


def _places(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _fragment(link: Element) -> str:
    _, sign, fragment = (link.get("href") or "").partition("#")
    return unquote(fragment) if sign else ""


def _calls(link: Element, target: Element, places: Mapping[str, Element]) -> bool:
    said = signs.role(link)
    if "noteref" in said:
        return True
    if not _MARK.match(signs.shown(link)) or target.tag in signs.HEADINGS:
        return False
    body = _block(target)
    if body is None or not signs.shown(body):
        return False
    back = {places.get(_fragment(other)) for other in body.iter("a")} - {None}
    around = {link, *link.iter(), *_near(link)}
    if back & around:
        return True
    named = signs.names(link) + " " + signs.names(link.getparent())
    raised = any(near.tag == "sup" for near in _near(link)) or link.find(".//sup") is not None
    return raised or bool(_NAMED.search(named)) or "footnote" in signs.role(target)


def _near(link: Element) -> list[Element]:
    """The inline elements around a link, and the block they stand in for its id."""
    found = []
    for outer in link.iterancestors():
        found.append(outer)
        if signs.is_block(outer):
            break
    return found


def _block(target: Element) -> Element | None:
    if target.tag in _BLOCK_OF_NOTE:
        return target
    return next((o for o in target.iterancestors() if o.tag in (*_BLOCK_OF_NOTE, "body")), None)


def _body(link: Element, target: Element, targets: set[Element]) -> Element | None:
    """The element that holds one footnote and nothing else, or None where there is none."""
    body = _block(target)
    outside = set(link.iterancestors())
    if body is None or body.tag == "body" or body in outside:
        return None
    outer = body.getparent()
    while (
        outer is not None
        and outer not in outside
        and (outer.tag in ("li", "aside") or _BODY.search(signs.names(outer)))
        and sum(inner in targets for inner in outer.iter()) == 1
        and outer.tag not in ("ol", "ul", "section", "footer")
        and "footnotes" not in signs.names(outer)
    ):
        body, outer = outer, outer.getparent()
    return body if sum(inner in targets for inner in body.iter()) == 1 else None


def _whole(link: Element) -> Element:
    """The link, or the raised element that holds nothing else."""
    outer = link.getparent()
    while (
        outer is not None
        and outer.tag in ("sup", "span")
        and len(outer) == 1
        and not (outer.text or "").strip("[( ")
        and not (outer[0].tail or "").strip("]) ")
    ):
        link, outer = outer, outer.getparent()
    return link


def _leads_back(link: Element) -> bool:
    text = signs.shown(link)
    return (
        not text or bool(_MARK.match(text) or _BACK.search(text)) or "backlink" in signs.role(link)
    )


def _labels(marks: list[str], targets: list[Element]) -> list[str]:
    """The labels of calls: their own numbers where these tell the notes apart, else 1, 2, 3."""
    own = [found["mark"] if (found := _MARK.match(mark)) else "" for mark in marks]
    by_target: dict[Element, set[str]] = {}
    for mark, target in zip(own, targets, strict=True):
        by_target.setdefault(target, set()).add(mark)
    single = [next(iter(found)) for found in by_target.values() if len(found) == 1]
    if len(set(single)) == len(by_target) and all(mark.isdigit() for mark in single):
        return own
    numbers = {target: str(at) for at, target in enumerate(by_target, start=1)}
    return [numbers[target] for target in targets]
