"""Who asked about a claim and has something to hear: its verdict, a correction, when we look again, or that it is closed.

Whose report it is leaves the store only for a follow-up to be queued, in the transaction that notes it was told. That note
is what makes a crash harmless: whoever has it is never taken again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, literal, select, update
from sqlalchemy.orm import Session

from bot.store.inquiries import ReportState
from bot.store.prefixes import begins
from bot.store.tables import OTHERWISE, ClaimRow, ReportRow
from bot.store.tables.declarative import UtcDateTime


@dataclass(frozen=True, slots=True)
class Asker:
    """One resident with the numbers of what they sent about the claim and have something to hear of.

    `told_before`: they know an earlier version, or a verdict of a claim that was merged into this one. `has_heard`: since then
    they were told what there is to tell, for something else they sent.
    """

    resident_id: int
    numbers: tuple[int, ...]
    told_before: bool
    has_heard: bool = False


@dataclass(frozen=True, slots=True)
class _Sent:
    """A report as far as telling its asker needs it."""

    number: int
    told_version: int | None
    told_at: datetime | None
    reported_at: datetime


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
    """Askers who have not been told this version, noted as told; reports without an asker are noted as decided.

    Whoever has several reports is taken with all of them at once; whoever has heard is noted as told and left out.
    """
    # Of a claim that was closed and taken up again some were told that nothing came of it.
    unlooked = ReportRow.state.in_([ReportState.NEW, ReportState.CLOSED])
    told: dict[str, object] = {
        "told_version": version,
        "state": case((unlooked, ReportState.DECIDED), else_=ReportRow.state),
        "decided_at": case((unlooked, literal(now, UtcDateTime())), else_=ReportRow.decided_at),
    }
    for which in (ReportRow.told_version.is_(None), ReportRow.told_version < version):
        mine = (ReportRow.claim_id == claim_id) & which
        while residents := _first(session, mine, limit=limit):
            askers = _all_of(session, claim_id, residents, version)
            _note(session, claim_id, askers, {**told, "told_at": now})
            if news := tuple(asker for asker in askers if not asker.has_heard):
                return news
        # What is left has no asker: a colleague logged it, or the link has been cut.
        session.execute(update(ReportRow).where(mine).values(told))
    return ()


def take_for_holding(
    session: Session, claim_id: str, look_again_at: datetime, *, limit: int, now: datetime
) -> tuple[Asker, ...]:
    """Askers who have not been told of this day yet, noted as told: they have been promised a result."""
    waiting = ReportRow.held_until.is_(None) | (ReportRow.held_until < look_again_at)
    mine = (ReportRow.claim_id == claim_id) & (ReportRow.state == ReportState.NEW) & waiting
    askers = _take(session, mine, limit=limit)
    _note(session, claim_id, askers, {"held_until": look_again_at, "told_at": now})
    return askers


def take_for_closing(session: Session, claim_id: str, *, limit: int, now: datetime) -> tuple[Asker, ...]:
    """Askers of a claim that was closed without a verdict, noted as told."""
    mine = (ReportRow.claim_id == claim_id) & (ReportRow.state == ReportState.NEW)
    closed = {"state": ReportState.CLOSED, "decided_at": now}
    session.execute(update(ReportRow).where(mine, ReportRow.resident_id.is_(None)).values(closed))
    askers = _take(session, mine, limit=limit)
    _note(session, claim_id, askers, closed)
    return askers


def take_for_withdrawal(
    session: Session, claim_id: str, *, ended: bool, limit: int, now: datetime
) -> tuple[Asker, ...]:
    """Askers who were told a verdict that has been withdrawn, noted as told so: nothing they heard of it holds now, and they
    have been promised another result.

    `ended`: nothing else will come of it, so this is all they hear of what they asked again since.
    """
    told = ReportRow.told_version.is_not(None)
    mine = (ReportRow.claim_id == claim_id) & told
    theirs = (
        (ReportRow.claim_id == claim_id) & (told | (ReportRow.state == ReportState.NEW)) if ended else mine
    )
    withdrawn: dict[str, object] = {
        "state": ReportState.CLOSED,
        "decided_at": now,
        "told_version": None,
        "told_at": now,
    }
    session.execute(update(ReportRow).where(mine, ReportRow.resident_id.is_(None)).values(withdrawn))
    askers = _take(session, mine, limit=limit, theirs=theirs)
    _note(session, claim_id, askers, withdrawn)
    return askers


def all_told(session: Session, claim_id: str) -> None:
    """Nobody waits any more. The caller holds the claim, so that nobody joins it meanwhile."""
    session.execute(update(ClaimRow).where(ClaimRow.id == claim_id).values(untold_since=None))


def told_of(session: Session, claim_id: str, *, most: int, area_prefix: str = "") -> int:
    """How many reports' askers were told a verdict of this claim; `most` stands for "and more"."""
    told = select(ReportRow.told_at).where(
        ReportRow.claim_id == claim_id,
        ReportRow.told_version > OTHERWISE,
        ReportRow.told_at.is_not(None),
    )
    if area_prefix:
        told = told.where(begins(ReportRow.area_code, area_prefix))
    return session.scalar(select(func.count()).select_from(told.limit(most).subquery())) or 0


def _take(
    session: Session, mine: ColumnElement[bool], *, limit: int, theirs: ColumnElement[bool] | None = None
) -> tuple[Asker, ...]:
    """The first of them, each resident once with all they sent of these, or of `theirs`."""
    residents = _first(session, mine, limit=limit)
    return tuple(
        Asker(one, tuple(row.number for row in rows), any(row.told_version is not None for row in rows))
        for one, rows in _by_resident(session, mine if theirs is None else theirs, residents).items()
    )


def _first(session: Session, mine: ColumnElement[bool], *, limit: int) -> tuple[int, ...]:
    """Whose the first of these reports are."""
    first = session.scalars(
        select(ReportRow.resident_id)
        .where(mine, ReportRow.resident_id.is_not(None))
        .order_by(ReportRow.number)
        .limit(limit)
    )
    return tuple(dict.fromkeys(one for one in first if one is not None))


def _all_of(session: Session, claim_id: str, residents: Sequence[int], version: int) -> tuple[Asker, ...]:
    """These residents, each with all reports of the claim whose askers are still to hear of this version."""
    found = _by_resident(session, ReportRow.claim_id == claim_id, residents)
    return tuple(_asker(one, rows, version) for one, rows in found.items())


def _asker(resident_id: int, rows: Sequence[_Sent], version: int) -> Asker:
    waiting = [row for row in rows if row.told_version is None or row.told_version < version]
    heard_at = max((row.told_at for row in rows if row.told_version == version and row.told_at), default=None)
    has_heard = heard_at is not None and all(
        # What they were told after they had asked was another verdict, or that they would hear again.
        # Who knows an earlier version of this claim is told that it has changed, whatever else they asked meanwhile.
        row.told_version in {None, OTHERWISE} and (row.told_at or row.reported_at) <= heard_at
        for row in waiting
    )
    told_before = any(row.told_version is not None for row in waiting)
    return Asker(resident_id, tuple(row.number for row in waiting), told_before, has_heard)


def _by_resident(
    session: Session, mine: ColumnElement[bool], residents: Sequence[int]
) -> Mapping[int, Sequence[_Sent]]:
    """What each of them sent, by number."""
    if not residents:
        return {}
    rows = session.execute(
        select(
            ReportRow.resident_id,
            ReportRow.number,
            ReportRow.told_version,
            ReportRow.told_at,
            ReportRow.reported_at,
        )
        .where(mine, ReportRow.resident_id.in_(residents))
        .order_by(ReportRow.number)
    )
    found: dict[int, list[_Sent]] = defaultdict(list)
    for resident_id, number, version, told_at, reported_at in rows:
        if resident_id is not None:
            found[resident_id].append(_Sent(number, version, told_at, reported_at))
    return found


def _note(session: Session, claim_id: str, askers: Sequence[Asker], values: dict[str, object]) -> None:
    numbers = [number for asker in askers for number in asker.numbers]
    if numbers:
        session.execute(
            update(ReportRow)
            .where(ReportRow.claim_id == claim_id, ReportRow.number.in_(numbers))
            .values(values)
        )
