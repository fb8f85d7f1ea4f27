"""From a message to scored candidates: search the index, keep each thing's best wording, let the model judge the pairs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Hit
from knowledge.library import Shelf, Shelved
from knowledge.logistic import Logistic
from knowledge.similarity import Profile, Profiler, context_features, coverage, pair_features

ROWS = 60
CANDIDATES = 12

T = TypeVar("T", bound=Shelved)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A message (or a window of it) beside the wording of `item` that comes closest."""

    item: T
    text: str
    message: Profile
    known: Profile
    score: float


@dataclass(frozen=True, slots=True)
class Scored(Generic[T]):
    """A pair and the probability that `item` is what the message is about."""

    pair: Pair[T]
    probability: float


def find_pairs(
    message: Profile,
    shelf: Shelf[T],
    *,
    profiler: Profiler,
    hidden: Callable[[Hit], bool] | None = None,
) -> tuple[list[Pair[T]], dict[str, float]]:
    """The candidates for a short message, best first, and the idf weights their comparison needs.

    `hidden` leaves texts out, as if they were not there: training asks with each phrasing in turn.
    """
    hits = shelf.index.search(message.reading.grams, limit=ROWS)
    shown = [hit for hit in hits if not (hidden and hidden(hit))]
    known = {hit.text: profiler.known(hit.text) for hit in shown}
    weights = weigh(shelf, [message, *known.values()])
    best = _best_per_owner(
        shown, lambda hit: coverage(message.reading.grams, known[hit.text].reading.grams, weights)
    )
    return [
        Pair(shelf.items[hit.owner], hit.text, message, known[hit.text], score)
        for hit, score in best[:CANDIDATES]
    ], weights


def weigh(shelf: Shelf[T], profiles: Iterable[Profile]) -> dict[str, float]:
    return shelf.index.weights(frozenset().union(*(profile.reading.grams for profile in profiles)))


def _best_per_owner(hits: Sequence[Hit], closeness: Callable[[Hit], float]) -> list[tuple[Hit, float]]:
    """Each owner's closest text with the owner's best BM25 score, in order of that score."""
    closest: dict[str, tuple[float, Hit]] = {}
    scores: dict[str, float] = {}
    for hit in hits:
        scores.setdefault(hit.owner, hit.score)
        near = closeness(hit)
        if hit.owner not in closest or near > closest[hit.owner][0]:
            closest[hit.owner] = (near, hit)
    return [(closest[owner][1], score) for owner, score in scores.items()]


def feature_rows(pairs: Sequence[Pair[T]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """One row a pair: PAIR_FEATURES, then CONTEXT_FEATURES."""
    own = np.asarray([pair_features(pair.message, pair.known, weights) for pair in pairs], dtype=np.float64)
    scores = np.asarray([pair.score for pair in pairs], dtype=np.float64)
    return np.hstack((own, context_features([pair.known for pair in pairs], scores)))


def judge(
    pairs: Sequence[Pair[T]], weights: Mapping[str, float], *, model: Logistic
) -> tuple[Scored[T], ...]:
    """The pairs with their probabilities, most probable first."""
    if not pairs:
        return ()
    chances = model.probabilities(feature_rows(pairs, weights))
    scored = [Scored(pair, float(chance)) for pair, chance in zip(pairs, chances, strict=True)]
    return tuple(sorted(scored, key=lambda one: -one.probability))
