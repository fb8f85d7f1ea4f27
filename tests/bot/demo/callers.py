"""Both sides of the sandbox for tests: a caller of the platform's API, and a callback that answers its pushes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from threading import Lock
from typing import Any

import xmltodict
from flask.testing import FlaskClient
from wechatpy.crypto import WeChatCrypto
from werkzeug.test import TestResponse

from bot.demo.cast import SampleCode
from bot.demo.clock import Clock
from bot.demo.pusher import TIMEOUT_SECONDS, CallbackMode, Transport, post
from bot.demo.sandbox import Sandbox, make_sandbox

APP_ID, SECRET, TOKEN = "wxsandboxtest0001", "not-a-secret", "test-token"
CORP_ID, AGENT_SECRET = "wwsandboxtest0001", "no-secret-either"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def a_sandbox(
    clock: Clock,
    *,
    callback_url: str = "http://callback.invalid",
    codes: tuple[SampleCode, ...] = (),
    mode: CallbackMode = CallbackMode.SAFE,
    callback_clock: Clock | None = None,
    transport: Transport = post,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Sandbox:
    """With the account and the corporation of the tests."""
    return make_sandbox(
        clock,
        app_id=APP_ID,
        app_secret=SECRET,
        token=TOKEN,
        encoding_aes_key=AES_KEY,
        corp_id=CORP_ID,
        agent_secret=AGENT_SECRET,
        callback_url=callback_url,
        codes=codes,
        rng=Random(20261124),  # noqa: S311  # repeatable identifiers
        mode=mode,
        callback_clock=callback_clock,
        transport=transport,
        timeout_seconds=timeout_seconds,
    )


def told(response: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer."""
    answer = response.get_json()
    assert isinstance(answer, dict)
    return answer


@dataclass
class Api:
    """The application's side: calls with a valid token unless told otherwise."""

    client: FlaskClient
    sandbox: Sandbox

    def token(self) -> str:
        platform = self.sandbox.platform
        return platform.tokens.stable(platform.clock())[0]

    def corp_token(self) -> str:
        platform = self.sandbox.platform
        return platform.tokens.corp(platform.clock())[0]

    def post(self, path: str, body: Mapping[str, Any], *, token: str | None = None) -> dict[str, Any]:
        query = {"access_token": self.token() if token is None else token}
        return told(self.client.post(f"/cgi-bin/{path}", query_string=query, json=body))

    def corp(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self.post(path, body, token=self.corp_token())

    def get(self, path: str, **query: str) -> dict[str, Any]:
        query.setdefault("access_token", self.token())
        return told(self.client.get(f"/cgi-bin/{path}", query_string=query))

    def follow_up(self, openid: str, text: str = "一句话") -> int:
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return int(self.post("message/custom/send", body)["errcode"])

    def mass(self, openids: list[str], client_id: str, text: str = "倡议书（示例）") -> dict[str, Any]:
        body = {"touser": openids, "msgtype": "text", "text": {"content": text}, "clientmsgid": client_id}
        return self.post("message/mass/send", body)


@dataclass
class Post:
    """One POST to the callback as it arrived."""

    query: Mapping[str, str]
    body: bytes

    def message(self) -> dict[str, Any]:
        """What it says, opened with the library that Dingxin uses."""
        crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
        xml = crypto.decrypt_message(
            xmltodict.parse(self.body.decode())["xml"],
            self.query["msg_signature"],
            self.query["timestamp"],
            self.query["nonce"],
        )
        message: dict[str, Any] = xmltodict.parse(xml)["xml"]
        return message


Answering = Callable[[Post], tuple[int, bytes]]


def nothing(post: Post) -> tuple[int, bytes]:
    del post
    return 200, b"success"


def reply_xml(post: Post, content: str) -> str:
    message = post.message()
    return (
        f"<xml><ToUserName><![CDATA[{message['FromUserName']}]]></ToUserName>"
        f"<FromUserName><![CDATA[{message['ToUserName']}]]></FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content></xml>"
    )


def sealed(post: Post, xml: str) -> bytes:
    """As Dingxin's library seals it."""
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    body: str = crypto.encrypt_message(xml, post.query["nonce"], post.query["timestamp"])
    return body.encode()


def saying(content: str) -> Answering:
    return lambda post: (200, sealed(post, reply_xml(post, content)))


@dataclass
class Callback:
    """Stands where the network would be: keeps every POST and answers by `answering`."""

    answering: Answering = nothing
    posts: list[Post] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def __call__(
        self, address: str, query: Mapping[str, str], body: bytes, seconds: float
    ) -> tuple[int, bytes]:
        del address, seconds
        post = Post(dict(query), body)
        with self.lock:
            self.posts.append(post)
        return self.answering(post)

    def messages(self) -> list[dict[str, Any]]:
        return [post.message() for post in self.posts]


def texts(sandbox: Sandbox, chat: str) -> list[str]:
    return [bubble.content.text for bubble in sandbox.platform.chats.of(chat)]
