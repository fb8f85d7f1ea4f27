"""What is done about a claim with the buttons and small forms on its page; each says which edition it was opened with."""

from collections.abc import Callable
from dataclasses import fields
from typing import TypeVar

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from bot.access import Permission
from bot.console.claim_words import FAULTS
from bot.console.routing import Route
from bot.console.small_forms import attempt, edition, said
from bot.console.visit import Visit
from bot.office import cards, debunks
from bot.office import claims as office
from bot.public.fonts import find_faces
from knowledge.risk import Harm, Risk
from knowledge.rumour_log import RumourLog

LONGEST_FIELD = 300
Chosen = TypeVar("Chosen", Harm, Risk)


def triage(visit: Visit, claim_id: str) -> ResponseReturnValue:
    harm = _one_of(Harm, "harm")
    return _done(
        visit, claim_id, lambda: office.triage(visit.act, claim_id, edition(), harm=harm), "已评定风险。"
    )


def risk(visit: Visit, claim_id: str) -> ResponseReturnValue:
    level = _one_of(Risk, "risk")
    return _done(
        visit,
        claim_id,
        lambda: office.set_risk(visit.act, claim_id, edition(), risk=level, reason=said("reason")),
        "风险已改，期限随之变化。",
    )


def take_up(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(visit, claim_id, lambda: office.take_up(visit.act, claim_id, edition()), "由您核查了。")


def assign(visit: Visit, claim_id: str) -> ResponseReturnValue:
    name = said("name") or visit.act.member.name
    return _done(
        visit, claim_id, lambda: office.assign(visit.act, claim_id, edition(), name=name), f"已交给 {name}。"
    )


def restrict(visit: Visit, claim_id: str) -> ResponseReturnValue:
    restricted = said("restricted") == "yes"
    return _done(
        visit,
        claim_id,
        lambda: office.restrict(visit.act, claim_id, edition(), restricted=restricted, reason=said("reason")),
        "已标记为涉及个人，列表里不再显示。" if restricted else "已取消标记。",
    )


def log(visit: Visit, claim_id: str) -> ResponseReturnValue:
    entered = RumourLog(**{field.name: said(field.name)[:LONGEST_FIELD] for field in fields(RumourLog)})
    return _done(
        visit,
        claim_id,
        lambda: office.put_on_record(
            visit.act, claim_id, edition(), log=entered, verified_with=said("verified_with")
        ),
        "登记好了。",
    )


def comment(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(visit, claim_id, lambda: office.comment(visit.act, claim_id, text=said("text")), "已留言。")


def field_action(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        claim_id,
        lambda: office.record_field_action(visit.act, claim_id, what=said("what")),
        "已记下现场处置。",
    )


def close(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        claim_id,
        lambda: office.close(visit.act, claim_id, edition(), reason=said("reason")),
        "已了结。",
    )


def set_aside(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        claim_id,
        lambda: office.set_aside(visit.act, claim_id, edition(), reason=said("reason")),
        "已转为不属核查范围。",
    )


def reopen(visit: Visit, claim_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        claim_id,
        lambda: office.reopen(visit.act, claim_id, edition(), reason=said("reason")),
        "已重新打开。",
    )


def debunk(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """One click: the draft of a broadcast, which a second person still has to approve."""
    drafted = debunks.draft_debunk(visit.act, claim_id)
    visit.say("辟谣推送已起草，请核对范围和时间，再交另一位同事签发。")
    return redirect(url_for("console.broadcasts_show", broadcast_id=drafted.id))


def card(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """The picture to pass on. Taking it is noted, so this is a button, not a link."""
    if find_faces(visit.act.runtime.settings.service.card_font) is None:
        visit.say("这台机器上没有中文字体，画不出卡片；请管理员安装字体。", "danger")
        return redirect(url_for("console.claims_show", claim_id=claim_id))
    cards.take_card(visit.act, claim_id)
    return redirect(url_for("public.card", claim_id=claim_id))


def _done(visit: Visit, claim_id: str, work: Callable[[], object], sentence: str) -> ResponseReturnValue:
    attempt(visit, work, sentence, FAULTS)
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def _one_of(kind: type[Chosen], name: str) -> Chosen:
    try:
        return kind(said(name))
    except ValueError:
        raise BadRequest from None


STEPS = (
    ("triage", triage),
    ("risk", risk),
    ("take-up", take_up),
    ("assign", assign),
    ("restrict", restrict),
    ("log", log),
    ("field-action", field_action),
    ("close", close),
    ("set-aside", set_aside),
    ("reopen", reopen),
)
ROUTES = (
    *(
        Route(
            f"/claims/<claim_id>/{path}",
            f"claims.{path.replace('-', '_')}",
            view,
            Permission.CLAIM_REVIEW,
            ("POST",),
        )
        for path, view in STEPS
    ),
    Route("/claims/<claim_id>/comment", "claims.comment", comment, Permission.REPORT_ENTER, ("POST",)),
    Route("/claims/<claim_id>/card", "claims.card", card, Permission.REPORT_ENTER, ("POST",)),
    Route("/claims/<claim_id>/debunk", "claims.debunk", debunk, Permission.BROADCAST_WRITE, ("POST",)),
)
