"""What nobody else understood: a kind word and how to say it. Always matches; stays last."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Kind, Reply, Text
from knowledge.text import bare

NAME = "fallback"


def matches(_message: Inbound, _context: Context) -> bool:
    return True


def handle(_message: Inbound, context: Context) -> Reply:
    if bare(context.plain):
        return Text(wording.CLARIFY.format(**context.names))
    # Nothing but a pasted address, or nothing but tears and question marks.
    only_link = "http" in context.words.lower()
    return Text(wording.UNSUPPORTED[Kind.LINK] if only_link else wording.WORDLESS)
