"""An outbox in memory that keeps the same promises as the store's: each call is one committed transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby

from broadcasts import delivery
from broadcasts.content import Channel
from broadcasts.delivery import Batch, Delivery, DeliveryStatus
from broadcasts.outcome import Accepted, Outcome

START = datetime(2022, 7, 12, 2, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class FakeOutbox:
    """Rows by id. `claims` and `records` count transactions; none of them is ever open while a sender works."""

    def __init__(self, deliveries: Iterable[Delivery], *, lease: timedelta = LEASE) -> None:
        self.rows = {row.id: row for row in deliveries}
        self.lease = lease
        self.claims = 0
        self.records = 0

    def claim(self, *, now: datetime) -> Batch | None:
        self.claims += 1
        due = (
            row
            for row in sorted(self.rows.values(), key=lambda row: (row.client_msg_id, row.id))
            if row.status is DeliveryStatus.PENDING and row.not_before <= now
        )
        for key, rows in groupby(due, key=lambda row: row.client_msg_id):
            claimed = tuple(delivery.claim(row, until=now + self.lease) for row in rows)
            self.rows |= {row.id: row for row in claimed}
            first = claimed[0]
            return Batch(
                client_msg_id=key,
                channel=first.channel,
                body=first.body,
                claimed_until=now + self.lease,
                deliveries=claimed,
                expires_at=first.expires_at,
            )
        return None

    def record(self, batch: Batch, outcome: Outcome, *, now: datetime) -> None:
        self.records += 1
        for row in batch.deliveries:
            self.rows[row.id] = delivery.settle(self.rows[row.id], outcome, now=now)

    def sweep(self, *, now: datetime) -> None:
        self.rows = {row.id: delivery.lapse(row, now=now) for row in self.rows.values()}

    def statuses(self) -> list[DeliveryStatus]:
        return [self.rows[number].status for number in sorted(self.rows)]


class FakeSender:
    """Answers every batch alike and remembers what it was given."""

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.outcome = outcome or Accepted("m1")
        self.sent: list[Batch] = []

    def send(self, batch: Batch) -> Outcome:
        self.sent.append(batch)
        return self.outcome


def a_delivery(
    number: int = 1,
    *,
    batch: str = "k1",
    status: DeliveryStatus = DeliveryStatus.PENDING,
    attempts: int = 0,
    not_before: datetime = START,
    expires_at: datetime | None = None,
    claimed_until: datetime | None = None,
) -> Delivery:
    return Delivery(
        id=number,
        channel=Channel.OFFICIAL_ACCOUNT,
        recipient=number,
        body="示例通知",
        client_msg_id=batch,
        not_before=not_before,
        status=status,
        attempts=attempts,
        expires_at=expires_at,
        claimed_until=claimed_until,
    )
