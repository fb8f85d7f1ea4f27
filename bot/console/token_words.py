"""What an API token may be for, in words.

Approving is not offered here: an administrator, who alone makes tokens in the console, may approve nothing, and makes no
token that approves in a colleague's name. `dingxin token create` on the server can.
"""

from collections.abc import Mapping

from bot.office.tokens import RESOURCES, Access, Refusal

ACCESSES: Mapping[Access, str] = {Access.READ: "查看", Access.WRITE: "写入", Access.APPROVE: "签发"}
EVERYTHING = "全部"
THINGS: Mapping[str, str] = {
    "areas": "区划",
    "groups": "群",
    "grid-workers": "网格员",
    "articles": "知识条目",
    "claims": "传言",
    "broadcasts": "推送",
    "relay-tasks": "转发任务",
    "headcount-drives": "人数登记",
    "headcounts": "人数合计",
    "audit-events": "留痕",
}
OFFERED = (Access.READ, Access.WRITE)
# One row of the form's table for everything and each resource: the scopes that can be ticked there.
ROWS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (EVERYTHING, tuple(access.value for access in OFFERED)),
    *(
        (THINGS[name], tuple(f"{name}:{access}" if access in reach else None for access in OFFERED))
        for name, reach in RESOURCES.items()
    ),
)
SCOPES_OFFERED = tuple(scope for _, scopes in ROWS for scope in scopes if scope)

STATES: Mapping[Refusal | None, str] = {
    None: "在用",
    Refusal.REVOKED: "已作废",
    Refusal.EXPIRED: "已到期",
    Refusal.ACCOUNT_CLOSED: "账号已停用",
    Refusal.ACCOUNT_RESTING: "账号暂时锁定",
}


def scope_words(scope: str) -> str:
    """As staff read it: 查看推送."""
    name, _, access = scope.rpartition(":")
    return f"{ACCESSES[Access(access)]}{THINGS[name] if name else EVERYTHING}"
