"""How good and how quick suggestions are: the collection's own essays, and ArgKP-2021 dev.

    python tests/bench_suggest.py [--argkp FOLDER] [--split train|dev]

Every variant that was tried is printed, not the best alone. Essays: each is left out in turn, so
that its own tags are unused; what other essays' tags tell may be used. ArgKP: the key points of a
topic and side are the claims, its arguments the passages; the score is the shared task's own.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import argkp
from crossclaim import pipeline
from crossclaim.language.encoder import (
    CachingEncoder,
    Encoder,
    UniversalSentenceEncoder,
    bundled_encoder,
)
from crossclaim.model import Collection, Essay, Passage, Stance
from crossclaim.suggesting.scoring import (
    DEFAULT_WEIGHTS,
    ClaimText,
    PassageText,
    ScoreWeights,
    claim_scores,
)
from crossclaim.suggesting.suggester import RankedClaim, Suggester, suggested_claims

ROOT = Path(__file__).parent.parent
SAMPLES = 2000  # of the bootstrap


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to score: its name, whether it has an encoder, and what counts for how much."""

    name: str
    encoder: Encoder | None
    weights: ScoreWeights


def variants(encoders: Mapping[str, Encoder]) -> Iterator[Variant]:
    """Every way that was tried, the one in use first for each encoder."""
    yield Variant("BM25 alone, sentence", None, replace(DEFAULT_WEIGHTS, about=0.0))
    yield Variant("BM25 alone, sentence and about (without the extra)", None, DEFAULT_WEIGHTS)
    for name, encoder in encoders.items():
        for what, weights in (
            ("as it is used", DEFAULT_WEIGHTS),
            ("no examples", replace(DEFAULT_WEIGHTS, examples=0.0)),
            (
                "examples three times",
                replace(DEFAULT_WEIGHTS, examples=3 * DEFAULT_WEIGHTS.examples),
            ),
            ("no about, no examples", replace(DEFAULT_WEIGHTS, about=0.0, examples=0.0)),
            ("about alone", replace(DEFAULT_WEIGHTS, about=1.0)),
            ("about half", replace(DEFAULT_WEIGHTS, about=0.5)),
            ("meaning alone, no words", replace(DEFAULT_WEIGHTS, words=0.0, about_words=0.0)),
            ("words 0.5", replace(DEFAULT_WEIGHTS, words=0.5)),
            ("words 0.25, also of about", replace(DEFAULT_WEIGHTS, about_words=0.25)),
            ("words 1, also of about", replace(DEFAULT_WEIGHTS, words=1.0, about_words=1.0)),
            ("whole passage only", replace(DEFAULT_WEIGHTS, sentence=0.0)),
            ("nearest sentence only", replace(DEFAULT_WEIGHTS, sentence=1.0)),
        ):
            yield Variant(f"{name}: {what}", encoder, weights)


# ------------------------------------------------------------------ the essays


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage, its essay, and what was ranked for it."""

    essay: Essay
    passage: Passage
    ranked: tuple[RankedClaim, ...]

    @property
    def right(self) -> set[str]:
        """The claims somebody tagged it with."""
        return {tag.claim for tag in self.passage.reviewed}


def answers(loaded: Collection, variant: Variant) -> list[Answer]:
    """Every passage with what is ranked for it while its essay's tags are unused."""
    ranked = []
    for essay in loaded.essays:
        suggester = Suggester(loaded, variant.encoder, without=essay.id, weights=variant.weights)
        ranked += [Answer(essay, p, suggester.ranked(p, essay)) for p in essay.passages]
    return ranked


def row(tagged: Sequence[Answer]) -> dict[str, float]:
    """P@1, recall@3 by passage and pooled, and MAP, over tagged passages."""
    first, three, hits, total, average = [], [], 0, 0, []
    for answer in tagged:
        names = [r.claim for r in answer.ranked]
        hit = len(answer.right & set(names[:3]))
        first.append(float(names[0] in answer.right))
        three.append(hit / len(answer.right))
        hits, total = hits + hit, total + len(answer.right)
        places = [place for place, name in enumerate(names, 1) if name in answer.right]
        average.append(sum(n / place for n, place in enumerate(places, 1)) / len(answer.right))
    return {
        "P@1": float(np.mean(first)),
        "recall@3": float(np.mean(three)),
        "pooled": hits / total,
        "MAP": float(np.mean(average)),
    }


def intervals(
    items: Sequence[Answer], measure: Callable[[Sequence[Answer]], dict[str, float]]
) -> dict[str, tuple[float, float]]:
    """95 % of what the figures are when passages are drawn anew, with repetition."""
    rng = np.random.default_rng(0)
    drawn = [
        measure([items[n] for n in rng.integers(0, len(items), len(items))]) for _ in range(SAMPLES)
    ]
    return {
        name: (
            float(np.percentile([d[name] for d in drawn], 2.5)),
            float(np.percentile([d[name] for d in drawn], 97.5)),
        )
        for name in drawn[0]
    }


def stances(tagged: Sequence[Answer]) -> dict[str, float]:
    """Of all tags: the exact stance right, making or not right; and always “asserts”."""
    pairs = [
        (tag.stance, next(r.stance for r in answer.ranked if r.claim == tag.claim))
        for answer in tagged
        for tag in answer.passage.reviewed
    ]
    return {
        "exact": float(np.mean([a is b for a, b in pairs])),
        "makes or not": float(np.mean([a.makes is b.makes for a, b in pairs])),
        "always asserts, exact": float(np.mean([a is Stance.ASSERTS for a, _ in pairs])),
        "always asserts, makes or not": float(np.mean([a.makes for a, _ in pairs])),
    }


def by_default(ranked: Sequence[Answer]) -> dict[str, float]:
    """What an editor gets: how many suggestions, how many of them right, asides left alone."""
    given = [(a, suggested_claims(a.ranked)) for a in ranked]
    right = sum(r.claim in a.right for a, claims in given for r in claims)
    made = sum(len(claims) for _, claims in given)
    asides = [claims for a, claims in given if a.passage.aside]
    tags = sum(len(a.right) for a in ranked)
    return {
        "suggestions": made,
        "precision": right / max(1, made),
        "recall": right / max(1, tags),
        "tagged passages with one": sum(bool(c) for a, c in given if a.right),
        "of": sum(bool(a.right) for a in ranked),
        "asides left alone": sum(not claims for claims in asides),
        "of asides": len(asides),
    }


def essays(encoders: Mapping[str, Encoder]) -> None:
    """Print the tables of the collection's own essays."""
    loaded = pipeline.check(ROOT).index.collection
    print("\n## Essays, each left out in turn\n")
    print("| variant | P@1 | recall@3 (by passage / pooled) | MAP |\n|---|---|---|---|")
    for variant in variants(encoders):
        ranked = answers(loaded, variant)
        tagged = [a for a in ranked if a.right]
        got = row(tagged)
        print(
            f"| {variant.name} | {got['P@1']:.2f} | {got['recall@3']:.2f} / {got['pooled']:.2f} "
            f"| {got['MAP']:.2f} |"
        )
    for name, encoder in (*encoders.items(), ("words alone", None)):
        ranked = answers(loaded, Variant(name, encoder, DEFAULT_WEIGHTS))
        tagged = [a for a in ranked if a.right]
        print(f"\n{name}, as it is used; 95 % of bootstrap samples of passages:")
        for what, (low, high) in intervals(tagged, row).items():
            print(f"  {what}: {row(tagged)[what]:.2f} ({low:.2f}–{high:.2f})")
        spread = intervals(tagged, stances)
        for what, value in stances(tagged).items():
            low, high = spread[what]
            print(f"  stance, {what}: {value:.3f} ({low:.2f}–{high:.2f})")
        for what, value in by_default(ranked).items():
            print(f"  by default, {what}: {value:.2f}")


# ------------------------------------------------------------------ ArgKP


def side_scores(
    sides: Sequence[argkp.Side], encoder: Encoder | None, weights: ScoreWeights
) -> list[NDArray[np.float64]]:
    """Each side's arguments × key points, scored as a collection of its topic."""
    by_topic: dict[str, NDArray[np.float64]] = {}
    tables = []
    for topic in dict.fromkeys(side.topic for side in sides):
        both = [side for side in sides if side.topic == topic]
        passages = [PassageText(text) for side in both for text in side.arguments]
        claims = [ClaimText(point) for side in both for point in side.points]
        by_topic[topic] = claim_scores(passages, claims, encoder, weights)
    for side in sides:
        both = [s for s in sides if s.topic == side.topic]
        before = both[: both.index(side)] if side is not both[0] else []
        top = sum(len(s.arguments) for s in before)
        left = sum(len(s.points) for s in before)
        table = by_topic[side.topic]
        tables.append(table[top : top + len(side.arguments), left : left + len(side.points)])
    return tables


def key_points(encoders: Mapping[str, Encoder], folder: Path, split: str) -> None:
    """Print the tables of ArgKP."""
    if not (folder / f"labels_{split}.csv").is_file():
        print(f"\nArgKP is not beside the checkout ({folder}); its tables are left out.")
        return
    sides = argkp.read(folder, split)
    print(f"\n## ArgKP-2021 {split}\n")
    print("| variant | strict | relaxed | best point right |\n|---|---|---|---|")
    seen: set[tuple[Encoder | None, ScoreWeights]] = set()
    for variant in variants(encoders):
        # Key points have neither `about` nor examples here.
        key = (variant.encoder, replace(variant.weights, about=0.0, examples=0.0, about_words=0.0))
        if key in seen:
            continue
        seen.add(key)
        got = argkp.figures(sides, side_scores(sides, variant.encoder, key[1]))
        name = variant.name.replace(" and no", ", no")
        print(f"| {name} | {got.strict:.3f} | {got.relaxed:.3f} | {got.first:.3f} |")


# ------------------------------------------------------------------ speed


def speed() -> None:
    """Print what starting costs, and how many paragraphs a second are scored."""
    started = time.perf_counter()
    encoder = bundled_encoder()
    encoder.vectors(["One sentence."])
    ready = time.perf_counter() - started
    loaded = pipeline.check(ROOT).index.collection
    text = " ".join(p.words for e in loaded.essays for p in e.passages)
    words = text.split()
    rng = np.random.default_rng(0)
    passages = [PassageText(" ".join(rng.permutation(words)[:80]) + ".") for _ in range(300)]
    claims = [ClaimText(" ".join(rng.permutation(words)[:12])) for _ in range(100)]
    started = time.perf_counter()
    claim_scores(passages, claims, CachingEncoder(encoder))
    took = time.perf_counter() - started
    print("\n## Speed\n")
    print(f"encoder ready after {ready:.1f} s")
    print(f"{len(passages) / took:.0f} paragraphs of 80 words a second, against 100 claims")
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "crossclaim", "suggest", "--help"], check=True, capture_output=True
    )
    print(f"crossclaim suggest --help: {time.perf_counter() - started:.1f} s")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--argkp", type=Path, default=argkp.FOLDER)
    parser.add_argument("--split", default="dev", choices=("train", "dev"))
    options = parser.parse_args()
    encoders: dict[str, Encoder] = {
        "USE, tuned": CachingEncoder(bundled_encoder()),
        "USE as it comes": CachingEncoder(UniversalSentenceEncoder(tuning=None)),
    }
    speed()
    essays(encoders)
    key_points(encoders, options.argkp, options.split)


if __name__ == "__main__":
    main()
