"""What a verdict rests on: who said it where, and the page or file as it was when it was cited, by the hash of its bytes.

A linked page may change or vanish after a verdict was built on it; the snapshot does not.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.snapshots import Snapshot, snapshot_of
from bot.store.tables import EvidenceRow, SnapshotRow
from knowledge.article import Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """`expires_on`: from then on the document holds no longer. `snapshot`: the hash of what was kept, if anything was."""

    number: int
    claim_id: str
    source: Source
    expires_on: date | None
    snapshot: str | None
    added_by: str
    added_at: datetime


def find_snapshot_of(session: Session, claim_id: str, sha256: str) -> Snapshot:
    """What was kept for this claim. Raises NotFound."""
    row = session.scalars(
        select(SnapshotRow)
        .join(EvidenceRow, EvidenceRow.snapshot_sha256 == SnapshotRow.sha256)
        .where(EvidenceRow.claim_id == claim_id, SnapshotRow.sha256 == sha256)
        .limit(1)
    ).first()
    if row is None:
        raise NotFound("there is no such snapshot")
    return snapshot_of(row)


def add_evidence(
    session: Session,
    claim_id: str,
    source: Source,
    *,
    expires_on: date | None,
    snapshot: str | None,
    by: str,
    now: datetime,
) -> int:
    """Put down what the verdict rests on; its number."""
    row = EvidenceRow(
        claim_id=claim_id,
        issuer=source.issuer,
        title=source.title,
        document_number=source.document_number,
        url=source.url,
        issued_on=source.issued_on,
        expires_on=expires_on,
        snapshot_sha256=snapshot,
        added_by=by,
        added_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def evidence_of(session: Session, claim_id: str) -> tuple[Evidence, ...]:
    """A claim's, oldest first."""
    rows = session.scalars(
        select(EvidenceRow).where(EvidenceRow.claim_id == claim_id).order_by(EvidenceRow.id)
    )
    return tuple(_evidence(row) for row in rows)


def _evidence(row: EvidenceRow) -> Evidence:
    return Evidence(
        number=row.id,
        claim_id=row.claim_id,
        source=Source(row.issuer, row.title, row.document_number, row.url, row.issued_on),
        expires_on=row.expires_on,
        snapshot=row.snapshot_sha256,
        added_by=row.added_by,
        added_at=row.added_at,
    )
