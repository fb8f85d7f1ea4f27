"""Tags (标签) on followers: a hundred an account, so districts may have one, villages not."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import PlatformRefused
from bot.wechat.answers import number, part, rows, words
from bot.wechat.client import PlatformClient
from bot.wechat.codes import LIST_SIZE

CREATE = "cgi-bin/tags/create"
LIST = "cgi-bin/tags/get"
DELETE = "cgi-bin/tags/delete"
PUT_ON = "cgi-bin/tags/members/batchtagging"
TAKE_OFF = "cgi-bin/tags/members/batchuntagging"


@dataclass(frozen=True, slots=True)
class Tag:
    """`followers`: how many carry it."""

    id: int
    name: str
    followers: int = 0


def create(client: PlatformClient, name: str) -> Tag:
    """A new tag. Raises PlatformRefused (45157: taken; 45056: a hundred already), PlatformError."""
    made = part(client.post(CREATE, payload={"tag": {"name": name}}, idempotent=True), "tag")
    return Tag(number(made, "id"), words(made, "name") or name)


def every(client: PlatformClient) -> tuple[Tag, ...]:
    """All tags of the account. Raises PlatformError."""
    listed = rows(client.get(LIST), "tags")
    return tuple(Tag(number(row, "id"), words(row, "name"), number(row, "count")) for row in listed)


def delete(client: PlatformClient, tag_id: int) -> None:
    """Takes it off everyone. Raises PlatformRefused (45057: over 100,000 carry it), PlatformError."""
    client.post(DELETE, payload={"tag": {"id": tag_id}}, idempotent=True)


def put_on(client: PlatformClient, tag_id: int, *, openids: Sequence[str]) -> None:
    """To at most `limits.tag_batch` followers. Raises PlatformError."""
    _change(client, PUT_ON, tag_id=tag_id, openids=openids)


def take_off(client: PlatformClient, tag_id: int, *, openids: Sequence[str]) -> None:
    """From at most `limits.tag_batch` followers. Raises PlatformError."""
    _change(client, TAKE_OFF, tag_id=tag_id, openids=openids)


def _change(client: PlatformClient, endpoint: str, *, tag_id: int, openids: Sequence[str]) -> None:
    if not 0 < len(openids) <= client.limits.tag_batch:
        raise PlatformRefused(endpoint, code=LIST_SIZE)
    client.post(endpoint, payload={"tagid": tag_id, "openid_list": list(openids)}, idempotent=True)
