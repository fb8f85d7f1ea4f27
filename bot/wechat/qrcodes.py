"""Codes with a scene (带参数二维码). A code hangs on a wall and is shared: a scene is a claim, never a proof."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import PlatformRefused
from bot.wechat.answers import number, words
from bot.wechat.client import PlatformClient
from bot.wechat.codes import BAD_PARAMETER

CREATE = "cgi-bin/qrcode/create"


@dataclass(frozen=True, slots=True)
class SceneCode:
    """`url` is what to draw. `lasts` is None for one that stays."""

    url: str
    ticket: str = field(repr=False)
    lasts: timedelta | None


def create_scene(client: PlatformClient, scene: str, *, ttl: timedelta | None) -> SceneCode:
    """A code for `scene`: at most 30 days, or for good (of those an account has 100,000).

    Raises PlatformRefused (the scene or the time is too long), PlatformError.
    """
    seconds = 0 if ttl is None else int(ttl.total_seconds())
    too_long = seconds > client.limits.scene_seconds or (ttl is not None and seconds < 1)
    if too_long or not 0 < len(scene) <= client.limits.scene_characters:
        raise PlatformRefused(CREATE, code=BAD_PARAMETER)
    payload: dict[str, object] = {"action_info": {"scene": {"scene_str": scene}}}
    payload |= (
        {"action_name": "QR_STR_SCENE", "expire_seconds": seconds}
        if ttl
        else {"action_name": "QR_LIMIT_STR_SCENE"}
    )
    made = client.post(CREATE, payload=payload, idempotent=True)
    lasts = timedelta(seconds=number(made, "expire_seconds") or seconds) if ttl else None
    return SceneCode(words(made, "url"), words(made, "ticket"), lasts)
