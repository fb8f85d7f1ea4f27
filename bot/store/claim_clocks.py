"""Claims by the clock: whose time ran out, which were reported of late, and how many reports a stretch of time brought."""

import itertools
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.sightings import is_report, townships_of
from bot.store.tables import ClaimRow, ReportRow
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


def reports_between(session: Session, claim_id: str, bounds: Sequence[datetime]) -> tuple[int, ...]:
    """How many reports came in each stretch between two neighbouring bounds; the first bound is the earliest."""
    return tuple(
        session.scalar(
            select(func.count()).where(
                ReportRow.claim_id == claim_id,
                is_report(),
                ReportRow.reported_at >= start,
                ReportRow.reported_at < end,
            )
        )
        or 0
        for start, end in itertools.pairwise(bounds)
    )


def reach_of(session: Session, claim_id: str, days: Sequence[datetime]) -> Reach:
    """How far the claim has come. `days`: the beginnings of some days and, last, the end of today."""
    *before, today = reports_between(session, claim_id, days)
    total = session.scalar(select(ClaimRow.report_count).where(ClaimRow.id == claim_id)) or 0
    return Reach(total, townships_of(session, claim_id), rising=is_rising(today, before))
