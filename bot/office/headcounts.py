"""Headcount drives and their totals, in the member's own area: numbers, nobody by name. From a total no way leads to a
household; those whose members said different figures are told by their code, to be cleared up at the door, and looking leaves a
trace.

What leaves the house hides the people of communities where fewer than five households have answered, and adds up only what
it shows: otherwise a total less its other parts would tell what was hidden.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter

from bot.access import Permission, prefix_of
from bot.errors import NotFound, Unacceptable
from bot.households.headcount import Headcount
from bot.households.progress import CommunityProgress, progress_of, summarise
from bot.households.register import Entry, Source, current
from bot.office.act import Act
from bot.store import headcounts, households
from bot.store.areas import Area
from bot.store.headcounts import DrivePhase, HeadcountDrive
from bot.store.pages import LIMIT, MOST, Page, Wanted

# Communities with disputes on one page.
COMMUNITIES_AT_ONCE = 20
BY_AREA = "area"


@dataclass(frozen=True, slots=True)
class Totals:
    """Of several communities together. People are added up where they are shown: `hidden` communities are not in them."""

    area_code: str
    communities: int
    households_known: int
    households_answered: int
    conflicts: int
    people: int
    present: int
    away: int
    children: int
    elderly: int
    hidden: int

    @property
    def share(self) -> float:
        """Answered over known, 0 to 1; 0 where no household is known."""
        return min(1.0, self.households_answered / self.households_known) if self.households_known else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a drive has come in an area, all together and in each area right below it."""

    drive: HeadcountDrive
    total: Totals
    below: tuple[Totals, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One of the answers that differ: numbers, how they came and when; not from whom."""

    source: Source
    headcount: Headcount
    at: datetime


@dataclass(frozen=True, slots=True)
class HouseholdDispute:
    """A household code and the answers that differ. Which family it is stands on paper in the village."""

    community_code: str
    household_code: str
    answers: tuple[Said, ...]


def list_drives(act: Act, wanted: Wanted, *, phase: DrivePhase | None = None) -> Page[HeadcountDrive]:
    """A page of drives that ask people of the member's area."""
    act.require(Permission.HEADCOUNT_READ)
    own = act.member.area_code
    above = act.areas.path(own) if own else ()
    return headcounts.read_drives(
        act.session, wanted=wanted, day=act.today, phase=phase, area_prefix=act.area_prefix, above=above
    )


def take_away_drives(
    act: Act, *, phase: DrivePhase | None = None
) -> Callable[[Wanted], Page[HeadcountDrive]]:
    """The same as a file, read page by page: it leaves one trace."""
    act.require(Permission.HEADCOUNT_READ)
    act.note("headcounts.exported", "drives")
    return partial(list_drives, act, phase=phase)


def show_drive(act: Act, drive_id: str) -> HeadcountDrive:
    """One drive. Raises NotFound, also for one of another area."""
    act.require(Permission.HEADCOUNT_READ)
    drive = headcounts.find_drive(act.session, drive_id)
    own = act.member.area_code
    if drive is None or not (
        act.covers(drive.area_code) or (own is not None and own.startswith(prefix_of(drive.area_code)))
    ):
        raise NotFound(f"there is no headcount drive {drive_id}")
    return drive


def progress(act: Act, drive_id: str, *, area_code: str | None = None, hide_small: bool) -> Progress:
    """Totals of an area (the member's own or the drive's, when none is named) and of those right below it.

    Raises NotFound, Forbidden.
    """
    drive = show_drive(act, drive_id)
    area = _asked(act, drive, area_code)
    rows = _rows(act, drive, _communities(act, drive, area), hide_small=hide_small)
    children = act.areas.children(area)
    below = tuple(_total(child.code, _within(rows, child)) for child in children)
    return Progress(drive, _total(area, rows), below)


def take_away_progress(act: Act, drive_id: str, *, area_code: str | None = None) -> Progress:
    """The same out of the house, small figures hidden: it leaves a trace."""
    seen = progress(act, drive_id, area_code=area_code, hide_small=True)
    act.note("headcounts.exported", f"drive {drive_id}")
    return seen


def totals_by_community(
    act: Act, drive_id: str, wanted: Wanted, *, area_code: str | None = None, hide_small: bool
) -> Page[CommunityProgress]:
    """A page of communities by their codes, those nobody answered from as well. The cursor is the last one's code."""
    drive = show_drive(act, drive_id)
    codes = _communities(act, drive, _asked(act, drive, area_code))
    limit = min(max(wanted.limit or LIMIT, 1), MOST)
    following = [code for code in codes if code > wanted.cursor]
    page = following[:limit]
    rows = _rows(act, drive, page, hide_small=hide_small)
    return Page(rows, page[-1] if len(following) > limit else "")


def take_away_totals(
    act: Act, drive_id: str, *, area_code: str | None = None
) -> Callable[[Wanted], Page[CommunityProgress]]:
    """The same out of the house, small figures hidden: it leaves one trace, however many there are."""
    show_drive(act, drive_id)
    act.note("headcounts.exported", f"drive {drive_id}")
    return partial(totals_by_community, act, drive_id, area_code=area_code, hide_small=True)


def disputes(
    act: Act, drive_id: str, wanted: Wanted, *, area_code: str | None = None
) -> Page[HouseholdDispute]:
    """Households whose members said different figures, some communities a page; the cursor is the last one's code.

    They are shown by their codes, so that having looked leaves a trace. Raises NotFound, Forbidden, Unacceptable.
    """
    drive = show_drive(act, drive_id)
    area = _asked(act, drive, area_code)
    page = _disputes(act, drive, area, wanted)
    act.note("headcounts.disputes_viewed", f"drive {drive_id}", detail={"area": area})
    return page


def take_away_disputes(
    act: Act, drive_id: str, *, area_code: str | None = None
) -> Callable[[Wanted], Page[HouseholdDispute]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    drive = show_drive(act, drive_id)
    area = _asked(act, drive, area_code)
    act.note("headcounts.disputes_exported", f"drive {drive_id}", detail={"area": area})
    return partial(_disputes, act, drive, area)


def _disputes(act: Act, drive: HeadcountDrive, area: str, wanted: Wanted) -> Page[HouseholdDispute]:
    order = wanted.order.removeprefix("-")
    if order not in {"", BY_AREA}:
        raise Unacceptable({"sort": f"there is no order {wanted.order!r}, only {BY_AREA}"})
    codes = headcounts.communities_asked_twice(
        act.session,
        drive.id,
        area_prefix=prefix_of(area),
        after=wanted.cursor,
        limit=COMMUNITIES_AT_ONCE + 1,
        downwards=wanted.order.startswith("-"),
    )
    page = codes[:COMMUNITIES_AT_ONCE]
    register = current(headcounts.confirmed(act.session, drive.id, communities=page))
    found = [
        HouseholdDispute(one.community_code, one.household, tuple(map(_said, one.entries)))
        for one in register.disputes
        if any(entry.household_code == one.household for entry in one.entries)
    ]
    found.sort(key=lambda one: page.index(one.community_code))
    return Page(tuple(found), page[-1] if len(codes) > COMMUNITIES_AT_ONCE else "")


def _said(entry: Entry) -> Said:
    return Said(entry.source, entry.headcount, entry.entered_at)


def _asked(act: Act, drive: HeadcountDrive, area_code: str | None) -> str:
    if area_code is None:
        own = act.member.area_code
        return own if own and own.startswith(prefix_of(drive.area_code)) else drive.area_code
    if act.areas.get(area_code) is None:
        raise NotFound(f"there is no area {area_code}")
    act.require_area(area_code)
    return area_code


def _communities(act: Act, drive: HeadcountDrive, area_code: str) -> list[str]:
    """Communities of the area that the drive asks, by code."""
    asked = prefix_of(drive.area_code)
    return sorted(area.code for area in act.areas.communities_under(area_code) if area.code.startswith(asked))


def _rows(
    act: Act, drive: HeadcountDrive, codes: Sequence[str], *, hide_small: bool
) -> tuple[CommunityProgress, ...]:
    """One row a community. The database adds up; only where households have two answers is each answer looked at."""
    known = dict.fromkeys(codes, 0) | households.count_households(act.session, codes)
    plain, knotty = headcounts.sums_of(act.session, drive.id, codes)
    rows = [progress_of(one, known[one.community_code], hide_small_cells=hide_small) for one in plain]
    rest = {code: known[code] for code in {*codes} - {one.community_code for one in plain}}
    register = current(headcounts.confirmed(act.session, drive.id, communities=knotty))
    rows += summarise(register, rest, hide_small_cells=hide_small)
    return tuple(sorted(rows, key=attrgetter("community_code")))


def _within(rows: Iterable[CommunityProgress], area: Area) -> tuple[CommunityProgress, ...]:
    prefix = prefix_of(area.code)
    return tuple(row for row in rows if row.community_code.startswith(prefix))


def _total(area_code: str, rows: Sequence[CommunityProgress]) -> Totals:
    return Totals(
        area_code=area_code,
        communities=len(rows),
        households_known=sum(row.households_known for row in rows),
        households_answered=sum(row.households_answered for row in rows),
        conflicts=sum(row.conflicts for row in rows),
        people=sum(row.people or 0 for row in rows),
        present=sum(row.present or 0 for row in rows),
        away=sum(row.away or 0 for row in rows),
        children=sum(row.children or 0 for row in rows),
        elderly=sum(row.elderly or 0 for row in rows),
        hidden=sum(row.people is None for row in rows),
    )
