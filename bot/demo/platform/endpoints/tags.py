"""Tags and who carries them."""

from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint
from bot.demo.platform.followers import Follower
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BATCH_SIZE = 40032
OK = {"errcode": 0, "errmsg": "ok"}


def create(platform: Platform, call: Call) -> Answer:
    tag = platform.tags.create(call.part("tag").get("name"))
    return {"tag": {"id": tag.number, "name": tag.name}}


def listing(platform: Platform, call: Call) -> Answer:
    del call
    return {
        "tags": [
            {"id": tag.number, "name": tag.name, "count": len(_carriers(platform, tag.number))}
            for tag in platform.tags.all()
        ]
    }


def rename(platform: Platform, call: Call) -> Answer:
    platform.tags.rename(call.part("tag").get("id"), call.part("tag").get("name"))
    return dict(OK)


def delete(platform: Platform, call: Call) -> Answer:
    number = platform.tags.delete(call.part("tag").get("id"))
    for follower in platform.followers:
        follower.tags.discard(number)
    return dict(OK)


def add_to_batch(platform: Platform, call: Call) -> Answer:
    number = platform.tags.known(call.body.get("tagid")).number
    batch = _batch(platform, call)
    for follower in batch:
        platform.tags.room_on(follower.tags, number)
    for follower in batch:
        follower.tags.add(number)
    return dict(OK)


def take_from_batch(platform: Platform, call: Call) -> Answer:
    number = platform.tags.known(call.body.get("tagid")).number
    for follower in _batch(platform, call):
        follower.tags.discard(number)
    return dict(OK)


def of_follower(platform: Platform, call: Call) -> Answer:
    return {"tagid_list": sorted(platform.followers.known(call.body.get("openid")).tags)}


def carriers(platform: Platform, call: Call) -> Answer:
    openids = [one.openid for one in _carriers(platform, platform.tags.known(call.body.get("tagid")).number)]
    return {"count": len(openids), "data": {"openid": openids}, "next_openid": openids[-1] if openids else ""}


def _batch(platform: Platform, call: Call) -> list[Follower]:
    openids = call.items("openid_list")
    if not 1 <= len(openids) <= platform.limits.tag_batch:
        raise PlatformError(BATCH_SIZE)
    return [platform.followers.following(openid) for openid in openids]


def _carriers(platform: Platform, number: int) -> list[Follower]:
    return [one for one in platform.followers if one.following and number in one.tags]


ENDPOINTS = {
    "tags/create": Endpoint(create),
    "tags/get": Endpoint(listing, post=False),
    "tags/update": Endpoint(rename),
    "tags/delete": Endpoint(delete),
    "tags/members/batchtagging": Endpoint(add_to_batch),
    "tags/members/batchuntagging": Endpoint(take_from_batch),
    "tags/getidlist": Endpoint(of_follower),
    "user/tag/get": Endpoint(carriers),
}
