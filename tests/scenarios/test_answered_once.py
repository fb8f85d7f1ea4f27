"""Three retries, two processes, a crash: one reply, one side effect."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import func, select

from bot import dispatch as dispatching
from bot import wording
from bot.app import create_app
from bot.inbound import Desk
from bot.messages import Inbound, Reply, Text, Work
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from bot.store.engine import open_database
from bot.store.tables import DeliveryRow, InboxRow, ReportRow
from knowledge.text import Segmenter
from tests.clocks import TestClock
from tests.scenarios.phone import Phone, posted, reading
from tests.wechat import signed

RUMOUR = "听说明天全城都要断电三天,是真的吗"


def rows(runtime: Runtime, table: type) -> int:
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_three_identical_posts_at_once_give_one_report_and_one_reply(
    phone: Phone, client: object, clock: TestClock, runtime: Runtime
) -> None:
    push = signed(phone.text(RUMOUR), at=clock())
    together = Barrier(3)

    def post(_: int) -> str:
        together.wait()
        return reading(posted(client, push))  # type: ignore[arg-type] # the fixture is a FlaskClient

    with ThreadPoolExecutor(3) as pool:
        replies = set(pool.map(post, range(3)))

    assert len(replies) == 1
    assert "还没有核实" in replies.pop()
    assert (rows(runtime, InboxRow), rows(runtime, ReportRow)) == (1, 1)


def test_a_retry_five_seconds_later_gets_the_same_reply_and_changes_nothing(
    phone: Phone, clock: TestClock, runtime: Runtime
) -> None:
    xml = phone.text(RUMOUR)

    first = phone.sends(xml)
    clock.advance(seconds=5)
    second = phone.sends(xml)
    clock.advance(seconds=5)
    third = phone.sends(xml)

    assert first == second == third != ""
    assert rows(runtime, ReportRow) == 1


def test_two_processes_on_one_database_agree(
    phone: Phone, settings: Settings, clock: TestClock, runtime: Runtime, segmenter: Segmenter
) -> None:
    xml = phone.text(RUMOUR)
    other = build_runtime(settings, enqueue=lambda _work: None, clock=clock, segmenter=segmenter)
    desk = Desk(other)
    there = create_app(other, desk).test_client()

    here = phone.sends(xml)
    elsewhere = reading(posted(there, signed(xml, at=clock(), nonce="99")))

    desk.close()
    other.close()
    assert here == elsewhere
    assert rows(runtime, ReportRow) == 1


def test_a_message_whose_worker_died_is_answered_by_the_next_retry(
    phone: Phone, clock: TestClock, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 between accept and reply leaves exactly this: an accepted row and nobody working on it."""
    xml = phone.text(RUMOUR)
    monkeypatch.setattr(Desk, "_answer_in_time", lambda *_args: "")
    assert phone.sends(xml) == ""
    monkeypatch.undo()

    clock.advance(seconds=7)
    reply = phone.sends(xml)

    assert "还没有核实" in reply
    assert rows(runtime, ReportRow) == 1


class Slow:
    """A handler that answers when it is told to."""

    NAME = "slow"

    def __init__(self) -> None:
        self.may_answer = Event()

    def matches(self, _message: Inbound, _context: object) -> bool:
        return True

    def handle(self, _message: Inbound, _context: object) -> Reply:
        assert self.may_answer.wait(20)
        return Text("想好了")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    handler = Slow()
    monkeypatch.setattr(dispatching, "HANDLERS", (handler,))
    yield handler
    handler.may_answer.set()


@pytest.fixture
def hasty(
    settings: Settings, clock: TestClock, asked_for: list[Work], segmenter: Segmenter
) -> Iterator[Callable[[str], str]]:
    """A service that waits a fifth of a second instead of 3.5 s; posts to it."""
    web = settings.web.model_copy(update={"reply_within": 0.2, "retry_wait": 5.0})
    runtime = build_runtime(
        settings.model_copy(update={"web": web}), enqueue=asked_for.append, clock=clock, segmenter=segmenter
    )
    desk = Desk(runtime)
    client = create_app(runtime, desk).test_client()
    nonces = iter(range(10, 99))

    def post(xml: str) -> str:
        return reading(posted(client, signed(xml, at=clock(), nonce=str(next(nonces)))))

    yield post
    desk.close()
    runtime.close()


def test_past_the_time_limit_the_answer_becomes_a_follow_up(
    phone: Phone, hasty: Callable[[str], str], slow: Slow, settings: Settings, asked_for: list[Work]
) -> None:
    passive = hasty(phone.text("想一想"))
    slow.may_answer.set()

    queued = wait_for_deliveries(settings)

    assert passive == ""
    assert queued == 1
    assert asked_for == [Work.DELIVERIES]


def test_a_retry_during_the_work_waits_for_it(
    phone: Phone, client: object, clock: TestClock, slow: Slow
) -> None:
    push = signed(phone.text("想一想"), at=clock())

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lambda: reading(posted(client, push)))  # type: ignore[arg-type] # as above
        retry = pool.submit(lambda: reading(posted(client, push)))  # type: ignore[arg-type] # as above
        slow.may_answer.set()

    assert first.result() == retry.result() == "想好了"


def test_a_crash_becomes_one_apology_and_leaves_nothing_half_done(
    phone: Phone, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("as a bug would")

    monkeypatch.setattr("bot.dispatch._with_held", explode)
    xml = phone.text(RUMOUR)

    reply = phone.sends(xml)
    monkeypatch.undo()

    assert reply == wording.APOLOGY.format(hotline="12345")
    assert phone.sends(xml) == reply
    assert rows(runtime, ReportRow) == 0


def wait_for_deliveries(settings: Settings) -> int:
    """How many deliveries are queued once there is one; the work goes on after the request was answered."""
    database = open_database(settings.database_url)
    try:
        for _ in range(200):
            with database.reading() as session:
                found = session.scalar(select(func.count()).select_from(DeliveryRow)) or 0
            if found:
                return found
            Event().wait(0.05)
    finally:
        database.close()
    return 0
