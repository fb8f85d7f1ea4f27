"""A similarity index over things known by several short wordings: set-wise BM25, growing and shrinking without a rebuild.

A thing is found by the terms of all its wordings together, so that a message that takes one word from each is found too;
which of them comes closest is for `retrieval` to tell. Every term counts once in a thing and in a query ("set, not bag":
a long post that repeats itself must not win). An Index is immutable: `with_added` and `without` return a new one that
shares all big arrays, so readers need no lock. Things live in segments; small ones are merged as they pile up, removed
things are marked and dropped at the next merge. BM25: Robertson and Zaragoza 2009, k1 = 1.2, b = 0.5, term frequency 1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, repeat
from math import frexp
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.idf import Idf
from knowledge.segment import Rows, Segment, merge, ranges, segment_of, should_merge, without
from knowledge.terms import Terms

K1 = 1.2
B = 0.5
"""Things with many wordings are long without being vague: milder than the usual 0.75."""
LONGEST_QUERY = 256
"""Terms. What half the things hold tells them no further apart, and costs most to add up."""
STEPS = 2.0**32
"""Weights are whole numbers of such parts: then a sum of thousands of them is exact, in whichever order a set gives them."""
_BITS = 30
"""Of the sums of a search: they are exact as whole numbers of half the width of NumPy's floats too, and take less time."""
_LEAST = 1e-9
"""Below any score but 0."""
_MORE = 8
"""Times as many are looked at where not everything is accepted."""
_GROUP = 64
"""Things. The best of each group tell from which score on it is worth looking."""


class Wordings(NamedTuple):
    """All texts of a thing, or of several one after another, in the order they were given: `terms` of one after those of another,
    `lengths` of each.
    """

    texts: tuple[str, ...]
    lengths: NDArray[np.int64]
    terms: NDArray[np.int32]

    def terms_of(self, place: int) -> NDArray[np.int32]:
        """Those of one text."""
        start = int(self.lengths[:place].sum())
        return self.terms[start : start + int(self.lengths[place])]

    def first(self, count: int) -> "Wordings":
        """The first `count` of them."""
        lengths = self.lengths[:count]
        return Wordings(self.texts[:count], lengths, self.terms[: int(lengths.sum())])


class Hit(NamedTuple):
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


class Index:
    """Things by their terms. Build with `Index.build`; change with `with_added` and `without`."""

    def __init__(self, terms: Terms, segments: tuple[Segment, ...]) -> None:
        self._terms = terms
        self._segments = segments
        self._size = sum(int(segment.alive.sum()) for segment in segments)
        total = sum(int(segment.sizes[segment.alive].sum()) for segment in segments)
        mean_size = total / self._size if total else 1.0
        self._damping = tuple(
            (segment.alive * (K1 + 1) / (1 + K1 * (1 - B + B * segment.sizes / mean_size))).astype(np.float32)
            for segment in segments
        )
        self._idf = self._idf_of_all()
        self.grams = Idf(terms, self._idf)

    def _idf_of_all(self) -> NDArray[np.float64]:
        """By the number of a term; the last one is that of a term nothing holds."""
        held_by = np.zeros(len(self._terms) + 1)
        for segment in self._segments:
            held_by[: len(segment.held_by)] += segment.held_by
        held_by[-1] = 0
        weights: NDArray[np.float64] = np.log1p((self._size - held_by + 0.5) / (held_by + 0.5))
        return np.round(weights * STEPS) / STEPS

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> "Index":
        return cls(Terms(), ()).with_added(entries)

    @classmethod
    def assemble(cls, rows: Rows, terms: Terms) -> "Index":
        """An index of rows that are already numbered by `terms`."""
        return cls(terms, (segment_of(rows, vocabulary_size=len(terms)),))

    def __len__(self) -> int:
        return self._size

    def with_added(self, entries: Iterable[Entry]) -> "Index":
        """This index and `entries`. Merges segments until each is at least twice as large as the next."""
        given = tuple(entries)
        if not given:
            return self
        rows = _numbered(given, self._terms)
        segments = [*self._segments, segment_of(rows, vocabulary_size=len(self._terms))]
        while len(segments) > 1 and should_merge(segments[-2], segments[-1]):
            segments[-2:] = [merge(segments[-2:], vocabulary_size=len(self._terms))]
        return Index(self._terms, tuple(segments))

    def without(self, owner: str) -> "Index":
        """This index without `owner`."""
        return Index(self._terms, tuple(without(segment, owner) for segment in self._segments))

    def idf(self, terms: NDArray[np.int32]) -> NDArray[np.float64]:
        """One number a term, of 32 bits each; those younger than this index, and -1, stand for a term nothing holds: all of them lie
        beyond the last place, -1 if it is read without a sign.
        """
        return self._idf.take(terms.view(np.uint32), mode="clip")

    def numbers(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """The number of each of `terms`, -1 for one the index has never seen."""
        return self._terms.numbers(terms)

    def wordings(self, hit: Hit) -> Wordings:
        """All texts of a thing found by this index."""
        segment = self._segments[hit.segment]
        first, last = map(segment.first_row.item, (hit.thing, hit.thing + 1))
        start, end = map(segment.row_starts.item, (first, last))
        return Wordings(
            segment.texts[first:last], segment.row_lengths[first:last], segment.row_terms[start:end]
        )

    def wordings_of(self, hits: Sequence[Hit]) -> tuple[Wordings, NDArray[np.int64]]:
        """All texts of several things found by this index, of one at least, and how many each thing has."""
        texts: list[str] = []
        counts, lengths, terms = [], [], []
        for place, group in groupby(hits, key=attrgetter("segment")):
            segment, things = self._segments[place], np.asarray([hit.thing for hit in group])
            first, last = segment.first_row[things], segment.first_row[things + 1]
            start, end = segment.row_starts[first], segment.row_starts[last]
            rows = ranges(first, last - first)
            texts += map(segment.texts.__getitem__, rows.tolist())
            counts.append(last - first)
            lengths.append(segment.row_lengths[rows])
            terms.append(segment.row_terms[ranges(start, end - start)])
        return Wordings(tuple(texts), np.concatenate(lengths), np.concatenate(terms)), np.concatenate(counts)

    def held(self, hits: Sequence[Hit], asked: Mapping[int, str]) -> list[frozenset[str]]:
        """For each thing found, which of the terms `asked`, given by their numbers (-1 for those nothing holds), some wording of it
        holds.
        """
        marked = np.zeros(len(self._terms) + 1, dtype=np.bool_)
        marked[[*asked]] = True
        held = (self._segments[hit.segment].held_terms(hit.thing) for hit in hits)
        return [frozenset(map(asked.__getitem__, numbers[marked[numbers]].tolist())) for numbers in held]

    def search(self, terms: Iterable[str], *, limit: int, longest: int = LONGEST_QUERY) -> tuple[Hit, ...]:
        """The best `limit` things for a query, best first; ties in the order they were added. Of more terms than `longest` those
        that weigh most are looked for.
        """
        return self.search_numbers(self.numbers(terms), limit=limit, longest=longest)

    def search_numbers(
        self,
        numbers: NDArray[np.int32],
        *,
        limit: int,
        longest: int = LONGEST_QUERY,
        among: Callable[[str], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The same for terms that are numbered already. With `among`, of those whose owners it accepts."""
        idf = self.idf(numbers)
        held = np.flatnonzero(idf < self.grams.unseen)
        if not len(held):
            return ()
        query, idf = _most_telling(numbers.take(held), idf.take(held), longest)
        weights, unit = _in_whole_numbers(idf)
        hits = [
            hit
            for place, (segment, damping) in enumerate(zip(self._segments, self._damping, strict=True))
            for hit in _accepted(
                segment.matched(query, weights).astype(np.float32) * damping,
                limit,
                among,
                segment=segment,
                place=place,
                unit=unit,
            )
        ]
        return tuple(hits if len(self._segments) == 1 else sorted(hits, key=lambda hit: -hit.score)[:limit])


def _most_telling(
    query: NDArray[np.int32], idf: NDArray[np.float64], longest: int
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Of a long query the terms that weigh most, and all that weigh as much as the last of them."""
    if len(query) <= longest:
        return query, idf
    kept = idf >= np.partition(idf, -longest)[-longest]
    return query[kept], idf[kept]


def _in_whole_numbers(weights: NDArray[np.float64]) -> tuple[NDArray[np.int32], float]:
    """Weights as numbers of a unit, the smallest in which the sum of all can be told."""
    unit = 2.0 ** (frexp(weights.sum())[1] - _BITS)
    return np.rint(weights / unit).astype(np.int32), unit


def _accepted(
    scores: NDArray[np.float32],
    limit: int,
    among: Callable[[str], bool] | None,
    *,
    segment: Segment,
    place: int,
    unit: float,
) -> Iterable[Hit]:
    """The best `limit` things of a segment that are accepted: mostly they are among the best of all, and to ask of everything costs
    more than to look.
    """
    found = partial(_hits, segment=segment, place=place, unit=unit)
    if among is None:
        return found(scores, limit)
    best = [*found(scores, _MORE * limit)]
    near = [hit for hit in best if among(hit.owner)]
    if len(near) >= limit or len(best) < _MORE * limit:
        return near[:limit]
    return found(scores * segment.where(among), limit)


def _hits(
    scores: NDArray[np.float32], limit: int, *, segment: Segment, place: int, unit: float
) -> Iterator[Hit]:
    """The best `limit` things of a segment with a score above 0, best first. `place`: the number of the segment; `unit`: of the scores."""
    promising = _promising(scores, limit)
    values = scores[promising]
    order = np.argsort(-values, kind="stable")[:limit]
    things = promising[order].tolist()
    found = (values[order].astype(np.float64) * unit).tolist()
    return map(Hit, map(segment.owners.__getitem__, things), found, repeat(place), things)


def _promising(scores: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Things among which the best `limit` are, in their order: those that are no worse than the best of so many groups, for so many
    things reach that.
    """
    groups = len(scores) // _GROUP
    least = _LEAST
    if groups > limit:
        best = scores[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
        best.partition(groups - limit)
        least = max(best.item(groups - limit), least)
    return np.flatnonzero(scores >= least)


def _numbered(entries: Sequence[Entry], terms: Terms) -> Rows:
    rows = [row for entry in entries for row in entry.terms]
    return Rows(
        owners=[entry.owner for entry in entries],
        counts=np.fromiter((len(entry.texts) for entry in entries), dtype=np.int64, count=len(entries)),
        texts=[text for entry in entries for text in entry.texts],
        lengths=np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)),
        row_terms=terms.learn(term for row in rows for term in row),
    )
