"""What an account may send besides text, and what its replies may be."""

import pytest

from bot.demo.passive import MalformedReplyError, read_reply
from bot.demo.platform.chats import Look
from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api, texts


@pytest.fixture
def asker(sandbox: Sandbox, wang: str) -> str:
    sandbox.handset.text(wang, "问一句").result(5)
    return wang


def send(api: Api, openid: str, kind: str, part: object) -> int:
    return int(api.post("message/custom/send", {"touser": openid, "msgtype": kind, kind: part})["errcode"])


def test_an_article_becomes_a_card(api: Api, sandbox: Sandbox, asker: str) -> None:
    article = {"title": "公开辟谣", "description": "一句话", "url": "https://example.com/p/1"}

    assert send(api, asker, "news", {"articles": [article]}) == 0
    shown = sandbox.platform.chats.of("resident-1")[-1].content
    assert (shown.look, shown.title, shown.url) == (Look.CARD, "公开辟谣", "https://example.com/p/1")
    assert send(api, asker, "news", {"articles": []}) == 44004


def test_a_message_with_choices_is_read_line_by_line(api: Api, sandbox: Sandbox, asker: str) -> None:
    choices = {
        "head_content": "您问的是？",
        "list": [{"id": "1", "content": "1 核酸"}],
        "tail_content": "回复数字",
    }

    assert send(api, asker, "msgmenu", choices) == 0
    assert texts(sandbox, "resident-1")[-1] == "您问的是？\n1 核酸\n回复数字"


def test_a_voice_needs_media_that_is_there(api: Api, sandbox: Sandbox, asker: str) -> None:
    medium = sandbox.platform.media.keep("voice", b"amr", "audio/amr", at=sandbox.clock())

    assert send(api, asker, "voice", {"media_id": medium.media_id}) == 0
    assert send(api, asker, "voice", {"media_id": "none"}) == 40007


def reply(inner: str) -> bytes:
    return f"<xml><ToUserName>o</ToUserName><FromUserName>gh</FromUserName>{inner}</xml>".encode()


def test_a_reply_may_be_an_article_a_picture_or_a_transfer() -> None:
    article = "<MsgType>news</MsgType><Articles><item><Title>题</Title><Url>u</Url></item></Articles>"
    picture = "<MsgType>image</MsgType><Image><MediaId>m</MediaId></Image>"
    transfer = "<MsgType>transfer_customer_service</MsgType>"

    first = read_reply(reply(article), envelope=None, account="gh", openid="o")
    second = read_reply(reply(picture), envelope=None, account="gh", openid="o")
    third = read_reply(reply(transfer), envelope=None, account="gh", openid="o")

    assert first is not None
    assert (first.look, first.title) == (Look.CARD, "题")
    assert second is not None
    assert (second.look, second.media_id) == (Look.IMAGE, "m")
    assert third is None


@pytest.mark.parametrize(
    "body",
    [
        b"<xml/>",
        b"<other/>",
        b"\xff\xfe",
        reply("<MsgType>news</MsgType>"),
        reply("<MsgType>news</MsgType><Articles><item/></Articles>"),
        reply("<MsgType>text</MsgType>"),
        reply("<MsgType>text</MsgType><Content>a</Content><Content>b</Content>"),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + reply("<MsgType>text</MsgType><Content>&a;</Content>"),
    ],
)
def test_a_reply_that_is_none_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedReplyError):
        read_reply(body, envelope=None, account="gh", openid="o")
