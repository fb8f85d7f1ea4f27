"""How a candidate stands among the others: shares of the best and gaps to the next, never raw scores.

A raw score grows with the message and with the list; where a candidate stands does not.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.profile import Profile
from knowledge.similarity import PAIR_FEATURES, two_largest

STANDING_FEATURES = (
    "share_of_best",
    "gap_to_rival",
    "first",
    "cosine_share_of_best",
    "cover_share_of_best",
    "typed_ratio_gap",
    "typed_cosine_gap",
    "alike_candidates",
)
_NEAR_COPY = 0.6
"""Candidates whose n-grams overlap more than this (Jaccard) are copies of one question, not rivals."""
_ALIKE = 0.7
"""Candidates of at least this share of the best cosine are counted as alike."""
_COSINE, _COVER_TEXT, _COVER_MESSAGE = map(
    PAIR_FEATURES.index, ("gram_cosine", "word_cover_text", "word_cover_message")
)
_TYPED = PAIR_FEATURES.index("typed_ratio"), PAIR_FEATURES.index("typed_cosine")

Column = NDArray[np.float64]


def standing_features(known: Sequence[Profile], scores: Column, pairs: Column) -> Column:
    """For candidates in order, the numbers of `STANDING_FEATURES`. `scores`: BM25; `pairs`: their PAIR_FEATURES.

    Of so few numbers plain Python makes a table in half of NumPy's time.
    """
    marks, cosine = scores.tolist(), pairs[:, _COSINE].tolist()
    cover = (pairs[:, _COVER_TEXT] + pairs[:, _COVER_MESSAGE]).tolist()
    best, closest, widest = (max(column) or 1.0 for column in (marks, cosine, cover))
    alike = sum(one > _ALIKE * closest for one in cosine)
    columns = (
        [mark / best for mark in marks],
        [(mark - rival) / best for mark, rival in zip(marks, _rivals(known, marks), strict=True)],
        [mark == best for mark in marks],
        [one / closest for one in cosine],
        [one / widest for one in cover],
        *(_leads(pairs[:, typed].tolist()) for typed in _TYPED),
        [alike] * len(marks),
    )
    return np.asarray([*zip(*columns, strict=True)], dtype=np.float64)


def shares_and_gaps(scores: Column) -> Column:
    """Two columns: each score as a share of the best, and its distance to the best of the others as such a share."""
    marks = scores.tolist()
    best = max(marks) or 1.0
    return np.asarray([(mark / best, lead / best) for mark, lead in zip(marks, _leads(marks), strict=True)])


def _leads(scores: Sequence[float]) -> list[float]:
    """The distance of each to the best of the others, to nothing where there are no others."""
    best, second = two_largest(scores)
    return [score - (second if score == best else best) for score in scores]


def _rivals(known: Sequence[Profile], scores: Sequence[float]) -> Iterator[float]:
    """For each, the best score among the others that are not a near copy of it."""
    by_score = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    for number, profile in enumerate(known):
        rivals = (
            scores[other] for other in by_score if other != number and not near_copies(profile, known[other])
        )
        yield next(rivals, 0.0)


def near_copies(one: Profile, other: Profile) -> bool:
    """Whether two texts say the same in nearly the same words."""
    fewer, more = sorted((len(one.grams), len(other.grams)))
    if fewer <= _NEAR_COPY * more:
        return False
    shared = len(one.grams & other.grams)
    return shared > _NEAR_COPY * (fewer + more - shared)
