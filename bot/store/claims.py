"""Claims with a published verdict. Every change raises the knowledge revision, so that all processes load it."""

import zlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta, timezone

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store.changes import Changes, in_pieces
from bot.store.revisions import KNOWLEDGE, raise_revision
from bot.store.sources import dated_columns, scope_of, source_of, validity_of
from bot.store.tables import ClaimRow, ReportRow
from knowledge.claim import Claim, Topic, Verdict
from knowledge.review import PUBLIC, WorkState

CHINA = timezone(timedelta(hours=8))


def all_claims(session: Session) -> tuple[Claim, ...]:
    """Every published claim, by id; those that are only being looked into are none."""
    rows = session.scalars(select(ClaimRow).where(ClaimRow.state.in_(PUBLIC)).order_by(ClaimRow.id))
    return tuple(claim_of(row) for row in rows)


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
    stored = {row.id: claim_of(row) for row in session.scalars(select(ClaimRow).where(ClaimRow.id.in_(ids)))}
    new = [claim for claim in claims if claim.id not in stored]
    changed = [claim for claim in claims if stored.get(claim.id, claim) != claim]
    if new:
        session.execute(insert(ClaimRow), [_columns(claim, now) for claim in new])
    if changed:
        session.execute(update(ClaimRow), [_columns(claim, now) for claim in changed])
        session.expire_all()
    return Changes(len(new), len(changed), len(claims) - len(new) - len(changed))


def claim_of(row: ClaimRow) -> Claim:
    """What is public of it: text, verdict, explanation, source."""
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


def _moment_of(claim: Claim, now: datetime) -> datetime:
    """When it was published, as far as a file tells: the beginning of the day. The parts of a second give the claims of
    one day an order of their own, so that no list has to sort a whole import to show its first page.
    """
    day = claim.published_on or now.astimezone(CHINA).date()
    order = timedelta(microseconds=zlib.crc32(claim.id.encode()) % 1_000_000)
    return datetime.combine(day, time(), tzinfo=CHINA) + order


def _columns(claim: Claim, now: datetime) -> dict[str, object]:
    return {
        "id": claim.id,
        "text": claim.text,
        "phrasings": list(claim.phrasings),
        "verdict": claim.verdict.value,
        "explanation": claim.explanation,
        "published_on": claim.published_on,
        "topic": claim.topic.value,
        "state": WorkState.PUBLISHED.value,
        "version": 1,
        "published_at": _moment_of(claim, now),
        "updated_at": now,
        **dated_columns(claim),
    }
