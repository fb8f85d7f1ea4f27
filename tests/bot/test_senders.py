"""The senders against the sandbox: which way a batch goes, and what the platform's answers mean."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import (
    OutcomeUnknown,
    PlatformError,
    PlatformMisconfigured,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    RecipientUnreachable,
)
from bot.platforms import Platforms, connect_platforms
from bot.senders.account import Account
from bot.senders.pace import Pace
from bot.senders.post import Senders
from bot.senders.refusals import OUTCOMES, Refusal, Way, outcome_of
from bot.store import groups, residents
from bot.store.areas import Area, AreaKind, replace_or_add
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind
from bot.store.outbox import OFFICE
from bot.wechat.limits import Limits
from broadcasts.content import Channel
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
from broadcasts.pacing import Lane
from tests.bot.town import Town, a_batch, a_delivery, town_on
from tests.clocks import TestClock

VILLAGE = "621121100201"
OFFICE_KEY = "0d1e2f30-0000-4000-8000-5a6b7c8d9e0f"
MORNING = datetime(2022, 7, 14, 4, 0, tzinfo=UTC)


@pytest.fixture
def senders(sending_town: Town) -> Senders:
    return Senders(sending_town.runtime, connect_platforms(sending_town.runtime))


@pytest.fixture
def office_town(sqlite: Database, tmp_path: Path, clock: TestClock) -> Iterator[Town]:
    """The office has a webhook of its own."""
    with town_on(sqlite, tmp_path, clock, wecom={"staff_webhook_key": OFFICE_KEY}) as town:
        yield town


def mass_of(town: Town, *chats: str, key: str = "mass-1") -> Any:
    people = [town.resident(chat, open_window=False) for chat in chats]
    return a_batch(
        [a_delivery(one, at=town.now, key=key, broadcast_id="b1", run_id=1) for one in people], at=town.now
    )


def follow_up_to(town: Town, chat: str, *, open_window: bool = True) -> Any:
    return a_batch([a_delivery(town.resident(chat, open_window=open_window), at=town.now)], at=town.now)


def window_left(town: Town, resident_id: int) -> int:
    """By spending what is left."""
    with town.runtime.database.transaction() as session:
        left = 0
        while residents.spend_window(session, resident_id, town.now):
            left += 1
        return left


def test_a_follow_up_inside_the_window_reaches_the_phone_and_uses_one_message(
    sending_town: Town, senders: Senders
) -> None:
    batch = follow_up_to(sending_town, "resident-1")
    assert senders.send(batch) == Accepted("")
    assert sending_town.seen_by("resident-1")[-1] == batch.body
    assert window_left(sending_town, batch.deliveries[0].recipient) == 4


def test_a_follow_up_outside_the_window_is_held_without_asking_the_platform(
    sending_town: Town, senders: Senders
) -> None:
    sending_town.fail("*", 48001)
    batch = follow_up_to(sending_town, "resident-1", open_window=False)
    assert senders.send(batch) == Held()
    assert sending_town.sandbox.platform.faults.all()


@pytest.mark.parametrize("code", [45015, 45047])
def test_when_the_platform_says_the_window_is_closed_our_ledger_follows(
    sending_town: Town, senders: Senders, code: int
) -> None:
    batch = follow_up_to(sending_town, "resident-1")
    sending_town.fail("message/custom/send", code)
    assert senders.send(batch) == Held(f"platform_{code}")
    assert window_left(sending_town, batch.deliveries[0].recipient) == 0


def test_several_followers_get_one_mass_send_that_is_accepted_not_delivered(
    sending_town: Town, senders: Senders
) -> None:
    outcome = senders.send(mass_of(sending_town, "resident-1", "resident-2", "resident-3"))
    assert isinstance(outcome, Accepted)
    assert sending_town.sandbox.platform.mass.known(outcome.platform_id).total in {0, 3}
    assert sending_town.sandbox.settle()
    assert sending_town.seen_by("resident-2")[-1] == "核实结果出来了。"


def test_a_mass_send_repeated_under_its_key_sends_nothing_new(sending_town: Town, senders: Senders) -> None:
    batch = mass_of(sending_town, "resident-1", "resident-2")
    first = senders.send(batch)
    assert senders.send(batch) == first
    assert sending_town.sandbox.settle()
    assert sending_town.seen_by("resident-1").count(batch.body) == 1


def test_a_lost_answer_to_a_mass_send_is_in_doubt(sending_town: Town, senders: Senders) -> None:
    sending_town.lose_the_answer("message/mass/send")
    assert isinstance(senders.send(mass_of(sending_town, "resident-1", "resident-2")), Unknown)


def test_a_lost_answer_to_a_follow_up_is_in_doubt(sending_town: Town, senders: Senders) -> None:
    sending_town.lose_the_answer("message/custom/send")
    assert isinstance(senders.send(follow_up_to(sending_town, "resident-1")), Unknown)
    assert sending_town.seen_by("resident-1")[-1] == "核实结果出来了。"


def test_who_was_erased_meanwhile_is_left_out_and_a_single_one_left_is_written_to(
    sending_town: Town, senders: Senders
) -> None:
    batch = mass_of(sending_town, "resident-1", "resident-2")
    stays = sending_town.resident("resident-2")
    erase(sending_town, next(one.recipient for one in batch.deliveries if one.recipient != stays))
    assert senders.send(batch) == Accepted("")
    assert sending_town.seen_by("resident-1") == []
    assert sending_town.seen_by("resident-2")[-1] == batch.body


def test_nobody_left_is_skipped(sending_town: Town, senders: Senders) -> None:
    batch = follow_up_to(sending_town, "resident-1")
    erase(sending_town, batch.deliveries[0].recipient)
    assert senders.send(batch) == Skipped("resident_erased")


def test_a_relay_task_goes_to_the_worker_as_a_follow_up(sending_town: Town, senders: Senders) -> None:
    worker = sending_town.resident("grid-worker")
    task = a_delivery(worker, at=sending_town.now, channel=Channel.RELAY, broadcast_id="b1")
    assert senders.send(a_batch([task], at=sending_town.now)) == Accepted("")
    assert sending_town.seen_by("grid-worker")[-1] == task.body


def test_an_alert_reaches_the_offices_own_group(office_town: Town) -> None:
    senders = Senders(office_town.runtime, connect_platforms(office_town.runtime))
    assert senders.send(an_alert(office_town)) == Delivered()
    assert office_town.seen_by("office-group")[-1] == "核实结果出来了。"


def test_without_an_office_webhook_an_alert_is_skipped(sending_town: Town, senders: Senders) -> None:
    assert senders.send(an_alert(sending_town)) == Skipped("no_office_webhook")


def test_a_group_gets_a_broadcast_by_its_own_key(sending_town: Town, senders: Senders) -> None:
    group = a_group(sending_town, webhook_key=OFFICE_KEY, kind=GroupKind.WECOM_INTERNAL)
    assert senders.send(to_group(sending_town, group, Channel.WECOM_WEBHOOK)) == Delivered()
    assert sending_town.seen_by("office-group")[-1] == "核实结果出来了。"


def test_a_task_for_a_groups_owner_is_accepted_and_nobody_has_seen_it_yet(
    sending_town: Town, senders: Senders
) -> None:
    group = a_group(
        sending_town,
        kind=GroupKind.WECOM_CUSTOMER,
        chat_id="wrSAMPLEresidents0001",
        owner_userid="zhou-sample",
    )
    outcome = senders.send(to_group(sending_town, group, Channel.WECOM_CUSTOMER_GROUP))
    assert isinstance(outcome, Accepted)
    assert outcome.platform_id
    assert sending_town.seen_by("residents-group") == []


def test_without_wecom_a_customer_group_is_skipped(sending_town: Town) -> None:
    platforms = connect_platforms(sending_town.runtime)
    without = Platforms(platforms.account, None, platforms.webhooks)
    batch = to_group(sending_town, 1, Channel.WECOM_CUSTOMER_GROUP)
    assert Senders(sending_town.runtime, without).send(batch) == Skipped("wecom_not_configured")


def test_deliveries_are_counted_by_channel_and_outcome(sending_town: Town, senders: Senders) -> None:
    senders.send(mass_of(sending_town, "resident-1", "resident-2"))
    counted = b'dingxin_deliveries_total{channel="official_account",outcome="accepted"} 2.0'
    assert counted in sending_town.runtime.metrics.render()


class WritingClient:
    """A platform in whose call somebody else writes to the database."""

    def __init__(self, town: Town) -> None:
        self.limits = Limits()
        self._town = town
        self.writes = 0

    def post(self, _endpoint: str, **_call: object) -> dict[str, object]:
        with self._town.runtime.database.transaction() as session:
            residents.recognise(
                session, f"oNew{self.writes}", vault=self._town.runtime.vault, now=self._town.now
            )
        self.writes += 1
        return {"errcode": 0, "msg_id": 1}


def test_no_transaction_is_open_while_the_platform_is_called(sending_town: Town) -> None:
    client = WritingClient(sending_town)
    account = Account(sending_town.runtime, client)  # type: ignore[arg-type] # as much of a client as is used
    account.send(follow_up_to(sending_town, "resident-1"))
    account.send(mass_of(sending_town, "resident-1", "resident-2"))
    assert client.writes == 2


ANSWERS: list[tuple[type[PlatformError], int | None, Way, Outcome]] = [
    (PlatformUnavailable, -1, Way.MASS, Retry("platform_-1", timedelta(seconds=30))),
    (PlatformUnavailable, None, Way.MASS, Retry("PlatformUnavailable", timedelta(seconds=30))),
    (PlatformThrottled, 45011, Way.FOLLOW_UP, Retry("platform_45011", timedelta(seconds=60))),
    (PlatformThrottled, 45009, Way.MASS, Retry("platform_45009", timedelta(hours=12))),
    (PlatformThrottled, 45009, Way.WEBHOOK, Retry("platform_45009", timedelta(seconds=60))),
    (RecipientUnreachable, 45015, Way.FOLLOW_UP, Held("platform_45015")),
    (RecipientUnreachable, 45047, Way.FOLLOW_UP, Held("platform_45047")),
    (RecipientUnreachable, 43004, Way.FOLLOW_UP, Unreachable("platform_43004")),
    (PlatformRefused, 45002, Way.MASS, Failed("platform_45002")),
    (PlatformMisconfigured, 48001, Way.FOLLOW_UP, Held("platform_48001")),
    (PlatformMisconfigured, 48001, Way.MASS, Retry("platform_48001", timedelta(minutes=10))),
    (PlatformMisconfigured, 40164, Way.MASS, Retry("platform_40164", timedelta(minutes=10))),
    (PlatformMisconfigured, 50002, Way.MASS, Retry("platform_50002", timedelta(minutes=10))),
    (OutcomeUnknown, None, Way.FOLLOW_UP, Unknown("OutcomeUnknown")),
]


@pytest.mark.parametrize(("kind", "code", "way", "outcome"), ANSWERS)
def test_an_answer_of_the_platform_means(
    kind: type[PlatformError], code: int | None, way: Way, outcome: Outcome
) -> None:
    assert outcome_of(Refusal(kind("cgi-bin/x", code=code), way, MORNING)) == outcome


def test_every_kind_of_platform_error_has_an_outcome() -> None:
    assert set(OUTCOMES) == set(PlatformError.__subclasses__())


def test_only_certain_refusals_are_ever_tried_again() -> None:
    outcomes = {kind: outcome_of(Refusal(kind("x"), Way.MASS, MORNING)) for kind in OUTCOMES}
    again = {kind for kind, outcome in outcomes.items() if outcome.retryable}
    assert again == {PlatformUnavailable, PlatformThrottled, PlatformMisconfigured}


def test_no_minute_carries_more_than_twenty_messages_to_one_key(clock: TestClock) -> None:
    pace = Pace(20, clock=clock, sleep=lambda seconds: clock.advance(seconds=seconds))
    sent = []
    for _ in range(45):
        pace.wait("key", lane=Lane.REPLY)
        sent.append(clock.now)
    assert all(later - first > timedelta(minutes=1) for first, later in zip(sent, sent[20:], strict=False))


def test_keys_do_not_wait_for_each_other(clock: TestClock) -> None:
    started = clock.now
    pace = Pace(20, clock=clock, sleep=lambda seconds: clock.advance(seconds=seconds))
    for number in range(100):
        pace.wait(f"key-{number}", lane=Lane.BULK)
    assert clock.now == started


def an_alert(town: Town) -> Any:
    alert = a_delivery(OFFICE, at=town.now, channel=Channel.WECOM_WEBHOOK)
    return a_batch([alert], at=town.now)


def to_group(town: Town, group: int, channel: Channel) -> Any:
    return a_batch(
        [a_delivery(group, at=town.now, channel=channel, broadcast_id="b1", run_id=1)], at=town.now
    )


def a_group(town: Town, **fields: Any) -> int:
    with town.runtime.database.transaction() as session:
        replace_or_add(session, [Area(VILLAGE, "示例村", AreaKind.PREFECTURE, None)])
        entry = GroupEntry(VILLAGE, "示例村群", **fields)
        groups.put_groups(session, [entry], vault=town.runtime.vault)
        return groups.groups_of(session, [VILLAGE])[0].id


def erase(town: Town, resident_id: int) -> None:
    with town.runtime.database.transaction() as session:
        residents.erase(session, resident_id, town.now)
