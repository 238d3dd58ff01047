"""Formatting of suggestions, proposals and reports: lines to read, and records for programs."""

from collections.abc import Iterable, Iterator, Sequence

from crossclaim.content.markdown import excerpt
from crossclaim.model import Passage, Stance
from crossclaim.suggesting.proposals import ClaimProposal
from crossclaim.suggesting.report import EssayReport, ReportedClaim
from crossclaim.suggesting.writing import Draft

_OPENING = 60  # characters of a passage that is named in a report
_SUREST = 0.99  # nobody is surer than that


def suggestion_lines(drafts: Iterable[Draft]) -> Iterator[str]:
    """One line a passage: place, id, and each claim with its stance and score."""
    for draft in drafts:
        for suggestions in draft.suggestions:
            claims = " · ".join(
                f"{r.claim} {r.stance} {min(r.score, _SUREST):.2f}" for r in suggestions.claims
            )
            place = f"{suggestions.passage.place} {suggestions.passage.id}".rstrip()
            yield f"{place}: {claims or '—'}"


def proposals_yaml(proposals: Iterable[ClaimProposal]) -> str:
    """Proposals as entries of `claims.yml`, ready to be pasted."""
    return "\n\n".join(proposal.as_yaml() for proposal in proposals) + "\n"


def suggestions_record(
    drafts: Iterable[Draft], proposals: Iterable[ClaimProposal]
) -> dict[str, object]:
    """Everything that was suggested, for programs."""
    return {
        "passages": [
            {
                "essay": draft.essay.id,
                "file": suggestions.passage.place.file,
                "line": suggestions.passage.place.line,
                "id": suggestions.passage.id,
                "suggestions": [
                    {"claim": r.claim, "stance": r.stance.value, "score": round(r.score, 4)}
                    for r in suggestions.claims
                ],
            }
            for draft in drafts
            for suggestions in draft.suggestions
        ],
        "new_claims": [
            {
                "id": p.id,
                "claim": p.sentence,
                "theme": p.theme,
                "places": [str(place) for place in p.places],
                "nearest": [{"claim": n.claim, "score": round(n.score, 4)} for n in p.nearest],
            }
            for p in proposals
        ],
    }


def report_text(report: EssayReport) -> str:
    """A report in a few lines a heading."""
    lines = [f"{report.essay.title} ({report.essay.id})"]
    lines += _section("Shares", [_claim_line(claim) for claim in report.shared])
    lines += _section("Adds, in this collection", [_claim_line(claim) for claim in report.alone])
    lines += _section("Stays untagged", [_passage_line(p) for p in report.untagged])
    lines += _section(
        "Stands elsewhere too, nearly word for word",
        [
            f"{_passage_line(d.passage)} — {d.other.place} {d.other.id} ({d.share:.0%})"
            for d in report.duplicates
        ],
    )
    return "\n".join(lines) + "\n"


def _section(heading: str, items: Sequence[str]) -> list[str]:
    return [f"  {heading}:", *(f"    {item}" for item in items)] if items else []


def _claim_line(claim: ReportedClaim) -> str:
    mark = "" if claim.reviewed else "?"
    others = "; ".join(f"{who}: {_stances(stances)}" for who, stances in claim.others)
    return f"{claim.claim}{mark} {_stances(claim.own)}" + (f" — {others}" if others else "")


def _stances(stances: Sequence[Stance]) -> str:
    return ", ".join(stance.value for stance in stances)


def _passage_line(passage: Passage) -> str:
    return f"{passage.place} {passage.id} “{excerpt(passage.words, _OPENING)}”"
