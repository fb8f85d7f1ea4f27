"""Broadcasts: drafted from a letter or in one's own words, read to the last byte and approved by a second person, stopped."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from bot.access import Permission
from bot.console import broadcast_words as words
from bot.console.area_picker import is_step, picker
from bot.console.broadcast_forms import DeliveredForm, EditForm, NewLetterForm, NewNoticeForm
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import BROADCAST_STATUSES, moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.small_forms import ReasonForm
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import broadcasts as office
from bot.office.act import Act
from bot.office.broadcasts import Record
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import BroadcastKind
from broadcasts.lifecycle import TRANSITIONS, Action

WRITTEN = frozenset({Status.DRAFT, Status.SUBMITTED})
NEW_FORMS: Mapping[str, type[NewLetterForm] | type[NewNoticeForm]] = {
    "letter": NewLetterForm,
    "notice": NewNoticeForm,
}
ORDERS = {"created": "起草", "status": "状态", "title": "标题", "valid_until": "有效到"}


class ApprovalForm(FlaskForm):
    """The fingerprint is that of the bytes on the page: what was read is what is approved."""

    fingerprint = HiddenField(validators=[InputRequired("请重新打开这一页")])
    read = BooleanField(validators=[InputRequired("请先确认已逐字读过")])


def index(visit: Visit) -> ResponseReturnValue:
    status, kind = (
        Filter("status", "状态", choices(BROADCAST_STATUSES)),
        Filter("kind", "种类", choices(words.KINDS)),
    )
    statuses = [Status(status.current)] if status.current else ()
    kinds = [BroadcastKind(kind.current)] if kind.current else ()
    if form := asked_format():
        read = office.take_away(visit.act, statuses=statuses, kinds=kinds)
        return as_file(form, "broadcasts", _columns(visit.act), all_rows(read, wanted().order))
    page = office.list_broadcasts(visit.act, wanted(), statuses=statuses, kinds=kinds)
    shown = listing("console.broadcasts_index", page, filters=(status, kind), orders=ORDERS)
    return visit.render("console/broadcasts/index.html", {"page": page, "listing": shown, "words": words})


def new(visit: Visit, source: str) -> ResponseReturnValue:
    form = NEW_FORMS[source]()
    form.suggest(visit.act.today)
    return _form(visit, form, source)


def draft(visit: Visit, source: str) -> ResponseReturnValue:
    form, zone = NEW_FORMS[source](), visit.act.runtime.settings.service.zone
    if is_step():
        return _form(visit, form, source)
    if form.is_good(visit.act.today):
        try:
            drafted = office.draft(visit.act, form.entered(zone))
        except Unacceptable as error:
            _mark(form, error)
        else:
            if len(drafted) == 1:
                _say_saved(visit, drafted[0], "已存为草稿。核对无误后提交，由另一个人签发。")
                return _back(drafted[0].id)
            visit.say(f"所选地方的风险等级不同，文字也不同，分成了 {len(drafted)} 份草稿，请逐份核对。")
            return redirect(url_for("console.broadcasts_index", status=Status.DRAFT.value))
    return _form(visit, form, source), 422


def show(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    return _show(visit, office.show(visit.act, broadcast_id))


def edit(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    one, form = office.read(visit.act, broadcast_id), EditForm()
    form.fill(one, visit.act.runtime.settings.service.zone)
    return _form(visit, form, "edit", one)


def save(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    act, form = visit.act, EditForm()
    one = office.read(act, broadcast_id)
    if is_step():
        return _form(visit, form, "edit", one)
    if form.is_good(act.today):
        try:
            entered = form.entered(act.runtime.settings.service.zone)
            edition = request.form.get("edition", default=0, type=int)
            edited = office.edit(act, broadcast_id, entered, edition=edition)
        except Unacceptable as error:
            _mark(form, error)
        else:
            _say_saved(visit, edited, "已保存为草稿，要重新提交、重新签发。")
            return _back(broadcast_id)
    return _form(visit, form, "edit", one), 422


def submit(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    one = office.read(visit.act, broadcast_id)
    if one.status is Status.DRAFT and words.gaps_of(one.content, now=visit.act.now):
        visit.say("还不能提交，请先补齐下面列出的地方。", "danger")
        return _back(broadcast_id)
    office.submit(visit.act, broadcast_id, seen=request.form.get("seen", ""))
    visit.say("已提交，等另一个人签发。")
    return _back(broadcast_id)


def approve(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    form = ApprovalForm()
    if not form.validate():
        return _show(visit, office.show(visit.act, broadcast_id), approval=form), 422
    office.approve(visit.act, broadcast_id, seen=form.fingerprint.data or "")
    visit.say("已签发，到时间就发。")
    return _back(broadcast_id)


def reject(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        visit.say("退回要写明原因，好让起草人修改。", "danger")
        return _back(broadcast_id)
    office.reject(visit.act, broadcast_id, reason=form.reason.data or "")
    visit.say("已退回起草人。")
    return _back(broadcast_id)


def halt(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        visit.say("叫停要写明原因。", "danger")
        return _back(broadcast_id)
    office.halt(visit.act, broadcast_id, reason=form.reason.data or "")
    visit.say("已叫停，没发出的都撤回了；已经到手机上的收不回来。", "warning")
    return _back(broadcast_id)


def _show(visit: Visit, record: Record, *, approval: ApprovalForm | None = None) -> str:
    act, one = visit.act, record.broadcast
    zone = act.runtime.settings.service.zone
    gaps = words.gaps_of(one.content, now=act.now) if one.status in WRITTEN else ()
    approval = approval or ApprovalForm()
    approval.fingerprint.data = record.fingerprint
    return visit.render(
        "console/broadcasts/show.html",
        {
            "record": record,
            "one": one,
            "words": words,
            "places": words.places(one.content.audience.area_codes, act.areas),
            "when": words.schedule_in_words(one.content.schedule, zone),
            "gaps": gaps,
            "preview": office.preview(act, one.id) if one.status in WRITTEN else None,
            "steps": _steps(act, one),
            "is_author": act.member.name in one.revision.authors or act.member.name == one.submitted_by,
            "approval": approval,
        },
    )


def _steps(act: Act, one: Broadcast) -> frozenset[str]:
    """What this member may do with it now; whoever is bound to an area works on what stays inside."""
    if not all(act.covers(code) for code in one.content.audience.area_codes):
        return frozenset()
    return frozenset(
        action.value
        for action, needs in NEEDS.items()
        if act.may(needs) and one.status in TRANSITIONS[action].sources
    )


NEEDS = {
    Action.EDIT: Permission.BROADCAST_WRITE,
    Action.SUBMIT: Permission.BROADCAST_WRITE,
    Action.APPROVE: Permission.BROADCAST_APPROVE,
    Action.REJECT: Permission.BROADCAST_APPROVE,
    Action.HALT: Permission.BROADCAST_HALT,
}
# The office's names of what was entered → the form's fields and what they say.
FAULTS = {
    "audience.area_codes": ("areas", "所选的地方里没有村或社区，或不在您的负责范围内"),
    "title": ("title", "标题太长"),
    "letter": ("letter", "没有这份文稿"),
    "valid_until": ("valid_to", "不能晚于核实结论有效的最后一天"),
}


def _mark(form: DeliveredForm, error: Unacceptable) -> None:
    for name in error.faults:
        field, sentence = FAULTS.get(name, ("areas", "填写的内容有问题"))
        form[field].errors = [sentence]


def _form(visit: Visit, form: DeliveredForm, source: str, one: Broadcast | None = None) -> str:
    chosen = picker(visit.act, form.areas.data or ())
    return visit.render(
        f"console/broadcasts/{source}.html", {"form": form, "picker": chosen, "source": source, "one": one}
    )


def _say_saved(visit: Visit, one: Broadcast, complete: str) -> None:
    """While something is missing its page lists that, and nothing is said of handing it over."""
    visit.say("已存为草稿。" if words.gaps_of(one.content, now=visit.act.now) else complete)


def _back(broadcast_id: str) -> ResponseReturnValue:
    return redirect(url_for("console.broadcasts_show", broadcast_id=broadcast_id))


def _columns(act: Act) -> tuple[Column[Broadcast], ...]:
    zone = act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.id),
        Column("标题", lambda one: one.content.title),
        Column("种类", lambda one: words.KINDS[one.content.kind]),
        Column("状态", lambda one: BROADCAST_STATUSES[one.status]),
        Column("地方", lambda one: "、".join(words.places(one.content.audience.area_codes, act.areas))),
        Column("发送", lambda one: words.schedule_in_words(one.content.schedule, zone)),
        Column("有效到", lambda one: moment(one.content.valid_until, zone)),
        Column("起草人", lambda one: one.created_by),
        Column("签发人", lambda one: one.approval.by if one.approval else ""),
    )


READS, WRITES, APPROVES = Permission.BROADCAST_READ, Permission.BROADCAST_WRITE, Permission.BROADCAST_APPROVE
NEW, ONE, POST = "/broadcasts/new/<any(letter, notice):source>", "/broadcasts/<broadcast_id>", ("POST",)

ROUTES = (
    Route("/broadcasts", "broadcasts.index", index, READS),
    Route(NEW, "broadcasts.new", new, WRITES),
    Route(NEW, "broadcasts.draft", draft, WRITES, POST),
    Route(ONE, "broadcasts.show", show, READS),
    Route(f"{ONE}/edit", "broadcasts.edit", edit, WRITES),
    Route(f"{ONE}/edit", "broadcasts.save", save, WRITES, POST),
    Route(f"{ONE}/submit", "broadcasts.submit", submit, WRITES, POST),
    Route(f"{ONE}/approve", "broadcasts.approve", approve, APPROVES, POST),
    Route(f"{ONE}/reject", "broadcasts.reject", reject, APPROVES, POST),
    Route(f"{ONE}/halt", "broadcasts.halt", halt, Permission.BROADCAST_HALT, POST),
)
