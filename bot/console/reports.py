"""Reports: which wait for a person to say where they belong, those of one claim, and rumours heard elsewhere entered."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from bot.access import Permission, prefix_of
from bot.claim_wording import HEARD_WHERE, HOW_MANY
from bot.console import export
from bot.console.claim_words import CHANNELS, FAULTS, FITS, PRIVATE, REPORT_STATES
from bot.console.export import Column
from bot.console.labels import WORK_STATES, moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.options import options, place_filter
from bot.console.place_field import PlaceForm
from bot.console.routing import Route
from bot.console.small_forms import complain, edition, is_number, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import reports as office
from bot.office.claim_scope import find
from bot.office.reports import Suggestion, Waiting
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.pages import Page
from bot.store.report_lists import ReportLine, Sought
from knowledge.rumour_log import HeardWhere, HowMany

ORDERS = {"reported": "时间", "number": "编号"}
# Numbers are given in the order in which reports come.
BY_AGE = {"number": "最早在前", "-number": "最新在前"}


class EntryForm(PlaceForm):
    text = TextAreaField(
        validators=[
            InputRequired("请写下听到的说法"),
            Length(max=office.LONGEST_ENTRY, message=f"请不要超过 {office.LONGEST_ENTRY} 字"),
        ]
    )
    where = SelectField(choices=options(HEARD_WHERE))
    reach = SelectField(choices=options(HOW_MANY))


def suggestions(visit: Visit) -> ResponseReturnValue:
    channel, area = filters = _of_suggestions(visit)
    waiting = Waiting(
        within=prefix_of(area.current) if area.current else "",
        channel=IntakeChannel(channel.current) if channel.current else None,
    )
    if form := asked_format():
        read = office.take_away_suggestions(visit.act, waiting)
        rows = export.all_rows(read, wanted().order)
        return export.as_file(form, "suggestions", _columns_of_suggestions(visit), rows)
    page = office.list_suggestions(visit.act, wanted(), waiting, explained=True)
    return visit.render(
        "console/claims/suggestions.html",
        {
            "page": page,
            "listing": listing("console.claims_suggestions", page, filters=filters, orders=BY_AGE),
            "channels": CHANNELS,
        },
    )


def place(visit: Visit) -> ResponseReturnValue:
    """A suggestion confirmed; or not, and it becomes a claim of its own. The list stays narrowed as it was."""
    left = listing("console.claims_suggestions", Page(()), filters=_of_suggestions(visit), orders=BY_AGE)
    numbers, into = _numbers(), said("into")
    if into:
        office.move(visit.act, numbers, into=into, waiting=True)
        visit.say("已归入。")
    else:
        made = office.split(visit.act, numbers, waiting=True)
        visit.say(f"已另立一条：{made.id}。")
    return redirect(left.first())


def of_claim(visit: Visit, claim_id: str) -> ResponseReturnValue:
    filters = (
        Filter("state", "状态", choices(REPORT_STATES)),
        Filter("channel", "渠道", choices(CHANNELS)),
        Filter("fit", "归并", choices(FITS)),
    )
    state, channel, fit = (one.current for one in filters)
    sought = Sought(
        state=ReportState(state) if state else None,
        channel=IntakeChannel(channel) if channel else None,
        fit=fit,
    )
    if form := asked_format():
        read = office.take_away(visit.act, claim_id, sought)
        return export.as_file(form, "reports", _columns(visit), export.all_rows(read, wanted().order))
    page = office.list_reports(visit.act, claim_id, wanted(), sought)
    return visit.render(
        "console/claims/reports.html",
        {
            "page": page,
            "file": find(visit.act, claim_id),
            "listing": listing("console.claims_reports", page, filters=filters, orders=ORDERS),
            "channels": CHANNELS,
            "fits": FITS,
            "states": REPORT_STATES,
            "where": HEARD_WHERE,
            "reach": HOW_MANY,
        },
    )


def move(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """The ticked reports into another claim, or into one of their own."""
    into = said("into")
    try:
        if into:
            office.move(visit.act, _numbers(), into=into)
            visit.say("已移到另一条。")
        else:
            made = office.split(visit.act, _numbers(), text=said("text"))
            visit.say("已另立一条。")
            return redirect(url_for("console.claims_show", claim_id=made.id))
    except Unacceptable as error:
        complain(visit, error, FAULTS)
    return redirect(url_for("console.claims_reports", claim_id=claim_id))


def merge(visit: Visit, claim_id: str) -> ResponseReturnValue:
    into = said("into")
    try:
        office.merge(visit.act, claim_id, edition(), into=into)
    except Unacceptable as error:
        complain(visit, error, FAULTS)
        return redirect(url_for("console.claims_show", claim_id=claim_id))
    visit.say("已并入。")
    return redirect(url_for("console.claims_show", claim_id=into))


def new(visit: Visit) -> ResponseReturnValue:
    return _entry_page(visit, EntryForm(formdata=None))


def enter(visit: Visit) -> ResponseReturnValue:
    form = EntryForm()
    form.offer(visit.act)
    # Where it was heard is asked back together with all else that is missing.
    if all([form.validate(), form.settle(visit.act)]):
        try:
            number = office.enter(
                visit.act,
                text=form.text.data or "",
                area_code=form.area_code.data or "",
                where=HeardWhere(form.where.data),
                reach=HowMany(form.reach.data),
                channel=IntakeChannel.STAFF,
            )
        except Unacceptable:
            form.text.errors = ["请核对填写的内容"]
        else:
            visit.say(f"已登记，编号 {number}，几秒钟内归并。")
            return redirect(url_for("console.claims_new"))
    return _entry_page(visit, form), 422


def _entry_page(visit: Visit, form: EntryForm) -> str:
    form.offer(visit.act)
    return visit.render("console/claims/new.html", {"form": form})


def _numbers() -> frozenset[int]:
    return frozenset(int(one) for one in request.form.getlist("number") if is_number(one))


def _of_suggestions(visit: Visit) -> tuple[Filter, Filter]:
    return Filter("channel", "渠道", choices(CHANNELS)), place_filter(visit.act)


def _columns_of_suggestions(visit: Visit) -> tuple[Column[Suggestion], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.report.number),
        Column("内容", lambda one: one.report.text or PRIVATE),
        Column("地区", lambda one: _place(visit, one.report)),
        Column("渠道", lambda one: CHANNELS[one.report.channel]),
        Column("时间", lambda one: moment(one.report.reported_at, zone)),
        Column("像哪一条", lambda one: one.claim.id if one.claim else ""),
        Column("那一条的说法", _said_of),
        Column("办理状态", lambda one: WORK_STATES[one.claim.state] if one.claim else ""),
        Column("把握", lambda one: f"{one.report.probability or 0:.0%}" if one.claim else ""),
    )


def _said_of(one: Suggestion) -> str:
    if one.claim is None:
        return ""
    return PRIVATE if one.claim.restricted else one.claim.text


def _place(visit: Visit, one: ReportLine) -> str:
    areas = visit.act.areas
    return areas.full_name(one.area_code) if one.area_code and areas.get(one.area_code) else ""


def _columns(visit: Visit) -> tuple[Column[ReportLine], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.number),
        Column("内容", lambda one: one.text or PRIVATE),
        Column("地区", lambda one: _place(visit, one)),
        Column("渠道", lambda one: CHANNELS[one.channel]),
        Column("时间", lambda one: moment(one.reported_at, zone)),
        Column("归并", lambda one: FITS.get(one.fit, "")),
        Column("状态", lambda one: REPORT_STATES[one.state]),
        Column("告知时间", lambda one: moment(one.told_at, zone)),
    )


READ, REVIEW, POST = Permission.CLAIM_READ, Permission.CLAIM_REVIEW, ("POST",)
ROUTES = (
    Route("/claims/suggestions", "claims.suggestions", suggestions, READ),
    Route("/claims/suggestions", "claims.place", place, REVIEW, POST),
    Route("/claims/new", "claims.new", new, Permission.REPORT_ENTER),
    Route("/claims/new", "claims.enter", enter, Permission.REPORT_ENTER, POST),
    Route("/claims/<claim_id>/reports", "claims.reports", of_claim, READ),
    Route("/claims/<claim_id>/reports", "claims.move", move, REVIEW, POST),
    Route("/claims/<claim_id>/merge", "claims.merge", merge, REVIEW, POST),
)
