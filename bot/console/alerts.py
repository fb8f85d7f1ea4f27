"""Danger to life: who asked for help where and when, and who took it on; nothing of what was said."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import CRISES, moment
from bot.console.listing import Choice, Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.small_forms import is_number
from bot.console.visit import Visit
from bot.errors import Conflict
from bot.office import alerts as office
from bot.store.alerts import DangerAlert
from knowledge.crisis import CrisisKind

OPEN, TAKEN = "open", "acknowledged"
STATES = (Choice(OPEN, "待接手"), Choice(TAKEN, "已接手"))
# Whom to call, once somebody near says that it is so.
CALLS: Mapping[CrisisKind, str] = {
    CrisisKind.SELF_HARM: "已经伤着、吃了药，或者叫不开门、联系不上：打 120 和 110。人还好好的：请家人、邻居陪着，"
    "告诉他 12356（心理援助热线）有人陪着说话。",
    CrisisKind.MEDICAL: "打 120，说清在哪里、什么情况；打不通打 110。",
    CrisisKind.VIOLENCE: "打 110，有人受伤再打 120。请去看的人不要单独上前。",
    CrisisKind.FIRE: "打 119，有人受伤再打 120。",
    CrisisKind.UNCLEAR: "伤病打 120，有人行凶打 110，着火打 119；心里过不去，请他打 12356（心理援助热线）。",
}
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
    taken = request.args.get("taken", "")
    scene = office.to_act_on(visit.act, int(taken)) if is_number(taken) else None
    return visit.render(
        "console/alerts/index.html", {"page": page, "listing": shown, "scene": scene, "calls": CALLS}
    )


def acknowledge(visit: Visit, number: int) -> ResponseReturnValue:
    """The second of two clicks finds it taken on, and says by whom; the first is told what to do now."""
    back = request.form.get("back") or None
    try:
        office.acknowledge(visit.act, number)
    except Conflict:
        visit.say("这一条刚才已有人接手，请看列表里的名字。", "warning")
        return redirect(url_for("console.alerts_index", state=back))
    visit.say("已记下由您接手。请马上按下面几步做。")
    return redirect(url_for("console.alerts_index", state=back, taken=number))


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
