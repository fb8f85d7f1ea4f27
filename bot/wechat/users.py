"""Followers as the platform shows them: since December 2021 neither name nor picture."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.wechat.answers import number, part, texts, words
from bot.wechat.client import PlatformClient

INFO = "cgi-bin/user/info"
LIST = "cgi-bin/user/get"


@dataclass(frozen=True, slots=True)
class Follower:
    """`scene` is the code they followed by, if any."""

    following: bool
    followed_at: datetime | None
    tag_ids: tuple[int, ...] = ()
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 10,000 openids. `total` counts all followers; `after` is where the next page begins."""

    openids: tuple[str, ...] = field(repr=False)
    total: int
    after: str = field(repr=False)


def look_up(client: PlatformClient, openid: str) -> Follower:
    """One follower. Raises RecipientUnreachable (no such openid), PlatformError."""
    body = client.get(INFO, query={"openid": openid, "lang": "zh_CN"})
    since = number(body, "subscribe_time")
    tags = body.get("tagid_list")
    return Follower(
        following=number(body, "subscribe") == 1,
        followed_at=datetime.fromtimestamp(since, tz=UTC) if since else None,
        tag_ids=tuple(tag for tag in tags if isinstance(tag, int)) if isinstance(tags, list) else (),
        scene=words(body, "qr_scene_str"),
    )


def page(client: PlatformClient, *, after: str = "") -> Page:
    """The followers after one. The last page has a next one too: go on until a page is empty. Raises PlatformError."""
    body = client.get(LIST, query={"next_openid": after} if after else {})
    openids = texts(part(body, "data"), "openid")
    return Page(openids, number(body, "total"), words(body, "next_openid") if openids else "")
