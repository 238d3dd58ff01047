"""Lines of a PDF's body to blocks: paragraphs, headings, lists, quotations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from crossclaim.importing.document import Block, Kind, Run
from crossclaim.importing.pdf.layout import Setting
from crossclaim.importing.pdf.lines import Line
from crossclaim.importing.text.wrapping import Dehyphenator
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_BULLET = re.compile(r"(?P<sign>[•◦▪‣·●○■–*-])\s+(?=\S*\w|\W*\s\w)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)")
_LARGER = 1.1  # of the body's size
_HEADING_WORDS = 25
_GAP = 1.3  # of the usual distance of baselines


@dataclass(frozen=True, slots=True)
class Set:
    """A block and where it began: its page, its type's size, its left edge, its lines."""

    block: Block
    page: int
    size: float
    lines: tuple[Line, ...]


def blocks(found: Sequence[Line], how: Setting) -> list[Set]:
    """Lines to blocks in order; a paragraph that goes on over the page's end is one."""
    mending = Dehyphenator("\n".join(line.text for line in found))
    made = [_set(group, how, mending) for group in _groups(found, how)]
    return _nested(_leveled(_versed(_listed(made), how), how), how)


def _groups(found: Sequence[Line], how: Setting) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in found:
        if groups and not _starts(line, groups[-1], how):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _starts(line: Line, group: list[Line], how: Setting) -> bool:
    """Whether a paragraph starts at this line rather than going on in it."""
    before = group[-1]
    if abs(line.size - before.size) > 0.6 or (line.bold != before.bold and len(line.text) > 3):
        return True
    text = line.text.strip()
    apart = line.baseline - before.baseline
    left, was_left = _margin(line, how), _margin(before, how)
    marked = _BULLET.match(text) or _NUMBER.match(text)
    if line.page == before.page:
        if apart > _GAP * max(how.leading * line.size / how.size, 1) + 0.5 or apart <= 0:
            return True
    elif line.size > _LARGER * how.size:
        return True
    if marked and (_ended(before, line, how) or left > 0.5 * how.size):
        return True
    item = _BULLET.match(group[0].text.strip()) or _NUMBER.match(group[0].text.strip())
    inner = left if len(group) == 1 else _margin(group[1], how)
    if item and len(group) == 1:
        inner = max(left, was_left)
    base = min(inner, was_left) if not item else inner
    if left > base + 0.7 * how.size and not item:
        return True  # a first line that is set in
    if len(group) > 1 and left < was_left - 0.7 * how.size:
        return True  # a quotation or an item ends
    return _ended(before, line, how)


def _margin(line: Line, how: Setting) -> float:
    return line.x0 - how.left.get(line.page, line.x0)


def _ended(before: Line, line: Line, how: Setting) -> bool:
    """Whether somebody ended a line: the next word would have had room on it."""
    right = how.right.get(before.page, before.x1)
    room = right - before.x1 - 0.3 * before.size
    slack = 0.5 if how.justified else 0.03 * (right - how.left.get(before.page, 0))
    if room - slack <= line.first:
        return False
    if _ends_sentence(before.text):
        return True
    return (
        room > 0.4 * (right - how.left.get(before.page, 0)) or not line.text.strip()[:1].islower()
    )


def _ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, the raised number of a footnote aside."""
    return ends_sentence(text.rstrip().rstrip("0123456789"), also=":")


def _set(group: list[Line], how: Setting, mending: Dehyphenator) -> Set:
    text = group[0].text.strip()
    kind, marker = Kind.PARAGRAPH, ""
    larger = group[0].size > _LARGER * how.size
    count = len(words(" ".join(line.text for line in group)))
    bold = all(line.bold for line in group) and not text.endswith((".", ",", ";", ":"))
    if 0 < count <= _HEADING_WORDS and (larger or bold):
        kind = Kind.HEADING
    elif found := _BULLET.match(text):
        kind, marker = Kind.BULLET, found["sign"]
        group = [_from(group[0], found.end()), *group[1:]]
    elif found := _NUMBER.match(text):
        kind, marker = Kind.NUMBERED, f"{found['number']}."
        group = [_from(group[0], found.end()), *group[1:]]
    runs = _runs(group, mending)
    quoted = 0
    if kind is Kind.PARAGRAPH and len(group) > 1:
        inset = min(_margin(line, how) for line in group)
        quoted = int(inset > 0.9 * how.size and abs(_margin(group[-1], how) - inset) < 2)
    return Set(Block(kind, runs, marker, quoted=quoted), group[0].page, group[0].size, tuple(group))


def _from(line: Line, count: int) -> Line:
    """The line without the sign it opens with; white space before it goes too."""
    spans = []
    count += len(line.text) - len(line.text.lstrip())
    for span in line.spans:
        cut = min(count, len(span.text))
        count -= cut
        spans.append(replace(span, text=span.text[cut:]))
    return replace(line, spans=tuple(span for span in spans if span.text))


def _runs(group: Sequence[Line], mending: Dehyphenator) -> tuple[Run, ...]:
    """Lines as runs: broken words mended, emphasis where it marks a part and not the whole.

    Raised signs keep a style of their own until the notes have been told.
    """
    signs: list[tuple[str, str]] = []
    for at, line in enumerate(group):
        for span in line.spans:
            signs += [(sign, span.style) for sign in span.text]
        while signs and signs[-1][0].isspace():
            signs.pop()
        if at + 1 < len(group):
            signs += _joint("".join(s for s, _ in signs[-60:]), group[at + 1].text, mending, signs)
    styles = {style for sign, style in signs if not sign.isspace() and style != "raised"}
    alike = len(styles) == 1
    runs = []
    for style, part in groupby(signs, key=lambda each: each[1]):
        text = re.sub(r"[^\S\xa0]+", " ", "".join(sign for sign, _ in part))
        runs.append(Run(text, "" if alike and style != "raised" else style))
    return _merged(runs)


def _joint(
    text: str, following: str, mending: Dehyphenator, signs: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What stands between two lines: a space, or nothing where a word was broken."""
    tail = re.match(r"\s*([^\W\d_]+)", following)
    head = re.search(r"([^\W\d_]+)([-\u2010\xad])\Z", text)
    if not head or not tail:
        return [(" ", signs[-1][1] if signs and signs[-1][1] != "raised" else "")]
    joined = mending.join([text[head.start() :], tail[1]])
    soft = head[2] in "\u2010\xad"
    if soft or joined == head[1] + tail[1]:
        signs.pop()
    return []


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs with blank ones given to their neighbours."""
    made: list[Run] = []
    for run in runs:
        if made and (made[-1].emphasis == run.emphasis or not run.text.strip()):
            made[-1] = replace(made[-1], text=made[-1].text + run.text)
        elif run.text:
            made.append(run)
    return tuple(made)


def _listed(made: list[Set]) -> list[Set]:
    """The blocks; one whose number or dash stands alone is no item and keeps its sign."""
    kinds = [each.block.kind for each in made]
    result = []
    for at, each in enumerate(made):
        block = each.block
        near = kinds[max(at - 2, 0) : at] + kinds[at + 1 : at + 3]
        doubtful = block.kind is Kind.NUMBERED or block.marker in ("–", "*", "-")
        if block.marker and doubtful and block.kind not in near:
            text = f"{block.marker} "
            block = replace(block, kind=Kind.PARAGRAPH, marker="", runs=(Run(text), *block.runs))
        elif block.kind is Kind.BULLET:
            block = replace(block, marker="")
        result.append(replace(each, block=block))
    return result


def _versed(made: list[Set], how: Setting) -> list[Set]:
    """Lines that somebody ended, one below the other and hardly a sentence each, as one block."""
    result: list[Set] = []
    at = 0
    while at < len(made):
        end = at + 1
        while end < len(made) and _next_line(made[end - 1], made[end], how):
            end += 1
        part = made[at:end]
        open_ends = sum(not _ends_sentence(each.block.text) for each in part[:-1])
        if len(part) > 1 and open_ends * 2 >= len(part) - 1:
            runs = [run for each in part for run in (Run("\n"), *each.block.runs)][1:]
            lines = tuple(line for each in part for line in each.lines)
            inset = min(_margin(line, how) for line in lines) > 0.9 * how.size
            block = Block(Kind.PARAGRAPH, _merged(runs), quoted=int(inset))
            part = [replace(made[at], block=block, lines=lines)]
        result += part
        at = end
    return result


def _next_line(one: Set, other: Set, how: Setting) -> bool:
    if any(len(e.lines) > 1 or e.block.kind is not Kind.PARAGRAPH for e in (one, other)):
        return False
    apart = other.lines[0].baseline - one.lines[0].baseline
    alike = one.page == other.page and abs(one.size - other.size) < 0.6
    return alike and 0 < apart <= _GAP * how.leading * one.size / how.size + 0.5


def _leveled(made: list[Set], how: Setting) -> list[Set]:
    """Headings with levels by their size, from 2; bold ones of the body's size are the lowest."""
    sizes = sorted({round(e.size) for e in made if e.block.kind is Kind.HEADING}, reverse=True)
    return [
        replace(each, block=replace(each.block, level=min(2 + sizes.index(round(each.size)), 6)))
        if each.block.kind is Kind.HEADING
        else each
        for each in made
    ]


def _nested(made: list[Set], how: Setting) -> list[Set]:
    """List items with their depth, told by how far they are set in."""
    result: list[Set] = []
    edges: list[float] = []
    for each in made:
        if each.block.kind not in (Kind.BULLET, Kind.NUMBERED):
            edges = []
            result.append(each)
            continue
        edge = _margin(each.lines[0], how)
        while edges and edges[-1] > edge - 3:
            edges.pop()
        edges.append(edge)
        result.append(replace(each, block=replace(each.block, level=len(edges))))
    return result
