"""One line of an evaluation's predictions: what would be decided of a text, and every candidate with its probability.

What is answered stands first, whatever came closest by its wording alone: an article that is over, or for another area, is
a candidate, but it is not what the resident gets, so it must not be what the answer is counted by. Where nothing is said
outright the ranking stands as it is, for it is measured apart from the decision: of our own questions, which do not say
where somebody lives, 0.7 % more have the right article first than if only what may be offered there came first.
"""

from dataclasses import dataclass
from typing import Any

from knowledge.answering import Answer, Answering, Choices, Unknown
from knowledge.fit import Candidate
from knowledge.rumours import Known, Ordinary, RumourCheck, Suspected

Prediction = dict[str, Any]

LISTED = 10


@dataclass(frozen=True, slots=True)
class Said:
    """What would be said outright from some threshold down: its id, and the threshold; nothing at 0. `shown`: the articles that whoever
    asks is answered by, or offered, at the thresholds in force.
    """

    id: str = ""
    at: float = 0.0
    shown: frozenset[str] = frozenset()


def said(found: object) -> Said:
    """What `found` says outright."""
    if isinstance(found, Answer):
        return Said(found.best.article.id, found.best.score)
    return Said(found.best.claim.id, found.best.score) if isinstance(found, Known) else Said()


def shown(found: object) -> frozenset[str]:
    """The articles that `found` puts before a resident."""
    offered = found.offered if isinstance(found, Answer | Choices) else ()
    return frozenset(candidate.article.id for candidate in offered)


def answer_prediction(text: str, answering: Answering) -> Prediction:
    decisions: dict[type[Answering], str] = {Answer: "answer", Choices: "choices", Unknown: "unknown"}
    listed = _best_first(answering) if isinstance(answering, Answer) else answering.candidates
    return {
        "text": text,
        "decision": decisions[type(answering)],
        "ids": [candidate.article.id for candidate in listed],
        "scores": [round(candidate.score, 5) for candidate in listed],
    }


def rumour_prediction(text: str, check: RumourCheck) -> Prediction:
    """The verdict that is repeated is that on the first of the matches."""
    decisions: dict[type[RumourCheck], str] = {Known: "known", Suspected: "suspected", Ordinary: "ordinary"}
    return {
        "text": text,
        "decision": decisions[type(check)],
        "claim_ids": [match.claim.id for match in check.matches],
        "scores": [round(match.score, 5) for match in check.matches],
        "likelihood": round(check.likelihood, 5),
        "reasons": list(check.reasons),
    }


def _best_first(answer: Answer) -> tuple[Candidate, ...]:
    others = (one for one in answer.candidates if one.article.id != answer.best.article.id)
    return (answer.best, *others)[:LISTED]
