"""Which intent a message has: wording rules first, then what retrieval found, then a small classifier where unsure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.answering import Answer, Answering
from knowledge.crisis import is_crisis
from knowledge.cues import load_cues
from knowledge.library import Library
from knowledge.numerals import to_digits
from knowledge.rumours import Known, RumourCheck, Suspected
from knowledge.text import normalise
from knowledge.vocabulary import read_lexicon


class Intent(StrEnum):
    QUESTION = "question"
    RUMOUR = "rumour"
    HEADCOUNT = "headcount"
    LETTER = "letter"
    CUSTOMS = "customs"
    COMMAND = "command"
    CRISIS = "crisis"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Routing:
    """`probability`: calibrated, 0..1. `reasons`: short phrases for staff."""

    intent: Intent
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingRule:
    intent: Intent
    reason: str
    probability: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None

    def holds(self, normal: str) -> bool:
        taken_back = self.unless is not None and self.unless.search(normal)
        return bool(self.pattern.search(normal)) and not taken_back


@dataclass(frozen=True, slots=True)
class IntentWords:
    rules: tuple[WordingRule, ...]
    own_ceremony: Routing
    retrieval: Mapping[str, str]
    classifier: Mapping[str, str]


@lru_cache(maxsize=1)
def load_intent_words() -> IntentWords:
    table = tomllib.loads(read_lexicon("intents.toml"))
    own = table["own_ceremony"]
    return IntentWords(
        rules=tuple(_rule(entry) for entry in table["intent"]),
        own_ceremony=Routing(Intent.CUSTOMS, own["probability"], (own["reason"],)),
        retrieval=table["retrieval"],
        classifier=table["classifier"],
    )


def _rule(entry: Mapping[str, Any]) -> WordingRule:
    unless = re.compile(entry["unless"]) if "unless" in entry else None
    return WordingRule(
        Intent(entry["name"]), entry["reason"], entry["probability"], re.compile(entry["pattern"]), unless
    )


CLASSES = (Intent.QUESTION, Intent.RUMOUR, Intent.CHAT)
_CRISIS_PROBABILITY = 0.95
_PASSED_ON = frozenset({"hearsay", "asks_truth", "forward_plea"})


def route(message: str, *, library: Library, answering: Answering, rumour_check: RumourCheck) -> Routing:
    """The intent of `message`, given what the two searches made of it. A crisis always comes first."""
    normal = normalise(message)
    crisis = is_crisis(normal)
    if crisis:
        return Routing(Intent.CRISIS, _CRISIS_PROBABILITY, (crisis.value,))
    return (
        _by_wording(normal)
        or _by_retrieval(normal, answering, rumour_check)
        or _by_classifier(normal, library=library, answering=answering, rumour_check=rumour_check)
    )


def _by_wording(normal: str) -> Routing | None:
    words = load_intent_words()
    in_digits = to_digits(normal)
    rule = next((rule for rule in words.rules if rule.holds(in_digits)), None)
    if rule:
        return Routing(rule.intent, rule.probability, (rule.reason,))
    cues = load_cues().found_in(normal)
    return words.own_ceremony if "own_ceremony" in cues and cues.isdisjoint(_PASSED_ON) else None


def _by_retrieval(normal: str, answering: Answering, rumour_check: RumourCheck) -> Routing | None:
    says = load_intent_words().retrieval
    answer = answering.best if isinstance(answering, Answer) else None
    if isinstance(rumour_check, Known) and (answer is None or rumour_check.best.score >= answer.score):
        return Routing(Intent.RUMOUR, rumour_check.best.score, (says["claim"], rumour_check.best.claim.id))
    if isinstance(rumour_check, Suspected) and "asks_truth" in load_cues().found_in(normal):
        return Routing(Intent.RUMOUR, rumour_check.likelihood, (says["doubt"], *rumour_check.reasons))
    if answer:
        return Routing(Intent.QUESTION, answer.score, (says["article"], answer.article.id))
    return None


def routing_features(
    normal: str, *, library: Library, answering: Answering, rumour_check: RumourCheck
) -> NDArray[np.float64]:
    """The numbers of `models.routing_feature_names`: cues, what retrieval found, and the form of the message."""
    sheet = load_cues()
    cues = sheet.found_in(normal)
    segmenter = library.profiler.segmenter
    asks = segmenter.vocabulary.question_types(segmenter.canonical(normal))
    return np.asarray(
        [
            *(float(name in cues) for name in sheet.names),
            answering.candidates[0].score if answering.candidates else 0.0,
            rumour_check.matches[0].score if rumour_check.matches else 0.0,
            rumour_check.likelihood,
            float("?" in normal),
            min(log(1 + len(normal)), log(200)) / 4,
            float(bool(asks)),
        ]
    )


def _by_classifier(
    normal: str, *, library: Library, answering: Answering, rumour_check: RumourCheck
) -> Routing:
    """One logistic model an intent, scaled to a sum of 1; a rumour only if the rumour desk suspects one."""
    row = routing_features(normal, library=library, answering=answering, rumour_check=rumour_check)
    chances = {
        intent: float(library.models.routing[intent.value].probabilities(row[np.newaxis])[0])
        for intent in CLASSES
        if intent is not Intent.RUMOUR or isinstance(rumour_check, Known | Suspected)
    }
    total = sum(chances.values()) or 1.0
    best = max(chances, key=lambda intent: chances[intent])
    return Routing(best, chances[best] / total, (load_intent_words().classifier[best.value],))
