"""Text of a page that the essay leaves out: each part around the essay once, with its reason."""

from collections.abc import Mapping

from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.document import LeftOut
from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.names import words

_LONGEST = 200  # characters of a part's text that are shown
_MOST = 60  # parts; more are listed as one
_SPLIT = 40  # words; a nameless part with more is listed in its own parts
_HEAD_WORDS = 60
_NAMELESS = "on the page, but outside the essay"


def truncate(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def text_around(
    body: Element, container: Element, reasons: Mapping[Element, str], title: str
) -> tuple[LeftOut, ...]:
    """What stands in the body but not in the essay's container, in order, grouped.

    `reasons` are those of the page's boilerplate elements.
    """
    path = {container, *container.iterancestors()}
    left_out: list[LeftOut] = []
    stack: list[Element | LeftOut] = [body] if container is not body else []
    while stack:
        part = stack.pop()
        if isinstance(part, LeftOut):
            left_out.append(part)
            continue
        skipped = not isinstance(part.tag, str) or part.tag in elements.SKIPPED_TAGS
        if part is container or skipped:
            continue
        text = "" if part in path else elements.visible_text(part)
        if part in path or (part not in reasons and _is_divisible(part, text)):
            stack += reversed(_parts(part))
        elif text:
            reason = reasons.get(part) or _reason(text, title)
            hidden = elements.is_hidden(part)
            reason = "hidden on the page" if hidden else reason
            left_out.append(LeftOut(part.sourceline or 0, text, reason))
    return _grouped(left_out)


def _is_divisible(element: Element, text: str) -> bool:
    return len(words(text)) > _SPLIT and len(element) > 1 and elements.is_block(element)


def _reason(text: str, title: str) -> str:
    if title and title in text and len(words(text)) <= _HEAD_WORDS:
        return "the head: title, byline and date"
    return patterns.widget_reason(text) or patterns.footer_reason(text) or _NAMELESS


def _parts(element: Element) -> list[Element | LeftOut]:
    """An element's children, and the text between them."""
    parts: list[Element | LeftOut] = []
    if text := " ".join((element.text or "").split()):
        parts.append(LeftOut(element.sourceline or 0, text, _NAMELESS))
    for child in element:
        parts.append(child)
        if text := " ".join((child.tail or "").split()):
            parts.append(LeftOut(child.sourceline or 0, text, _NAMELESS))
    return parts


def _grouped(left_out: list[LeftOut]) -> tuple[LeftOut, ...]:
    """Neighbours with one reason as one, and no more than a reader can look through."""
    grouped: list[LeftOut] = []
    for each in left_out:
        if grouped and grouped[-1].reason == each.reason:
            text = f"{grouped[-1].text} · {each.text}"
            grouped[-1] = LeftOut(grouped[-1].line, text, each.reason)
        else:
            grouped.append(each)
    if len(grouped) > _MOST:
        rest = " · ".join(each.text for each in grouped[_MOST:])
        grouped[_MOST:] = [LeftOut(grouped[_MOST].line, rest, "more of the page around the essay")]
    return tuple(grouped)
