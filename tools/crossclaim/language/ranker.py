"""BM25: texts ranked by the words they share with a query, rare words first.

Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009; computed by bm25s.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SATURATION, LENGTH_SHARE = 1.2, 0.75  # BM25's k1 and b, as usual
_COMMON = 0.15  # share of the passages; a word in more of them tells nothing
_COMMON_AT_LEAST = 2  # passages

Stems = Sequence[str]


class Bm25Index:
    """An index of documents, each given as its stems."""

    def __init__(self, documents: Sequence[Stems]) -> None:
        self._size = len(documents)
        self._frequency = Counter(stem for document in documents for stem in set(document))
        self._index: Any = None
        if self._frequency:
            import bm25s

            self._index = bm25s.BM25(k1=SATURATION, b=LENGTH_SHARE, method="lucene")
            self._index.index([list(document) for document in documents], show_progress=False)

    def terms(self, query: Stems, most: float = np.inf) -> list[str]:
        """The query's stems that some documents have, and at most so many; each once."""
        return [stem for stem in dict.fromkeys(query) if 0 < self._frequency[stem] <= most]

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Every document's score for terms of the index; 0 where it has none of them."""
        if not terms:
            return np.zeros(self._size)
        return np.asarray(self._index.get_scores(list(terms)), dtype=np.float64)

    def ranking(self, query: Stems) -> list[int]:
        """The documents that share a stem with the query, the best first; equals in their order."""
        scores = self.scores(self.terms(query))
        return [int(n) for n in np.argsort(-scores, kind="stable") if scores[n] > 0]


def word_overlap(passages: Sequence[Stems], claims: Sequence[Stems]) -> NDArray[np.float64]:
    """How much of each claim's wording each passage has: n × m, the highest is 1.

    The passages are the documents and a claim's words the query; what everybody speaks of is left
    out of it. A claim of many words is no likelier for it: scores are divided by the root of their
    number.
    """
    overlap = np.zeros((len(passages), len(claims)))
    index = Bm25Index(passages)
    most = max(_COMMON * len(passages), _COMMON_AT_LEAST)
    for column, claim in enumerate(claims):
        if terms := index.terms(claim, most):
            overlap[:, column] = index.scores(terms) / np.sqrt(len(terms))
    return overlap / (overlap.max(initial=0.0) or 1.0)
