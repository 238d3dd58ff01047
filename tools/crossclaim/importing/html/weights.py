"""How many words of prose an element holds: what stands in paragraphs, not in lists of links."""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from crossclaim.importing.html import signs
from crossclaim.importing.html.trees import Element

# Scripts that put no blanks between words: Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_PARAGRAPH = 10  # words outside links; a block with fewer is no prose


@dataclass
class Weights:
    """For each element: its words, those of them in links, and those that are prose."""

    words: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    prose: dict[Element, int] = field(default_factory=dict)


def weights(root: Element, without: Container[Element] = ()) -> Weights:
    """The weights of every element under the root, those in `without` counting nothing."""
    order, counted = [], Weights()
    own: dict[Element, tuple[int, int]] = {}  # of a block, what stands directly in it
    block_of: dict[Element, Element] = {}
    in_link: dict[Element, bool] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in signs.UNREAD or element in without:
            continue
        outer = element.getparent()
        order.append(element)
        block = element if element is root or signs.is_block(element) else block_of[outer]
        block_of[element] = block
        in_link[element] = element.tag == "a" or in_link.get(outer, False)
        plain, linked = own.get(block, (0, 0))
        count = sum(map(_count, (element.text, *(child.tail for child in element))))
        own[block] = (plain, linked + count) if in_link[element] else (plain + count, linked)
        waiting.extend(reversed(element))
    for element in reversed(order):
        plain, linked = own.get(element, (0, 0))
        sums = (
            plain + linked,
            linked,
            plain if plain >= _PARAGRAPH and plain >= linked else 0,
        )
        for held, count in zip((counted.words, counted.linked, counted.prose), sums, strict=True):
            held[element] = held.get(element, 0) + count
            if element is not root:
                outer = element.getparent()
                held[outer] = held.get(outer, 0) + held[element]
    return counted


def _count(text: str | None) -> int:
    """How many words, about; some scripts have no blanks between them."""
    if not text:
        return 0
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)
