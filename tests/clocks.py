"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class TestClock:
    """Call it for the time; move it on by hand."""

    __test__ = False

    def __init__(self, now: datetime = datetime(2022, 7, 14, 12, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)
