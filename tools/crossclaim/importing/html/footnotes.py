"""Footnotes of a page: references and the notes they refer to, by the links between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from crossclaim.importing.document import Note, Run
from crossclaim.importing.html import elements
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.parser import Element, drop_tree

_MARK = re.compile(
    r"[\[({]?\s*(?:(?:foot|end)?note |fn\.? ?)?(?P<mark>\d{1,4}|[a-zA-Z]"
    r"|[ivxlc]{1,7}|[*†‡§¶]{1,4})\s*[\])}]?[.:]?\Z",
    re.IGNORECASE,
)
_REFERENCE_NAME = re.compile(
    r"(?:^|[ -])(?:fn|foot-?notes?|footnote-\w+|end-?notes?|note-?ref|cite-ref"
    r"|easy-footnote\w*|ftnref\w*|reference)(?:[- \d]|$)"
)
_NOTE_NAME = re.compile(r"(?:^|[ -])(?:fn|ftn|edn|foot-?note|end-?note|note)(?:[- \d]|s?$)")
_BACK = re.compile(r"[↩↑^⤴⏎↵⬆«‹←]|\b(?:back|return|jump up|zurück|retour)\b", re.IGNORECASE)
_TYPED_MARK = re.compile(
    r"(?:\[\s*\]|\(\s*\)|[.:)\]])\s*|[*†‡§]+\s+|[\[(]?\d{1,3}[\]).:]{1,2}\s+(?=\S)"
)
_NOTE_TAGS = ("p", "li", "div", "dd", "td", "aside", "section", "blockquote")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """Footnote references, with their labels; and each label's note, an element cut out."""

    references: Mapping[Element, str]
    bodies: tuple[tuple[str, Element], ...]

    def notes(self, address: str = "") -> tuple[Note, ...]:
        """The notes with their words; `address` is what links in them are relative to."""
        return tuple(Note(label, _note_runs(body, address)) for label, body in self.bodies)


def cut_footnotes(root: Element) -> Footnotes:
    """Cut the footnotes out of a tree.

    A link is a reference where it looks like one and what it leads to leads back to it, or where
    either of them says that it is a footnote.
    """
    order = {element: number for number, element in enumerate(root.iter())}
    anchors = _anchors(root)
    pairs: list[tuple[Element, Element]] = []
    for link in root.iter("a"):
        target = anchors.get(_fragment(link))
        after = target is not None and order[target] > order[link]
        if after and _is_reference(link, target, anchors):
            pairs.append((link, target))
    targets = {target for _, target in pairs}
    labels = _labels([(elements.visible_text(link), target) for link, target in pairs])
    bodies: dict[Element, str] = {}
    references: dict[Element, str] = {}
    inside: set[Element] = set()
    for (link, target), label in zip(pairs, labels, strict=True):
        body = _note_element(link, target, targets)
        if body is None or link in inside:
            continue
        if body not in bodies:
            bodies[body] = label
            inside.update(body.iter())
        references[_whole_reference(link)] = bodies[body]
    for body in bodies:
        for link in list(body.iter("a")):
            target = anchors.get(_fragment(link))
            if target is not None and target not in inside and _is_back_link(link):
                drop_tree(_whole_reference(link))
        drop_tree(body)
    return Footnotes(references, tuple((label, body) for body, label in bodies.items()))


def _note_runs(body: Element, address: str) -> tuple[Run, ...]:
    """A footnote's words; its paragraphs are lines."""
    runs: list[Run] = []
    for source in convert(body, address=address).blocks:
        runs += [Run("\n")] if runs else []
        runs += source.block.runs
    if runs and (typed := _TYPED_MARK.match(runs[0].text)):
        first = Run(runs[0].text[typed.end() :], runs[0].emphasis, runs[0].address)
        runs[:1] = [first] if first.text else []
    return tuple(runs)


def _anchors(root: Element) -> dict[str, Element]:
    """The elements that a fragment of an address may name."""
    anchors: dict[str, Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                anchors.setdefault(name, element)
    return anchors


def _fragment(link: Element) -> str:
    _, sign, fragment = (link.get("href") or "").partition("#")
    return unquote(fragment) if sign else ""


def _is_reference(link: Element, target: Element, anchors: Mapping[str, Element]) -> bool:
    if "noteref" in elements.role(link):
        return True
    if not _MARK.match(elements.visible_text(link)) or target.tag in elements.HEADING_TAGS:
        return False
    body = _block(target)
    if body is None or not elements.visible_text(body):
        return False
    near = _near(link)
    back = {anchors.get(_fragment(other)) for other in body.iter("a")} - {None}
    if back & {link, *link.iter(), *near}:
        return True
    names = elements.class_names(link) + " " + elements.class_names(link.getparent())
    raised = any(outer.tag == "sup" for outer in near) or link.find(".//sup") is not None
    return raised or bool(_REFERENCE_NAME.search(names)) or "footnote" in elements.role(target)


def _near(link: Element) -> list[Element]:
    """The inline elements around a link, and the block they stand in for its id."""
    near = []
    for outer in link.iterancestors():
        near.append(outer)
        if elements.is_block(outer):
            break
    return near


def _block(target: Element) -> Element | None:
    if target.tag in _NOTE_TAGS:
        return target
    return next((o for o in target.iterancestors() if o.tag in (*_NOTE_TAGS, "body")), None)


def _note_element(link: Element, target: Element, targets: set[Element]) -> Element | None:
    """The element that holds one footnote and nothing else, or None where there is none."""
    body = _block(target)
    around_link = set(link.iterancestors())
    if body is None or body.tag == "body" or body in around_link:
        return None
    outer = body.getparent()
    while (
        outer is not None
        and outer not in around_link
        and (outer.tag in ("li", "aside") or _NOTE_NAME.search(elements.class_names(outer)))
        and sum(inner in targets for inner in outer.iter()) == 1
        and outer.tag not in ("ol", "ul", "section", "footer")
        and "footnotes" not in elements.class_names(outer)
    ):
        body, outer = outer, outer.getparent()
    return body if sum(inner in targets for inner in body.iter()) == 1 else None


def _whole_reference(link: Element) -> Element:
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


def _is_back_link(link: Element) -> bool:
    text = elements.visible_text(link)
    named = "backlink" in elements.role(link)
    return named or not text or bool(_MARK.match(text) or _BACK.search(text))


def _labels(pairs: list[tuple[str, Element]]) -> list[str]:
    """The labels of references, given their texts and the notes they lead to.

    Their own numbers where these tell the notes apart, else 1, 2, 3.
    """
    own = [match["mark"] if (match := _MARK.match(text)) else "" for text, _ in pairs]
    by_target: dict[Element, set[str]] = {}
    for mark, (_, target) in zip(own, pairs, strict=True):
        by_target.setdefault(target, set()).add(mark)
    single = [next(iter(marks)) for marks in by_target.values() if len(marks) == 1]
    if len(set(single)) == len(by_target) and all(mark.isdigit() for mark in single):
        return own
    numbers = {target: str(number) for number, target in enumerate(by_target, start=1)}
    return [numbers[target] for _, target in pairs]
