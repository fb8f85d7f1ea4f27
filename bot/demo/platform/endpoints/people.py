"""What the account may know of its followers: since December 2021 neither name nor picture."""

from typing import Any

from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint, mapping
from bot.demo.platform.followers import Follower
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BATCH_SIZE = 40032
LIST_SIZE = 10_000


def info(platform: Platform, call: Call) -> Answer:
    return _told(platform.followers.known(call.query.get("openid")))


def info_batch(platform: Platform, call: Call) -> Answer:
    wanted = call.items("user_list")
    if not 1 <= len(wanted) <= platform.limits.info_batch:
        raise PlatformError(BATCH_SIZE)
    return {"user_info_list": [_told(platform.followers.known(mapping(one).get("openid"))) for one in wanted]}


def listing(platform: Platform, call: Call) -> Answer:
    """Up to 10,000 openids after the one given."""
    openids = [one.openid for one in platform.followers if one.following]
    start = call.query.get("next_openid", "")
    if start:
        platform.followers.known(start)
    chosen = openids[openids.index(start) + 1 :] if start in openids else openids
    page = chosen[:LIST_SIZE]
    answer: dict[str, Any] = {"total": len(openids), "count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    return {**answer, "next_openid": page[-1] if page else ""}


def remark(platform: Platform, call: Call) -> Answer:
    platform.followers.following(call.body.get("openid")).remark = call.text("remark")
    return {"errcode": 0, "errmsg": "ok"}


def _told(follower: Follower) -> dict[str, Any]:
    if not follower.following or follower.followed_at is None:
        return {"subscribe": 0, "openid": follower.openid}
    return {
        "subscribe": 1,
        "openid": follower.openid,
        "language": "zh_CN",
        "subscribe_time": int(follower.followed_at.timestamp()),
        "remark": follower.remark,
        "groupid": 0,
        "tagid_list": sorted(follower.tags),
        "subscribe_scene": "ADD_SCENE_QR_CODE" if follower.scene else "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": follower.scene,
    }


ENDPOINTS = {
    "user/info": Endpoint(info, post=False),
    "user/info/batchget": Endpoint(info_batch),
    "user/get": Endpoint(listing, post=False),
    "user/info/updateremark": Endpoint(remark),
}
