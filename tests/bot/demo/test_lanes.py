import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from bot.demo.clock import MovableClock
from bot.demo.lanes import Lanes
from tests.bot.demo.callers import START
from tests.clocks import TestClock


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    made = Lanes(width=2)
    yield made
    made.close()


def test_what_was_raised_reaches_who_waits_and_the_lane_goes_on(lanes: Lanes) -> None:
    def fail() -> None:
        raise LookupError

    failed = lanes.run("one", fail)
    after = lanes.run("one", lambda: "went on")

    assert isinstance(failed.exception(5), LookupError)
    assert after.result(5) == "went on"


def test_a_thousand_things_in_one_lane_keep_their_order(lanes: Lanes) -> None:
    done: list[int] = []
    for number in range(1000):
        lanes.run("one", partial(done.append, number))

    assert lanes.idle(10)
    assert done == list(range(1000))


def test_idle_waits_for_work_that_work_began(lanes: Lanes) -> None:
    done: list[str] = []
    lanes.run("one", lambda: lanes.run("two", lambda: done.append("inner")))

    assert lanes.idle(10)
    assert done == ["inner"]


def test_idle_gives_up_when_its_time_is_over(lanes: Lanes) -> None:
    gate = threading.Event()
    held = lanes.run("one", lambda: gate.wait(10))

    assert not lanes.idle(0.01)
    gate.set()
    assert held.result(10)


def test_a_movable_clock_adds_what_it_was_moved_by_and_never_goes_back() -> None:
    clock = MovableClock(TestClock(START))
    clock.advance(timedelta(hours=49))

    assert clock() == START + timedelta(hours=49)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(timedelta(seconds=-1))
