from collections.abc import Iterator

import pytest

from bot.demo.cast import SampleCode
from bot.demo.sandbox import Sandbox
from bot.demo.serving import create_sandbox_app
from tests.bot.demo.callers import (
    START,
    Api,
    Callback,
    a_sandbox,
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
    made = a_sandbox(clock, codes=(SampleCode("示例村", "c-sample"),), transport=callback)
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
