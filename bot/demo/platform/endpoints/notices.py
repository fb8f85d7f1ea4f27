"""Template messages and subscription notices: a layout the platform approved, filled in."""

import re
from datetime import timedelta

from bot.demo.platform.chats import Channel, Content, Look
from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint, mapping
from bot.demo.platform.followers import Follower
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform, Template
from bot.demo.push import event

BAD_TEMPLATE, NOT_WANTED = 40037, 43101
CLIENT_ID_MEMORY = timedelta(minutes=10)
UNFILLED = re.compile(r"\{\{\w+\.DATA\}\}")


def send_template(platform: Platform, call: Call) -> Answer:
    follower = platform.followers.following(call.body.get("touser"))
    template = _template(platform, call)
    earlier = _earlier(platform, call, follower)
    if earlier is not None:
        return {"errcode": 0, "errmsg": "ok", "msgid": earlier}
    number = platform.next_number()
    if call.text("client_msg_id"):
        platform.template_calls[follower.openid, call.text("client_msg_id")] = (number, call.at)
    if not follower.blocked:
        platform.show(follower, _filled(template, call), channel=Channel.TEMPLATE)
    status = "failed:user block" if follower.blocked else "success"
    result = event(
        follower.openid,
        "TEMPLATESENDJOBFINISH",
        more=(("MsgID", str(number)), ("Status", status)),
        visible=False,
    )
    platform.defer(lambda: platform.emit(result))
    return {"errcode": 0, "errmsg": "ok", "msgid": number}


def _earlier(platform: Platform, call: Call, follower: Follower) -> int | None:
    """The number already given for this client id to this person in the last ten minutes."""
    number, at = platform.template_calls.get((follower.openid, call.text("client_msg_id")), (None, call.at))
    return number if call.at - at < CLIENT_ID_MEMORY else None


def send_subscription(platform: Platform, call: Call) -> Answer:
    """One opt-in is one notice, unless it was given for the long term."""
    follower = platform.followers.known(call.body.get("touser"))
    template = _template(platform, call)
    if template.template_id not in follower.long_term:
        if not follower.opt_ins[template.template_id]:
            raise PlatformError(NOT_WANTED)
        follower.opt_ins[template.template_id] -= 1
    platform.show(follower, _filled(template, call), channel=Channel.SUBSCRIPTION)
    return {"errcode": 0, "errmsg": "ok", "msgid": platform.next_number()}


def list_templates(platform: Platform, call: Call) -> Answer:
    del call
    return {
        "template_list": [
            {"template_id": one.template_id, "title": one.title, "content": one.layout, "example": ""}
            for one in platform.templates.values()
        ]
    }


def _template(platform: Platform, call: Call) -> Template:
    template = platform.templates.get(call.text("template_id"))
    if template is None:
        raise PlatformError(BAD_TEMPLATE)
    return template


def _filled(template: Template, call: Call) -> Content:
    """The layout with the call's words in it; a line whose word was not given shows empty, as on the platform."""
    text = template.layout
    for name, value in call.part("data").items():
        text = text.replace(f"{{{{{name}.DATA}}}}", str(mapping(value).get("value", "")))
    text = UNFILLED.sub("", text).rstrip()
    return Content(Look.CARD, text, template.title, url=call.text("url") or call.text("page"))


ENDPOINTS = {
    "message/template/send": Endpoint(send_template),
    "message/subscribe/bizsend": Endpoint(send_subscription),
    "template/get_all_private_template": Endpoint(list_templates, post=False),
}
