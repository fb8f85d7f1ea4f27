"""Groups, and WeCom's tasks for their owners: creating one sends nothing, the owner's confirmation does."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.demo.platform.chats import Content


class GroupKind(StrEnum):
    """An ordinary WeChat group has no interface at all; only people write into it."""

    WECHAT = "wechat"
    CUSTOMER = "wecom_customer"
    INTERNAL = "wecom_internal"


@dataclass(frozen=True, slots=True)
class Group:
    """`chat` names the conversation on the phone; the rest is empty where the kind has no use for it."""

    chat: str
    name: str
    kind: GroupKind
    members: int = 3
    chat_id: str = ""
    owner_userid: str = ""
    webhook_key: str = field(default="", repr=False)


class SendStatus(StrEnum):
    """Numbers of get_groupmsg_send_result; 0 and 1 are all an owner's confirmation can bring about here."""

    WAITING = "0"
    SENT = "1"
    LIMIT_REACHED = "3"


@dataclass(slots=True)
class GroupTask:
    number: str
    owner_userid: str
    content: Content
    chat_ids: tuple[str, ...]
    created_at: datetime
    cancelled: bool = False
    confirmed_at: datetime | None = None
    results: dict[str, SendStatus] = field(default_factory=dict)
    reminded: list[datetime] = field(default_factory=list)
