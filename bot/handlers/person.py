"""人工: a word left for the staff, under a number; the machine answers nothing of it."""

from bot import wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.offices import own_office
from bot.messages import Inbound, Reply, Text

NAME = "person"

WORDS = frozenset({"人工", "转人工", "人工客服", "找人工", "客服", "人工服务", "找工作人员", "我要找人"})


def matches(_message: Inbound, context: Context) -> bool:
    return context.plain in WORDS


def handle(_message: Inbound, context: Context) -> Reply:
    return ask_for_word(context)


def ask_for_word(context: Context) -> Reply:
    """Ask for the word; the next message is it."""
    context.enter(Step.LEAVING_WORD)
    return Text(wording.PERSON.format(community=own_office(context), **context.names))
