"""Candidates for a message: each thing found beside its closest wording, and the numbers by which a model judges them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.contradiction import compare
from knowledge.index import Index, Wording
from knowledge.judge import Judge, chances
from knowledge.profile import Profile
from knowledge.shelf import Shelved
from knowledge.similarity import pair_features
from knowledge.standing import standing_features

T = TypeVar("T", bound=Shelved)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A message (or a window of it) beside the wording of `item` that comes closest. `score`: the item's BM25;
    `differences`: what the two say differently, for people.
    """

    item: T
    text: str
    message: Profile
    known: Profile
    score: float
    differences: tuple[str, ...]


_RESEMBLING = 0.25
"""Texts less close than this do not resemble each other: that they differ goes without saying."""


def pair_up(item: T, text: str, message: Profile, known: Profile, *, score: float, close: float) -> Pair[T]:
    """A pair; what the two say differently is looked for only if they resemble each other (`close`, 0..1)."""
    differences = compare(message.statement, known.statement) if close >= _RESEMBLING else ()
    return Pair(item, text, message, known, score, differences)


@dataclass(frozen=True, slots=True)
class Candidates(Generic[T]):
    """Pairs with the idf of all their n-grams, and what is known of each pair beyond its two texts (a row a pair)."""

    pairs: tuple[Pair[T], ...]
    weights: Mapping[str, float]
    beyond: NDArray[np.float64]

    def features(self) -> NDArray[np.float64]:
        """One row a pair: PAIR_FEATURES, what is beyond the two texts, STANDING_FEATURES."""
        own = np.asarray(
            [pair_features(pair.message, pair.known, self.weights) for pair in self.pairs], dtype=np.float64
        )
        scores = np.asarray([pair.score for pair in self.pairs])
        standing = standing_features([pair.known for pair in self.pairs], scores, own)
        return np.hstack((own, self.beyond, standing))


def weigh(profiles: Sequence[Profile], index: Index) -> dict[str, float]:
    """The idf of all n-grams of `profiles`."""
    grams = (grams for one in profiles for grams in (one.reading.grams, one.topic_grams))
    return index.weights(frozenset().union(*grams))


def closest_wordings(
    message: frozenset[str], found: Mapping[str, Sequence[Wording]], index: Index
) -> dict[str, tuple[str, float]]:
    """For each owner in `found` the wording that comes closest to the n-grams of `message`, and how close (0..1)."""
    wordings = [(owner, wording) for owner, group in found.items() for wording in group]
    if not wordings:
        return {}
    close = closeness([message], [wording for _, wording in wordings], index)[:, 0]
    best: dict[str, int] = {}
    for row, (owner, _) in enumerate(wordings):
        if owner not in best or close[row] > close[best[owner]]:
            best[owner] = row
    return {owner: (wordings[row][1].text, float(close[row])) for owner, row in best.items()}


def closeness(
    windows: Sequence[frozenset[str]], wordings: Sequence[Wording], index: Index
) -> NDArray[np.float64]:
    """How well each window says what each wording says: wordings down, windows across, 0..1.

    F2 over idf mass: how much of the wording stands in the window counts fourfold, how little else does once.
    """
    close = np.zeros((len(wordings), len(windows)))
    spoken = [row for row, wording in enumerate(wordings) if len(wording.terms)]
    if not spoken or not windows:
        return close
    rows = [wordings[row].terms for row in spoken]
    terms, starts = np.concatenate(rows), np.cumsum([0, *(len(row) for row in rows[:-1])])
    idf = index.idf(terms)
    said = [index.known(window) for window in windows]
    columns = np.unique(np.concatenate(said))
    weights = index.weights(frozenset().union(*windows))
    window_mass = np.asarray([sum(map(weights.__getitem__, window)) for window in windows])
    shared = _shared_mass(terms, idf, starts, columns) @ _membership(said, columns).T
    wording_mass = np.add.reduceat(idf, starts)[:, np.newaxis]
    close[spoken] = 5 * shared / (4 * wording_mass + window_mass + 1e-9)
    return close


def _shared_mass(
    terms: NDArray[np.int32],
    idf: NDArray[np.float64],
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
) -> NDArray[np.float64]:
    """A row a wording: the idf of each of `columns` that it holds, else 0."""
    row = np.zeros(len(terms), dtype=np.int64)
    row[starts[1:]] = 1
    places = np.minimum(np.searchsorted(columns, terms), max(0, len(columns) - 1))
    held = columns[places] == terms if len(columns) else np.zeros(len(terms), dtype=np.bool_)
    table = np.zeros((len(starts), len(columns)))
    table[np.cumsum(row)[held], places[held]] = idf[held]
    return table


def _membership(sets: Sequence[NDArray[np.int32]], columns: NDArray[np.int32]) -> NDArray[np.float64]:
    """A row a set of `columns`: 1 for each that it holds."""
    table = np.zeros((len(sets), len(columns)))
    for row, numbers in enumerate(sets):
        table[row, np.searchsorted(columns, numbers)] = 1.0
    return table


@dataclass(frozen=True, slots=True)
class Scored(Generic[T]):
    """A pair and the probability that `item` is what the message is about. `likeness`: the same, had the two said nothing
    differently; from it on it is offered, with the difference said.
    """

    pair: Pair[T]
    probability: float
    likeness: float


def judged(candidates: Candidates[T] | None, *, judge: Judge, by_share: float = 0.0) -> tuple[Scored[T], ...]:
    """The pairs with their probabilities, best first. `by_share`: log-odds that a pair gains in rank, though not in
    probability, for its share of the best BM25 score.
    """
    if candidates is None:
        return ()
    alike = judge.log_odds(candidates.features())
    log_odds = alike - judge.veto_cost * np.asarray([bool(pair.differences) for pair in candidates.pairs])
    scores = np.asarray([pair.score for pair in candidates.pairs])
    rank = np.argsort(-(log_odds + by_share * scores / (scores.max() or 1.0)), kind="stable")
    probable, likeness = chances(log_odds).tolist(), chances(alike).tolist()
    return tuple(Scored(candidates.pairs[place], probable[place], likeness[place]) for place in rank.tolist())
