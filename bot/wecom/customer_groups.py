"""Messages to residents' groups (客户群). A call sends nothing: it makes a task, which the group's owner confirms.

"Task created" is not "sent": only `results` says which groups have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from bot.errors import PlatformRefused
from bot.wechat.answers import number, rows, texts, words
from bot.wechat.client import PlatformClient
from bot.wechat.codes import LIST_SIZE
from bot.wechat.limits import require_text

CREATE = "cgi-bin/externalcontact/add_msg_template"
MEMBERS = "cgi-bin/externalcontact/get_groupmsg_task"
RESULTS = "cgi-bin/externalcontact/get_groupmsg_send_result"
REMIND = "cgi-bin/externalcontact/remind_groupmsg_send"
CANCEL = "cgi-bin/externalcontact/cancel_groupmsg_send"


class GroupStatus(IntEnum):
    """The platform's numbers; UNKNOWN is ours for one it has added since."""

    UNKNOWN = -1
    WAITING = 0
    SENT = 1
    NOT_A_FRIEND = 2
    LIMIT_REACHED = 3


@dataclass(frozen=True, slots=True)
class Task:
    """`failed` are the groups the platform would not take: not the owner's, or gone."""

    msg_id: str
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """Whether the owner has confirmed."""

    userid: str
    confirmed: bool
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What became of the task in one group."""

    chat_id: str
    status: GroupStatus
    sent_at: datetime | None


def create(client: PlatformClient, owner: str, *, chat_ids: Sequence[str], text: str) -> Task:
    """A task for `owner` to send `text` to their groups. Raises OutcomeUnknown, PlatformError."""
    if not 0 < len(chat_ids) <= client.limits.group_chats:
        raise PlatformRefused(CREATE, code=LIST_SIZE)
    require_text(CREATE, text, limit=client.limits.group_text_bytes)
    payload = {
        "chat_type": "group",
        "sender": owner,
        "chat_id_list": list(chat_ids),
        "allow_select": False,
        "text": {"content": text},
    }
    body = client.post(CREATE, payload=payload, idempotent=False)
    return Task(words(body, "msgid"), texts(body, "fail_list"))


def owners(client: PlatformClient, msg_id: str) -> tuple[Owner, ...]:
    """Who was asked, and whether they confirmed. Raises PlatformError."""
    confirmed = 2
    return tuple(
        Owner(words(row, "userid"), number(row, "status") == confirmed, _moment(row))
        for row in _pages(client, MEMBERS, query={"msgid": msg_id}, name="task_list")
    )


def results(client: PlatformClient, msg_id: str, *, owner: str) -> tuple[GroupResult, ...]:
    """What became of one owner's groups. Raises PlatformError."""
    return tuple(
        GroupResult(words(row, "chat_id"), _status(row), _moment(row))
        for row in _pages(client, RESULTS, query={"msgid": msg_id, "userid": owner}, name="send_list")
    )


def remind(client: PlatformClient, msg_id: str) -> None:
    """Asks the owner again; the platform takes three a day. Raises PlatformThrottled, PlatformError."""
    client.post(REMIND, payload={"msgid": msg_id}, idempotent=False)


def cancel(client: PlatformClient, msg_id: str) -> None:
    """Takes the task back from owners who have not confirmed yet. Raises PlatformError."""
    client.post(CANCEL, payload={"msgid": msg_id}, idempotent=True)


def _pages(
    client: PlatformClient, endpoint: str, *, query: Mapping[str, str], name: str
) -> Iterator[Mapping[str, Any]]:
    cursor, seen = "", set[str]()
    while cursor not in seen:  # a cursor that comes back would go round for ever
        seen.add(cursor)
        payload = {**query, "limit": client.limits.group_page, "cursor": cursor}
        body = client.post(endpoint, payload=payload, idempotent=True)
        yield from rows(body, name)
        cursor = words(body, "next_cursor")


def _status(row: Mapping[str, Any]) -> GroupStatus:
    told = row.get("status")
    return GroupStatus(told) if told in tuple(GroupStatus) else GroupStatus.UNKNOWN


def _moment(row: Mapping[str, Any]) -> datetime | None:
    at = number(row, "send_time")
    return datetime.fromtimestamp(at, tz=UTC) if at else None
