"""Suggestions, proposals and reports in words, and as records for programs. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from crossclaim.content.excerpt import excerpt
from crossclaim.model import Passage, Stance
from crossclaim.suggesting.proposals import Proposal
from crossclaim.suggesting.report import Report, Shared
from crossclaim.suggesting.writing import Draft

_OPENING = 60  # characters of a passage that is named in a report
_SUREST = 0.99  # nobody is surer than that


def lines(drafts: Iterable[Draft]) -> Iterator[str]:
    """One line a passage: place, id, and each claim with its stance and score."""
    for planned in drafts:
        for found in planned.suggested:
            claims = " · ".join(
                f"{r.claim} {r.stance} {min(r.score, _SUREST):.2f}" for r in found.claims
            )
            where = f"{found.passage.place} {found.passage.id}".rstrip()
            yield f"{where}: {claims or '—'}"


def entries(proposed: Iterable[Proposal]) -> str:
    """Proposals as entries of `claims.yml`, ready to be pasted."""
    return "\n\n".join(proposal.entry() for proposal in proposed) + "\n"


def record(drafts: Iterable[Draft], proposed: Iterable[Proposal]) -> dict[str, object]:
    """Everything that was suggested, for programs."""
    return {
        "passages": [
            {
                "essay": planned.essay.id,
                "file": found.passage.place.file,
                "line": found.passage.place.line,
                "id": found.passage.id,
                "suggestions": [
                    {"claim": r.claim, "stance": r.stance.value, "score": round(r.score, 4)}
                    for r in found.claims
                ],
            }
            for planned in drafts
            for found in planned.suggested
        ],
        "new_claims": [
            {
                "id": p.id,
                "claim": p.sentence,
                "theme": p.theme,
                "places": [str(place) for place in p.places],
                "nearest": [{"claim": n.claim, "score": round(n.score, 4)} for n in p.near],
            }
            for p in proposed
        ],
    }


def report_text(found: Report) -> str:
    """A report in a few lines a heading."""
    made = [f"{found.essay.title} ({found.essay.id})"]
    made += _part("Shares", [_shared(s) for s in found.shared])
    made += _part("Adds, in this collection", [_shared(s) for s in found.alone])
    made += _part("Stays untagged", [_passage(p) for p in found.untagged])
    made += _part(
        "Stands elsewhere too, nearly word for word",
        [
            f"{_passage(t.passage)} — {t.other.place} {t.other.id} ({t.share:.0%})"
            for t in found.twins
        ],
    )
    return "\n".join(made) + "\n"


def _part(heading: str, items: Sequence[str]) -> list[str]:
    return [f"  {heading}:", *(f"    {item}" for item in items)] if items else []


def _shared(found: Shared) -> str:
    mark = "" if found.reviewed else "?"
    others = "; ".join(f"{who}: {_stances(taken)}" for who, taken in found.others)
    return f"{found.claim}{mark} {_stances(found.own)}" + (f" — {others}" if others else "")


def _stances(taken: Sequence[Stance]) -> str:
    return ", ".join(stance.value for stance in taken)


def _passage(passage: Passage) -> str:
    return f"{passage.place} {passage.id} “{excerpt(passage.text, _OPENING)}”"
