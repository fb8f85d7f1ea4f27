"""Headcount drives and their totals per community. What goes out here hides small cells: numbers, never a household."""

from datetime import date
from typing import Literal

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import AreaCode, Asked, Listing, Name, PageOf, Told
from bot.office import headcounts as office
from bot.office.headcounts import Totals
from bot.office.tokens import Access

DRIVES, HEADCOUNTS = "headcount-drives", "headcounts"


class DrivePath(Asked):
    drive_id: Name


class DriveListing(Listing):
    sort: Literal["", "starts", "-starts", "ends", "-ends"] = ""


class ProgressQuery(Asked):
    area_code: AreaCode | None = None


class HeadcountListing(Listing):
    drive: Name
    area_code: AreaCode | None = None


class DriveOut(Told):
    """Why numbers are asked for, on what basis, until when, and the day they are deleted."""

    id: str
    title: str
    purpose: str
    basis: str
    area_code: str
    owner: str
    starts_on: date
    ends_on: date
    delete_on: date
    notice_version: str


class HeadcountOut(Told):
    """People are null where fewer than five households have answered. A tally line stands apart from the answers."""

    community_code: str
    households_known: int
    households_answered: int
    people: int | None
    present: int | None
    away: int | None
    children: int | None
    elderly: int | None
    conflicts: int
    tally_households: int | None
    tally_people: int | None


class TotalsOut(Told):
    """People are added up over the communities that are shown; `hidden` others are not in it."""

    area_code: str
    communities: int
    households_known: int
    households_answered: int
    share: float
    conflicts: int
    people: int
    present: int
    away: int
    children: int
    elderly: int
    hidden: int


class ProgressOut(Told):
    """An area all together, and each area right below it."""

    drive_id: str
    total: TotalsOut
    below: tuple[TotalsOut, ...]


def list_drives(call: Call) -> PageOf[DriveOut]:
    query: DriveListing = call.query
    page = office.list_drives(call.act, query.wanted)
    items = tuple(DriveOut.model_validate(drive) for drive in page.items)
    return PageOf[DriveOut](items=items, next=page.following or None)


def show_drive(call: Call) -> DriveOut:
    return DriveOut.model_validate(office.show_drive(call.act, call.path.drive_id))


def progress(call: Call) -> ProgressOut:
    query: ProgressQuery = call.query
    drive_id: str = call.path.drive_id
    seen = office.take_away_progress(call.act, drive_id, area_code=query.area_code)
    return ProgressOut(
        drive_id=drive_id, total=_totals(seen.total), below=tuple(_totals(one) for one in seen.below)
    )


def list_headcounts(call: Call) -> PageOf[HeadcountOut]:
    query: HeadcountListing = call.query
    page = office.take_away_totals(call.act, query.drive, area_code=query.area_code)(query.wanted)
    items = tuple(HeadcountOut.model_validate(row) for row in page.items)
    return PageOf[HeadcountOut](items=items, next=page.following or None)


def _totals(total: Totals) -> TotalsOut:
    return TotalsOut.model_validate(total)


ROUTES = (
    Route(
        method="GET",
        path="/headcount-drives",
        view=list_drives,
        needs=Permission.HEADCOUNT_READ,
        resource=DRIVES,
        access=Access.READ,
        summary="Drives that ask people of the owner's area",
        query=DriveListing,
        answer=PageOf[DriveOut],
    ),
    Route(
        method="GET",
        path="/headcount-drives/{drive_id}",
        view=show_drive,
        needs=Permission.HEADCOUNT_READ,
        resource=DRIVES,
        access=Access.READ,
        summary="A drive",
        parts=DrivePath,
        answer=DriveOut,
    ),
    Route(
        method="GET",
        path="/headcount-drives/{drive_id}/progress",
        view=progress,
        needs=Permission.HEADCOUNT_READ,
        resource=DRIVES,
        access=Access.READ,
        summary="How far a drive has come; taking it leaves a trace",
        parts=DrivePath,
        query=ProgressQuery,
        answer=ProgressOut,
    ),
    Route(
        method="GET",
        path="/headcounts",
        view=list_headcounts,
        needs=Permission.HEADCOUNT_READ,
        resource=HEADCOUNTS,
        access=Access.READ,
        summary="Totals per community; taking them leaves a trace",
        query=HeadcountListing,
        answer=PageOf[HeadcountOut],
        also=frozenset({404}),
    ),
)
