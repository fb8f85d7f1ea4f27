"""Whether two texts say or ask the same, however alike they look: learnt from pairs that differ in a word or in all of them.

A judge of candidates learns mostly from what lies far apart, and cannot tell another word for the same from its opposite
(docs/adr/0050). This looks at one candidate at a time, and at what only one of the two texts has: n-grams, words, stretches
in each other's place, what both count, and what `exchanges.py` makes of them. Trees then weigh that against how alike the two are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, product, starmap
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from knowledge.exchange_weights import ExchangeWeights
from knowledge.exchanges import Comparison
from knowledge.idf import Scales
from knowledge.judge import Judge, chances, judge_from
from knowledge.numerals import to_digits
from knowledge.similarity import OF_THE_LIST, PAIR_FEATURES, pair_features, pairs_of

KINDS = (
    "characters",
    "pairs",
    "words",
    "words instead",
    "stretches",
    "quantities",
    "sorts",
    "exchanges",
)
"""Of differences, all but the last in words."""
_BETWEEN = "\t"
"""Stands between the names of a part of an exchange."""
_KEPT = [place for place, name in enumerate(PAIR_FEATURES) if name not in OF_THE_LIST]
SAME_FEATURES = (
    *(PAIR_FEATURES[place] for place in _KEPT),
    *(f"said by {kind}" for kind in KINDS),
    "said apart",
)
"""Nothing that depends on what else is in the list: two texts mean the same wherever they stand. The last ones are what the
differences say, in log-odds: those of each kind, and all.
"""
_PAIR = 0.5
"""A pair of characters counts half: it holds characters that count, too."""
_LONGEST = 12
"""Characters of two stretches in each other's place that are told apart from others."""
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(\D)")
"""A number with what it counts, or the beginning of that."""
_ANYTHING = "*"
"""Whatever is counted, or of one sort."""
_NAMES, _WEIGHTS, _JUDGE = "names of ", "weights of ", "judge_"
"""Begin the names of its arrays."""
_LOOKED_AT = 4
"""Of several texts. Of 63 articles that some wording spoke for, 61 had one that did among the first four."""
_LEAST = 6
"""Characters of a text that says something which another one may hold."""

Differences = tuple[Mapping[str, float], ...]
"""For each of KINDS what sets two texts apart, by name, with how much it counts."""


def differences_of(two: Comparison) -> Differences:
    """What sets two texts apart. Which of them has it is not told."""
    exchange = two.exchange
    exchanged = dict.fromkeys(map(_BETWEEN.join, exchange.across()), 1 / exchange.scale)
    return (*_in_words(two), exchanged)


def _in_words(two: Comparison) -> Differences:
    """All kinds but the last. What stands in whose place is found by one of the shortest ways from the message to the text, and the way
    back may be another.
    """
    here, there = two.message.reading.canonical, two.text.reading.canonical
    mine = [word for word in two.message.words if word not in two.text.topic]
    theirs = [word for word in two.text.words if word not in two.message.topic]
    return (
        _characters(here, there),
        dict.fromkeys(pairs_of(two.message.grams ^ two.text.grams, here + there), _PAIR),
        dict.fromkeys(chain(mine, theirs), 1.0),
        dict.fromkeys(starmap(_both, product(mine, theirs)), 1.0),
        dict.fromkeys(_stretches(here, there), 1.0),
        _counted_otherwise(here, there),
        _of_one_sort(mine, theirs),
    )


def _characters(one: str, other: str) -> dict[str, float]:
    letters = {*one, *other}
    return {
        letter: float(more) for letter in letters if (more := abs(one.count(letter) - other.count(letter)))
    }


def _stretches(one: str, other: str) -> Iterator[str]:
    """What stands in each other's place."""
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag != "equal":
            stretches = one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end]
            yield _both(*stretches)[:_LONGEST]


def _both(one: str, other: str) -> str:
    return f"{one}|{other}" if one < other else f"{other}|{one}"


def _counted_otherwise(one: str, other: str) -> dict[str, float]:
    """What both count, and one of them in another number: by its name, and as anything counted, for most is seldom."""
    here, there = (frozenset(_QUANTITY.findall(text)) for text in (one, other))
    counted = {unit for _, unit in here} & {unit for _, unit in there}
    apart = {unit for _, unit in here ^ there if unit in counted}
    return dict.fromkeys((*apart, _ANYTHING), 1.0) if apart else {}


def _of_one_sort(mine: Sequence[str], theirs: Sequence[str]) -> dict[str, float]:
    """In what words of both end that the other lacks: of a compound that is the sort of thing (图书馆, 饭馆)."""
    sorts = {word[-1] for word in mine if len(word) > 1} & {word[-1] for word in theirs if len(word) > 1}
    return dict.fromkeys((*sorts, _ANYTHING), 1.0) if sorts else {}


@dataclass(frozen=True, slots=True)
class Sameness:
    """`weights`: of what sets two texts apart in words, in log-odds, for each of KINDS but the last, which is `exchanges`; `judge`: of
    `SAME_FEATURES`.
    """

    weights: tuple[Mapping[str, float], ...]
    exchanges: ExchangeWeights
    judge: Judge

    def probability(self, two: Comparison, features: Sequence[float] | None = None) -> float:
        """That the two mean the same, 0..1, as far as one may tell from texts that were written to look alike. `features`: begins with
        their PAIR_FEATURES, where somebody has worked them out.
        """
        return self.probabilities([(two, features)])[0]

    def probabilities(self, twos: Sequence[tuple[Comparison, Sequence[float] | None]]) -> list[float]:
        """The same of several at once, which costs less than one after the other."""
        rows = [
            None if _one_holds_the_other(two) else features_of(two, self.said_apart(two), features)
            for two, features in twos
        ]
        apart = [row for row in rows if row is not None]
        found = iter(self._chances(apart).tolist() if apart else ())
        return [1.0 if row is None else next(found) for row in rows]

    def any_reaches(self, least: float, twos: Sequence[Comparison]) -> bool:
        """Whether any of `twos` means the same with the probability `least`. Their differences, which cost the least to look at, are
        looked at first, and only the few of which they say the most further.
        """
        if any(map(_one_holds_the_other, twos)):
            return True
        told = [(self.said_apart(two), two) for two in twos]
        likeliest = nlargest(_LOOKED_AT, told, key=lambda one: one[0][-1])
        rows = [features_of(two, said) for said, two in likeliest]
        return bool(rows) and bool(self._chances(rows).max() >= least)

    def _chances(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        return chances(self.judge.log_odds(np.asarray(rows, dtype=np.float64)))

    def said_apart(self, two: Comparison) -> tuple[float, ...]:
        """What sets the two apart says so much: by each of KINDS, and by all. Added up exactly, for sets have no order."""
        in_words = map(_said, self.weights, _in_words(two))
        said = (*in_words, self.exchanges.said(two.exchange))
        return (*said, fsum(said))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        exchanged = {_BETWEEN.join(part): weight for part, weight in self.exchanges.weights.items()}
        arrays: dict[str, NDArray[Any]] = {}
        for kind, weights in zip(KINDS, (*self.weights, exchanged), strict=True):
            arrays[_NAMES + kind] = np.asarray([*weights], dtype=np.str_)
            arrays[_WEIGHTS + kind] = np.asarray([*weights.values()], dtype=np.float64)
        return arrays | {_JUDGE + name: array for name, array in self.judge.to_arrays().items()}


def sameness_of(weights: Sequence[Mapping[str, float]], judge: Judge) -> Sameness:
    """`weights`: for each of KINDS by the name of a difference, as `differences_of` has it."""
    *in_words, exchanged = weights
    parts = {tuple(name.split(_BETWEEN)): weight for name, weight in exchanged.items()}
    return Sameness(tuple(in_words), ExchangeWeights(parts), judge)


def sameness_from(arrays: Mapping[str, NDArray[Any]]) -> Sameness:
    """Raises ValueError when it was fitted on other features."""
    judge = {name.removeprefix(_JUDGE): array for name, array in arrays.items() if name.startswith(_JUDGE)}
    fitted = judge_from(judge, features=SAME_FEATURES)
    named = ((arrays[_NAMES + kind], arrays[_WEIGHTS + kind]) for kind in KINDS)
    weights = [dict(zip(names.tolist(), worths.tolist(), strict=True)) for names, worths in named]
    return sameness_of(weights, fitted)


def _said(weights: Mapping[str, float], differences: Mapping[str, float]) -> float:
    return fsum([differences[name] * weights[name] for name in weights.keys() & differences.keys()])


def _one_holds_the_other(two: Comparison) -> bool:
    """Whether the one says all that the other says, and perhaps something before or behind it: what that adds, or leaves out, others
    look at (`qualified`, `compare`, how slight a match is).
    """
    here, there = to_digits(two.message.reading.canonical), to_digits(two.text.reading.canonical)
    shorter, longer = sorted((here, there), key=len)
    return len(shorter) >= _LEAST and shorter in longer


def features_of(
    two: Comparison, said_apart: Sequence[float], features: Sequence[float] | None = None
) -> tuple[float, ...]:
    """SAME_FEATURES of two texts. `features`: as above."""
    known = pair_features(two, Scales.of_nothing()) if features is None else features
    return (*map(known.__getitem__, _KEPT), *said_apart)
