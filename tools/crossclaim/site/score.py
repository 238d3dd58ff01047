"""The score: claims as rows, paragraphs or authors as columns, a mark where one takes up a claim.

It has one of three forms, by the size of the collection: a column a paragraph, in blocks by essay;
a column an author, a mark's area the number of their paragraphs; or a column a stance, with a bar
for the number of authors who take it. An essay that names no author is a column of its own in the
second form, under its title, and no bar counts it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from crossclaim.content.markdown import excerpt
from crossclaim.model import Claim, Essay, Stance
from crossclaim.names import in_quotes
from crossclaim.site.index import TITLE_AS_NAME, Index, Occurrence, group_by_stance, grouped
from crossclaim.site.templating import render_fragment

# Up to so many paragraphs and essays have columns of their own, then up to so many authors.
_MOST_PARAGRAPHS, _MOST_BLOCKS, _MOST_AUTHORS = 80, 10, 60
# Names of up to so many authors stand level above their columns; more stand upright.
_MOST_LEVEL_NAMES = 10
# So many columns of 12 pixels, in so many blocks, stand beside the labels in 70 rem.
_COLUMNS_THAT_FIT, _BLOCKS_THAT_FIT = 48, 4
_LARGEST_MARK = 9  # paragraphs; more show the same area


class ScoreForm(StrEnum):
    """What a column of a score stands for: a paragraph, an author, or a stance."""

    PARAGRAPHS = "paragraphs"
    AUTHORS = "authors"
    STANCES = "stances"


@dataclass(frozen=True, slots=True)
class ScoreMark:
    """A mark: a stance on the row's claim, and where it leads.

    `number` is the paragraph's place in its block, from 1; or what the mark's area shows, from 1 to
    9; or a bar's length, from 1 to 100. `text` is what it says as text, `name` its whole name.
    """

    stance: Stance
    number: int
    address: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class ScoreBlock:
    """The head of a column or, in the first form, of an essay's block of `width` columns.

    `authors` are (id, name) pairs, none above a stance or an essay that names none; `essay` is None
    unless the block is one's.
    """

    authors: tuple[tuple[str, str], ...] = ()
    essay: Essay | None = None
    stance: Stance | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A claim's row: marks by block, how many make the claim, and its place by first appearance."""

    claim: Claim
    cells: tuple[tuple[ScoreMark, ...], ...]
    makers: int
    passages: int
    first: int


@dataclass(frozen=True, slots=True)
class Score:
    """A score: the heads of its blocks, and its rows by theme. `left_out` counts claims."""

    form: ScoreForm
    blocks: tuple[ScoreBlock, ...]
    themes: dict[str, tuple[ScoreRow, ...]]
    left_out: int

    @property
    def columns(self) -> int:
        """How many columns the blocks have in all."""
        return sum(block.width for block in self.blocks)

    @property
    def fits(self) -> bool:
        """Whether a wide window has room for all its columns."""
        few = self.columns <= _COLUMNS_THAT_FIT and len(self.blocks) <= _BLOCKS_THAT_FIT
        return self.form is ScoreForm.STANCES or (self.form is ScoreForm.PARAGRAPHS and few)

    @property
    def upright(self) -> bool:
        """Whether the names above the columns stand upright."""
        return self.form is ScoreForm.AUTHORS and len(self.blocks) > _MOST_LEVEL_NAMES


def render_score(index: Index, up: str, limit: int | None = None) -> str:
    """The score as finished HTML; `up` leads from its page to the root: "" or "../".

    Without a limit it has every claim, and what the table's filters need to know of each.
    """
    score = make_score(index, up, limit)
    return render_fragment("score.html", index, up=up, score=score, full=limit is None)


def make_score(index: Index, up: str, limit: int | None = None) -> Score:
    """The score of a collection; of its most shared claims where there are more than the limit."""
    form = _form(index)
    blocks, cells_of = _FORMS[form](index, up)
    places = {claim: place for place, claim in enumerate(_by_first_appearance(index))}
    chosen = _most_shared(index, limit)
    rows = (
        (
            claim.theme,
            ScoreRow(
                claim,
                cells_of(claim),
                makers=len(index.makers(claim.id)),
                passages=len(index.occurrences(claim.id)),
                first=places[claim.id],
            ),
        )
        for claim in index.claims.values()
        if claim.id in chosen
    )
    return Score(form, blocks, grouped(rows), left_out=len(index.claims) - len(chosen))


def _form(index: Index) -> ScoreForm:
    essays = index.collection.essays
    if len(index.place_of_writer) > _MOST_AUTHORS:
        return ScoreForm.STANCES
    if len(essays) > _MOST_BLOCKS or sum(len(e.passages) for e in essays) > _MOST_PARAGRAPHS:
        return ScoreForm.AUTHORS
    return ScoreForm.PARAGRAPHS


def _most_shared(index: Index, limit: int | None) -> frozenset[str]:
    ranked = sorted(
        index.claims, key=lambda claim: (-len(index.makers(claim)), -len(index.occurrences(claim)))
    )
    return frozenset(ranked[:limit])


def _by_first_appearance(index: Index) -> dict[str, None]:
    """The claims in the order in which the essays take them up, then those that none does."""
    taken_up = (
        tag.claim
        for essay in index.collection.essays
        for passage in essay.passages
        for tag in passage.reviewed
    )
    return dict.fromkeys((*taken_up, *index.claims))


_Cells = Callable[[Claim], tuple[tuple[ScoreMark, ...], ...]]


def _by_paragraph(index: Index, up: str) -> tuple[tuple[ScoreBlock, ...], _Cells]:
    essays = index.collection.essays

    def cells(claim: Claim) -> tuple[tuple[ScoreMark, ...], ...]:
        by_essay = grouped((o.essay.id, o) for o in index.occurrences(claim.id))
        return tuple(
            tuple(_paragraph_marks(index, up, claim, by_essay.get(essay.id, ())))
            for essay in essays
        )

    blocks = (
        ScoreBlock(
            tuple((author, index.authors[author].name) for author in e.authors),
            essay=e,
            width=len(e.passages) or 1,
        )
        for e in essays
    )
    return tuple(blocks), cells


def _paragraph_marks(
    index: Index, up: str, claim: Claim, occurrences: Iterable[Occurrence]
) -> Iterable[ScoreMark]:
    """An essay's marks; the text of one whose stance is another than the last one's names it."""
    before = None
    for o in occurrences:
        stance, number = o.tag.stance, o.passage.number
        word = stance.word
        yield ScoreMark(
            stance,
            number,
            f"{up}essays/{o.essay.id}.html#{o.passage.id}",
            f"¶{number}" if stance is before else f"{word} ¶{number}",
            f"{_who(index, o.essay)} {word}: {claim.name}, ¶{number}",
        )
        before = stance


def _who(index: Index, essay: Essay) -> str:
    """An essay's writers in short, with its title where one of them wrote several."""
    writers = " and ".join(index.names(essay.writers))
    if any(len(index.essays_by(author)) > 1 for author in essay.authors):
        return f"{writers}, {in_quotes(excerpt(essay.title, TITLE_AS_NAME))},"
    return writers


def _by_author(index: Index, up: str) -> tuple[tuple[ScoreBlock, ...], _Cells]:
    def cells(claim: Claim) -> tuple[tuple[ScoreMark, ...], ...]:
        return tuple(_marks_of(index, up, claim, writer) for writer in index.place_of_writer)

    authors = [ScoreBlock((named,), width=1) for named in index.short_names.items()]
    essays = [ScoreBlock(essay=e, width=1) for e in index.collection.essays if not e.authors]
    return (*authors, *essays), cells


def _marks_of(index: Index, up: str, claim: Claim, writer: str) -> tuple[ScoreMark, ...]:
    """A writer's marks, one a stance, which lead to the claim's page."""
    (name,) = index.names((writer,))
    return tuple(
        ScoreMark(
            stance,
            min(len(occurrences), _LARGEST_MARK),
            f"{up}claims/{claim.id}.html",
            f"{stance.word} {len(occurrences)}",
            f"{name} {stance.word}: {claim.name}, {len(occurrences)} ¶",
        )
        for stance, occurrences in index.by_stance(claim.id, writer).items()
    )


def _by_stance(index: Index, up: str) -> tuple[tuple[ScoreBlock, ...], _Cells]:
    everyone = len(index.authors)

    def cell(claim: Claim, stance: Stance, authors: int) -> tuple[ScoreMark, ...]:
        if not authors:
            return ()
        word = stance.word
        name = f"{word}: {claim.name}, {authors} of {everyone} authors"
        length = max(1, round(100 * authors / everyone))
        return (ScoreMark(stance, length, f"{up}claims/{claim.id}.html", str(authors), name),)

    def cells(claim: Claim) -> tuple[tuple[ScoreMark, ...], ...]:
        takers: dict[Stance, int] = dict.fromkeys(Stance, 0)
        for occurrences in index.by_author(claim.id).values():
            for stance in group_by_stance(occurrences):
                takers[stance] += 1
        return tuple(cell(claim, stance, authors) for stance, authors in takers.items())

    return tuple(ScoreBlock(stance=stance, width=1) for stance in Stance), cells


_FORMS = {
    ScoreForm.PARAGRAPHS: _by_paragraph,
    ScoreForm.AUTHORS: _by_author,
    ScoreForm.STANCES: _by_stance,
}
