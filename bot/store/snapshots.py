"""A linked page or file as it was when it was cited, kept by the hash of its bytes.

What is linked may change or vanish after an article or a verdict was built on it; the snapshot does not.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.tables import SnapshotRow


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was kept. Served as a download only: it is somebody else's bytes."""

    sha256: str
    media_type: str
    file_name: str
    content: bytes
    url: str
    taken_at: datetime
    taken_by: str


def keep_snapshot(
    session: Session, content: bytes, *, media_type: str, file_name: str, url: str, by: str, now: datetime
) -> str:
    """Keep these bytes; their hash. The same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(SnapshotRow, sha256) is None:
        session.add(
            SnapshotRow(
                sha256=sha256,
                media_type=media_type,
                file_name=file_name,
                content=content,
                size=len(content),
                url=url,
                taken_at=now,
                taken_by=by,
            )
        )
        session.flush()
    return sha256


def find_snapshot(session: Session, sha256: str) -> Snapshot:
    """Raises NotFound."""
    row = session.get(SnapshotRow, sha256)
    if row is None:
        raise NotFound("there is no such snapshot")
    return snapshot_of(row)


def snapshot_of(row: SnapshotRow) -> Snapshot:
    """A row as it is served."""
    return Snapshot(
        row.sha256, row.media_type, row.file_name, row.content, row.url, row.taken_at, row.taken_by
    )
