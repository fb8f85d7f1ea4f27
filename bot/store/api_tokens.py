"""API tokens: a neighbouring system's way in, on behalf of a staff member. Only the hash of the secret is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, and_, not_, select
from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.staff import StaffMember, member_of
from bot.store.tables import ApiTokenRow, StaffRow

# That a token is used is noted at most this often: a busy one would write with every read.
NOTED_EVERY = timedelta(minutes=1)
ORDERS = {
    "created": ApiTokenRow.id,
    "name": ApiTokenRow.name,
    "expires": ApiTokenRow.expires_at,
    "used": ApiTokenRow.last_used_at,
}


@dataclass(frozen=True, slots=True)
class ApiToken:
    """`owner` is on whose behalf it acts, as their account is now."""

    id: int
    name: str
    owner: StaffMember
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def add_token(
    session: Session,
    secret: str,
    *,
    owner: StaffMember,
    name: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime,
) -> ApiToken:
    """Keep a new token."""
    row = ApiTokenRow(
        staff_id=owner.id,
        name=name,
        token_hash=_hash(secret),
        scopes=sorted(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return _token(row, owner)


def find_by_secret(session: Session, secret: str) -> ApiToken | None:
    """The token of this secret, be it worth anything still or not."""
    found = session.execute(_tokens().where(ApiTokenRow.token_hash == _hash(secret))).first()
    return _joined(found) if found else None


def all_tokens(session: Session) -> tuple[ApiToken, ...]:
    """Every token there ever was, the newest first."""
    rows = session.execute(_tokens().order_by(ApiTokenRow.id.desc()))
    return tuple(_joined(row) for row in rows)


def read_tokens(
    session: Session, *, wanted: Wanted, now: datetime, usable: bool | None = None, area_prefix: str = ""
) -> Page[ApiToken]:
    """A page of tokens, the newest first; `usable`: only those still worth something, or only those no more;
    `area_prefix`: those of accounts bound there.
    """
    owned = select(ApiTokenRow).join(StaffRow, StaffRow.id == ApiTokenRow.staff_id)
    rows = owned.where(begins(StaffRow.area_code, area_prefix))
    if usable is not None:
        live = and_(
            ApiTokenRow.revoked_at.is_(None), ApiTokenRow.expires_at > now, StaffRow.disabled_at.is_(None)
        )
        rows = rows.where(live if usable else not_(live))

    page = read_page(
        session, rows, orders=ORDERS, key=ApiTokenRow.id, default="-created", wanted=wanted, make=_itself
    )
    theirs = select(StaffRow).where(StaffRow.id.in_({row.staff_id for row in page.items}))
    owners = {one.id: member_of(one) for one in session.scalars(theirs)}
    return Page(tuple(_token(row, owners[row.staff_id]) for row in page.items), page.following)


def find_token(session: Session, token_id: int) -> ApiToken:
    """One token. Raises NotFound."""
    found = session.execute(_tokens().where(ApiTokenRow.id == token_id)).first()
    if found is None:
        raise NotFound(f"there is no token {token_id}")
    return _joined(found)


def revoke(session: Session, token_id: int, *, now: datetime) -> ApiToken:
    """It is worth nothing from now on; once more changes nothing. Raises NotFound."""
    row = session.get(ApiTokenRow, token_id)
    if row is None:
        raise NotFound(f"there is no token {token_id}")
    row.revoked_at = row.revoked_at or now
    session.flush()
    return _token(row, member_of(session.get_one(StaffRow, row.staff_id)))


def is_use_worth_noting(token: ApiToken, *, now: datetime) -> bool:
    """Whether the note of its last use is older than a minute."""
    return token.last_used_at is None or token.last_used_at <= now - NOTED_EVERY


def note_use(session: Session, token_id: int, *, now: datetime) -> None:
    """It is in use."""
    session.get_one(ApiTokenRow, token_id).last_used_at = now
    session.flush()


def _itself(row: ApiTokenRow) -> ApiTokenRow:
    """As it is: a page's owners are read together, once it is known whose tokens are on it."""
    return row


def _tokens() -> Select[ApiTokenRow, StaffRow]:
    return select(ApiTokenRow, StaffRow).join(StaffRow, StaffRow.id == ApiTokenRow.staff_id)


def _joined(found: Row[ApiTokenRow, StaffRow]) -> ApiToken:
    row, owner = found
    return _token(row, member_of(owner))


def _token(row: ApiTokenRow, owner: StaffMember) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        owner=owner,
        scopes=frozenset(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


def _hash(secret: str) -> str:
    """256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
