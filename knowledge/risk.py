"""How urgent a claim is: harm × spread, with a clock for each level. The criteria are fixed in advance and shown.

The matrix follows CDAC's and UNICEF's practice of consequence by likelihood; the clocks are the bureau's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Harm(StrEnum):
    """What it does if believed."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"


class Spread(StrEnum):
    """How far it has come, as reports tell."""

    ONE = "one"
    SEVERAL = "several"
    WIDE = "wide"


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


CLOCKS = {
    Risk.CRITICAL: timedelta(hours=1),
    Risk.HIGH: timedelta(hours=4),
    Risk.MEDIUM: timedelta(hours=24),
    Risk.LOW: timedelta(days=3),
}
# Of a claim of which nobody has said yet what harm it does.
UNASSESSED = CLOCKS[Risk.MEDIUM]
MATRIX = {
    (Harm.MINOR, Spread.ONE): Risk.LOW,
    (Harm.MINOR, Spread.SEVERAL): Risk.LOW,
    (Harm.MINOR, Spread.WIDE): Risk.MEDIUM,
    (Harm.MODERATE, Spread.ONE): Risk.MEDIUM,
    (Harm.MODERATE, Spread.SEVERAL): Risk.MEDIUM,
    (Harm.MODERATE, Spread.WIDE): Risk.HIGH,
    (Harm.MAJOR, Spread.ONE): Risk.HIGH,
    (Harm.MAJOR, Spread.SEVERAL): Risk.HIGH,
    (Harm.MAJOR, Spread.WIDE): Risk.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of how far a claim has come. `rising`: more reports today than on any day before."""

    reports: int
    townships: int
    rising: bool = False

    @property
    def spread(self) -> Spread:
        """One report; several in one township; several townships, or rising."""
        if self.reports <= 1:
            return Spread.ONE
        return Spread.WIDE if self.townships > 1 or self.rising else Spread.SEVERAL


BURST = 5
"""So many reports within one hour, and three times what the hours of the day before brought, are a burst."""
_TIMES = 3
_HOURS = 24
_RISING = 3
_SHORTEST_LOOK = timedelta(days=1)


def is_burst(last_hour: int, day_before: int) -> bool:
    """Whether somebody should look now: CHT's alert of so many in a window, against what is usual for this claim."""
    return last_hour >= BURST and last_hour * _HOURS >= _TIMES * day_before


def is_rising(today: int, days_before: Sequence[int]) -> bool:
    """More today than on any day before; a claim's first day rises over nothing."""
    return today >= _RISING and any(days_before) and today > max(days_before)


def look_again_after(risk: Risk | None) -> timedelta:
    """When a claim whose clock ran out is looked at next; not more often than people want to hear "not yet"."""
    return max(CLOCKS[risk] if risk else UNASSESSED, _SHORTEST_LOOK)


def assess(harm: Harm, reach: Reach) -> Risk:
    """The level by the matrix; a person may set another, with a reason."""
    return MATRIX[harm, reach.spread]
