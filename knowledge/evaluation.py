"""What `dingxin evaluate` measures: predictions for labelled or unlabelled files, and figures where there are labels.

No database, no network. Predictions have the fields of interfaces section 4 and the order of the inputs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from knowledge.answering import Answer, Answering, Choices, Unknown, find_answer
from knowledge.figures import (
    Column,
    Figure,
    average_precision,
    hits_at_false_positives,
    macro_f1,
    mean,
    measure,
    recall_at_precision,
    render_table,
    share_where,
)
from knowledge.jsonl import read_articles_jsonl, read_claims_jsonl
from knowledge.labelled import LabelledLine, LabelledMessage, read_lines, read_messages, read_questions
from knowledge.library import Library
from knowledge.routing import Intent
from knowledge.rumours import Known, Ordinary, RumourCheck, Suspected, check_rumour
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.understanding import understand

Prediction = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`predictions`: one for each input, in order. `figures`: empty of labels, only the times."""

    figures: tuple[Figure, ...]
    predictions: tuple[Prediction, ...]


def evaluate_answers(
    articles_path: Path,
    queries_path: Path,
    *,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
) -> Evaluation:
    """Each query answered as on `day` (a date in Asia/Shanghai) for a resident of `area_path`."""
    queries = read_questions(queries_path)
    library = Library.build(articles=read_articles_jsonl(articles_path))

    def predict(text: str) -> Prediction:
        answering = find_answer(text, library=library, area_path=area_path, day=day, thresholds=thresholds)
        return _answer_prediction(text, answering)

    predictions, seconds = _timed(predict, [query.text for query in queries])
    ranking = _Ranking([query.relevant for query in queries], predictions, ids="ids", sure="answer")
    return Evaluation((*ranking.figures(), *_times(seconds)), predictions)


def evaluate_rumours(
    claims_path: Path,
    messages_path: Path,
    *,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
) -> Evaluation:
    """Each message checked as on `day` (a date in Asia/Shanghai) for a resident of `area_path`."""
    messages = read_messages(messages_path)
    library = Library.build(claims=read_claims_jsonl(claims_path))

    def predict(text: str) -> Prediction:
        check = check_rumour(text, library=library, area_path=area_path, day=day, thresholds=thresholds)
        return _rumour_prediction(text, check)

    predictions, seconds = _timed(predict, [message.text for message in messages])
    ranking = _Ranking([message.claims for message in messages], predictions, ids="claim_ids", sure="known")
    return Evaluation(
        (*ranking.figures(), *_flag_figures(messages, predictions), *_times(seconds)), predictions
    )


def evaluate_routing(
    messages_path: Path, *, library: Library, day: date, thresholds: Thresholds = DEFAULTS
) -> Evaluation:
    """Each message routed with what `library` knows; an empty library shows what wording alone gives."""
    lines = read_lines(messages_path)

    def predict(text: str) -> Prediction:
        routing = understand(text, library=library, area_path=(), day=day, thresholds=thresholds).routing
        return {"text": text, "intent": routing.intent.value, "probability": routing.probability}

    predictions, seconds = _timed(predict, [line.text for line in lines])
    return Evaluation((*_routing_figures(lines, predictions), *_times(seconds)), predictions)


def _timed(
    predict: Callable[[str], Prediction], texts: Sequence[str]
) -> tuple[tuple[Prediction, ...], Column]:
    predictions, seconds = [], []
    for text in texts:
        started = perf_counter()
        predictions.append(predict(text))
        seconds.append(perf_counter() - started)
    return tuple(predictions), np.asarray(seconds)


def _times(seconds: Column) -> tuple[Figure, ...]:
    milliseconds = seconds * 1000
    return (
        measure(
            "time per message, median (ms)",
            lambda column: float(np.median(column)),
            milliseconds,
            resamples=200,
        ),
        measure(
            "time per message, p99 (ms)",
            lambda column: float(np.percentile(column, 99)),
            milliseconds,
            resamples=200,
        ),
    )


def _answer_prediction(text: str, answering: Answering) -> Prediction:
    decisions: dict[type[Answering], str] = {Answer: "answer", Choices: "choices", Unknown: "unknown"}
    return {
        "text": text,
        "decision": decisions[type(answering)],
        "ids": [candidate.article.id for candidate in answering.candidates],
        "scores": [round(candidate.score, 5) for candidate in answering.candidates],
    }


def _rumour_prediction(text: str, check: RumourCheck) -> Prediction:
    decisions: dict[type[RumourCheck], str] = {Known: "known", Suspected: "suspected", Ordinary: "ordinary"}
    return {
        "text": text,
        "decision": decisions[type(check)],
        "claim_ids": [match.claim.id for match in check.matches],
        "scores": [round(match.score, 5) for match in check.matches],
        "likelihood": round(check.likelihood, 5),
        "reasons": list(check.reasons),
    }


class _Ranking:
    """Figures of a ranking with a decision, over the inputs that carry a label."""

    def __init__(
        self,
        relevant: Sequence[frozenset[str] | None],
        predictions: Sequence[Prediction],
        *,
        ids: str,
        sure: str,
    ) -> None:
        labelled = [
            (right, prediction)
            for right, prediction in zip(relevant, predictions, strict=True)
            if right is not None
        ]
        ranks = [_rank(right, prediction[ids]) for right, prediction in labelled]
        self.answerable = _column(bool(right) for right, _ in labelled)
        self.rank = np.asarray(ranks, dtype=np.float64)
        self.top = np.asarray([max(prediction["scores"], default=0.0) for _, prediction in labelled])
        self.sure = _column(prediction["decision"] == sure for _, prediction in labelled)
        self.left = _column(prediction["decision"] not in {sure, "choices"} for _, prediction in labelled)

    def figures(self) -> tuple[Figure, ...]:
        if not len(self.rank):
            return ()
        first, answerable, sure = (self.rank == 1).astype(np.float64), self.answerable, self.sure
        third = (self.rank <= 3).astype(np.float64)  # noqa: PLR2004 - recall@3
        return (
            measure("recall@1", share_where, first, answerable),
            measure("recall@3", share_where, third, answerable),
            measure("MRR", share_where, 1 / self.rank, answerable),
            measure("precision of answers given", share_where, first, sure),
            measure("share answered", mean, sure),
            measure("answerable answered right", share_where, first * sure, answerable),
            measure("unanswerable not answered", share_where, 1 - sure, 1 - answerable),
            measure("unanswerable left alone", share_where, self.left, 1 - answerable),
            *self._trade_offs(first),
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


def _flag_figures(
    messages: Sequence[LabelledMessage], predictions: Sequence[Prediction]
) -> tuple[Figure, ...]:
    judged = [
        (message.rumour, prediction["likelihood"], prediction["decision"] != "ordinary")
        for message, prediction in zip(messages, predictions, strict=True)
        if message.rumour is not None
    ]
    if not judged:
        return ()
    labels, scores, flagged = (_column(values) for values in zip(*judged, strict=True))
    return (
        measure("flag: PR-AUC", average_precision, labels, scores, resamples=200),
        measure(
            "flag: recall at 5% false",
            hits_at_false_positives(0.05),
            labels,
            scores,
            np.ones(len(labels)),
            resamples=200,
        ),
        measure("flag: rumours noticed", share_where, flagged, labels),
        measure("flag: ordinary left alone", share_where, 1 - flagged, 1 - labels),
    )


def _routing_figures(lines: Sequence[LabelledLine], predictions: Sequence[Prediction]) -> tuple[Figure, ...]:
    number = {intent.value: place for place, intent in enumerate(Intent)}
    labelled = [
        (number[line.intent.value], number[prediction["intent"]])
        for line, prediction in zip(lines, predictions, strict=True)
        if line.intent is not None
    ]
    if not labelled:
        return ()
    expected, given = (_column(values) for values in zip(*labelled, strict=True))
    per_intent = [
        measure(f"recall of {intent.value}", share_where, (given == place) * 1.0, (expected == place) * 1.0)
        for place, intent in enumerate(Intent)
        if (expected == place).any()
    ]
    return (
        measure("macro-F1", macro_f1, expected, given, resamples=200),
        measure("accuracy", mean, (expected == given) * 1.0),
        *per_intent,
    )


def _column(values: Iterable[float]) -> Column:
    return np.asarray(list(values), dtype=np.float64)


__all__ = ["Evaluation", "evaluate_answers", "evaluate_routing", "evaluate_rumours", "render_table"]
