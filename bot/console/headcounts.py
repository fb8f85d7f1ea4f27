"""Headcounts: how far each drive has come, from the county down to the village, as numbers only; nobody by name.

What is taken away hides the people of places where fewer than five households have answered.
"""

from flask import request
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.options import place_filter
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.errors import NotFound
from bot.households.progress import CommunityProgress
from bot.households.register import Source
from bot.office import headcounts as office
from bot.office.act import Act
from bot.store.headcounts import DrivePhase, HeadcountDrive

HIDDEN = "少于 5 户"
SOURCES = {Source.SELF: "住户自报", Source.DOOR: "上门登记", Source.TALLY: "网格员汇总"}
ORDERS = {"starts": "开始", "ends": "结束"}
DISPUTE_ORDERS = {office.BY_AREA: "村（社区）"}
PHASES = {DrivePhase.UPCOMING: "还没开始", DrivePhase.RUNNING: "进行中", DrivePhase.OVER: "已结束"}


def index(visit: Visit) -> ResponseReturnValue:
    stands = Filter("phase", "进度", choices(PHASES))
    phase = DrivePhase(stands.current) if stands.current else None
    if form := asked_format():
        read = office.take_away_drives(visit.act, phase=phase)
        return as_file(form, "headcount-drives", _drive_columns(visit.act), all_rows(read, wanted().order))
    page = office.list_drives(visit.act, wanted(), phase=phase)
    shown = listing("console.headcounts_index", page, filters=(stands,), orders=ORDERS)
    return visit.render("console/headcounts/index.html", {"page": page, "listing": shown})


def show(visit: Visit, drive_id: str) -> ResponseReturnValue:
    """Totals of one area and of each area below it; as a file, of each village and neighbourhood in it."""
    act, area_code = visit.act, _area(visit.act)
    if form := asked_format():
        read = office.take_away_totals(act, drive_id, area_code=area_code)
        return as_file(form, "headcounts", _columns(act), all_rows(read, ""))
    progress = office.progress(act, drive_id, area_code=area_code, hide_small=False)
    return visit.render(
        "console/headcounts/show.html",
        {"progress": progress, "drive": progress.drive, "path": _path(act, progress.total.area_code)},
    )


def disputes(visit: Visit, drive_id: str) -> ResponseReturnValue:
    """Households whose members said different figures, to be cleared up at the door."""
    act, area_code = visit.act, _area(visit.act)
    if form := asked_format():
        read = office.take_away_disputes(act, drive_id, area_code=area_code)
        return as_file(form, "headcount-disputes", _dispute_columns(act), all_rows(read, wanted().order))
    drive = office.show_drive(act, drive_id)
    page = office.disputes(act, drive_id, wanted(), area_code=area_code)
    shown = listing("console.headcounts_disputes", page, filters=(place_filter(act),), orders=DISPUTE_ORDERS)
    return visit.render(
        "console/headcounts/disputes.html",
        {
            "drive": drive,
            "page": page,
            "area_code": area_code,
            "sources": SOURCES,
            "listing": shown,
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


def _drive_columns(act: Act) -> tuple[Column[HeadcountDrive], ...]:
    return (
        Column("名称", lambda drive: drive.title),
        Column("地方", lambda drive: act.areas.full_name(drive.area_code)),
        Column("负责单位", lambda drive: drive.owner),
        Column("目的", lambda drive: drive.purpose),
        Column("依据", lambda drive: drive.basis),
        Column("开始", lambda drive: drive.starts_on),
        Column("结束", lambda drive: drive.ends_on),
        Column("删除日", lambda drive: drive.delete_on),
    )


def _dispute_columns(act: Act) -> tuple[Column[office.HouseholdDispute], ...]:
    """Which doors to knock at. What a single household said does not leave the house."""
    zone = act.runtime.settings.service.zone
    return (
        Column("村（社区）", lambda one: act.areas.full_name(one.community_code)),
        Column("户号", lambda one: one.household_code),
        Column("不同的说法", lambda one: len(one.answers)),
        Column("来源", lambda one: "、".join(dict.fromkeys(SOURCES[said.source] for said in one.answers))),
        Column("最近一次", lambda one: moment(max(said.at for said in one.answers), zone)),
    )


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
