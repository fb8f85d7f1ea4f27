"""How a candidate stands among the others: shares of the best and gaps to the next, never raw scores.

A raw score grows with the message and with the list; where a candidate stands does not.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.profile import Profile
from knowledge.similarity import PAIR_FEATURES

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
_TYPED = [PAIR_FEATURES.index("typed_ratio"), PAIR_FEATURES.index("typed_cosine")]

Column = NDArray[np.float64]


def standing_features(known: Sequence[Profile], scores: Column, pairs: Column) -> Column:
    """For candidates in order, the numbers of `STANDING_FEATURES`. `scores`: BM25; `pairs`: their PAIR_FEATURES."""
    best = scores.max() or 1.0
    cosine, cover = pairs[:, _COSINE], pairs[:, _COVER_TEXT] + pairs[:, _COVER_MESSAGE]
    alike = np.count_nonzero(cosine > _ALIKE * (cosine.max() or 1.0))
    return np.column_stack(
        (
            scores / best,
            (scores - _rivals(known, scores)) / best,
            scores == best,
            cosine / (cosine.max() or 1.0),
            cover / (cover.max() or 1.0),
            _leads(pairs[:, _TYPED]),
            np.full(len(scores), alike),
        )
    )


def shares_and_gaps(scores: Column) -> Column:
    """Two columns: each score as a share of the best, and its distance to the best of the others as such a share."""
    best = scores.max() or 1.0
    return np.column_stack((scores / best, _leads(scores) / best))


def _leads(scores: Column) -> Column:
    """The distance of each to the best of the others in its column, to nothing where there are no others."""
    ordered = np.sort(scores, axis=0)[::-1]
    best, second = ordered[0], ordered[1] if len(ordered) > 1 else np.zeros_like(ordered[0])
    leads: Column = scores - np.where(scores == best, second, best)
    return leads


def _rivals(known: Sequence[Profile], scores: Column) -> Column:
    """For each, the best score among the others that are not a near copy of it."""
    by_score = [int(number) for number in np.argsort(-scores, kind="stable")]
    found = np.zeros(len(scores))
    for number, profile in enumerate(known):
        rival = next(
            (other for other in by_score if other != number and not near_copies(profile, known[other])), None
        )
        found[number] = 0.0 if rival is None else scores[rival]
    return found


def near_copies(one: Profile, other: Profile) -> bool:
    """Whether two texts say the same in nearly the same words."""
    here, there = one.reading.grams, other.reading.grams
    shared = len(here & there)
    return shared > _NEAR_COPY * (len(here) + len(there) - shared)
