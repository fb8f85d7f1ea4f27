"""Household totals as stored: drafts, the current answer, what it replaced. Never joined with reports or questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.households.headcount import Headcount
from bot.households.progress import Sums
from bot.households.register import Entry, Source, State
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import HeadcountDriveRow, HeadcountRow, NoticeRow


@dataclass(frozen=True, slots=True)
class HeadcountDrive:
    """Why numbers are asked for, on what basis, until when, and when they are deleted."""

    id: str
    title: str
    purpose: str
    basis: str
    area_code: str
    owner: str
    starts_on: date
    ends_on: date
    delete_on: date
    notice_version: str


class DrivePhase(StrEnum):
    """Where a drive stands on a day."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    OVER = "over"

    def holds(self, day: date) -> ColumnElement[bool]:
        """That a drive stands so on `day`."""
        starts, ends = HeadcountDriveRow.starts_on, HeadcountDriveRow.ends_on
        return {
            DrivePhase.UPCOMING: starts > day,
            DrivePhase.RUNNING: and_(starts <= day, ends >= day),
            DrivePhase.OVER: ends < day,
        }[self]


def add_drive(session: Session, drive: HeadcountDrive) -> None:
    """Open a drive, or change one of the same id."""
    session.merge(HeadcountDriveRow(**{name: getattr(drive, name) for name in HeadcountDrive.__slots__}))
    session.flush()


def running_drive(session: Session, area_path: tuple[str, ...], *, day: date) -> HeadcountDrive | None:
    """The drive that asks people of this area on this day; the nearest area's first, an unknown area's widest."""
    rows = session.scalars(
        select(HeadcountDriveRow).where(HeadcountDriveRow.starts_on <= day, HeadcountDriveRow.ends_on >= day)
    ).all()
    covering = [row for row in rows if not area_path or row.area_code in area_path]
    # A division code ends in more zeros the wider its area is.
    breadth = {row.id: len(row.area_code) - len(row.area_code.rstrip("0")) for row in covering}
    nearest = sorted(covering, key=lambda row: (breadth[row.id] if area_path else -breadth[row.id], row.id))
    return _drive(nearest[0]) if nearest else None


def was_told(session: Session, resident_id: int, drive: HeadcountDrive) -> bool:
    """Whether the resident has seen this version of the notice."""
    row = session.get(NoticeRow, (resident_id, drive.id))
    return row is not None and row.version == drive.notice_version


def note_told(session: Session, resident_id: int, drive: HeadcountDrive, *, now: datetime) -> None:
    """The resident is shown the notice with this reply."""
    session.merge(
        NoticeRow(resident_id=resident_id, drive_id=drive.id, version=drive.notice_version, shown_at=now)
    )
    session.flush()


def current_of(session: Session, resident_id: int, drive_id: str) -> Headcount | None:
    """What this resident's household has confirmed, if anything."""
    row = session.scalar(
        select(HeadcountRow).where(
            HeadcountRow.resident_id == resident_id,
            HeadcountRow.drive_id == drive_id,
            HeadcountRow.state == State.CONFIRMED,
        )
    )
    return _headcount(row) if row else None


def confirm(
    session: Session,
    resident_id: int,
    headcount: Headcount,
    *,
    drive_id: str,
    community_code: str | None,
    now: datetime,
) -> None:
    """Store a confirmed answer; the one it replaces is superseded, not lost."""
    _retire(session, resident_id, State.SUPERSEDED, drive_id=drive_id)
    session.add(
        HeadcountRow(
            drive_id=drive_id,
            community_code=community_code,
            resident_id=resident_id,
            source=Source.SELF,
            state=State.CONFIRMED,
            total=headcount.total,
            present=headcount.present,
            away=headcount.away,
            children=headcount.children,
            elderly=headcount.elderly,
            entered_at=now,
        )
    )
    session.flush()


def place_unplaced(session: Session, resident_id: int, community_code: str) -> None:
    """Answers given before the community was known belong to it now."""
    session.execute(
        update(HeadcountRow)
        .where(HeadcountRow.resident_id == resident_id, HeadcountRow.community_code.is_(None))
        .values(community_code=community_code)
    )


def delete_of(session: Session, resident_id: int) -> int:
    """Delete all of one resident's answers and notices; how many answers went."""
    session.execute(delete(NoticeRow).where(NoticeRow.resident_id == resident_id))
    gone = session.execute(
        delete(HeadcountRow).where(HeadcountRow.resident_id == resident_id).returning(HeadcountRow.id)
    )
    return len(gone.all())


def confirmed(session: Session, drive_id: str, *, communities: Sequence[str] | None = None) -> list[Entry]:
    """Every confirmed answer of a drive whose community is known; only those of some communities, when they are given."""
    rows = select(HeadcountRow).where(
        HeadcountRow.drive_id == drive_id,
        HeadcountRow.state == State.CONFIRMED,
        HeadcountRow.community_code.is_not(None),
    )
    if communities is not None:
        rows = rows.where(HeadcountRow.community_code.in_(communities))
    return [_entry(row) for row in session.scalars(rows)]


def sums_of(session: Session, drive_id: str, communities: Sequence[str]) -> tuple[list[Sums], list[str]]:
    """Communities added up by the database, and those where an answer may not stand for itself: a tally, or a household
    or resident with two. What one of total, present and away leaves unsaid is filled in as `completed` does.
    """
    row = HeadcountRow
    twice = (
        func.count(row.household_code) - func.count(row.household_code.distinct()),
        func.count(row.resident_id) - func.count(row.resident_id.distinct()),
        func.sum(case((row.source == Source.TALLY, 1), else_=0)),
    )
    figures = (
        row.total,
        func.coalesce(row.present, row.total - row.away, 0),
        func.coalesce(row.away, row.total - row.present, 0),
        func.coalesce(row.children, 0),
        func.coalesce(row.elderly, 0),
    )
    rows = session.execute(
        select(row.community_code, sum(twice[1:], twice[0]), func.count(), *map(func.sum, figures))
        .where(
            row.drive_id == drive_id,
            row.state == State.CONFIRMED,
            row.community_code.in_(communities),
        )
        .group_by(row.community_code)
    ).all()
    plain = [Sums(code, *(int(figure) for figure in counted)) for code, knots, *counted in rows if not knots]
    return plain, [code for code, knots, *_ in rows if knots]


def communities_asked_twice(
    session: Session, drive_id: str, *, area_prefix: str, after: str, limit: int, downwards: bool = False
) -> list[str]:
    """Communities, by code, where a household code has more than one confirmed answer: where a dispute can be. `after`: the
    last code seen; empty at the beginning.
    """
    code = HeadcountRow.community_code
    following = code < after if downwards and after else code > after
    rows = (
        select(HeadcountRow.community_code)
        .where(
            HeadcountRow.drive_id == drive_id,
            HeadcountRow.state == State.CONFIRMED,
            HeadcountRow.household_code.is_not(None),
            following,
            begins(HeadcountRow.community_code, area_prefix),
        )
        .group_by(HeadcountRow.community_code, HeadcountRow.household_code)
        .having(func.count() > 1)
        .subquery()
    )
    by_code = rows.c.community_code.desc() if downwards else rows.c.community_code
    found = session.scalars(select(rows.c.community_code).distinct().order_by(by_code).limit(limit))
    return [code for code in found if code is not None]


def drives(session: Session) -> list[HeadcountDrive]:
    """All drives, the newest first."""
    return [
        _drive(row)
        for row in session.scalars(select(HeadcountDriveRow).order_by(HeadcountDriveRow.starts_on.desc()))
    ]


def read_drives(
    session: Session,
    *,
    wanted: Wanted,
    day: date,
    phase: DrivePhase | None = None,
    area_prefix: str = "",
    above: Sequence[str] = (),
) -> Page[HeadcountDrive]:
    """A page of drives, the newest first: those in the area whose codes begin so, or in one of the areas above it."""
    rows = select(HeadcountDriveRow).where(
        or_(begins(HeadcountDriveRow.area_code, area_prefix), HeadcountDriveRow.area_code.in_(above))
    )
    if phase is not None:
        rows = rows.where(phase.holds(day))
    return read_page(
        session,
        rows,
        orders={"starts": HeadcountDriveRow.starts_on, "ends": HeadcountDriveRow.ends_on},
        key=HeadcountDriveRow.id,
        default="-starts",
        wanted=wanted,
        make=_drive,
    )


def find_drive(session: Session, drive_id: str) -> HeadcountDrive | None:
    """The drive of this id."""
    row = session.get(HeadcountDriveRow, drive_id)
    return _drive(row) if row else None


def purge(session: Session, day: date) -> int:
    """Delete the answers of drives whose deletion day has come; how many."""
    ended = select(HeadcountDriveRow.id).where(HeadcountDriveRow.delete_on <= day)
    gone = session.execute(
        delete(HeadcountRow).where(HeadcountRow.drive_id.in_(ended)).returning(HeadcountRow.id)
    ).all()
    session.execute(delete(NoticeRow).where(NoticeRow.drive_id.in_(ended)))
    return len(gone)


def _retire(session: Session, resident_id: int, state: State, *, drive_id: str) -> None:
    session.execute(
        update(HeadcountRow)
        .where(
            HeadcountRow.resident_id == resident_id,
            HeadcountRow.drive_id == drive_id,
            HeadcountRow.state == State.CONFIRMED,
        )
        .values(state=state)
    )


def _entry(row: HeadcountRow) -> Entry:
    """The respondent's key is our own number: whose answers belong together, and nothing about who it is."""
    return Entry(
        source=Source(row.source),
        community_code=row.community_code or "",
        respondent=f"resident {row.resident_id}" if row.resident_id else f"answer {row.id}",
        headcount=_headcount(row),
        entered_at=row.entered_at,
        household_code=row.household_code,
    )


def _headcount(row: HeadcountRow) -> Headcount:
    return Headcount(
        total=row.total, present=row.present, away=row.away, children=row.children, elderly=row.elderly
    )


def _drive(row: HeadcountDriveRow) -> HeadcountDrive:
    return HeadcountDrive(**{name: getattr(row, name) for name in HeadcountDrive.__slots__})
