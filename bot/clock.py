"""The one place that reads the machine's clock; everything else is handed a time, or a callable that tells it."""

from datetime import UTC, datetime


def now_utc() -> datetime:
    """The time now, aware."""
    return datetime.now(UTC)
