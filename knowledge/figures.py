"""Figures of an evaluation with their 95 % bootstrap intervals, and the table that shows them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_DOWN, Decimal

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20220712
"""Any fixed number: the same file gives the same intervals."""

Column = NDArray[np.float64]
Statistic = Callable[..., float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, `low` to `high` its 95 % interval, over `count` inputs."""

    name: str
    value: float
    low: float
    high: float
    count: int

    def to_json(self) -> dict[str, float | int | str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bin(Figure):
    """Of the inputs whose probability lies in one tenth: `value` is the share that was right, `predicted` their mean
    probability. Honest probabilities make the two alike.
    """

    predicted: float


@dataclass(frozen=True, slots=True)
class Threshold(Figure):
    """A probability from which on something is said: shown so that, set as it is shown, it lets through what it let through."""


BINS = 10
_THRESHOLD_STEP = Decimal("0.0001")


def measure(
    name: str,
    statistic: Statistic,
    *columns: Column,
    resamples: int = RESAMPLES,
    kind: type[Figure] = Figure,
) -> Figure:
    """`statistic(*columns)` with an interval by drawing the inputs again with replacement; nan when there are none."""
    count = len(columns[0])
    if count == 0:
        return kind(name, float("nan"), float("nan"), float("nan"), 0)
    chance = np.random.default_rng(SEED)
    drawn = [
        statistic(*(column[rows] for column in columns))
        for rows in chance.integers(count, size=(resamples, count))
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5]) if not np.isnan(drawn).all() else (np.nan, np.nan)
    return kind(name, statistic(*columns), float(low), float(high), count)


def fixed(name: str, value: float, count: int) -> Threshold:
    """A threshold that was set, not measured: no interval."""
    return Threshold(name, value, value, value, count)


def reliability(predicted: Column, right: Column) -> tuple[Figure, ...]:
    """The expected calibration error, then ten bins: what was promised, what came true. `predicted`: 0..1 each."""
    return (
        measure("expected calibration error", calibration_error, predicted, right, resamples=200),
        *(_bin(place, predicted, right) for place in range(BINS)),
    )


def _bin(place: int, predicted: Column, right: Column) -> Bin:
    inside = _tenths(predicted) == place
    name = f"reliability {place / BINS:.1f}-{(place + 1) / BINS:.1f}"
    found = measure(name, mean, right[inside], resamples=200)
    return Bin(found.name, found.value, found.low, found.high, found.count, mean(predicted[inside]))


def _tenths(predicted: Column) -> NDArray[np.int64]:
    return np.minimum((predicted * BINS).astype(np.int64), BINS - 1)


def calibration_error(predicted: Column, right: Column) -> float:
    """How far the share right lies from the mean probability, bin by bin, weighed by how many inputs are in each."""
    gaps = np.bincount(_tenths(predicted), weights=right - predicted, minlength=BINS)
    return float(np.abs(gaps).sum() / len(predicted)) if len(predicted) else float("nan")


def mean(column: Column) -> float:
    return float(column.mean()) if len(column) else float("nan")


def share_where(hit: Column, among: Column) -> float:
    """The mean of `hit` over the inputs where `among` is 1; nan when there are none."""
    total = among.sum()
    return float((hit * among).sum() / total) if total else float("nan")


def average_precision(labels: Column, scores: Column) -> float:
    """Area under the precision-recall curve (average precision; ties counted together)."""
    if not labels.any():
        return float("nan")
    order, last_of_tie = _cuts(scores)
    found = np.cumsum(labels[order])[last_of_tie]
    precision, recall = found / (last_of_tie + 1), found / labels.sum()
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def _cuts(scores: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The inputs from the highest score down, and where in that order a threshold can cut: never between equal scores."""
    order = np.argsort(-scores, kind="stable")
    return order, np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)


def threshold_at_precision(least: float) -> Callable[[Column, Column], float]:
    """A statistic of the scores at which inputs would be answered (0: never) and of which answers are right: the lowest
    threshold at which `least` of the answers are right; nan when there is none.
    """

    def statistic(sure: Column, right: Column) -> float:
        order, last_of_tie = _cuts(sure)
        precision = np.cumsum(right[order])[last_of_tie] / (last_of_tie + 1)
        lowest = sure[order][last_of_tie]
        good = (precision >= least) & (lowest > 0)
        return float(lowest[good].min()) if good.any() else float("nan")

    return statistic


def share_at_precision(least: float) -> Callable[[Column, Column], float]:
    """A statistic: the share of inputs answered at that threshold."""
    threshold = threshold_at_precision(least)

    def statistic(sure: Column, right: Column) -> float:
        return float((sure >= threshold(sure, right)).mean())

    return statistic


def share_above_false_positives(share: float, *, among: int) -> Callable[[Column, Column], float]:
    """A statistic of labels and scores: how many of those labelled `among` score above all but `share` of those
    labelled 0; nan when there are none of either.
    """

    def statistic(labels: Column, scores: Column) -> float:
        return mean(_above(scores[labels == among], scores[labels == 0], share))

    return statistic


def _above(scores: Column, negatives: Column, share: float) -> Column:
    """1 where a score is above all but `share` of the negatives; nan when there are none that it could be above."""
    if not len(negatives):
        return np.full(len(scores), np.nan)
    ordered = np.sort(negatives)[::-1]
    limit = float(ordered[min(int(share * len(ordered)), len(ordered) - 1)])
    return np.asarray(scores > limit, dtype=np.float64)


def hits_at_false_positives(share: float) -> Callable[[Column, Column, Column], float]:
    """A statistic: of inputs with label 1 how many are `right` and score above all but `share` of the label-0 ones; nan
    when there are none of either.
    """

    def statistic(labels: Column, scores: Column, right: Column) -> float:
        asked = labels == 1
        return mean(right[asked] * _above(scores[asked], scores[labels == 0], share))

    return statistic


def recall_at_precision(least: float) -> Callable[[Column, Column, Column], float]:
    """A statistic: the largest share of label-1 inputs answered right at a threshold at which `least` of all answers are
    right; nan when there are none.
    """

    def statistic(labels: Column, scores: Column, right: Column) -> float:
        if not labels.any():
            return float("nan")
        order, last_of_tie = _cuts(scores)
        correct = np.cumsum(right[order])[last_of_tie]
        good_enough = correct / (last_of_tie + 1) >= least
        return float(correct[good_enough].max(initial=0.0) / labels.sum())

    return statistic


def macro_f1(expected: Column, given: Column) -> float:
    """The mean F1 over the classes that are expected; classes as numbers."""
    scores = []
    for kind in np.unique(expected):
        both = float(((expected == kind) & (given == kind)).sum())
        scores.append(2 * both / float((expected == kind).sum() + (given == kind).sum()))
    return float(np.mean(scores)) if scores else float("nan")


def render_table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines for a terminal."""
    width = max((len(figure.name) for figure in figures), default=0)
    return "\n".join(f"{figure.name:<{width}}  {_shown(figure)}" for figure in figures)


def _shown(figure: Figure) -> str:
    cell = _threshold_cell if isinstance(figure, Threshold) else _cell
    line = f"{cell(figure.value):>8}  [{cell(figure.low)}, {cell(figure.high)}]  n={figure.count}"
    return f"{line}  predicted {_cell(figure.predicted)}" if isinstance(figure, Bin) else line


def _cell(value: float) -> str:
    """Of nothing there is no figure."""
    return "-" if np.isnan(value) else f"{value:.3f}"


def _threshold_cell(value: float) -> str:
    """Rounded down: set a little higher it would say nothing of what it was measured on."""
    return "-" if np.isnan(value) else str(Decimal(str(value)).quantize(_THRESHOLD_STEP, ROUND_DOWN))
