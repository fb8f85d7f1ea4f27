"""Pushes over a real connection to a callback that is slow, gone, or answers as Dingxin's library does."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, request

from bot.demo.pusher import OUT_OF_ORDER, Outcome
from bot.demo.sandbox import Sandbox
from bot.demo.serving import serve
from tests.bot.demo.callers import (
    START,
    Post,
    a_sandbox,
    saying,
    texts,
)
from tests.clocks import TestClock


def make_callback(answering: Callable[[Post], tuple[int, bytes]], posts: list[Post]) -> Flask:
    app = Flask("callback")

    @app.post("/wechat")
    def receive() -> tuple[bytes, int]:
        post = Post(request.args.to_dict(), request.get_data())
        posts.append(post)
        status, body = answering(post)
        return body, status

    return app


@contextmanager
def pushing_to(address: str, *, timeout: float) -> Iterator[Sandbox]:
    sandbox = a_sandbox(TestClock(START), callback_url=address, timeout_seconds=timeout)
    try:
        yield sandbox
    finally:
        sandbox.close()


def test_a_callback_slower_than_the_limit_gets_exactly_three_posts_with_one_message_id() -> None:
    posts: list[Post] = []
    arrived, released = threading.Semaphore(0), threading.Event()

    def too_slow(post: Post) -> tuple[int, bytes]:
        arrived.release()
        released.wait(10)
        return saying("太晚了")(post)

    with serve(make_callback(too_slow, posts)) as callback, pushing_to(callback.url, timeout=0.3) as sandbox:
        openid = sandbox.openid("resident-1")
        delivery = sandbox.handset.text(openid, "问一句").result(10)
        all_came = [arrived.acquire(timeout=10) for _ in range(3)]
        released.set()

    assert all(all_came)
    assert (delivery.outcome, len(posts)) == (Outcome.FAILED, 3)
    assert len({post.message()["MsgId"] for post in posts}) == 1
    assert len({post.query["nonce"] for post in posts}) == 3
    assert texts(sandbox, "resident-1") == ["问一句", OUT_OF_ORDER]


def test_an_answer_in_time_is_shown() -> None:
    posts: list[Post] = []

    with (
        serve(make_callback(saying("答一句"), posts)) as callback,
        pushing_to(callback.url, timeout=5) as sandbox,
    ):
        sandbox.handset.text(sandbox.openid("resident-1"), "问一句").result(10)

    assert texts(sandbox, "resident-1") == ["问一句", "答一句"]


def test_a_callback_that_is_not_there_is_tried_three_times() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pushing_to(f"http://127.0.0.1:{port}", timeout=1) as sandbox:
        delivery = sandbox.handset.text(sandbox.openid("resident-1"), "问一句").result(10)

    assert (delivery.outcome, delivery.tries) == (Outcome.FAILED, 3)
