"""Areas from the prefecture down to the village: how their people are reached, and their risk level.

Grid workers are shown by name: having looked at them, or taken them away as a file, leaves a trace. Who has left is
dismissed on the page of their village.
"""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from bot.access import Permission
from bot.console import area_words as words
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.options import options, place_filter
from bot.console.routing import Route
from bot.console.small_forms import ReasonForm
from bot.console.visit import Visit
from bot.office import areas as office
from bot.office import grid_workers
from bot.office.act import Act
from bot.office.areas import AreaLine
from bot.store.areas import Risk
from bot.store.grid_workers import GridWorker
from bot.store.groups import Group, GroupKind
from bot.store.pages import Wanted

# How many of a community's groups and grid workers stand on its page; the lists have all.
SHOWN = Wanted(limit=50)


class RiskForm(FlaskForm):
    risk = SelectField(choices=options(words.LEVELS))
    seen = HiddenField(validators=[AnyOf(list(words.LEVELS))])
    reason = StringField(
        validators=[DataRequired("请写明原因，会留痕"), Length(max=500, message="请不要超过 500 字")]
    )


def index(visit: Visit) -> ResponseReturnValue:
    """The widest area the member sees; with a name typed, the areas called so."""
    name = request.args.get("name", "").strip()[: office.LONGEST_SOUGHT]
    if name:
        found = office.find(visit.act, name)
        return visit.render("console/areas/found.html", {"found": found, "name": name, "words": words})
    top = office.top(visit.act)
    if top is None:
        return visit.render("console/areas/none.html", {})
    return _show(visit, top.code)


def show(visit: Visit, area_code: str) -> ResponseReturnValue:
    return _show(visit, area_code)


def _show(visit: Visit, area_code: str) -> ResponseReturnValue:
    act = visit.act
    record = office.show(act, area_code)
    area = record.total.area
    if form := asked_format():
        return as_file(form, "areas", _columns(act), office.take_communities_away(act, area.code))
    near = area.is_community
    groups = office.list_groups(act, SHOWN, area_code=area.code).items if near else ()
    workers = office.list_grid_workers(act, SHOWN, area_code=area.code).items if near else ()
    own = area.risk.value if area.risk else words.ABOVE
    return visit.render(
        "console/areas/show.html",
        {
            "record": record,
            "area": area,
            "path": [code for code in act.areas.path(area.code)[:-1] if act.covers(code)],
            "groups": groups,
            "workers": workers,
            "own": own,
            "form": RiskForm(formdata=None, data={"risk": own, "seen": own}),
            "words": words,
        },
    )


def set_risk(visit: Visit, area_code: str) -> ResponseReturnValue:
    form = RiskForm()
    if form.validate():
        office.set_risk(
            visit.act,
            area_code,
            _level(form.risk.data),
            seen=_level(form.seen.data),
            reason=form.reason.data or "",
        )
        visit.say("风险等级已更改。以后起草的推送、居民再要的文稿都按新的等级写。")
    else:
        visit.say("请写明原因，再更改。", "danger")
    return redirect(url_for("console.areas_show", area_code=area_code))


def groups(visit: Visit) -> ResponseReturnValue:
    area, kind = place_filter(visit.act), Filter("kind", "种类", choices(words.GROUPS))
    kinds = [GroupKind(kind.current)] if kind.current else ()
    if form := asked_format():
        read = office.take_groups_away(visit.act, area_code=area.current, kinds=kinds)
        return as_file(form, "groups", _group_columns(visit.act), all_rows(read, wanted().order))
    page = office.list_groups(visit.act, wanted(), area_code=area.current, kinds=kinds)
    orders = {"community": "村（社区）", "name": "群名"}
    shown = listing("console.areas_groups", page, filters=(area, kind), orders=orders)
    return visit.render("console/areas/groups.html", {"page": page, "listing": shown, "words": words})


def workers(visit: Visit) -> ResponseReturnValue:
    area = place_filter(visit.act)
    bound = Filter("bound", "状态", choices(words.STANDINGS))
    left = bound.current == words.LEFT
    is_bound = bound.current == words.BOUND if bound.current and not left else None
    if form := asked_format():
        read = office.take_workers_away(visit.act, area_code=area.current, bound=is_bound, left=left)
        return as_file(form, "grid-workers", _worker_columns(visit.act), all_rows(read, wanted().order))
    page = office.list_grid_workers(visit.act, wanted(), area_code=area.current, bound=is_bound, left=left)
    orders = {"community": "村（社区）", "name": "姓名", "bound": "绑定"}
    shown = listing("console.areas_workers", page, filters=(area, bound), orders=orders)
    return visit.render("console/areas/workers.html", {"page": page, "listing": shown})


def dismiss(visit: Visit, area_code: str, worker_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate():
        done = grid_workers.dismiss(visit.act, worker_id, reason=form.reason.data or "")
        visit.say(words.DISMISSED + (words.LEFT_UNDONE.format(count=done.tasks) if done.tasks else ""))
    else:
        visit.say("请写明原因，再办理离任。", "danger")
    return redirect(url_for("console.areas_show", area_code=area_code))


def _level(value: str | None) -> Risk | None:
    return Risk(value) if value and value != words.ABOVE else None


def _columns(act: Act) -> tuple[Column[AreaLine], ...]:
    return (
        Column("区划代码", lambda one: one.area.code),
        Column("地方", lambda one: act.areas.full_name(one.area.code)),
        Column("种类", lambda one: words.KINDS[one.area.kind]),
        Column("风险等级", lambda one: words.RISKS[one.risk] if one.risk else "未定"),
        Column("群", lambda one: one.contacts.groups),
        Column("网格员", lambda one: one.contacts.workers),
        Column("已绑定微信", lambda one: one.contacts.bound),
        Column("能派转发任务", lambda one: "能" if one.contacts.reached else "不能"),
    )


def _group_columns(act: Act) -> tuple[Column[Group], ...]:
    return (
        Column("村（社区）", lambda one: act.areas.full_name(one.community_code)),
        Column("群名", lambda one: one.name),
        Column("种类", lambda one: words.GROUPS[one.kind]),
        Column("人数", lambda one: one.members),
        Column("机器人", lambda one: "有" if one.has_webhook else ""),
    )


def _worker_columns(act: Act) -> tuple[Column[GridWorker], ...]:
    zone = act.runtime.settings.service.zone
    return (
        Column("村（社区）", lambda one: act.areas.full_name(one.community_code)),
        Column("网格", lambda one: one.grid),
        Column("姓名", lambda one: one.name),
        Column("手机尾号", lambda one: one.phone_last4),
        Column("绑定", lambda one: moment(one.bound_at, zone)),
        Column("离任", lambda one: moment(one.dismissed_at, zone)),
    )


READ, WRITE = Permission.AREA_READ, Permission.AREA_WRITE
ROUTES = (
    Route("/areas", "areas.index", index, READ),
    Route("/areas/groups", "areas.groups", groups, READ),
    Route("/areas/grid-workers", "areas.workers", workers, READ),
    Route("/areas/<area_code>", "areas.show", show, READ),
    Route("/areas/<area_code>/risk", "areas.set_risk", set_risk, WRITE, ("POST",)),
    Route(
        "/areas/<area_code>/grid-workers/<int:worker_id>/dismiss",
        "areas.dismiss",
        dismiss,
        Permission.GRID_WORKER_DISMISS,
        ("POST",),
    ),
)
