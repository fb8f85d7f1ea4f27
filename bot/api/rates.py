"""How often a token may call: reading and writing counted apart, over the last minute, in this process's memory.

With several web processes each counts for itself, so that a token may get as many times more; it is a guard against a
runaway program, no price list.
"""

import time
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.api.problems import Refused
from bot.settings import Api


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute: said in the RateLimit headers. `resets_in` is in seconds."""

    limit: int
    remaining: int
    resets_in: int

    def headers(self) -> dict[str, str]:
        """As the draft of the IETF's HTTPAPI group names them."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.resets_in),
        }


class Rates:
    """Counts calls; made once for a web process."""

    def __init__(self, settings: Api) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._reads = RateLimitItemPerMinute(settings.reads_per_minute, namespace="reads")
        self._writes = RateLimitItemPerMinute(settings.writes_per_minute, namespace="writes")

    def take(self, token_id: int, *, writes: bool) -> Allowance:
        """One more call. Raises Refused (429) when the minute is used up."""
        item = self._writes if writes else self._reads
        taken = self._limiter.hit(item, str(token_id))
        allowance = self._left(item, token_id)
        if not taken:
            raise Refused(
                429,
                "too_many_requests",
                f"this token may make {item.amount} such calls a minute; try again in {allowance.resets_in} s",
                headers={**allowance.headers(), "Retry-After": str(allowance.resets_in)},
            )
        return allowance

    def _left(self, item: RateLimitItem, token_id: int) -> Allowance:
        stats = self._limiter.get_window_stats(item, str(token_id))
        return Allowance(
            limit=item.amount,
            remaining=stats.remaining,
            resets_in=max(1, ceil(stats.reset_time - time.time())),
        )
