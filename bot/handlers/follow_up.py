"""A question that leans on the last one ("那从上海呢"): asked again in full, and said back in full."""

from dataclasses import replace

from bot import answer_wording
from bot.conversation import Step
from bot.handlers.ask import handle_question, offer
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from knowledge.answering import Answer
from knowledge.following import leaning, said_in_full

NAME = "follow_up"

# Characters of a question that can be said back in full; a longer one is a story, and "and mine?" leans on none of its words alone.
LONGEST = 40


def matches(_message: Inbound, context: Context) -> bool:
    if not context.at(Step.ASKED, Step.CHOOSING_ANSWER) or leaning(context.plain) is None:
        return False
    return len(_before(context)) <= LONGEST and not isinstance(context.understanding.answering, Answer)


def handle(_message: Inbound, context: Context) -> Reply:
    places = context.runtime.library.get().profiler.places
    full = said_in_full(leaning(context.plain) or "", _before(context), places=places)
    again = replace(context, words=full.question)
    answering = again.understanding.answering
    # What is asked of everybody need not hold for whom it is asked now.
    unsure = isinstance(answering, Answer) and not full.exchanged
    told = offer(answering.offered, again) if unsure else handle_question(again)
    return Text(answer_wording.FOLLOWED.format(question=full.question) + told)


def _before(context: Context) -> str:
    return str(context.recall("question"))
