"""Keeps each group webhook under its messages a minute by waiting; the claim is long enough for that.

A delivery that must wait is not given back: a retry counts as an attempt, and a busy key would use them all up.
"""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from broadcasts.pacing import Budget, Lane, budget

LOOK_AGAIN_SECONDS = 0.2


class Pace:
    """One budget a key, in this process. Other processes have their own; the platform's refusal is the net below."""

    def __init__(
        self, per_minute: int, *, clock: Callable[[], datetime], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._budgets: dict[str, Budget] = {}

    def wait(self, key: str, *, lane: Lane) -> None:
        """Returns when one message may go to this key."""
        while not self._taken(key, lane):
            self._sleep(LOOK_AGAIN_SECONDS)

    def _taken(self, key: str, lane: Lane) -> bool:
        now = self._clock()
        with self._lock:
            left = self._budgets.get(key) or budget(self._per_minute, at=now)
            granted, self._budgets[key] = left.take(1, at=now, lane=lane)
            return granted == 1
