"""Candidates for a message: each thing found beside its closest wording, and the numbers by which a model judges them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.contradiction import compare
from knowledge.exchanges import NO_EXCHANGE, Comparison, Exchange
from knowledge.idf import Scales
from knowledge.index import Index, Wordings
from knowledge.judge import Judge, chances
from knowledge.profile import Profile
from knowledge.segment import ranges
from knowledge.shelf import Shelved
from knowledge.similarity import pair_features
from knowledge.standing import standing_features
from knowledge.stretches import Surroundings, compare_stretch

T = TypeVar("T", bound=Shelved)


_RESEMBLING = 0.25
"""Texts less close than this do not resemble each other: that they differ goes without saying."""
_COMPARABLE = 0.15
"""Of texts less close than this it says nothing what they say instead of each other."""


@dataclass(frozen=True)
class Pair(Generic[T]):
    """A message (or a window of it) beside the wording of `item` that comes closest. `score`: the item's BM25; `close`: how
    well the one says what the other says, 0..1. `around`: what stands around it, if `message` is a window.
    """

    item: T
    text: str
    message: Profile
    known: Profile
    score: float
    close: float
    around: Surroundings | None = None

    @cached_property
    def comparison(self) -> Comparison:
        return Comparison(self.message, self.known)

    @cached_property
    def differences(self) -> tuple[str, ...]:
        """What the two say differently, for people; nothing unless they resemble each other."""
        return self.stated_differences if self.close >= _RESEMBLING else ()

    @cached_property
    def stated_differences(self) -> tuple[str, ...]:
        """The same, however little they resemble each other."""
        said, known = self.message.statement, self.known.statement
        return compare_stretch(said, known, self.around) if self.around else compare(said, known)


@dataclass(frozen=True, slots=True)
class Candidates(Generic[T]):
    """Pairs with the scales for their n-grams, and what is known of each pair beyond its two texts (a row a pair). `unlike`: what
    was found as well but comes too little close, or too far behind, to be judged, best score first.
    """

    pairs: tuple[Pair[T], ...]
    scales: Scales
    beyond: NDArray[np.float64]
    unlike: tuple[T, ...] = ()

    def exchanges(self) -> list[Exchange]:
        """What each pair's texts say instead of each other; nothing unless they resemble each other."""
        return [pair.comparison.exchange if pair.close >= _COMPARABLE else NO_EXCHANGE for pair in self.pairs]

    def features_for(self, judge: Judge) -> NDArray[np.float64]:
        """What `judge` looks at: `features`, and if it has leanings, what they say."""
        if judge.leans:
            return np.concatenate((self.features(), judge.leanings.column(self.exchanges())), axis=1)
        return self.features()

    def features(self) -> NDArray[np.float64]:
        """One row a pair: PAIR_FEATURES, what is beyond the two texts, STANDING_FEATURES."""
        own = np.asarray(
            [pair_features(pair.comparison, self.scales) for pair in self.pairs], dtype=np.float64
        )
        scores = np.asarray([pair.score for pair in self.pairs])
        standing = standing_features([pair.known for pair in self.pairs], scores, own)
        return np.concatenate((own, self.beyond, standing), axis=1)


def closest_wordings(
    message: NDArray[np.int32], found: Mapping[str, Wordings], index: Index
) -> dict[str, tuple[str, float]]:
    """For each owner in `found` the wording that comes closest to a message, given as the numbers of its n-grams, and how close
    (0..1).
    """
    if not found:
        return {}
    close = iter(closeness([message], [*found.values()], index)[:, 0].tolist())
    best: dict[str, tuple[str, float]] = {}
    for owner, group in found.items():
        nearness = [*islice(close, len(group.texts))]
        nearest = max(range(len(nearness)), key=nearness.__getitem__)
        best[owner] = group.texts[nearest], nearness[nearest]
    return best


def closeness(
    windows: Sequence[NDArray[np.int32]], groups: Sequence[Wordings], index: Index
) -> NDArray[np.float64]:
    """How well each window, given as the numbers of its n-grams, says what each wording says: wordings of all groups down, windows
    across, 0..1.

    F2 over idf mass: how much of the wording stands in the window counts fourfold, how little else does once.
    """
    lengths = np.concatenate([group.lengths for group in groups])
    if not lengths.any() or not any(map(len, windows)):
        return np.zeros((len(lengths), len(windows)))
    terms, row = np.concatenate([group.terms for group in groups]), _places(lengths)
    idf = index.idf(terms)
    said = np.concatenate(windows)
    column = _places([len(window) for window in windows])
    shared = _shared_mass((terms, row, idf), (said, column), (len(lengths), len(windows)))
    wording_mass = np.bincount(row, idf, minlength=len(lengths))[:, np.newaxis]
    window_mass = np.bincount(column, index.idf(said), minlength=len(windows))
    close: NDArray[np.float64] = 5 * shared / (4 * wording_mass + window_mass + 1e-9)
    return close


def _places(lengths: Sequence[int] | NDArray[np.int64]) -> NDArray[np.intp]:
    """0 as often as the first of `lengths` says, 1 as often as the second …"""
    return np.repeat(np.arange(len(lengths)), lengths)


def _shared_mass(
    held: tuple[NDArray[np.int32], NDArray[np.intp], NDArray[np.float64]],
    said: tuple[NDArray[np.int32], NDArray[np.intp]],
    shape: tuple[int, int],
) -> NDArray[np.float64]:
    """For each row and column the summed idf of the terms both have. `held`: terms, their rows, their idf; `said`: terms
    and their columns.
    """
    # To look up thousands of terms costs less than to search for each; -1 marks the last place, which is nobody's.
    marked = np.zeros(max(said[0].max(), held[0].max()) + 2, dtype=np.bool_)
    marked[said[0]] = True
    both = np.flatnonzero(marked.take(held[0]))
    terms, rows, idf = (column.take(both) for column in held)
    if shape[1] == 1:
        return np.bincount(rows, idf, minlength=shape[0]).astype(np.float64)[:, np.newaxis]
    order = said[0].argsort(kind="stable")
    ordered, columns = said[0][order], said[1][order]
    first = ordered.searchsorted(terms)
    counts = ordered.searchsorted(terms, "right") - first
    cell = rows.repeat(counts) * shape[1] + columns[ranges(first, counts)]
    summed = np.bincount(cell, idf.repeat(counts), minlength=shape[0] * shape[1])
    return summed.astype(np.float64).reshape(shape)


_NO_GAINS: Mapping[str, float] = MappingProxyType({})
_UNLIKELY, _POSSIBLE = -3.0, -1.0
"""Log-odds. Far below what is offered nobody looks for what two texts say differently; from a probability of a quarter on it is
looked for however little they resemble each other.
"""


@dataclass(frozen=True, slots=True)
class Scored(Generic[T]):
    """A pair and the probability that `item` is what the message is about. `likeness`: the same, had the two said nothing
    differently; from it on it is offered, with the `differences` said. `features`: the pair's, PAIR_FEATURES first.
    """

    pair: Pair[T]
    probability: float
    likeness: float
    differences: tuple[str, ...]
    features: NDArray[np.float64]


def judged(
    candidates: Candidates[T] | None, *, judge: Judge, gains: Mapping[str, float] = _NO_GAINS
) -> tuple[Scored[T], ...]:
    """The pairs with their probabilities, best first. `gains`: log-odds that a pair gains in rank, though not in probability,
    for each unit of a feature.
    """
    if candidates is None or not candidates.pairs:
        return ()
    pairs, features = candidates.pairs, candidates.features_for(judge)
    alike = judge.log_odds(features)
    differing = [_differing(pair, odds) for pair, odds in zip(pairs, alike.tolist(), strict=True)]
    log_odds = alike - judge.veto_cost * np.asarray([*map(bool, differing)])
    gained = sum(gain * features[:, judge.features.index(name)] for name, gain in gains.items())
    rank = (-(log_odds + gained)).argsort(kind="stable")
    probable, likeness = chances(log_odds).tolist(), chances(alike).tolist()
    return tuple(
        Scored(pairs[place], probable[place], likeness[place], differing[place], features[place])
        for place in rank.tolist()
    )


def _differing(pair: Pair[T], log_odds: float) -> tuple[str, ...]:
    """What is likely to be meant must never differ unseen, however little the wordings resemble each other."""
    if log_odds > _POSSIBLE:
        return pair.stated_differences
    return pair.differences if log_odds > _UNLIKELY else ()
