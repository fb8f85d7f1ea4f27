"""No reply is lost between the work and the phone: not to a slow commit, not to length, not to odd numerals."""

from collections.abc import Iterator
from threading import Event
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from bot import inbound as answering
from bot import wording
from bot.app import create_app
from bot.deadline import Deadline
from bot.inbound import CLAIM_LASTS, Desk
from bot.messages import Inbound, Kind
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from bot.store import inbox, outbox, residents
from bot.store.tables import DeliveryRow, InboxRow, ResidentRow
from broadcasts.delivery import DeliveryStatus
from knowledge.text import Segmenter
from tests.clocks import TestClock
from tests.scenarios.phone import Phone, posted, reading
from tests.wechat import signed


def test_a_number_longer_than_any_number_is_no_crash(phone: Phone) -> None:
    reply = phone.says("一千万亿" * 800)

    assert reply != wording.APOLOGY.format(hotline="12345")


class SlowCommit(Deadline):
    """The request gives up between the worker's claim and its commit, whatever else the machine is busy with."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed, self.given_up = Event(), Event()

    def claim_passive(self) -> bool:
        passive = super().claim_passive()
        self.claimed.set()
        return passive

    def give_up(self) -> bool:
        assert self.claimed.wait(20)
        too_late = super().give_up()
        self.given_up.set()
        return too_late


@pytest.fixture
def hasty(settings: Settings, clock: TestClock, segmenter: Segmenter) -> Iterator[Runtime]:
    """A service that does not wait for the work at all."""
    web = settings.web.model_copy(update={"reply_within": 1e-9})
    runtime = build_runtime(
        settings.model_copy(update={"web": web}), enqueue=lambda _: None, clock=clock, segmenter=segmenter
    )
    yield runtime
    runtime.close()


def test_a_reply_that_is_slow_to_commit_is_never_answered_with_silence(
    phone: Phone, hasty: Runtime, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty 200 is an answer: the platform would not ask again, and nobody would send what was recorded."""
    record, seconds, deadline = inbox.record_reply, [0.0], SlowCommit()

    def slowly(*args: object, **kwargs: object) -> None:
        seconds[0] = 60.0  # the platform has hung up long ago
        assert deadline.given_up.wait(20)
        record(*args, **kwargs)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(inbox, "record_reply", slowly)
    monkeypatch.setattr(answering, "Deadline", lambda: deadline)
    monkeypatch.setattr(answering, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    desk = Desk(hasty)

    reply = reading(posted(create_app(hasty, desk).test_client(), signed(phone.text("帮助"), at=clock())))

    desk.close()
    assert "我能做这些" in reply


def resident_of(runtime: Runtime) -> int:
    with runtime.database.reading() as session:
        return session.scalar(select(func.max(ResidentRow.id))) or 0


def test_what_was_held_never_pushes_the_reply_itself_out(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        for number in range(6):
            outbox.queue_follow_up(
                session,
                resident_of(runtime),
                f"答复{number}。" + "请照办。" * 160,
                key=f"question{number}",
                vault=runtime.vault,
                now=clock(),
            )
        for row in session.scalars(select(DeliveryRow)):
            row.status = DeliveryStatus.WAITING

    told = [said(villager, "帮助", runtime) for _ in range(3)]

    assert all(one.endswith(wording.HELP.format(hotline="12345")) for one in told)
    assert [sum(f"答复{number}。" in one for one in told) for number in range(6)] == [1] * 6


def said(phone: Phone, words: str, runtime: Runtime) -> str:
    """The reply and what was queued to follow it."""
    passive = phone.says(words)
    with runtime.database.transaction() as session:
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.status == DeliveryStatus.PENDING).order_by(DeliveryRow.id)
        ).all()
        for row in rows:
            row.status = DeliveryStatus.ACCEPTED
        return passive + "".join(runtime.vault.open(row.body_sealed, outbox.BODY) for row in rows)


def test_a_message_that_kills_its_workers_is_apologised_for_in_the_end(
    villager: Phone, runtime: Runtime, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Inbound(
        kind=Kind.TEXT,
        openid=villager.openid,
        account="gh_1",
        created_at=clock(),
        dedup_key="msg:77",
        text="帮助",
    )
    with runtime.database.transaction() as session:
        someone = residents.recognise(session, villager.openid, vault=runtime.vault, now=clock())
        inbox.accept(session, message, someone.id, vault=runtime.vault, now=clock(), lease=CLAIM_LASTS)

    def killed(*_args: object) -> str:
        return ""

    monkeypatch.setattr(Desk, "_answer", killed)
    desk = Desk(runtime)
    for _ in range(10):
        clock.advance(minutes=1)
        desk.recover(message)

    desk.close()
    with runtime.database.reading() as session:
        state = session.scalar(select(InboxRow.state).where(InboxRow.dedup_key == "msg:77"))
        body = session.scalar(select(DeliveryRow.body_sealed).order_by(DeliveryRow.id.desc())) or b""
    assert state == inbox.State.DEFERRED
    assert runtime.vault.open(body, outbox.BODY) == wording.APOLOGY.format(hotline="12345")
