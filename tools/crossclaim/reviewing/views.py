"""The review's pages as HTML: what the desk knows, set in templates. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from crossclaim.content.inline import inline
from crossclaim.findings import Finding
from crossclaim.model import STANCE_MEANINGS, Stance
from crossclaim.reviewing.claim_search import found, nearest
from crossclaim.reviewing.desk import Changed
from crossclaim.reviewing.forms import first_sentence, proposed_id
from crossclaim.reviewing.ranking import Suggested
from crossclaim.reviewing.sheet import Leaf, Tagged, laid_out
from crossclaim.reviewing.shelf import Listed, Open

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
NEW_FIELDS = ("sentence", "id", "theme", "about", "stance")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page tells about the action before it; `amiss` where nothing was done."""

    text: str = ""
    amiss: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What every page shows around its matter."""

    said: Said = field(default_factory=Said)
    keys_on: bool = True
    undo: str = ""
    redo: str = ""
    here: str = "/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks a paragraph's panel to show."""

    pick: str = ""  # the chosen tag, as “claim stance”
    find: str | None = None  # words of a search; None where none is open
    new: Mapping[str, str] | None = None  # the fields of a new claim; None where none is made
    help: bool = False


def essays_page(listed: Sequence[Listed], findings: Sequence[Finding], room: Room) -> str:
    """The list of essays, with what is wrong with the collection."""
    return _render("essays", room=room, listed=listed, findings=findings)


def trouble_page(essay: str, sentence: str, room: Room) -> str:
    """An essay that cannot be reviewed as its file is now."""
    return _render("trouble", room=room, essay=essay, sentence=sentence)


def essay_page(
    opened: Open, leaf: Leaf | None, scored: Sequence[Suggested], asked: Asked, room: Room
) -> str:
    """An essay with one of its paragraphs under review."""
    return _render("essay", room=room, **_panel(opened, leaf, scored, asked))


def changed_page(
    opened: Open, changed: Changed, form: Mapping[str, str], said: str, room: Room
) -> str:
    """The question what to do with an action whose paragraph was changed meanwhile."""
    panel = _panel(opened, changed.leaf, (), Asked())
    kept = {name: value for name, value in form.items() if name not in ("version", "key", "file")}
    return _render("essay", room=room, **panel | {"changed": changed, "form": kept, "wanted": said})


def claims_found(opened: Open, leaf: Leaf, query: str, scored: Sequence[Suggested]) -> str:
    """The claims a search finds, as a part of the page."""
    return _render("found", **_search(opened, leaf, query, scored))


def near_claims(opened: Open, sentence: str) -> str:
    """The claims nearest to a sentence, and the id it would have, as a part of the page."""
    near = nearest(sentence, tuple(opened.claims.values()))
    return _render("near", near=near, proposed=proposed_id(sentence))


def plain_page(sentence: str) -> str:
    """A page of one sentence."""
    return _render("plain", sentence=sentence)


def enter_page(essay: str) -> str:
    """The page that leads on from the printed address, now that the browser has the token."""
    return _render("enter", address=f"/essay/{quote(essay)}" if essay else "/")


def _panel(
    opened: Open, leaf: Leaf | None, scored: Sequence[Suggested], asked: Asked
) -> dict[str, object]:
    sheet = opened.sheet
    tags = _in_order(leaf, scored) if leaf else []
    at = leaf.spot.number if leaf else 0
    picked = next((i for i, tag in enumerate(tags) if f"{tag.claim} {tag.stance}" == asked.pick), 0)
    themes = list(dict.fromkeys(claim.theme for claim in opened.claims.values()))
    made: dict[str, object] = {
        "opened": opened,
        "sheet": sheet,
        "claims": opened.claims,
        "leaf": leaf,
        "tags": tags,
        "picked": picked,
        "scores": _scores(scored),
        "before": sheet.leaves[at - 2] if at > 1 else None,
        "after": sheet.leaves[at] if at < len(sheet.leaves) else None,
        "in_need": sheet.next_in_need(at),
        "help": asked.help,
        "keys": KEYS,
        "find": asked.find,
        "new": None,
        "themes": themes,
        "changed": None,
        "near": (),
        "proposed": "",
    }
    if leaf and asked.find is not None:
        made |= _search(opened, leaf, asked.find, scored)
    if leaf and asked.new is not None:
        sentence = asked.new.get("sentence") or first_sentence(leaf.spot.text)
        near = nearest(sentence, tuple(opened.claims.values()))
        made |= {"new": {**asked.new, "sentence": sentence}, "near": near}
        made |= {"proposed": proposed_id(sentence)}
    return made


def _search(opened: Open, leaf: Leaf, query: str, scored: Sequence[Suggested]) -> dict[str, object]:
    """What a search shows: the claims found, or where nothing is typed, the likeliest first."""
    claims = tuple(opened.claims.values())
    carried = {tag.claim for tag in leaf.tags}
    likely = [opened.claims[s.claim] for s in scored if s.claim in opened.claims]
    likely += [*nearest(leaf.spot.text, claims), *claims]
    offered = [claim for claim in dict.fromkeys(likely) if claim.id not in carried]
    stance = {s.claim: s.stance for s in reversed(scored)}
    return {
        "find": query,
        "found": found(query, claims) if query.strip() else offered[:_OFFERED],
        "carried": carried,
        "stance_of": lambda claim: stance.get(claim, Stance.ASSERTS),
    }


def _in_order(leaf: Leaf, scored: Sequence[Suggested]) -> list[Tagged]:
    """A passage's suggestions, the likeliest first, then its tags."""
    score = _scores(scored)
    return [*sorted(leaf.suggestions, key=lambda tag: -score.get(tag.claim, 0.0)), *leaf.reviewed]


def _scores(scored: Sequence[Suggested]) -> dict[str, float]:
    """The best score of each claim, whatever its stance: the editor may have chosen another."""
    return {s.claim: s.score for s in sorted(scored, key=lambda s: s.score)}


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
    environment.filters["inline"] = inline
    environment.globals["address"] = _address
    environment.globals |= {"Stance": Stance, "meanings": STANCE_MEANINGS, "laid_out": laid_out}
    return environment


def _address(essay: str, **asked: str) -> str:
    """The address of an essay's page, with what it is asked to show."""
    return f"/essay/{quote(essay)}?{urlencode(asked)}"
