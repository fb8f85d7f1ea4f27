"""What an exchange says across where much was learnt of much: of tens of thousands of weights an exchange has a handful.

`Leanings` keeps a few hundred names in one square table; here are too many for that. So each name is asked with which of those on
the other side it weighs anything, all of them at once, rather than each of hundreds of parts whether it does.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import fsum

from knowledge.exchanges import ASKED_TOO, INSTEAD, Exchange, Part


class ExchangeWeights:
    """`weights`: of each part, of those that `Exchange.across` names, that has one. A part counts once, however often it is found.
    Raises KeyError for a part that stands beside another.
    """

    def __init__(self, weights: Mapping[Part, float]) -> None:
        self.weights = weights
        self._alone = {part[0]: weight for part, weight in weights.items() if len(part) == 1}
        self._instead: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._asked: defaultdict[str, dict[str, float]] = defaultdict(dict)
        partners = {INSTEAD: self._instead, ASKED_TOO: self._asked}
        for (how, one, other), weight in (
            (part, weight) for part, weight in weights.items() if len(part) > 1
        ):
            partners[how][one][other] = weight
            if how == INSTEAD:
                partners[how][other][one] = weight

    def said(self, exchange: Exchange) -> float:
        """Added up exactly, for sets have no order."""
        return fsum(self._found(exchange)) / exchange.scale

    def _found(self, exchange: Exchange) -> list[float]:
        here, there, both = exchange
        found = [*map(self._alone.__getitem__, self._alone.keys() & (here | there | both))]
        on_both_sides = here & there
        for one in self._instead.keys() & here:
            weights = self._instead[one]
            others = weights.keys() & there
            if one in on_both_sides:
                # Two names that stand on both sides meet twice: here and there, and the other way round.
                others -= {other for other in others & on_both_sides if other < one}
            found += map(weights.__getitem__, others)
        for one in self._asked.keys() & both:
            weights = self._asked[one]
            found += map(weights.__getitem__, weights.keys() & (here | there))
        return found
