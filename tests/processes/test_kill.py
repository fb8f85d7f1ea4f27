"""kill -9 between accept and reply, three posts to two processes, a worker killed in the middle of a broadcast.

Real processes and a real database; the platform is its sandbox. A trigger in the database makes recording a reply
slow: that is how a test gets between the two without a hook in the product.
"""

from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from threading import Barrier

import pytest
import requests

from bot.demo.platform.faults import Fault, FaultKind
from bot.store import outbox
from bot.store.tables import InboxRow, ReportRow
from tests.bot.processes import eventually, free_port, kill
from tests.processes.service import Service
from tests.wechat import signed, text_message

pytestmark = pytest.mark.timeout(180)
CROWD = 40
RUMOUR = "听说明天全城都要断电三天,是真的吗"
BETWEEN_TRIES = timedelta(seconds=10)
PAST_RETRYING = timedelta(minutes=2)
PAST_A_CLAIM = timedelta(minutes=3)


def rumour(service: Service, number: int = 1) -> str:
    """One message of王奶奶, as the platform numbers it."""
    openid = service.sandbox.openid("resident-1")
    return text_message(RUMOUR, openid=openid, msg_id=24_000_000_000 + number, at=datetime.now(UTC))


def kill_between_accept_and_reply(service: Service, xml: str) -> None:
    """The web role takes the message in, and is dead before its reply is recorded."""
    with service.web() as web, ThreadPoolExecutor(1) as pool:
        service.slow_down()
        reply: Future[str] = pool.submit(service.post, xml)
        assert eventually(lambda: "working" in service.inbox_states())
        kill(web)
        with pytest.raises(requests.RequestException):
            reply.result(10)
    service.speed_up()


def test_killed_between_accept_and_reply_the_next_retry_is_answered_once(service: Service) -> None:
    xml = rumour(service)
    kill_between_accept_and_reply(service, xml)
    left = (service.inbox_states(), service.count(ReportRow))
    service.pass_time(BETWEEN_TRIES)

    with service.web():
        second = service.post(xml)
        again = service.post(xml)

    assert left == (["working"], 0)
    assert "还没有核实" in second
    assert again == second
    assert (service.count(InboxRow), service.count(ReportRow)) == (1, 1)


def test_killed_between_accept_and_reply_and_never_retried_it_is_answered_as_a_follow_up(
    sqlite_service: Service,
) -> None:
    service = sqlite_service
    with service.web():
        service.village_follows("resident-1")
        service.sandbox.handset.text(service.sandbox.openid("resident-1"), "你好").result(20)
    kill_between_accept_and_reply(service, rumour(service))
    service.pass_time(PAST_RETRYING)

    with service.role("run") as run:
        assert eventually(lambda: follow_ups(service) == 1, 60), service.log("run")
        run.terminate()
        assert run.wait(10) == 0

    assert set(service.inbox_states()) <= {"answered", "deferred"}
    assert service.count(ReportRow) == 1


def follow_ups(service: Service) -> int:
    bubbles = service.sandbox.platform.chats.of("resident-1")
    return sum("还没有核实" in one.content.text for one in bubbles)


@pytest.mark.postgres
def test_three_identical_posts_at_once_to_two_processes_on_one_database_agree(
    postgres_service: Service,
) -> None:
    service, other = postgres_service, free_port()
    push = signed(rumour(service), at=datetime.now(UTC))
    together = Barrier(3)

    def post(port: int) -> str:
        together.wait(20)
        return service.push(push, port=port)

    with service.web(), service.web(other), ThreadPoolExecutor(3) as pool:
        replies = set(pool.map(post, islice(cycle((service.port, other)), 3)))

    assert len(replies) == 1
    assert "还没有核实" in replies.pop()
    assert (service.count(InboxRow), service.count(ReportRow)) == (1, 1)


def test_whatever_moment_it_is_killed_at_every_message_is_answered_once(sqlite_service: Service) -> None:
    """No trigger here: forty people write, twenty at a time, the process dies as soon as one is answered, the platform retries each."""
    service = sqlite_service
    messages = [
        text_message(RUMOUR, openid=f"oCrowd{number:0>22}", msg_id=25_000_000_000 + number)
        for number in range(CROWD)
    ]
    with service.web() as web, ThreadPoolExecutor(20) as pool:
        first = [pool.submit(service.post, xml) for xml in messages]
        assert next(as_completed(first)).exception() is None
        kill(web)
    cut_off = sum(one.exception() is not None for one in first)
    service.pass_time(BETWEEN_TRIES)

    with service.web(), ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(service.post, messages))

    assert cut_off > 0
    assert [reply for reply in replies if "还没有核实" not in reply] == []
    assert (service.count(InboxRow), service.count(ReportRow)) == (CROWD, CROWD)


def test_a_worker_killed_in_the_middle_of_a_broadcast_sends_nobody_the_letter_twice(
    service: Service,
) -> None:
    faults = service.sandbox.platform.faults
    people = ("resident-1", "resident-2", "resident-3")
    with service.web(), service.role("scheduler"):
        service.village_follows(*people)
        faults.set("message/mass/send", Fault(FaultKind.SLOW, seconds=2.0, times=1))
        with service.role("worker", DINGXIN_QUEUE__WORKERS="1") as worker:
            service.send_letters()
            assert eventually(lambda: not faults.all(), 60), service.log("worker")
            kill(worker)
        assert eventually(lambda: all(service.letters_on(one) for one in people), 20)
        held = (service.deliveries("official_account"), service.deliveries("wecom_webhook"))
        with service.database.transaction() as session:
            assert outbox.sweep(session, now=datetime.now(UTC) + PAST_A_CLAIM) == 3
        with service.role("worker"):
            assert eventually(lambda: set(service.deliveries("wecom_webhook")) == {"delivered"}, 60)
            assert service.sandbox.settle()

    assert held == (["claimed"] * 3, ["pending"])
    assert service.deliveries("official_account") == ["unknown"] * 3
    assert [service.letters_on(one) for one in people] == [1, 1, 1]


def test_the_whole_service_runs_and_stops_within_ten_seconds_finishing_what_it_holds(
    sqlite_service: Service,
) -> None:
    service = sqlite_service
    faults = service.sandbox.platform.faults
    people = ("resident-1", "resident-2")
    with service.role("run") as run:
        assert eventually(lambda: "ready: " in service.log("run"), 60), service.log("run")
        service.village_follows(*people)
        faults.set("message/mass/send", Fault(FaultKind.SLOW, seconds=3.0, times=1))
        service.send_letters()
        assert eventually(lambda: not faults.all(), 60), service.log("run")
        run.terminate()
        assert run.wait(10) == 0

    assert service.deliveries("official_account") == ["accepted"] * 2
    assert [service.letters_on(one) for one in people] == [1, 1]
    with pytest.raises(requests.ConnectionError):
        service.post(rumour(service))
