"""What was held while a resident's window was closed, now that they write again."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.store.outbox import BODY
from bot.store.tables import DeliveryRow
from bot.store.vault import Vault
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

# Bytes of held answers that ride on one reply: about two of the platform's texts, so that the reply itself gets through.
RIDES_ALONG = 4096


def take_held(session: Session, resident_id: int, *, vault: Vault, now: datetime) -> list[str]:
    """What was held for this resident's next message, now delivered with it; oldest first, each once.

    What was held past its validity is never given as if it still held; what is too much for one reply rides on the
    one after.
    """
    held = select(DeliveryRow).where(_held(resident_id, now), DeliveryRow.channel != Channel.RELAY)
    taken: list[str] = []
    room = RIDES_ALONG
    for row in session.scalars(held.order_by(DeliveryRow.id).with_for_update()):
        body = vault.open(row.body_sealed, BODY)
        room -= len(body.encode())
        if taken and room < 0:
            break
        row.status, row.updated_at, row.reason = DeliveryStatus.DELIVERED, now, "with_next_reply"
        taken.append(body)
    session.flush()
    return taken


def release_tasks(session: Session, resident_id: int, *, now: datetime) -> bool:
    """A grid worker's held tasks go out as messages of their own, in order; whether there were any.

    On top of a reply the words to forward would not stand alone.
    """
    released = session.execute(
        update(DeliveryRow)
        .where(_held(resident_id, now), DeliveryRow.channel == Channel.RELAY)
        .values(status=DeliveryStatus.PENDING, not_before=now, updated_at=now)
        .returning(DeliveryRow.id)
    )
    return bool(released.all())


def _held(resident_id: int, now: datetime) -> ColumnElement[bool]:
    still_holds = DeliveryRow.expires_at.is_(None) | (DeliveryRow.expires_at > now)
    return (
        (DeliveryRow.resident_id == resident_id)
        & (DeliveryRow.status == DeliveryStatus.WAITING)
        & still_holds
    )
