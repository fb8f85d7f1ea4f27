"""倡议书: the letter that holds where the resident lives, today."""

from bot import wording
from bot.handlers.context import Context
from bot.handlers.letters import letter_text
from bot.messages import Inbound, Reply, Text
from broadcasts.bodies import LetterKind
from knowledge.intent import Intent

NAME = "letter"


def matches(_message: Inbound, context: Context) -> bool:
    return context.understanding.routing.intent is Intent.LETTER


def handle(_message: Inbound, context: Context) -> Reply:
    return Text(letter_text(LetterKind.INITIATIVE, context) or wording.NO_LETTER)
