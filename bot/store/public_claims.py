"""What anybody may read of claims: those that are published, hold today and speak of no private person.

Newest first by the moment of publication, which has an index: a page costs the same with ten claims and with 100,000.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bot.access import prefix_of
from bot.errors import NotFound
from bot.store.claim_versions import IMPORTED
from bot.store.claims import claim_of
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import ClaimRow, ClaimVersionRow
from knowledge.claim import Claim, Topic
from knowledge.review import PUBLIC, WorkState
from knowledge.verdict_text import Finding, finding_from

ORDERS = {"published": ClaimRow.published_at, "decided": ClaimRow.published_on}
# A correction counts from its own day, though its claim was first public long before. There are few of them.
NEWEST_FIRST, LAST_DECIDED_FIRST = "-published", "-decided"


class PublicState(StrEnum):
    """Whether a published verdict still stands. A withdrawn one stays findable by its address, to be told so."""

    HOLDS = "holds"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """A claim as the public sees it. `version` rises with every correction; `published_at`: first of all."""

    claim: Claim
    version: int
    state: PublicState
    is_corrected: bool
    verified_with: str
    published_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """A verdict as it is or was public. `note`: of a correction, what was wrong before."""

    number: int
    finding: Finding
    note: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the map of all pages."""

    id: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Sought:
    """Which claims of the list. `area_path`: from the prefecture down to an area, whose own and whose places' they are."""

    topic: Topic | None = None
    area_path: tuple[str, ...] = ()
    corrected: bool = False


def page_of_public(session: Session, sought: Sought, *, day: date, wanted: Wanted) -> Page[PublicClaim]:
    """One page, newest first. Raises Unacceptable for a cursor that is none."""
    return read_page(
        session,
        _sought(sought, day),
        orders=ORDERS,
        key=ClaimRow.id,
        default=LAST_DECIDED_FIRST if sought.corrected else NEWEST_FIRST,
        wanted=wanted,
        make=lambda row: _public(row, day),
    )


def public_among(session: Session, claim_ids: Iterable[str], *, day: date) -> tuple[PublicClaim, ...]:
    """Those of `claim_ids` that anybody may read, in the order given."""
    ids = tuple(claim_ids)
    rows = {row.id: row for row in session.scalars(_listed(day).where(ClaimRow.id.in_(ids)))}
    return tuple(_public(rows[claim_id], day) for claim_id in ids if claim_id in rows)


def find_public(session: Session, claim_id: str, *, day: date) -> PublicClaim:
    """A claim that is public, or was. Raises NotFound for one that never was, and for one about a private person."""
    row = session.get(ClaimRow, claim_id)
    was_public = row is not None and (
        row.state in PUBLIC or (row.state == WorkState.CLOSED and row.version > 0)
    )
    if row is None or not was_public or row.restricted:
        raise NotFound(f"there is no public claim {claim_id}")
    return _public(row, day)


def has_page(session: Session, claim_id: str, *, day: date) -> bool:
    """Whether anybody may read it then. A claim about a private person has no page; that of an expired one says it is gone."""
    found = _listed(day).with_only_columns(ClaimRow.id).where(ClaimRow.id == claim_id)
    return session.scalar(found) is not None


def published_versions(
    session: Session, claims: Iterable[PublicClaim]
) -> Mapping[str, tuple[PublicVersion, ...]]:
    """By claim, what is and was public of it, newest first. What an import brought is kept only once it was corrected."""
    found: dict[str, tuple[PublicVersion, ...]] = {one.claim.id: () for one in claims}
    rows = session.scalars(
        select(ClaimVersionRow)
        .where(ClaimVersionRow.claim_id.in_(found), ClaimVersionRow.published_at.is_not(None))
        .order_by(ClaimVersionRow.claim_id, ClaimVersionRow.number.desc())
    )
    for row in rows:
        if row.published_at is not None:
            note = "" if row.note == IMPORTED else row.note
            version = PublicVersion(row.number, finding_from(row.content), note, row.published_at)
            found[row.claim_id] += (version,)
    return found


def map_of_public(session: Session, *, day: date, most: int) -> tuple[Listed, ...]:
    """The newest `most` for search engines."""
    rows = session.execute(
        _listed(day)
        .with_only_columns(ClaimRow.id, ClaimRow.updated_at)
        .order_by(ClaimRow.published_at.desc(), ClaimRow.id.desc())
        .limit(most)
    )
    return tuple(Listed(claim_id, updated_at) for claim_id, updated_at in rows)


def _listed(day: date) -> Select[ClaimRow]:
    # Behind a function no index fits: the list then walks along the moments of publication and stops after a page,
    # instead of fetching and sorting every claim of the state or topic.
    state = func.coalesce(ClaimRow.state, "")
    return select(ClaimRow).where(
        state.in_(PUBLIC),
        ClaimRow.restricted.is_(False),
        or_(ClaimRow.valid_from.is_(None), ClaimRow.valid_from <= day),
        or_(ClaimRow.valid_to.is_(None), ClaimRow.valid_to >= day),
    )


def _sought(sought: Sought, day: date) -> Select[ClaimRow]:
    rows = _listed(day)
    if sought.topic is not None:
        rows = rows.where(func.coalesce(ClaimRow.topic, "") == sought.topic)
    if sought.area_path:
        below = begins(ClaimRow.area_code, prefix_of(sought.area_path[-1]))
        rows = rows.where(or_(ClaimRow.area_code.in_(("", *sought.area_path)), below))
    if sought.corrected:
        rows = rows.where(ClaimRow.state == WorkState.CORRECTED)
    return rows


def _public(row: ClaimRow, day: date) -> PublicClaim:
    claim = claim_of(row)
    return PublicClaim(
        claim=claim,
        version=row.version,
        state=_state_of(row, claim, day),
        is_corrected=row.state == WorkState.CORRECTED,
        verified_with=row.verified_with,
        published_at=row.published_at,
        updated_at=row.updated_at,
    )


def _state_of(row: ClaimRow, claim: Claim, day: date) -> PublicState:
    if row.state == WorkState.CLOSED:
        return PublicState.WITHDRAWN
    return PublicState.HOLDS if claim.validity.holds_on(day) else PublicState.EXPIRED
