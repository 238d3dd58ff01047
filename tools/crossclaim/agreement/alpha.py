"""Krippendorff's alpha over units that several people have rated, with its interval. Pure.

K. Krippendorff, Content Analysis (2004), chapter 11, for nominal values and missing ratings. Alpha
is computed by NLTK; the interval comes from resampling passages, because the ratings of one
passage hang together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

NOT_GIVEN = "–"  # a claim not given
_RESAMPLES, _SEED = 1000, 0
_ENOUGH = 10  # passages, for an interval

Labels = tuple[str | None, ...]  # each tagger's label of one unit; None where there is none
RatedUnit = tuple[int, Labels]  # the number of the passage it belongs to, its labels


@dataclass(frozen=True, slots=True)
class Reliability:
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


def reliability(units: Sequence[RatedUnit], interval: bool = False) -> Reliability:
    """The agreement on units, with a confidence interval where one is asked for."""
    pairable = [(passage, labels) for passage, labels in units if _is_pairable(labels)]
    values = [set(labels) - {None} for _, labels in pairable]
    low = high = None
    if interval and len({passage for passage, _ in pairable}) >= _ENOUGH:
        low, high = _interval(pairable)
    return Reliability(
        units=len(pairable),
        same=sum(len(own) == 1 for own in values),
        given=sum(not own <= {NOT_GIVEN} for own in values),
        alpha=alpha([labels for _, labels in pairable]),
        low=low,
        high=high,
    )


def alpha(units: Iterable[Labels]) -> float | None:
    """Krippendorff's alpha for nominal values; None where nothing varies, or nobody compares.

    Raises ImportError where NLTK is not installed.
    """
    from nltk.metrics.agreement import AnnotationTask

    pairable = [labels for labels in units if _is_pairable(labels)]
    if len({label for labels in pairable for label in labels} - {None}) < 2:
        return None
    data = [
        (tagger, unit, label)
        for unit, labels in enumerate(pairable)
        for tagger, label in enumerate(labels)
        if label is not None
    ]
    return float(AnnotationTask(data=data).alpha())


def _is_pairable(labels: Labels) -> bool:
    """Whether at least two taggers have labelled the unit."""
    return len(labels) - labels.count(None) > 1


def _interval(units: Sequence[RatedUnit]) -> tuple[float, float] | tuple[None, None]:
    """The middle 95 % of alpha over collections of as many passages, drawn from these."""
    passages = {number: row for row, number in enumerate(dict.fromkeys(n for n, _ in units))}
    values = sorted({label for _, labels in units for label in labels if label is not None})
    column = {value: index for index, value in enumerate(values)}
    coincidences = np.zeros((len(passages), len(values), len(values)))
    for (number, labels), times in Counter(units).items():
        columns = [column[label] for label in labels if label is not None]
        for one, other in permutations(columns, 2):
            coincidences[passages[number], one, other] += times / (len(columns) - 1)
    random = np.random.default_rng(_SEED)
    share = np.full(len(passages), 1 / len(passages))
    weights = random.multinomial(len(passages), share, size=_RESAMPLES).astype(float)
    resampled = np.tensordot(weights, coincidences, axes=1)
    totals = resampled.sum(axis=2)
    count = totals.sum(axis=1)
    observed = count - np.trace(resampled, axis1=1, axis2=2)
    expected = (count**2 - (totals**2).sum(axis=1)) / (count - 1)
    varied = expected > 0
    if not varied.any():
        return None, None
    low, high = np.quantile(1 - observed[varied] / expected[varied], [0.025, 0.975])
    return float(low), float(high)
