"""How much n-grams tell: one number for each, looked up once; what a whole text weighs is added up once for each message.

Sums are exact (`fsum`): the order in which a set gives its n-grams changes from one process to the next, and a judge's
trees would now and then take another way for a difference in the last digit.
"""

from collections.abc import Iterable
from math import fsum
from operator import mul

import numpy as np
from numpy.typing import NDArray

from knowledge.terms import Terms


class Idf(dict[str, float]):
    """The idf of n-grams in one state of an index: `by_number` that of each term, the last one that of a term nothing holds.

    Shared by all messages; n-grams that nothing holds are theirs alone and are not kept.
    """

    def __init__(self, terms: Terms, by_number: NDArray[np.float64]) -> None:
        self._terms = terms
        self._by_number = by_number
        self.unseen = float(by_number[-1])

    def __missing__(self, gram: str) -> float:
        number = self._terms.number(gram)
        if not 0 <= number < len(self._by_number) - 1:
            return self.unseen
        self[gram] = weight = self._by_number.item(number)
        return weight


class Scales:
    """Weighs sets of n-grams while one message is compared."""

    def __init__(self, idf: Idf) -> None:
        self.idf = idf
        self._whole: dict[frozenset[str], tuple[float, float]] = {}

    def mass(self, grams: Iterable[str]) -> float:
        """The idf of all of `grams` together."""
        return fsum(map(self.idf.__getitem__, grams))

    def both(self, grams: Iterable[str]) -> tuple[float, float]:
        """Mass, and the sum of the squares."""
        weights = [*map(self.idf.__getitem__, grams)]
        return fsum(weights), fsum(map(mul, weights, weights))

    def whole(self, grams: frozenset[str]) -> tuple[float, float]:
        """Mass and squares of all that a text has; remembered, for it is compared with several."""
        found = self._whole.get(grams)
        if found is None:
            found = self._whole[grams] = self.both(grams)
        return found
