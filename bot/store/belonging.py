"""Which claim a report belongs to: found by the grouping, or said by a person, who may always say otherwise.

A report that belongs to a claim is counted in its sightings; one that is only suggested for a claim is counted nowhere. What
comes to a published claim this way is told its verdict.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store import sightings
from bot.store.inquiries import ReportState
from bot.store.reports import CONFIRMED, stay_told
from bot.store.tables import OTHERWISE, ClaimRow, ReportRow
from bot.store.turns import hold_rows
from knowledge.grouping import Fit
from knowledge.review import OPEN


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A report nobody and nothing has placed yet."""

    number: int
    text: str
    area_code: str | None
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim that is being looked into, as the grouping compares it. It has no body: only its wordings count."""

    id: str
    texts: tuple[str, ...]
    body: str = ""


def open_claims(session: Session) -> tuple[OpenClaim, ...]:
    """All claims that are being looked into."""
    rows = session.execute(
        select(ClaimRow.id, ClaimRow.text, ClaimRow.phrasings).where(ClaimRow.state.in_(OPEN))
    )
    return tuple(OpenClaim(claim_id, (text, *phrasings)) for claim_id, text, phrasings in rows)


def unplaced(session: Session, *, limit: int) -> tuple[Unplaced, ...]:
    """The oldest reports that wait to be placed, in the order in which they came."""
    return tuple(
        Unplaced(number, text, area_code, reported_at)
        for number, text, area_code, reported_at in session.execute(_unplaced().limit(limit))
    )


def has_unplaced(session: Session) -> bool:
    """Whether the grouping has anything to do."""
    return session.execute(_unplaced().limit(1)).first() is not None


def hold_claims(session: Session, claim_ids: Iterable[str], *, left_by: Collection[int] = ()) -> None:
    """These claims, and those that reports leave by their numbers, in one order and before any report is held: a merge goes
    the same way.
    """
    left = select(ReportRow.claim_id).where(ReportRow.number.in_(left_by), ReportRow.claim_id.is_not(None))
    hold_rows(session, ClaimRow, {*claim_ids, *filter(None, session.scalars(left))})


def place(session: Session, number: int, claim_id: str, *, fit: Fit, probability: float | None) -> bool:
    """Put a report that nobody has placed into a claim; whether it was still waiting for that."""
    placed = session.execute(
        update(ReportRow)
        .where(ReportRow.number == number, ReportRow.fit.is_(None), ReportRow.claim_id.is_(None))
        .values(claim_id=claim_id, fit=fit, probability=probability)
        .returning(ReportRow.area_code, ReportRow.reported_at)
    ).first()
    if placed is not None:
        sightings.count_in(session, claim_id, placed[0], at=placed[1])
    return placed is not None


def suggest(session: Session, number: int, claim_id: str, *, probability: float) -> bool:
    """Keep for a person that it may belong there; whether it was still waiting to be placed."""
    kept = session.execute(
        update(ReportRow)
        .where(ReportRow.number == number, ReportRow.fit.is_(None), ReportRow.claim_id.is_(None))
        .values(suggested_claim_id=claim_id, fit=Fit.SUGGESTED, probability=probability)
        .returning(ReportRow.number)
    ).first()
    return kept is not None


def require_waiting(session: Session, numbers: Iterable[int]) -> None:
    """Holds these reports. Raises Conflict when somebody has said already where one of them belongs."""
    mine = ReportRow.number.in_(frozenset(numbers))
    rows = session.execute(select(ReportRow.claim_id, ReportRow.fit).where(mine).with_for_update())
    if any(claim_id is not None or fit != Fit.SUGGESTED for claim_id, fit in rows):
        raise Conflict("somebody has said already where one of these reports belongs")


def require_undecided(session: Session, number: int) -> bool:
    """Holds this report; whether somebody asked who is to be told. Raises Conflict when a verdict was told for it."""
    mine = ReportRow.number == number
    row = session.execute(
        select(ReportRow.state, ReportRow.resident_id).where(mine).with_for_update()
    ).first()
    if row is None or row[0] != ReportState.NEW:
        raise Conflict(f"there is no undecided report {number}")
    return row[1] is not None


def move(session: Session, numbers: Iterable[int], claim_id: str) -> frozenset[str]:
    """A person says where these reports belong; the claims they came from. Whoever sent them has heard nothing of this
    claim yet, but may have been promised to. Raises NotFound when one of them is none.
    """
    wanted = frozenset(numbers)
    mine = select(ReportRow).where(ReportRow.number.in_(wanted)).with_for_update()
    # As they are now that nobody else moves them: a colleague may have been waited for.
    rows = session.scalars(mine.execution_options(populate_existing=True)).all()
    if len(rows) != len(wanted):
        raise NotFound("there is no report of one of these numbers")
    left = frozenset(row.claim_id for row in rows if row.claim_id not in {None, claim_id})
    for row in rows:
        if row.claim_id != claim_id:
            if row.told_version is not None:
                stay_told(session, row)
                row.told_version = row.told_at = None
            row.state, row.decided_at, row.held_until = ReportState.NEW, None, None
        row.claim_id, row.suggested_claim_id, row.fit = claim_id, None, CONFIRMED
    session.flush()
    for touched in sorted({claim_id} | {one for one in left if one}):
        sightings.recount(session, touched)
    return frozenset(one for one in left if one)


def move_all(session: Session, claim_id: str, into: str, *, same: Collection[int], version: int) -> int:
    """All reports of a claim that was merged into another, and what was suggested for it; how many reports.

    Who was told one of the versions `same` has heard what the other claim's `version` says; who was told something else is
    told that it has changed, and who was told nothing hears the verdict.
    """
    is_same, told = ReportRow.told_version.in_(same), ReportRow.told_version.is_not(None)
    moved = session.execute(
        update(ReportRow)
        .where(ReportRow.claim_id == claim_id)
        .values(
            claim_id=into,
            state=case((is_same, ReportRow.state), else_=ReportState.NEW),
            decided_at=case((is_same, ReportRow.decided_at), else_=None),
            told_version=case((is_same, version), (told, OTHERWISE), else_=None),
        )
        .returning(ReportRow.number)
    ).all()
    session.execute(
        update(ReportRow).where(ReportRow.suggested_claim_id == claim_id).values(suggested_claim_id=into)
    )
    for touched in sorted({claim_id, into}):
        sightings.recount(session, touched)
    return len(moved)


def _unplaced() -> Select[int, str, str | None, datetime]:
    return (
        select(ReportRow.number, ReportRow.text, ReportRow.area_code, ReportRow.reported_at)
        .where(ReportRow.state == ReportState.NEW, ReportRow.fit.is_(None))
        .order_by(ReportRow.number)
    )
