"""What is written for a claim, is public, or was: each version with whose words it holds and who approved it.

The version after the public one is the one being written; there is at most one. An older one is never changed, so that
what somebody was told stays to be read.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.pending import pending_of, write_pending
from bot.store.tables import ClaimVersionRow
from knowledge.approval import Pending
from knowledge.verdict_text import Finding, finding_data, finding_from, fingerprint

# The note of a version that an import brought; the desk has written none of it.
IMPORTED = "import"


@dataclass(frozen=True, slots=True)
class ClaimVersion:
    """`note`: why it was written, for colleagues and, of a correction, for the public."""

    claim_id: str
    number: int
    finding: Finding
    pending: Pending
    note: str
    drafted_at: datetime
    published_at: datetime | None


def versions_of(session: Session, claim_id: str) -> tuple[ClaimVersion, ...]:
    """All of a claim's, oldest first."""
    rows = session.scalars(
        select(ClaimVersionRow)
        .where(ClaimVersionRow.claim_id == claim_id)
        .order_by(ClaimVersionRow.number)
        .execution_options(populate_existing=True)
    )
    return tuple(_version(row) for row in rows)


def find_version(session: Session, claim_id: str, number: int) -> ClaimVersion | None:
    """One of a claim's versions; None when there is none of that number."""
    row = _row(session, claim_id, number)
    return _version(row) if row else None


def write_version(
    session: Session,
    claim_id: str,
    number: int,
    finding: Finding,
    pending: Pending,
    *,
    note: str,
    now: datetime,
) -> None:
    """Put down what is being written, in place of what was written under this number before."""
    row = _row(session, claim_id, number)
    if row is None:
        row = ClaimVersionRow(claim_id=claim_id, number=number)
        session.add(row)
    row.content, row.note, row.drafted_at = dict(finding_data(finding)), note, now
    write_pending(row, pending)
    session.flush()


def save_pending(session: Session, claim_id: str, number: int, pending: Pending) -> None:
    """How far a version has come; its content stays."""
    row = _row(session, claim_id, number)
    if row is not None:
        write_pending(row, pending)
        session.flush()


def keep_published(
    session: Session, claim_id: str, number: int, finding: Finding, *, at: datetime | None, now: datetime
) -> None:
    """What an import made public, kept before something else takes its place; nothing to do when it is kept already."""
    if _row(session, claim_id, number) is None:
        kept = Pending(fingerprint(finding), frozenset())
        write_version(session, claim_id, number, finding, kept, note=IMPORTED, now=at or now)
        mark_published(session, claim_id, number, now=at or now)


def mark_published(session: Session, claim_id: str, number: int, *, now: datetime) -> None:
    """It is public from now on."""
    row = _row(session, claim_id, number)
    if row is not None:
        row.published_at = now
        session.flush()


def _row(session: Session, claim_id: str, number: int) -> ClaimVersionRow | None:
    return session.scalars(
        select(ClaimVersionRow)
        .where(ClaimVersionRow.claim_id == claim_id, ClaimVersionRow.number == number)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _version(row: ClaimVersionRow) -> ClaimVersion:
    return ClaimVersion(
        claim_id=row.claim_id,
        number=row.number,
        finding=finding_from(row.content),
        pending=pending_of(row),
        note=row.note,
        drafted_at=row.drafted_at,
        published_at=row.published_at,
    )
