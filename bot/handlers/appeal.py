"""我有不同意见: whoever was told a verdict may disagree; somebody else looks again, and answers by a stated day."""

import re
from datetime import timedelta

from bot import claim_wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.offices import written
from bot.handlers.small_talk import is_small_talk
from bot.messages import Inbound, Reply, Text
from bot.store import appeals, reports
from bot.store.office_alerts import OfficeAlert, raise_office_alert
from bot.store.reports import Told

NAME = "appeal"

ASKS = re.compile(
    r"(?:我)?(?:对(?:这个|这条|核实)?(?:结果|结论|说法)?)?有(?:不同|不一样的?)(?:的)?(?:意见|看法)[\s,，:：。.!！]*(.*)",
    re.DOTALL,
)
ANSWERED_WITHIN = timedelta(days=3)
PER_DAY = 3
LONGEST = 1_000
A_DAY = timedelta(days=1)


def matches(_message: Inbound, context: Context) -> bool:
    if context.at(Step.APPEALING):
        return bool(context.plain)
    return ASKS.fullmatch(context.plain) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    told = reports.last_told(context.session, context.resident.id)
    if told is None:
        return Text(claim_wording.NOTHING_TO_APPEAL.format(**context.names))
    asked = ASKS.fullmatch(context.plain)
    said = asked.group(1).strip() if asked else context.words.strip()
    if not said or is_small_talk(context.plain):
        return _ask_why(told, context)
    since = context.now - A_DAY
    if appeals.appeals_since(context.session, context.resident.id, since) >= PER_DAY:
        return Text(claim_wording.TOO_MANY_APPEALS.format(**context.names))
    return Text(_open(told, said, context))


def _ask_why(told: Told, context: Context) -> Reply:
    claim = context.runtime.library.get().claims.get(told.claim_id)
    context.enter(Step.APPEALING)
    return Text(claim_wording.ASK_APPEAL.format(claim=claim.text if claim else claim_wording.THAT_CLAIM))


def _open(told: Told, said: str, context: Context) -> str:
    due_at = context.now + ANSWERED_WITHIN
    number = appeals.add_appeal(
        context.session,
        resident_id=context.resident.id,
        claim_id=told.claim_id,
        version=told.version,
        area_code=context.resident.community_code,
        text=said[:LONGEST],
        due_at=due_at,
        now=context.now,
    )
    raise_office_alert(context.session, OfficeAlert.APPEAL, f"appeal {number}", now=context.now)
    day = written(due_at.astimezone(context.runtime.settings.service.zone).date())
    return claim_wording.APPEAL_OPENED.format(number=number, day=day)
