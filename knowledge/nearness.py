"""How near the clauses of a message come to the things that a search found: for all of them at once, and closer for a few."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Hit, Index, Wordings
from knowledge.retrieval import closeness


class Near(NamedTuple):
    """A hit with its wording and the number of the clause that come closest to each other, and how close (0..1)."""

    close: float
    hit: Hit
    text: str
    clause: int


@dataclass(frozen=True)
class Nearness:
    """Of `hits` all `wordings`, those of one after those of another, each beginning at one of `starts`. `clauses`: the numbers of what
    each clause says; `table`: how close they come to each other, wordings down, clauses across, 0..1.
    """

    hits: Sequence[Hit]
    wordings: Wordings
    starts: NDArray[np.int64]
    clauses: Sequence[NDArray[np.int32]]
    table: NDArray[np.float64]

    @cached_property
    def close(self) -> NDArray[np.float64]:
        """How close the closest of its wordings comes to any clause, a number a hit."""
        closest: NDArray[np.float64] = np.maximum.reduceat(self.table.max(axis=1), self.starts)
        return closest

    def near(self, place: int) -> Near:
        """The hit at that place."""
        row, clause = self._closest(place)
        return Near(self.table.item(row, clause), self.hits[place], self.wordings.texts[row], clause)

    def said_anyhow(self, place: int) -> float:
        """How close that hit comes with every n-gram of the same weight: as `closeness` has it otherwise."""
        row, clause = self._closest(place)
        terms, said = self.wordings.terms_of(row), self.clauses[clause]
        shared = len({*terms.tolist()}.intersection(said.tolist()))
        return 5 * shared / (4 * len(terms) + len(said))

    def _closest(self, place: int) -> tuple[int, int]:
        """Of a hit the row of the wording, and the clause, that come closest to each other: of equals the first."""
        start, *rest = self.starts[place : place + 2].tolist()
        among = self.table[start : rest[0] if rest else None]
        row, clause = divmod(int(among.argmax()), among.shape[1])
        return start + row, clause


def nearness_of(hits: Sequence[Hit], clauses: Sequence[NDArray[np.int32]], index: Index) -> Nearness:
    """`hits`: of `index`, one at least; `clauses`: the numbers of the n-grams of each."""
    wordings, counts = index.wordings_of(hits)
    starts = counts.cumsum() - counts
    return Nearness(hits, wordings, starts, clauses, closeness(clauses, [wordings], index))
