"""Reports of possible rumours as they come in: each belongs to the claim it repeats, or to none yet.

Which claim one belongs to is decided in `bot.store.belonging`, by the grouping or by a person.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store import sightings
from bot.store.claims import version_shown
from bot.store.inquiries import IntakeChannel, Report, ReportState, report_of
from bot.store.tables import OTHERWISE, ClaimRow, ReportRow
from bot.store.tickets import next_number
from knowledge.claim import Claim
from knowledge.grouping import Fit

# How surely a report belongs to its claim, once a person has said so.
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Heard:
    """Where and how widely it goes round, as far as said, and which colleague logged it; never who said it."""

    where: str = ""
    reach: str = ""
    entered_by: str | None = None


NOT_SAID = Heard()


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict as somebody was told it."""

    claim_id: str
    version: int


def add_report(
    session: Session,
    *,
    resident_id: int | None,
    text: str,
    state: ReportState,
    claim_id: str | None,
    area_code: str | None,
    channel: IntakeChannel,
    likelihood: float,
    reasons: tuple[str, ...],
    now: datetime,
    told_version: int | None = None,
    heard: Heard = NOT_SAID,
) -> int:
    """Log one message about a claim; the number the resident can ask with.

    One that is answered at once belongs to its claim from now on, and says which version of the verdict was told.
    """
    number = next_number(session, "report")
    session.add(
        ReportRow(
            number=number,
            resident_id=resident_id,
            claim_id=claim_id,
            text=text,
            area_code=area_code,
            channel=channel,
            state=state,
            likelihood=likelihood,
            reasons=list(reasons),
            reported_at=now,
            fit=Fit.SURE if claim_id else None,
            told_version=told_version,
            told_at=None if told_version is None else now,
            heard_where=heard.where,
            reach=heard.reach,
            entered_by=heard.entered_by,
        )
    )
    session.flush()
    if claim_id:
        sightings.count_in(session, claim_id, area_code, at=now)
    return number


def note_told(
    session: Session, *, resident_id: int, claim: Claim, area_code: str | None, now: datetime
) -> None:
    """Somebody picked this claim and was told its verdict: a correction is to reach them. No sighting is counted."""
    version = version_shown(session, claim)
    told = select(ReportRow.number).where(
        ReportRow.resident_id == resident_id,
        ReportRow.claim_id == claim.id,
        ReportRow.told_version == version,
    )
    if version == OTHERWISE or session.scalar(told.limit(1)) is not None:
        return
    session.add(
        ReportRow(
            number=next_number(session, "report"),
            resident_id=resident_id,
            claim_id=claim.id,
            fit=sightings.PICKED,
            text=claim.text,
            area_code=area_code,
            channel=IntakeChannel.CHAT,
            state=ReportState.ANSWERED,
            likelihood=0.0,
            reasons=[],
            reported_at=now,
            told_version=version,
            told_at=now,
        )
    )
    session.flush()


def stay_told(session: Session, report: ReportRow) -> None:
    """A report leaves its claim, but its asker was told that claim's verdict: a correction of it is still to reach them."""
    if report.claim_id is None or report.resident_id is None or report.told_version is None:
        return
    session.add(
        ReportRow(
            number=next_number(session, "report"),
            resident_id=report.resident_id,
            claim_id=report.claim_id,
            fit=sightings.PICKED,
            text=session.get_one(ClaimRow, report.claim_id).text,
            area_code=report.area_code,
            channel=report.channel,
            state=ReportState.ANSWERED,
            likelihood=0.0,
            reasons=[],
            reported_at=report.reported_at,
            told_version=report.told_version,
            told_at=report.told_at,
        )
    )
    session.flush()


def reports_since(session: Session, resident_id: int, since: datetime) -> int:
    """How many reports this resident sent since then; flooding is bounded, nothing else is made of it."""
    return (
        session.scalar(
            select(func.count())
            .select_from(ReportRow)
            .where(
                ReportRow.resident_id == resident_id, ReportRow.reported_at >= since, sightings.is_report()
            )
        )
        or 0
    )


def last_told(session: Session, resident_id: int) -> Told | None:
    """The verdict this resident was told last; None when none, or when the link to it has been cut."""
    row = session.execute(
        select(ReportRow.claim_id, ReportRow.told_version)
        .where(
            ReportRow.resident_id == resident_id,
            ReportRow.told_at.is_not(None),
            ReportRow.told_version > OTHERWISE,
        )
        .order_by(ReportRow.told_at.desc(), ReportRow.number)
        .limit(1)
    ).first()
    return Told(row[0], row[1]) if row and row[0] and row[1] else None


def open_reports(session: Session, *, limit: int) -> list[Report]:
    """Reports nobody has decided, oldest first."""
    rows = session.scalars(
        select(ReportRow).where(ReportRow.state == ReportState.NEW).order_by(ReportRow.number).limit(limit)
    )
    return [report_of(row) for row in rows]
