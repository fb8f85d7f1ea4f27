"""Write calls already made, by the caller's key: the same call again gets the same answer and does nothing twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.store.tables import IdempotencyKeyRow
from bot.store.turns import take_turn

KEPT = timedelta(hours=24)
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class MadeCall:
    """What was asked (by its hash), and what was answered."""

    request_hash: str
    status: int
    body: str


def find(session: Session, token_id: int, key: str, *, now: datetime) -> MadeCall | None:
    """The call made under this key in the last day. Whoever asks takes a turn: the same key waits until we are done."""
    take_turn(session, f"idempotency {token_id} {key}")
    row = session.get(IdempotencyKeyRow, (token_id, key))
    if row is None or row.made_at <= now - KEPT:
        return None
    return MadeCall(row.request_hash, row.status, row.body)


def keep(session: Session, token_id: int, key: str, call: MadeCall, *, now: datetime) -> None:
    """Remember the call, in the transaction that made it."""
    session.merge(
        IdempotencyKeyRow(
            token_id=token_id,
            key=key,
            request_hash=call.request_hash,
            status=call.status,
            body=call.body,
            made_at=now,
        )
    )
    session.flush()


def purge(session: Session, now: datetime) -> None:
    """Forget what is older than a day."""
    session.execute(delete(IdempotencyKeyRow).where(IdempotencyKeyRow.made_at <= now - KEPT))
