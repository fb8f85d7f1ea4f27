"""Where the questions of a group were asked, and what of them an area's own members see."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.prefixes import begins
from bot.store.question_groups import belongs
from bot.store.tables import QuestionRow


@dataclass(frozen=True, slots=True)
class Place:
    """How many of a group's questions came from one community ("": not known)."""

    area_code: str
    count: int


def places_of(session: Session, group_id: int, *, within: str) -> tuple[Place, ...]:
    """From where its questions came, most first; of an area only its own."""
    area = func.coalesce(QuestionRow.area_code, "")
    rows = select(area, func.count()).where(QuestionRow.group_id == group_id, belongs())
    if within:
        rows = rows.where(begins(QuestionRow.area_code, within))
    found = session.execute(rows.group_by(area).order_by(func.count().desc(), area))
    return tuple(Place(code, count) for code, count in found)


def counts_within(session: Session, group_ids: Iterable[int], within: str) -> dict[int, int]:
    """How many of each group's questions came from an area."""
    rows = session.execute(
        select(QuestionRow.group_id, func.count())
        .where(QuestionRow.group_id.in_(list(group_ids)), belongs(), begins(QuestionRow.area_code, within))
        .group_by(QuestionRow.group_id)
    )
    return {group_id: count for group_id, count in rows if group_id is not None}


def first_numbers(session: Session, group_ids: Iterable[int], *, within: str) -> dict[int, int]:
    """The number of each group's oldest question, of those asked in an area."""
    rows = session.execute(
        select(QuestionRow.group_id, func.min(QuestionRow.number))
        .where(QuestionRow.group_id.in_(list(group_ids)), belongs(), begins(QuestionRow.area_code, within))
        .group_by(QuestionRow.group_id)
    )
    return {group_id: number for group_id, number in rows if group_id is not None}
