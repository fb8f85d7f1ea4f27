"""How much n-grams tell: one number for each, looked up once; what a known text weighs is added up once, what a message weighs
once while it is compared.

Sums are exact (`index.STEPS`; of squares by `fsum`): the order in which a set gives its n-grams changes from one process to the
next, and a judge's trees would now and then take another way for a difference in the last digit.
"""

from collections.abc import Iterable
from itertools import chain
from math import fsum
from operator import add, mul

import numpy as np
from numpy.typing import NDArray

from knowledge.terms import Terms

REMEMBERED = 32_000
"""Sets of n-grams of known texts of which it is kept what they weigh; two a text."""


class Idf(dict[str, float]):
    """The idf of n-grams in one state of an index: `by_number` that of each term, the last one that of a term nothing holds.

    Shared by all messages; n-grams that nothing holds are theirs alone and are not kept.
    """

    def __init__(self, terms: Terms, by_number: NDArray[np.float64]) -> None:
        self._terms = terms
        self._by_number = by_number
        self.unseen = float(by_number[-1])
        self._of_known: dict[frozenset[str], tuple[float, float]] = {}
        self._known_words: dict[str, float] = {}

    def __missing__(self, gram: str) -> float:
        number = self._terms.number(gram)
        if not 0 <= number < len(self._by_number) - 1:
            return self.unseen
        self[gram] = weight = self._by_number.item(number)
        return weight

    def both(self, grams: Iterable[str]) -> tuple[float, float]:
        """The mass of all of `grams` together, and the sum of their squares."""
        weights = [*map(self.__getitem__, grams)]
        return sum(weights), fsum(map(mul, weights, weights))

    def of_known(self, grams: frozenset[str]) -> tuple[float, float]:
        """The same, kept as long as this state of the index lives, for the text will be compared again."""
        found = self._of_known.get(grams)
        if found is None:
            found = self.both(grams)
            if len(self._of_known) < REMEMBERED:
                self._of_known[grams] = found
        return found

    def weigh_known(self, gram_sets: Iterable[frozenset[str]], words: Iterable[str]) -> None:
        """What a known text's sets of n-grams and its words will be asked for, before anybody waits for it."""
        for grams in gram_sets:
            self.of_known(grams)
        for word in words:
            self.rarest_in_known(word)

    def rarest(self, word: str) -> float:
        """The idf of the rarest n-gram of a word."""
        return max(map(self.__getitem__, chain(word, map(add, word, word[1:]))), default=0.0)

    def rarest_in_known(self, word: str) -> float:
        """The same of a word that a known text says, kept as above."""
        found = self._known_words.get(word)
        if found is None:
            found = self.rarest(word)
            if len(self._known_words) < REMEMBERED:
                self._known_words[word] = found
        return found


class Scales:
    """Weighs sets of n-grams while one message is compared."""

    @classmethod
    def of_nothing(cls) -> "Scales":
        """Those of an empty list, for two texts that stand by themselves; every n-gram is new to it, and weighs 1."""
        return cls(Idf(Terms(), np.ones(1)))

    def __init__(self, idf: Idf) -> None:
        self.idf = idf
        self._whole: dict[frozenset[str], tuple[float, float]] = {}
        self._rarest: dict[str, float] = {}
        self.known = idf.of_known
        """Mass and squares of a known text: asked for so often that a call in between counts."""

    def rarest(self, word: str) -> float:
        """The idf of the rarest n-gram of a word of the message, which is compared with several texts."""
        found = self._rarest.get(word)
        if found is None:
            found = self._rarest[word] = self.idf.rarest(word)
        return found

    def mass(self, grams: Iterable[str]) -> float:
        """The idf of all of `grams` together."""
        return sum(map(self.idf.__getitem__, grams))

    def both(self, grams: Iterable[str]) -> tuple[float, float]:
        """Mass, and the sum of the squares."""
        return self.idf.both(grams)

    def whole(self, grams: frozenset[str]) -> tuple[float, float]:
        """Mass and squares of all that a message has: it is compared with several texts, and forgotten."""
        found = self._whole.get(grams)
        if found is None:
            found = self._whole[grams] = self.both(grams)
        return found
