"""Krippendorff's alpha over units that several people have rated, and how sure it is. Pure.

K. Krippendorff, Content Analysis (2004), chapter 11, for nominal values and missing ratings. Alpha
is computed by NLTK; the interval comes from resampling passages, because the ratings of one
passage hang together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

NOTHING = "–"  # a claim not given
_RESAMPLES, _SEED = 1000, 0
_ENOUGH = 10  # passages, for an interval

Labels = tuple[str | None, ...]  # what each tagger says of one unit; None says nothing of it


@dataclass(frozen=True, slots=True)
class Figure:
    """How far taggers agree on some units.

    `given` counts the units of which a tagger says more than “no”. `alpha` is 1 for full
    agreement and 0 for what chance would give; None where nothing varies. `low` and `high`
    bound it at 95 %, where there are passages enough.
    """

    units: int
    same: int
    given: int
    alpha: float | None
    low: float | None = None
    high: float | None = None


def figure(units: Sequence[tuple[int, Labels]], interval: bool = False) -> Figure:
    """The agreement on units, each with the number of the passage it belongs to."""
    usable = [(at, labels) for at, labels in units if len(labels) - labels.count(None) > 1]
    said = [set(labels) - {None} for _, labels in usable]
    low = high = None
    if interval and len({at for at, _ in usable}) >= _ENOUGH:
        low, high = _interval(usable)
    return Figure(
        units=len(usable),
        same=sum(len(one) == 1 for one in said),
        given=sum(not one <= {NOTHING} for one in said),
        alpha=alpha([labels for _, labels in usable]),
        low=low,
        high=high,
    )


def alpha(units: Iterable[Labels]) -> float | None:
    """Krippendorff's alpha for nominal values; None where nothing varies, or nobody compares.

    Raises ImportError where NLTK is not installed.
    """
    from nltk.metrics.agreement import AnnotationTask

    usable = [labels for labels in units if len(labels) - labels.count(None) > 1]
    if len({label for labels in usable for label in labels} - {None}) < 2:
        return None
    data = [
        (tagger, at, label)
        for at, labels in enumerate(usable)
        for tagger, label in enumerate(labels)
        if label is not None
    ]
    return float(AnnotationTask(data=data).alpha())


def _interval(units: Sequence[tuple[int, Labels]]) -> tuple[float, float] | tuple[None, None]:
    """The middle 95 % of alpha over collections of as many passages, drawn from these."""
    passages = {at: row for row, at in enumerate(dict.fromkeys(at for at, _ in units))}
    values = sorted({label for _, labels in units for label in labels if label is not None})
    place = {value: column for column, value in enumerate(values)}
    met = np.zeros((len(passages), len(values), len(values)))
    for (at, labels), times in Counter(units).items():
        rated = [place[label] for label in labels if label is not None]
        for one, other in permutations(rated, 2):
            met[passages[at], one, other] += times / (len(rated) - 1)
    draw = np.random.default_rng(_SEED)
    share = np.full(len(passages), 1 / len(passages))
    drawings = draw.multinomial(len(passages), share, size=_RESAMPLES).astype(float)
    drawn = np.tensordot(drawings, met, axes=1)
    totals = drawn.sum(axis=2)
    count = totals.sum(axis=1)
    observed = count - np.trace(drawn, axis1=1, axis2=2)
    expected = (count**2 - (totals**2).sum(axis=1)) / (count - 1)
    varied = expected > 0
    if not varied.any():
        return None, None
    found = 1 - observed[varied] / expected[varied]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
