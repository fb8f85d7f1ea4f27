"""What `dingxin evaluate headcounts` measures. No database, no network; times are real times of this machine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bot.households.headcount import Headcount, Reading, ReadingKind
from bot.households.labelled import FIGURES, LabelledReply, read_replies
from bot.households.reading import read_headcount
from knowledge.figures import Column, Figure, macro_f1, mean, measure, render_table

__all__ = ["HeadcountEvaluation", "evaluate_headcounts", "render_table"]

Prediction = dict[str, Any]
Watch = Callable[[Sequence[LabelledReply]], Iterable[LabelledReply]]
_KINDS = tuple(ReadingKind)


@dataclass(frozen=True, slots=True)
class HeadcountEvaluation:
    """`predictions`: one for each input, in order. `figures`: without labels, only the times."""

    figures: tuple[Figure, ...]
    predictions: tuple[Prediction, ...]


def evaluate_headcounts(
    path: Path, *, clock: Callable[[], float] = perf_counter, watched: Watch = iter
) -> HeadcountEvaluation:
    """Every reply of `path` read, and compared where it is labelled. `clock` in seconds; `watched`: goes through the replies
    and may show how far it got.
    """
    replies = read_replies(path)
    read_headcount("我家一口人")  # the dictionaries load here, not within the first reply's time
    readings: list[Reading] = []
    milliseconds: list[float] = []
    for reply in watched(replies):
        started = clock()
        readings.append(read_headcount(reply.text))
        milliseconds.append((clock() - started) * 1000)
    predictions = tuple(
        {"text": reply.text, "kind": reading.kind.value, **asdict(reading.headcount or Headcount())}
        for reply, reading in zip(replies, readings, strict=True)
    )
    labelled = [pair for pair in zip(replies, readings, strict=True) if pair[0].kind is not None]
    figures = (
        _figures([reply for reply, _ in labelled], [reading for _, reading in labelled]) if labelled else ()
    )
    return HeadcountEvaluation((*figures, *_times(np.array(milliseconds))), predictions)


def _figures(replies: Sequence[LabelledReply], readings: Sequence[Reading]) -> tuple[Figure, ...]:
    expected = np.array([_KINDS.index(reply.kind) for reply in replies if reply.kind], dtype=np.float64)
    given = np.array([_KINDS.index(reading.kind) for reading in readings], dtype=np.float64)
    count, other = (expected == _KINDS.index(kind) for kind in (ReadingKind.COUNT, ReadingKind.OTHER))
    counted = given == _KINDS.index(ReadingKind.COUNT)
    right = {
        f"{name} exact, on counts": _matches(replies, readings, names=(name,))[count] for name in FIGURES
    }
    right["counts wholly right"] = _matches(replies, readings, names=FIGURES)[count]
    return (
        measure("kind accuracy", mean, (expected == given).astype(float)),
        measure("kind macro-F1", macro_f1, expected, given),
        *(measure(name, mean, column) for name, column in right.items()),
        measure("false counts on other", mean, counted[other].astype(float)),
    )


def _matches(
    replies: Sequence[LabelledReply], readings: Sequence[Reading], *, names: Sequence[str]
) -> Column:
    """1 where the reply was read as a count and the figures `names` are as labelled (null must be null)."""
    return np.array(
        [
            reading.headcount is not None
            and all(getattr(reading.headcount, name) == getattr(reply.headcount, name) for name in names)
            for reply, reading in zip(replies, readings, strict=True)
        ],
        dtype=np.float64,
    )


def _times(milliseconds: Column) -> tuple[Figure, ...]:
    return (
        measure("time per message, median (ms)", lambda column: float(np.median(column)), milliseconds),
        measure("time per message, p99 (ms)", lambda column: float(np.percentile(column, 99)), milliseconds),
    )
