"""Figures of an evaluation with their 95 % bootstrap intervals, and the table that shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

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


BINS = 10


def measure(name: str, statistic: Statistic, *columns: Column, resamples: int = RESAMPLES) -> Figure:
    """`statistic(*columns)` with an interval by drawing the inputs again with replacement; nan when there are none."""
    count = len(columns[0])
    if count == 0:
        return Figure(name, float("nan"), float("nan"), float("nan"), 0)
    chance = np.random.default_rng(SEED)
    drawn = [
        statistic(*(column[rows] for column in columns))
        for rows in chance.integers(count, size=(resamples, count))
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5]) if not np.isnan(drawn).all() else (np.nan, np.nan)
    return Figure(name, statistic(*columns), float(low), float(high), count)


def fixed(name: str, value: float, count: int) -> Figure:
    """A value that was set, not measured: no interval."""
    return Figure(name, value, value, value, count)


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
    order = np.argsort(-scores, kind="stable")
    labels, scores = labels[order], scores[order]
    last_of_tie = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    found = np.cumsum(labels)[last_of_tie]
    precision, recall = found / (last_of_tie + 1), found / labels.sum()
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def threshold_at_precision(least: float) -> Callable[[Column, Column], float]:
    """A statistic of the scores at which inputs would be answered (0: never) and of which answers are right: the lowest
    threshold at which `least` of the answers are right; nan when there is none.
    """

    def statistic(sure: Column, right: Column) -> float:
        order = np.argsort(-sure, kind="stable")
        ordered = sure[order]
        last_of_tie = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
        precision = np.cumsum(right[order])[last_of_tie] / (last_of_tie + 1)
        good = (precision >= least) & (ordered[last_of_tie] > 0)
        return float(ordered[last_of_tie[good]].min()) if good.any() else float("nan")

    return statistic


def share_at_precision(least: float) -> Callable[[Column, Column], float]:
    """A statistic: the share of inputs answered at that threshold."""
    threshold = threshold_at_precision(least)

    def statistic(sure: Column, right: Column) -> float:
        return float((sure >= threshold(sure, right)).mean())

    return statistic


def share_above_false_positives(share: float, *, among: int) -> Callable[[Column, Column], float]:
    """A statistic of labels and scores: how many of those labelled `among` score above all but `share` of those
    labelled 0.
    """

    def statistic(labels: Column, scores: Column) -> float:
        asked = scores[labels == among]
        return mean((asked > _limit(scores[labels == 0], share)) * 1.0)

    return statistic


def _limit(negatives: Column, share: float) -> float:
    """What all but `share` of them do not exceed; nan when there are none: then nothing is above."""
    ordered = np.sort(negatives)[::-1]
    return float(ordered[min(int(share * len(ordered)), len(ordered) - 1)]) if len(ordered) else float("nan")


def hits_at_false_positives(share: float) -> Callable[[Column, Column, Column], float]:
    """A statistic: of inputs with label 1 how many are `right` and score above all but `share` of the label-0 ones."""

    def statistic(labels: Column, scores: Column, right: Column) -> float:
        if labels.all() or not labels.any():
            return float("nan")
        return float((right * (scores > _limit(scores[labels == 0], share)))[labels == 1].mean())

    return statistic


def recall_at_precision(least: float) -> Callable[[Column, Column, Column], float]:
    """A statistic: the largest share of label-1 inputs answered right while `least` of all answers are right."""

    def statistic(labels: Column, scores: Column, right: Column) -> float:
        order = np.argsort(-scores, kind="stable")
        correct = np.cumsum(right[order])
        good_enough = correct / np.arange(1, len(order) + 1) >= least
        return float(correct[good_enough].max() / labels.sum()) if good_enough.any() and labels.any() else 0.0

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
    low, high = _cell(figure.low), _cell(figure.high)
    line = f"{_cell(figure.value):>8}  [{low}, {high}]  n={figure.count}"
    return f"{line}  predicted {_cell(figure.predicted)}" if isinstance(figure, Bin) else line


def _cell(value: float) -> str:
    """Of nothing there is no figure."""
    return "-" if np.isnan(value) else f"{value:.3f}"


def figures_to_json(figures: Sequence[Figure]) -> Mapping[str, Mapping[str, float | int | str]]:
    return {figure.name: figure.to_json() for figure in figures}
