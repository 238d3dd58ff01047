"""The words that a passage and a claim share, rare ones first: BM25.

Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009; computed by bm25s. The
collection's passages are the documents, a claim's words the question, so that what everybody
speaks of weighs little.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b, as usual
_COMMON = 0.15  # share of the passages; a word in more of them tells nothing
_COMMON_AT_LEAST = 2  # passages

Stems = Sequence[str]


def shared_words(passages: Sequence[Stems], claims: Sequence[Stems]) -> NDArray[np.float64]:
    """How much of each claim's wording each passage has: n × m, the highest is 1.

    A claim of many words is no likelier for it: scores are divided by the root of their number.
    """
    scores = np.zeros((len(passages), len(claims)))
    met = Counter(stem for passage in passages for stem in set(passage))
    if not met:
        return scores
    import bm25s

    index = bm25s.BM25(k1=_SATURATION, b=_LENGTH, method="lucene")
    index.index([list(passage) for passage in passages], show_progress=False)
    most = max(_COMMON * len(passages), _COMMON_AT_LEAST)
    for at, claim in enumerate(claims):
        asked = [stem for stem in dict.fromkeys(claim) if 0 < met[stem] <= most]
        if asked:
            scores[:, at] = index.get_scores(asked) / np.sqrt(len(asked))
    return scores / (scores.max() or 1.0)
