"""What versions of the models are compared by: figures on what none of them was trained on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.learning.held_back import is_held_back
from bot.learning.material import Material
from bot.learning.own_list import AskedList, first_candidates
from knowledge.figures import average_precision, macro_f1
from knowledge.fitting import Rows
from knowledge.judge import Judge
from knowledge.labelled import LabelledLine, LabelledMessage
from knowledge.models import OPEN_INTENTS, RUMOUR, Models
from knowledge.text import Segmenter
from knowledge.text_model import TextModel
from knowledge.thresholds import Thresholds


class Measure(StrEnum):
    """The two of judges are the mean surprise at what was right: lower is better. `margin`: how much worse a figure of a
    candidate may be. More for the routing: a rare intent has four lines among those held back, and one of them is worth 0.03.
    """

    FLAG = "flag: PR-AUC"
    ROUTING = "routing: macro-F1"
    ANSWERS = "answers: log loss"
    CLAIMS = "claims: log loss"

    @property
    def lower_is_better(self) -> bool:
        return self in {Measure.ANSWERS, Measure.CLAIMS}

    @property
    def margin(self) -> float:
        return 0.03 if self is Measure.ROUTING else 0.01

    def loss(self, before: float, after: float) -> float:
        """How much worse `after` is; negative when it is better."""
        return after - before if self.lower_is_better else before - after


Figures = Mapping[Measure, float]


@dataclass(frozen=True, slots=True)
class Examination:
    """Messages and lines held back, and the list's own queries; None where the list has too few."""

    messages: tuple[LabelledMessage, ...]
    lines: tuple[LabelledLine, ...]
    answers: AskedList | None = None
    claims: AskedList | None = None

    @classmethod
    def of(
        cls, material: Material, *, answers: AskedList | None = None, claims: AskedList | None = None
    ) -> "Examination":
        """The held-back fifth of the lessons, without what trains the models as published text."""
        lessons = material.lessons.where(lambda text: is_held_back(text) and text not in material.published)
        messages = {one.text: one for one in (*lessons.reports, *lessons.messages)}
        return cls(tuple(messages.values()), lessons.lines, answers, claims)

    def figures(self, models: Models, *, segmenter: Segmenter) -> dict[Measure, float]:
        """What `models` reach; only figures there is something to measure with."""
        found = {
            Measure.FLAG: _precision_of(models.flag, self.messages, segmenter),
            Measure.ROUTING: _f1_of(models.routing, self.lines, segmenter),
        }
        if self.answers:
            found[Measure.ANSWERS] = log_loss(models.answers, self.answers.held_back)
        if self.claims:
            found[Measure.CLAIMS] = log_loss(models.claims, self.claims.held_back)
        return {measure: value for measure, value in found.items() if not np.isnan(value)}

    def outright(self, models: Models, thresholds: Thresholds) -> dict[str, float]:
        """The shares of the list's own queries whose likeliest candidate reaches the threshold, by what they are called. No
        measure: a list may well make its judge more careful, but whoever trains must see by how much.
        """
        asked = (
            ("questions", thresholds.answer, models.answers, self.answers),
            ("claims", thresholds.known, models.claims, self.claims),
        )
        return {
            f"{name}: share at {threshold:g} or above": share_from(threshold, judge, own.held_back)
            for name, threshold, judge, own in asked
            if own
        }


def drops(before: Figures, after: Figures) -> tuple[Measure, ...]:
    """The figures that are worse by more than their margin."""
    both = before.keys() & after.keys()
    return tuple(one for one in Measure if one in both and one.loss(before[one], after[one]) > one.margin)


def log_loss(judge: Judge, rows: Rows) -> float:
    """The mean surprise of the judge at whether the likeliest candidate of each query was right."""
    log_odds, right = first_candidates(judge, rows)
    towards = np.where(right, log_odds, -log_odds)
    return float(np.logaddexp(0.0, -towards).mean()) if len(right) else float("nan")


def share_from(threshold: float, judge: Judge, rows: Rows) -> float:
    """How many queries have a candidate of this probability or more."""
    log_odds, _ = first_candidates(judge, rows)
    probable = 1 / (1 + np.exp(-log_odds)) >= threshold
    return float(probable.mean()) if len(probable) else float("nan")


def _precision_of(flag: TextModel, messages: tuple[LabelledMessage, ...], segmenter: Segmenter) -> float:
    labelled = [one for one in messages if one.rumour is not None]
    labels = np.asarray([bool(one.rumour) for one in labelled], dtype=np.float64)
    scores = np.asarray([flag.probabilities(one.text, segmenter=segmenter)[RUMOUR] for one in labelled])
    return average_precision(labels, scores)


def _f1_of(routing: TextModel, lines: tuple[LabelledLine, ...], segmenter: Segmenter) -> float:
    open_ones = [one for one in lines if one.intent in OPEN_INTENTS]
    chances = [routing.probabilities(one.text, segmenter=segmenter) for one in open_ones]
    given = [OPEN_INTENTS.index(max(one, key=one.__getitem__)) for one in chances]
    expected = [OPEN_INTENTS.index(str(one.intent)) for one in open_ones]
    return macro_f1(np.asarray(expected, dtype=np.float64), np.asarray(given, dtype=np.float64))
