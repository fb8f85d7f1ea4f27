"""Reports as the desk reads them: text, place, channel and moment, and per claim a name that is nobody's.

The name is a keyed digest of claim and resident: within one claim the same asker is seen to be the same, across claims nobody
can be followed. Contact data is taken out of every text on the way.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.access import DIGITS
from bot.scrubbing import scrub
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.pages import Page, Wanted, read_page
from bot.store.sightings import is_report
from bot.store.tables import ReportRow
from bot.store.vault import Vault
from knowledge.grouping import Fit

PSEUDONYM_LENGTH = 4
LATEST_FIRST = "-reported"
OLDEST_FIRST = "number"
ORDERS = {"reported": ReportRow.reported_at, "number": ReportRow.number}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reports of a claim; what is not given is not narrowed by."""

    state: ReportState | None = None
    channel: IntakeChannel | None = None
    fit: str = ""


EVERY = Sought()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`asker`: empty where nobody asked (a colleague logged it) or the link has been cut. `told_version`: also
    `OTHERWISE`; None where no verdict was told, and `told_at` too.
    """

    number: int
    text: str
    asker: str
    state: ReportState
    claim_id: str | None
    suggested_claim_id: str | None
    fit: str
    probability: float | None
    area_code: str | None
    channel: IntakeChannel
    heard_where: str
    reach: str
    likelihood: float
    reasons: tuple[str, ...]
    reported_at: datetime
    told_version: int | None
    told_at: datetime | None


def reports_of(
    session: Session, claim_id: str, *, within: str, vault: Vault, wanted: Wanted, sought: Sought = EVERY
) -> Page[ReportLine]:
    """A page of what belongs to a claim, in the area whose codes begin so, the latest first."""
    given = (
        (func.coalesce(ReportRow.state, ""), sought.state),
        (ReportRow.channel.expression, sought.channel),
        (ReportRow.fit.expression, sought.fit),
    )
    mine = [
        ReportRow.claim_id == claim_id,
        is_report(),
        *(column == value for column, value in given if value),
    ]
    rows = _within(select(ReportRow).where(*mine), within)
    return read_page(
        session,
        rows,
        orders=ORDERS,
        key=ReportRow.number,
        default=LATEST_FIRST,
        wanted=wanted,
        make=lambda row: _line(row, vault),
    )


def suggestions(
    session: Session, *, within: str, vault: Vault, wanted: Wanted, channel: IntakeChannel | None = None
) -> Page[ReportLine]:
    """A page of reports of which a person should say where they belong, the oldest first.

    Numbers are given in the order in which reports come: sorted by them an index gives the few that wait, among a million.
    """
    rows = select(ReportRow).where(
        ReportRow.state == ReportState.NEW, ReportRow.fit == Fit.SUGGESTED, ReportRow.claim_id.is_(None)
    )
    if channel is not None:
        rows = rows.where(ReportRow.channel == channel)
    return read_page(
        session,
        _within(rows, within),
        orders={"number": ReportRow.number},
        key=ReportRow.number,
        default=OLDEST_FIRST,
        wanted=wanted,
        make=lambda row: _line(row, vault),
    )


def find_reports(session: Session, numbers: frozenset[int], *, vault: Vault) -> tuple[ReportLine, ...]:
    """Those of these numbers that there are."""
    rows = session.scalars(select(ReportRow).where(ReportRow.number.in_(numbers)).order_by(ReportRow.number))
    return tuple(_line(row, vault) for row in rows)


def _within(rows: Select[ReportRow], prefix: str) -> Select[ReportRow]:
    if not prefix:
        return rows
    return rows.where(ReportRow.area_code.between(prefix, prefix.ljust(DIGITS, "9")))


def _line(row: ReportRow, vault: Vault) -> ReportLine:
    about = row.claim_id or row.suggested_claim_id or f"report {row.number}"
    name = vault.digest(f"asker {about} {row.resident_id}")[:PSEUDONYM_LENGTH].upper()
    return ReportLine(
        number=row.number,
        text=scrub(row.text),
        asker=name if row.resident_id is not None else "",
        state=ReportState(row.state),
        claim_id=row.claim_id,
        suggested_claim_id=row.suggested_claim_id,
        fit=row.fit or "",
        probability=row.probability,
        area_code=row.area_code,
        channel=IntakeChannel(row.channel),
        heard_where=row.heard_where,
        reach=row.reach,
        likelihood=row.likelihood,
        # They may quote the words that sounded like it.
        reasons=tuple(map(scrub, row.reasons)),
        reported_at=row.reported_at,
        told_version=row.told_version,
        told_at=None if row.told_version is None else row.told_at,
    )
