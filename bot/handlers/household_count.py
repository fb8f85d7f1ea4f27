"""A grid worker's count for a whole village (李家沟 52户 通知了 48户): left with the staff as it is, and the worker is told so.

Nothing here keeps such numbers. Taken for a question, it was answered with one, or filed without a word about reports.
"""

import re

from bot import wording
from bot.handlers.context import Context
from bot.households.tally import read_tally
from bot.messages import Inbound, Reply, Text
from bot.store import grid_workers, inquiries
from knowledge.cues import PASSED_ON, load_cues
from knowledge.numerals import to_digits
from knowledge.text import normalise

NAME = "household_count"

LONGEST = 80
HOUSEHOLDS = re.compile(r"\d{1,5}户")
DONE_THERE = re.compile(r"通知|告知|告诉|宣传|入户|走访|排查|摸排|登记|发放|做完|完成|到位")
ASKS = re.compile(r"吗|[呢么](?:$|[,。?!])|\?|怎么|咋|多少|几户|什么|啥|能不能|可不可以|要不要|为何|谁|哪")


def matches(_message: Inbound, context: Context) -> bool:
    if not _is_count(context) or PASSED_ON & load_cues().found_in(context.plain):
        return False
    if grid_workers.of_resident(context.session, context.resident.id) is None:
        return False
    return context.understanding.answering.meant is None


def handle(_message: Inbound, context: Context) -> Reply:
    worker = grid_workers.of_resident(context.session, context.resident.id)
    number = inquiries.add_question(
        context.session,
        resident_id=context.resident.id,
        text=context.words,
        area_code=worker.community_code if worker else context.resident.community_code,
        now=context.now,
    )
    return Text(wording.COUNT_PASSED_ON.format(number=number))


def _is_count(context: Context) -> bool:
    plain = to_digits(context.plain)
    if len(plain) > LONGEST or ASKS.search(normalise(context.words)):
        return False
    counted = HOUSEHOLDS.search(plain) and DONE_THERE.search(plain)
    return bool(counted) or read_tally(context.words) is not None
