"""The domain says no. Every message is safe to show to staff: it names rules and times, never a resident.

BroadcastError
├── TransitionRefused   not from this status
├── SelfApproval        the approver wrote or submitted it
├── StaleRevision       edited since the approver saw it, or not the bytes that were approved
├── Incomplete          something is missing before it can be submitted; every gap at once
│   └── TimePassed      nothing is missing but a time that is still to come
├── EmptyAudience       it would reach nobody
├── NotYetDue           its time has not come; the only one that asking again later can mend
├── Expired             its validity has ended
└── BadSchedule         the times cannot be read, or never come
"""

from typing import ClassVar


class BroadcastError(Exception):
    """The root. `retryable`: whether the same call may succeed later with nothing changed."""

    retryable: ClassVar[bool] = False


class TransitionRefused(BroadcastError):
    """What was asked is not possible from the status it is in."""


class SelfApproval(BroadcastError):
    """The approver wrote some of it, or submitted it."""


class StaleRevision(BroadcastError):
    """What was seen, approved or about to be sent are not the same bytes."""


class Incomplete(BroadcastError):
    """The draft cannot be submitted yet. `gaps` holds every reason, each a sentence."""

    def __init__(self, gaps: tuple[str, ...]) -> None:
        super().__init__(" ".join(gaps))
        self.gaps = gaps


class TimePassed(Incomplete):
    """The one moment it was planned for went by before it was handed over or approved; all else is there."""


class EmptyAudience(BroadcastError):
    """It would reach nobody; a broadcast to nobody is a mistake, not a success."""


class NotYetDue(BroadcastError):
    """The occurrence lies in the future."""

    retryable = True


class Expired(BroadcastError):
    """The validity has ended; an expired rule is never sent."""


class BadSchedule(BroadcastError):
    """The schedule cannot be read, or names times that never come."""
