"""Unanswered questions as the desk reads and sorts them: text, place and moment, never whose.

Whose a question is leaves the store only for an answer to be queued, in the transaction that notes it was told. That note is
what makes a crash harmless: whoever has it is never taken again. Contact data is taken out of every text on the way to staff.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.scrubbing import scrub
from bot.store import question_groups
from bot.store.inquiries import QuestionState
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.question_groups import GROWING, belongs
from bot.store.tables import QuestionGroupRow, QuestionRow
from knowledge.grouping import Fit

# How surely a question belongs to its group, once a person has said so.
CONFIRMED = "confirmed"
OLDEST_FIRST = "number"
ORDERS = {"number": QuestionRow.number}
# Wordings of a group that a new question is compared with.
MOST_TEXTS = 20


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """`fit`: "sure", "new" or "confirmed" in its group; "suggested": `group_id` is only proposed; empty: not sorted yet."""

    number: int
    text: str
    state: QuestionState
    area_code: str | None
    group_id: int | None
    fit: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A question nobody and nothing has put into a group yet, in its own words."""

    number: int
    text: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class GrowingGroup:
    """A group that waits for an answer, as the grouping compares it."""

    id: str
    texts: tuple[str, ...]
    body: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """One resident with the numbers of all they asked in a group."""

    resident_id: int
    numbers: tuple[int, ...]


def unsorted_questions(session: Session, *, limit: int) -> tuple[Unsorted, ...]:
    """The oldest open questions that wait to be sorted."""
    rows = session.execute(_unsorted().limit(limit))
    return tuple(Unsorted(number, text, asked_at) for number, text, asked_at in rows)


def has_unsorted(session: Session) -> bool:
    """Whether the grouping has anything to do."""
    return session.execute(_unsorted().limit(1)).first() is not None


def growing_groups(session: Session) -> tuple[GrowingGroup, ...]:
    """All groups to which a new question may come, with the words in which they were asked."""
    rows = session.execute(
        select(QuestionRow.group_id, QuestionRow.text)
        .join(QuestionGroupRow, QuestionGroupRow.id == QuestionRow.group_id)
        .where(QuestionGroupRow.state.in_(GROWING), belongs())
        .order_by(QuestionRow.number)
    )
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for group_id, text in rows:
        if len(texts[str(group_id)]) < MOST_TEXTS:
            texts[str(group_id)][text] = None
    return tuple(GrowingGroup(group_id, tuple(found)) for group_id, found in texts.items())


def sort_into(session: Session, number: int, group_id: int, *, fit: Fit) -> bool:
    """Put a question that nobody has sorted into a group, or suggest it for one; whether it was still waiting for that."""
    row = session.execute(
        update(QuestionRow)
        .where(QuestionRow.number == number, QuestionRow.fit.is_(None), QuestionRow.group_id.is_(None))
        .values(group_id=group_id, fit=fit)
        .returning(QuestionRow.asked_at)
    ).first()
    if row is not None and fit is not Fit.SUGGESTED:
        group = session.get_one(QuestionGroupRow, group_id, with_for_update=True)
        group.count += 1
        group.first_asked_at = min(group.first_asked_at, row[0])
        group.last_asked_at = max(group.last_asked_at, row[0])
        session.flush()
    return row is not None


def require_suggested(session: Session, numbers: Iterable[int]) -> None:
    """Holds these questions. Raises Conflict when somebody has said already where one of them belongs."""
    mine = QuestionRow.number.in_(frozenset(numbers))
    fits = session.scalars(select(QuestionRow.fit).where(mine).with_for_update())
    if any(fit != Fit.SUGGESTED for fit in fits):
        raise Conflict("somebody has said already where one of these questions belongs")


def move(session: Session, numbers: Iterable[int], group_id: int) -> frozenset[int]:
    """A person says where these open questions belong; the groups they came from. Raises NotFound."""
    wanted = frozenset(numbers)
    rows = session.scalars(
        select(QuestionRow)
        .where(QuestionRow.number.in_(wanted), QuestionRow.state == QuestionState.OPEN)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) != len(wanted):
        raise NotFound("there is no open question of one of these numbers")
    left = frozenset(row.group_id for row in rows if row.group_id not in {None, group_id})
    for row in rows:
        row.group_id, row.fit = group_id, CONFIRMED
    session.flush()
    question_groups.recount(session, {group_id} | {one for one in left if one is not None})
    return frozenset(one for one in left if one is not None)


def questions_of(session: Session, group_id: int, *, within: str, wanted: Wanted) -> Page[QuestionLine]:
    """A page of what belongs to a group, in the area whose codes begin so, the oldest first."""
    return _page(
        session, select(QuestionRow).where(QuestionRow.group_id == group_id, belongs()), within, wanted
    )


def suggestions(
    session: Session, *, within: str, wanted: Wanted, group_id: int | None = None
) -> Page[QuestionLine]:
    """A page of open questions of which a person should say whether they belong to the group they are suggested for."""
    rows = select(QuestionRow).where(
        QuestionRow.state == QuestionState.OPEN, QuestionRow.fit == Fit.SUGGESTED
    )
    if group_id is not None:
        rows = rows.where(QuestionRow.group_id == group_id)
    return _page(session, rows, within, wanted)


def find_questions(session: Session, numbers: Iterable[int]) -> tuple[QuestionLine, ...]:
    """Those of these numbers that there are."""
    rows = session.scalars(
        select(QuestionRow)
        .where(QuestionRow.number.in_(list(numbers)))
        .order_by(QuestionRow.number)
        .execution_options(populate_existing=True)
    )
    return tuple(_line(row) for row in rows)


def wordings_of(session: Session, group_id: int, *, within: str, limit: int) -> tuple[str, ...]:
    """In which words a group's question was asked, without contact data, each once, the oldest first."""
    page = questions_of(session, group_id, within=within, wanted=Wanted(limit=limit))
    return tuple(dict.fromkeys(one.text for one in page.items))


def first_wordings(session: Session, group_ids: Iterable[int], *, within: str) -> dict[int, str]:
    """How each group was first asked from an area; groups about which nobody there asked are left out."""
    first = (
        select(func.min(QuestionRow.number))
        .where(QuestionRow.group_id.in_(list(group_ids)), belongs(), begins(QuestionRow.area_code, within))
        .group_by(QuestionRow.group_id)
    )
    rows = session.execute(
        select(QuestionRow.group_id, QuestionRow.text).where(QuestionRow.number.in_(first))
    )
    return {group_id: scrub(text) for group_id, text in rows if group_id is not None}


def take_askers(
    session: Session,
    group_id: int,
    *,
    limit: int,
    answer: str,
    by: str,
    now: datetime,
    holds_in: Callable[[str | None], bool],
) -> tuple[tuple[Asker, ...], tuple[int, ...]]:
    """The next askers of a group, their questions noted as answered; and the numbers of those whose area the answer does
    not hold in, which stay open. Questions whose link is cut are answered without anybody to tell.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    elsewhere: list[int] = []
    for row in _hold_waiting(session, group_id, limit=limit):
        if not holds_in(row.area_code):
            elsewhere.append(row.number)
            continue
        row.state, row.answer = QuestionState.ANSWERED.value, answer
        row.answered_by, row.answered_at = by, now
        if row.resident_id is not None:
            numbers[row.resident_id].append(row.number)
    session.flush()
    return tuple(Asker(one, tuple(found)) for one, found in numbers.items()), tuple(elsewhere)


def _hold_waiting(session: Session, group_id: int, *, limit: int) -> tuple[QuestionRow, ...]:
    """The first that wait; and of whoever asked those, since they are told of all they asked, also what lies beyond."""
    waiting = (
        select(QuestionRow)
        .where(QuestionRow.group_id == group_id, QuestionRow.state == QuestionState.OPEN, belongs())
        .order_by(QuestionRow.number)
        .with_for_update()
    )
    rows = {row.number: row for row in session.scalars(waiting.limit(limit))}
    people = {row.resident_id for row in rows.values() if row.resident_id is not None}
    if people:
        more = session.scalars(waiting.where(QuestionRow.resident_id.in_(people)))
        rows.update({row.number: row for row in more})
    return tuple(rows.values())


def finish_group_of(session: Session, number: int) -> None:
    """After a question was answered alone: its group is done when nobody else in it waits."""
    group_id = session.scalar(select(QuestionRow.group_id).where(QuestionRow.number == number, belongs()))
    if group_id is None:
        return
    waiting = select(QuestionRow.number).where(
        QuestionRow.group_id == group_id, QuestionRow.state == QuestionState.OPEN, belongs()
    )
    if session.scalar(waiting.limit(1)) is None:
        question_groups.finish(session, group_id)


def close_all(session: Session, group_id: int, *, by: str, now: datetime) -> int:
    """A group's open questions are done with, without an answer; how many."""
    rows = session.execute(
        update(QuestionRow)
        .where(QuestionRow.group_id == group_id, QuestionRow.state == QuestionState.OPEN, belongs())
        .values(state=QuestionState.CLOSED, answered_by=by, answered_at=now)
        .returning(QuestionRow.number)
    )
    return len(rows.all())


def _unsorted() -> Select[int, str, datetime]:
    # Behind a function no index fits: without a group are few, open are many, and this is asked every other second.
    state = func.coalesce(QuestionRow.state, "")
    return (
        select(QuestionRow.number, QuestionRow.text, QuestionRow.asked_at)
        .where(QuestionRow.group_id.is_(None), QuestionRow.fit.is_(None), state == QuestionState.OPEN)
        .order_by(QuestionRow.number)
    )


def _page(session: Session, rows: Select[QuestionRow], within: str, wanted: Wanted) -> Page[QuestionLine]:
    if within:
        rows = rows.where(begins(QuestionRow.area_code, within))
    return read_page(
        session,
        rows,
        orders=ORDERS,
        key=QuestionRow.number,
        default=OLDEST_FIRST,
        wanted=wanted,
        make=_line,
    )


def _line(row: QuestionRow) -> QuestionLine:
    return QuestionLine(
        number=row.number,
        text=scrub(row.text),
        state=QuestionState(row.state),
        area_code=row.area_code,
        group_id=row.group_id,
        fit=row.fit or "",
        asked_at=row.asked_at,
        answer=row.answer or "",
        answered_by=row.answered_by or "",
        answered_at=row.answered_at,
    )
