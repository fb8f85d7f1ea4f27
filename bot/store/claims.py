"""Claims with a published verdict. Every change raises the knowledge revision, so that all processes load it.

An import is a verdict decided elsewhere. It may correct what an import brought, and whoever was told the earlier version
hears of it; what the desk has in hand, has written or has withdrawn it never overwrites.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta, timezone

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict
from bot.store.changes import Changes, in_pieces
from bot.store.claim_versions import IMPORTED, keep_published
from bot.store.revisions import KNOWLEDGE, raise_revision
from bot.store.sources import dated_columns, scope_of, source_of, validity_of
from bot.store.tables import OTHERWISE, ClaimRow, ClaimVersionRow
from bot.store.turns import hold_rows, take_turn
from knowledge.claim import Claim, Topic, Verdict
from knowledge.review import PUBLIC, WorkState
from knowledge.verdict_text import finding_of

CHINA = timezone(timedelta(hours=8))
# What two imports must not bring at once: the second finds what the first has brought.
TURN = "import of claims"


def all_claims(session: Session) -> tuple[Claim, ...]:
    """Every published claim, by id; those that are only being looked into are none."""
    rows = session.scalars(select(ClaimRow).where(ClaimRow.state.in_(PUBLIC)).order_by(ClaimRow.id))
    return tuple(claim_of(row) for row in rows)


def upsert_claims(
    session: Session,
    claims: Iterable[Claim],
    *,
    now: datetime,
    watched: Callable[[Sequence[Claim]], Iterable[Claim]] = iter,
) -> Changes:
    """Store `claims`, in place of earlier ones of the same id; storing the same again changes nothing. `watched` hands them
    on one by one, in the order in which they are held: that of their ids.
    """
    take_turn(session, TURN)
    changes = Changes()
    for piece in in_pieces(watched(sorted(claims, key=lambda claim: claim.id))):
        changes += _upsert(session, piece, now)
    if changes.any:
        raise_revision(session, KNOWLEDGE)
    return changes


def version_shown(session: Session, claim: Claim) -> int:
    """Which version `claim` is, as a process has it in memory: it may not have heard of the newest one yet. `OTHERWISE` for
    none that is known.
    """
    row = session.get(ClaimRow, claim.id, populate_existing=True)
    if row is None:
        return OTHERWISE
    return row.version if claim_of(row) == claim else max(row.version - 1, OTHERWISE)


def _upsert(session: Session, claims: list[Claim], now: datetime) -> Changes:
    known = {row.id: row for row in _among(session, claims)}
    new = [claim for claim in claims if claim.id not in known]
    differ = [one.id for one in claims if one.id in known and _says_otherwise(known[one.id], one)]
    rows = hold_rows(session, ClaimRow, differ)
    # Whoever held one of them may have made it say the same.
    changed = [one for one in claims if one.id in rows and _says_otherwise(rows[one.id], one)]
    _require_ours(session, [rows[claim.id] for claim in changed])
    if new:
        session.execute(insert(ClaimRow), [_first_columns(claim, now) for claim in new])
    if changed:
        _keep_outgoing(session, [rows[claim.id] for claim in changed], now)
        corrected = [_corrected_columns(claim, rows[claim.id], now) for claim in changed]
        session.execute(update(ClaimRow), corrected)
        session.expire_all()
    return Changes(len(new), len(changed), len(claims) - len(new) - len(changed))


def _among(session: Session, claims: Iterable[Claim]) -> Iterable[ClaimRow]:
    return session.scalars(select(ClaimRow).where(ClaimRow.id.in_([claim.id for claim in claims])))


def _says_otherwise(row: ClaimRow, claim: Claim) -> bool:
    """Whether the row is not this claim, published as it is."""
    return not row.version or claim_of(row) != claim


def in_hand(session: Session, claims: Iterable[Claim]) -> frozenset[str]:
    """Which of them, by id, an import may not change.

    They are the desk's: it looks into them, or has written what is public.
    """
    found: set[str] = set()
    for piece in in_pieces(claims):
        new = {claim.id: claim for claim in piece}
        otherwise = [row for row in _among(session, piece) if _says_otherwise(row, new[row.id])]
        found |= _theirs(session, otherwise)
    return frozenset(found)


def _theirs(session: Session, rows: list[ClaimRow]) -> set[str]:
    written = select(ClaimVersionRow.claim_id).where(
        ClaimVersionRow.claim_id.in_([row.id for row in rows]), ClaimVersionRow.note != IMPORTED
    )
    return {*session.scalars(written), *(row.id for row in rows if row.state not in PUBLIC)}


def _require_ours(session: Session, rows: list[ClaimRow]) -> None:
    """Raises Conflict when one of them is the desk's."""
    theirs = _theirs(session, rows)
    if theirs:
        raise Conflict(
            f"the rumour desk has its own work on {', '.join(sorted(theirs))}: correct it there, or import without it"
        )


def _keep_outgoing(session: Session, rows: list[ClaimRow], now: datetime) -> None:
    for row in rows:
        at = row.published_at or row.updated_at
        keep_published(session, row.id, row.version, finding_of(claim_of(row)), at=at, now=now)


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


def _first_columns(claim: Claim, now: datetime) -> dict[str, object]:
    return {
        **_columns(claim, now),
        "state": WorkState.PUBLISHED.value,
        "version": 1,
        "published_at": _moment_of(claim, now),
    }


def _corrected_columns(claim: Claim, row: ClaimRow, now: datetime) -> dict[str, object]:
    return {
        **_columns(claim, now),
        "state": WorkState.CORRECTED.value,
        "version": row.version + 1,
        "edition": row.edition + 1,
        "untold_since": now,
    }


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
