"""When the account may write unasked, and how often."""

import pytest

from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api
from tests.clocks import TestClock


def test_nothing_may_be_sent_to_somebody_who_never_wrote(api: Api, wang: str) -> None:
    assert api.follow_up(wang) == 45015


def test_a_message_opens_five_replies_and_the_next_message_five_more(
    api: Api, sandbox: Sandbox, wang: str
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    first = [api.follow_up(wang) for _ in range(6)]
    sandbox.handset.text(wang, "再问一句").result(5)

    assert first == [0, 0, 0, 0, 0, 45047]
    assert api.follow_up(wang) == 0


def test_the_window_of_a_message_closes_after_48_hours(
    api: Api, sandbox: Sandbox, wang: str, clock: TestClock
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    clock.advance(hours=47, minutes=59)

    assert api.follow_up(wang) == 0
    clock.advance(minutes=1)
    assert api.follow_up(wang) == 45015


@pytest.mark.parametrize("act", ["scan", "click"])
def test_a_scan_or_a_menu_click_opens_three_for_one_minute(
    api: Api, sandbox: Sandbox, wang: str, clock: TestClock, act: str
) -> None:
    touch = sandbox.handset.scan if act == "scan" else sandbox.handset.click
    touch(wang, "key").result(5)

    assert [api.follow_up(wang) for _ in range(4)] == [0, 0, 0, 45047]
    touch(wang, "key").result(5)
    clock.advance(seconds=60)
    assert api.follow_up(wang) == 45015


def test_following_opens_three_for_one_minute(api: Api, sandbox: Sandbox, wang: str) -> None:
    sandbox.handset.unfollow(wang).result(5)
    sandbox.handset.follow(wang).result(5)

    assert [api.follow_up(wang) for _ in range(4)] == [0, 0, 0, 45047]


def test_a_click_uses_up_its_own_window_before_that_of_the_message(
    api: Api, sandbox: Sandbox, wang: str
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    sandbox.handset.click(wang, "key").result(5)

    assert [api.follow_up(wang) for _ in range(9)] == [0] * 8 + [45047]


def test_opening_a_link_of_the_menu_opens_no_window(api: Api, sandbox: Sandbox, wang: str) -> None:
    sandbox.handset.view(wang, "https://example.com/").result(5)

    assert api.follow_up(wang) == 45015


def test_leaving_closes_every_window_and_coming_back_does_not_reopen_them(
    api: Api, sandbox: Sandbox, wang: str, clock: TestClock
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    sandbox.handset.unfollow(wang).result(5)
    left = api.follow_up(wang)
    sandbox.handset.follow(wang).result(5)
    clock.advance(minutes=2)

    assert left == 45015
    assert api.follow_up(wang) == 45015


def test_text_is_measured_in_bytes_and_refused_without_spending_the_window(
    api: Api, sandbox: Sandbox, wang: str
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)

    assert api.follow_up(wang, "字" * 683) == 45002
    assert api.follow_up(wang, "  ") == 44004
    assert [api.follow_up(wang, "字" * 682) for _ in range(5)] == [0] * 5


def test_openids_that_cannot_be_and_openids_nobody_has(api: Api) -> None:
    assert api.follow_up("somebody") == 40003
    assert api.follow_up("o" + "x" * 27) == 46004


def test_unknown_types_and_unknown_media_are_refused(api: Api, sandbox: Sandbox, wang: str) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    hologram = api.post("message/custom/send", {"touser": wang, "msgtype": "hologram"})
    picture = api.post(
        "message/custom/send", {"touser": wang, "msgtype": "image", "image": {"media_id": "none"}}
    )

    assert (hologram["errcode"], picture["errcode"]) == (40008, 40007)


def test_what_is_sent_appears_on_the_phone_under_its_channel(api: Api, sandbox: Sandbox, wang: str) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    api.follow_up(wang, "答一句")

    bubble = sandbox.platform.chats.of("resident-1")[-1]
    assert (bubble.content.text, bubble.channel) == ("答一句", "客服消息")
