"""Residents who write: signed, encrypted posts over HTTP, each timed from the first byte out to the last byte in."""

import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count, cycle, islice
from time import perf_counter
from urllib.parse import urlencode

import numpy as np

from tests.wechat import opened, signed, text_message

RESIDENTS = 500
NUMBERS = count(int(datetime.now(UTC).timestamp()) * 1_000)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each message, and of all of them together; `late`: answered empty, to be followed up."""

    each: Sequence[float]
    together: float
    late: int

    @property
    def median(self) -> float:
        return float(np.median(self.each))

    @property
    def p99(self) -> float:
        return float(np.percentile(self.each, 99))

    @property
    def per_second(self) -> float:
        return len(self.each) / self.together


@dataclass(frozen=True, slots=True)
class Post:
    """Signed and sealed before the clock runs: that is the platform's work."""

    path: str
    body: bytes


def measure(port: int, texts: Sequence[str], *, messages: int, at_once: int) -> Times:
    """So many messages from `at_once` connections, residents taking turns; every reply is opened."""
    posts = list(islice(_posts(texts), messages))
    shares = [posts[number::at_once] for number in range(at_once)]
    started = perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        done = list(pool.map(lambda share: _send(port, share), shares))
    together = perf_counter() - started
    late = sum(not _says_something(reply) for _, replies in done for reply in replies)
    return Times([seconds for each, _ in done for seconds in each], together, late)


def _says_something(reply: bytes) -> bool:
    return reply not in {b"", b"success"} and bool(opened(reply)["Content"])


def _posts(texts: Sequence[str]) -> Iterator[Post]:
    residents = cycle(f"oBench{number:0>22}" for number in range(RESIDENTS))
    for text, openid in zip(cycle(texts), residents, strict=False):
        now = datetime.now(UTC)
        xml = text_message(text, openid=openid, msg_id=next(NUMBERS), at=now)
        push = signed(xml, at=now, nonce=secrets.token_hex(5))
        yield Post("/wechat?" + urlencode(push.query), push.body)


def _send(port: int, posts: Sequence[Post]) -> tuple[list[float], list[bytes]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    seconds, replies = [], []
    for post in posts:
        started = perf_counter()
        connection.request("POST", post.path, post.body, {"Content-Type": "text/xml"})
        replies.append(connection.getresponse().read())
        seconds.append(perf_counter() - started)
    connection.close()
    return seconds, replies
