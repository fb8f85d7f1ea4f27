"""What residents asked that a person must look at: reports of possible rumours, and unanswered questions.

Both draw their number from one counter, so a resident asks with a number and need not know which it is. Only the asker's
own numbers are ever shown; staff see text, area and channel, never whose it is. Nothing here is joined with headcounts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.store.tables import AlertRow, AppealRow, QuestionRow, ReportRow
from bot.store.tickets import next_number


class ReportState(StrEnum):
    """`NEW`: nobody has looked. `ANSWERED`: a published verdict was given at once. `DECIDED`: told later."""

    NEW = "new"
    ANSWERED = "answered"
    DECIDED = "decided"
    CLOSED = "closed"


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class IntakeChannel(StrEnum):
    """How we heard of it. What a grid worker or a colleague logged has no asker."""

    CHAT = "chat"
    VOICE = "voice"
    SCREENSHOT = "screenshot"
    LINK = "link"
    GRID_WORKER = "grid_worker"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Report:
    number: int
    text: str
    state: ReportState
    claim_id: str | None
    area_code: str | None
    channel: IntakeChannel
    likelihood: float
    reasons: tuple[str, ...]
    reported_at: datetime
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    text: str
    state: QuestionState
    area_code: str | None
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody may be in danger; nothing of what was said is kept here."""

    number: int
    kind: str
    area_code: str | None
    raised_at: datetime


def add_question(
    session: Session, *, resident_id: int, text: str, area_code: str | None, now: datetime
) -> int:
    """Keep a question nobody could answer; the number the resident can ask with."""
    number = next_number(session, "question")
    session.add(
        QuestionRow(
            number=number,
            resident_id=resident_id,
            text=text,
            area_code=area_code,
            state=QuestionState.OPEN,
            asked_at=now,
        )
    )
    session.flush()
    return number


def own_inquiries(session: Session, resident_id: int, *, limit: int) -> list[Report | Question]:
    """The resident's own reports and questions, newest first."""
    reports = session.scalars(
        select(ReportRow)
        .where(ReportRow.resident_id == resident_id)
        .order_by(ReportRow.number.desc())
        .limit(limit)
    )
    questions = session.scalars(
        select(QuestionRow)
        .where(QuestionRow.resident_id == resident_id)
        .order_by(QuestionRow.number.desc())
        .limit(limit)
    )
    found: list[Report | Question] = [*map(report_of, reports), *map(_question, questions)]
    return sorted(found, key=lambda inquiry: inquiry.number, reverse=True)[:limit]


def count_own(session: Session, resident_id: int) -> int:
    """How many the resident asked or objected to, however many are listed."""
    return sum(
        session.scalar(select(func.count()).select_from(table).where(table.resident_id == resident_id)) or 0
        for table in (ReportRow, QuestionRow, AppealRow)
    )


def own_inquiry(session: Session, resident_id: int, number: int) -> Report | Question | None:
    """One of the resident's own, by its number; somebody else's is not found."""
    report = session.get(ReportRow, number)
    if report is not None and report.resident_id == resident_id:
        return report_of(report)
    question = session.get(QuestionRow, number)
    return _question(question) if question is not None and question.resident_id == resident_id else None


def open_questions(session: Session, *, limit: int) -> list[Question]:
    """Questions nobody has answered, oldest first."""
    rows = session.scalars(
        select(QuestionRow)
        .where(QuestionRow.state == QuestionState.OPEN)
        .order_by(QuestionRow.number)
        .limit(limit)
    )
    return [_question(row) for row in rows]


def answer_question(
    session: Session, number: int, *, answer: str, by: str, now: datetime
) -> tuple[bool, int | None]:
    """Record a staff member's answer: whether there was such an open question, and the asker to tell, if linked."""
    row = session.execute(
        update(QuestionRow)
        .where(QuestionRow.number == number, QuestionRow.state == QuestionState.OPEN)
        .values(state=QuestionState.ANSWERED, answer=answer, answered_by=by, answered_at=now)
        .returning(QuestionRow.resident_id)
    ).first()
    return (True, row[0]) if row else (False, None)


def unlink(session: Session, resident_id: int) -> int:
    """Cut the link between a resident and what they asked; how many rows it was cut on."""
    cut = 0
    for table in (ReportRow, QuestionRow, AppealRow):
        rows = session.execute(
            update(table)
            .where(table.resident_id == resident_id)
            .values(resident_id=None)
            .returning(table.number)
        )
        cut += len(rows.all())
    return cut


def raise_alert(session: Session, *, kind: str, area_code: str | None, now: datetime) -> int:
    """Put danger to life before the on-call person; its number, for the log."""
    row = AlertRow(kind=kind, area_code=area_code, raised_at=now)
    session.add(row)
    session.flush()
    return row.id


def open_alerts(session: Session, *, limit: int) -> list[Alert]:
    """Alerts nobody has acknowledged, newest first."""
    rows = session.scalars(
        select(AlertRow).where(AlertRow.acknowledged_at.is_(None)).order_by(AlertRow.id.desc()).limit(limit)
    )
    return [Alert(row.id, row.kind, row.area_code, row.raised_at) for row in rows]


def report_of(row: ReportRow) -> Report:
    """A row as its asker and staff may see it."""
    return Report(
        number=row.number,
        text=row.text,
        state=ReportState(row.state),
        claim_id=row.claim_id,
        area_code=row.area_code,
        channel=IntakeChannel(row.channel),
        likelihood=row.likelihood,
        reasons=tuple(row.reasons),
        reported_at=row.reported_at,
        held_until=row.held_until,
    )


def _question(row: QuestionRow) -> Question:
    return Question(
        number=row.number,
        text=row.text,
        state=QuestionState(row.state),
        area_code=row.area_code,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_at=row.answered_at,
    )
