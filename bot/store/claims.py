"""Claims with a published verdict. Every change raises the knowledge revision, so that all processes load it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store.changes import Changes, in_pieces
from bot.store.revisions import KNOWLEDGE, raise_revision
from bot.store.sources import dated_columns, scope_of, source_of, validity_of
from bot.store.tables import ClaimRow, ReportRow
from knowledge.claim import Claim, Topic, Verdict


def all_claims(session: Session) -> tuple[Claim, ...]:
    """Every published claim, by id."""
    return tuple(_claim(row) for row in session.scalars(select(ClaimRow).order_by(ClaimRow.id)))


def upsert_claims(session: Session, claims: Iterable[Claim], *, now: datetime) -> Changes:
    """Store `claims`, in place of earlier ones of the same id; storing the same again changes nothing."""
    changes = Changes()
    for piece in in_pieces(claims):
        changes += _upsert(session, piece, now)
    if changes.any:
        raise_revision(session, KNOWLEDGE)
    return changes


def remove_claim(session: Session, claim_id: str) -> None:
    """Withdraw a claim. Raises NotFound, and Conflict while residents' reports hang on it."""
    row = session.get(ClaimRow, claim_id)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    reports = session.scalar(select(func.count()).where(ReportRow.claim_id == claim_id))
    if reports:
        raise Conflict(f"{reports} reports hang on claim {claim_id}; give it another verdict instead")
    session.delete(row)
    session.flush()
    raise_revision(session, KNOWLEDGE)


def _upsert(session: Session, claims: list[Claim], now: datetime) -> Changes:
    ids = [claim.id for claim in claims]
    stored = {row.id: _claim(row) for row in session.scalars(select(ClaimRow).where(ClaimRow.id.in_(ids)))}
    new = [claim for claim in claims if claim.id not in stored]
    changed = [claim for claim in claims if stored.get(claim.id, claim) != claim]
    if new:
        session.execute(insert(ClaimRow), [_columns(claim, now) for claim in new])
    if changed:
        session.execute(update(ClaimRow), [_columns(claim, now) for claim in changed])
        session.expire_all()
    return Changes(len(new), len(changed), len(claims) - len(new) - len(changed))


def _claim(row: ClaimRow) -> Claim:
    return Claim(
        id=row.id,
        text=row.text,
        verdict=Verdict(row.verdict),
        explanation=row.explanation,
        phrasings=tuple(row.phrasings),
        source=source_of(row),
        published_on=row.published_on,
        validity=validity_of(row),
        scope=scope_of(row),
        topic=Topic(row.topic),
    )


def _columns(claim: Claim, now: datetime) -> dict[str, object]:
    return {
        "id": claim.id,
        "text": claim.text,
        "phrasings": list(claim.phrasings),
        "verdict": claim.verdict.value,
        "explanation": claim.explanation,
        "published_on": claim.published_on,
        "topic": claim.topic.value,
        "updated_at": now,
        **dated_columns(claim),
    }
