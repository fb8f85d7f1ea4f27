"""Counting: calls a day, things a minute, and what the account may still do."""

from collections import Counter, deque
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.platform.refusal import PlatformError

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_LIMIT_REACHED = 45009
NO_MASS_LEFT = 45028
MASS_CALLS = frozenset({"message/mass/send", "message/mass/sendall"})
NO_MORE_CLEARING = 48006


def day_of(at: datetime) -> date:
    """The day on which the platform counts; it begins at midnight in China."""
    return at.astimezone(SHANGHAI).date()


def month_of(at: datetime) -> tuple[int, int]:
    day = day_of(at)
    return day.year, day.month


class Pace:
    """At most `limit` of one thing in any `span`, told apart by key."""

    def __init__(self, limit: int, span: timedelta) -> None:
        self._limit = limit
        self._span = span
        self._taken: dict[str, deque[datetime]] = {}

    def take(self, key: str, at: datetime) -> bool:
        """Whether one more fits; if so it is counted."""
        taken = self._taken.setdefault(key, deque())
        while taken and at - taken[0] >= self._span:
            taken.popleft()
        if len(taken) >= self._limit:
            return False
        taken.append(at)
        return True


class DailyCalls:
    """Calls of each endpoint on each day; clearing is itself rationed by the month."""

    def __init__(self, limits: Mapping[str, int], clearings: int) -> None:
        self.limits = dict(limits)
        self._clearings = clearings
        self._used: Counter[tuple[str, date]] = Counter()
        self._cleared: Counter[tuple[int, int]] = Counter()

    def use(self, endpoint: str, at: datetime) -> None:
        """Count one call; once the day's are gone 45009, or 45028 for a mass send."""
        limit = self.limits.get(endpoint)
        if limit is not None and self.used(endpoint, at) >= limit:
            raise PlatformError(NO_MASS_LEFT if endpoint in MASS_CALLS else DAY_LIMIT_REACHED)
        self._used[endpoint, day_of(at)] += 1

    def used(self, endpoint: str, at: datetime) -> int:
        return self._used[endpoint, day_of(at)]

    def clear(self, at: datetime) -> None:
        """Start the day anew; 48006 after the month's ration."""
        if self._cleared[month_of(at)] >= self._clearings:
            raise PlatformError(NO_MORE_CLEARING)
        self._cleared[month_of(at)] += 1
        self._used.clear()
