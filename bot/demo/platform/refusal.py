"""How the platform says no: HTTP 200 with a number; clients match on the number only."""

from collections.abc import Mapping
from types import MappingProxyType

MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        -1: "system error",
        40001: "invalid credential, access_token is invalid or not latest",
        40002: "invalid grant_type",
        40003: "invalid openid",
        40004: "invalid media type",
        40007: "invalid media_id",
        40008: "invalid message type",
        40009: "invalid media size",
        40013: "invalid appid",
        40014: "invalid access_token",
        40016: "invalid button size",
        40023: "invalid sub button size",
        40032: "invalid openid list size",
        40037: "invalid template_id",
        40053: "invalid action info",
        40058: "invalid request parameter",
        40059: "invalid message id",
        40096: "invalid external userid",
        40125: "invalid appsecret",
        40130: "invalid openid list size, at least two openid",
        41001: "access_token missing",
        41002: "appid missing",
        41004: "appsecret missing",
        41005: "media data missing",
        41048: "msgid not found or already finished",
        42001: "access_token expired",
        43004: "require subscribe",
        43101: "user refuse to accept the msg",
        43002: "require POST method",
        44004: "empty content",
        45002: "content size out of limit",
        45009: "reach max api daily quota limit",
        45011: "api minute-quota reach limit",
        45015: "response out of time limit or subscription is canceled",
        45028: "has no masssend quota",
        45047: "out of response count limit",
        45056: "tag number exceeds the limit",
        45058: "can't modify sys tag",
        45059: "can't add this tag to a fan, too many tags",
        45065: "clientmsgid exist",
        45067: "clientmsgid size out of limit",
        45157: "invalid tag name",
        45158: "tag name too long",
        45159: "invalid tag id",
        46003: "menu no exist",
        46004: "user not exist",
        47001: "data format error",
        48006: "forbid to clear quota because of reaching the limit",
        50001: "api unauthorized or not supported",
        81013: "user, party and tag are all invalid",
        93000: "invalid webhook url",
    }
)


class PlatformError(Exception):
    """A refusal. `fields` travel beside the number, as 45065 carries the earlier msg_id."""

    def __init__(self, code: int, fields: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{code}: {MESSAGES.get(code, 'error')}")
        self.code = code
        self.fields = dict(fields or {})
