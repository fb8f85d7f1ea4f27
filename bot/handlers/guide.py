"""帮助: what one can do here."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text

NAME = "guide"

WORDS = frozenset(
    {"帮助", "help", "怎么用", "菜单", "功能", "你能做什么", "你会做什么", "你能干啥", "使用说明", "?"}
)


def matches(_message: Inbound, context: Context) -> bool:
    return context.plain in WORDS


def handle(_message: Inbound, context: Context) -> Reply:
    return Text(wording.HELP.format(**context.names))
