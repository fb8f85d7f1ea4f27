"""A similarity index over short texts: set-wise BM25, growing and shrinking without a rebuild.

Every term of a text and of a query counts once ("set, not bag": a long post that repeats itself must not win). An Index
is immutable: `with_added` and `without` return a new one that shares all big arrays, so readers need no lock. Rows live
in segments; small segments are merged as they pile up, removed rows are marked and dropped at the next merge.
BM25: Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75, term frequency 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
MERGES_BELOW = 20_000
"""A segment of at least this many rows is merged again only once half of it is removed."""


class Terms:
    """Numbers for terms, only ever added to. One writer, any number of readers."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._ids: defaultdict[str, int] = defaultdict(count().__next__)
        for term in known:
            self._ids[term]

    def __contains__(self, term: str) -> bool:
        return term in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        """In the order of their numbers."""
        return iter(self._ids)

    def learn(self, terms: Iterable[str]) -> NDArray[np.int32]:
        return np.fromiter(map(self._ids.__getitem__, terms), dtype=np.int32)

    def known(self, terms: Iterable[str]) -> NDArray[np.int32]:
        found = (self._ids.get(term, -1) for term in terms)
        return np.fromiter((number for number in found if number >= 0), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows in both directions: `row_terms[row_starts[i]:row_starts[i+1]]` and, by term, the rows that hold it."""

    owners: tuple[str, ...]
    texts: tuple[str, ...]
    row_starts: NDArray[np.int64]
    row_terms: NDArray[np.int32]
    term_starts: NDArray[np.int64]
    term_rows: NDArray[np.int32]
    alive: NDArray[np.bool_]
    held_by: NDArray[np.int64]
    """In how many rows still alive each term stands: the document frequency."""

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.row_starts)

    def terms_of(self, row: int) -> NDArray[np.int32]:
        return self.row_terms[self.row_starts[row] : self.row_starts[row + 1]]

    def frequencies(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """In how many living rows each of `terms` stands; 0 for terms younger than this segment."""
        return self._by_term(self.held_by, terms)

    def _by_term(self, counts: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.int64]:
        young = terms >= len(counts)
        return np.where(young, 0, counts[np.where(young, 0, terms)])

    def matched_idf(self, terms: NDArray[np.int32], idf: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each row, the summed idf of the query terms it holds."""
        counts = self._by_term(np.diff(self.term_starts), terms)
        held = counts > 0
        rows = [self.term_rows[self.term_starts[t] : self.term_starts[t + 1]] for t in terms[held]]
        if not rows:
            return np.zeros(len(self.owners))
        weights = np.repeat(idf[held], counts[held])
        summed = np.bincount(np.concatenate(rows), weights=weights, minlength=len(self.owners))
        return summed.astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One text found: whose it is, its BM25 score for the query, and the numbers of its terms."""

    owner: str
    text: str
    score: float
    terms: NDArray[np.int32]


def _segment(
    owners: Sequence[str],
    texts: Sequence[str],
    lengths: NDArray[np.int64],
    row_terms: NDArray[np.int32],
    *,
    vocabulary_size: int,
) -> Segment:
    """`row_terms`: the terms of all rows one after another, `lengths` of each."""
    row_of_term = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    held_by = np.bincount(row_terms, minlength=vocabulary_size + 1)
    return Segment(
        owners=tuple(owners),
        texts=tuple(texts),
        row_starts=_starts(lengths),
        row_terms=row_terms,
        term_starts=_starts(held_by),
        term_rows=row_of_term[np.argsort(row_terms, kind="stable")],
        alive=np.ones(len(lengths), dtype=np.bool_),
        held_by=held_by,
    )


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))


def _merge(segments: Sequence[Segment], *, vocabulary_size: int) -> Segment:
    kept = [(segment, int(row)) for segment in segments for row in np.flatnonzero(segment.alive)]
    rows = [segment.terms_of(row) for segment, row in kept]
    return _segment(
        [segment.owners[row] for segment, row in kept],
        [segment.texts[row] for segment, row in kept],
        np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)),
        np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32),
        vocabulary_size=vocabulary_size,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to be found, with the terms it is found by and the id of what it belongs to."""

    owner: str
    text: str
    terms: frozenset[str]


class Index:
    """Texts by their terms. Build with `Index.build`; change with `with_added` and `without`."""

    def __init__(self, terms: Terms, segments: tuple[Segment, ...]) -> None:
        self._terms = terms
        self._segments = segments
        self._size = sum(int(segment.alive.sum()) for segment in segments)
        total = sum(int(segment.lengths[segment.alive].sum()) for segment in segments)
        self._mean_length = total / self._size if self._size else 1.0

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> "Index":
        return cls(Terms(), ()).with_added(entries)

    @classmethod
    def assemble(
        cls, owners: Sequence[str], texts: Sequence[str], rows: Sequence[NDArray[np.int32]], terms: Terms
    ) -> "Index":
        """An index of rows that are already numbered by `terms`."""
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        row_terms = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
        return cls(terms, (_segment(owners, texts, lengths, row_terms, vocabulary_size=len(terms)),))

    def __len__(self) -> int:
        return self._size

    def with_added(self, entries: Iterable[Entry]) -> "Index":
        """This index and `entries`. Merges segments until each is at least twice as large as the next."""
        given = tuple(entries)
        if not given:
            return self
        row_terms = self._terms.learn(chain.from_iterable(entry.terms for entry in given))
        lengths = np.fromiter((len(entry.terms) for entry in given), dtype=np.int64, count=len(given))
        owners, texts = [entry.owner for entry in given], [entry.text for entry in given]
        size = len(self._terms)
        newest = _segment(owners, texts, lengths, row_terms, vocabulary_size=size)
        segments = [*self._segments, newest]
        while len(segments) > 1 and _should_merge(segments[-2], segments[-1]):
            segments[-2:] = [_merge(segments[-2:], vocabulary_size=size)]
        return Index(self._terms, tuple(segments))

    def without(self, owner: str) -> "Index":
        """This index without the texts of `owner`."""
        return Index(self._terms, tuple(_without(segment, owner) for segment in self._segments))

    def idf(self, terms: NDArray[np.int32]) -> NDArray[np.float64]:
        frequency = np.zeros(len(terms), dtype=np.int64)
        for segment in self._segments:
            frequency += segment.frequencies(terms)
        weights: NDArray[np.float64] = np.log1p((self._size - frequency + 0.5) / (frequency + 0.5))
        return weights

    @property
    def unseen_weight(self) -> float:
        """The idf of a term no text holds."""
        return float(np.log1p(2 * self._size + 1))

    def weights(self, terms: frozenset[str]) -> dict[str, float]:
        """The idf of `terms`; one this index has never seen weighs most."""
        numbers = self._terms.known(terms)
        known = [term for term in terms if term in self._terms]
        return dict.fromkeys(terms, self.unseen_weight) | dict(
            zip(known, self.idf(numbers).tolist(), strict=True)
        )

    def numbers(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """The numbers of those `terms` the index has seen."""
        return self._terms.known(terms)

    def search(self, terms: frozenset[str], *, limit: int) -> tuple[Hit, ...]:
        """The best `limit` texts for a query, best first; ties in the order the texts were added."""
        query = self._terms.known(terms)
        if not len(query) or not self._size:
            return ()
        idf = self.idf(query)
        hits = [
            Hit(segment.owners[row], segment.texts[row], score, segment.terms_of(row))
            for segment in self._segments
            for row, score in _best_rows(segment, query, idf, mean_length=self._mean_length, limit=limit)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def _best_rows(
    segment: Segment,
    query: NDArray[np.int32],
    idf: NDArray[np.float64],
    *,
    mean_length: float,
    limit: int,
) -> list[tuple[int, float]]:
    damping = (K1 + 1) / (1 + K1 * (1 - B + B * segment.lengths / mean_length))
    scores = segment.matched_idf(query, idf) * damping * segment.alive
    best = np.argpartition(-scores, limit)[:limit] if len(scores) > limit else np.arange(len(scores))
    ordered = sorted((int(row) for row in best if scores[row] > 0), key=lambda row: (-scores[row], row))
    return [(row, float(scores[row])) for row in ordered]


def _should_merge(older: Segment, newer: Segment) -> bool:
    mostly_removed = 2 * int(older.alive.sum()) < len(older.owners)
    small_enough = len(older.owners) < MERGES_BELOW and len(older.owners) < 2 * len(newer.owners)
    return mostly_removed or small_enough


def _without(segment: Segment, owner: str) -> Segment:
    if owner not in segment.owners:
        return segment
    rows = [row for row, held in enumerate(segment.owners) if held == owner and segment.alive[row]]
    alive, held_by = segment.alive.copy(), segment.held_by.copy()
    alive[rows] = False
    for row in rows:
        held_by[segment.terms_of(row)] -= 1
    return replace(segment, alive=alive, held_by=held_by)
