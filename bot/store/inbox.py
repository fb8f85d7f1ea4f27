"""Answered exactly once: the dedup row stands before any work, and the reply beside it after.

A row is WORKING under a claim that expires. Whoever works on it says so by its attempt number when recording the reply;
a process that was given up for dead finds its attempt gone, and its whole transaction rolls back. A retry of the
platform finds the reply, waits for it, or takes the work over.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.errors import BadSignature, TakenOver
from bot.messages import Inbound
from bot.store.payloads import read_inbound, write_inbound
from bot.store.tables import InboxRow, NonceRow
from bot.store.vault import Vault

PAYLOAD = "inbox payload"
REPLY = "inbox reply"


class State(StrEnum):
    WORKING = "working"
    ANSWERED = "answered"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The right to answer one message: `attempt` is what `record_reply` checks."""

    inbox_id: int
    attempt: int
    resident_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message stands, as a retry finds it. `reply` is set once it is answered; empty means no reply."""

    state: State
    reply: str | None


def check_nonce(session: Session, *, timestamp: str, nonce: str, dedup_key: str, now: datetime) -> None:
    """BadSignature when this timestamp and nonce already came with another message: a replay."""
    hashed = hashlib.sha256(f"{timestamp}|{nonce}".encode()).hexdigest()
    try:
        with session.begin_nested():
            session.add(NonceRow(nonce_hash=hashed, dedup_key=dedup_key, seen_at=now))
            session.flush()
    except IntegrityError:
        seen = session.get_one(NonceRow, hashed)
        if seen.dedup_key != dedup_key:
            raise BadSignature("replayed_nonce") from None


def is_known(session: Session, dedup_key: str) -> bool:
    """Whether this message came before: a repeat, of which nothing is written down again."""
    return session.scalar(select(InboxRow.id).where(InboxRow.dedup_key == dedup_key)) is not None


def accept(
    session: Session, inbound: Inbound, resident_id: int, *, vault: Vault, now: datetime, lease: timedelta
) -> Receipt | None:
    """The receipt of a message seen for the first time; None for a repeat."""
    row = InboxRow(
        dedup_key=inbound.dedup_key,
        resident_id=resident_id,
        kind=inbound.kind,
        state=State.WORKING,
        attempt=1,
        claimed_until=now + lease,
        payload_sealed=vault.seal(write_inbound(inbound), PAYLOAD),
        received_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return None
    return Receipt(row.id, row.attempt, resident_id)


def standing(session: Session, dedup_key: str, vault: Vault) -> Standing:
    """Where a message stands that was accepted before."""
    row = session.execute(
        select(InboxRow.state, InboxRow.reply_sealed).where(InboxRow.dedup_key == dedup_key)
    ).one()
    return Standing(
        State(row.state), vault.open(row.reply_sealed, REPLY) if row.reply_sealed is not None else None
    )


def take_over(session: Session, dedup_key: str, *, now: datetime, lease: timedelta) -> Receipt | None:
    """The receipt of a message whose worker died; None while the claim holds or once it is answered."""
    taken = session.execute(
        update(InboxRow)
        .where(
            InboxRow.dedup_key == dedup_key, InboxRow.state == State.WORKING, InboxRow.claimed_until <= now
        )
        .values(attempt=InboxRow.attempt + 1, claimed_until=now + lease)
        .returning(InboxRow.id, InboxRow.attempt, InboxRow.resident_id)
    ).first()
    return Receipt(*taken) if taken else None


def abandoned(session: Session, *, before: datetime, vault: Vault, limit: int) -> Sequence[Inbound]:
    """Messages whose worker died and that the platform no longer retries, oldest first."""
    rows = session.scalars(
        select(InboxRow)
        .where(InboxRow.state == State.WORKING, InboxRow.claimed_until <= before)
        .order_by(InboxRow.id)
        .limit(limit)
    )
    return [read_inbound(vault.open(row.payload_sealed, PAYLOAD)) for row in rows if row.payload_sealed]


def record_reply(
    session: Session, receipt: Receipt, reply: str, *, state: State, vault: Vault, now: datetime
) -> None:
    """Store the reply and let go of the payload; TakenOver when somebody else took the message over."""
    recorded = session.execute(
        update(InboxRow)
        .where(
            InboxRow.id == receipt.inbox_id,
            InboxRow.attempt == receipt.attempt,
            InboxRow.state == State.WORKING,
        )
        .values(state=state, reply_sealed=vault.seal(reply, REPLY), payload_sealed=None, answered_at=now)
        .returning(InboxRow.id)
    ).first()
    if recorded is None:
        raise TakenOver(f"inbox message {receipt.inbox_id} was taken over by another attempt")


def forget(session: Session, resident_id: int) -> None:
    """What was said to a resident goes; the rows stay, so that a repeat is still known for one."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.resident_id == resident_id, InboxRow.state != State.WORKING)
        .values(reply_sealed=None)
    )


def purge(session: Session, *, before: datetime, nonces_before: datetime) -> int:
    """Delete old messages and nonces; how many messages went."""
    session.execute(delete(NonceRow).where(NonceRow.seen_at < nonces_before))
    gone = session.execute(delete(InboxRow).where(InboxRow.received_at < before).returning(InboxRow.id))
    return len(gone.all())
