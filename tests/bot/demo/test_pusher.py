"""Pushes: what is posted, how often, and what the person sees of the answer."""

import threading

import pytest

from bot.demo.clock import MovableClock
from bot.demo.handset import NotFollowingError
from bot.demo.pusher import OUT_OF_ORDER, CallbackMode, Outcome
from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import (
    START,
    Callback,
    Post,
    a_sandbox,
    reply_xml,
    saying,
    sealed,
    texts,
)
from tests.clocks import TestClock


def failing(post: Post) -> tuple[int, bytes]:
    del post
    raise TimeoutError


def test_a_reply_is_opened_and_shown(sandbox: Sandbox, callback: Callback, wang: str) -> None:
    callback.answering = saying("答一句")

    delivery = sandbox.handset.text(wang, "问一句").result(5)

    assert (delivery.outcome, delivery.tries) == (Outcome.REPLIED, 1)
    assert texts(sandbox, "resident-1") == ["问一句", "答一句"]
    message = callback.messages()[0]
    assert (message["FromUserName"], message["MsgType"], message["Content"]) == (wang, "text", "问一句")
    assert callback.posts[0].query["encrypt_type"] == "aes"


@pytest.mark.parametrize("body", [b"success", b"", b" success\n"])
def test_success_or_nothing_is_no_reply(sandbox: Sandbox, callback: Callback, wang: str, body: bytes) -> None:
    callback.answering = lambda _: (200, body)

    assert sandbox.handset.text(wang, "问一句").result(5).outcome is Outcome.SILENT
    assert texts(sandbox, "resident-1") == ["问一句"]


def test_a_callback_that_never_answers_gets_exactly_three_posts_of_one_message(
    sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    callback.answering = failing

    delivery = sandbox.handset.text(wang, "问一句").result(5)

    assert (delivery.outcome, delivery.tries, len(callback.posts)) == (Outcome.FAILED, 3, 3)
    assert len({message["MsgId"] for message in callback.messages()}) == 1
    assert len({message["CreateTime"] for message in callback.messages()}) == 1
    assert len({post.query["nonce"] for post in callback.posts}) == 3
    assert len({post.query["msg_signature"] for post in callback.posts}) == 3
    assert texts(sandbox, "resident-1") == ["问一句", OUT_OF_ORDER]


def test_an_answer_to_the_third_try_still_counts(sandbox: Sandbox, callback: Callback, wang: str) -> None:
    def third_time(post: Post) -> tuple[int, bytes]:
        return saying("久等了")(post) if len(callback.posts) == 3 else (500, b"")

    callback.answering = third_time

    assert sandbox.handset.text(wang, "问一句").result(5).tries == 3
    assert texts(sandbox, "resident-1") == ["问一句", "久等了"]


def addressed_wrongly(post: Post) -> bytes:
    return sealed(post, reply_xml(post, "答").replace("FromUserName", "Other"))


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: b'{"ok": true}',
        lambda _: b"<html>",
        lambda post: reply_xml(post, "clear text in safe mode").encode(),
        lambda post: sealed(post, reply_xml(post, "]]><x>")),
        lambda post: sealed(post, reply_xml(post, "字" * 683)),
        lambda post: sealed(post, reply_xml(post, "答")).replace(b"<Nonce>", b"<Nonce>1"),
        lambda post: sealed(post, reply_xml(post, "答").replace("[text]", "[hologram]")),
        addressed_wrongly,
    ],
    ids=["json", "html", "clear", "broken-xml", "too-long", "signature", "type", "address"],
)
def test_a_malformed_answer_is_not_retried_and_the_person_is_told(
    sandbox: Sandbox, callback: Callback, wang: str, answer: object
) -> None:
    assert callable(answer)
    callback.answering = lambda post: (200, answer(post))

    delivery = sandbox.handset.text(wang, "问一句").result(5)

    assert (delivery.outcome, len(callback.posts)) == (Outcome.MALFORMED, 1)
    assert texts(sandbox, "resident-1") == ["问一句", OUT_OF_ORDER]


def test_events_nobody_waits_for_fail_in_silence(sandbox: Sandbox, callback: Callback, wang: str) -> None:
    callback.answering = failing

    assert sandbox.handset.unfollow(wang).result(5).outcome is Outcome.FAILED
    assert OUT_OF_ORDER not in texts(sandbox, "resident-1")


def test_every_kind_of_message_carries_its_fields(sandbox: Sandbox, callback: Callback, wang: str) -> None:
    handset = sandbox.handset
    handset.voice(wang, "语音的话")
    handset.video(wang)
    handset.video(wang, short=True)
    handset.place(wang, latitude=35.58, longitude=104.59, label="定西市")
    handset.link(wang, title="标题", description="摘要", url="https://example.com/")
    handset.file(wang, name="通知.docx")
    handset.image(wang, b"png", "image/png")

    assert sandbox.settle()
    told = {message["MsgType"]: message for message in callback.messages()}
    assert told["voice"]["Recognition"] == "语音的话"
    assert {"MediaId", "ThumbMediaId"} <= set(told["video"]) & set(told["shortvideo"])
    assert (told["location"]["Location_X"], told["location"]["Label"]) == ("35.580000", "定西市")
    assert (told["link"]["Title"], told["link"]["Url"]) == ("标题", "https://example.com/")
    assert told["file"]["Title"] == "通知.docx"
    assert {"PicUrl", "MediaId"} <= set(told["image"])
    assert len({message["MsgId"] for message in callback.messages()}) == 7


def test_following_scanning_and_clicking_are_told_as_the_platform_tells_them(
    sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    handset = sandbox.handset
    handset.scan(wang, "c-1")
    handset.unfollow(wang)
    handset.scan(wang, "c-1")
    handset.unfollow(wang)
    handset.follow(wang)
    handset.click(wang, "HELP")
    handset.view(wang, "https://example.com/")
    handset.position(wang, latitude=35.0, longitude=104.0)

    assert sandbox.settle()
    told = [(message["Event"], message.get("EventKey")) for message in callback.messages()]
    assert told == [
        ("SCAN", "c-1"),
        ("unsubscribe", None),
        ("subscribe", "qrscene_c-1"),
        ("unsubscribe", None),
        ("subscribe", None),
        ("CLICK", "HELP"),
        ("VIEW", "https://example.com/"),
        ("LOCATION", None),
    ]
    assert all("MsgId" not in message for message in callback.messages())


@pytest.mark.parametrize(
    "words", ["]]><MsgType>event</MsgType>", "<b>&amp;</b>", "两行\n字", "\x00控\x0b制", "😷🏠"]
)
def test_whatever_is_typed_arrives_as_text(
    sandbox: Sandbox, callback: Callback, wang: str, words: str
) -> None:
    sandbox.handset.text(wang, words).result(5)

    message = callback.messages()[0]
    assert message["MsgType"] == "text"
    assert message["Content"] == words.replace("\x00", "").replace("\x0b", "")


def test_one_person_s_messages_keep_their_order_while_another_s_overtake(
    sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    gate = threading.Event()

    def held_for_wang(post: Post) -> tuple[int, bytes]:
        if post.message()["FromUserName"] == wang:
            assert gate.wait(10)
        return 200, b"success"

    callback.answering = held_for_wang
    mine = [sandbox.handset.text(wang, str(index)) for index in range(5)]
    sandbox.handset.text(sandbox.openid("resident-2"), "先到").result(5)
    waiting = [future.done() for future in mine]
    gate.set()

    assert sandbox.settle()
    assert waiting == [False] * 5
    assert [m["Content"] for m in callback.messages() if m["FromUserName"] == wang] == list("01234")


def test_somebody_who_does_not_follow_cannot_write(sandbox: Sandbox, callback: Callback, wang: str) -> None:
    sandbox.handset.unfollow(wang).result(5)
    before = len(callback.posts)

    with pytest.raises(NotFollowingError):
        sandbox.handset.text(wang, "问一句")

    assert len(callback.posts) == before


def test_in_plain_mode_the_body_and_the_reply_are_in_clear(clock: TestClock) -> None:
    def plainly(post: Post) -> tuple[int, bytes]:
        openid = sandbox.openid("resident-1")
        account = sandbox.platform.account.original_id
        assert f"<FromUserName><![CDATA[{openid}]]>".encode() in post.body
        return 200, (
            f"<xml><ToUserName>{openid}</ToUserName><FromUserName>{account}</FromUserName>"
            "<MsgType>text</MsgType><Content>明文</Content></xml>"
        ).encode()

    callback = Callback(plainly)
    sandbox = a_sandbox(clock, mode=CallbackMode.PLAIN, transport=callback)

    sandbox.handset.text(sandbox.openid("resident-1"), "问一句").result(5)
    sandbox.close()

    assert texts(sandbox, "resident-1") == ["问一句", "明文"]
    assert "msg_signature" not in callback.posts[0].query


def test_a_shared_clock_stamps_pushes_in_the_moved_time(
    sandbox: Sandbox, callback: Callback, wang: str, clock: TestClock
) -> None:
    clock.advance(hours=49)
    sandbox.handset.text(wang, "问一句").result(5)

    assert int(callback.posts[0].query["timestamp"]) == int(START.timestamp()) + 49 * 3600


def test_an_application_with_its_own_clock_is_stamped_by_that_one(callback: Callback) -> None:
    still = TestClock(START)
    sandbox = a_sandbox(MovableClock(still), transport=callback, callback_clock=still)
    sandbox.clock.advance(START - START.replace(hour=0))
    sandbox.handset.text(sandbox.openid("resident-1"), "问一句").result(5)
    sandbox.close()

    assert int(callback.posts[0].query["timestamp"]) == int(START.timestamp())
    assert sandbox.clock() > START
