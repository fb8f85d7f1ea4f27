"""What a verdict rests on, with a copy of the page or file as it was when it was cited.

A copy is uploaded or pasted by a person. The program fetches no address itself: what stands behind a link given by somebody
else is not to be opened from inside the office's network.
"""

from datetime import date

from bot.access import Permission
from bot.errors import Unacceptable
from bot.office.act import Act
from bot.office.claim_scope import find, subject
from bot.store import evidence
from bot.store.snapshots import Snapshot, keep_snapshot
from knowledge.article import Source

LARGEST = 5 * 1024 * 1024
KINDS = {
    "application/pdf": b"%PDF",
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8\xff",
    "text/plain": b"",
    "text/html": b"",
}


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
        _require_fit(content, media_type)
        snapshot = keep_snapshot(
            act.session,
            content,
            media_type=media_type,
            file_name=file_name[:200],
            url=source.url,
            by=act.member.name,
            now=act.now,
        )
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


def _require_fit(content: bytes, media_type: str) -> None:
    if len(content) > LARGEST:
        raise Unacceptable({"file": f"at most {LARGEST // 1024 // 1024} MiB"})
    if media_type not in KINDS:
        raise Unacceptable({"file": f"one of {', '.join(KINDS)}"})
    if not content.startswith(KINDS[media_type]):
        raise Unacceptable({"file": f"is no {media_type}"})
