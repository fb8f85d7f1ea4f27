"""Whether two texts say or ask the same, however alike they look: learnt from pairs that differ in a word or in all of them.

A judge of candidates learns mostly from what lies far apart, and cannot tell another word for the same from its opposite
(docs/adr/0050). This looks at one candidate at a time, and at what only one of the two texts has: n-grams, words, stretches
in each other's place, and what `exchanges.py` makes of them. Trees then weigh that against how alike the two are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from knowledge.exchanges import exchange_of
from knowledge.idf import Scales
from knowledge.judge import Judge, chances, judge_from
from knowledge.numerals import to_digits
from knowledge.profile import Comparison, Profile
from knowledge.similarity import OF_THE_LIST, PAIR_FEATURES, pair_features

SAID_APART = "said apart"
"""The last feature of the judge: what the differences say, in log-odds."""
_KEPT = [place for place, name in enumerate(PAIR_FEATURES) if name not in OF_THE_LIST]
SAME_FEATURES = (*(PAIR_FEATURES[place] for place in _KEPT), SAID_APART)
"""Nothing that depends on what else is in the list: two texts mean the same wherever they stand."""
_PAIR = 0.5
"""A pair of characters counts half: it holds characters that count, too."""
_LONGEST = 12
"""Characters of two stretches in each other's place that are told apart from others."""
_JUDGE = "judge_"
"""Begins the names of its arrays."""
_LEAST = 6
"""Characters of a text that says something which another one may hold."""
_CHARACTER, _CHARACTERS, _WORD, _WORDS, _STRETCHES, _PART = "1", "2", "w", "ww", "s", "x"


def differences_of(two: Comparison) -> dict[str, float]:
    """What sets two texts apart, by name, with how much it counts. Which of them has it is not told; what stands in whose place is
    found by one of the shortest ways from the message to the text, and the way back may be another.
    """
    here, there = two.message.reading.canonical, two.text.reading.canonical
    found = {
        _CHARACTER + letter: float(times)
        for letter in {*here, *there}
        if (times := abs(here.count(letter) - there.count(letter)))
    }
    found |= dict.fromkeys((_CHARACTERS + pair for pair in _pairs(here) ^ _pairs(there)), _PAIR)
    found |= dict.fromkeys(_worded(two), 1.0)
    return found | _exchanged(two)


def _pairs(text: str) -> set[str]:
    return set(map("".join, pairwise(text)))


def _worded(two: Comparison) -> Iterator[str]:
    """Words that only one has, each with each of the other's; and stretches in each other's place."""
    here = [word for word in two.message.words if word not in two.text.topic]
    there = [word for word in two.text.words if word not in two.message.topic]
    yield from (_WORD + word for word in chain(here, there))
    yield from (_WORDS + _both(*words) for words in product(here, there))
    one, other = two.message.reading.canonical, two.text.reading.canonical
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag != "equal":
            stretches = one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end]
            yield _STRETCHES + _both(*stretches)[:_LONGEST]


def _both(one: str, other: str) -> str:
    return "|".join(sorted((one, other)))


def _exchanged(two: Comparison) -> dict[str, float]:
    exchange = exchange_of(two.message, two.text)
    worth = 1 / exchange.scale
    return {_PART + "\t".join(part): worth for part in exchange.parts()}


@dataclass(frozen=True, slots=True)
class Sameness:
    """`weights`: of what sets two texts apart, in log-odds; `judge`: of `SAME_FEATURES`."""

    weights: Mapping[str, float]
    judge: Judge

    def probability(self, two: Comparison, features: Sequence[float] | None = None) -> float:
        """That the two mean the same, 0..1, as far as one may tell from texts that were written to look alike. `features`: begins with
        their PAIR_FEATURES, where somebody has worked them out.
        """
        if _holds(two.message, two.text) or _holds(two.text, two.message):
            return 1.0
        row = features_of(two, self.said_apart(differences_of(two)), features)
        return chances(self.judge.log_odds(np.asarray([row], dtype=np.float64))).item()

    def said_apart(self, differences: Mapping[str, float]) -> float:
        """Added up exactly, for sets have no order."""
        weights = self.weights
        return fsum(worth * weights[name] for name, worth in differences.items() if name in weights)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "names": np.asarray([*self.weights], dtype=np.str_),
            "weights": np.asarray([*self.weights.values()], dtype=np.float64),
            **{_JUDGE + name: array for name, array in self.judge.to_arrays().items()},
        }


def sameness_from(arrays: Mapping[str, NDArray[Any]]) -> Sameness:
    """Raises ValueError when it was fitted on other features."""
    judge = {name.removeprefix(_JUDGE): array for name, array in arrays.items() if name.startswith(_JUDGE)}
    weights = dict(zip(arrays["names"].tolist(), arrays["weights"].tolist(), strict=True))
    return Sameness(weights, judge_from(judge, features=SAME_FEATURES))


def _holds(one: Profile, other: Profile) -> bool:
    """Whether the one says all that the other says, and perhaps something before or behind it: what that adds, or leaves out, others
    look at (`qualified`, `compare`, how slight a match is).
    """
    held = to_digits(other.reading.canonical)
    return len(held) >= _LEAST and held in to_digits(one.reading.canonical)


def features_of(
    two: Comparison, said_apart: float, features: Sequence[float] | None = None
) -> tuple[float, ...]:
    """SAME_FEATURES of two texts. `features`: as above."""
    known = pair_features(two, Scales.of_nothing()) if features is None else features
    return (*map(known.__getitem__, _KEPT), said_apart)
