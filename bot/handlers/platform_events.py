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
        details = dict(message.details)
        outbox.settle_by_platform_id(
            context.session, details.get("msg_id", ""), _outcome(details), now=context.now
        )
    return Nothing()


def _outcome(details: dict[str, str]) -> Outcome:
    """Of a mass message the platform tells counts, not names: all are settled alike, the counts go into the reason."""
    status = details.get("status", "").lower()
    return Delivered() if status in SUCCESS else Failed(f"platform_said:{status}"[:80])
