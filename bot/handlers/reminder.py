"""The one line below a reply to something else that calls to mind whose numbers are still open, and how to settle them."""

from dataclasses import replace

from bot import household_wording
from bot.conversation import Conversation, Step
from bot.handlers import asides, attachments, customs
from bot.handlers.context import Context, Handler
from bot.handlers.open_headcount import OpenHeadcount, Standing, figures, remembered
from bot.households.headcount import Doubt
from bot.messages import Nothing, Reply
from bot.store import conversations, headcounts

# A heavy heart, a death, a picture not read yet: numbers are out of place there, and wait for the next reply.
QUIET = frozenset({asides.NAME, attachments.NAME, customs.NAME})
# Whatever is said next belongs to these.
TAKING_ANYTHING = frozenset({Step.LEAVING_WORD, Step.APPEALING, Step.CONFIRMING_DELETION})
# That it was called to mind, beside what the talk set aside remembers.
REMINDED = "reminded"


def with_reminder(reply: Reply, handler: Handler, context: Context) -> Reply:
    """The reply, with the reminder if there is anything to call to mind, once."""
    talk = context.standing
    aside = _due(talk, handler, context) if talk else None
    if isinstance(reply, Nothing) or not reply.body or talk is None or aside is None:
        return reply
    noted = replace(talk, aside=replace(aside, data={**aside.data, REMINDED: True}))
    conversations.save(context.session, context.resident.id, noted, context.now)
    return replace(reply, body=reply.body + _reminder(remembered(aside, Standing.INTERRUPTED)))


def _due(talk: Conversation, handler: Handler, context: Context) -> Conversation | None:
    """What was set aside and not called to mind yet, where that is in place."""
    aside = talk.aside
    if aside is None or aside.data.get(REMINDED):
        return None
    if handler.NAME in QUIET or talk.step in TAKING_ANYTHING:
        return None
    drive = headcounts.running_drive(context.session, context.area_path, day=context.today)
    return aside if drive else None


def _reminder(opened: OpenHeadcount) -> str:
    """What was open, asked in words that fit nothing else that the reply may ask."""
    if opened.number is not None:
        asked = household_wording.WHICH_PEOPLE.format(number=opened.number)
    elif opened.refused or opened.said.total is None:
        asked = household_wording.DOUBTS[Doubt.NOTHING_SAID]
    else:
        asked = household_wording.STILL_RIGHT.format(figures=figures(opened.said))
    return household_wording.STILL_OPEN.format(asked=asked)
