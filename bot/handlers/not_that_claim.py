"""不是这个, of the verdict just told: what was meant instead goes to a person, with what was said of it now."""

import re
from dataclasses import replace

from bot import wording
from bot.conversation import Step
from bot.handlers.about_claim import Said, said_of_claim
from bot.handlers.context import Context
from bot.handlers.rumour import has_reported_enough, keep_report
from bot.messages import Inbound, Reply, Text, Work
from bot.store.inquiries import ReportState

NAME = "not_that_claim"

# 不用了 and a number that nobody asked for say no to something else.
ANOTHER = re.compile(r"不[是对同像]|不一样|回事|我们?[说指讲]")


def matches(_message: Inbound, context: Context) -> bool:
    is_another = said_of_claim(context.plain) is Said.NO and ANOTHER.search(context.plain) is not None
    return context.at(Step.TOLD_VERDICT) and is_another


def handle(message: Inbound, context: Context) -> Reply:
    if has_reported_enough(context):
        return Text(wording.TOO_MANY_REPORTS.format(**context.names))
    meant = replace(context, words=str(context.recall("said")))
    text = f"{meant.words}\n{context.words}"
    number = keep_report(message, meant, state=ReportState.NEW, claim=None, text=text)
    told = wording.SUSPECTED.format(number=number) + wording.SUSPECTED_ADVICE.format(**context.names)
    return Text(told, then=Work.REPORTS)
