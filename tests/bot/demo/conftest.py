from collections.abc import Iterator
from random import Random

import pytest

from bot.demo.cast import SampleCode
from bot.demo.sandbox import Sandbox, make_sandbox
from bot.demo.serving import create_sandbox_app
from tests.bot.demo.callers import (
    AES_KEY,
    AGENT_SECRET,
    APP_ID,
    CORP_ID,
    SECRET,
    START,
    TOKEN,
    Api,
    Callback,
)
from tests.clocks import TestClock


@pytest.fixture
def clock() -> TestClock:
    return TestClock(START)


@pytest.fixture
def callback() -> Callback:
    return Callback()


@pytest.fixture
def sandbox(clock: TestClock, callback: Callback) -> Iterator[Sandbox]:
    made = make_sandbox(
        clock,
        app_id=APP_ID,
        app_secret=SECRET,
        token=TOKEN,
        encoding_aes_key=AES_KEY,
        corp_id=CORP_ID,
        agent_secret=AGENT_SECRET,
        callback_url="http://callback.invalid",
        codes=(SampleCode("示例村", "c-sample"),),
        rng=Random(20261124),  # noqa: S311  # repeatable identifiers
        transport=callback,
    )
    yield made
    made.close()


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(create_sandbox_app(sandbox).test_client(), sandbox)


@pytest.fixture
def wang(sandbox: Sandbox) -> str:
    return sandbox.openid("resident-1")


@pytest.fixture
def everyone(sandbox: Sandbox) -> list[str]:
    return [sandbox.openid(person.chat) for person in sandbox.people]
