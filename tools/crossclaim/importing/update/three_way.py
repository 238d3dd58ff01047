"""Three-way merge of a new version of an original into an essay edited and tagged since.

Three texts meet: the former original (`base`), the essay's file and the new original. Whatever only
one side changed is changed; where both did, and wherever it is not certain which paragraph is
which, the file's own words and tags stay, and a change says so.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from crossclaim.content.deciding_words import LEFT_OUT
from crossclaim.content.essay_edit import as_aside, tags_of, with_tag
from crossclaim.content.markdown import plain_words
from crossclaim.content.tag_line import WAS, Attributes
from crossclaim.importing.compose import inline_text, note_text
from crossclaim.importing.document import Block, Document, Kind
from crossclaim.importing.update.alignment import Link, align, grouped, moved
from crossclaim.importing.update.changes import Change, ChangeKind, difference, opening
from crossclaim.importing.update.file import Unit, composed, cut, joined
from crossclaim.names import WORD, opening_id, words

_FIRST = 1 / 3  # of a paragraph’s words in its first piece: that is where links to it lead
_HALF = 0.5  # of a piece’s words from a paragraph: its tags may be this piece’s as well


def merge_texts(base: str, ours: str, theirs: str) -> str | None:
    """The base with both sides' changes, or None where both changed the same words."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    before = re.findall(r"\s+|\S+", base)
    edits = sorted(
        {
            (start, end, "".join(after[i:j]))
            for after in (re.findall(r"\s+|\S+", text) for text in (ours, theirs))
            for kind, start, end, i, j in SequenceMatcher(
                None, before, after, autojunk=False
            ).get_opcodes()
            if kind != "equal"
        }
    )
    for one, other in itertools.pairwise(edits):
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
        for olds, news, links in _groups(self.links):
            self._group(olds, news, links)
        linked = {link.old for link in self.links}, {link.new for link in self.links}
        for old, unit in enumerate(self.own):
            if old not in linked[0]:
                self._without_counterpart(old, unit)
        for new, block in enumerate(self.blocks):
            if new not in linked[1] and not self._was_taken_out(new):
                attributes = Attributes(
                    id="" if block.kind is Kind.HEADING else self._new_id(block)
                )
                self.unplaced[new] = composed(block, attributes, new)
                self._record(ChangeKind.ADDED, self.unplaced[new], opening(block.text))
        units = self._placed()
        return joined(self.file, self._with_notes(units))

    # -- one group of paragraphs that belong together

    def _group(self, olds: Sequence[int], news: Sequence[int], links: Sequence[Link]) -> None:
        own, blocks = [self.own[old] for old in olds], [self.blocks[new] for new in news]
        if all(new in self.unchanged for new in news):  # only the editor changed anything here
            own[0].news = list(news)
            for unit, new in zip(own[1:], news[1:], strict=False):
                unit.news = [new]
        elif len(olds) == len(news) == 1:
            self._one(olds[0], news[0])
        elif not any(u.heading or self._edited(old) for u, old in zip(own, olds, strict=True)):
            self._many(links, [inline_text(block.runs) for block in blocks])
        elif texts := _recut(own, blocks):
            self._many(links, texts)
        else:
            own[0].news = list(news)
            pieces = " / ".join(opening(block.text) for block in blocks)
            what = f"cut anew in the original as {pieces}; yours stays"
            self._record(ChangeKind.CONFLICT, own[0], what)

    def _one(self, old: int, new: int) -> None:
        """A paragraph that has one counterpart: both sides' changes, where they do not meet."""
        unit, block = self.own[old], self.blocks[new]
        unit.news = [new]
        number = self.base_of_new.get(new, self.base_of_own.get(old))
        former = None if number is None else self.former[number]
        theirs, mine, before = inline_text(block.runs), unit.one_line, unit.words
        text = merge_texts(inline_text(former.runs), mine, theirs) if former else None
        if text is None and self.base and mine != theirs:
            what = (
                f"changed here and in the original; yours stays: {difference(before, block.text)}"
            )
            self._record(ChangeKind.CONFLICT, unit, what)
            return
        text = theirs if text is None else text
        if former and _shape(former) != _shape(block):
            unit.take_shape(block)
        if text != unit.one_line:
            unit.write(text)
        if unit.words != before:
            self._record(ChangeKind.EDITED, unit, difference(before, unit.words))

    def _many(self, links: Sequence[Link], texts: Sequence[str]) -> None:
        """Paragraphs that were split or put together: each id and tag goes where its words went.

        `texts` are the pieces' texts.
        """
        pieces, parts = grouped(links, lambda link: link.old), grouped(links, lambda link: link.new)
        home = {old: _home(of_old) for old, of_old in pieces.items()}
        self.gone |= {self.own[old] for old in pieces}
        for (new, of_new), text in zip(sorted(parts.items()), texts, strict=True):
            at_home = sorted(
                (link for link in of_new if home[link.old] == new),
                key=lambda link: (-link.of_new, link.old),
            )
            attributes = _united([self._attributes(link.old) for link in at_home])
            for link in of_new:
                if home[link.old] != new and link.of_new >= _HALF:
                    attributes = _with_suggestions(attributes, self._attributes(link.old))
            block = self.blocks[new]
            attributes = replace(attributes, id=attributes.id or self._new_id(block))
            unit = self.unplaced[new] = composed(block, attributes, new)
            if text != unit.text:
                unit.write(text)
            for link in at_home[1:]:
                what = f"holds what was #{self._attributes(link.old).id}"
                self._record(ChangeKind.MERGED, unit, what)
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
        for label in theirs.keys() & own.keys():
            unit, text = own[label], theirs[label]
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
    later = grouped(to_new, lambda link: link.old)
    links = [
        Link(one.new, other.new, one.of_new * other.of_old, one.of_old * other.of_new)
        for one in to_own
        for other in later.get(one.old, ())
    ]
    done = {link.old for link in links} | {link.new for link in to_own if link.alike == 1}
    olds = [n for n in range(len(mine)) if n not in done]
    news = sorted(set(range(len(theirs))) - {link.new for link in links})
    others = align([mine[n] for n in olds], [theirs[n] for n in news])
    links += [replace(link, old=olds[link.old], new=news[link.new]) for link in others]
    return sorted(links, key=lambda link: (link.old, link.new))


def _single(links: Sequence[Link]) -> dict[int, int]:
    """Later to former, for the paragraphs that have one counterpart, and it has one."""
    former, later = Counter(link.old for link in links), Counter(link.new for link in links)
    return {link.new: link.old for link in links if former[link.old] == later[link.new] == 1}


def _groups(links: Iterable[Link]) -> list[tuple[list[int], list[int], list[Link]]]:
    """Connected components of the links: the paragraphs of either side, and the links."""
    of_node: dict[tuple[bool, int], set[Link]] = {}
    for link in links:
        nodes = (False, link.old), (True, link.new)
        group = {link}.union(*(of_node.get(node, ()) for node in nodes))
        for each in group:
            of_node[False, each.old] = of_node[True, each.new] = group
    groups = {
        id(group): sorted(group, key=lambda link: (link.old, link.new))
        for group in of_node.values()
    }
    return [
        (sorted({link.old for link in group}), sorted({link.new for link in group}), group)
        for group in groups.values()
    ]


def _shape(block: Block) -> tuple[Kind, str, int, int]:
    """What a block is, apart from its words."""
    return block.kind, block.marker, block.level, block.quoted


def _id(unit: Unit) -> str:
    return f"#{unit.attributes.id}" if unit.attributes else opening(unit.words)


def _recut(own: Sequence[Unit], pieces: Sequence[Block]) -> list[str] | None:
    """The file's own text cut where the pieces are, or None where the words are others.

    So an editor's emphasis or spelling stays when only the paragraphs changed.
    """
    text = " ".join(unit.one_line for unit in own)
    places = [match.start() for match in WORD.finditer(text)]
    counts = [len(words(block.text)) for block in pieces]
    if words(plain_words(text).casefold()) != words(" ".join(b.text for b in pieces).casefold()):
        return None
    if len(places) != sum(counts):
        return None  # signs of Markdown that look like words
    starts = [text.rfind(" ", 0, places[sum(counts[:n])]) + 1 for n in range(1, len(pieces))]
    ends = [*starts, len(text)]
    cut_texts = [text[a:b].strip() for a, b in zip([0, *starts], ends, strict=True)]
    whole = all(
        words(plain_words(t)) == words(plain_words(inline_text(b.runs))) and t.count("*") % 2 == 0
        for t, b in zip(cut_texts, pieces, strict=True)
    )
    return cut_texts if whole else None


def _home(links: Sequence[Link]) -> int:
    """Which piece of a paragraph keeps its id: the first, unless it is small; else the largest."""
    first, largest = links[0], max(links, key=lambda link: link.of_old)
    return (first if first.of_old >= _FIRST else largest).new


def _united(passages: Sequence[Attributes]) -> Attributes:
    """One passage's attributes from several's: the first's id, everybody's tags."""
    if not passages:
        return Attributes()
    united = passages[0]
    if len(passages) > 1 and not all(other.aside for other in passages):
        united = as_aside(united, aside=False)
    former = list(united.was)
    words = dict(united.words)
    for other in passages[1:]:
        for claim, quotation in other.words:
            words[claim] = LEFT_OUT.join(filter(None, [words.get(claim), quotation]))
        for stance, claim, reviewed in tags_of(other):
            if (stance, claim, True) not in tags_of(united):
                united = with_tag(united, claim, stance, reviewed)
        former += [other.id, *other.was]
    pairs = [pair for pair in united.pairs if pair[0] != WAS]
    names = " ".join(name for name in former if name)
    pairs += [(WAS, names)] if names else []
    return replace(united, pairs=tuple(pairs), words=tuple(words.items()))


def _with_suggestions(attributes: Attributes, other: Attributes) -> Attributes:
    """Attributes with another passage's tags as suggestions, where they have not the claim yet."""
    for stance, claim, _ in tags_of(other):
        if not any((s, c) == (stance, claim) for s, c, _ in tags_of(attributes)):
            attributes = with_tag(attributes, claim, stance, reviewed=False)
    return attributes
