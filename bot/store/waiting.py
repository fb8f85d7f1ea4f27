"""How much waits for somebody, counted only as far as a person would: up to a thousand, then it is "more".

Each count reads along an index and stops at the limit, so that the first page costs the same with a hundred claims as
with a hundred thousand. `area_prefix`: the digits by which the codes of an area begin; empty: everywhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.store.appeals import AppealState
from bot.store.article_versions import is_handed_over
from bot.store.inquiries import ReportState
from bot.store.prefixes import begins
from bot.store.question_groups import GroupState
from bot.store.tables import (
    AlertRow,
    AppealRow,
    ArticleRow,
    ClaimRow,
    QuestionGroupRow,
    QuestionRow,
    ReportRow,
    SightingRow,
)
from knowledge.grouping import Fit
from knowledge.review import WorkState

MOST = 1_000


@dataclass(frozen=True, slots=True)
class ClaimsWanted:
    """Which claims to count; what is None does not narrow."""

    states: Collection[WorkState]
    assigned_to: str | None = None
    due_before: datetime | None = None
    area_prefix: str = ""


def claims(session: Session, wanted: ClaimsWanted) -> int:
    """Claims on the desk; of an area those that were reported from it or speak of it."""
    rows = select(ClaimRow.id).where(ClaimRow.state.in_(wanted.states))
    if wanted.assigned_to is not None:
        rows = rows.where(ClaimRow.assigned_to == wanted.assigned_to)
    if wanted.due_before is not None:
        rows = rows.where(ClaimRow.due_at < wanted.due_before)
    if wanted.area_prefix:
        seen = exists().where(
            SightingRow.claim_id == ClaimRow.id, begins(SightingRow.area_code, wanted.area_prefix)
        )
        rows = rows.where(or_(begins(ClaimRow.area_code, wanted.area_prefix), seen))
    return _count(session, rows)


def suggestions(session: Session, *, area_prefix: str = "") -> int:
    """Reports of which a person should say whether they belong to the claim that was suggested."""
    rows = select(ReportRow.number).where(
        ReportRow.state == ReportState.NEW, ReportRow.fit == Fit.SUGGESTED, ReportRow.claim_id.is_(None)
    )
    if area_prefix:
        rows = rows.where(begins(ReportRow.area_code, area_prefix))
    return _count(session, rows)


def appeals(session: Session, *, area_prefix: str = "") -> int:
    """Disagreements with a verdict that nobody has decided."""
    rows = select(AppealRow.number).where(AppealRow.state == AppealState.OPEN)
    if area_prefix:
        seen = exists().where(
            SightingRow.claim_id == AppealRow.claim_id, begins(SightingRow.area_code, area_prefix)
        )
        rows = rows.where(begins(AppealRow.area_code, area_prefix), seen)
    return _count(session, rows)


def articles(session: Session, *, area_prefix: str = "") -> int:
    """Articles that wait for a second person, or whose next version does."""
    rows = select(ArticleRow.id).where(is_handed_over())
    if area_prefix:
        rows = rows.where(begins(ArticleRow.area_code, area_prefix))
    return _count(session, rows)


def question_groups(session: Session, *, area_prefix: str = "") -> int:
    """Questions nobody could answer, those that mean the same counted once."""
    rows = select(QuestionGroupRow.id).where(QuestionGroupRow.state == GroupState.OPEN)
    if area_prefix:
        asked = exists().where(
            QuestionRow.group_id == QuestionGroupRow.id, begins(QuestionRow.area_code, area_prefix)
        )
        rows = rows.where(asked)
    return _count(session, rows)


def alerts(session: Session, *, area_prefix: str = "") -> int:
    """Danger to life that nobody has taken on."""
    rows = select(AlertRow.id).where(AlertRow.acknowledged_at.is_(None))
    if area_prefix:
        rows = rows.where(begins(AlertRow.area_code, area_prefix))
    return _count(session, rows)


def _count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.limit(MOST).subquery())) or 0
