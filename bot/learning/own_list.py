"""The list in use, asked its own wordings: what the judges are calibrated on, for a threshold means another thing on
another list.

A share of the phrasings is taken away and asked (its article is right), and a few things are taken away and asked (nothing
is right, though the topic is there). What comes with the program is not asked: the packaged judges learnt on it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.learning.held_back import is_held_back
from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.fitting import Rows, calibrate, together
from knowledge.judge import Judge
from knowledge.training import Case

K = TypeVar("K", bound=Article | Claim)
Ask = Callable[[Iterable[K], Iterable[Case]], Rows]

PASSES = 5
ENOUGH_QUERIES = 200
ENOUGH_THINGS = 20
MOST_PHRASINGS = 500
MOST_TAKEN_AWAY = 250
"""More would take minutes and change two numbers by little."""

STRETCH = (0.5, 1.25)
SHIFT = (-2.0, 0.25)
"""How far a list may move its judge. An office's phrasings resemble each other more than residents' words resemble them,
so a list makes a judge look surer than it is: it may grow much more careful, but only a little bolder. What the packaged
judge holds for less than 0.73 is never repeated at the usual thresholds (0.82), whatever the list says (house rule 3).
"""


@dataclass(frozen=True, slots=True)
class AskedList:
    """Candidates of the queries to calibrate on, and of those held back to measure with."""

    taught: Rows
    held_back: Rows


def ask_own_list(items: Sequence[K], *, ask: Ask[K], packaged: frozenset[str]) -> AskedList | None:
    """None when the list has too few wordings of its own to say anything."""
    quiz: _Quiz[K] = _Quiz(items, packaged)
    if len(items) < ENOUGH_THINGS or len(quiz.phrasings) < ENOUGH_QUERIES:
        return None
    parts, held = [], []
    for number in range(PASSES):
        left, cases = quiz.without(number)
        rows = ask(left, cases)
        parts.append(rows)
        held.append(np.asarray([is_held_back(case.text) for case in cases])[rows.case])
    rows, kept = together(parts), np.concatenate(held)
    return AskedList(rows.where(~kept), rows.where(kept)) if kept.any() and not kept.all() else None


class _Quiz(Generic[K]):
    """Chooses what is taken away in each pass: by hash, so that the same list is asked the same."""

    def __init__(self, items: Sequence[K], packaged: frozenset[str]) -> None:
        self._items: Sequence[K] = items
        self.phrasings = _mixed({text for one in items for text in one.phrasings} - packaged)
        self._questions = _mixed({one.texts[0] for one in items} - packaged)
        self._right = _right_ids(items)

    def without(self, number: int) -> tuple[list[K], list[Case]]:
        """What is left of the list, and what is asked of it."""
        held = frozenset(self.phrasings[number::PASSES][: MOST_PHRASINGS // PASSES])
        gone = frozenset(self._questions[number::PASSES][: MOST_TAKEN_AWAY // PASSES])
        left = [_without(one, held) for one in self._items if one.texts[0] not in gone]
        return left, self._cases((*sorted(held), *sorted(gone)), frozenset(one.id for one in left))

    def _cases(self, texts: Iterable[str], there: frozenset[str]) -> list[Case]:
        return [Case(text, self._right[text] & there) for text in texts]


def _right_ids(items: Iterable[K]) -> Mapping[str, frozenset[str]]:
    """By each wording the things that have it, and those that ask the same (one question, a rule for each county)."""
    twins: defaultdict[str, set[str]] = defaultdict(set)
    mains: defaultdict[str, set[str]] = defaultdict(set)
    for one in items:
        twins[one.texts[0]].add(one.id)
        for text in one.texts:
            mains[text].add(one.texts[0])
    return {text: frozenset(owner for main in of for owner in twins[main]) for text, of in mains.items()}


def _without(item: K, held: frozenset[str]) -> K:
    return replace(item, phrasings=tuple(text for text in item.phrasings if text not in held))


def _mixed(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: sha256(text.encode()).digest())


def calibrated_on(judge: Judge, rows: Rows) -> Judge:
    """The judge with probabilities that hold on this list, as far as a list may move them."""
    log_odds, right = first_candidates(judge, rows)
    if right.all() or not right.any():
        return judge
    stretch, shift = calibrate(log_odds, right)
    return judge.recalibrated(float(np.clip(stretch, *STRETCH)), float(np.clip(shift, *SHIFT)))


def first_candidates(judge: Judge, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The log-odds that the judge gives the likeliest candidate of each query, a difference in meaning counted in, and
    whether it is right: that one is answered with, or not.
    """
    log_odds = judge.log_odds(rows.seen_by(judge)) - judge.veto_cost * rows.differs
    order = np.lexsort((-log_odds, rows.case))
    first = order[np.flatnonzero(np.diff(rows.case[order], prepend=-1))]
    return log_odds[first], rows.labels[first]
