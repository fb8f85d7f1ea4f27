"""What nobody else understood: a kind word and how to say it. Always matches; stays last."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text

NAME = "fallback"


def matches(_message: Inbound, _context: Context) -> bool:
    return True


def handle(_message: Inbound, context: Context) -> Reply:
    return Text(wording.CLARIFY.format(**context.names))
