"""ArgKP-2021 beside the checkout, and the shared task's own score.

© IBM 2020, CDLA-Sharing-1.0 (Bar-Haim and others, “From Arguments to Key Points”, ACL 2020). The
data never enters the repository; what is learned and measured from it may.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent.parent / "shared" / "corpora" / "argkp"


@dataclass(frozen=True, slots=True)
class Side:
    """One topic and stance: its arguments, its key points, and which makes which.

    `labels` is arguments × key points: 1, 0, or NaN where the annotators did not agree.
    """

    topic: str
    stance: str
    arguments: tuple[str, ...]
    points: tuple[str, ...]
    labels: NDArray[np.float64]


def read(folder: Path, split: str) -> list[Side]:
    """The sides of a split, “train” or “dev”. Raises OSError where the data is not there."""
    arguments, points, labels = (
        list(csv.DictReader((folder / f"{name}_{split}.csv").open(encoding="utf-8", newline="")))
        for name in ("arguments", "key_points", "labels")
    )
    known = {(row["arg_id"], row["key_point_id"]): float(row["label"]) for row in labels}
    sides = []
    for topic, stance in dict.fromkeys((row["topic"], row["stance"]) for row in points):
        own_arguments = [r for r in arguments if (r["topic"], r["stance"]) == (topic, stance)]
        own_points = [r for r in points if (r["topic"], r["stance"]) == (topic, stance)]
        table = [
            [known.get((a["arg_id"], p["key_point_id"]), np.nan) for p in own_points]
            for a in own_arguments
        ]
        sides.append(
            Side(
                topic,
                stance,
                tuple(row["argument"] for row in own_arguments),
                tuple(row["key_point"] for row in own_points),
                np.array(table).reshape(len(own_arguments), len(own_points)),
            )
        )
    return sides


def precision(scores: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Average precision of the half with the highest scores, times its share of right ones.

    That product is the sum of the precision at each right one, over the size of the half.
    """
    half = len(scores) // 2
    if not half:
        return 0.0
    hits = right[np.argsort(-scores, kind="stable")[:half]]
    precisions = np.cumsum(hits) / np.arange(1, half + 1)
    return float((precisions * hits).sum() / half)


@dataclass(frozen=True, slots=True)
class Figures:
    """The shared task's figures, and the share of arguments with a point whose best is right."""

    strict: float
    relaxed: float
    first: float


def figures(sides: Sequence[Side], scores: Sequence[NDArray[np.float64]]) -> Figures:
    """Figures from each side's arguments × key points scores: means over the sides."""
    strict, relaxed, first = [], [], []
    for side, table in zip(sides, scores, strict=True):
        best = table.argmax(axis=1)
        rows = np.arange(len(best))
        labels = side.labels[rows, best]
        strict.append(precision(table[rows, best], np.nan_to_num(labels, nan=0.0)))
        relaxed.append(precision(table[rows, best], np.nan_to_num(labels, nan=1.0)))
        makes = (side.labels == 1).any(axis=1)
        first.append(float((labels[makes] == 1).mean()) if makes.any() else 0.0)
    return Figures(float(np.mean(strict)), float(np.mean(relaxed)), float(np.mean(first)))
