"""Mass sends: submit, look up, preview, delete. The result is told by an event, later."""

import hashlib
from typing import Any

from bot.demo.platform.chats import Channel, Content, Look
from bot.demo.platform.endpoints.content import read_content
from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint
from bot.demo.platform.followers import OPENID, Follower
from bot.demo.platform.mass import JobStatus, MassJob
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform
from bot.demo.push import event

TOO_FEW, TOO_MANY, TOO_FAST, NO_RECALL, BAD_OPENID = 40130, 40032, 45011, 50001, 40003
RESULT_SENDER_LENGTH = 27


def send_to_list(platform: Platform, call: Call) -> Answer:
    given = call.items("touser")
    fewest, most = platform.limits.mass_list
    if len(given) < fewest:
        raise PlatformError(TOO_FEW)
    if len(given) > most:
        raise PlatformError(TOO_MANY)
    if not all(isinstance(one, str) and OPENID.fullmatch(one) for one in given):
        raise PlatformError(BAD_OPENID)
    return _submit(platform, call, tuple(given))


def send_to_all(platform: Platform, call: Call) -> Answer:
    wanted = call.part("filter")
    everyone = wanted.get("is_to_all") is True
    tag = None if everyone else platform.tags.known(wanted.get("tag_id")).number
    chosen = (one for one in platform.followers if one.following and (everyone or tag in one.tags))
    return _submit(platform, call, tuple(one.openid for one in chosen))


def _submit(platform: Platform, call: Call, audience: tuple[str, ...]) -> Answer:
    if not platform.mass_pace.take("mass", call.at):
        raise PlatformError(TOO_FAST)
    content = read_content(platform, call)
    client_id = call.text("clientmsgid") or _derived_id(content, audience)
    job = platform.mass.accept(
        platform.next_number(), client_id, content=content, audience=audience, at=call.at
    )
    platform.defer(lambda: carry_out(platform, job))
    return {
        "errcode": 0,
        "errmsg": "send job submission success",
        "msg_id": job.number,
        "msg_data_id": platform.next_number(),
    }


def _derived_id(content: Content, audience: tuple[str, ...]) -> str:
    """What the platform goes by when no client id is given: the same words to the same people."""
    told = "\n".join((content.look, content.text, content.media_id, *sorted(audience)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def carry_out(platform: Platform, job: MassJob) -> None:
    """Deliver an accepted job, drop what is over a person's month, and tell the callback the counts."""
    with platform.lock:
        if job.status is not JobStatus.SENDING:
            return
        job.total = len(job.audience)
        reached = [one for one in map(platform.followers.find, dict.fromkeys(job.audience)) if one]
        for follower in reached:
            job.sent += _deliver(platform, follower, job)
        job.status = JobStatus.DONE
    platform.emit(
        event(
            "o" + platform.mint(RESULT_SENDER_LENGTH), "MASSSENDJOBFINISH", more=_counts(job), visible=False
        )
    )


def _deliver(platform: Platform, follower: Follower, job: MassJob) -> int:
    if not platform.mass.may_reach(follower, platform.clock()):
        return 0
    platform.show(follower, job.content, channel=Channel.MASS)
    return 1


def _counts(job: MassJob) -> tuple[tuple[str, str], ...]:
    """Filtered is what was left to send to, so it equals sent plus errors."""
    return (
        ("MsgID", str(job.number)),
        ("Status", "send success" if job.sent else "send fail"),
        ("TotalCount", str(job.total)),
        ("FilterCount", str(job.sent)),
        ("SentCount", str(job.sent)),
        ("ErrorCount", "0"),
    )


def look_up(platform: Platform, call: Call) -> Answer:
    job = platform.mass.known(call.body.get("msg_id"))
    answer: dict[str, Any] = {"msg_id": job.number, "msg_status": job.status}
    return answer


def preview(platform: Platform, call: Call) -> Answer:
    follower = platform.followers.following(call.body.get("touser"))
    platform.show(follower, read_content(platform, call), channel=Channel.PREVIEW)
    return {"errcode": 0, "errmsg": "preview success", "msg_id": platform.next_number()}


def delete(platform: Platform, call: Call) -> Answer:
    """Articles and videos can be taken back; text and pictures cannot."""
    job = platform.mass.known(call.body.get("msg_id"))
    if job.content.look not in {Look.CARD, Look.VIDEO}:
        raise PlatformError(NO_RECALL)
    job.status = JobStatus.DELETED
    return {"errcode": 0, "errmsg": "ok"}


ENDPOINTS = {
    "message/mass/send": Endpoint(send_to_list),
    "message/mass/sendall": Endpoint(send_to_all),
    "message/mass/get": Endpoint(look_up),
    "message/mass/preview": Endpoint(preview),
    "message/mass/delete": Endpoint(delete),
}
