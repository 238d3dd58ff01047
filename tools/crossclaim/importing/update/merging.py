"""Three-way merge of a new version of an original into an essay edited and tagged since.

Three texts meet: the former original (`base`), the essay's file and the new original. Whatever only
one side changed is changed; where both did, and wherever it is not certain which paragraph is
which, the file's own words and tags stay, and a change says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from crossclaim.content.deciding_words import LEFT_OUT
from crossclaim.content.essay_edit import as_aside, tags_of, with_tag
from crossclaim.content.markdown import plain_words
from crossclaim.content.tag_line import WAS, Attributes
from crossclaim.importing.compose import inline_text, note_text
from crossclaim.importing.document import Block, Document, Kind
from crossclaim.importing.update.alignment import Link
from crossclaim.importing.update.changes import Change, ChangeKind, difference, opening
from crossclaim.importing.update.three_way import merge_texts
from crossclaim.importing.update.units import Unit, composed, cut, joined, reshape, rewritten
from crossclaim.importing.update.versions import groups, link_versions, shape
from crossclaim.names import WORD, opening_id, words

_FIRST = 1 / 3  # of a paragraph’s words in its first piece: that is where links to it lead
_HALF = 0.5  # of a piece’s words from a paragraph: its tags may be this piece’s as well


def merge_versions(
    text: str, base: Document | None, new: Document
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text (line feeds only) after the update, and what was done to it.

    Without a base, what differs from the new original is taken to have changed there.
    """
    merging = _Merging(text, base, new)
    return merging.result(), tuple(merging.changes)


class _Merging:
    def __init__(self, text: str, base: Document | None, new: Document) -> None:
        self.file = cut(text)
        self.own = [u for u in self.file.units if u.heading or u.attributes is not None]
        self.base, self.new = base, new
        self.blocks = new.blocks
        self.base_blocks = base.blocks if base else ()
        mine = [unit.words for unit in self.own]
        self.links = link_versions(mine, base.blocks if base else None, new.blocks)
        self.changes: list[Change] = []
        self.units: list[Unit] = list(self.file.units)
        self.unplaced: dict[int, Unit] = {}  # new paragraphs that are to be put in place
        self.ids = {
            name for u in self.own if u.attributes for name in (u.attributes.id, *u.attributes.was)
        }

    def result(self) -> str:
        """The text after the update."""
        linked_own, linked_new = set[int](), set[int]()
        for olds, news in groups(self.links.to_new):
            linked_own |= set(olds)
            linked_new |= set(news)
            self._component(olds, news)
        for old, unit in enumerate(self.own):
            if old not in linked_own:
                self._without_counterpart(old, unit)
        for new, block in enumerate(self.blocks):
            if new not in linked_new and not self._was_taken_out(new):
                self._add(new, block)
        self._place()
        self._notes()
        return joined(self.file, self.units)

    # -- one group of paragraphs that belong together

    def _component(self, olds: Sequence[int], news: Sequence[int]) -> None:
        own = [self.own[old] for old in olds]
        if self.base and all(new in self.links.unchanged for new in news):
            own[0].news = list(news)  # only the editor changed anything here
            for unit, new in zip(own[1:], news[1:], strict=False):
                unit.news = [new]
        elif len(olds) == len(news) == 1:
            self._one(olds[0], news[0])
        else:
            edited = any(u.heading for u in own) or any(self._edited(old) for old in olds)
            texts = _recut(own, [self.blocks[new] for new in news]) if edited else None
            if edited and texts is None:
                own[0].news = list(news)
                pieces = " / ".join(opening(self.blocks[new].text) for new in news)
                what = f"cut anew in the original as {pieces}; yours stays"
                self._record(ChangeKind.CONFLICT, own[0], what)
            else:
                self._many(olds, news, texts)

    def _one(self, old: int, new: int) -> None:
        """A paragraph that has one counterpart: both sides' changes, where they do not meet."""
        unit, block = self.own[old], self.blocks[new]
        unit.news = [new]
        former = self._base(old, new)
        theirs = inline_text(block.runs)
        base = inline_text(former.runs) if former else None if self.base else unit.one_line
        text = None if base is None else merge_texts(base, unit.one_line, theirs)
        if text is None and unit.one_line != theirs:
            changed = difference(unit.words, block.text)
            what = f"changed here and in the original; yours stays: {changed}"
            self._record(ChangeKind.CONFLICT, unit, what)
            return
        text = theirs if text is None else text
        words_before, before = unit.words, unit.one_line
        if former and shape(former) != shape(block):
            reshape(unit, composed(block, unit.attributes or Attributes(), new))
            before = theirs
        if text != before:
            rewritten(unit, text, unit.attributes)
        unit.text = text
        if unit.words != words_before:
            self._record(ChangeKind.EDITED, unit, difference(words_before, unit.words))

    def _many(self, olds: Sequence[int], news: Sequence[int], texts: Sequence[str] | None) -> None:
        """Paragraphs that were split or put together: each id and tag goes where its words went.

        `texts` are the pieces' texts where they are not the original's.
        """
        links = {(link.old, link.new): link for link in self.links.to_new}
        home = {old: _home([link for link in links.values() if link.old == old]) for old in olds}
        for old in olds:
            self.units.remove(self.own[old])
        for number, new in enumerate(news):
            at_home = [old for old in olds if home[old] == new]
            at_home.sort(key=lambda old: (-links[old, new].of_new, old))
            elsewhere = [old for old in olds if home[old] != new and (old, new) in links]
            suggesting = [old for old in elsewhere if links[old, new].of_new >= _HALF]
            attributes = self._attributes(at_home, suggesting, self.blocks[new])
            unit = composed(self.blocks[new], attributes, new)
            if texts:
                rewritten(unit, texts[number], attributes)
            self.unplaced[new] = unit
            for old in at_home[1:]:
                what = f"holds what was #{self._own_attributes(old).id}"
                self._record(ChangeKind.MERGED, unit, what)
        for old in olds:
            pieces = [new for new in news if (old, new) in links]
            if len(pieces) > 1:
                self._record_split(old, home[old], pieces)

    def _attributes(
        self, at_home: Sequence[int], suggesting: Sequence[int], block: Block
    ) -> Attributes:
        """A piece's id and tags: those of the passages whose home it is; others' as suggestions."""
        attributes = _united([self._own_attributes(old) for old in at_home])
        for old in suggesting:
            attributes = _with_suggestions(attributes, self._own_attributes(old))
        return attributes if attributes.id else replace(attributes, id=self._new_id(block))

    def _record_split(self, old: int, home: int, pieces: Sequence[int]) -> None:
        others = ", ".join(_id(self.unplaced[new]) for new in pieces if new != home)
        what = f"goes on in {others}"
        if tags_of(self._own_attributes(old)):
            what += "; its tags stand there as suggestions"
        self._record(ChangeKind.SPLIT, self.unplaced[home], what)

    # -- paragraphs without a counterpart

    def _without_counterpart(self, old: int, unit: Unit) -> None:
        """A paragraph of the file that the new original does not have, or not certainly."""
        base = self.links.base_of_own.get(old)
        if base is None and self.base:
            return  # the editor's own
        untouched = base is not None and not self._edited(old)
        if untouched and (unit.heading or not tags_of(self._own_attributes(old))):
            self.units.remove(unit)
            what = f"{opening(unit.words)} is no longer in the original"
            self._record(ChangeKind.REMOVED, unit, what)
        elif not unit.heading:
            what = f"{opening(unit.words)} is not in the new original with certainty; it stays"
            self._record(ChangeKind.UNPLACED, unit, what)

    def _was_taken_out(self, new: int) -> bool:
        """Whether the editor has taken this paragraph out of the essay before."""
        gone = self.links.base_of_new.get(new) in self.links.lost and new in self.links.unchanged
        if gone:
            what = f"{opening(self.blocks[new].text)}, as you did before"
            self.changes.append(Change(ChangeKind.OMITTED, "", what))
        return gone

    def _add(self, new: int, block: Block) -> None:
        attributes = Attributes(id="" if block.kind is Kind.HEADING else self._new_id(block))
        self.unplaced[new] = composed(block, attributes, new)
        if block.kind is not Kind.HEADING:
            self._record(ChangeKind.ADDED, self.unplaced[new], opening(block.text))

    # -- order, notes, names

    def _place(self) -> None:
        """Put what is new or moved behind what stands before it in the new original."""
        for unit in list(self.units):
            if unit.news and unit.news[0] in self.links.moved:
                self.units.remove(unit)
                self.unplaced[unit.news[0]] = unit
                if not unit.heading:
                    self._record(ChangeKind.MOVED, unit, opening(unit.words))
        cursor = -1
        places = {new: unit for unit in self.units for new in unit.news}
        for new in range(len(self.blocks)):
            if new in self.unplaced:
                cursor += 1
                self.units.insert(cursor, self.unplaced[new])
            elif new in places:
                cursor = self.units.index(places[new])

    def _notes(self) -> None:
        """Footnotes' texts: changed, added, and taken out where nothing calls them any more."""
        former = {n.label: note_text(n) for n in self.base.notes} if self.base else {}
        theirs = {n.label: note_text(n) for n in self.new.notes}
        own = {u.note: u for u in self.units if u.note}
        for label, text in theirs.items():
            unit = own.get(label)
            if unit is None:
                if label not in former:
                    self.units.append(Unit(-1, [text], text))
                continue
            merged = merge_texts(former.get(label, unit.one_line), unit.one_line, text)
            if merged is None:
                what = f"changed here and in the original, to {opening(text)}; yours stays"
                self.changes.append(Change(ChangeKind.CONFLICT, f"footnote {label}", what))
            elif merged != unit.one_line:
                unit.lines = [merged]
        called = "\n".join(line for u in self.units if not u.note for line in u.lines)
        for label in former.keys() - theirs.keys():
            if (
                label in own
                and own[label].one_line == former[label]
                and f"[^{label}]" not in called
            ):
                self.units.remove(own[label])

    def _new_id(self, block: Block) -> str:
        name = opening_id(block.text, self.ids)
        self.ids.add(name)
        return name

    def _own_attributes(self, old: int) -> Attributes:
        return self.own[old].attributes or Attributes()

    def _base(self, old: int, new: int) -> Block | None:
        base = self.links.base_of_new.get(new, self.links.base_of_own.get(old))
        return None if base is None else self.base_blocks[base]

    def _edited(self, old: int) -> bool:
        """Whether the editor's text differs from the former original's."""
        base = self.links.base_of_own.get(old)
        if base is None:
            return self.base is not None
        return inline_text(self.base_blocks[base].runs) != self.own[old].one_line

    def _record(self, kind: ChangeKind, unit: Unit, what: str) -> None:
        self.changes.append(Change(kind, _id(unit), what))


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
