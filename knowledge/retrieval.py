"""From a message to scored candidates: search the index, keep each thing's best wording, let the model judge the pairs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Hit, Index
from knowledge.library import Shelf, Shelved
from knowledge.logistic import Logistic
from knowledge.similarity import Profile, Profiler, context_features, pair_features

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
    close = closeness([message.reading.grams], shown, shelf.index)[:, 0]
    chosen = closest_per_owner(shown, close)[:CANDIDATES]
    pairs = [
        Pair(shelf.items[shown[row].owner], shown[row].text, message, profiler.known(shown[row].text), score)
        for row, score in chosen
    ]
    return pairs, weigh(pairs, shelf.index)


def closeness(windows: Sequence[frozenset[str]], hits: Sequence[Hit], index: Index) -> NDArray[np.float64]:
    """How well each window says what each hit says: hits down, windows across, 0..1.

    F2 over idf mass: how much of the hit stands in the window counts fourfold, how little else does once.
    """
    if not hits:
        return np.zeros((0, len(windows)))
    columns = np.unique(np.concatenate([hit.terms for hit in hits]))
    idf = index.idf(columns)
    in_hit = _membership([hit.terms for hit in hits], columns)
    in_window = _membership([index.numbers(window) for window in windows], columns)
    weights = index.weights(frozenset().union(*windows))
    window_mass = np.asarray([sum(map(weights.__getitem__, window)) for window in windows])
    shared = (in_hit * idf) @ in_window.T
    close: NDArray[np.float64] = 5 * shared / (4 * (in_hit @ idf)[:, np.newaxis] + window_mass + 1e-9)
    return close


def _membership(sets: Sequence[NDArray[np.int32]], columns: NDArray[np.int32]) -> NDArray[np.float64]:
    table = np.zeros((len(sets), len(columns)))
    numbers = np.concatenate(sets)
    rows = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    places = np.minimum(np.searchsorted(columns, numbers), len(columns) - 1)
    held = columns[places] == numbers
    table[rows[held], places[held]] = 1.0
    return table


def closest_per_owner(hits: Sequence[Hit], close: NDArray[np.float64]) -> list[tuple[int, float]]:
    """For each owner the row of its closest text, with the owner's best BM25 score, in order of that score."""
    best_row: dict[str, int] = {}
    best_score: dict[str, float] = {}
    for row, hit in enumerate(hits):
        best_score.setdefault(hit.owner, hit.score)
        if hit.owner not in best_row or close[row] > close[best_row[hit.owner]]:
            best_row[hit.owner] = row
    return [(best_row[owner], score) for owner, score in best_score.items()]


def weigh(pairs: Sequence[Pair[T]], index: Index) -> dict[str, float]:
    """The idf of all n-grams in `pairs`."""
    texts = (profile.reading.grams for pair in pairs for profile in (pair.message, pair.known))
    return index.weights(frozenset().union(*texts))


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
