"""Three-way merge of a new version of an original into an essay edited and tagged since.

Three texts meet: the former original (`base`), the essay's file and the new original. Whatever only
one side changed is changed; where both did, and wherever it is not certain which paragraph is
which, the file's own words and tags stay, and a change says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from operator import attrgetter

from crossclaim.content.deciding_words import LEFT_OUT
from crossclaim.content.essay_edit import as_aside, tags_of, with_tag
from crossclaim.content.tag_line import WAS, Attributes
from crossclaim.importing.compose import inline_text, note_text
from crossclaim.importing.document import Block, Document, Kind
from crossclaim.importing.update.alignment import Link, align, by_key, moved
from crossclaim.importing.update.changes import Change, ChangeKind, difference, opening
from crossclaim.importing.update.file import Unit, composed, cut, joined
from crossclaim.names import opening_id

_FIRST = 1 / 3  # of a paragraph’s words in its first piece: that is where links to it lead
_HALF = 0.5  # of a piece’s words from a paragraph: its tags may be this piece’s as well


def merge_texts(base: str, ours: str, theirs: str) -> str | None:
    """The base with both sides' changes, or None where both changed the same words."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    before = re.findall(r"\s+|\S+", base)
    both = set[tuple[int, int, str]]()  # the edits: from, to, instead
    for after in (re.findall(r"\s+|\S+", text) for text in (ours, theirs)):
        opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        both |= {(a, b, "".join(after[c:d])) for kind, a, b, c, d in opcodes if kind != "equal"}
    edits = sorted(both)
    for one, other in pairwise(edits):
        if other[0] <= one[1]:  # edits that meet have an order that nobody knows
            return None
    for start, end, new in reversed(edits):
        before[start:end] = [new]
    return "".join(before)


def merge_versions(
    text: str, base: Document | None, new: Document
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text (line feeds only) after the update, and what was done to it.

    Without a base, what differs from the new original is taken to have changed there.
    """
    merge = _Merge(text, base, new)
    return merge.result(), tuple(merge.changes)


class _Merge:
    def __init__(self, text: str, base: Document | None, new: Document) -> None:
        self.file = cut(text)
        self.own = [u for u in self.file.units if u.heading or u.attributes is not None]
        self.base, self.new, self.blocks = base, new, new.blocks
        self.former = base.blocks if base else ()
        mine = [unit.words for unit in self.own]
        before, after = [b.text for b in self.former], [b.text for b in new.blocks]
        to_own, to_new = align(before, mine), align(before, after)
        self.links = _through(to_own, to_new, mine, after)
        self.base_of_own, self.base_of_new = _single(to_own), _single(to_new)
        self.unchanged = {
            new
            for new, old in self.base_of_new.items()
            if inline_text(self.former[old].runs) == inline_text(self.blocks[new].runs)
            and _shape(self.former[old]) == _shape(self.blocks[new])
        }
        self.lost = set(range(len(before))) - {link.old for link in to_own}
        self.moved = moved(to_new if base else self.links)
        self.changes: list[Change] = []
        self.gone: set[Unit] = set()
        self.unplaced: dict[int, Unit] = {}  # new paragraphs that are to be put in place
        self.ids = {
            name for u in self.own if u.attributes for name in (u.attributes.id, *u.attributes.was)
        }

    def result(self) -> str:
        """The text after the update."""
        for links in _groups(self.links):
            self._group(links)
        linked = {link.old for link in self.links}, {link.new for link in self.links}
        for old, unit in enumerate(self.own):
            if old not in linked[0]:
                self._without_counterpart(old, unit)
        for new, block in enumerate(self.blocks):
            if new not in linked[1] and not self._was_taken_out(new):
                name = "" if block.kind is Kind.HEADING else self._new_id(block)
                unit = self.unplaced[new] = composed(block, Attributes(name), new)
                self._record(ChangeKind.ADDED, unit, opening(block.text))
        return joined(self.file, self._with_notes(self._placed()))

    # -- one group of paragraphs that belong together

    def _group(self, links: Sequence[Link]) -> None:
        olds = list(dict.fromkeys(link.old for link in links))
        news = sorted({link.new for link in links})
        own = [self.own[old] for old in olds]
        if self.unchanged.issuperset(news):  # only the editor changed anything here
            own[0].news = news
            for unit, new in zip(own[1:], news[1:], strict=False):
                unit.news = [new]
        elif len(olds) == len(news) == 1:
            self._one(olds[0], news[0])
        elif any(u.heading or self._edited(old) for u, old in zip(own, olds, strict=True)):
            own[0].news = news
            pieces = " / ".join(opening(self.blocks[new].text) for new in news)
            what = f"cut anew in the original as {pieces}; yours stays"
            self._record(ChangeKind.CONFLICT, own[0], what)
        else:
            self._many(links)

    def _one(self, old: int, new: int) -> None:
        """A paragraph that has one counterpart: both sides' changes, where they do not meet."""
        unit, block = self.own[old], self.blocks[new]
        unit.news = [new]
        number = self.base_of_new.get(new, self.base_of_own.get(old))
        former = None if number is None else self.former[number]
        theirs, mine, before = inline_text(block.runs), unit.one_line, unit.words
        text = merge_texts(inline_text(former.runs), mine, theirs) if former else None
        if text is None and self.base and mine != theirs:
            what = f"yours stays: {difference(before, block.text)}"
            self._record(ChangeKind.CONFLICT, unit, f"changed here and in the original; {what}")
            return
        text = theirs if text is None else text
        if former and _shape(former) != _shape(block):
            unit.take_shape(block)
        if text != unit.one_line:
            unit.write(text)
        if unit.words != before:
            self._record(ChangeKind.EDITED, unit, difference(before, unit.words))

    def _many(self, links: Sequence[Link]) -> None:
        """Paragraphs that were split or put together: each id and tag goes where its words went."""
        pieces, parts = by_key(links, attrgetter("old")), by_key(links, attrgetter("new"))
        home = {old: _home(of_old) for old, of_old in pieces.items()}
        self.gone |= {self.own[old] for old in pieces}
        for new, of_new in sorted(parts.items()):
            of_new.sort(key=lambda link: (-link.of_new, link.old))
            at_home = [self._attributes(link.old) for link in of_new if home[link.old] == new]
            elsewhere = [link for link in of_new if home[link.old] != new and link.of_new >= _HALF]
            attributes = _united(at_home, [self._attributes(link.old) for link in elsewhere])
            attributes = replace(attributes, id=attributes.id or self._new_id(self.blocks[new]))
            unit = self.unplaced[new] = composed(self.blocks[new], attributes, new)
            for other in at_home[1:]:
                self._record(ChangeKind.MERGED, unit, f"holds what was #{other.id}")
        for old, of_old in pieces.items():
            others = [_id(self.unplaced[link.new]) for link in of_old if link.new != home[old]]
            if others:
                what = f"goes on in {', '.join(others)}"
                if tags_of(self._attributes(old)):
                    what += "; its tags stand there as suggestions"
                self._record(ChangeKind.SPLIT, self.unplaced[home[old]], what)

    # -- paragraphs without a counterpart

    def _without_counterpart(self, old: int, unit: Unit) -> None:
        """A paragraph of the file that the new original does not have, or not certainly."""
        base = self.base_of_own.get(old)
        if base is None and self.base:
            return  # the editor's own
        untouched = base is not None and not self._edited(old)
        if untouched and (unit.heading or not tags_of(self._attributes(old))):
            self.gone.add(unit)
            what = f"{opening(unit.words)} is no longer in the original"
            self._record(ChangeKind.REMOVED, unit, what)
        elif not unit.heading:
            what = f"{opening(unit.words)} is not in the new original with certainty; it stays"
            self._record(ChangeKind.UNPLACED, unit, what)

    def _was_taken_out(self, new: int) -> bool:
        """Whether the editor has taken this paragraph out of the essay before."""
        gone = self.base_of_new.get(new) in self.lost and new in self.unchanged
        if gone:
            what = f"{opening(self.blocks[new].text)}, as you did before"
            self.changes.append(Change(ChangeKind.OMITTED, "", what))
        return gone

    # -- order, notes, names

    def _placed(self) -> list[Unit]:
        """The units in order: what is new or moved behind what precedes it in the new original."""
        for unit in self.own:
            if unit.news and unit.news[0] in self.moved:
                self.gone.add(unit)
                self.unplaced[unit.news[0]] = unit
                self._record(ChangeKind.MOVED, unit, opening(unit.words))
        staying = [unit for unit in self.file.units if unit not in self.gone]
        places = {new: unit for unit in staying for new in unit.news}
        behind: dict[Unit | None, list[Unit]] = defaultdict(list)
        cursor = None
        for new in range(len(self.blocks)):
            if new in self.unplaced:
                behind[cursor].append(self.unplaced[new])
            else:
                cursor = places.get(new, cursor)
        return [*behind[None], *(each for unit in staying for each in (unit, *behind[unit]))]

    def _with_notes(self, units: list[Unit]) -> list[Unit]:
        """Footnotes' texts: changed, added, and taken out where nothing calls them any more."""
        former = {n.label: note_text(n) for n in self.base.notes} if self.base else {}
        theirs = {n.label: note_text(n) for n in self.new.notes}
        own = {u.note: u for u in units if u.note}
        units += [Unit(-1, [theirs[n]], theirs[n]) for n in theirs if n not in own | former]
        for label, unit in own.items():
            text = theirs.get(label, unit.one_line)
            merged = merge_texts(former.get(label, unit.one_line), unit.one_line, text)
            if merged is None:
                what = f"changed here and in the original, to {opening(text)}; yours stays"
                self.changes.append(Change(ChangeKind.CONFLICT, f"footnote {label}", what))
            elif merged != unit.one_line:
                unit.lines = [merged]
        called = "\n".join(line for u in units if not u.note for line in u.lines)
        left = [n for n in former.keys() - theirs.keys() if f"[^{n}]" not in called]
        return [u for u in units if u.note not in left or u.one_line != former[u.note]]

    def _new_id(self, block: Block) -> str:
        name = opening_id(block.text, self.ids)
        self.ids.add(name)
        return name

    def _attributes(self, old: int) -> Attributes:
        return self.own[old].attributes or Attributes()

    def _edited(self, old: int) -> bool:
        """Whether the editor's text differs from the former original's."""
        base = self.base_of_own.get(old)
        if base is None:
            return self.base is not None
        return inline_text(self.former[base].runs) != self.own[old].one_line

    def _record(self, kind: ChangeKind, unit: Unit, what: str) -> None:
        if not unit.heading or kind not in (ChangeKind.ADDED, ChangeKind.MOVED):
            self.changes.append(Change(kind, _id(unit), what))


def _through(
    to_own: Sequence[Link], to_new: Iterable[Link], mine: Sequence[str], theirs: Sequence[str]
) -> list[Link]:
    """The links from the file to the new original: by the former original, else by themselves."""
    later = by_key(to_new, attrgetter("old"))
    links: dict[tuple[int, int], Link] = {}
    for one in to_own:
        for other in later.get(one.old, ()):
            pair = one.new, other.new
            so_far = links.get(pair, Link(*pair, 0, 0))
            of_old = so_far.of_old + one.of_new * other.of_old
            links[pair] = Link(*pair, of_old, so_far.of_new + one.of_old * other.of_new)
    done = {old for old, _ in links} | {one.new for one in to_own if one.of_old == one.of_new == 1}
    olds = [n for n in range(len(mine)) if n not in done]
    news = sorted(set(range(len(theirs))) - {new for _, new in links})
    others = align([mine[n] for n in olds], [theirs[n] for n in news])
    own = [replace(link, old=olds[link.old], new=news[link.new]) for link in others]
    return sorted([*links.values(), *own], key=attrgetter("old", "new"))


def _single(links: Sequence[Link]) -> dict[int, int]:
    """Later to former, for the paragraphs that have one counterpart, and it has one."""
    former, later = Counter(link.old for link in links), Counter(link.new for link in links)
    return {link.new: link.old for link in links if former[link.old] == later[link.new] == 1}


def _groups(links: Iterable[Link]) -> list[list[Link]]:
    """Links of paragraphs that belong together: connected components, each in order."""
    group_of: dict[tuple[bool, int], set[Link]] = {}
    for link in links:
        nodes = (False, link.old), (True, link.new)
        group = {link}.union(*(group_of.get(node, ()) for node in nodes))
        for each in group:
            group_of[False, each.old] = group_of[True, each.new] = group
    groups = {id(group): group for group in group_of.values()}.values()
    return [sorted(group, key=attrgetter("old", "new")) for group in groups]


def _shape(block: Block) -> tuple[Kind, str, int, int]:
    """What a block is, apart from its words."""
    return block.kind, block.marker, block.level, block.quoted


def _id(unit: Unit) -> str:
    return f"#{unit.attributes.id}" if unit.attributes else opening(unit.words)


def _home(links: Sequence[Link]) -> int:
    """Which piece of a paragraph keeps its id: the first, unless it is small; else the largest."""
    first, largest = links[0], max(links, key=lambda link: link.of_old)
    return (first if first.of_old >= _FIRST else largest).new


def _united(passages: Sequence[Attributes], suggesting: Sequence[Attributes]) -> Attributes:
    """One passage's attributes from several's: the first's id, everybody's tags.

    Those of `suggesting` are suggestions, where the passage has not the claim yet.
    """
    united, *others = passages or [Attributes()]
    if others and not all(other.aside for other in others):
        united = as_aside(united, aside=False)
    words, former = dict(united.words), [*united.was]
    for other in others:
        for claim, quotation in other.words:
            words[claim] = LEFT_OUT.join(filter(None, [words.get(claim), quotation]))
        for stance, claim, reviewed in tags_of(other):
            if (stance, claim, True) not in tags_of(united):
                united = with_tag(united, claim, stance, reviewed)
        former += [name for name in (other.id, *other.was) if name]
    pairs = [pair for pair in united.pairs if pair[0] != WAS]
    pairs += [(WAS, " ".join(former))] if former else []
    united = replace(united, pairs=tuple(pairs), words=tuple(words.items()))
    for stance, claim, _ in (tag for other in suggesting for tag in tags_of(other)):
        if not {(stance, claim, True), (stance, claim, False)} & {*tags_of(united)}:
            united = with_tag(united, claim, stance, reviewed=False)
    return united
