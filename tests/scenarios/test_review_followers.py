"""Who gets broadcasts: everyone who evidently follows, and nobody any more from the word 退订 on."""

from sqlalchemy import select

from bot.runtime import Runtime
from bot.store import outbox, recipients
from bot.store.tables import DeliveryRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.delivery import Delivery, DeliveryStatus
from tests.clocks import TestClock
from tests.scenarios.carriers import a_broadcast
from tests.scenarios.phone import Phone
from tests.wechat import event

VILLAGE = "621121100201"


def followers(runtime: Runtime, clock: TestClock) -> list[int]:
    with runtime.database.reading() as session:
        return recipients.followers(session, [VILLAGE], allowance=4, month_start=clock.now)


def lives_in_the_village(phone: Phone, runtime: Runtime) -> None:
    phone.scans(phone.scene_of(runtime, VILLAGE))


def test_whoever_followed_before_this_service_began_is_reached_once_they_write(
    phone: Phone, runtime: Runtime, clock: TestClock
) -> None:
    """The platform tells of new followers only; but nobody can write without following."""
    phone.says("你好")
    lives_in_the_village(phone, runtime)

    assert len(followers(runtime, clock)) == 1


def test_a_word_that_arrives_after_its_sender_left_does_not_make_them_a_follower(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    said_before = villager.text("你好")
    clock.advance(seconds=1)
    villager.sends(event("unsubscribe", {"EventKey": ""}, openid=villager.openid, at=clock()))

    villager.sends(said_before)

    assert followers(runtime, clock) == []


def test_whoever_left_and_follows_again_is_a_follower(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    villager.happens("unsubscribe", {"EventKey": ""})
    clock.advance(seconds=5)

    villager.follows()

    assert len(followers(runtime, clock)) == 1


def queue(runtime: Runtime, clock: TestClock, status: DeliveryStatus, channel: Channel, body: str) -> None:
    """A share of a broadcast, and an answer, for the one resident there is; both not yet on the phone."""
    with runtime.database.transaction() as session:
        resident_id = session.scalar(select(ResidentRow.id)) or 0
        session.merge(a_broadcast(clock))
        session.flush()
        share = Delivery(
            id=0,
            channel=channel,
            recipient=resident_id,
            body=body,
            client_msg_id=body,
            not_before=clock(),
            broadcast_id="b1",
        )
        outbox.queue(session, [share], vault=runtime.vault, now=clock())
        for row in session.scalars(select(DeliveryRow).where(DeliveryRow.client_msg_id == body)):
            row.status = status


def test_opting_out_calls_back_what_was_planned_and_keeps_answers_and_duties(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    queue(runtime, clock, DeliveryStatus.PENDING, Channel.OFFICIAL_ACCOUNT, "planned")
    queue(runtime, clock, DeliveryStatus.WAITING, Channel.OFFICIAL_ACCOUNT, "held")
    queue(runtime, clock, DeliveryStatus.PENDING, Channel.RELAY, "duty")
    with runtime.database.transaction() as session:
        resident_id = session.scalar(select(ResidentRow.id)) or 0
        outbox.queue_follow_up(
            session, resident_id, "您问的有答复了。", key="answer", vault=runtime.vault, now=clock()
        )

    reply = villager.says("退订")

    with runtime.database.reading() as session:
        stand = {row.client_msg_id: row.status for row in session.scalars(select(DeliveryRow))}
    assert "held" not in reply
    assert stand == {
        "planned": DeliveryStatus.CANCELLED,
        "held": DeliveryStatus.CANCELLED,
        "duty": DeliveryStatus.PENDING,
        "answer": DeliveryStatus.PENDING,
    }
