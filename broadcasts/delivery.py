"""One thing to one recipient, and the loop that sends it: claim, commit; send; record, commit.

Why is this delivery UNKNOWN? A worker claimed its batch and never recorded an outcome: it was killed, or the
platform did not answer. The message may be on the phone. Nothing here turns UNKNOWN into PENDING: ask the platform
for its own status (mass/get, get_groupmsg_send_result), or let a person decide and draft anew. One batch is
claimed at a time, so one crash leaves at most one batch in doubt and a halt holds from the next batch on.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from broadcasts.content import Channel
from broadcasts.errors import TransitionRefused
from broadcasts.outcome import (
    Accepted,
    Delivered,
    Failed,
    Held,
    Outcome,
    Retry,
    Skipped,
    Unknown,
    Unreachable,
)

MOST_ATTEMPTS = 8
"""Attempts at one delivery before a retryable failure counts as final. With waits that double from 30 s on, an outage
of an hour loses nothing."""
LONGEST_WAIT = timedelta(hours=1)


class DeliveryStatus(StrEnum):
    """ACCEPTED is not DELIVERED: the platform took it. WAITING is held for the resident's next message."""

    PENDING = "pending"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


_KNOWN_LATER = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED})
_RECEIPTS = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.FAILED})

TRANSITIONS: Mapping[DeliveryStatus, frozenset[DeliveryStatus]] = {
    DeliveryStatus.PENDING: frozenset({DeliveryStatus.CLAIMED, DeliveryStatus.CANCELLED}),
    DeliveryStatus.CLAIMED: frozenset(DeliveryStatus) - {DeliveryStatus.CLAIMED, DeliveryStatus.CANCELLED},
    DeliveryStatus.WAITING: frozenset(
        {DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, DeliveryStatus.CANCELLED}
    ),
    DeliveryStatus.UNKNOWN: _KNOWN_LATER,
    DeliveryStatus.ACCEPTED: frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.FAILED}),
    DeliveryStatus.DELIVERED: frozenset(),
    DeliveryStatus.FAILED: frozenset(),
    DeliveryStatus.SKIPPED: frozenset(),
    DeliveryStatus.CANCELLED: frozenset(),
}

STATUS_AFTER: Mapping[type[Outcome], DeliveryStatus] = {
    Accepted: DeliveryStatus.ACCEPTED,
    Delivered: DeliveryStatus.DELIVERED,
    Failed: DeliveryStatus.FAILED,
    Unreachable: DeliveryStatus.FAILED,
    Retry: DeliveryStatus.PENDING,
    Held: DeliveryStatus.WAITING,
    Skipped: DeliveryStatus.SKIPPED,
    Unknown: DeliveryStatus.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """`recipient` is our own id of a resident, group or grid worker, never an openid or a webhook's key.
    `broadcast_id` and `run_id` are None for a follow-up. After `expires_at` it is skipped, not sent.
    """

    id: int
    channel: Channel
    recipient: int
    body: str
    client_msg_id: str
    not_before: datetime
    broadcast_id: str | None = None
    run_id: int | None = None
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = 0
    expires_at: datetime | None = None
    claimed_until: datetime | None = None
    platform_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """All deliveries that go out in one platform call. They share channel, body and `client_msg_id`; a batch is
    claimed whole, because the platform would take its second half for a repetition of the first.
    """

    client_msg_id: str
    channel: Channel
    body: str
    claimed_until: datetime
    deliveries: tuple[Delivery, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """How many deliveries ended where in one run of the loop. `lapsed`: claims that ran out before they were sent."""

    tally: Mapping[DeliveryStatus, int] = field(default_factory=dict)
    lapsed: int = 0


class Outbox(Protocol):
    """The store's side. Each call is one committed transaction; none is open while a sender works."""

    def claim(self, *, now: datetime) -> Batch | None:
        """Makes the oldest due batch ours and commits, or None when nothing is due.

        Never a batch of a broadcast that is halted or expired: a retry may have put it back after the halt.
        """

    def record(self, batch: Batch, outcome: Outcome, *, now: datetime) -> None:
        """Settles every delivery of the batch and commits."""


class Sender(Protocol):
    """The platform's side: exactly one call for one batch."""

    def send(self, batch: Batch) -> Outcome:
        """What became of it. Whatever it raises leaves the batch claimed, and so UNKNOWN in the end."""


def deliver(outbox: Outbox, sender: Sender, *, clock: Callable[[], datetime], limit: int) -> Report:
    """Sends at most `limit` batches, one at a time, and says how many deliveries ended where."""
    tally: Counter[DeliveryStatus] = Counter()
    lapsed = 0
    for _ in range(limit):
        batch = outbox.claim(now=clock())
        if batch is None:
            break
        now = clock()
        if now >= batch.claimed_until:
            lapsed += len(batch.deliveries)
            continue
        outcome = _attempt(batch, sender, now=now)
        outbox.record(batch, outcome, now=clock())
        tally[STATUS_AFTER[type(outcome)]] += len(batch.deliveries)
    return Report(dict(tally), lapsed)


def _attempt(batch: Batch, sender: Sender, *, now: datetime) -> Outcome:
    if batch.expires_at is not None and now >= batch.expires_at:
        return Skipped("validity_ended")
    return sender.send(batch)


def claim(delivery: Delivery, *, until: datetime) -> Delivery:
    """Ours to send until that moment. Counts the attempt now: a crash after this must not forget it."""
    return replace(
        _moved(delivery, DeliveryStatus.CLAIMED), claimed_until=until, attempts=delivery.attempts + 1
    )


def lapse(delivery: Delivery, *, now: datetime) -> Delivery:
    """The sweep: a claim that ran out is UNKNOWN; anything else stays as it is."""
    overdue = delivery.claimed_until is not None and delivery.claimed_until <= now
    if delivery.status is not DeliveryStatus.CLAIMED or not overdue:
        return delivery
    return replace(_moved(delivery, DeliveryStatus.UNKNOWN), claimed_until=None, reason="claim_ran_out")


def settle(delivery: Delivery, outcome: Outcome, *, now: datetime) -> Delivery:
    """The delivery after this outcome, or after a late receipt. An outcome that says less than is known by now
    changes nothing: a repeated receipt, a late "accepted" after the receipt, a late retry after the sweep said
    UNKNOWN. Raises TransitionRefused on one that contradicts.
    """
    target = STATUS_AFTER[type(outcome)]
    if target is delivery.status or _is_no_news(delivery.status, target):
        return delivery
    settled = replace(_moved(delivery, target), claimed_until=None)
    match outcome:
        case Accepted(platform_id) | Delivered(platform_id):
            return replace(settled, platform_id=platform_id or delivery.platform_id, reason="")
        case Retry(reason) if delivery.attempts >= MOST_ATTEMPTS:
            return replace(settled, status=DeliveryStatus.FAILED, reason=f"gave_up:{reason}")
        case Retry(reason, after):
            return replace(settled, not_before=now + _patience(after, delivery.attempts), reason=reason)
        case _:
            return replace(settled, reason=outcome.reason)


def _patience(after: timedelta, attempts: int) -> timedelta:
    """Twice as long after each failure, up to an hour; what the platform asks for beyond that is kept to."""
    doublings: int = max(0, attempts - 1)
    return max(after, min(after * (1 << doublings), LONGEST_WAIT))


def wake(delivery: Delivery, *, now: datetime) -> Delivery:
    """The resident wrote again: what was held for them is due."""
    return replace(_moved(delivery, DeliveryStatus.PENDING), not_before=now, reason="")


def cancel(delivery: Delivery, *, reason: str) -> Delivery:
    """A halt, an opt-out: only what nobody has claimed yet can still be called back."""
    return replace(_moved(delivery, DeliveryStatus.CANCELLED), reason=reason)


def client_msg_id(
    broadcast_id: str, revision: int, *, occurrence: datetime, channel: Channel, batch: int
) -> str:
    """The platform's key against repetition: 32 characters of [0-9a-f], always the same for the same batch."""
    parts = [broadcast_id, revision, occurrence.astimezone(UTC).isoformat(), channel.value, batch]
    return sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]


def _is_no_news(status: DeliveryStatus, target: DeliveryStatus) -> bool:
    sent_perhaps = status in _KNOWN_LATER or status is DeliveryStatus.UNKNOWN
    return sent_perhaps and target not in TRANSITIONS[status] and target not in _RECEIPTS


def _moved(delivery: Delivery, target: DeliveryStatus) -> Delivery:
    if target not in TRANSITIONS[delivery.status]:
        raise TransitionRefused(f"A delivery that is {delivery.status} cannot become {target}.")
    return replace(delivery, status=target)
