"""The desk's list of claims: filtered, sorted, a page at a time.

Which index serves depends on what is asked for: what is open is little among 100,000, so it is found by its state; anything
else walks along the order and stops after a page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.store import sightings
from bot.store.claim_files import ClaimFile, file_of
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import ClaimRow, SightingRow
from knowledge.claim import Topic, Verdict
from knowledge.review import OPEN, WorkState
from knowledge.risk import Risk

# So many claims are quicker fetched and sorted than looked for along the order.
FEW = 2_000
LATEST_FIRST = "-reported"
ORDERS = {
    "reported": ClaimRow.last_reported_at,
    "due": ClaimRow.due_at,
    "reports": ClaimRow.report_count,
    "opened": ClaimRow.opened_at,
    "published": ClaimRow.published_at,
    "updated": ClaimRow.updated_at,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which claims. `overdue_at`: those whose clock had run out by then; `within`: the digits by which the areas begin
    from which they were reported, or for which they hold; `text`: what the claim itself says.
    """

    states: frozenset[WorkState] = frozenset()
    risk: Risk | None = None
    verdict: Verdict | None = None
    topic: Topic | None = None
    assigned_to: str = ""
    overdue_at: datetime | None = None
    within: str = ""
    text: str = ""


def page_of_claims(session: Session, sought: Sought, wanted: Wanted) -> Page[ClaimFile]:
    """A page. Raises Unacceptable for an order or cursor there is not."""
    return read_page(
        session,
        _sought(session, sought),
        orders=ORDERS,
        key=ClaimRow.id,
        default=LATEST_FIRST,
        wanted=wanted,
        make=file_of,
    )


def _sought(session: Session, sought: Sought) -> Select[ClaimRow]:
    conditions = [*_state(sought), *_equal(sought)]
    if sought.overdue_at is not None:
        conditions += [ClaimRow.state.in_(OPEN), ClaimRow.due_at <= sought.overdue_at]
    if sought.within:
        conditions.append(_touches(sought.within))
    if sought.text:
        conditions.append(_says(session, sought.text))
    return select(ClaimRow).where(*conditions)


def _state(sought: Sought) -> list[ColumnElement[bool]]:
    if not sought.states:
        return []
    # Behind a function no index fits; see above.
    column = ClaimRow.state if sought.states <= OPEN else func.coalesce(ClaimRow.state, "")
    return [column.in_(sorted(sought.states))]


def _equal(sought: Sought) -> list[ColumnElement[bool]]:
    wanted: tuple[tuple[ColumnElement[Any], str | None], ...] = (
        (ClaimRow.risk.expression, sought.risk),
        (ClaimRow.verdict.expression, sought.verdict),
        (func.coalesce(ClaimRow.topic, ""), sought.topic),
        (ClaimRow.assigned_to.expression, sought.assigned_to),
    )
    return [column == value for column, value in wanted if value]


def _touches(prefix: str) -> ColumnElement[bool]:
    """A county's claims are found while walking along the order; a village has so few that they are found first."""
    in_area = begins(SightingRow.area_code, prefix)
    if len(prefix) >= sightings.TOWNSHIP:
        return or_(
            ClaimRow.id.in_(select(SightingRow.claim_id).where(in_area)), ClaimRow.id.in_(_holding(prefix))
        )
    seen = exists().where(SightingRow.claim_id == ClaimRow.id, in_area)
    return or_(seen, begins(ClaimRow.area_code, prefix))


def _holding(prefix: str) -> Select[str]:
    held = aliased(ClaimRow)
    return select(held.id).where(begins(held.area_code, prefix))


def _says(session: Session, text: str) -> ColumnElement[bool]:
    """All texts are read through once, and the page is put together from the few that hold it; what many hold is soon found
    along the order.
    """
    holds = and_(ClaimRow.text.contains(text, autoescape=True), ClaimRow.restricted.is_(False))
    few = session.scalars(select(ClaimRow.id).where(holds).limit(FEW + 1)).all()
    if len(few) > FEW:
        return holds
    return ClaimRow.id.in_(few) if few else false()
