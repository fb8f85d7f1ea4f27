"""A segment of an index: things with their wordings in both directions, as flat arrays. Immutable, so readers need no lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse._sparsetools import csc_matvec

MERGES_BELOW = 2_000
"""A segment of at least this many things is merged again only once half of it is removed."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Things with their wordings in both directions. Wordings of thing i: `first_row[i]:first_row[i+1]`; terms of row r:
    `row_terms[row_starts[r]:row_starts[r+1]]`, as many as `row_lengths[r]`; things that hold term t:
    `holders[holder_starts[t]:holder_starts[t+1]]`.
    """

    owners: tuple[str, ...]
    texts: tuple[str, ...]
    first_row: NDArray[np.int64]
    row_starts: NDArray[np.int64]
    row_lengths: NDArray[np.int64]
    row_terms: NDArray[np.int32]
    holder_starts: NDArray[np.int32]
    holders: NDArray[np.int32]
    ones: NDArray[np.int32]
    """How often each of `holders` holds its term."""
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

    def held_terms(self, thing: int) -> NDArray[np.int32]:
        """The terms of all wordings of `thing`; one that stands in several comes as often."""
        first, last = self.first_row[thing], self.first_row[thing + 1]
        return self.row_terms[self.row_starts[first] : self.row_starts[last]]

    def where(self, accepted: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which things' owners are accepted."""
        return np.fromiter(map(accepted, self.owners), dtype=np.bool_, count=len(self.owners))

    def matched(self, terms: NDArray[np.int32], weights: NDArray[np.int32]) -> NDArray[np.int32]:
        """For each thing, the summed weights of the query terms it holds; terms younger than this segment, and -1, are held by none."""
        summed = np.zeros(len(self.owners), dtype=np.int32)
        old_enough = terms.view(np.uint32) < len(self.holder_starts) - 1
        terms, weights = terms[old_enough], weights[old_enough]
        if not len(terms):
            return summed
        # From the last postings to the first: what would lie between two of them ends before it begins (docs/adr/0055).
        order = terms.argsort()[::-1]
        spans = self.holder_starts[np.add.outer(terms[order], (0, 1))]
        weighed, columns = weights[order].repeat(2), 2 * len(terms) - 1
        csc_matvec(len(summed), columns, spans.ravel(), self.holders, self.ones, weighed, summed)
        return summed


@dataclass(frozen=True, slots=True)
class Rows:
    """Things whose terms are already numbered: `counts` wordings of each owner, `lengths` terms of each wording."""

    owners: Sequence[str]
    counts: NDArray[np.int64]
    texts: Sequence[str]
    lengths: NDArray[np.int64]
    row_terms: NDArray[np.int32]


def segment_of(rows: Rows, *, vocabulary_size: int) -> Segment:
    """`vocabulary_size`: how many terms are numbered by now."""
    first_row, row_starts = _starts(rows.counts), _starts(rows.lengths)
    shape = (len(rows.owners), max(1, vocabulary_size))
    marks = np.ones(len(rows.row_terms), dtype=np.bool_)
    held = csr_array((marks, rows.row_terms, row_starts[first_row].astype(np.int32)), shape=shape).tocsc()
    held.sum_duplicates()
    ones, sizes = np.ones(held.nnz, dtype=np.int32), np.zeros(len(rows.owners), dtype=np.int32)
    csc_matvec(*shape, held.indptr, held.indices, ones, np.ones(shape[1], dtype=np.int32), sizes)
    return Segment(
        owners=tuple(rows.owners),
        texts=tuple(rows.texts),
        first_row=first_row,
        row_starts=row_starts,
        row_lengths=rows.lengths,
        row_terms=rows.row_terms,
        holder_starts=held.indptr,
        holders=held.indices.copy(),
        ones=ones,
        sizes=sizes.astype(np.int64),
        alive=np.ones(len(rows.owners), dtype=np.bool_),
        held_by=np.diff(held.indptr).astype(np.int64),
    )


def ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each of `starts` on, as many as `lengths` says, one range after another."""
    before = lengths.cumsum() - lengths
    numbers: NDArray[np.int64] = np.arange(lengths.sum()) + (starts - before).repeat(lengths)
    return numbers


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))


def merge(segments: Sequence[Segment], *, vocabulary_size: int) -> Segment:
    """One of those things in `segments` that are still alive."""
    kept = [(segment, int(thing)) for segment in segments for thing in np.flatnonzero(segment.alive)]
    rows = [(segment, row) for segment, thing in kept for row in segment.rows_of(thing)]
    terms = [segment.terms_of(row) for segment, row in rows]
    return segment_of(
        Rows(
            owners=[segment.owners[thing] for segment, thing in kept],
            counts=np.asarray([len(segment.rows_of(thing)) for segment, thing in kept], dtype=np.int64),
            texts=[segment.texts[row] for segment, row in rows],
            lengths=np.asarray([len(row) for row in terms], dtype=np.int64),
            row_terms=np.concatenate(terms) if terms else np.zeros(0, dtype=np.int32),
        ),
        vocabulary_size=vocabulary_size,
    )


def should_merge(older: Segment, newer: Segment) -> bool:
    """Whether two neighbours should become one: little by little, so that no single change is slow."""
    mostly_removed = 2 * int(older.alive.sum()) < len(older.owners)
    small_enough = len(older.owners) < MERGES_BELOW and len(older.owners) < 2 * len(newer.owners)
    return mostly_removed or small_enough


def without(segment: Segment, owner: str) -> Segment:
    """`segment` with `owner` marked as removed; itself when it has none such."""
    things = [number for number, held in enumerate(segment.owners) if held == owner and segment.alive[number]]
    if not things:
        return segment
    thing = things[0]
    alive, held_by = segment.alive.copy(), segment.held_by.copy()
    alive[thing] = False
    held_by[np.unique(segment.held_terms(thing))] -= 1
    return replace(segment, alive=alive, held_by=held_by)
