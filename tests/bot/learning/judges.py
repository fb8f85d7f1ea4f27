"""A judge that is easily foreseen, and queries it is asked."""

import numpy as np

from knowledge.fitting import Rows
from knowledge.judge import Judge
from knowledge.trees import Trees


def a_judge() -> Judge:
    """Says the one feature as log-odds."""
    trees = Trees.from_arrays(
        {
            "roots": np.asarray([0], dtype=np.int32),
            "feature": np.zeros(1, dtype=np.int32),
            "threshold": np.zeros(1),
            "left": np.zeros(1, dtype=np.int32),
            "right": np.zeros(1, dtype=np.int32),
            "value": np.zeros(1),
            "depth": np.asarray(0),
            "baseline": np.asarray(0.0),
        }
    )
    return Judge(("height",), trees, np.asarray([1.0, 0.0]), 1.0, 0.0, 3.0, "test")


def queries(says: float, right: float, count: int = 1000) -> Rows:
    """As many queries judged at ±`says`, of which `right` are as the judge says."""
    odds = np.where(np.arange(count) % 2 == 0, says, -says)
    agrees = np.arange(count) < right * count
    return Rows(
        odds[:, np.newaxis],
        agrees == (odds > 0),
        np.ones(count),
        np.arange(count),
        np.zeros(count, dtype=np.bool_),
    )
