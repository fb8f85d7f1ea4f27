"""What sounds like danger to life though it names none: the same numbers and the same word to the person on call.

After the commands, which are never a cry; before everything that only answers.
"""

from bot.handlers.context import Context
from bot.handlers.danger import raise_alarm
from bot.messages import Inbound, Reply
from knowledge.crisis import CrisisKind
from knowledge.intent import Intent

NAME = "danger_unnamed"


def matches(_message: Inbound, context: Context) -> bool:
    return bool(context.plain) and context.understanding.routing.intent is Intent.CRISIS


def handle(_message: Inbound, context: Context) -> Reply:
    return raise_alarm(CrisisKind.UNCLEAR, context)
