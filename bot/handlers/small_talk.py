"""Greetings and thanks, answered kindly and shortly."""

import re

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text

NAME = "small_talk"

GREETING = re.compile(
    r"(?:[你您]好|老师好?|[你您]好老师)?,?(?:请问(?:一下)?|我?[想要]?(?:问|咨询)(?:一下|个事|点事|件事)?|能不能问(?:一下)?)|(?:老师|主任|同志|领导)[们]?好|有人在[吗么不]|(?:你|您|大家)?好(?:啊|呀|哇)?|在(?:吗|不在|么|不)|有人(?:吗|么|没)|喂+[,! ]*(?:有人(?:吗|么|没|在)?|在(?:吗|不在|么|不|呢吗))?|hi|hello|哈喽|早上好|晚上好|下午好|中午好|早安|晚安"
)
THANKS = re.compile(
    r"(?:(?:多?谢+(?:你|您|了|谢|啦|你们)*|感谢(?:你|您)?|(?:你们?|您)?辛苦了?|麻烦(?:你|您)?了|好的?|知道了|明白了?|收到|嗯+|哦+|ok|行|晓得了"
    r"|[你您]?帮了?(?:我|我们|咱)?(?:个|好)?大?忙了?|帮大忙了|[太真很]?(?:管用|有用|贴心|周到|及时)了?|太感谢了?|费心了?|好人一生平安|\w{0,2}加油|太好了|你?真好|爱你们?|生日快乐|新年好|不错|再见|拜拜|哈+|呵+|嘿+)[啊呀哦呢哈嘞咧哟啦]?[,!~ ]?)+"
)


def matches(_message: Inbound, context: Context) -> bool:
    return is_small_talk(context.plain)


def is_small_talk(plain: str) -> bool:
    """Whether nothing but a greeting or thanks was said."""
    return bool(GREETING.fullmatch(plain) or THANKS.fullmatch(plain))


def handle(_message: Inbound, context: Context) -> Reply:
    return Text(
        (wording.HELLO if GREETING.fullmatch(context.plain) else wording.THANKS).format(**context.names)
    )
