"""What a household's answer can say, and what can be doubtful about it."""

from dataclasses import dataclass
from enum import StrEnum

LARGEST_HOUSEHOLD = 30
"""People. Above this a typing slip is likelier than a household, so we ask (our own limit; undivided families reach 20)."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """Household totals in people. None means not said; a figure that arithmetic makes certain is filled in."""

    total: int | None = None
    present: int | None = None
    away: int | None = None
    children: int | None = None
    elderly: int | None = None


class ReadingKind(StrEnum):
    COUNT = "count"
    CONFLICT = "conflict"
    OTHER = "other"


class Doubt(StrEnum):
    """Why a person must be asked, or why an answer only counts when we had asked. Residents' wording lives elsewhere."""

    FIGURES_CLASH = "figures_clash"
    VAGUE = "vague"
    TOO_MANY = "too_many"
    GUESTS = "guests"
    UNLABELLED = "unlabelled"
    NOTHING_SAID = "nothing_said"
    UNANCHORED = "unanchored"
    SEVERAL_HOUSEHOLDS = "several_households"
    ONE_FEWER = "one_fewer"


@dataclass(frozen=True, slots=True)
class Reading:
    """`headcount` is there for COUNT only.

    A COUNT may carry UNANCHORED (nothing but a number, or where one's child is: believe it only while our question is open) or NOTHING_SAID
    (who is home or away is clear, but not how many belong to the household). A CONFLICT carries the doubts to ask about.
    """

    kind: ReadingKind
    headcount: Headcount | None = None
    doubts: tuple[Doubt, ...] = ()
