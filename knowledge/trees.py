"""Boosted decision trees as plain arrays: what a fitted model says, without the library that fitted it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.sieve import Branches, Sieve, sieve_of


@dataclass(frozen=True, slots=True)
class Trees:
    """`value` is what a leaf adds to the log-odds, a number a node. Raises ValueError for a tree of more leaves than a sieve can
    tell apart.
    """

    branches: Branches
    value: NDArray[np.float64]
    baseline: float
    _sieve: Sieve = field(init=False, repr=False)
    _values: NDArray[np.float64] = field(init=False, repr=False)
    """Those of the leaves that the sieve's places stand for."""

    def __post_init__(self) -> None:
        sieve = sieve_of(self.branches)
        object.__setattr__(self, "_sieve", sieve)
        object.__setattr__(self, "_values", self.value.take(sieve.nodes))

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """One number a row of features."""
        total: NDArray[np.float64] = self._values.take(self._sieve.places(rows)).sum(axis=1) + self.baseline
        return total

    def weighing(self, weight: float) -> "Trees":
        """The same trees, their log-odds `weight` times as large."""
        return replace(self, value=self.value * weight, baseline=self.baseline * weight)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """As `from_arrays` takes them back."""
        nodes = self.branches
        return {
            "roots": nodes.roots.astype(np.int32),
            "feature": nodes.feature.astype(np.int32),
            "threshold": nodes.threshold,
            "left": nodes.left.astype(np.int32),
            "right": nodes.right.astype(np.int32),
            "value": self.value,
            "depth": np.asarray(nodes.depth),
            "baseline": np.asarray(self.baseline),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Trees":
        """Raises KeyError when an array is missing."""
        branches = Branches(
            roots=arrays["roots"].astype(np.intp),
            feature=arrays["feature"].astype(np.intp),
            threshold=arrays["threshold"].astype(np.float64),
            left=arrays["left"].astype(np.intp),
            right=arrays["right"].astype(np.intp),
            depth=int(arrays["depth"]),
        )
        return cls(branches, arrays["value"].astype(np.float64), float(arrays["baseline"]))
