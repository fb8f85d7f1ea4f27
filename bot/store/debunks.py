"""Which verdict a debunk broadcast tells: the claim, and the version of it that was public when it was drafted."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.store.broadcasts import broadcast_of
from bot.store.tables import BroadcastRow, ClaimRow
from broadcasts.broadcast import ENDED, Broadcast
from knowledge.review import PUBLIC


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


def take_overtaken(session: Session) -> tuple[tuple[Debunk, StoppedBy], ...]:
    """Those that may still go out though what they tell is not public any more, and why; others wait until this
    transaction ends, so that none is started meanwhile.
    """
    gone, about_somebody = ClaimRow.state.not_in(PUBLIC), ClaimRow.restricted
    rows = session.execute(
        select(BroadcastRow, ClaimRow.state, ClaimRow.restricted)
        .join(ClaimRow, ClaimRow.id == BroadcastRow.claim_id)
        .where(
            BroadcastRow.status.not_in(ENDED),
            or_(gone, about_somebody, ClaimRow.version != BroadcastRow.claim_version),
        )
        .order_by(BroadcastRow.id)
        .with_for_update(of=BroadcastRow)
        .execution_options(populate_existing=True)
    )
    return tuple((_debunk(row), _why(state, restricted=restricted)) for row, state, restricted in rows)


def _why(state: str, *, restricted: bool) -> StoppedBy:
    if state not in PUBLIC:
        return StoppedBy.WITHDRAWN
    return StoppedBy.RESTRICTED if restricted else StoppedBy.CORRECTED


def _debunk(row: BroadcastRow) -> Debunk:
    return Debunk(broadcast_of(row), row.claim_id or "", row.claim_version or 0)
