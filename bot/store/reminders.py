"""Grid workers who still owe a relay, and when they were last reminded."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.prefixes import begins_with_name
from bot.store.relay_tasks import UNDONE, Errand, undone_errands
from bot.store.tables import DeliveryRow, GridWorkerRow, RelayTaskRow

PREFIX = "remind"


@dataclass(frozen=True, slots=True)
class Debtor:
    """A grid worker bound in chat, and what they still have to carry."""

    worker_id: int
    resident_id: int
    errands: tuple[Errand, ...]


def debtors(session: Session) -> list[Debtor]:
    """Everyone in chat with something undone, by number."""
    rows = session.execute(
        select(GridWorkerRow.id, GridWorkerRow.resident_id)
        .join(RelayTaskRow, RelayTaskRow.grid_worker_id == GridWorkerRow.id)
        .where(GridWorkerRow.resident_id.is_not(None), RelayTaskRow.status.in_(UNDONE))
        .distinct()
        .order_by(GridWorkerRow.id)
    ).all()
    return [
        Debtor(worker_id, resident_id, tuple(undone_errands(session, worker_id)))
        for worker_id, resident_id in rows
        if resident_id is not None
    ]


def keys_of(worker_id: int) -> str:
    """How the keys of a worker's reminders begin."""
    return f"{PREFIX}{worker_id}."


def key_of(worker_id: int, at: datetime) -> str:
    """The follow-up's key: one reminder a worker and hour, whoever asks for it twice."""
    return f"{keys_of(worker_id)}{at:%Y%m%d%H}"


def reminded_since(session: Session, since: datetime) -> dict[int, list[datetime]]:
    """Per worker, when reminders were queued."""
    rows = session.execute(
        select(DeliveryRow.client_msg_id, DeliveryRow.created_at).where(
            DeliveryRow.broadcast_id.is_(None),
            begins_with_name(DeliveryRow.client_msg_id, PREFIX),
            DeliveryRow.created_at > since,
        )
    )
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for key, queued_at in rows:
        found[int(key.removeprefix(PREFIX).split(".")[0])].append(queued_at)
    return dict(found)
