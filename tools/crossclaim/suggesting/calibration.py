"""Calibration: from a score to the probability that a reader would tag the passage with the claim.

A logistic curve (Platt, 1999) over the score and how far it leads the best other claim. Fitted on
topics of ArgKP-2021 train that the encoder's tuning had not seen: arguments, one to three of a
side strung together to a passage, against the key points of both sides; arguments without a key
point are its asides. `make train-suggest` fits it anew.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve: its intercept, and the weights of the score and of its lead."""

    intercept: float
    score: float
    lead: float

    def probabilities(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """n × m scores to n × m probabilities."""
        if not scores.size:
            return scores
        logits = self.intercept + score_features(scores) @ np.array([self.score, self.lead])
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
        return probabilities


def score_features(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """n × m scores to n × m × 2: the score, and its lead over the best other."""
    if scores.shape[1] == 1:
        lead = np.zeros_like(scores)
    else:
        ordered = np.sort(scores, axis=1)
        best, second = ordered[:, -1:], ordered[:, -2:-1]
        lead = scores - np.where(scores == best, second, best)
    return np.stack([scores, lead], axis=-1)


# Fitted; see above.
WITH_ENCODER = Calibration(-2.041, 6.229, 2.697)
WORDS_ALONE = Calibration(-1.710, 7.488, 4.095)
