"""Claim, send, record: what one delivery may become, and that a crash anywhere sends nothing twice."""

from datetime import timedelta

import pytest

from broadcasts import delivery
from broadcasts.content import Channel
from broadcasts.delivery import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    STATUS_AFTER,
    TRANSITIONS,
    Batch,
    Delivery,
    DeliveryStatus,
    Report,
    client_msg_id,
    deliver,
)
from broadcasts.errors import TransitionRefused
from broadcasts.outcome import (
    Accepted,
    Delivered,
    Failed,
    Held,
    Outcome,
    Retry,
    Skipped,
    Unknown,
    Unreachable,
)
from tests.broadcasts.fakes import LEASE, START, Clock, FakeOutbox, FakeSender, a_delivery

MINUTE = timedelta(minutes=1)
ALL_OUTCOMES: list[Outcome] = [
    Accepted("m1"),
    Delivered(),
    Failed("45002"),
    Unreachable("43004"),
    Retry("45011", MINUTE),
    Held(),
    Skipped("validity_ended"),
    Unknown("timeout"),
]


class Killed(BaseException):
    """The worker dies; nothing in the loop may catch this."""


class DyingSender(FakeSender):
    """Hands the batch to the platform, and dies before it can say so."""

    def send(self, batch: Batch) -> Outcome:
        super().send(batch)
        raise Killed


def claimed() -> Delivery:
    return delivery.claim(a_delivery(), until=START + LEASE)


def test_a_batch_goes_out_in_one_call_and_is_recorded_whole() -> None:
    outbox, sender = FakeOutbox([a_delivery(1), a_delivery(2), a_delivery(3, batch="k2")]), FakeSender()

    report = deliver(outbox, sender, clock=Clock(), limit=10)

    assert [[row.id for row in batch.deliveries] for batch in sender.sent] == [[1, 2], [3]]
    assert outbox.statuses() == [DeliveryStatus.ACCEPTED] * 3
    assert outbox.rows[1].platform_id == "m1"
    assert report == Report({DeliveryStatus.ACCEPTED: 3})


def test_the_loop_takes_no_more_batches_than_it_was_given() -> None:
    outbox = FakeOutbox([a_delivery(number, batch=f"k{number}") for number in range(5)])

    deliver(outbox, FakeSender(), clock=Clock(), limit=2)

    assert outbox.statuses().count(DeliveryStatus.PENDING) == 3
    assert (outbox.claims, outbox.records) == (2, 2)


def test_nothing_due_means_nothing_sent() -> None:
    outbox, sender = FakeOutbox([a_delivery(not_before=START + MINUTE)]), FakeSender()

    assert deliver(outbox, sender, clock=Clock(), limit=5) == Report({})
    assert sender.sent == []


def test_a_worker_that_dies_while_sending_leaves_one_batch_in_doubt_and_nothing_is_sent_again() -> None:
    clock, outbox = Clock(), FakeOutbox([a_delivery(1), a_delivery(2, batch="k2")])
    dying, next_worker = DyingSender(), FakeSender()
    with pytest.raises(Killed):
        deliver(outbox, dying, clock=clock, limit=5)

    clock.advance(LEASE)
    outbox.sweep(now=clock())
    deliver(outbox, next_worker, clock=clock, limit=5)

    assert [batch.client_msg_id for batch in (*dying.sent, *next_worker.sent)] == ["k1", "k2"]
    assert outbox.statuses() == [DeliveryStatus.UNKNOWN, DeliveryStatus.ACCEPTED]


def test_what_expired_while_it_waited_is_skipped_and_the_platform_not_called() -> None:
    outbox, sender = FakeOutbox([a_delivery(expires_at=START)]), FakeSender()

    report = deliver(outbox, sender, clock=Clock(), limit=1)

    assert sender.sent == []
    assert outbox.rows[1].reason == "validity_ended"
    assert report == Report({DeliveryStatus.SKIPPED: 1})


def test_a_claim_that_ran_out_before_it_could_be_sent_is_left_alone() -> None:
    outbox, sender = FakeOutbox([a_delivery()], lease=timedelta()), FakeSender()

    report = deliver(outbox, sender, clock=Clock(), limit=1)

    assert sender.sent == []
    assert report == Report({}, lapsed=1)
    assert outbox.statuses() == [DeliveryStatus.CLAIMED]


def test_a_throttled_batch_is_tried_again_after_its_pause_and_given_up_in_the_end() -> None:
    clock, outbox = Clock(), FakeOutbox([a_delivery()])
    sender = FakeSender(Retry("45011", MINUTE))

    for _ in range(MOST_ATTEMPTS + 2):
        deliver(outbox, sender, clock=clock, limit=5)
        clock.advance(LONGEST_WAIT)

    assert len(sender.sent) == MOST_ATTEMPTS
    assert outbox.statuses() == [DeliveryStatus.FAILED]
    assert outbox.rows[1].reason == "gave_up:45011"


@pytest.mark.parametrize("outcome", ALL_OUTCOMES)
def test_every_outcome_settles_a_claimed_delivery(outcome: Outcome) -> None:
    settled = delivery.settle(claimed(), outcome, now=START)

    assert settled.status is STATUS_AFTER[type(outcome)]
    assert settled.claimed_until is None
    assert settled.attempts == 1


def test_every_kind_of_outcome_has_a_status_and_only_one_may_be_sent_again() -> None:
    assert {type(outcome) for outcome in ALL_OUTCOMES} == set(STATUS_AFTER)
    assert [type(outcome) for outcome in ALL_OUTCOMES if outcome.retryable] == [Retry]
    assert [kind for kind, status in STATUS_AFTER.items() if status is DeliveryStatus.PENDING] == [Retry]


def test_every_status_has_its_row_and_unknown_never_leads_back_to_sending() -> None:
    assert set(TRANSITIONS) == set(DeliveryStatus)
    assert TRANSITIONS[DeliveryStatus.UNKNOWN].isdisjoint({DeliveryStatus.PENDING, DeliveryStatus.CLAIMED})


def test_a_retry_waits_its_pause() -> None:
    settled = delivery.settle(claimed(), Retry("45011", MINUTE), now=START)

    assert (settled.not_before, settled.reason) == (START + MINUTE, "45011")


def test_accepted_becomes_delivered_by_a_receipt_and_keeps_the_platforms_id() -> None:
    accepted = delivery.settle(claimed(), Accepted("m9"), now=START)
    delivered = delivery.settle(accepted, Delivered(), now=START)

    assert (delivered.status, delivered.platform_id) == (DeliveryStatus.DELIVERED, "m9")
    assert delivery.settle(delivered, Delivered(), now=START) is delivered


def test_a_receipt_that_contradicts_an_earlier_one_is_refused() -> None:
    delivered = delivery.settle(claimed(), Delivered(), now=START)

    with pytest.raises(TransitionRefused, match="delivered cannot become failed"):
        delivery.settle(delivered, Failed("user_block"), now=START)


@pytest.mark.parametrize("late", [Accepted("m1"), Delivered("m1"), Failed("user_block")])
def test_what_was_in_doubt_is_settled_by_what_the_platform_says_later(late: Outcome) -> None:
    unknown = delivery.lapse(claimed(), now=START + LEASE)

    assert delivery.settle(unknown, late, now=START).status is STATUS_AFTER[type(late)]


@pytest.mark.parametrize("late", [Retry("-1", MINUTE), Held(), Skipped("validity_ended"), Unknown("timeout")])
def test_what_arrives_after_the_sweep_does_not_revive_the_delivery(late: Outcome) -> None:
    unknown = delivery.lapse(claimed(), now=START + LEASE)

    assert delivery.settle(unknown, late, now=START + LEASE) is unknown


@pytest.mark.parametrize("late", [Accepted("m1"), Unknown("timeout"), Retry("-1", MINUTE)])
def test_the_answer_to_a_call_does_not_overrule_a_receipt_that_was_quicker(late: Outcome) -> None:
    delivered = delivery.settle(claimed(), Delivered("m1"), now=START)

    assert delivery.settle(delivered, late, now=START) is delivered


def test_the_sweep_touches_only_claims_that_ran_out() -> None:
    pending, running = a_delivery(), claimed()

    assert delivery.lapse(pending, now=START + LEASE) is pending
    assert delivery.lapse(running, now=START + LEASE - MINUTE) is running
    assert delivery.lapse(running, now=START + LEASE).reason == "claim_ran_out"


def test_what_was_held_is_due_when_the_resident_writes_again() -> None:
    held = delivery.settle(claimed(), Held(), now=START)

    woken = delivery.wake(held, now=START + MINUTE)

    assert (held.status, held.reason) == (DeliveryStatus.WAITING, "no_open_window")
    assert (woken.status, woken.not_before) == (DeliveryStatus.PENDING, START + MINUTE)


def test_only_what_nobody_claimed_can_be_called_back() -> None:
    assert delivery.cancel(a_delivery(), reason="halted").status is DeliveryStatus.CANCELLED
    with pytest.raises(TransitionRefused, match="claimed"):
        delivery.cancel(claimed(), reason="halted")


@pytest.mark.parametrize(
    "status", [status for status in DeliveryStatus if status is not DeliveryStatus.PENDING]
)
def test_only_a_pending_delivery_can_be_claimed(status: DeliveryStatus) -> None:
    with pytest.raises(TransitionRefused):
        delivery.claim(a_delivery(status=status), until=START + LEASE)


def test_a_message_id_is_always_the_same_and_fits_the_platform() -> None:
    def key(
        broadcast: str = "b1",
        revision: int = 1,
        *,
        later: int = 0,
        batch: int = 0,
        channel: Channel = Channel.RELAY,
    ) -> str:
        return client_msg_id(
            broadcast, revision, occurrence=START + MINUTE * later, channel=channel, batch=batch
        )

    others = {
        key("b2"),
        key("b", 11),
        key(revision=2),
        key(later=1),
        key(batch=1),
        key(channel=Channel.WECOM_WEBHOOK),
    }

    assert key() == key()
    assert key() not in others
    assert len(others) == 6
    assert len(key()) == 32
    assert set(key()) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def test_the_waits_between_attempts_grow_and_outlast_an_hour() -> None:
    waits = []
    one = a_delivery()
    for _ in range(MOST_ATTEMPTS - 1):
        held = delivery.claim(one, until=START + MINUTE)
        one = delivery.settle(held, Retry("unavailable", timedelta(seconds=30)), now=START)
        waits.append(one.not_before - START)

    assert waits == sorted(waits)
    assert sum(waits, timedelta()) > timedelta(hours=1)
    assert max(waits) <= LONGEST_WAIT
