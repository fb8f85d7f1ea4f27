"""What became of a candidate: used, offered or left aside, and what kept it from more. For people to read, never to decide by.

Worked out afterwards from what was decided, so that it can say nothing else than what was done.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from knowledge.article import Scope, Validity

T = TypeVar("T")


class Use(StrEnum):
    """What was done with it. `GIVEN`: its answer was given, its verdict repeated; `OFFERED`: it was asked whether it is meant."""

    GIVEN = "given"
    OFFERED = "offered"
    LEFT = "left"


class Bar(StrEnum):
    """What stood against more, the weightiest first."""

    NOT_YET = "not_yet"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    AREA_UNKNOWN = "area_unknown"
    FARTHER = "farther"
    DIFFERS = "differs"
    OTHER_CASE = "other_case"
    ONLY_NAMED = "only_named"
    NARROWER = "narrower"
    REWORDED = "reworded"
    UNPLACED = "unplaced"
    SLIGHT = "slight"
    DOUBTFUL = "doubtful"
    BEHIND = "behind"
    OUTDONE = "outdone"
    CROWDED = "crowded"
    NO_WORD = "no_word"
    SOUNDS_PLAIN = "sounds_plain"
    UNSURE = "unsure"
    UNLIKELY = "unlikely"
    UNCOMPARED = "uncompared"
    OWN_AFFAIR = "own_affair"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Used(Generic[T]):
    """A candidate with what became of it; `bar`: None where nothing stood against it."""

    candidate: T
    use: Use
    bar: Bar | None = None


def barred_there_and_then(
    validity: Validity, scope: Scope, *, area_path: tuple[str, ...], day: date
) -> Bar | None:
    """Whether it does not hold that day, or not there."""
    if not validity.holds_on(day):
        return Bar.OVER if validity.valid_to and validity.valid_to < day else Bar.NOT_YET
    if not scope.covers(area_path):
        return Bar.ELSEWHERE if area_path else Bar.AREA_UNKNOWN
    return None
