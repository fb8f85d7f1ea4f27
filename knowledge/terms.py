"""Numbers for terms, only ever added to. One writer, any number of readers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, repeat

import numpy as np
from numpy.typing import NDArray


class Terms:
    """Gives each term a number, in the order in which terms are first learnt."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._ids: defaultdict[str, int] = defaultdict(count().__next__)
        for term in known:
            self._ids[term]

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        """In the order of their numbers."""
        return iter(self._ids)

    def learn(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Their numbers; new ones for terms never seen before."""
        return np.fromiter(map(self._ids.__getitem__, terms), dtype=np.int32)

    def number(self, term: str) -> int:
        """Its number, -1 for a term never seen."""
        return self._ids.get(term, -1)

    def numbers(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Their numbers, -1 for terms never seen."""
        return np.fromiter(map(self._ids.get, terms, repeat(-1)), dtype=np.int32)
