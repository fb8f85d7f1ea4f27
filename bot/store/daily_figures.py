"""How the days went, as counts of one day in one area: filled by a job, so that no page counts a million rows.

Every count stands once for everywhere ("") and once for each area above the place it happened in, from the prefecture
down to the township; what happened in an unknown place counts everywhere only. Counts, never people.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Case, Select, case, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from bot.access import DIGITS, LEVELS
from bot.messages import Kind
from bot.store.inquiries import ReportState
from bot.store.tables import (
    BroadcastRunRow,
    ClaimRow,
    DailyFigureRow,
    GridWorkerRow,
    InboxRow,
    QuestionRow,
    RelayTaskRow,
    ReportRow,
    ResidentRow,
    SightingRow,
)
from broadcasts.relay import RelayStatus
from knowledge.review import OPEN

EVERYWHERE = ""
# Prefecture, county, township: nothing finer is kept by the day.
KEPT_LEVELS = LEVELS[1:4]
# What a person sends because they want something of us; the rest are the platform's events.
SENT = (
    Kind.TEXT,
    Kind.IMAGE,
    Kind.VOICE,
    Kind.VIDEO,
    Kind.SHORT_VIDEO,
    Kind.PLACE,
    Kind.LINK,
    Kind.FILE,
    Kind.MENU,
)


class Figure(StrEnum):
    """What is counted. Of a day: messages, those left for a person, reports, questions, verdicts published. As things
    stand at its end: open claims by the days they have been open, relay tasks of the last 30 days and those carried out.
    """

    MESSAGES = "messages"
    LEFT_OPEN = "left_open"
    REPORTS = "reports"
    QUESTIONS = "questions"
    PUBLISHED = "published"
    OPEN_1 = "open_to_1_day"
    OPEN_3 = "open_to_3_days"
    OPEN_7 = "open_to_7_days"
    OPEN_30 = "open_to_30_days"
    OPEN_LONGER = "open_longer"
    RELAY_TASKS = "relay_tasks"
    RELAY_FORWARDED = "relay_forwarded"


OF_THE_DAY = (Figure.MESSAGES, Figure.LEFT_OPEN, Figure.REPORTS, Figure.QUESTIONS, Figure.PUBLISHED)
AGES = {Figure.OPEN_1: 1, Figure.OPEN_3: 3, Figure.OPEN_7: 7, Figure.OPEN_30: 30}
OPEN_BY_AGE = (*AGES, Figure.OPEN_LONGER)
AT_ITS_END = (*OPEN_BY_AGE, Figure.RELAY_TASKS, Figure.RELAY_FORWARDED)
COVERED_DAYS = 30
Counts = Mapping[tuple[Figure, str], int]


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One kept count."""

    day: date
    figure: Figure
    area_code: str
    count: int


def count_day(session: Session, *, starts: datetime, ends: datetime) -> Counts:
    """What happened from `starts` to before `ends`."""
    messages = (
        select(ResidentRow.community_code, func.count())
        .join(InboxRow, InboxRow.resident_id == ResidentRow.id)
        .where(InboxRow.received_at >= starts, InboxRow.received_at < ends, InboxRow.kind.in_(SENT))
        .group_by(ResidentRow.community_code)
    )
    reported = (
        select(ReportRow.area_code, ReportRow.entered_by.is_(None), ReportRow.state, func.count())
        .where(ReportRow.reported_at >= starts, ReportRow.reported_at < ends)
        .group_by(ReportRow.area_code, ReportRow.entered_by.is_(None), ReportRow.state)
    )
    asked = (
        select(QuestionRow.area_code, func.count())
        .where(QuestionRow.asked_at >= starts, QuestionRow.asked_at < ends)
        .group_by(QuestionRow.area_code)
    )
    published = (
        select(ClaimRow.area_code, func.count())
        .where(ClaimRow.published_at >= starts, ClaimRow.published_at < ends)
        .group_by(ClaimRow.area_code)
    )
    counts: Counter[tuple[Figure, str]] = Counter()
    for area, count in session.execute(messages):
        _add(counts, Figure.MESSAGES, area, count)
    for area, by_resident, state, count in session.execute(reported):
        _add(counts, Figure.REPORTS, area, count)
        if by_resident and state != ReportState.ANSWERED:
            _add(counts, Figure.LEFT_OPEN, area, count)
    for area, count in session.execute(asked):
        _add(counts, Figure.QUESTIONS, area, count)
        _add(counts, Figure.LEFT_OPEN, area, count)
    for area, count in session.execute(published):
        _add(counts, Figure.PUBLISHED, area, count)
    return counts


def count_now(session: Session, *, now: datetime) -> Counts:
    """How things stand now: open claims by age, and how far grid workers carried what was sent of late."""
    counts: Counter[tuple[Figure, str]] = Counter()
    for figure, count in session.execute(_open_claims(now)):
        counts[Figure(figure), EVERYWHERE] = count
    places = {
        (Figure(figure), claim_id, township[:length].ljust(DIGITS, "0"))
        for figure, claim_id, township in session.execute(_places_of_open_claims(now))
        for length in KEPT_LEVELS
    }
    counts.update((figure, area) for figure, _, area in places)
    carried = (
        select(GridWorkerRow.community_code, RelayTaskRow.status, func.count())
        .join(RelayTaskRow, RelayTaskRow.grid_worker_id == GridWorkerRow.id)
        .join(BroadcastRunRow, BroadcastRunRow.id == RelayTaskRow.run_id)
        .where(
            BroadcastRunRow.planned_at >= now - timedelta(days=COVERED_DAYS),
            RelayTaskRow.status != RelayStatus.CANCELLED,
        )
        .group_by(GridWorkerRow.community_code, RelayTaskRow.status)
    )
    for area, status, count in session.execute(carried):
        _add(counts, Figure.RELAY_TASKS, area, count)
        if status == RelayStatus.FORWARDED:
            _add(counts, Figure.RELAY_FORWARDED, area, count)
    return counts


def replace(session: Session, day: date, counted: Collection[Figure], counts: Counts) -> None:
    """What was `counted` of a day, instead of what is kept of that so far; nothing is kept of a zero."""
    session.execute(delete(DailyFigureRow).where(DailyFigureRow.day == day, DailyFigureRow.name.in_(counted)))
    rows = [
        {"day": day, "name": figure, "area_code": area, "count": count}
        for (figure, area), count in counts.items()
    ]
    if rows:
        session.execute(insert(DailyFigureRow), rows)


def figures_since(session: Session, first: date, *, area_code: str = EVERYWHERE) -> tuple[DayFigure, ...]:
    """All figures of one area, oldest first."""
    rows = session.scalars(
        select(DailyFigureRow)
        .where(DailyFigureRow.day >= first, DailyFigureRow.area_code == area_code)
        .order_by(DailyFigureRow.day, DailyFigureRow.name)
    )
    return tuple(_figure(row) for row in rows)


def figures_of(session: Session, day: date, areas: Iterable[str]) -> tuple[DayFigure, ...]:
    """All figures of some areas on one day."""
    rows = session.scalars(
        select(DailyFigureRow)
        .where(DailyFigureRow.day == day, DailyFigureRow.area_code.in_(tuple(areas)))
        .order_by(DailyFigureRow.area_code)
    )
    return tuple(_figure(row) for row in rows)


def last_day(session: Session) -> date | None:
    """The newest day there are figures of."""
    return session.scalar(select(func.max(DailyFigureRow.day)))


def _open_claims(now: datetime) -> Select[str, int]:
    age = _age(now)
    return select(age, func.count()).where(ClaimRow.state.in_(OPEN)).group_by(age)


def _places_of_open_claims(now: datetime) -> Select[str, str, str]:
    """From which townships each was reported: it counts once in each area above them."""
    township = func.substr(SightingRow.area_code, 1, KEPT_LEVELS[-1])
    return (
        select(_age(now), ClaimRow.id, township)
        .join(SightingRow, SightingRow.claim_id == ClaimRow.id)
        .where(ClaimRow.state.in_(OPEN), SightingRow.area_code != EVERYWHERE)
    )


def _age(now: datetime) -> Case[str]:
    """For how long a claim has been open; one whose beginning nobody wrote down is an old one."""
    return case(
        *(
            (ClaimRow.opened_at >= now - timedelta(days=days), literal(figure.value))
            for figure, days in AGES.items()
        ),
        else_=literal(Figure.OPEN_LONGER.value),
    )


def _add(counts: Counter[tuple[Figure, str]], figure: Figure, area: str | None, count: int) -> None:
    counts[figure, EVERYWHERE] += count
    # What is of a whole county is of no township: the codes repeat, and each counts once.
    above = {area[:length].ljust(DIGITS, "0") for length in KEPT_LEVELS} if area else set()
    for code in above:
        counts[figure, code] += count


def _figure(row: DailyFigureRow) -> DayFigure:
    return DayFigure(row.day, Figure(row.name), row.area_code, row.count)
