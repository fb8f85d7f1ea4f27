"""Audit events: who did what to what, and why. Append-only, and every event's hash covers the one before it.

A changed or removed event in the middle breaks the chain from there on. Cutting off the end cannot be seen from
inside; the last hash is small enough to be written down elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins_with_name
from bot.store.tables import AuditEventRow
from bot.store.turns import take_turn

FIRST = "0" * 64
TURN = "audit"
# Who acts where no person does.
SCHEDULER = "scheduler"
READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`detail` is plain JSON: no openid, no resident's words."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def record(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Append one event. Writers take turns until their transactions end, so that the chain has no forks."""
    take_turn(session, TURN)
    previous = session.scalar(select(AuditEventRow.hash).order_by(AuditEventRow.id.desc()).limit(1))
    row = AuditEventRow(at=at, actor=actor, action=action, subject=subject, detail=dict(detail or {}))
    row.hash = _hash(row, previous or FIRST)
    session.add(row)
    session.flush()
    return _event(row)


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What to look for; empty fields do not narrow. `action` may be the beginning of one ("staff"); `or_subjects`: others
    that will do as well as `subject`.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    or_subjects: tuple[str, ...] = ()

    def given(self) -> dict[str, str]:
        """The fields that narrow."""
        fields = {"actor": self.actor, "action": self.action, "subject": self.subject}
        return {name: value for name, value in fields.items() if value}


ORDERS = {"at": AuditEventRow.id}


def find_events(session: Session, query: AuditQuery, wanted: Wanted) -> Page[AuditEvent]:
    """A page of events, newest first unless asked otherwise. Raises Unacceptable."""
    rows = select(AuditEventRow)
    if query.actor:
        rows = rows.where(AuditEventRow.actor == query.actor)
    if query.subject:
        rows = rows.where(AuditEventRow.subject.in_([query.subject, *query.or_subjects]))
    if query.action:
        rows = rows.where(begins_with_name(AuditEventRow.action, query.action))
    return read_page(
        session, rows, orders=ORDERS, key=AuditEventRow.id, default="-at", wanted=wanted, make=_event
    )


def last_hash(session: Session) -> str:
    """The hash that covers everything so far."""
    return session.scalar(select(AuditEventRow.hash).order_by(AuditEventRow.id.desc()).limit(1)) or FIRST


def verify(session: Session) -> int | None:
    """The id of the first event that does not fit the chain; None when all do."""
    previous = FIRST
    rows = session.scalars(
        select(AuditEventRow).order_by(AuditEventRow.id).execution_options(yield_per=READ_AT_ONCE)
    )
    with closing(rows):
        for row in rows:
            if row.hash != _hash(row, previous):
                return row.id
            previous = row.hash
    return None


def events_of(session: Session, subject: str) -> tuple[AuditEvent, ...]:
    """What happened to one thing, oldest first."""
    rows = session.scalars(
        select(AuditEventRow).where(AuditEventRow.subject == subject).order_by(AuditEventRow.id)
    )
    return tuple(_event(row) for row in rows)


def _hash(row: AuditEventRow, previous: str) -> str:
    content = {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "detail": row.detail,
        "previous": previous,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _event(row: AuditEventRow) -> AuditEvent:
    return AuditEvent(
        id=row.id, at=row.at, actor=row.actor, action=row.action, subject=row.subject, detail=row.detail
    )
