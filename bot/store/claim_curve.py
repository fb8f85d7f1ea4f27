"""How a claim was reported over time, and what was done about it when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.store.prefixes import begins
from bot.store.sightings import is_report
from bot.store.tables import ClaimActionRow, ReportRow

# Moments of response drawn into one curve: the first ones, for later ones answer nobody new.
MOST_MOMENTS = 40


@dataclass(frozen=True, slots=True)
class Moment:
    """Something the office did about the claim; `kind` as `claim_actions` has it."""

    kind: str
    at: datetime


def first_and_last(
    session: Session, claim_id: str, *, area_prefix: str = ""
) -> tuple[datetime, datetime] | None:
    """Between which moments it was reported; None: never."""
    rows = select(func.min(ReportRow.reported_at), func.max(ReportRow.reported_at))
    first, last = session.execute(rows.where(*_of(claim_id, area_prefix))).one()
    return (first, last) if first is not None and last is not None else None


def counts_between(
    session: Session, claim_id: str, edges: Sequence[datetime], *, area_prefix: str = ""
) -> tuple[int, ...]:
    """Reports from each edge to before the next; each count reads its stretch of an index."""
    of_it = _of(claim_id, area_prefix)
    counted = select(func.count()).select_from(ReportRow).where(*of_it)
    return tuple(
        session.scalar(counted.where(ReportRow.reported_at >= starts, ReportRow.reported_at < ends)) or 0
        for starts, ends in pairwise(edges)
    )


def moments_of(session: Session, claim_id: str) -> tuple[Moment, ...]:
    """What was done about it, oldest first."""
    rows = session.execute(
        select(ClaimActionRow.kind, ClaimActionRow.at)
        .where(ClaimActionRow.claim_id == claim_id)
        .order_by(ClaimActionRow.at)
        .limit(MOST_MOMENTS)
    )
    return tuple(Moment(kind, at) for kind, at in rows)


def _of(claim_id: str, area_prefix: str) -> tuple[ColumnElement[bool], ...]:
    of_it = ReportRow.claim_id == claim_id, is_report()
    return (*of_it, begins(ReportRow.area_code, area_prefix)) if area_prefix else of_it
