"""What the platform tells us without a resident saying anything: receipts, positions, opened links."""

from bot.handlers.context import Context
from bot.messages import Inbound, Kind, Nothing, Reply
from bot.store import outbox
from broadcasts.outcome import Delivered, Failed, Outcome

NAME = "platform_events"

RECEIPTS = frozenset({Kind.MASS_RESULT, Kind.TEMPLATE_RESULT})
SILENT = frozenset({Kind.POSITION, Kind.MENU_LINK, Kind.SUBSCRIPTION, Kind.OTHER_EVENT})
# MASSSENDJOBFINISH and TEMPLATESENDJOBFINISH spell success differently.
SUCCESS = frozenset({"send success", "sendsuccess", "success"})


def matches(message: Inbound, _context: Context) -> bool:
    return message.kind in RECEIPTS | SILENT


def handle(message: Inbound, context: Context) -> Reply:
    if message.kind in RECEIPTS:
        _settle(dict(message.details), context)
    return Nothing()


def _settle(details: dict[str, str], context: Context) -> None:
    """The platform counts whom a mass message missed and does not name them: then nobody's share is delivered."""
    platform_id, sent, total = details.get("msg_id", ""), details.get("sent"), details.get("total")
    outcome = _outcome(details)
    if isinstance(outcome, Delivered) and sent != total:
        reason = f"platform_said:sent_{sent}_of_{total}"[:80]
        outbox.note_of_platform_id(context.session, platform_id, reason, now=context.now)
    else:
        outbox.settle_by_platform_id(context.session, platform_id, outcome, now=context.now)


def _outcome(details: dict[str, str]) -> Outcome:
    status = details.get("status", "").lower()
    return Delivered() if status in SUCCESS else Failed(f"platform_said:{status}"[:80])
