"""A feast is over, and somebody there has caught it: no congratulation and no condolence, but what a close contact does."""

import re
from dataclasses import replace

from bot.handlers.ask import handle_question, offer
from bot.handlers.ceremony_words import BEREAVED, names_a_ceremony
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from knowledge.answering import Answer
from knowledge.article import Category
from knowledge.cues import PASSED_ON, load_cues
from knowledge.intent import Intent

NAME = "after_a_feast"

OVER = re.compile(
    r"(?:办|过|吃|坐|埋|结|送|葬|殡|席|婚|事|礼)(?:完|罢|毕|过了|结束)|(?:礼|事|席|宴)(?:结束|散)|[吃坐]了[^,。?!]{0,2}席|[吃坐]席(?:的时候|时|回来|了)|同[桌席]|席上|[婚葬]礼上"
    r"|参加(?:过|了|[^,。?!]{1,6}(?:回来|的人))|(?:结婚|婚礼|丧事|过事|办事|办席|吃席|葬礼|喜事|出殡)的?(?:那天|以后|之后|回来|后)"
    r"|(?:昨天|前天|上周|上个?月|前几天|那天)[^,。?!]{0,8}(?:结婚|婚礼|办|埋|出殡|吃席|过事|娶|嫁)"
)
CAUGHT = re.compile(r"阳[了咧性]|测出阳|确诊|感染|传染|密接|发烧|发热|隔离|核酸")
# What is asked of a feast to come is asked of the feast.
TO_COME = re.compile(
    r"[能敢可让](?:不能|不敢|否|以)?(?:办|摆|请|来|去|参加|烧|过|送|祭|磕)|头七|百日|三天|还办|推迟|延期|改期|下[个周月]|明天|后天|准备|打算|再办"
)
CLOSE_CONTACT = "我可能是密接，该怎么办"
OF_FEASTS = frozenset({Category.WEDDING, Category.FUNERAL, Category.FUNERAL_PARLOUR, Category.BANQUET})
MOST = 3


def matches(_message: Inbound, context: Context) -> bool:
    plain, understanding = context.plain, context.understanding
    if not (CAUGHT.search(plain) and OVER.search(plain) and names_a_ceremony(plain)):
        return False
    if TO_COME.search(plain) or BEREAVED.search(plain) or PASSED_ON & load_cues().found_in(plain):
        return False
    return understanding.routing.intent is not Intent.RUMOUR and not isinstance(
        understanding.answering, Answer
    )


def handle(_message: Inbound, context: Context) -> Reply:
    contact = replace(context, words=CLOSE_CONTACT).understanding.answering.offered[:1]
    others = (one for one in context.understanding.answering.offered if one.article.category not in OF_FEASTS)
    offered = tuple({one.article.id: one for one in (*contact, *others)}.values())[:MOST]
    return Text(offer(offered, context) if offered else handle_question(context))
