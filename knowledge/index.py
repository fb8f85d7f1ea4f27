"""A similarity index over things known by several short wordings: set-wise BM25, growing and shrinking without a rebuild.

A thing is found by the terms of all its wordings together, so that a message that takes one word from each is found too;
which of them comes closest is for `retrieval` to tell. Every term counts once in a thing and in a query ("set, not bag":
a long post that repeats itself must not win). An Index is immutable: `with_added` and `without` return a new one that
shares all big arrays, so readers need no lock. Things live in segments; small ones are merged as they pile up, removed
things are marked and dropped at the next merge. BM25: Robertson and Zaragoza 2009, k1 = 1.2, b = 0.5, term frequency 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.terms import Terms

K1 = 1.2
B = 0.5
"""Things with many wordings are long without being vague: milder than the usual 0.75."""
MERGES_BELOW = 2_000
"""A segment of at least this many things is merged again only once half of it is removed."""
_PROMISING = 0.25
"""Things below this share of the best score are looked at only when there are too few above it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Things with their wordings in both directions. Wordings of thing i: `first_row[i]:first_row[i+1]`; terms of row r:
    `row_terms[row_starts[r]:row_starts[r+1]]`; things that hold term t: `holders[holder_starts[t]:holder_starts[t+1]]`.
    """

    owners: tuple[str, ...]
    texts: tuple[str, ...]
    first_row: NDArray[np.int64]
    row_starts: NDArray[np.int64]
    row_terms: NDArray[np.int32]
    holder_starts: NDArray[np.int64]
    holders: NDArray[np.int32]
    sizes: NDArray[np.int64]
    """How many different terms each thing has."""
    alive: NDArray[np.bool_]
    held_by: NDArray[np.int64]
    """By how many things still alive each term is held: the document frequency."""

    def terms_of(self, row: int) -> NDArray[np.int32]:
        return self.row_terms[self.row_starts[row] : self.row_starts[row + 1]]

    def rows_of(self, thing: int) -> range:
        return range(int(self.first_row[thing]), int(self.first_row[thing + 1]))

    def frequencies(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """By how many living things each of `terms` is held; 0 for terms younger than this segment."""
        young = terms >= len(self.held_by)
        return np.where(young, 0, self.held_by[np.where(young, 0, terms)])

    def holds(self, term: int, things: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of `things` hold `term`."""
        if term + 1 >= len(self.holder_starts):
            return np.zeros(len(things), dtype=np.bool_)
        holders = self.holders[self.holder_starts[term] : self.holder_starts[term + 1]]
        places = np.searchsorted(holders, things)
        found: NDArray[np.bool_] = places < len(holders)
        found[found] = holders[places[found]] == things[found]
        return found

    def matched_idf(self, terms: NDArray[np.int32], idf: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each thing, the summed idf of the query terms it holds."""
        summed = np.zeros(len(self.owners))
        starts = self.holder_starts
        for term, weight in zip(terms.tolist(), idf.tolist(), strict=True):
            if term + 1 < len(starts):
                summed[self.holders[starts[term] : starts[term + 1]]] += weight
        return summed


@dataclass(frozen=True, slots=True)
class Wording:
    """One text of a thing and the numbers of its terms."""

    text: str
    terms: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found and its BM25 score for the query; `Index.wordings` and `Index.held` tell more of it."""

    owner: str
    score: float
    segment: int
    thing: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: its wordings, each with its terms."""

    owner: str
    texts: tuple[str, ...]
    terms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Things whose terms are already numbered: `counts` wordings of each owner, `lengths` terms of each wording."""

    owners: Sequence[str]
    counts: NDArray[np.int64]
    texts: Sequence[str]
    lengths: NDArray[np.int64]
    row_terms: NDArray[np.int32]


class Index:
    """Things by their terms. Build with `Index.build`; change with `with_added` and `without`."""

    def __init__(self, terms: Terms, segments: tuple[Segment, ...]) -> None:
        self._terms = terms
        self._segments = segments
        self._size = sum(int(segment.alive.sum()) for segment in segments)
        total = sum(int(segment.sizes[segment.alive].sum()) for segment in segments)
        mean_size = total / self._size if total else 1.0
        self._damping = tuple(
            segment.alive * (K1 + 1) / (1 + K1 * (1 - B + B * segment.sizes / mean_size))
            for segment in segments
        )

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> "Index":
        return cls(Terms(), ()).with_added(entries)

    @classmethod
    def assemble(cls, rows: Rows, terms: Terms) -> "Index":
        """An index of rows that are already numbered by `terms`."""
        return cls(terms, (_segment(rows, vocabulary_size=len(terms)),))

    def __len__(self) -> int:
        return self._size

    def with_added(self, entries: Iterable[Entry]) -> "Index":
        """This index and `entries`. Merges segments until each is at least twice as large as the next."""
        given = tuple(entries)
        if not given:
            return self
        rows = _numbered(given, self._terms)
        segments = [*self._segments, _segment(rows, vocabulary_size=len(self._terms))]
        while len(segments) > 1 and _should_merge(segments[-2], segments[-1]):
            segments[-2:] = [_merge(segments[-2:], vocabulary_size=len(self._terms))]
        return Index(self._terms, tuple(segments))

    def without(self, owner: str) -> "Index":
        """This index without `owner`."""
        return Index(self._terms, tuple(_without(segment, owner) for segment in self._segments))

    def idf(self, terms: NDArray[np.int32]) -> NDArray[np.float64]:
        frequency = np.zeros(len(terms), dtype=np.int64)
        for segment in self._segments:
            frequency += segment.frequencies(terms)
        weights: NDArray[np.float64] = np.log1p((self._size - frequency + 0.5) / (frequency + 0.5))
        return weights

    @property
    def unseen_weight(self) -> float:
        """The idf of a term nothing holds."""
        return float(np.log1p(2 * self._size + 1))

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """The idf of `terms`; one this index has never seen weighs most."""
        asked = list(terms)
        numbers = self._terms.numbers(asked)
        seen = numbers >= 0
        weights = np.full(len(asked), self.unseen_weight)
        weights[seen] = self.idf(numbers[seen])
        return dict(zip(asked, weights.tolist(), strict=True))

    def known(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """The numbers of those `terms` the index has seen."""
        numbers = self._terms.numbers(terms)
        return numbers[numbers >= 0]

    def wordings(self, hit: Hit) -> tuple[Wording, ...]:
        """All texts of a thing found by this index, in the order they were given."""
        segment = self._segments[hit.segment]
        return tuple(Wording(segment.texts[row], segment.terms_of(row)) for row in segment.rows_of(hit.thing))

    def held(self, hits: Sequence[Hit], terms: Iterable[str]) -> list[frozenset[str]]:
        """For each thing found, which of `terms` some wording of it holds."""
        found: list[set[str]] = [set() for _ in hits]
        asked = [(term, number) for term in terms if (number := self._terms.number(term)) >= 0]
        for place, segment in enumerate(self._segments):
            here = [(hit.thing, held) for hit, held in zip(hits, found, strict=True) if hit.segment == place]
            things = np.fromiter((thing for thing, _ in here), dtype=np.int64, count=len(here))
            for term, number in asked:
                for row in np.flatnonzero(segment.holds(number, things)).tolist():
                    here[row][1].add(term)
        return [frozenset(one) for one in found]

    def search(self, terms: Iterable[str], *, limit: int) -> tuple[Hit, ...]:
        """The best `limit` things for a query, best first; ties in the order they were added."""
        query = self.known(terms)
        if not len(query) or not self._size:
            return ()
        idf = self.idf(query)
        hits = [
            Hit(segment.owners[thing], score, place, thing)
            for place, (segment, damping) in enumerate(zip(self._segments, self._damping, strict=True))
            for thing, score in _best(segment.matched_idf(query, idf) * damping, limit)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def _best(scores: NDArray[np.float64], limit: int) -> list[tuple[int, float]]:
    promising = np.flatnonzero(scores > _PROMISING * scores.max())
    if len(promising) < limit:
        promising = np.flatnonzero(scores > 0)
    values = scores[promising]
    order = np.argsort(-values, kind="stable")[:limit]
    return list(zip(promising[order].tolist(), values[order].tolist(), strict=True))


def _numbered(entries: Sequence[Entry], terms: Terms) -> Rows:
    rows = [row for entry in entries for row in entry.terms]
    return Rows(
        owners=[entry.owner for entry in entries],
        counts=np.fromiter((len(entry.texts) for entry in entries), dtype=np.int64, count=len(entries)),
        texts=[text for entry in entries for text in entry.texts],
        lengths=np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)),
        row_terms=terms.learn(term for row in rows for term in row),
    )


def _segment(rows: Rows, *, vocabulary_size: int) -> Segment:
    things = len(rows.owners)
    owner_of_row = np.repeat(np.arange(things), rows.counts)
    owner_of_term = np.repeat(owner_of_row, rows.lengths)
    held = np.unique(rows.row_terms * np.int64(max(1, things)) + owner_of_term)
    term_held, holders = held // max(1, things), (held % max(1, things)).astype(np.int32)
    held_by = np.bincount(term_held, minlength=max(1, vocabulary_size))
    return Segment(
        owners=tuple(rows.owners),
        texts=tuple(rows.texts),
        first_row=_starts(rows.counts),
        row_starts=_starts(rows.lengths),
        row_terms=rows.row_terms,
        holder_starts=_starts(held_by),
        holders=holders,
        sizes=np.bincount(holders, minlength=things),
        alive=np.ones(things, dtype=np.bool_),
        held_by=held_by,
    )


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))


def _merge(segments: Sequence[Segment], *, vocabulary_size: int) -> Segment:
    kept = [(segment, int(thing)) for segment in segments for thing in np.flatnonzero(segment.alive)]
    rows = [(segment, row) for segment, thing in kept for row in segment.rows_of(thing)]
    terms = [segment.terms_of(row) for segment, row in rows]
    return _segment(
        Rows(
            owners=[segment.owners[thing] for segment, thing in kept],
            counts=np.asarray([len(segment.rows_of(thing)) for segment, thing in kept], dtype=np.int64),
            texts=[segment.texts[row] for segment, row in rows],
            lengths=np.asarray([len(row) for row in terms], dtype=np.int64),
            row_terms=np.concatenate(terms) if terms else np.zeros(0, dtype=np.int32),
        ),
        vocabulary_size=vocabulary_size,
    )


def _should_merge(older: Segment, newer: Segment) -> bool:
    mostly_removed = 2 * int(older.alive.sum()) < len(older.owners)
    small_enough = len(older.owners) < MERGES_BELOW and len(older.owners) < 2 * len(newer.owners)
    return mostly_removed or small_enough


def _without(segment: Segment, owner: str) -> Segment:
    things = [number for number, held in enumerate(segment.owners) if held == owner and segment.alive[number]]
    if not things:
        return segment
    thing = things[0]
    alive, held_by = segment.alive.copy(), segment.held_by.copy()
    alive[thing] = False
    rows = [segment.terms_of(row) for row in segment.rows_of(thing)]
    held_by[np.unique(np.concatenate(rows))] -= 1
    return replace(segment, alive=alive, held_by=held_by)
