"""Figures of predictions beside their labels: ranking and deciding, the flag, intents, and how honest probabilities are."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from knowledge.figures import (
    Column,
    Figure,
    Threshold,
    average_precision,
    fixed,
    hits_at_false_positives,
    macro_f1,
    mean,
    measure,
    recall_at_precision,
    reliability,
    share_above_false_positives,
    share_at_precision,
    share_where,
    threshold_at_precision,
)
from knowledge.intent import Intent
from knowledge.labelled import LabelledLine, LabelledMessage
from knowledge.prediction import Prediction, Said

PRECISION = 0.95
"""Of what is said outright, so much should be right."""
NEWS_KINDS = frozenset({"official_news", "news", "notice"})
_FALSE_ALARMS = 0.05
_ORDINARY, _RUMOUR, _NEWS = 0, 1, 2


class Ranking:
    """Figures of a ranking with a decision, over the inputs that carry a label. `ids` and `sure`: the prediction's field
    of ids, and its decision to say something outright; `said`: what would be, and from which threshold down.
    """

    def __init__(
        self,
        relevant: Sequence[frozenset[str] | None],
        predictions: Sequence[Prediction],
        said: Sequence[Said],
        *,
        ids: str,
        sure: str,
    ) -> None:
        labelled = [
            (right, prediction, one)
            for right, prediction, one in zip(relevant, predictions, said, strict=True)
            if right is not None
        ]
        self.answerable = column(bool(right) for right, _, _ in labelled)
        self.rank = column(_rank(right, prediction[ids]) for right, prediction, _ in labelled)
        self.top = column(max(prediction["scores"], default=0.0) for _, prediction, _ in labelled)
        self.promised = column(next(iter(prediction["scores"]), 0.0) for _, prediction, _ in labelled)
        self.sure = column(prediction["decision"] == sure for _, prediction, _ in labelled)
        self.left = column(prediction["decision"] not in {sure, "choices"} for _, prediction, _ in labelled)
        self.said_at = column(one.at for _, _, one in labelled)
        self.said_right = column(one.id in right for right, _, one in labelled)
        self.shown_right = column(not right.isdisjoint(one.shown) for right, _, one in labelled)

    def figures(self, *, precision: float, thresholds: Mapping[str, float]) -> tuple[Figure, ...]:
        """`thresholds`: those in force, by name; `precision`: the one for which a threshold is looked for."""
        if not len(self.rank):
            return ()
        first, answerable, sure = (self.rank == 1).astype(np.float64), self.answerable, self.sure
        third = (self.rank <= 3).astype(np.float64)  # noqa: PLR2004 - recall@3
        return (
            measure("recall@1", share_where, first, answerable),
            measure("recall@3", share_where, third, answerable),
            measure("MRR", share_where, 1 / self.rank, answerable),
            *in_force(thresholds, len(first)),
            measure("precision of answers given", share_where, first, sure),
            measure("share answered", mean, sure),
            measure("answerable answered right", share_where, first * sure, answerable),
            measure("unanswerable not answered", share_where, 1 - sure, 1 - answerable),
            measure("unanswerable left alone", share_where, self.left, 1 - answerable),
            *self._at_precision(precision),
            *self._trade_offs(first),
            *reliability(self.promised, first),
        )

    def shown(self) -> tuple[Figure, ...]:
        """How many find what they ask for, be it answered or among what is offered."""
        if not len(self.rank):
            return ()
        return (
            measure("answerable answered or offered right", share_where, self.shown_right, self.answerable),
        )

    def _at_precision(self, precision: float) -> tuple[Figure, ...]:
        columns = (self.said_at, self.said_right)
        threshold, share = threshold_at_precision(precision), share_at_precision(precision)
        return (
            measure(
                f"threshold for precision {precision:g}", threshold, *columns, resamples=200, kind=Threshold
            ),
            measure(f"share answered at precision {precision:g}", share, *columns, resamples=200),
        )

    def _trade_offs(self, first: Column) -> tuple[Figure, ...]:
        columns = (self.answerable, self.top, first)
        at_false = [
            measure(f"right at {share:.0%} false", hits_at_false_positives(share), *columns, resamples=200)
            for share in (0.01, 0.05, 0.10)
        ]
        return (
            *at_false,
            measure("recall at precision .90", recall_at_precision(0.9), *columns, resamples=200),
        )


def _rank(right: frozenset[str], ids: Sequence[str]) -> float:
    """The place of the first right id, infinite when none is listed."""
    return next((float(place) for place, one in enumerate(ids, start=1) if one in right), float("inf"))


def in_force(thresholds: Mapping[str, float], count: int) -> tuple[Figure, ...]:
    """The thresholds in force as lines of the table."""
    return tuple(fixed(f"threshold in force: {name}", value, count) for name, value in thresholds.items())


def flag_figures(
    messages: Sequence[LabelledMessage], kinds: Sequence[str], predictions: Sequence[Prediction]
) -> tuple[Figure, ...]:
    """Whether a person should look. `kinds`: what each message is, empty when nobody says; news is no ordinary traffic."""
    judged = [
        (
            _RUMOUR if message.rumour else _NEWS if kind in NEWS_KINDS else _ORDINARY,
            prediction["likelihood"],
            prediction["decision"] != "ordinary",
        )
        for message, kind, prediction in zip(messages, kinds, predictions, strict=True)
        if message.rumour is not None
    ]
    if not judged:
        return ()
    labels, scores, flagged = (column(values) for values in zip(*judged, strict=True))
    rumour, ordinary = (column(labels == kind) for kind in (_RUMOUR, _ORDINARY))
    recall = share_above_false_positives(_FALSE_ALARMS, among=_RUMOUR)
    return (
        measure("flag: PR-AUC", average_precision, rumour, scores, resamples=200),
        measure("flag: recall at 5% false alarms", recall, labels, scores, resamples=200),
        measure("flag: rumours noticed", share_where, flagged, rumour),
        measure("flag: ordinary left alone", share_where, 1 - flagged, ordinary),
        *(_news_figures(labels, scores, flagged) if (labels == _NEWS).any() else ()),
    )


def _news_figures(labels: Column, scores: Column, flagged: Column) -> tuple[Figure, ...]:
    """Official news looks much like a rumour; how much of it is taken for one."""
    among_news = share_above_false_positives(_FALSE_ALARMS, among=_NEWS)
    return (
        measure("flag: news flagged at 5% false alarms", among_news, labels, scores, resamples=200),
        measure("flag: news flagged in force", share_where, flagged, column(labels == _NEWS)),
    )


def routing_figures(
    lines: Sequence[LabelledLine], predictions: Sequence[Prediction], *, thresholds: Mapping[str, float]
) -> tuple[Figure, ...]:
    number = {intent.value: place for place, intent in enumerate(Intent)}
    labelled = [
        (number[line.intent.value], number[prediction["intent"]], prediction["probability"])
        for line, prediction in zip(lines, predictions, strict=True)
        if line.intent is not None
    ]
    if not labelled:
        return ()
    expected, given, probability = (column(values) for values in zip(*labelled, strict=True))
    per_intent = [
        measure(f"recall of {intent.value}", share_where, (given == place) * 1.0, (expected == place) * 1.0)
        for place, intent in enumerate(Intent)
        if (expected == place).any()
    ]
    return (
        *in_force(thresholds, len(expected)),
        measure("macro-F1", macro_f1, expected, given, resamples=200),
        measure("accuracy", mean, (expected == given) * 1.0),
        *per_intent,
        *reliability(probability, (expected == given) * 1.0),
    )


def column(values: Iterable[float]) -> Column:
    """Numbers or truths as an array."""
    return np.asarray(list(values), dtype=np.float64)
