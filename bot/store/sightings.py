"""How often each claim was reported, from where and when: kept beside the reports, so that no page counts a million of them.

Whoever ties a report to a claim, or takes it away, does so in the same transaction as this.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.access import prefix_of
from bot.store.prefixes import begins
from bot.store.tables import ClaimRow, ReportRow, SightingRow

# A report row's fit: nobody reported it, somebody picked the claim from what was shown as similar, and was told its verdict.
PICKED = "picked"
# The digits of a division code that name a township (GB/T 10114).
TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Sighting:
    """`area_code` is a community's, or empty when it is not known; or that of an area whose reports are counted together."""

    area_code: str
    count: int
    first_at: datetime
    last_at: datetime


def count_in(session: Session, claim_id: str, area_code: str | None, *, at: datetime) -> None:
    """One more report of the claim."""
    _seen(session, claim_id, area_code or "", at)
    session.execute(
        update(ClaimRow)
        .where(ClaimRow.id == claim_id)
        .values(
            report_count=ClaimRow.report_count + 1,
            first_reported_at=func.coalesce(ClaimRow.first_reported_at, at),
            last_reported_at=at,
        )
    )


def recount(session: Session, claim_id: str) -> None:
    """Count anew what hangs on the claim, after reports were moved."""
    session.execute(delete(SightingRow).where(SightingRow.claim_id == claim_id))
    area = func.coalesce(ReportRow.area_code, "")
    moments = func.count(), func.min(ReportRow.reported_at), func.max(ReportRow.reported_at)
    rows = session.execute(
        select(area, *moments).where(ReportRow.claim_id == claim_id, is_report()).group_by(area)
    ).all()
    if rows:
        session.execute(
            insert(SightingRow),
            [
                {"claim_id": claim_id, "area_code": code, "count": count, "first_at": first, "last_at": last}
                for code, count, first, last in rows
            ],
        )
    session.execute(
        update(ClaimRow)
        .where(ClaimRow.id == claim_id)
        .values(
            report_count=sum(count for _, count, _, _ in rows),
            first_reported_at=min((first for _, _, first, _ in rows), default=None),
            last_reported_at=max((last for _, _, _, last in rows), default=None),
        )
    )


def is_report() -> ColumnElement[bool]:
    """A row that somebody reported, not one that only notes what they picked and were told."""
    return ReportRow.fit.is_(None) | (ReportRow.fit != PICKED)


def sightings_of(session: Session, claim_id: str, *, within: str | None = None) -> tuple[Sighting, ...]:
    """Where it was seen, most often first. `within`: only in this area."""
    # Columns, not rows: a claim that goes round everywhere was seen in two thousand places.
    rows = session.execute(
        select(SightingRow.area_code, SightingRow.count, SightingRow.first_at, SightingRow.last_at)
        .where(SightingRow.claim_id == claim_id, *_within(within))
        .order_by(SightingRow.count.desc(), SightingRow.area_code)
    )
    return tuple(Sighting(*row) for row in rows)


def seen_within(session: Session, claim_ids: tuple[str, ...], area_code: str) -> dict[str, Sighting]:
    """How often each of these claims was reported from this area, and between when; those that never were are left out."""
    rows = session.execute(
        select(
            SightingRow.claim_id,
            func.sum(SightingRow.count),
            func.min(SightingRow.first_at),
            func.max(SightingRow.last_at),
        )
        .where(SightingRow.claim_id.in_(claim_ids), *_within(area_code))
        .group_by(SightingRow.claim_id)
    )
    return {
        claim_id: Sighting(area_code, int(count), first_at, last_at)
        for claim_id, count, first_at, last_at in rows
    }


def is_seen_within(session: Session, claim_id: str, area_code: str) -> bool:
    """Whether anybody reported it from this area."""
    seen = select(SightingRow.claim_id).where(SightingRow.claim_id == claim_id, *_within(area_code))
    return session.scalar(seen.limit(1)) is not None


def is_seen_outside(session: Session, claim_id: str, area_code: str) -> bool:
    """Whether anybody reported it from elsewhere, or from nobody knows where."""
    seen = select(SightingRow.claim_id).where(SightingRow.claim_id == claim_id, ~and_(*_within(area_code)))
    return session.scalar(seen.limit(1)) is not None


def townships_of(session: Session, claim_id: str, *, within: str | None = None) -> int:
    """From how many townships it was reported; those whose place is not known make none."""
    codes = session.scalars(
        select(SightingRow.area_code).where(
            SightingRow.claim_id == claim_id, SightingRow.area_code != "", *_within(within)
        )
    )
    return len({code[:TOWNSHIP] for code in codes})


def _within(area_code: str | None) -> list[ColumnElement[bool]]:
    return [begins(SightingRow.area_code, prefix_of(area_code))] if area_code else []


def _seen(session: Session, claim_id: str, area_code: str, at: datetime) -> None:
    """In one statement: two residents of a village may tell of the same claim at the same moment."""
    insert_into = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert_into(SightingRow).values(
        claim_id=claim_id, area_code=area_code, count=1, first_at=at, last_at=at
    )
    session.execute(
        first.on_conflict_do_update(
            index_elements=[SightingRow.claim_id, SightingRow.area_code],
            set_={"count": SightingRow.count + 1, "last_at": at},
        )
    )
