"""What an exchange says across where much was learnt of much: of tens of thousands of weights an exchange has a handful.

`Leanings` keeps a few hundred names in one square table; here are too many for that. So each name is asked with which of those on
the other side it weighs anything, all of them at once, rather than each of hundreds of parts whether it does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import fsum

from knowledge.exchanges import ASKED_TOO, INSTEAD, Exchange, Part


class ExchangeWeights:
    """`weights`: of each part, of those that `Exchange.across` names, that has one. A part counts once, however often it is found.
    Raises KeyError for a part that stands beside another.
    """

    def __init__(self, weights: Mapping[Part, float]) -> None:
        self.weights = weights
        self._instead: defaultdict[str, set[str]] = defaultdict(set)
        self._asked: defaultdict[str, set[str]] = defaultdict(set)
        partners = {INSTEAD: self._instead, ASKED_TOO: self._asked}
        for how, one, other in (part for part in weights if len(part) > 1):
            partners[how][one].add(other)
            if how == INSTEAD:
                partners[how][other].add(one)

    def said(self, exchange: Exchange) -> float:
        """Added up exactly, for sets have no order."""
        return fsum(map(self.weights.__getitem__, {*self._found(exchange)})) / exchange.scale

    def _found(self, exchange: Exchange) -> Iterator[Part]:
        here, there, both = exchange
        yield from (part for part in zip(here | there | both) if part in self.weights)
        for one in self._instead.keys() & here:
            for other in self._instead[one] & there:
                yield (INSTEAD, one, other) if one < other else (INSTEAD, other, one)
        for one in self._asked.keys() & both:
            for other in self._asked[one] & (here | there):
                yield ASKED_TOO, one, other
