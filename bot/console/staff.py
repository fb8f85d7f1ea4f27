"""Accounts and roles, as an administrator keeps them."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from bot.access import BOUND, GRANTED_BY_TWO, Permission, Role
from bot.console import export
from bot.console.export import Column
from bot.console.labels import ROLES, moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.options import WHOLE, options, places
from bot.console.routing import Route
from bot.console.small_forms import ReasonForm
from bot.console.visit import Visit
from bot.errors import Conflict, Unacceptable
from bot.office import staff as office
from bot.office.act import Act
from bot.store.staff import LONGEST_NAME, StaffMember

FAULTS = {"name": "姓名为 1 到 60 个字", "area_code": "这个角色要选一个区域", "reason": "请写明原因，会留痕"}


class RoleForm(FlaskForm):
    role = SelectField(choices=options(ROLES))
    area_code = SelectField()
    reason = TextAreaField(
        validators=[InputRequired("请写明原因，会留痕"), Length(max=500, message="请不要超过 500 字")]
    )

    def offer(self, act: Act) -> None:
        """The whole prefecture, its counties, their townships; of them what lies in the member's own area."""
        self.area_code.choices = places(act.areas, within=act.member.area_code)


class AccountForm(RoleForm):
    name = StringField(
        validators=[InputRequired("请填写姓名"), Length(1, LONGEST_NAME, message=FAULTS["name"])]
    )


def index(visit: Visit) -> ResponseReturnValue:
    role = Filter("role", "角色", choices(ROLES))
    chosen = Role(role.current) if role.current else None
    if form := asked_format():
        read = office.take_away(visit.act, chosen)
        return export.as_file(form, "staff", _columns(visit), export.all_rows(read, wanted().order))
    page = office.members(visit.act, chosen, wanted())
    orders = {"name": "姓名", "role": "角色", "created": "开户"}
    return visit.render(
        "console/staff/index.html",
        {
            "page": page,
            "listing": listing("console.staff_index", page, filters=(role,), orders=orders),
            "grants": office.waiting_grants(visit.act),
        },
    )


def show(visit: Visit, staff_id: int) -> ResponseReturnValue:
    account = office.one(visit.act, staff_id)
    form = RoleForm(data={"role": account.role.value, "area_code": account.area_code or WHOLE})
    return _show(visit, account, form)


def new(visit: Visit) -> ResponseReturnValue:
    form = AccountForm()
    form.offer(visit.act)
    return visit.render("console/staff/new.html", {"form": form})


def add(visit: Visit) -> ResponseReturnValue:
    form = AccountForm()
    form.offer(visit.act)
    if form.validate():
        try:
            opened = office.open_account(
                visit.act,
                form.name.data or "",
                Role(form.role.data),
                area_code=form.area_code.data or None,
                reason=form.reason.data or "",
            )
        except Unacceptable as error:
            _mark(form, error)
        except Conflict:
            form.name.errors = ["已有同名账号，请加上科室以示区别"]
        else:
            return visit.render("console/staff/opened.html", {"opened": opened})
    return visit.render("console/staff/new.html", {"form": form}), 422


def change_role(visit: Visit, staff_id: int) -> ResponseReturnValue:
    account = office.one(visit.act, staff_id)
    form = RoleForm()
    form.offer(visit.act)
    if form.validate():
        try:
            waits = office.change_role(
                visit.act,
                account.id,
                Role(form.role.data),
                area_code=form.area_code.data or None,
                reason=form.reason.data or "",
            )
        except Unacceptable as error:
            _mark(form, error)
        else:
            visit.say("已提出，要由另一位管理员批准后生效。" if waits else "已更改，对方需重新登录。")
            return _back(account)
    return _show(visit, account, form), 422


def reset(visit: Visit, staff_id: int) -> ResponseReturnValue:
    account, form = office.one(visit.act, staff_id), ReasonForm()
    if not form.validate():
        visit.say("请写明原因，再重设。", "danger")
        return _back(account)
    opened = office.reset_access(visit.act, account.id, reason=form.reason.data or "")
    return visit.render("console/staff/reset.html", {"opened": opened})


def unlock(visit: Visit, staff_id: int) -> ResponseReturnValue:
    account = office.one(visit.act, staff_id)
    office.unlock(visit.act, account.id)
    visit.say("已解锁。")
    return _back(account)


def close(visit: Visit, staff_id: int) -> ResponseReturnValue:
    account, form = office.one(visit.act, staff_id), ReasonForm()
    if not form.validate():
        visit.say("请写明原因，再停用。", "danger")
        return _back(account)
    office.close_account(visit.act, account.id, reason=form.reason.data or "")
    visit.say("账号已停用。")
    return _back(account)


def decide(visit: Visit, grant_id: int) -> ResponseReturnValue:
    granted = request.form.get("granted") == "yes"
    office.decide_grant(visit.act, grant_id, granted=granted)
    visit.say("已批准，对方需重新登录。" if granted else "已不再等批准，角色没有变。")
    return redirect(url_for("console.staff_index"))


def _show(visit: Visit, account: StaffMember, form: RoleForm) -> str:
    form.offer(visit.act)
    waiting = [one for one in office.waiting_grants(visit.act) if one.staff_id == account.id]
    context = {"account": account, "form": form, "by_two": GRANTED_BY_TWO, "bound": BOUND, "waiting": waiting}
    return visit.render("console/staff/show.html", {**context, "now": visit.act.now})


def _back(account: StaffMember) -> ResponseReturnValue:
    return redirect(url_for("console.staff_show", staff_id=account.id))


def _mark(form: FlaskForm, error: Unacceptable) -> None:
    for field in error.faults:
        form[field].errors = [FAULTS[field]]


def _columns(visit: Visit) -> tuple[Column[StaffMember], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("姓名", lambda one: one.name),
        Column("角色", lambda one: ROLES[one.role]),
        Column("范围", lambda one: visit.act.areas.full_name(one.area_code) if one.area_code else "全市"),
        Column("开户", lambda one: moment(one.created_at, zone)),
        Column("停用", lambda one: moment(one.disabled_at, zone)),
    )


READ, WRITE, POST = Permission.STAFF_READ, Permission.STAFF_WRITE, ("POST",)
ROUTES = (
    Route("/staff", "staff.index", index, READ),
    Route("/staff/new", "staff.new", new, WRITE),
    Route("/staff/new", "staff.add", add, WRITE, POST),
    Route("/staff/<int:staff_id>", "staff.show", show, READ),
    Route("/staff/<int:staff_id>/role", "staff.change_role", change_role, WRITE, POST),
    Route("/staff/<int:staff_id>/reset", "staff.reset", reset, WRITE, POST),
    Route("/staff/<int:staff_id>/unlock", "staff.unlock", unlock, WRITE, POST),
    Route("/staff/<int:staff_id>/close", "staff.close", close, WRITE, POST),
    Route("/staff/grants/<int:grant_id>", "staff.decide", decide, WRITE, POST),
)
