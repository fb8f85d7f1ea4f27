"""Danger to life: who asked for help where and when, and who took it on; nothing of what was said."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import CRISES, moment
from bot.console.listing import Choice, Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.errors import Conflict
from bot.office import alerts as office
from bot.store.alerts import DangerAlert
from knowledge.crisis import CrisisKind

OPEN, TAKEN = "open", "acknowledged"
STATES = (Choice(OPEN, "待接手"), Choice(TAKEN, "已接手"))
ORDERS = {"raised": "时间", "acknowledged": "接手时间"}


def index(visit: Visit) -> ResponseReturnValue:
    state, kind = Filter("state", "状态", STATES), Filter("kind", "情形", choices(CRISES))
    is_taken = {OPEN: False, TAKEN: True}.get(state.current)
    chosen = CrisisKind(kind.current) if kind.current else None
    if form := asked_format():
        read = office.take_away(visit.act, acknowledged=is_taken, kind=chosen)
        return as_file(form, "danger-alerts", _columns(visit), all_rows(read, wanted().order))
    page = office.list_alerts(visit.act, wanted(), acknowledged=is_taken, kind=chosen)
    shown = listing("console.alerts_index", page, filters=(state, kind), orders=ORDERS)
    return visit.render("console/alerts/index.html", {"page": page, "listing": shown})


def acknowledge(visit: Visit, number: int) -> ResponseReturnValue:
    """The second of two clicks finds it taken on, and says by whom."""
    try:
        office.acknowledge(visit.act, number)
    except Conflict:
        visit.say("这一条刚才已有人接手，请看列表里的名字。", "warning")
    else:
        visit.say("已记下由您接手。请马上按值班办法处置。")
    return redirect(url_for("console.alerts_index", state=request.form.get("back") or None))


def _columns(visit: Visit) -> tuple[Column[DangerAlert], ...]:
    zone, tree = visit.act.runtime.settings.service.zone, visit.act.areas
    return (
        Column("编号", lambda one: one.number),
        Column("情形", lambda one: CRISES[one.kind]),
        Column("地方", lambda one: tree.full_name(one.area_code) if one.area_code else "不清楚"),
        Column("时间", lambda one: moment(one.raised_at, zone)),
        Column("接手人", lambda one: one.acknowledged_by or ""),
        Column("接手时间", lambda one: moment(one.acknowledged_at, zone)),
    )


ROUTES = (
    Route("/alerts", "alerts.index", index, Permission.ALERT_ACKNOWLEDGE),
    Route(
        "/alerts/<int(max=2147483647):number>/acknowledge",
        "alerts.acknowledge",
        acknowledge,
        Permission.ALERT_ACKNOWLEDGE,
        ("POST",),
    ),
)
