"""Pages of the review as HTML: what the session knows, set in templates. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crossclaim.content.markdown import NO_DEFINITIONS, as_html
from crossclaim.findings import Finding
from crossclaim.model import STANCE_MEANINGS, Claim, Definitions, Stance, walk
from crossclaim.reviewing.claim_search import matching_claims, nearest_claims
from crossclaim.reviewing.essay_view import PassageView, TagView
from crossclaim.reviewing.forms import proposed_id, proposed_sentence
from crossclaim.reviewing.ranking import ScoredClaim
from crossclaim.reviewing.session import EditConflict
from crossclaim.reviewing.store import EssaySummary, OpenEssay

# Every key, in the order of the help: the keys, what they do.
KEYS: tuple[tuple[str, str], ...] = (
    ("j ↓", "next paragraph"),
    ("k ↑", "previous paragraph"),
    ("n", "next paragraph that needs you"),
    ("← →", "choose among a paragraph’s claims"),
    ("a", "accept the chosen suggestion"),
    ("Shift A", "accept all suggestions"),
    ("r", "reject the chosen suggestion"),
    ("Shift R", "reject all suggestions"),
    ("1 … 5", "asserts, illustrates, concedes, reports, rejects; accepts a suggestion with it"),
    ("/", "find a claim and add it"),
    ("c", "make a new claim"),
    ("s", "set the paragraph aside, or take it up again"),
    ("x", "remove the chosen claim, once accepted"),
    ("u", "undo"),
    ("Shift U", "redo"),
    ("e", "all essays"),
    ("?", "this help"),
    ("Esc", "close the help, the search, the form"),
)
_OFFERED = 8  # claims, before anything is typed
NEW_CLAIM_FIELDS = ("sentence", "id", "theme", "about", "stance")


@dataclass(frozen=True, slots=True)
class FlashMessage:
    """What a page tells once, of the action before it; `failed` where nothing was done."""

    text: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class PageContext:
    """What every page shows around its matter; `address` is its own, to come back to."""

    message: FlashMessage = field(default_factory=FlashMessage)
    keys_on: bool = True
    undo: str = ""
    redo: str = ""
    address: str = "/"


@dataclass(frozen=True, slots=True)
class PanelQuery:
    """What the address asks a paragraph's panel to show."""

    pick: str = ""  # the chosen tag, as “claim stance”
    find: str | None = None  # words of a search; None where none is open
    new: Mapping[str, str] | None = None  # the fields of a new claim; None where none is made
    help: bool = False


def essays_page(
    summaries: Sequence[EssaySummary], findings: Sequence[Finding], context: PageContext
) -> str:
    """The list of essays, with what is wrong with the collection."""
    return _render("essays", context=context, essays=summaries, findings=findings)


def unsound_page(essay: str, sentence: str, context: PageContext) -> str:
    """An essay that cannot be reviewed as its file is now."""
    return _render("unsound", context=context, essay=essay, sentence=sentence)


def essay_page(
    opened: OpenEssay,
    passage: PassageView | None,
    ranked: Sequence[ScoredClaim],
    query: PanelQuery,
    context: PageContext,
) -> str:
    """An essay with one of its paragraphs under review."""
    return _render("essay", context=context, **_panel(opened, passage, ranked, query))


def conflict_page(
    opened: OpenEssay,
    conflict: EditConflict,
    form: Mapping[str, str],
    description: str,
    context: PageContext,
) -> str:
    """The question what to do with an action whose paragraph was changed meanwhile."""
    panel = _panel(opened, conflict.now, (), PanelQuery())
    kept = {name: value for name, value in form.items() if name not in ("version", "key", "file")}
    panel |= {"conflict": conflict, "form": kept, "wanted": description}
    return _render("essay", context=context, **panel)


def search_results(
    opened: OpenEssay, passage: PassageView, query: str, ranked: Sequence[ScoredClaim]
) -> str:
    """The claims a search finds, as a part of the page."""
    return _render("results", **_search(opened, passage, query, ranked))


def new_claim_hints(opened: OpenEssay, sentence: str) -> str:
    """The claims nearest to a sentence, and the id it would have, as a part of the page."""
    return _render("nearest", **_hints(opened, sentence))


def sentence_page(sentence: str) -> str:
    """A page of one sentence."""
    return _render("sentence", sentence=sentence)


def entry_page(essay: str) -> str:
    """The page that leads on from the printed address, now that the browser has the token."""
    return _render("entry", address=f"/essay/{quote(essay)}" if essay else "/")


def _panel(
    opened: OpenEssay,
    passage: PassageView | None,
    ranked: Sequence[ScoredClaim],
    query: PanelQuery,
) -> dict[str, object]:
    view = opened.view
    tags = _in_order(passage, ranked) if passage else []
    number = passage.in_file.number if passage else 0
    picked = next((i for i, tag in enumerate(tags) if f"{tag.claim} {tag.stance}" == query.pick), 0)
    values: dict[str, object] = {
        "opened": opened,
        "view": view,
        "claims": opened.claims,
        "passage": passage,
        "tags": tags,
        "picked": picked,
        "scores": _scores(ranked),
        "before": view.passages[number - 2] if number > 1 else None,
        "after": view.passages[number] if number < len(view.passages) else None,
        "in_need": view.next_in_need(number),
        "help": query.help,
        "keys": KEYS,
        "find": query.find,
        "new": None,
        "themes": list(dict.fromkeys(claim.theme for claim in opened.claims.values())),
        "conflict": None,
    }
    if passage and query.find is not None:
        values |= _search(opened, passage, query.find, ranked)
    if passage and query.new is not None:
        sentence = query.new.get("sentence") or proposed_sentence(passage.in_file.words)
        values |= {"new": {**query.new, "sentence": sentence}, **_hints(opened, sentence)}
    return values


def _search(
    opened: OpenEssay, passage: PassageView, query: str, ranked: Sequence[ScoredClaim]
) -> dict[str, object]:
    """What a search shows: the claims it finds, or where nothing is typed, the likeliest first."""
    carried = {tag.claim for tag in passage.tags}
    stances = {scored.claim: scored.stance for scored in reversed(ranked)}
    if query.strip():
        results: Sequence[Claim] = matching_claims(query, tuple(opened.claims.values()))
    else:
        likely = [opened.claims[s.claim] for s in ranked if s.claim in opened.claims]
        likely += [*_nearest(opened, passage.in_file.text), *opened.claims.values()]
        results = [claim for claim in dict.fromkeys(likely) if claim.id not in carried][:_OFFERED]
    return {
        "find": query,
        "results": results,
        "carried": carried,
        "stance_of": lambda claim: stances.get(claim, Stance.ASSERTS),
    }


def _hints(opened: OpenEssay, sentence: str) -> dict[str, object]:
    return {"nearest": _nearest(opened, sentence), "proposed": proposed_id(sentence)}


def _nearest(opened: OpenEssay, text: str) -> tuple[Claim, ...]:
    return nearest_claims(text, tuple(opened.claims.values()), opened.view.essay.language)


def _in_order(passage: PassageView, ranked: Sequence[ScoredClaim]) -> list[TagView]:
    """A passage's suggestions, the likeliest first, then its tags."""
    scores = _scores(ranked)
    likeliest = sorted(passage.suggestions, key=lambda tag: -scores.get(tag.claim, 0.0))
    return [*likeliest, *passage.reviewed]


def _scores(ranked: Sequence[ScoredClaim]) -> dict[str, float]:
    """The best score of each claim, whatever its stance: the editor may have chosen another."""
    return {s.claim: s.score for s in sorted(ranked, key=lambda s: s.score)}


def _render(template: str, **values: object) -> str:
    return _environment().get_template(f"{template}.html.jinja").render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("crossclaim.reviewing"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["inline"] = _inline
    environment.globals["address"] = _address
    environment.globals |= {"Stance": Stance, "meanings": STANCE_MEANINGS, "walk": walk}
    return environment


def _address(essay: str, **query: str) -> str:
    """The address of an essay's page, with what it is asked to show."""
    return f"/essay/{quote(essay)}?{urlencode(query)}"


def _inline(text: str, definitions: Definitions = NO_DEFINITIONS) -> Markup:
    """A passage's or heading's Markdown as HTML, by `as_html`."""
    return Markup(as_html(text, definitions))
