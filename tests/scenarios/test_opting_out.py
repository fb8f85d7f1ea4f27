"""退订 in one's own words."""

import pytest

from bot.runtime import Runtime
from bot.store import recipients
from tests.scenarios.phone import Phone

VILLAGE = "621121100201"


def receivers(runtime: Runtime) -> int:
    """How many a broadcast to the village would reach."""
    with runtime.database.reading() as session:
        return len(recipients.followers(session, [VILLAGE], allowance=4, month_start=runtime.clock()))


@pytest.mark.parametrize(
    "words",
    [
        "别再给我发消息了",
        "不要再群发了 烦死了",
        "取消订阅",
        "不想收通知了",
        "我不想再收到你们的消息了",
        "以后不要再给我推送了，烦人",
        "烦死了，别再发了",
        "能不能别再给我发消息了",
        "不要给我发通知了",
        "请你们不要再发短信了",
        "别给我发了",
        "莫再发了",
        "我要退订",
        "把我退订了",
        "退订通知",
        "取消通知",
        "停止推送",
        "不要再打扰我了",
        "我要退订你们的通知",
    ],
    ids=range(19),
)
def test_whoever_wants_no_more_messages_is_opted_out_and_told_so(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    assert "已退订" in villager.says(words)
    assert receivers(runtime) == 0


@pytest.mark.parametrize(
    "words",
    [
        "怎么取消订阅",
        "咋退订",
        "你们群发的那个通知是真的吗",
        "为什么收不到通知",
        "我退订了怎么还收到通知",
        "不要给我发验证码了",
        "不要再发谣言了",
        "别再群里发消息了",
        "我不想收核酸短信了",
        "不要发",
        "群里说别再发消息了，是真的吗",
        "我娃的通知别发给我",
        "不用发了",
        "别给我爸发消息了",
    ],
    ids=range(14),
)
def test_a_question_or_another_complaint_opts_nobody_out(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    assert "已退订" not in villager.says(words)
    assert receivers(runtime) == 1
