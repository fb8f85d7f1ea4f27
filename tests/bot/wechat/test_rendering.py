"""What the platform gets back."""

import re

import pytest

from bot.messages import Inbound
from bot.wechat.credentials import Mode
from bot.wechat.parsing import parse
from bot.wechat.rendering import render
from bot.wechat.xml import read
from tests.wechat import ACCOUNT, CREDENTIALS, NOW, OPENID, elements, opened, text_message


def inbound() -> Inbound:
    return parse(read(text_message("问")))


def rendered(body: str, *, mode: Mode = Mode.SAFE) -> bytes:
    return render(body, inbound(), credentials=CREDENTIALS, mode=mode, now=NOW, nonce="42")


def test_in_safe_mode_the_reply_is_sealed_and_signed() -> None:
    reply = rendered("请拨打12345")
    assert b"12345" not in reply
    assert opened(reply) == {
        "ToUserName": OPENID,
        "FromUserName": ACCOUNT,
        "CreateTime": str(int(NOW.timestamp())),
        "MsgType": "text",
        "Content": "请拨打12345",
    }


def test_in_plain_mode_the_reply_is_xml() -> None:
    assert elements(rendered("好", mode=Mode.PLAIN).decode())["Content"] == "好"


def test_the_nonce_is_the_one_given() -> None:
    assert elements(rendered("好").decode())["Nonce"] == "42"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("body", ["", "\0", "\x01\x02"])
def test_no_text_is_an_empty_body_in_clear(mode: Mode, body: str) -> None:
    assert rendered(body, mode=mode) == b""


@pytest.mark.parametrize(
    "body",
    [
        "]]>",
        "a]]>b]]>c",
        "]]]]>>",
        "]]></Content><MsgType><![CDATA[event]]></MsgType><Content><![CDATA[x",
        "<b>&amp;</b>",
        "👨‍👩‍👧 一家三口",
    ],
)
@pytest.mark.parametrize("mode", list(Mode))
def test_no_text_can_break_out_of_its_element(mode: Mode, body: str) -> None:
    reply = rendered(body, mode=mode)
    sent = opened(reply) if mode is Mode.SAFE else elements(reply.decode())
    assert (sent["Content"], sent["MsgType"], len(sent)) == (body, "text", 5)


def test_what_xml_cannot_write_is_left_out() -> None:
    reply = rendered("一\0二\x0b三\ud800四\ufffe", mode=Mode.PLAIN)
    assert elements(reply.decode())["Content"] == "一二三四"


def test_each_element_stands_once() -> None:
    reply = rendered("好", mode=Mode.PLAIN).decode()
    assert sorted(re.findall(r"<(\w+)>", reply)) == sorted(
        ["xml", "ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    )
