"""Unanswered questions that mean the same: how often asked, since when, and what was written for them.

A question that is only suggested for a group is counted nowhere and told nothing until a person says that it belongs there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.revisions import QUESTION_GROUPS, raise_revision
from bot.store.tables import QuestionGroupRow, QuestionRow
from knowledge.grouping import Fit

MOST_ASKED_FIRST = "-count"
ORDERS = {
    "count": QuestionGroupRow.count,
    "last": QuestionGroupRow.last_asked_at,
    "first": QuestionGroupRow.first_asked_at,
}

# So many questions of an area are quicker read than looked for.
FEW = 2_000


class GroupState(StrEnum):
    """`WRITTEN`: an article is being written for it; `TELLING`: it is public, and those who asked are being told."""

    OPEN = "open"
    WRITTEN = "written"
    TELLING = "telling"
    ANSWERED = "answered"
    CLOSED = "closed"


# New questions may still come to these.
WAITING = frozenset({GroupState.OPEN, GroupState.WRITTEN})
GROWING = WAITING | {GroupState.TELLING}


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """`count`: of all its questions; `text`: what staff read, without what could point to a person."""

    id: int
    text: str
    state: GroupState
    count: int
    first_asked_at: datetime
    last_asked_at: datetime
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which groups. `within`: the digits by which the areas begin from which somebody asked; `number`: a group's own, or that
    of a question in it, will do as well as `text`.
    """

    state: GroupState | None = None
    within: str = ""
    text: str = ""
    number: int | None = None


def page_of_groups(session: Session, sought: Sought, wanted: Wanted) -> Page[QuestionGroup]:
    """A page. Raises Unacceptable for an order or cursor there is not."""
    return read_page(
        session,
        _sought(session, sought),
        orders=ORDERS,
        key=QuestionGroupRow.id,
        default=MOST_ASKED_FIRST,
        wanted=wanted,
        make=_group,
    )


def open_group(session: Session, *, text: str, asked_at: datetime) -> int:
    """A new group without questions; its number."""
    row = QuestionGroupRow(
        text=text, state=GroupState.OPEN, count=0, first_asked_at=asked_at, last_asked_at=asked_at
    )
    session.add(row)
    session.flush()
    raise_revision(session, QUESTION_GROUPS)
    return row.id


def hold_open_group(session: Session, text: str) -> int | None:
    """The oldest open group of these words, so that nobody closes it before this transaction ends; None when there is none
    that nobody else is at work on.
    """
    rows = select(QuestionGroupRow.id).where(
        QuestionGroupRow.state == GroupState.OPEN, QuestionGroupRow.text == text
    )
    # Whoever holds it may wait for a group that we hold: nobody waits here.
    return session.scalar(rows.order_by(QuestionGroupRow.id).limit(1).with_for_update(skip_locked=True))


def find_group(session: Session, group_id: int) -> QuestionGroup:
    """Raises NotFound."""
    row = session.get(QuestionGroupRow, group_id, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no group of questions {group_id}")
    return _group(row)


def hold_group(session: Session, group_id: int) -> QuestionGroup:
    """The group, for changing it: others wait until this transaction ends. Raises NotFound."""
    row = session.get(QuestionGroupRow, group_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound(f"there is no group of questions {group_id}")
    return _group(row)


def groups_for(session: Session, article_id: str) -> tuple[QuestionGroup, ...]:
    """Those for which this article was written."""
    rows = session.scalars(
        select(QuestionGroupRow)
        .where(QuestionGroupRow.article_id == article_id)
        .order_by(QuestionGroupRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple(_group(row) for row in rows)


def set_state(session: Session, group_id: int, state: GroupState, *, article_id: str | None) -> None:
    """Where it stands, and what is written for it."""
    session.execute(
        update(QuestionGroupRow)
        .where(QuestionGroupRow.id == group_id)
        .values(state=state, article_id=article_id)
    )
    raise_revision(session, QUESTION_GROUPS)


def rename(session: Session, group_id: int, text: str) -> None:
    """What staff read of it."""
    session.execute(update(QuestionGroupRow).where(QuestionGroupRow.id == group_id).values(text=text))


def start_telling(session: Session, article_id: str) -> bool:
    """The article is public: whoever asked is to be told; whether there is such a group."""
    waiting = and_(
        QuestionGroupRow.article_id == article_id,
        QuestionGroupRow.state.in_([GroupState.OPEN, GroupState.WRITTEN]),
    )
    told = session.scalars(
        update(QuestionGroupRow)
        .where(waiting)
        .values(state=GroupState.TELLING)
        .returning(QuestionGroupRow.id)
    ).all()
    if told:
        raise_revision(session, QUESTION_GROUPS)
    return bool(told)


def finish(session: Session, group_id: int) -> None:
    """Everybody in it was answered one by one; nothing to be done unless an article is being written for it."""
    session.execute(
        update(QuestionGroupRow)
        .where(QuestionGroupRow.id == group_id, QuestionGroupRow.state == GroupState.OPEN)
        .values(state=GroupState.ANSWERED)
    )
    raise_revision(session, QUESTION_GROUPS)


def release(session: Session, article_id: str) -> None:
    """What was written for them was given up before it was public: they wait as before."""
    session.execute(
        update(QuestionGroupRow)
        .where(QuestionGroupRow.article_id == article_id, QuestionGroupRow.state == GroupState.WRITTEN)
        .values(state=GroupState.OPEN, article_id=None)
    )


def telling(session: Session) -> tuple[QuestionGroup, ...]:
    """Groups whose askers are being told, oldest first."""
    rows = session.scalars(
        select(QuestionGroupRow)
        .where(QuestionGroupRow.state == GroupState.TELLING)
        .order_by(QuestionGroupRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple(_group(row) for row in rows)


def has_telling(session: Session) -> bool:
    """Whether anybody is being told."""
    row = select(QuestionGroupRow.id).where(QuestionGroupRow.state == GroupState.TELLING).limit(1)
    return session.scalar(row) is not None


def recount(session: Session, group_ids: Iterable[int]) -> None:
    """Count their questions anew, after some were moved. One without questions is closed."""
    for group_id in sorted(set(group_ids)):
        count, first, last = session.execute(
            select(func.count(), func.min(QuestionRow.asked_at), func.max(QuestionRow.asked_at)).where(
                QuestionRow.group_id == group_id, belongs()
            )
        ).one()
        row = session.get_one(QuestionGroupRow, group_id, populate_existing=True)
        row.count = count
        row.first_asked_at, row.last_asked_at = first or row.first_asked_at, last or row.last_asked_at
        if not count and row.state == GroupState.OPEN:
            row.state = GroupState.CLOSED.value
    session.flush()
    raise_revision(session, QUESTION_GROUPS)


def belongs() -> ColumnElement[bool]:
    """Whether a question belongs to its group, and is not only suggested for it."""
    return or_(QuestionRow.fit.is_(None), QuestionRow.fit != Fit.SUGGESTED)


def _touches(session: Session, within: str) -> ColumnElement[bool]:
    """Whether anybody of an area asked it. Where few did, their questions are read; else the list is walked along, in which
    one soon comes.
    """
    here = and_(belongs(), begins(QuestionRow.area_code, within))
    few = select(QuestionRow.number).where(begins(QuestionRow.area_code, within)).limit(FEW)
    if len(session.scalars(few).all()) < FEW:
        asked = select(QuestionRow.group_id).where(QuestionRow.group_id.is_not(None), here)
        return QuestionGroupRow.id.in_(asked)
    return exists().where(QuestionRow.group_id == QuestionGroupRow.id, here)


def _sought(session: Session, sought: Sought) -> Select[QuestionGroupRow]:
    rows = select(QuestionGroupRow)
    if sought.state is not None:
        rows = rows.where(QuestionGroupRow.state == sought.state)
    if sought.within:
        rows = rows.where(_touches(session, sought.within))
    if sought.text:
        says = QuestionGroupRow.text.contains(sought.text, autoescape=True)
        rows = rows.where(says if sought.number is None else or_(says, _numbered(sought)))
    return rows


def _numbered(sought: Sought) -> ColumnElement[bool]:
    """Whether it has this number, or a question that has it and was asked where it is sought."""
    holds = select(QuestionRow.group_id).where(
        QuestionRow.number == sought.number,
        QuestionRow.group_id.is_not(None),
        begins(QuestionRow.area_code, sought.within),
    )
    return or_(QuestionGroupRow.id == sought.number, QuestionGroupRow.id.in_(holds))


def _group(row: QuestionGroupRow) -> QuestionGroup:
    return QuestionGroup(
        id=row.id,
        text=row.text,
        state=GroupState(row.state),
        count=row.count,
        first_asked_at=row.first_asked_at,
        last_asked_at=row.last_asked_at,
        article_id=row.article_id,
    )
