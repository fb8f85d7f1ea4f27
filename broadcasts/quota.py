"""What the platform still allows: the month's messages per person, the size of a mass call.

The surplus over a person's four mass messages a month fails silently at the platform, so it is counted here. Part of
the four is a reserve: routine news must not use up the message an emergency needs. Months are Shanghai's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from broadcasts.calendar import SHANGHAI

SMALLEST_MASS_BATCH = 2
"""One mass call takes 2 to 10,000 recipients; a single one is refused by the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The platform's figures for a verified service account, and our own reserve."""

    mass_per_month: int = 4
    reserve: int = 1
    mass_calls_per_day: int = 100
    mass_batch: int = 10_000

    def allowance(self, *, urgent: bool) -> int:
        """Mass messages one follower may receive in a month from broadcasts of this urgency."""
        return self.mass_per_month if urgent else self.mass_per_month - self.reserve


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Where an audience stands now, as counts. The two mappings: messages received this month → how many have."""

    followers: Mapping[int, int] = field(default_factory=dict)
    customer_groups: Mapping[int, int] = field(default_factory=dict)
    mass_calls_today: int = 0
    webhooks: int = 0
    relay_tasks: int = 0


def month_start(at: datetime) -> datetime:
    """When the month of this moment began: what was received since then counts."""
    local = at.astimezone(SHANGHAI)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def batch_sizes(recipients: int, *, limits: Limits) -> tuple[int, ...]:
    """How many recipients go into each mass call: as few calls as possible, filled evenly so that none has one.

    A single recipient gives no batch at all: they need another channel.
    """
    if recipients < SMALLEST_MASS_BATCH:
        return ()
    calls = -(-recipients // limits.mass_batch)
    smaller, larger_ones = divmod(recipients, calls)
    return (smaller + 1,) * larger_ones + (smaller,) * (calls - larger_ones)
