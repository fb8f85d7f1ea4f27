"""A small classifier of texts: which of a few kinds, from the words' n-grams and the signs of style in them.

Logistic regression (multinomial where there are more than two kinds) over TF-IDF of characters and pairs of the
canonical wording and the numbers of `style`; kept as plain arrays. Fitted on our own words, see `training`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import log
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.style import style_features
from knowledge.text import Segmenter, normalise

STYLE_WEIGHT = 0.15
GRAM_WEIGHT = 3.0
"""How much a sign of style and the n-grams together count beside each other under one penalty; chosen by measurement."""


def counted_grams(canonical: str) -> list[str]:
    """Characters and pairs, as often as they stand there."""
    return [*canonical, *map(add, canonical, canonical[1:])]


@dataclass(frozen=True)
class Sample:
    """What the models look at of one text: its canonical wording and the numbers of its style."""

    canonical: str
    style: tuple[float, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each of its grams stands there."""
        return Counter(counted_grams(self.canonical))

    @cached_property
    def signs(self) -> NDArray[np.float64]:
        """`style` as an array."""
        return np.asarray(self.style)


@dataclass(frozen=True)
class TextModel:
    """`kinds` in the order of the rows of `gram_weights` (a column a gram), `style_weights` and `intercepts`; `idf` of each
    gram. Weights are in the features' own units.
    """

    kinds: tuple[str, ...]
    grams: tuple[str, ...]
    idf: NDArray[np.float64]
    gram_weights: NDArray[np.float64]
    style_weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self.grams)}

    @cached_property
    def _weights_of_each(self) -> NDArray[np.float64]:
        """A row a gram: a text has few of them."""
        return np.ascontiguousarray(self.gram_weights.T)

    def probabilities(self, text: str, *, segmenter: Segmenter) -> dict[str, float]:
        """How probable each kind is; they sum to 1."""
        normal = normalise(text)
        canonical = segmenter.canonical(normal)
        return self.chances(Sample(canonical, style_features(normal, canonical, segmenter=segmenter)))

    def chances(self, sample: Sample) -> dict[str, float]:
        """The same for a text that has been read."""
        log_odds = self.intercepts + self.style_weights @ sample.signs + self._weigh_grams(sample)
        raised = np.exp(log_odds - log_odds.max())
        return dict(zip(self.kinds, (raised / raised.sum()).tolist(), strict=True))

    def telling(self, text: str, kind: str, *, segmenter: Segmenter, most: int = 5) -> tuple[str, ...]:
        """The pairs of characters in `text` that speak for `kind` most, for people; in order of their weight."""
        number = self.kinds.index(kind)
        weight = self.gram_weights[number] - self.gram_weights.mean(axis=0)
        pairs = {gram for gram in counted_grams(segmenter.canonical(normalise(text))) if len(gram) > 1}
        speaking = {gram: weight[self._place[gram]] for gram in pairs if gram in self._place}
        strongest = sorted(speaking, key=lambda gram: (-speaking[gram], gram))[:most]
        return tuple(gram for gram in strongest if speaking[gram] > 0)

    def _weigh_grams(self, sample: Sample) -> NDArray[np.float64]:
        place = self._place
        counts = {place[gram]: count for gram, count in sample.counts.items() if gram in place}
        if not counts:
            return np.zeros(len(self.kinds))
        places = np.fromiter(counts, dtype=np.intp, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        tf_idf = (1 + np.log(often)) * self.idf.take(places)
        weighed: NDArray[np.float64] = (tf_idf / np.sqrt(tf_idf @ tf_idf)) @ self._weights_of_each.take(
            places, axis=0
        )
        return weighed

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "kinds": np.asarray(self.kinds),
            "grams": np.asarray(self.grams),
            "idf": self.idf,
            "gram_weights": self.gram_weights,
            "style_weights": self.style_weights,
            "intercepts": self.intercepts,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "TextModel":
        """Raises KeyError when an array is missing."""
        return cls(
            kinds=tuple(arrays["kinds"].tolist()),
            grams=tuple(arrays["grams"].tolist()),
            idf=arrays["idf"],
            gram_weights=arrays["gram_weights"],
            style_weights=arrays["style_weights"],
            intercepts=arrays["intercepts"],
        )


def gram_table(
    canonicals: Sequence[str], *, at_least: int = 2
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The grams that stand in `at_least` of the texts, in order of the alphabet, with their smoothed idf."""
    held: dict[str, int] = {}
    for gram in chain.from_iterable(set(counted_grams(one)) for one in canonicals):
        held[gram] = held.get(gram, 0) + 1
    grams = tuple(sorted(gram for gram, count in held.items() if count >= at_least))
    idf = [log((1 + len(canonicals)) / (1 + held[gram])) + 1 for gram in grams]
    return grams, np.asarray(idf)
