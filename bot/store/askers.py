"""Who asked about a claim and has something to hear: its verdict, a correction, when we look again, or that it is closed.

Whose report it is leaves the store only for a follow-up to be queued, in the transaction that notes it was told. That note
is what makes a crash harmless: whoever has it is never taken again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, literal, select, update
from sqlalchemy.orm import Session

from bot.store.inquiries import ReportState
from bot.store.tables import ClaimRow, ReportRow
from bot.store.tables.declarative import UtcDateTime


@dataclass(frozen=True, slots=True)
class Asker:
    """One resident with the numbers of all they sent about the claim. `told_before`: they know an earlier version."""

    resident_id: int
    numbers: tuple[int, ...]
    told_before: bool


def claim_with_untold(session: Session) -> str | None:
    """The claim whose askers have waited longest; None when nobody waits."""
    return session.scalar(
        select(ClaimRow.id)
        .where(ClaimRow.untold_since.is_not(None))
        .order_by(ClaimRow.untold_since, ClaimRow.id)
        .limit(1)
    )


def take_for_version(
    session: Session, claim_id: str, version: int, *, limit: int, now: datetime
) -> tuple[Asker, ...]:
    """Askers who have not been told this version, noted as told; reports without an asker are noted as decided."""
    # Of a claim that was closed and taken up again some were told that nothing came of it.
    unlooked = ReportRow.state.in_([ReportState.NEW, ReportState.CLOSED])
    told: dict[str, object] = {
        "told_version": version,
        "state": case((unlooked, ReportState.DECIDED), else_=ReportRow.state),
        "decided_at": case((unlooked, literal(now, UtcDateTime())), else_=ReportRow.decided_at),
    }
    for which in (ReportRow.told_version.is_(None), ReportRow.told_version < version):
        mine = (ReportRow.claim_id == claim_id) & which
        if askers := _take(session, mine, limit=limit):
            _note(session, claim_id, askers, {**told, "told_at": now})
            return askers
        # What is left has no asker: a colleague logged it, or the link has been cut.
        session.execute(update(ReportRow).where(mine).values(told))
    return ()


def take_for_holding(
    session: Session, claim_id: str, look_again_at: datetime, *, limit: int
) -> tuple[Asker, ...]:
    """Askers who have not been told of this day yet, noted as told."""
    waiting = ReportRow.held_until.is_(None) | (ReportRow.held_until < look_again_at)
    mine = (ReportRow.claim_id == claim_id) & (ReportRow.state == ReportState.NEW) & waiting
    askers = _take(session, mine, limit=limit)
    _note(session, claim_id, askers, {"held_until": look_again_at})
    return askers


def take_for_closing(session: Session, claim_id: str, *, limit: int, now: datetime) -> tuple[Asker, ...]:
    """Askers of a claim that was closed without a verdict, noted as told."""
    mine = (ReportRow.claim_id == claim_id) & (ReportRow.state == ReportState.NEW)
    closed = {"state": ReportState.CLOSED, "decided_at": now}
    session.execute(update(ReportRow).where(mine, ReportRow.resident_id.is_(None)).values(closed))
    askers = _take(session, mine, limit=limit)
    _note(session, claim_id, askers, closed)
    return askers


def take_for_withdrawal(session: Session, claim_id: str, *, limit: int, now: datetime) -> tuple[Asker, ...]:
    """Askers who were told a verdict that has been withdrawn, noted as told so: nothing they heard of it holds now."""
    mine = (ReportRow.claim_id == claim_id) & ReportRow.told_version.is_not(None)
    withdrawn: dict[str, object] = {
        "state": ReportState.CLOSED,
        "decided_at": now,
        "told_version": None,
        "told_at": None,
    }
    session.execute(update(ReportRow).where(mine, ReportRow.resident_id.is_(None)).values(withdrawn))
    askers = _take(session, mine, limit=limit)
    _note(session, claim_id, askers, withdrawn)
    return askers


def all_told(session: Session, claim_id: str) -> None:
    """Nobody waits any more. The caller holds the claim, so that nobody joins it meanwhile."""
    session.execute(update(ClaimRow).where(ClaimRow.id == claim_id).values(untold_since=None))


def told_of(session: Session, claim_id: str, *, most: int) -> int:
    """How many reports' askers were told a verdict; `most` stands for "and more"."""
    told = select(ReportRow.number).where(
        ReportRow.claim_id == claim_id, ReportRow.told_version.is_not(None), ReportRow.told_at.is_not(None)
    )
    return len(session.scalars(told.limit(most)).all())


def _take(session: Session, mine: ColumnElement[bool], *, limit: int) -> tuple[Asker, ...]:
    """The first of them, each resident once with all they sent."""
    first = session.scalars(
        select(ReportRow.resident_id)
        .where(mine, ReportRow.resident_id.is_not(None))
        .order_by(ReportRow.number)
        .limit(limit)
    )
    residents = tuple(dict.fromkeys(one for one in first if one is not None))
    if not residents:
        return ()
    rows = session.execute(
        select(ReportRow.resident_id, ReportRow.number, ReportRow.told_version)
        .where(mine, ReportRow.resident_id.in_(residents))
        .order_by(ReportRow.number)
    )
    return _by_resident((one, number, version) for one, number, version in rows if one is not None)


def _by_resident(rows: Iterable[tuple[int, int, int | None]]) -> tuple[Asker, ...]:
    numbers: dict[int, list[int]] = defaultdict(list)
    told: set[int] = set()
    for resident_id, number, version in rows:
        numbers[resident_id].append(number)
        if version is not None:
            told.add(resident_id)
    return tuple(Asker(one, tuple(found), one in told) for one, found in numbers.items())


def _note(session: Session, claim_id: str, askers: Sequence[Asker], values: dict[str, object]) -> None:
    numbers = [number for asker in askers for number in asker.numbers]
    if numbers:
        session.execute(
            update(ReportRow)
            .where(ReportRow.claim_id == claim_id, ReportRow.number.in_(numbers))
            .values(values)
        )
