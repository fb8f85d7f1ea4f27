"""How much n-grams tell: one number for each, asked for when first needed; what a whole text weighs is added up once."""

from collections.abc import Callable, Iterable


class Idf(dict[str, float]):
    """The idf of n-grams, for comparing one message. `weigh` tells that of a single one."""

    def __init__(self, weigh: Callable[[str], float]) -> None:
        self._weigh = weigh
        self._whole: dict[frozenset[str], tuple[float, float]] = {}

    def __missing__(self, gram: str) -> float:
        self[gram] = weight = self._weigh(gram)
        return weight

    def mass(self, grams: Iterable[str]) -> float:
        """All of `grams` together."""
        return sum(map(self.__getitem__, grams))

    def squares(self, grams: Iterable[str]) -> float:
        """The squares of all of `grams` together."""
        return sum(weight * weight for weight in map(self.__getitem__, grams))

    def whole(self, grams: frozenset[str]) -> tuple[float, float]:
        """Mass and squares of all that a text has; remembered, for it is compared with several."""
        found = self._whole.get(grams)
        if found is None:
            found = self._whole[grams] = self.mass(grams), self.squares(grams)
        return found
