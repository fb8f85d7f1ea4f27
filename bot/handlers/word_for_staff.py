"""The message after 人工 goes to the staff as it is."""

from bot import wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.person import ask_for_word
from bot.handlers.small_talk import is_small_talk
from bot.messages import Inbound, Reply, Text
from bot.store import inquiries

NAME = "word_for_staff"


def matches(_message: Inbound, context: Context) -> bool:
    return context.at(Step.LEAVING_WORD) and bool(context.plain)


def handle(_message: Inbound, context: Context) -> Reply:
    if is_small_talk(context.plain):  # 你好 comes first; the word itself is still to come
        return ask_for_word(context)
    number = inquiries.add_question(
        context.session,
        resident_id=context.resident.id,
        text=context.words,
        area_code=context.resident.community_code,
        now=context.now,
    )
    return Text(wording.WORD_LEFT.format(number=number, **context.names))
