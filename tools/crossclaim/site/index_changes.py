"""Changes of the index between two builds: who makes which claim by now, in a sentence or two."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from crossclaim.site.index import Index


class _ClaimSummary(TypedDict):
    label: str
    was: list[str]
    makers: list[str]
    tags: int


class _EssaySummary(TypedDict):
    title: str
    authors: list[str]
    makes: list[str]


class IndexSummary(TypedDict):
    """What is kept of an index: its claims with their makers, its essays, by id. It is JSON.

    `authors` leads from ids that authors had before to those they have.
    """

    claims: dict[str, _ClaimSummary]
    essays: dict[str, _EssaySummary]
    authors: dict[str, str]


def summary_of(index: Index) -> IndexSummary:
    """The summary of an index."""
    return {
        "claims": {
            claim.id: {
                "label": claim.name,
                "was": list(claim.was),
                "makers": sorted(index.makers(claim.id)),
                "tags": len(index.occurrences(claim.id)),
            }
            for claim in index.claims.values()
        },
        "essays": {
            essay.id: {
                "title": essay.title,
                "authors": list(essay.authors),
                "makes": sorted(
                    {
                        tag.claim
                        for passage in essay.passages
                        for tag in passage.reviewed
                        if tag.stance.makes
                    }
                ),
            }
            for essay in index.collection.essays
        },
        "authors": {former: a.id for a in index.authors.values() for former in a.was},
    }


def changes_since(previous: str | None, index: Index) -> tuple[tuple[str, ...], str]:
    """What changed since a build, in sentences, and the text to give this function the next time.

    `previous` is that text; where there is none, or none that can be read, nothing is said.
    """
    after = summary_of(index)
    try:
        sentences = differences(json.loads(previous), after) if previous else ()
    except (ValueError, TypeError, KeyError, AttributeError):
        sentences = ()
    return sentences, json.dumps(after, ensure_ascii=False, separators=(",", ":"))


def differences(before: IndexSummary, after: IndexSummary) -> tuple[str, ...]:
    """What changed from one summary to another: of claims and authors, then of tags.

    A claim that was renamed is the same claim, one that others were merged into is all of them, and
    those that one was split into are new. “Nobody else makes 3” is said of what new essays make.
    """
    authors = after["authors"]
    old = _as_now_named(before["claims"], after["claims"], authors)
    essays_before = {
        essay: _EssaySummary(**{**entry, "authors": _present(entry["authors"], authors)})
        for essay, entry in before["essays"].items()
    }
    new_essays, gone_essays = _come_and_gone(essays_before, after["essays"])
    told = "; ".join(_of_claims(old, after, new_essays))
    essays = _essays(new_essays, gone_essays, bool(told))
    sentences = (
        f"{essays}: {told}" if essays and told else essays or told,
        _of_tags(old, after["claims"]),
    )
    return tuple(f"{sentence}." for sentence in sentences if sentence)


def _present(names: Sequence[str], authors: Mapping[str, str]) -> list[str]:
    """Authors under the ids that they have now, each once."""
    return list(dict.fromkeys(authors.get(name, name) for name in names))


def _as_now_named(
    before: Mapping[str, _ClaimSummary],
    after: Mapping[str, _ClaimSummary],
    authors: Mapping[str, str],
) -> dict[str, _ClaimSummary]:
    """The former claims under the ids that they and their makers have now."""
    heirs = Counter(former for entry in after.values() for former in entry["was"])
    names = {
        former: claim
        for claim, entry in after.items()
        for former in entry["was"]
        if heirs[former] == 1
    }
    renamed: dict[str, _ClaimSummary] = {}
    for former, entry in before.items():
        name = former if former in after else names.get(former, former)
        merged = renamed.get(name)
        renamed[name] = {
            "label": entry["label"],
            "was": [],
            "makers": sorted(
                {*_present(entry["makers"], authors), *(merged["makers"] if merged else ())}
            ),
            "tags": entry["tags"] + (merged["tags"] if merged else 0),
        }
    return renamed


def _come_and_gone(
    before: Mapping[str, _EssaySummary], after: Mapping[str, _EssaySummary]
) -> tuple[list[_EssaySummary], list[_EssaySummary]]:
    """The essays that are new and those that are gone; one with another id alone is neither."""
    come = [entry for essay, entry in after.items() if essay not in before]
    gone = [entry for essay, entry in before.items() if essay not in after]
    return [e for e in come if e not in gone], [e for e in gone if e not in come]


def _of_claims(
    old: Mapping[str, _ClaimSummary], after: IndexSummary, new_essays: Sequence[_EssaySummary]
) -> Iterator[str]:
    """What is to be told of claims, in pieces; the first that counts says what it counts."""
    new = after["claims"]
    both = [claim for claim in new if claim in old]
    gained = [c for c in both if set(new[c]["makers"]) - set(old[c]["makers"])]
    lost = [c for c in both if set(old[c]["makers"]) - set(new[c]["makers"])]
    labels = {claim: entry["label"] for claim, entry in {**old, **new}.items()}
    nouns = iter(("claim",))
    for claims, one, several in (
        (gained, "gained an author", "gained an author"),
        (lost, "lost an author", "lost an author"),
        ([c for c in new if c not in old], "is new", "are new"),
        ([c for c in old if c not in new], "is gone", "are gone"),
    ):
        if len(claims) == 1:
            yield f"“{labels[claims[0]]}” {one}"
        elif claims:
            yield f"{_count(len(claims), next(nouns, ''))} {several}"
    alone = _made_alone(new, new_essays)
    if alone:
        yield f"nobody else makes {_count(alone, next(nouns, ''))}"


def _made_alone(claims: Mapping[str, _ClaimSummary], essays: Sequence[_EssaySummary]) -> int:
    """How many of the claims that essays make have no other makers than the essay's authors."""
    return len(
        {
            claim
            for essay in essays
            for claim in essay["makes"]
            if claim in claims and set(claims[claim]["makers"]) <= set(essay["authors"])
        }
    )


def _essays(come: Sequence[_EssaySummary], gone: Sequence[_EssaySummary], told: bool) -> str:
    """The essays that are new and gone; if nothing else is told, as a sentence."""
    if told:
        parts = (("with", come, "new essay"), ("without", gone, "essay"))
        named = [f"{word} {_titled(essays, noun)}" for word, essays, noun in parts if essays]
        text = ", ".join(named)
        return text[:1].upper() + text[1:]
    makes = any(essay["makes"] for essay in come)
    nothing = "" if makes or not come else f" and make{'s' if len(come) == 1 else ''} no claim"
    said = [
        f"{_titled(essays, 'essay')} {'is' if len(essays) == 1 else 'are'} {word}"
        for essays, word in ((come, f"new{nothing}"), (gone, "gone"))
        if essays
    ]
    return ", ".join(said)


def _titled(essays: Sequence[_EssaySummary], noun: str) -> str:
    return f"“{essays[0]['title']}”" if len(essays) == 1 else _count(len(essays), noun)


def _of_tags(old: Mapping[str, _ClaimSummary], new: Mapping[str, _ClaimSummary]) -> str:
    """How many tags more claims have, and how many fewer others."""
    steps = [
        (new[claim]["tags"] if claim in new else 0) - (old[claim]["tags"] if claim in old else 0)
        for claim in {**old, **new}
    ]
    more, fewer = sum(s for s in steps if s > 0), -sum(s for s in steps if s < 0)
    nouns = iter(("tag",))
    counts = ((more, "more"), (fewer, "fewer"))
    return ", ".join(f"{_count(n, next(nouns, ''))} {word}" for n, word in counts if n)


def _count(number: int, noun: str) -> str:
    """A number, with its noun if there is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if noun else f"{number:,}"
