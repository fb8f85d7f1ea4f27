"""Headcounts: how far each drive has come, from the county down to the village, as numbers only; nobody by name.

What is taken away hides the people of places where fewer than five households have answered.
"""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.export import Column, all_rows, as_file
from bot.console.listing import Choice, Filter, asked_format, listing, wanted
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.errors import NotFound
from bot.households.progress import CommunityProgress
from bot.households.register import Source
from bot.office import headcounts as office
from bot.office.act import Act
from bot.store.pages import Page, Wanted

HIDDEN = "少于 5 户"
SOURCES = {Source.SELF: "住户自报", Source.DOOR: "上门登记", Source.TALLY: "网格员汇总"}
ORDERS = {"starts": "开始", "ends": "结束"}


def index(visit: Visit) -> ResponseReturnValue:
    page = office.list_drives(visit.act, wanted())
    shown = listing("console.headcounts_index", page, filters=(), orders=ORDERS)
    return visit.render("console/headcounts/index.html", {"page": page, "listing": shown})


def show(visit: Visit, drive_id: str) -> ResponseReturnValue:
    """Totals of one area and of each area below it; as a file, of each village and neighbourhood in it."""
    act, area_code = visit.act, _area(visit.act)
    if form := asked_format():
        office.note_export(act, drive_id)
        return as_file(form, "headcounts", _columns(act), _communities(act, drive_id, area_code))
    progress = office.progress(act, drive_id, area_code=area_code, hide_small=False)
    return visit.render(
        "console/headcounts/show.html",
        {"progress": progress, "drive": progress.drive, "path": _path(act, progress.total.area_code)},
    )


def disputes(visit: Visit, drive_id: str) -> ResponseReturnValue:
    """Households whose members said different figures, to be cleared up at the door."""
    act, area_code = visit.act, _area(visit.act)
    drive = office.show_drive(act, drive_id)
    page = office.disputes(act, drive_id, wanted(), area_code=area_code)
    kept = Filter("area", "地方", (Choice(area_code or "", ""),))
    return visit.render(
        "console/headcounts/disputes.html",
        {
            "drive": drive,
            "page": page,
            "area_code": area_code,
            "sources": SOURCES,
            "listing": listing("console.headcounts_disputes", page, filters=(kept,), orders={}),
        },
    )


def _area(act: Act) -> str | None:
    """The area the address names; None: as wide as the member and the drive go. Raises NotFound."""
    code = request.args.get("area", "")
    if code and act.areas.get(code) is None:
        raise NotFound(f"there is no area {code}")
    return code or None


def _path(act: Act, area_code: str) -> tuple[str, ...]:
    return tuple(code for code in act.areas.path(area_code) if act.covers(code))


def _communities(act: Act, drive_id: str, area_code: str | None) -> Iterator[CommunityProgress]:
    def read(which: Wanted) -> Page[CommunityProgress]:
        return office.totals_by_community(act, drive_id, which, area_code=area_code, hide_small=True)

    return all_rows(read, "")


def _columns(act: Act) -> tuple[Column[CommunityProgress], ...]:
    def people(figure: int | None) -> str | int:
        return HIDDEN if figure is None else figure

    return (
        Column("地方", lambda row: act.areas.full_name(row.community_code)),
        Column("区划代码", lambda row: row.community_code),
        Column("应登记户数", lambda row: row.households_known),
        Column("已登记户数", lambda row: row.households_answered),
        Column("人数", lambda row: people(row.people)),
        Column("在家", lambda row: people(row.present)),
        Column("在外", lambda row: people(row.away)),
        Column("儿童", lambda row: people(row.children)),
        Column("老人", lambda row: people(row.elderly)),
        Column("说法不一的户数", lambda row: row.conflicts),
    )


ROUTES = (
    Route("/headcounts", "headcounts.index", index, Permission.HEADCOUNT_READ),
    Route("/headcounts/<drive_id>", "headcounts.show", show, Permission.HEADCOUNT_READ),
    Route("/headcounts/<drive_id>/disputes", "headcounts.disputes", disputes, Permission.HEADCOUNT_READ),
)
