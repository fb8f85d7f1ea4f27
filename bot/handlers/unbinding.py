"""解绑, 我不干网格员了: what is to be done about it. Nothing is undone by it: who carries for a village is the township's to say.

Of oneself one is untied only with all one's data, by 删除, which asks before it acts.
"""

import re

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from bot.store import grid_workers, relay_tasks

NAME = "unbinding"

GIVES_UP = re.compile(
    r"(?:我|已经|现在|早就?|以后|今后|从今天起)*(?:不|没)再?(?:干|当|做|是|担任)网格员?(?:了|啦)?"
    r"|网格员?(?:的活|这活)?我?(?:不|没)再?(?:干|当|做)(?:了|啦)?|我?(?:辞了|辞掉)网格员?(?:了)?|我不干了"
    r"|(?:我|现在|以后|已经)*(?:这个)?(?:网格|村|社)?不归我管(?:了|啦)?"
    r"|(?:我们?(?:这|村|社)?(?:的)?)?(?:网格员?)?(?:已经)?换(?:别)?人(?:了|啦)[,;、。\s]*(?:现在|已经)*(?:(?:不是|不归)我(?:管|干)?(?:了|啦)?)?"
    r"|(?:我要|我想|要|想|怎么|咋么?|如何|帮我|给我|请)*(?:解绑|解除绑定|取消绑定|退出网格员?)(?:网格员|微信)?(?:了|吧|一下)?"
)


def matches(_message: Inbound, context: Context) -> bool:
    if GIVES_UP.fullmatch(context.plain) is None:
        return False
    return grid_workers.of_resident(context.session, context.resident.id) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    worker = grid_workers.of_resident(context.session, context.resident.id)
    if worker is None:  # cannot be: `matches` asked the same
        return Text(wording.NOT_A_WORKER)
    owed = len(relay_tasks.undone_errands(context.session, worker.id))
    return Text(
        wording.STILL_BOUND.format(
            community=context.areas.full_name(worker.community_code),
            grid=worker.grid,
            owed=wording.OWED_BEFORE_LEAVING.format(count=owed) if owed else "",
        )
    )
