"""Fit the curves from scores to probabilities, on passages strung together from ArgKP arguments."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

import argkp
from crossclaim.language.encoder import Encoder
from crossclaim.suggesting.calibration import score_features
from crossclaim.suggesting.scoring import ClaimText, PassageText, ScoreWeights, claim_scores

PASSAGES = 150  # made for each topic
LONGEST = 3  # arguments in a passage


def made_passages(
    sides: Sequence[argkp.Side], rng: np.random.Generator
) -> tuple[list[str], list[str], NDArray[np.float64]]:
    """Passages of one topic, its key points, and who makes which: 1, 0, NaN where undecided.

    A passage is one to three arguments of one side; it makes what any of them makes.
    """
    points = [point for side in sides for point in side.points]
    texts, rows = [], []
    for _ in range(PASSAGES):
        number = int(rng.integers(len(sides)))
        side = sides[number]
        own = rng.choice(len(side.arguments), size=int(rng.integers(1, LONGEST + 1)))
        texts.append(" ".join(side.arguments[i].rstrip(". ") + "." for i in own))
        labels = side.labels[own]
        made = np.where((labels == 1).any(0), 1.0, np.where(np.isnan(labels).any(0), np.nan, 0.0))
        row = np.zeros(len(points))
        left = sum(len(s.points) for s in sides[:number])
        row[left : left + len(side.points)] = made
        rows.append(row)
    return texts, points, np.array(rows)


def pairs(
    sides: Sequence[argkp.Side], encoder: Encoder | None
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """For each topic: the features and the truth of all decided pairs."""
    rng = np.random.default_rng(0)
    for topic in dict.fromkeys(side.topic for side in sides):
        texts, points, truth = made_passages([s for s in sides if s.topic == topic], rng)
        table = claim_scores(
            [PassageText(text) for text in texts],
            [ClaimText(p) for p in points],
            encoder,
            ScoreWeights(),
        )
        known = ~np.isnan(truth)
        yield score_features(table)[known], truth[known]


def fitted(
    features: NDArray[np.float64], truth: NDArray[np.float64], least: float = 1.0
) -> NDArray[np.float64]:
    """Logistic regression by Newton's steps: the intercept, then a weight a feature.

    `least` draws the weights to 0 a little.
    """
    x = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(x.shape[1])
    ridge = np.diag([0.0, *[least] * features.shape[1]])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - truth) + ridge @ weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def calibrations(sides: Sequence[argkp.Side], encoder: Encoder) -> None:
    """Print the curves, with an encoder and by words alone."""
    for name, reader in (("WITH_ENCODER", encoder), ("WORDS_ALONE", None)):
        gathered = list(pairs(sides, reader))
        features = np.concatenate([f for f, _ in gathered])
        truth = np.concatenate([t for _, t in gathered])
        intercept, score, lead = fitted(features[:, :2], truth)
        print(f"{name} = Calibration({intercept:.3f}, {score:.3f}, {lead:.3f})", flush=True)
