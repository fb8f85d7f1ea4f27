"""Somebody who was told a verdict disagrees: a second review, answered within a stated time.

Its number is one of those residents ask with. Staff see the text, the claim and the version it speaks of; never whose it is.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import AppealRow
from bot.store.tickets import next_number

OLDEST_FIRST = "due"
ORDERS = {"due": AppealRow.due_at, "opened": AppealRow.opened_at}


class AppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Appeal:
    """`version`: of the verdict that was objected to; `area_code`: the community its author was bound to; `due_at`: by when
    an answer was promised.
    """

    number: int
    claim_id: str
    version: int
    area_code: str | None
    text: str
    state: AppealState
    opened_at: datetime
    due_at: datetime
    answer: str
    decided_by: str | None
    decided_at: datetime | None


def add_appeal(
    session: Session,
    *,
    resident_id: int,
    claim_id: str,
    version: int,
    area_code: str | None,
    text: str,
    due_at: datetime,
    now: datetime,
) -> int:
    """A new one; the number its author can ask with."""
    number = next_number(session, "appeal")
    session.add(
        AppealRow(
            number=number,
            claim_id=claim_id,
            resident_id=resident_id,
            version=version,
            area_code=area_code,
            text=text,
            state=AppealState.OPEN,
            opened_at=now,
            due_at=due_at,
        )
    )
    session.flush()
    return number


def page_of_appeals(
    session: Session, *, state: AppealState | None, wanted: Wanted, area_prefix: str = ""
) -> Page[Appeal]:
    """A page, the soonest due first; of authors from one area, where it is bounded."""
    rows = select(AppealRow).where(begins(AppealRow.area_code, area_prefix))
    if state is not None:
        rows = rows.where(AppealRow.state == state)
    return read_page(
        session, rows, orders=ORDERS, key=AppealRow.number, default=OLDEST_FIRST, wanted=wanted, make=_appeal
    )


def appeals_of(session: Session, claim_id: str, *, area_prefix: str = "") -> tuple[Appeal, ...]:
    """All about one claim, newest first; of authors from one area, where it is bounded."""
    rows = session.scalars(
        select(AppealRow)
        .where(AppealRow.claim_id == claim_id, begins(AppealRow.area_code, area_prefix))
        .order_by(AppealRow.number.desc())
    )
    return tuple(_appeal(row) for row in rows)


def find_appeal(session: Session, number: int) -> Appeal:
    """Raises NotFound."""
    row = session.get(AppealRow, number, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no appeal {number}")
    return _appeal(row)


def own_appeals(session: Session, resident_id: int, *, limit: int) -> tuple[Appeal, ...]:
    """The resident's own, newest first."""
    rows = session.scalars(
        select(AppealRow)
        .where(AppealRow.resident_id == resident_id)
        .order_by(AppealRow.number.desc())
        .limit(limit)
    )
    return tuple(_appeal(row) for row in rows)


def own_appeal(session: Session, resident_id: int, number: int) -> Appeal | None:
    """One of the resident's own, by its number; somebody else's is not found."""
    row = session.get(AppealRow, number, populate_existing=True)
    return _appeal(row) if row is not None and row.resident_id == resident_id else None


def appeals_since(session: Session, resident_id: int, since: datetime) -> int:
    """How many this resident sent since then; flooding is bounded, nothing else is made of it."""
    mine = AppealRow.resident_id == resident_id, AppealRow.opened_at >= since
    return session.scalar(select(func.count()).select_from(AppealRow).where(*mine)) or 0


def decide_appeal(
    session: Session, number: int, *, state: AppealState, answer: str, by: str, now: datetime
) -> tuple[bool, int | None]:
    """Record the second review: whether it was still open, and whom to answer, if linked."""
    row = session.execute(
        update(AppealRow)
        .where(AppealRow.number == number, AppealRow.state == AppealState.OPEN)
        .values(state=state, answer=answer, decided_by=by, decided_at=now)
        .returning(AppealRow.resident_id)
    ).first()
    return (True, row[0]) if row else (False, None)


def _appeal(row: AppealRow) -> Appeal:
    return Appeal(
        number=row.number,
        claim_id=row.claim_id,
        version=row.version,
        area_code=row.area_code,
        text=row.text,
        state=AppealState(row.state),
        opened_at=row.opened_at,
        due_at=row.due_at,
        answer=row.answer,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
