"""The judge of candidates: how probable it is that this one is meant, from features alone. Plain numbers, never a pickle.

Log-odds of boosted trees and of a linear model, each of the weight it was given when they were fitted, added up, then
stretched and shifted so that they are calibrated: of candidates judged at 0.8 about eight in ten are right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.exchanges import NO_LEANINGS, Leanings
from knowledge.trees import Trees

_FURTHEST = 30.0
"""Log-odds beyond this are cut: 1e-13 is impossible enough."""
_TREES, _LEANINGS = "trees_", "leanings_"
EXCHANGED = "exchanged"
"""The last feature of a judge with leanings: what these say of a pair."""


@dataclass(frozen=True, slots=True)
class Judge:
    """`linear`: a coefficient for each of `features`, then the intercept; empty when trees alone judge. `provenance`:
    what it was fitted on; `veto_cost`: by how much a candidate that says something differently is less likely, in
    log-odds. `leanings`: what its last feature is worked out with, where there is one.
    """

    features: tuple[str, ...]
    trees: Trees
    linear: NDArray[np.float64]
    stretch: float
    shift: float
    veto_cost: float
    provenance: str
    leanings: Leanings = NO_LEANINGS

    @property
    def leans(self) -> bool:
        """Whether its last feature is what exchanges say."""
        return self.features[-1:] == (EXCHANGED,)

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """One number a row of `features`, calibrated."""
        raw = self.trees.log_odds(rows)
        if len(self.linear):
            raw = raw + rows @ self.linear[:-1] + self.linear[-1]
        return self.stretch * raw + self.shift

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """0..1, one a row of `features`."""
        return chances(self.log_odds(rows))

    def recalibrated(self, stretch: float, shift: float) -> "Judge":
        """The same order, other probabilities: `stretch` times today's log-odds plus `shift`."""
        return replace(
            self,
            stretch=self.stretch * stretch,
            shift=self.shift * stretch + shift,
            veto_cost=self.veto_cost * stretch,
        )

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "features": np.asarray(self.features),
            "linear": self.linear,
            "calibration": np.asarray((self.stretch, self.shift, self.veto_cost)),
            "provenance": np.asarray(self.provenance),
            **{_TREES + name: array for name, array in self.trees.to_arrays().items()},
            **{_LEANINGS + name: array for name, array in self.leanings.to_arrays().items()},
        }


def chances(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds as probabilities, 0..1."""
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-log_odds.clip(-_FURTHEST, _FURTHEST)))
    return chance


def judge_from(arrays: Mapping[str, NDArray[Any]], *, features: Sequence[str]) -> Judge:
    """A judge whose features must be exactly `features`; raises ValueError when it was fitted on others."""
    fitted = tuple(arrays["features"].tolist())
    if fitted != tuple(features):
        differing = sorted(set(fitted) ^ set(features)) or "their order"
        raise ValueError(f"the judge was fitted on other features ({differing}): fit it again")
    stretch, shift, veto_cost = arrays["calibration"].tolist()
    return Judge(
        fitted,
        Trees.from_arrays(_part(arrays, _TREES)),
        arrays["linear"],
        stretch,
        shift,
        veto_cost,
        str(arrays["provenance"]),
        Leanings.from_arrays(_part(arrays, _LEANINGS)),
    )


def _part(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
