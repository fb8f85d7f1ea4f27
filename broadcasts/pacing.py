"""How fast we may send: a budget per minute, of which bulk sending leaves room for replies.

A plain token bucket lets through its whole stock and then a minute's refill, twice the limit within one minute.
The platforms do not say how they count (fixed or sliding minute), so here stock plus refill together are the
limit: no 60 seconds, wherever they start, carry more. Whole numbers throughout; nothing drifts.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

_MINUTE = 60_000_000
_MICROSECOND = timedelta(microseconds=1)
_WHOLE = 100
_SMALLEST_LIMIT = 2


class Lane(StrEnum):
    """Somebody waits for a REPLY; nobody waits for BULK."""

    REPLY = "reply"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Bucket:
    """`level` counts in 60-millionths of one message, so that a microsecond refills a whole number of them."""

    stock: int
    refill: int
    level: int
    filled_at: datetime

    @property
    def available(self) -> int:
        return self.level // _MINUTE

    def at(self, moment: datetime) -> "Bucket":
        """Refilled up to this moment; a clock that runs backwards refills nothing."""
        elapsed = max(moment - self.filled_at, timedelta()) // _MICROSECOND
        level = min(self.stock * _MINUTE, self.level + elapsed * self.refill)
        return replace(self, level=level, filled_at=max(moment, self.filled_at))

    def less(self, messages: int) -> "Bucket":
        return replace(self, level=self.level - messages * _MINUTE)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one channel, or one webhook key, may still send now. Everything counts against `all`, bulk also
    against `bulk`.
    """

    all: Bucket
    bulk: Bucket

    def take(self, messages: int, *, at: datetime, lane: Lane) -> tuple[int, "Budget"]:
        """How many of these messages may go now, and what is left. Raises ValueError on a negative number."""
        if messages < 0:
            raise ValueError("nobody sends a negative number of messages")
        whole, bulk = self.all.at(at), self.bulk.at(at)
        room = whole.available if lane is Lane.REPLY else min(whole.available, bulk.available)
        granted = min(messages, room)
        return granted, Budget(whole.less(granted), bulk.less(granted) if lane is Lane.BULK else bulk)


def budget(per_minute: int, *, at: datetime, burst: int = 1, bulk_percent: int = 80) -> Budget:
    """A full budget. `burst` messages may go at once, the rest of the minute's limit comes evenly.

    A group webhook takes 20 a minute: burst 1 spaces them by 3.2 s. Bulk gets 80 % of limit and burst (Glific's
    figure). Raises ValueError on a limit under 2, a burst that leaves no refill, or a share outside 1-100.
    """
    if not 1 <= burst < per_minute or not 1 <= bulk_percent <= _WHOLE:
        raise ValueError("a budget needs a burst below its limit and a share of 1-100 %")
    bulk_limit = max(_SMALLEST_LIMIT, per_minute * bulk_percent // _WHOLE)
    bulk_burst = min(max(1, burst * bulk_percent // _WHOLE), bulk_limit - 1)
    return Budget(_full(per_minute, burst=burst, at=at), _full(bulk_limit, burst=bulk_burst, at=at))


def _full(limit: int, *, burst: int, at: datetime) -> Bucket:
    return Bucket(stock=burst, refill=limit - burst, level=burst * _MINUTE, filled_at=at)
