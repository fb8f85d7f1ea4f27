"""A grid worker logs a rumour heard in the village: what was said, then two numbers. Who said it is asked for nowhere."""

import re

from bot import claim_wording, wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.picking import numbered, picked
from bot.messages import Inbound, Reply, Text, Work
from bot.store import grid_workers, reports
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.reports import Heard
from knowledge.rumour_log import HeardWhere, HowMany

NAME = "field_report"

BEGINS = re.compile(
    r"(?:记|报|上报|登记|记录)(?:一?[条个])?(?:谣言|传言|说法|传闻)\s*[,，:：]?\s*(.*)", re.DOTALL
)
SHORTEST = 4
LONGEST = 2_000
WHERE: tuple[HeardWhere, ...] = (
    HeardWhere.WECHAT_GROUP,
    HeardWhere.SHORT_VIDEO,
    HeardWhere.MARKET,
    HeardWhere.CEREMONY,
    HeardWhere.NEIGHBOURS,
    HeardWhere.OTHER,
)
REACH: tuple[HowMany, ...] = (HowMany.ONLY_ME, HowMany.A_FEW, HowMany.GROUP, HowMany.MANY_GROUPS)


def matches(_message: Inbound, context: Context) -> bool:
    if context.at(Step.LOGGING_WHERE):
        return picked(context.plain, _named_places()) is not None
    if context.at(Step.LOGGING_REACH):
        return picked(context.plain, _named_reaches()) is not None
    begun = BEGINS.fullmatch(context.plain) is not None
    return begun and grid_workers.of_resident(context.session, context.resident.id) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    if context.at(Step.LOGGING_WHERE):
        place = picked(context.plain, _named_places()) or 0
        context.enter(Step.LOGGING_REACH, text=context.recall("text"), where=WHERE[place])
        return Text(claim_wording.LOG_REACH.format(choices=numbered(_named_reaches())))
    if context.at(Step.LOGGING_REACH):
        place = picked(context.plain, _named_reaches()) or 0
        return _log(REACH[place], context)
    said = BEGINS.fullmatch(context.words.strip()) or BEGINS.fullmatch(context.plain)
    text = said.group(1).strip() if said else ""
    if len(text) < SHORTEST:
        return Text(claim_wording.LOG_WHAT)
    context.enter(Step.LOGGING_WHERE, text=text[:LONGEST])
    return Text(claim_wording.LOG_WHERE.format(choices=numbered(_named_places())))


def _log(reach: HowMany, context: Context) -> Reply:
    worker = grid_workers.of_resident(context.session, context.resident.id)
    if worker is None:
        return Text(wording.NOT_A_WORKER)
    number = reports.add_report(
        context.session,
        resident_id=None,
        text=str(context.recall("text")),
        state=ReportState.NEW,
        claim_id=None,
        area_code=worker.community_code,
        channel=IntakeChannel.GRID_WORKER,
        likelihood=1.0,
        reasons=(),
        now=context.now,
        heard=Heard(str(context.recall("where")), reach),
    )
    return Text(claim_wording.LOGGED.format(number=number), then=Work.REPORTS)


def _named_places() -> list[str]:
    return [claim_wording.HEARD_WHERE[place] for place in WHERE]


def _named_reaches() -> list[str]:
    return [claim_wording.HOW_MANY[reach] for reach in REACH]
