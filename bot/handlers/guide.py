"""帮助: what one can do here; a grid worker is told their own commands first."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from bot.store import grid_workers

NAME = "guide"

WORDS = frozenset(
    {"帮助", "help", "怎么用", "菜单", "功能", "你能做什么", "你会做什么", "你能干啥", "使用说明", "?"}
)


def matches(_message: Inbound, context: Context) -> bool:
    return context.plain in WORDS


def handle(_message: Inbound, context: Context) -> Reply:
    is_worker = grid_workers.of_resident(context.session, context.resident.id) is not None
    return Text((wording.HELP_FOR_WORKERS if is_worker else "") + wording.HELP.format(**context.names))
