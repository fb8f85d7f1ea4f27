"""The desk's list of claims: filtered, sorted, a page at a time.

Which index serves depends on what is asked for: what is open is little among 100,000, so it is found by its state; anything
else walks along the order and stops after a page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.access import DIGITS
from bot.store.claim_files import ClaimFile, file_of
from bot.store.pages import Page, Wanted, read_page
from bot.store.tables import ClaimRow, SightingRow
from knowledge.claim import Topic, Verdict
from knowledge.review import OPEN, WorkState
from knowledge.risk import Risk

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
        _sought(sought),
        orders=ORDERS,
        key=ClaimRow.id,
        default=LATEST_FIRST,
        wanted=wanted,
        make=file_of,
    )


def _sought(sought: Sought) -> Select[ClaimRow]:
    conditions = [*_state(sought), *_equal(sought)]
    if sought.overdue_at is not None:
        conditions += [ClaimRow.state.in_(OPEN), ClaimRow.due_at <= sought.overdue_at]
    if sought.within:
        conditions.append(_touches(sought.within))
    if sought.text:
        conditions += [ClaimRow.text.contains(sought.text, autoescape=True), ClaimRow.restricted.is_(False)]
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
        (func.coalesce(ClaimRow.verdict, ""), sought.verdict),
        (func.coalesce(ClaimRow.topic, ""), sought.topic),
        (ClaimRow.assigned_to.expression, sought.assigned_to),
    )
    return [column == value for column, value in wanted if value]


def _touches(prefix: str) -> ColumnElement[bool]:
    seen = exists().where(
        SightingRow.claim_id == ClaimRow.id,
        SightingRow.area_code.between(prefix, prefix.ljust(DIGITS, "9")),
    )
    return or_(seen, ClaimRow.area_code.startswith(prefix, autoescape=True))
