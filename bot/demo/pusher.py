"""Posting to the callback as the platform does: 5 seconds, three tries, then a word of regret to the person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

import requests

from bot.demo.clock import Clock
from bot.demo.envelope import Envelope
from bot.demo.passive import MalformedReplyError, read_reply
from bot.demo.platform.chats import Channel, Content
from bot.demo.platform.state import Platform
from bot.demo.push import Push, cdata

TRIES = 3
TIMEOUT_SECONDS = 5.0
OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"
OK = 200
NONCE_BELOW = 10**10


class CallbackMode(StrEnum):
    SAFE = "safe"
    PLAIN = "plain"


class Outcome(StrEnum):
    REPLIED = "replied"
    SILENT = "silent"
    MALFORMED = "malformed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one push; `reply` as the person sees it."""

    outcome: Outcome
    tries: int
    reply: Content | None = field(default=None, repr=False)


Transport = Callable[[str, Mapping[str, str], bytes, float], tuple[int, bytes]]


def post(address: str, query: Mapping[str, str], body: bytes, seconds: float) -> tuple[int, bytes]:
    """One POST over the network; a slow or cut connection raises `OSError`, which requests' errors are."""
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the machine has no business between two local servers
        answer = session.post(
            address, params=dict(query), data=body, headers={"Content-Type": "text/xml"}, timeout=seconds
        )
    return answer.status_code, answer.content


class Pusher:
    """`clock` is the one the callback reads: it refuses what is stamped too far from its own time."""

    def __init__(
        self,
        platform: Platform,
        *,
        address: str,
        envelope: Envelope,
        clock: Clock,
        rng: Random,
        mode: CallbackMode = CallbackMode.SAFE,
        transport: Transport = post,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self.address = address
        self._platform = platform
        self._envelope = envelope
        self._clock = clock
        self._rng = rng
        self._mode = mode
        self._transport = transport
        self._timeout = timeout_seconds

    def deliver(self, push: Push) -> Delivery:
        """Push, retry, read the reply and put it, or the failure, on the person's phone."""
        xml = push.xml(account=self._platform.account.original_id, created_at=int(self._clock().timestamp()))
        for attempt in range(1, TRIES + 1):
            body = self._attempt(xml)
            if body is not None:
                return self._received(push, body, attempt)
        self._regret(push)
        return Delivery(Outcome.FAILED, TRIES)

    def _attempt(self, xml: str) -> bytes | None:
        """One try with its own time and nonce; None when it failed."""
        timestamp, nonce = str(int(self._clock().timestamp())), str(self._rng.randrange(NONCE_BELOW))
        query = {
            "signature": self._envelope.sign(timestamp=timestamp, nonce=nonce),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        body = xml
        if self._mode is CallbackMode.SAFE:
            sealed = self._envelope.seal(xml)
            signed = self._envelope.sign(timestamp=timestamp, nonce=nonce, sealed=sealed)
            query |= {"encrypt_type": "aes", "msg_signature": signed}
            account = cdata(self._platform.account.original_id)
            body = f"<xml><ToUserName>{account}</ToUserName><Encrypt>{cdata(sealed)}</Encrypt></xml>"
        try:
            status, answer = self._transport(self.address, query, body.encode(), self._timeout)
        except OSError:
            return None
        return answer if status == OK else None

    def _received(self, push: Push, body: bytes, tries: int) -> Delivery:
        envelope = self._envelope if self._mode is CallbackMode.SAFE else None
        account = self._platform.account.original_id
        try:
            reply = read_reply(body, envelope=envelope, account=account, openid=push.openid)
        except MalformedReplyError:
            self._regret(push)
            return Delivery(Outcome.MALFORMED, tries)
        follower = self._platform.followers.find(push.openid)
        if reply is None or follower is None:
            return Delivery(Outcome.SILENT, tries)
        self._platform.show(follower, reply, channel=Channel.REPLY)
        return Delivery(Outcome.REPLIED, tries, reply)

    def _regret(self, push: Push) -> None:
        follower = self._platform.followers.find(push.openid)
        if push.visible and follower is not None:
            self._platform.chats.notice(follower.chat, OUT_OF_ORDER, at=self._platform.clock())
