"""A clock that can be moved forward, so that 48 hours need not be waited for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

Clock = Callable[[], datetime]


class MovableClock:
    """Reads another clock and adds what it was moved by; share one to move the platform and the callback alike."""

    def __init__(self, source: Clock) -> None:
        self._source = source
        self._lock = Lock()
        self._moved = timedelta()

    def __call__(self) -> datetime:
        return self._source() + self.moved

    @property
    def moved(self) -> timedelta:
        with self._lock:
            return self._moved

    def advance(self, by: timedelta) -> None:
        """Move on; a clock never goes back."""
        if by < timedelta():
            raise ValueError("a clock is only moved forward")
        with self._lock:
            self._moved += by
