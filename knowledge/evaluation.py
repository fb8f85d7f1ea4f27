"""What `dingxin evaluate` measures: predictions for labelled or unlabelled files, and figures where there are labels.

No database, no network. Predictions have the fields of interfaces section 4 and the order of the inputs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import numpy as np

from knowledge.answering import Answer, find_answer
from knowledge.figures import Column, Figure, measure, render_table
from knowledge.jsonl import read_articles_jsonl, read_claims_jsonl, read_objects
from knowledge.labelled import (
    NO_STRANGERS,
    LabelledMessage,
    LabelledQuestion,
    Strangers,
    read_lines,
    read_messages,
    read_questions,
    strangers,
)
from knowledge.library import Library
from knowledge.models import Models
from knowledge.prediction import Prediction, Said, answer_prediction, rumour_prediction, said, shown
from knowledge.rumours import Known, check_rumour
from knowledge.scoring import PRECISION, Ranking, flag_figures, routing_figures
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.understanding import understand

__all__ = [
    "Asked",
    "Evaluation",
    "Prediction",
    "answer_figures",
    "ask_articles",
    "ask_claims",
    "evaluate_answers",
    "evaluate_routing",
    "evaluate_rumours",
    "message_kinds",
    "render_table",
    "rumour_figures",
    "timed",
    "times",
]

Found = TypeVar("Found")
Watch = Callable[[Sequence[Any]], Iterable[Any]]
LOWEST = 1e-9
"""A threshold that everything passes but what nothing speaks for."""
_HOPELESS = 0.05
"""Of candidates less probable than this nobody asks at which threshold they would be taken."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`predictions`: one for each input, in order. `figures`: empty of labels, only the times. `strangers`: what labels name
    and the list has not, which counts as not found.
    """

    figures: tuple[Figure, ...]
    predictions: tuple[Prediction, ...]
    strangers: Strangers = NO_STRANGERS


@dataclass(frozen=True, slots=True)
class Asked:
    """One of each for each input, in order. `said`: what would be said outright and from which threshold down; nothing
    where nobody has labelled what is right; `seconds` it took.
    """

    predictions: tuple[Prediction, ...]
    said: tuple[Said, ...]
    seconds: Column

    def and_then(self, other: "Asked") -> "Asked":
        """Both, one after the other."""
        return Asked(
            self.predictions + other.predictions,
            self.said + other.said,
            np.concatenate((self.seconds, other.seconds)),
        )


def evaluate_answers(
    articles_path: Path,
    queries_path: Path,
    *,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
    precision: float = PRECISION,
    places: Iterable[str] = (),
    models: Models | None = None,
    watched: Watch = iter,
) -> Evaluation:
    """Each query answered as on `day` (a date in Asia/Shanghai) for a resident of `area_path`. `precision`: the share of
    right answers for which a threshold is looked for. `places`: names of the area tree; another
    place is a difference in meaning. `models`: those to measure; by default those that come with the program.
    `watched`: goes through what is asked and may show how far it got.
    """
    queries = read_questions(queries_path)
    library = Library.build(articles=read_articles_jsonl(articles_path), places=places, models=models)
    asked = ask_articles(
        queries, library=library, day=day, area_path=area_path, thresholds=thresholds, watched=watched
    )
    figures = answer_figures(queries, asked, thresholds=thresholds, precision=precision)
    unknown = strangers((query.relevant for query in queries), library.articles)
    return Evaluation(figures, asked.predictions, unknown)


def evaluate_rumours(
    claims_path: Path,
    messages_path: Path,
    *,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
    precision: float = PRECISION,
    places: Iterable[str] = (),
    models: Models | None = None,
    watched: Watch = iter,
) -> Evaluation:
    """Each message checked as on `day` (a date in Asia/Shanghai) for a resident of `area_path`; the rest as
    above.
    """
    messages = read_messages(messages_path)
    library = Library.build(claims=read_claims_jsonl(claims_path), places=places, models=models)
    asked = ask_claims(
        messages, library=library, day=day, area_path=area_path, thresholds=thresholds, watched=watched
    )
    kinds = message_kinds(messages_path)
    figures = rumour_figures(messages, kinds, asked, thresholds=thresholds, precision=precision)
    unknown = strangers((message.claims for message in messages), library.claims)
    return Evaluation(figures, asked.predictions, unknown)


def evaluate_routing(
    messages_path: Path,
    *,
    library: Library,
    day: date,
    thresholds: Thresholds = DEFAULTS,
    watched: Watch = iter,
) -> Evaluation:
    """Each message routed with what `library` knows; an empty library shows what wording alone gives."""
    lines = read_lines(messages_path)
    understood, seconds = timed(
        partial(understand, library=library, area_path=(), day=day, thresholds=thresholds),
        [line.text for line in lines],
        watched=watched,
    )
    predictions = tuple(
        {"text": line.text, "intent": one.routing.intent.value, "probability": one.routing.probability}
        for line, one in zip(lines, understood, strict=True)
    )
    in_force = {**_of_answers(thresholds), **_of_rumours(thresholds)}
    figures = routing_figures(lines, predictions, thresholds=in_force)
    return Evaluation((*figures, *times(seconds)), predictions)


def ask_articles(
    queries: Sequence[LabelledQuestion],
    *,
    library: Library,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
    watched: Watch = iter,
) -> Asked:
    find = partial(find_answer, library=library, area_path=area_path, day=day)
    return _ask(
        [(query.text, query.relevant is not None) for query in queries],
        partial(find, thresholds=thresholds),
        boldly=partial(find, thresholds=replace(thresholds, answer=LOWEST)),
        predict=answer_prediction,
        watched=watched,
    )


def ask_claims(
    messages: Sequence[LabelledMessage],
    *,
    library: Library,
    day: date,
    area_path: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
    watched: Watch = iter,
) -> Asked:
    """A plain question keeps its own threshold."""
    check = partial(check_rumour, library=library, area_path=area_path, day=day)
    return _ask(
        [(message.text, message.claims is not None) for message in messages],
        partial(check, thresholds=thresholds),
        boldly=partial(check, thresholds=replace(thresholds, known=LOWEST)),
        predict=rumour_prediction,
        watched=watched,
    )


def _ask(
    labelled: Sequence[tuple[str, bool]],
    ask: Callable[[str], Found],
    *,
    boldly: Callable[[str], Found],
    predict: Callable[[str, Found], Prediction],
    watched: Watch,
) -> Asked:
    """`labelled`: texts, and whether somebody has said what is right; `boldly`: asks and takes whatever may be said at all."""
    found, seconds = timed(ask, [text for text, _ in labelled], watched=watched)
    predictions = tuple(predict(text, one) for (text, _), one in zip(labelled, found, strict=True))
    outright = []
    for (text, is_labelled), one, prediction in watched(list(zip(labelled, found, predictions, strict=True))):
        hopeful = is_labelled and max(prediction["scores"], default=0.0) >= _HOPELESS
        bold = boldly(text) if hopeful and not isinstance(one, Answer | Known) else one
        outright.append(replace(said(bold), shown=shown(one)) if is_labelled else Said())
    return Asked(predictions, tuple(outright), seconds)


def answer_figures(
    queries: Sequence[LabelledQuestion],
    asked: Asked,
    *,
    thresholds: Thresholds = DEFAULTS,
    precision: float = PRECISION,
) -> tuple[Figure, ...]:
    relevant = [query.relevant for query in queries]
    ranking = Ranking(relevant, asked.predictions, asked.said, ids="ids", sure="answer")
    figures = ranking.figures(precision=precision, thresholds=_of_answers(thresholds))
    return (*figures, *ranking.shown(), *times(asked.seconds))


def rumour_figures(
    messages: Sequence[LabelledMessage],
    kinds: Sequence[str],
    asked: Asked,
    *,
    thresholds: Thresholds = DEFAULTS,
    precision: float = PRECISION,
) -> tuple[Figure, ...]:
    claims = [message.claims for message in messages]
    ranking = Ranking(claims, asked.predictions, asked.said, ids="claim_ids", sure="known")
    figures = ranking.figures(precision=precision, thresholds=_of_rumours(thresholds))
    return (*figures, *flag_figures(messages, kinds, asked.predictions), *times(asked.seconds))


def message_kinds(path: Path) -> tuple[str, ...]:
    """What each message of a file is, where it says so ("kind"); of a file that was read without a fault."""
    return tuple(str(values.get("kind") or "") for _, values in read_objects(path, faults=[]))


def _of_answers(thresholds: Thresholds) -> Mapping[str, float]:
    return {"answer": thresholds.answer, "choice": thresholds.choice}


def _of_rumours(thresholds: Thresholds) -> Mapping[str, float]:
    return {
        "known": thresholds.known,
        "known, plain question": thresholds.known_asked,
        "suspected": thresholds.suspected,
    }


def timed(
    predict: Callable[[str], Found], texts: Sequence[str], *, watched: Watch = iter
) -> tuple[tuple[Found, ...], Column]:
    """What `predict` says of each text, and the seconds each took."""
    found, seconds = [], []
    for text in watched(texts):
        started = perf_counter()
        found.append(predict(text))
        seconds.append(perf_counter() - started)
    return tuple(found), np.asarray(seconds)


def times(seconds: Column) -> tuple[Figure, ...]:
    """Median and p99 in milliseconds."""
    milliseconds = seconds * 1000

    def share(of: int) -> Callable[[Column], float]:
        return lambda column: float(np.percentile(column, of))

    return (
        measure("time per message, median (ms)", share(50), milliseconds, resamples=200),
        measure("time per message, p99 (ms)", share(99), milliseconds, resamples=200),
    )
