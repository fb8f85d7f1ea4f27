"""A small logistic model kept as plain numbers in TOML: readable, comparable, never a pickle."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Logistic:
    """log-odds = intercept + coefficients . features. `provenance` says what it was fitted on."""

    features: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    provenance: str

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """One probability a row; a row holds the numbers of `features` in that order."""
        log_odds = rows @ np.asarray(self.coefficients) + self.intercept
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
        return chances

    @property
    def raising(self) -> frozenset[str]:
        """The features that make it more probable; the others speak against it."""
        return frozenset(
            name for name, value in zip(self.features, self.coefficients, strict=True) if value > 0
        )

    def to_toml(self) -> str:
        numbers = "\n".join(
            f"{name} = {value:.5f}" for name, value in zip(self.features, self.coefficients, strict=True)
        )
        return f'provenance = """\n{self.provenance}"""\nintercept = {self.intercept:.5f}\n\n[coefficients]\n{numbers}\n'


def parse_logistic(text: str, *, features: Sequence[str]) -> Logistic:
    """Read a model whose features must be exactly `features`; raises ValueError when it was fitted on others."""
    table = tomllib.loads(text)
    numbers = table["coefficients"]
    if set(numbers) != set(features):
        raise ValueError(f"model is about {sorted(numbers)}, needed are {sorted(features)}: train it again")
    return Logistic(
        features=tuple(features),
        coefficients=tuple(float(numbers[name]) for name in features),
        intercept=float(table["intercept"]),
        provenance=table["provenance"],
    )


def load_logistic(name: str, *, features: Sequence[str]) -> Logistic:
    """A model of `knowledge/weights` by name."""
    text = files("knowledge").joinpath("weights", f"{name}.toml").read_text(encoding="utf-8")
    return parse_logistic(text, features=features)
