"""What this resident had us look into and nobody has decided: said again it is not kept twice, and 是真的吗 asks after it."""

from collections.abc import Iterator
from datetime import timedelta

from bot import claim_wording
from bot.conversation import LASTS
from bot.handlers.about_claim import Said, said_of_claim
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from bot.store.inquiries import Report, ReportState, own_inquiries
from knowledge.text import bare, normalise

NAME = "still_open"

A_DAY = timedelta(days=1)
# No more reports than these are kept of one resident on one day, as settings.rumours has it; questions come on top.
LOOKED_AT = 40


def matches(_message: Inbound, context: Context) -> bool:
    return said_of_claim(context.plain) is Said.ASKS and _just_reported(context) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    report = _just_reported(context)
    return Text(claim_wording.STILL_LOOKING.format(number=report.number if report else ""))


def noted_before(said: str, context: Context) -> int | None:
    """The number under which the very same words of this resident are already looked into, from the last day."""
    words = bare(normalise(said))
    recent = _still_open(context, limit=LOOKED_AT, within=A_DAY)
    return next((report.number for report in recent if bare(normalise(report.text)) == words), None)


def _just_reported(context: Context) -> Report | None:
    """The last thing this resident asked, if it is a report that is still open and this is the same talk."""
    return next(_still_open(context, limit=1, within=LASTS), None)


def _still_open(context: Context, *, limit: int, within: timedelta) -> Iterator[Report]:
    """Those of the resident's last so many inquiries."""
    for inquiry in own_inquiries(context.session, context.resident.id, limit=limit):
        if not isinstance(inquiry, Report) or inquiry.state is not ReportState.NEW:
            continue
        if context.now - inquiry.reported_at < within:
            yield inquiry
