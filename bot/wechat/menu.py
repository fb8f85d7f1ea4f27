"""The account's menu (自定义菜单): three entries, five below each. Phones keep the old one for up to a day."""

from dataclasses import dataclass
from typing import Any

from bot.errors import PlatformRefused
from bot.wechat.client import PlatformClient
from bot.wechat.codes import BAD_PARAMETER
from bot.wechat.limits import Limits

CREATE = "cgi-bin/menu/create"


@dataclass(frozen=True, slots=True)
class Entry:
    """One of three: a `key` that comes back as a click, a `url` to open, or a heading over `entries`."""

    name: str
    key: str = ""
    url: str = ""
    entries: tuple["Entry", ...] = ()


def install(client: PlatformClient, menu: tuple[Entry, ...]) -> None:
    """Replaces the menu. Raises PlatformRefused (too many entries, an entry that does nothing), PlatformError."""
    limits = client.limits
    fits = 0 < len(menu) <= limits.menu_entries and all(_fits(entry, limits) for entry in menu)
    if not fits:
        raise PlatformRefused(CREATE, code=BAD_PARAMETER)
    client.post(CREATE, payload={"button": [_button(entry) for entry in menu]}, idempotent=True)


def _fits(entry: Entry, limits: Limits) -> bool:
    one_use = sum(map(bool, (entry.key, entry.url, entry.entries))) == 1
    below = all(not child.entries and _fits(child, limits) for child in entry.entries)
    return one_use and below and len(entry.entries) <= limits.menu_below


def _button(entry: Entry) -> dict[str, Any]:
    if entry.entries:
        return {"name": entry.name, "sub_button": [_button(child) for child in entry.entries]}
    if entry.url:
        return {"name": entry.name, "type": "view", "url": entry.url}
    return {"name": entry.name, "type": "click", "key": entry.key}
