"""Objections to a verdict: those that wait for a second review, and what became of the others."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console import export
from bot.console.claim_words import APPEAL_STATES, FAULTS, PRIVATE
from bot.console.export import Column
from bot.console.labels import moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.small_forms import complain, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import appeals as office
from bot.store.appeals import Appeal, AppealState

ORDERS = {"due": "答复期限", "opened": "提出"}


def index(visit: Visit) -> ResponseReturnValue:
    state = Filter("state", "状态", choices(APPEAL_STATES), default=AppealState.OPEN.value)
    chosen = AppealState(state.current) if state.current else None
    if form := asked_format():
        read = office.take_away(visit.act, state=chosen)
        return export.as_file(form, "appeals", _columns(visit), export.all_rows(read, wanted().order))
    page = office.list_appeals(visit.act, wanted(), state=chosen)
    return visit.render(
        "console/claims/appeals.html",
        {
            "page": page,
            "listing": listing("console.claims_appeals", page, filters=(state,), orders=ORDERS),
            "states": APPEAL_STATES,
            "now": visit.act.now,
        },
    )


def show(visit: Visit, number: int) -> ResponseReturnValue:
    appeal, file = office.show(visit.act, number)
    return visit.render(
        "console/claims/appeal.html",
        {
            "appeal": appeal,
            "file": file,
            "states": APPEAL_STATES,
            "second": office.is_second(visit.act, appeal),
            "longest": office.LONGEST_ANSWER,
        },
    )


def decide(visit: Visit, number: int) -> ResponseReturnValue:
    upheld = request.form.get("upheld") == "yes"
    try:
        if upheld:
            file = office.uphold(visit.act, number, answer=said("answer"))
            visit.say("已答复提出人，并打开了一份更正草稿，请接着改。")
            return redirect(url_for("console.claims_finding", claim_id=file.id))
        office.dismiss(visit.act, number, answer=said("answer"))
    except Unacceptable as error:
        complain(visit, error, FAULTS)
        return redirect(url_for("console.claims_appeal", number=number))
    visit.say("已答复提出人。")
    return redirect(url_for("console.claims_appeals"))


def _columns(visit: Visit) -> tuple[Column[Appeal], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.number),
        Column("意见", lambda one: one.text or PRIVATE),
        Column("传言", lambda one: one.claim_id),
        Column("结论版本", lambda one: one.version),
        Column("提出", lambda one: moment(one.opened_at, zone)),
        Column("答复期限", lambda one: moment(one.due_at, zone)),
        Column("状态", lambda one: APPEAL_STATES[one.state]),
        Column("答复", lambda one: one.answer or (PRIVATE if one.decided_by else "")),
        Column("复核人", lambda one: one.decided_by or ""),
        Column("复核时间", lambda one: moment(one.decided_at, zone)),
    )


NEEDS = Permission.APPEAL_DECIDE
ROUTES = (
    Route("/claims/appeals", "claims.appeals", index, NEEDS),
    Route("/claims/appeals/<int:number>", "claims.appeal", show, NEEDS),
    Route("/claims/appeals/<int:number>", "claims.decide_appeal", decide, NEEDS, ("POST",)),
)
