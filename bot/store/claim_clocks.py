"""Claims by the clock: whose time ran out, which were reported of late, and how far one has come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.access import prefix_of
from bot.store.claim_curve import counts_between
from bot.store.sightings import seen_within, townships_of
from bot.store.tables import ClaimRow
from knowledge.review import OPEN
from knowledge.risk import Reach, is_rising


def run_out(session: Session, *, now: datetime, limit: int) -> tuple[str, ...]:
    """Open claims whose clock, and whose named day if there is one, has passed, the longest overdue first."""
    looked = ClaimRow.look_again_at.is_(None) | (ClaimRow.look_again_at <= now)
    rows = session.scalars(
        select(ClaimRow.id)
        .where(ClaimRow.state.in_(OPEN), ClaimRow.due_at <= now, looked)
        .order_by(ClaimRow.due_at)
        .limit(limit)
    )
    return tuple(rows)


def reported_since(session: Session, since: datetime, *, limit: int) -> tuple[str, ...]:
    """Open claims that somebody reported since then, the latest first."""
    rows = session.scalars(
        select(ClaimRow.id)
        .where(ClaimRow.state.in_(OPEN), ClaimRow.last_reported_at >= since)
        .order_by(ClaimRow.last_reported_at.desc())
        .limit(limit)
    )
    return tuple(rows)


def reach_of(
    session: Session, claim_id: str, days: Sequence[datetime], *, within: str | None = None
) -> Reach:
    """How far the claim has come, or how far in one area. `days`: the beginnings of some days and, last, the end of today."""
    *before, today = counts_between(session, claim_id, days, area_prefix=prefix_of(within) if within else "")
    total = session.scalar(select(ClaimRow.report_count).where(ClaimRow.id == claim_id)) or 0
    if within:
        seen = seen_within(session, (claim_id,), within).get(claim_id)
        total = seen.count if seen else 0
    townships = townships_of(session, claim_id, within=within)
    return Reach(total, townships, rising=is_rising(today, before))
