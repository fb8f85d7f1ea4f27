"""What can be done on the phone page: one function an act, each taking what the page sent."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.demo.platform.chats import Author, Channel, Content, Look
from bot.demo.platform.endpoints.group_tasks import confirm
from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.sandbox import Sandbox

LONGEST_TEXT = 2_000
ALREADY_SENT = 45065
LONGEST_MOVE_HOURS = 24 * 60
SAMPLE_PLACE = (35.5797, 104.5921)
SAMPLE_PLACE_NAME = "甘肃省定西市（示例位置）"
Asked = Mapping[str, Any]


class ActError(Exception):
    """It cannot be done; the message is shown on the page."""


def text(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.text(_writer(sandbox, asked), _words(asked, "text"))


def voice(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.voice(_writer(sandbox, asked), _words(asked, "text"))


def link(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.link(
        _writer(sandbox, asked),
        title=_words(asked, "title"),
        description=str(asked.get("text", "")).strip()[:LONGEST_TEXT],
        url=_address(asked),
    )


def place(sandbox: Sandbox, asked: Asked) -> None:
    latitude, longitude = SAMPLE_PLACE
    openid = _writer(sandbox, asked)
    sandbox.handset.place(openid, latitude=latitude, longitude=longitude, label=SAMPLE_PLACE_NAME)


def video(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.video(_writer(sandbox, asked))


def file(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.file(_writer(sandbox, asked), name="通知（示例）.docx")


def follow(sandbox: Sandbox, asked: Asked) -> None:
    openid = _openid(sandbox, asked)
    if sandbox.platform.followers.known(openid).following:
        raise ActError("已经关注了")
    sandbox.handset.follow(openid)


def unfollow(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.unfollow(_writer(sandbox, asked))


def scan(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.scan(_openid(sandbox, asked), _words(asked, "scene"))


def click(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.click(_writer(sandbox, asked), _words(asked, "key"))


def view(sandbox: Sandbox, asked: Asked) -> None:
    sandbox.handset.view(_writer(sandbox, asked), _address(asked))


def opt_in(sandbox: Sandbox, asked: Asked) -> None:
    """Accept every notice the account has, for the long term, as a government account's component offers."""
    openid = _writer(sandbox, asked)
    for template_id in sandbox.platform.templates:
        sandbox.handset.opt_in(openid, template_id, long_term=True)
    sandbox.platform.chats.notice(str(asked["chat"]), "你已允许“定心”发送订阅通知", at=sandbox.clock())


def forward(sandbox: Sandbox, asked: Asked) -> None:
    """A grid worker carries a bubble into the village group, by hand, as in life."""
    bubble = sandbox.platform.chats.find(_number(asked, "bubble"))
    person = next((one for one in sandbox.people if bubble and one.chat == bubble.chat), None)
    if bubble is None or person is None or not person.group or bubble.content.look is Look.NOTICE:
        raise ActError("这条消息不能转发")
    now = sandbox.clock()
    sandbox.platform.chats.add(
        person.group, bubble.content, at=now, name=person.name, channel=Channel.FORWARD
    )
    sandbox.platform.chats.notice(person.chat, "已转发到村群", at=now)


def confirm_task(sandbox: Sandbox, asked: Asked) -> None:
    task = sandbox.platform.tasks.get(str(asked.get("task", "")))
    if task is None:
        raise ActError("没有这条群发任务")
    with sandbox.platform.lock:
        if not confirm(sandbox.platform, task, sandbox.clock()):
            raise ActError("这条群发已经处理过了")
        chat = sandbox.platform.members[task.owner_userid]
        done = Content(Look.NOTICE, "已确认，发到了居民群")
        sandbox.platform.chats.add(chat, done, at=sandbox.clock(), author=Author.SYSTEM)


def advance(sandbox: Sandbox, asked: Asked) -> None:
    hours = _number(asked, "hours")
    if not 1 <= hours <= LONGEST_MOVE_HOURS:
        raise ActError("快进的小时数不对")
    sandbox.advance(timedelta(hours=hours))


def set_fault(sandbox: Sandbox, asked: Asked) -> None:
    kind = asked.get("kind")
    if kind not in set(FaultKind):
        raise ActError("没有这种故障")
    code, times = _number(asked, "code"), _number(asked, "times")
    fault = Fault(
        FaultKind(kind),
        code=code,
        seconds=_number(asked, "seconds"),
        times=times or None,
        message_id=sandbox.platform.next_number() if code == ALREADY_SENT else None,
    )
    sandbox.platform.faults.set(_words(asked, "endpoint"), fault)


def clear_faults(sandbox: Sandbox, asked: Asked) -> None:
    del asked
    sandbox.platform.faults.clear()


def _openid(sandbox: Sandbox, asked: Asked) -> str:
    try:
        return sandbox.openid(str(asked.get("chat", "")))
    except KeyError:
        raise ActError("没有这个会话") from None


def _writer(sandbox: Sandbox, asked: Asked) -> str:
    openid = _openid(sandbox, asked)
    if not sandbox.platform.followers.known(openid).following:
        raise ActError("请先关注公众号")
    return openid


def _words(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ActError("内容不能为空")
    if len(value) > LONGEST_TEXT:
        raise ActError(f"最多 {LONGEST_TEXT} 个字")
    return value.strip()


def _address(asked: Asked) -> str:
    value = _words(asked, "url")
    if not value.startswith(("http://", "https://")):
        raise ActError("链接要以 http:// 或 https:// 开头")
    return value


def _number(asked: Asked, name: str) -> int:
    value = asked.get(name, 0)
    if not isinstance(value, int) or value not in range(-(10**6), 10**6):
        raise ActError("要填整数")
    return value


ACTS: Mapping[str, Callable[[Sandbox, Asked], None]] = {
    "text": text,
    "voice": voice,
    "link": link,
    "place": place,
    "video": video,
    "file": file,
    "follow": follow,
    "unfollow": unfollow,
    "scan": scan,
    "click": click,
    "view": view,
    "opt-in": opt_in,
    "forward": forward,
    "confirm-task": confirm_task,
    "advance": advance,
    "set-fault": set_fault,
    "clear-faults": clear_faults,
}
