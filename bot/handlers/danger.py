"""Danger to life: the numbers to call at once, and the person on call; outside every queue and every talk."""

from collections.abc import Mapping

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text, Work
from bot.store import inquiries, outbox
from knowledge.crisis import CrisisKind, is_crisis

NAME = "danger"


def matches(_message: Inbound, context: Context) -> bool:
    return bool(context.words) and is_crisis(context.words) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    kind = is_crisis(context.words)
    if kind is None:  # cannot be: `matches` asked the same
        return Text(wording.CLARIFY.format(**context.names))
    return raise_alarm(kind, context)


def raise_alarm(kind: CrisisKind, context: Context) -> Reply:
    """The numbers to call, and word to the person on call. Nobody in danger is held to a form: what was open is let go."""
    context.forget()
    area_code = context.resident.community_code
    number = inquiries.raise_alert(context.session, kind=kind, area_code=area_code, now=context.now)
    area = context.areas.full_name(area_code) if context.community and area_code else wording.UNKNOWN_AREA
    alert = wording.STAFF_ALERT.format(area=area, kind=wording.DANGER_KINDS[kind], number=number)
    outbox.queue_alert(
        context.session, alert, key=f"alert{number}", vault=context.runtime.vault, now=context.now
    )
    return Text(told_at_once(kind, context.names), then=Work.DELIVERIES)


def told_at_once(kind: CrisisKind, names: Mapping[str, str]) -> str:
    """The numbers to call, as the resident reads them; `names`: the service's, what its sentences need filled in."""
    return wording.DANGER[kind].format(**names)
