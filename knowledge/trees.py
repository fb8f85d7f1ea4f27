"""Boosted decision trees as plain arrays: what a fitted model says, without the library that fitted it.

All trees are walked at once, one level a step: a row and a tree make one place in an array of node numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees one after another. A leaf points to itself on both sides; `value` is what it adds to the
    log-odds; at an inner node a row whose `feature` is at most `threshold` goes left.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float64]
    depth: int
    baseline: float
    _onward: NDArray[np.intp] = field(init=False, repr=False)
    """Of node n the right child at 2n, the left one at 2n + 1."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_onward", np.column_stack((self.right, self.left)).ravel())

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """One number a row of features."""
        numbers = np.ascontiguousarray(rows).ravel()
        row_starts = (np.arange(len(rows)) * rows.shape[1])[:, np.newaxis]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            asked = numbers.take(row_starts + self.feature.take(nodes))
            nodes = self._onward.take(2 * nodes + (asked <= self.threshold.take(nodes)))
        total: NDArray[np.float64] = self.value.take(nodes).sum(axis=1) + self.baseline
        return total

    def weighing(self, weight: float) -> "Trees":
        """The same trees, their log-odds `weight` times as large."""
        return replace(self, value=self.value * weight, baseline=self.baseline * weight)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """As `from_arrays` takes them back."""
        whole = {"depth": np.asarray(self.depth), "baseline": np.asarray(self.baseline)}
        return {
            "roots": self.roots.astype(np.int32),
            "feature": self.feature.astype(np.int32),
            "threshold": self.threshold,
            "left": self.left.astype(np.int32),
            "right": self.right.astype(np.int32),
            "value": self.value,
            **whole,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Trees":
        """Raises KeyError when an array is missing."""
        return cls(
            roots=arrays["roots"].astype(np.intp),
            feature=arrays["feature"].astype(np.intp),
            threshold=arrays["threshold"].astype(np.float64),
            left=arrays["left"].astype(np.intp),
            right=arrays["right"].astype(np.intp),
            value=arrays["value"].astype(np.float64),
            depth=int(arrays["depth"]),
            baseline=float(arrays["baseline"]),
        )
