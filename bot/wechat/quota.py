"""What the day's calls still allow."""

from dataclasses import dataclass

from bot.wechat.answers import number, part
from bot.wechat.client import PlatformClient

LOOK_UP = "cgi-bin/openapi/quota/get"
CLEAR = "cgi-bin/clear_quota"


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls of one endpoint today."""

    limit: int
    used: int
    left: int


def look_up(client: PlatformClient, endpoint: str) -> Quota:
    """The quota of an endpoint such as `cgi-bin/message/mass/send`. Raises PlatformError."""
    body = client.post(LOOK_UP, payload={"cgi_path": f"/{endpoint}"}, idempotent=True)
    found = part(body, "quota")
    return Quota(number(found, "daily_limit"), number(found, "used"), number(found, "remain"))


def clear(client: PlatformClient, app_id: str) -> None:
    """Starts the day's counts anew, ten times a month in all: for a person to decide, never for a loop.

    Raises PlatformRefused (48006: used up), PlatformError.
    """
    client.post(CLEAR, payload={"appid": app_id}, idempotent=False)
