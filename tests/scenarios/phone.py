"""A resident's phone: what is typed goes in signed and encrypted, what comes back is checked and decrypted."""

from collections.abc import Iterator, Mapping
from itertools import count

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.runtime import Runtime, scene_of
from tests.clocks import TestClock
from tests.wechat import Push, event, follow_event, message, opened, signed, text_message

NONCES = count(1_000_000)


class Phone:
    """Every method returns the reply's text; empty when the account said nothing."""

    def __init__(self, client: FlaskClient, clock: TestClock, *, openid: str, numbers: Iterator[int]) -> None:
        self.openid = openid
        self._client = client
        self._clock = clock
        self._numbers = numbers

    def says(self, words: str) -> str:
        return self.sends(self.text(words))

    def text(self, words: str) -> str:
        """The platform's XML for these words, under a message number of their own."""
        return text_message(words, openid=self.openid, msg_id=next(self._numbers), at=self._clock())

    def follows(self, *, scene: str = "") -> str:
        return self.sends(follow_event(scene=scene, openid=self.openid, at=self._clock()))

    def scans(self, scene: str) -> str:
        fields = {"EventKey": scene, "Ticket": "ticket"}
        return self.sends(event("SCAN", fields, openid=self.openid, at=self._clock()))

    def clicks(self, key: str) -> str:
        self._clock.advance(seconds=1)
        return self.sends(event("CLICK", {"EventKey": key}, openid=self.openid, at=self._clock()))

    def happens(self, name: str, fields: Mapping[str, str]) -> str:
        self._clock.advance(seconds=1)
        return self.sends(event(name, fields, openid=self.openid, at=self._clock()))

    def shows(self, kind: str, fields: Mapping[str, str]) -> str:
        """A picture, a voice, a link …"""
        numbered = {**fields, "MsgId": str(next(self._numbers))}
        return self.sends(message(kind, numbered, openid=self.openid, at=self._clock()))

    def sends(self, xml: str) -> str:
        return reading(self.posts(xml))

    def posts(self, xml: str) -> TestResponse:
        """One post of the platform, under a nonce of its own."""
        return posted(self._client, signed(xml, at=self._clock(), nonce=str(next(NONCES))))

    @staticmethod
    def scene_of(runtime: Runtime, community_code: str) -> str:
        return scene_of(community_code, runtime.vault)


def posted(client: FlaskClient, push: Push) -> TestResponse:
    return client.post("/wechat", query_string=push.query, data=push.body, content_type=push.content_type)


def reading(response: TestResponse) -> str:
    """What the resident would read."""
    assert response.status_code == 200, response.get_data(as_text=True)
    body = response.get_data()
    return opened(body)["Content"] if body else ""
