"""Objections to a verdict that wait for a second review."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.claim_words import APPEAL_STATES, FAULTS
from bot.console.listing import Filter, choices, listing, wanted
from bot.console.routing import Route
from bot.console.small_forms import complain, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import appeals as office
from bot.store.appeals import AppealState

ORDERS = {"due": "答复期限", "opened": "提出"}


def index(visit: Visit) -> ResponseReturnValue:
    state = Filter("state", "状态", choices(APPEAL_STATES))
    chosen = AppealState(state.current) if state.current else AppealState.OPEN
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


NEEDS = Permission.APPEAL_DECIDE
ROUTES = (
    Route("/claims/appeals", "claims.appeals", index, NEEDS),
    Route("/claims/appeals/<int:number>", "claims.appeal", show, NEEDS),
    Route("/claims/appeals/<int:number>", "claims.decide_appeal", decide, NEEDS, ("POST",)),
)
