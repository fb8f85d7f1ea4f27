"""What a verdict rests on, with a copy of the page or file as it was when it was cited."""

from datetime import date

from bot.access import Permission
from bot.errors import Unacceptable
from bot.office import snapshots
from bot.office.act import Act
from bot.office.claim_scope import find, subject
from bot.office.snapshots import Copy
from bot.store import evidence
from bot.store.snapshots import Snapshot
from knowledge.article import Source

LARGEST = snapshots.LARGEST


def add(
    act: Act,
    claim_id: str,
    source: Source,
    *,
    expires_on: date | None = None,
    content: bytes = b"",
    media_type: str = "",
    file_name: str = "",
) -> int:
    """Put it down; its number. Raises Unacceptable for a file too large or of another kind than it says."""
    act.require(Permission.CLAIM_REVIEW)
    find(act, claim_id)
    if not source.issuer.strip():
        raise Unacceptable({"issuer": "who says so must be named"})
    snapshot = None
    if content:
        copy = Copy(content, media_type, file_name)
        snapshot = snapshots.keep(act, copy, url=source.url)
    number = evidence.add_evidence(
        act.session,
        claim_id,
        source,
        expires_on=expires_on,
        snapshot=snapshot,
        by=act.member.name,
        now=act.now,
    )
    act.note("claim.evidence", subject(claim_id), detail={"evidence": number, "snapshot": snapshot or ""})
    return number


def read_snapshot(act: Act, claim_id: str, sha256: str) -> Snapshot:
    """What was kept for this claim. Raises NotFound."""
    act.require(Permission.CLAIM_READ)
    find(act, claim_id)
    return evidence.find_snapshot_of(act.session, claim_id, sha256)
