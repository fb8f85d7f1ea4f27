"""The moments of response to a claim: published, corrected, a card, a broadcast, a holding answer, what was done outside."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.tables import ClaimActionRow


class ActionKind(StrEnum):
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    HOLDING = "holding"
    CARD = "card"
    BROADCAST = "broadcast"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class ClaimAction:
    """`detail`: a version, a broadcast's id, a day, or what was done in the field."""

    claim_id: str
    kind: ActionKind
    detail: str
    by: str
    at: datetime


def add_action(
    session: Session, claim_id: str, kind: ActionKind, *, by: str, now: datetime, detail: str = ""
) -> None:
    """Put down what was done."""
    session.add(ClaimActionRow(claim_id=claim_id, kind=kind, detail=detail, by=by, at=now))
    session.flush()


def actions_of(session: Session, claim_id: str) -> tuple[ClaimAction, ...]:
    """A claim's, oldest first."""
    rows = session.scalars(
        select(ClaimActionRow).where(ClaimActionRow.claim_id == claim_id).order_by(ClaimActionRow.id)
    )
    return tuple(ClaimAction(row.claim_id, ActionKind(row.kind), row.detail, row.by, row.at) for row in rows)


def count_actions(session: Session, claim_id: str, kind: ActionKind) -> int:
    """How often this was done about the claim."""
    mine = ClaimActionRow.claim_id == claim_id, ClaimActionRow.kind == kind
    return session.scalar(select(func.count()).select_from(ClaimActionRow).where(*mine)) or 0
