"""API tokens: what one may be for, who may make and revoke them, and whose call it is that brings one.

A token never goes beyond the role and area its owner has at that moment. A scope narrows it further. Approving is a scope of
its own that neither "write" nor an administrator gives: who makes a token for a colleague could else approve in their name.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from bot.access import Permission
from bot.errors import Forbidden, NotFound, Unacceptable
from bot.office.act import Act
from bot.store import api_tokens, audit, staff
from bot.store.api_tokens import ApiToken
from bot.store.engine import Session
from bot.store.pages import Page, Wanted
from bot.store.staff import StaffMember

BEGINS = "dx_"
SECRET_BYTES = 32
LONGEST_NAME = 60
DAYS = 90
MOST_DAYS = 366


class Access(StrEnum):
    """How far a call goes."""

    READ = "read"
    WRITE = "write"
    APPROVE = "approve"


READABLE = frozenset({Access.READ})
CHANGED = frozenset({Access.READ, Access.WRITE})
WORKED_ON = frozenset(Access)
# What there is to ask for, and how far a call on it can go.
RESOURCES: Mapping[str, frozenset[Access]] = {
    "areas": CHANGED,
    "groups": READABLE,
    "grid-workers": CHANGED,
    "articles": WORKED_ON,
    "claims": WORKED_ON,
    "broadcasts": WORKED_ON,
    "relay-tasks": READABLE,
    "headcount-drives": READABLE,
    "headcounts": READABLE,
    "audit-events": READABLE,
}
# What says a second person's yes, or takes it back, and for which resource a token needs the scope of approval to do it. All
# that an administrator may not do stands here: else they made a token for a colleague, and did it in their name.
APPROVALS: Mapping[Permission, str] = {
    Permission.ARTICLE_APPROVE: "articles",
    Permission.CLAIM_APPROVE: "claims",
    Permission.APPEAL_DECIDE: "claims",
    Permission.BROADCAST_APPROVE: "broadcasts",
}
# A scope is one of the three for everything, or for one resource: "read", "broadcasts:write".
SCOPES: tuple[str, ...] = (
    *(access.value for access in Access),
    *(f"{name}:{access}" for name, reach in RESOURCES.items() for access in Access if access in reach),
)


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token, with the secret the one time it is known."""

    token: ApiToken
    secret: str = field(repr=False)


class Refusal(StrEnum):
    """Why a token opens nothing."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_RESTING = "account_resting"


def allows(token: ApiToken, resource: str, access: Access) -> bool:
    """Whether one of its scopes covers such a call."""
    return bool(token.scopes & {access.value, f"{resource}:{access}"})


def withheld(token: ApiToken) -> Mapping[Permission, str]:
    """What it does not reach, whatever its owner's role grants, and the scope that would."""
    return {
        permission: f"{resource}:{Access.APPROVE}"
        for permission, resource in APPROVALS.items()
        if not allows(token, resource, Access.APPROVE)
    }


def recognise(session: Session, secret: str, *, now: datetime) -> ApiToken | Refusal:
    """Whose call it is, noting now and then that the token is in use; or why it opens nothing."""
    token = api_tokens.find_by_secret(session, secret)
    if token is None:
        return Refusal.UNKNOWN
    if refusal := refusal_of(token, now=now):
        return refusal
    if api_tokens.is_use_worth_noting(token, now=now):
        api_tokens.note_use(session, token.id, now=now)
    return token


def create_token(
    act: Act, *, owner_name: str, name: str, scopes: Sequence[str], days: int = DAYS
) -> IssuedToken:
    """A token on behalf of a staff member. Raises NotFound, also for one whose account reaches beyond the maker's area, and
    Forbidden for a token that approves in a colleague's name.
    """
    act.require(Permission.TOKEN_WRITE)
    owner = _owner(act, owner_name)
    if owner.id != act.member.id and any(scope.endswith(Access.APPROVE) for scope in scopes):
        raise Forbidden("nobody makes a token that approves in a colleague's name")
    return issue(act.session, owner, name=name, scopes=scopes, days=days, by=act.member.name, now=act.now)


def issue(
    session: Session,
    owner: StaffMember,
    *,
    name: str,
    scopes: Sequence[str],
    days: int,
    by: str,
    now: datetime,
) -> IssuedToken:
    """The token itself; `by` stands in the audit trail. Raises Unacceptable. For the command line, which may do all."""
    _check(name, scopes, days)
    secret = BEGINS + secrets.token_urlsafe(SECRET_BYTES)
    token = api_tokens.add_token(
        session,
        secret,
        owner=owner,
        name=name.strip(),
        scopes=sorted(set(scopes)),
        now=now,
        expires_at=now + timedelta(days=days),
    )
    detail = {"owner": owner.name, "scopes": sorted(token.scopes), "days": days}
    audit.record(
        session, at=now, actor=by, action="token.created", subject=f"token {token.id}", detail=detail
    )
    return IssuedToken(token, secret)


def list_tokens(act: Act, wanted: Wanted, *, usable: bool | None = None) -> Page[ApiToken]:
    """A page of the tokens there ever were of accounts of the member's area, the newest first; never a secret. `usable`:
    only those in force, or not.
    """
    act.require(Permission.TOKEN_WRITE)
    return api_tokens.read_tokens(
        act.session, wanted=wanted, now=act.now, usable=usable, area_prefix=act.area_prefix
    )


def take_away(act: Act, *, usable: bool | None = None) -> Callable[[Wanted], Page[ApiToken]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.TOKEN_WRITE)
    act.note("token.exported", "tokens")
    return partial(list_tokens, act, usable=usable)


def one(act: Act, token_id: int) -> ApiToken:
    """One token. Raises NotFound, also for an account's of elsewhere."""
    act.require(Permission.TOKEN_WRITE)
    token = api_tokens.find_token(act.session, token_id)
    if not act.covers(token.owner.area_code):
        raise NotFound(f"there is no token {token_id}")
    return token


def refusal_of(token: ApiToken, *, now: datetime) -> Refusal | None:
    """Why it opens nothing now; None while it does."""
    owner = token.owner
    reasons = {
        Refusal.REVOKED: token.revoked_at is not None,
        Refusal.EXPIRED: token.expires_at <= now,
        Refusal.ACCOUNT_CLOSED: owner.disabled_at is not None,
        Refusal.ACCOUNT_RESTING: owner.locked_until is not None and owner.locked_until > now,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def revoke_token(act: Act, token_id: int, *, reason: str) -> ApiToken:
    """It is worth nothing from now on. Raises NotFound."""
    one(act, token_id)
    token = api_tokens.revoke(act.session, token_id, now=act.now)
    act.note("token.revoked", f"token {token_id}", reason=reason)
    return token


def _owner(act: Act, name: str) -> StaffMember:
    owner = staff.find_staff(act.session, name)
    if owner is None or owner.disabled_at is not None or not act.covers(owner.area_code):
        raise NotFound(f"there is no staff member called {name}")
    return owner


def _check(name: str, scopes: Sequence[str], days: int) -> None:
    faults = {}
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        faults["name"] = f"has 1 to {LONGEST_NAME} characters: which system it is for"
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        faults["scopes"] = f"there is no scope {', '.join(unknown)}" if unknown else "name at least one"
    if not 1 <= days <= MOST_DAYS:
        faults["days"] = f"lasts 1 to {MOST_DAYS} days"
    if faults:
        raise Unacceptable(faults)
