"""Which verdict a debunk broadcast tells: the claim, and the version of it that was public when it was drafted."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.broadcasts import broadcast_of
from bot.store.changes import in_pieces
from bot.store.tables import BroadcastRow
from broadcasts.broadcast import ENDED, Broadcast


class StoppedBy(StrEnum):
    """What became of the claim; kept as the broadcast's reason."""

    CORRECTED = "claim_corrected"
    WITHDRAWN = "claim_withdrawn"
    RESTRICTED = "claim_restricted"
    OVER = "claim_over"


@dataclass(frozen=True, slots=True)
class Debunk:
    """A broadcast with the verdict it tells."""

    broadcast: Broadcast
    claim_id: str
    version: int


def tie(session: Session, broadcast_id: str, *, claim_id: str, version: int) -> None:
    """The broadcast was drafted from this verdict."""
    session.execute(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast_id)
        .values(claim_id=claim_id, claim_version=version)
    )


def debunk_of(session: Session, broadcast_id: str) -> Debunk | None:
    """The broadcast with the verdict it tells; None when it was not drafted from one."""
    row = session.get(BroadcastRow, broadcast_id)
    return None if row is None or row.claim_id is None else _debunk(row)


def debunks_of(session: Session, claim_id: str) -> tuple[Debunk, ...]:
    """All that were drafted from a claim, the newest first."""
    rows = session.scalars(
        select(BroadcastRow)
        .where(BroadcastRow.claim_id == claim_id)
        .order_by(BroadcastRow.claim_version.desc(), BroadcastRow.created_at.desc(), BroadcastRow.id)
    )
    return tuple(_debunk(row) for row in rows)


def live_debunks(session: Session, claim_ids: Collection[str]) -> tuple[Debunk, ...]:
    """Those drafted from these claims that have not ended, by id."""
    live = (
        row
        for piece in in_pieces(sorted(claim_ids))
        for row in session.scalars(
            select(BroadcastRow)
            .where(BroadcastRow.claim_id.in_(piece), BroadcastRow.status.not_in(ENDED))
            .execution_options(populate_existing=True)
        )
    )
    return tuple(sorted((_debunk(row) for row in live), key=lambda one: one.broadcast.id))


def hold_live(session: Session, broadcast_ids: Collection[str]) -> tuple[Debunk, ...]:
    """Those of these broadcasts that have not ended, by id; others wait until this transaction ends, so that none is started
    meanwhile.
    """
    rows = session.scalars(
        select(BroadcastRow)
        .where(BroadcastRow.id.in_(broadcast_ids), BroadcastRow.status.not_in(ENDED))
        .order_by(BroadcastRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return tuple(_debunk(row) for row in rows)


def _debunk(row: BroadcastRow) -> Debunk:
    return Debunk(broadcast_of(row), row.claim_id or "", row.claim_version or 0)
