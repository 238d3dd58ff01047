"""An essay's page as Markdown: the essay's own, with a light line of notes after each paragraph.

Python-Markdown reads it, so that lists are indented by four columns, and an empty comment stands
where two blocks would otherwise be read as one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from crossclaim.content.markdown import for_renderer, literal
from crossclaim.model import Essay, Heading, Items, Part, Passage, Quotation, Stance, Verbatim
from crossclaim.site.index import Index, Occurrence
from crossclaim.site.measures import EssayClaim

# So many other authors a note names, and so many claims a margin shows before it says "+2".
_MAX_NAMED, _MAX_SHOWN = 3, 2
_APART = "<!-- -->"
_INDENT = "    "
# What would open an item of a list on a line inside one.
_ITEM_SIGN = re.compile(r"^([ \t]*)(?:(\d+)(?=\.[ \t])|([*+-])(?=[ \t]))", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<!  )\n[ \t]*")


def essay_body(index: Index, essay: Essay) -> str:
    """The essay's parts as Markdown; passages in another language than the site's say so."""
    return "\n\n".join(_Body(index, essay).blocks(essay.parts))


class _Body:
    """One essay's parts on their way to Markdown."""

    def __init__(self, index: Index, essay: Essay) -> None:
        self.index, self.essay = index, essay
        tongue = index.foreign_language(essay)
        self.tongue = f" lang={tongue}" if tongue else ""

    def blocks(self, parts: Iterable[Part], in_list: bool = False) -> Iterator[str]:
        """The blocks of parts that stand beside each other, without blank lines at their ends."""
        before: Part | None = None
        for part in parts:
            if _would_join(before, part):
                yield _APART
            match part:
                case Passage():
                    yield self._passage(part, in_list)
                    if part.tags:
                        yield note_line(self.index, self.essay, part)
                case Heading():
                    yield f"{'#' * part.level} {for_renderer(part.text, self.essay.definitions)}"
                case Verbatim():
                    yield part.text
                case Quotation():
                    inside = "\n\n".join(self.blocks(part.parts, in_list))
                    yield "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
                case Items():
                    yield from self._items(part)
            before = part

    def _items(self, part: Items) -> Iterator[str]:
        for number, item in enumerate(part.items, start=part.start):
            mark = f"{number}." if part.ordered else "-"
            blocks = list(self.blocks(item, in_list=True))
            first = item[0] if item else None
            if not isinstance(first, Passage):
                blocks.insert(0, _APART)  # beside its mark an item has text only
            elif not first.tags and (len(item) > 1 or len(part.items) == 1):
                blocks.insert(1, _APART)  # else that text might be no paragraph of its own
            indented = "\n\n".join(blocks).replace("\n", f"\n{_INDENT}")
            yield re.sub(r"(?m)^[ ]+$", "", f"{mark:<{len(_INDENT)}}{indented}")

    def _passage(self, passage: Passage, in_list: bool) -> str:
        text = for_renderer(passage.text, self.essay.definitions)
        if in_list:
            text = _ITEM_SIGN.sub(_escaped_sign, _SOFT_BREAK.sub(" ", text))
        formers = "".join(f'<span id="{former}"></span>' for former in passage.was)
        kind = " .aside" if passage.aside else ""
        return f"{formers}{text}\n{{: #{passage.id}{kind}{self.tongue} }}"


def _escaped_sign(match: re.Match[str]) -> str:
    margin, number, sign = match.groups()
    return f"{margin}{number}\\" if number else f"{margin}\\{sign}"


def _would_join(before: Part | None, part: Part) -> bool:
    """Whether Python-Markdown would take a part for the end of the one before."""
    match before:
        case Items() | Quotation():
            return isinstance(part, Items | Quotation | Verbatim)
        case Verbatim():
            return isinstance(part, Verbatim)
    return False


def note_line(index: Index, essay: Essay, passage: Passage) -> str:
    """A passage's notes: each claim's link with its stance, then other authors' paragraphs on it.

    The first of those is the next author on the claim. Suggestions come last and name nobody.
    """
    notes: list[str] = []
    for tag in (*passage.reviewed, *passage.suggestions):
        stance = tag.stance if tag.reviewed else f"{tag.stance} .q"
        label = literal(index.claims[tag.claim].name, starts_line=False)
        link = f"[{label}](../claims/{tag.claim}.md){{.{stance}}}"
        notes.append(link + _others(index, essay, tag.claim, len(notes)) if tag.reviewed else link)
    more = len(notes) - _MAX_SHOWN
    count = f' data-more="{more}"' if more > 0 else ""
    return "\n".join(notes) + f"\n{{: .notes{count} }}"


def _others(index: Index, essay: Essay, claim: str, before: int) -> str:
    """Who else takes up a claim; a style sheet can hide no text, so what it hides is a link."""
    others, count = index.other_writers(essay, claim, _MAX_NAMED)
    passages = index.plainest_by_writers(claim)
    named = [_name(index, passages[writers]) for writers in others]
    more = count - len(named)
    if more:
        named.append(f"+{more}" if before < _MAX_SHOWN else f"[+{more}](../claims/{claim}.md)")
    return "".join(f" {name}" for name in named)


def _name(index: Index, occurrence: Occurrence) -> str:
    """Who wrote an occurrence, as a link to it."""
    essay = occurrence.essay
    names = " and ".join(index.names(essay.writers))
    return f"[{literal(names, starts_line=False)}]({essay.id}.md#{occurrence.passage.id})"


def summary(index: Index, essay: Essay, claims: Iterable[EssayClaim]) -> str:
    """What an essay does with claims, in one line of Markdown; "" where it has none."""
    listed = tuple(claims)
    made = [c.claim.id for c in listed if any(stance.makes for stance in c.by_stance)]
    own = set(essay.authors)
    also_by = [tuple(a for a in index.makers(claim) if a not in own) for claim in made]
    sharers = Counter(author for authors in also_by for author in authors)
    said = []
    if made:
        said.append(f"Argues [{_counted(len(made), 'claim')}](#cc-argues)")
        if sharers:
            shared = sum(1 for authors in also_by if authors)
            # What names no author shares no claim with those who are counted.
            how = "shared with" if essay.authors else "also made by"
            said[0] += f", {shared} {how} {_sharers(index, sharers)}"
    others = [
        f"{stance.word} {count}"
        for stance in Stance
        if not stance.makes and (count := sum(1 for c in listed if stance in c.by_stance))
    ]
    return " · ".join([*said, *others])


def _sharers(index: Index, sharers: Counter[str]) -> str:
    """The authors who share most, by their short names where they are few."""
    if len(sharers) > _MAX_NAMED:
        return f"{len(sharers)} other authors"
    names = [
        literal(index.short_names[a], starts_line=False) for a in index.authors if a in sharers
    ]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
