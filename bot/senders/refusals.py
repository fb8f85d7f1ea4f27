"""What a platform's refusal means for a delivery: one table, from the class of the error to the outcome.

Only what the platform certainly did not take is tried again. What it may have taken is UNKNOWN, for ever unless the
platform itself says more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

import structlog

from bot.errors import (
    OutcomeUnknown,
    PlatformError,
    PlatformMisconfigured,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    RecipientUnreachable,
)
from broadcasts.calendar import SHANGHAI
from broadcasts.outcome import Failed, Held, Outcome, Retry, Unknown, Unreachable

log = structlog.get_logger()

SOON = timedelta(seconds=30)
NEXT_MINUTE = timedelta(seconds=60)
ONCE_MENDED = timedelta(minutes=10)

DAY_USED_UP = frozenset({45009, 45028})
WINDOW_CLOSED = frozenset({45015, 45047})
NO_RIGHT = 48001
# The account itself is banned or restricted: everything stops until a person has dealt with the platform.
ACCOUNT_IN_TROUBLE = frozenset({48004, 50001, 50002})


class Way(StrEnum):
    """How it was sent: the same number means different things."""

    FOLLOW_UP = "follow_up"
    MASS = "mass"
    WEBHOOK = "webhook"
    GROUP_TASK = "group_task"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error on its way, at a moment."""

    error: PlatformError
    way: Way
    at: datetime

    @property
    def reason(self) -> str:
        """A word for the row: the platform's number, else the kind of error."""
        code = self.error.code
        return f"platform_{code}" if code is not None else type(self.error).__name__


def outcome_of(refusal: Refusal) -> Outcome:
    """The outcome of a call that raised; what a person must act on is logged as an error."""
    return OUTCOMES[type(refusal.error)](refusal)


def _unavailable(refusal: Refusal) -> Outcome:
    return Retry(refusal.reason, SOON)


def _throttled(refusal: Refusal) -> Outcome:
    """A group webhook counts by the minute, everything else that is used up by the day."""
    if refusal.error.code in DAY_USED_UP and refusal.way is not Way.WEBHOOK:
        return Retry(refusal.reason, until_midnight(refusal.at))
    return Retry(refusal.reason, NEXT_MINUTE)


def _unreachable(refusal: Refusal) -> Outcome:
    if refusal.error.code in WINDOW_CLOSED and refusal.way is Way.FOLLOW_UP:
        return Held(refusal.reason)
    return Unreachable(refusal.reason)


def _refused(refusal: Refusal) -> Outcome:
    return Failed(refusal.reason)


def _misconfigured(refusal: Refusal) -> Outcome:
    error = refusal.error
    level = log.critical if error.code in ACCOUNT_IN_TROUBLE else log.error
    level("platform_needs_a_person", endpoint=error.endpoint, code=error.code, rid=error.rid)
    if error.code == NO_RIGHT and refusal.way is Way.FOLLOW_UP:
        return Held(refusal.reason)
    return Retry(refusal.reason, ONCE_MENDED)


def _unknown(refusal: Refusal) -> Outcome:
    return Unknown(refusal.reason)


OUTCOMES: Mapping[type[PlatformError], Callable[[Refusal], Outcome]] = MappingProxyType(
    {
        PlatformUnavailable: _unavailable,
        PlatformThrottled: _throttled,
        RecipientUnreachable: _unreachable,
        PlatformRefused: _refused,
        PlatformMisconfigured: _misconfigured,
        OutcomeUnknown: _unknown,
    }
)


def until_midnight(at: datetime) -> timedelta:
    """How long until the platform's next day begins, on Shanghai's clock."""
    local = at.astimezone(SHANGHAI)
    tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return tomorrow - local
