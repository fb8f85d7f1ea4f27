"""Whom a broadcast can reach, as numbers of ours."""

from datetime import timedelta

import pytest

from bot.store import outbox, recipients
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind, groups_of, put_groups
from bot.store.outbox import DatabaseOutbox
from bot.store.recipients import Carrier
from bot.store.vault import Vault
from broadcasts.outcome import Accepted, Failed, Held, Outcome, Unknown
from tests.bot.places import BEIJIE, HEPING, XINCUN
from tests.bot.store.people import (
    NOW,
    a_follow_up,
    a_resident,
    a_sending_broadcast,
    a_worker,
    queued,
    store_areas,
)

MONTH_START = NOW - timedelta(days=13)


def reachable(
    database: Database, *communities: str, allowance: int = 1, since: timedelta = timedelta(0)
) -> list[int]:
    with database.reading() as session:
        return recipients.followers(
            session, communities, allowance=allowance, month_start=MONTH_START + since
        )


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Accepted("m1"), True),
        (Unknown("timeout"), True),
        (Failed("refused"), False),
        (Held(), False),
        (None, True),
    ],
    ids=["accepted", "unknown", "failed", "held", "on its way"],
)
def test_what_may_have_arrived_counts_towards_the_months_allowance(
    database: Database, vault: Vault, outcome: Outcome | None, *, counts: bool
) -> None:
    store_areas(database)
    person = a_resident(database, vault, community=HEPING.code)
    broadcast = a_sending_broadcast(database)
    queued(database, vault, [a_follow_up(person, broadcast_id=broadcast.id)])
    if outcome is not None:
        batch = DatabaseOutbox(database, vault).claim(now=NOW)
        assert batch is not None
        DatabaseOutbox(database, vault).record(batch, outcome, now=NOW)

    assert reachable(database, HEPING.code) == ([] if counts else [person])
    assert reachable(database, HEPING.code, allowance=2) == [person]


def test_last_months_messages_count_no_more(database: Database, vault: Vault) -> None:
    store_areas(database)
    person = a_resident(database, vault, community=HEPING.code)
    broadcast = a_sending_broadcast(database)
    queued(database, vault, [a_follow_up(person, broadcast_id=broadcast.id)])
    assert reachable(database, HEPING.code) == []
    assert reachable(database, HEPING.code, since=timedelta(days=14)) == [person]


def test_what_was_called_back_takes_nothing(database: Database, vault: Vault) -> None:
    store_areas(database)
    person = a_resident(database, vault, community=HEPING.code)
    broadcast = a_sending_broadcast(database)
    queued(database, vault, [a_follow_up(person, broadcast_id=broadcast.id)])
    with database.transaction() as session:
        outbox.cancel_broadcast(session, broadcast.id, reason="halted", now=NOW)
    assert reachable(database, HEPING.code) == [person]


def test_only_followers_of_these_communities_are_reached(database: Database, vault: Vault) -> None:
    store_areas(database)
    here = a_resident(database, vault, 1, community=HEPING.code)
    a_resident(database, vault, 2, community=HEPING.code, follows=False)
    a_resident(database, vault, 3, community=BEIJIE.code)
    a_resident(database, vault, 4)
    assert reachable(database, HEPING.code, XINCUN.code) == [here]
    assert reachable(database) == []


def test_a_worker_carries_into_each_ordinary_group_of_the_village(database: Database, vault: Vault) -> None:
    store_areas(database)
    with database.transaction() as session:
        entries = [
            GroupEntry(HEPING.code, "一群", GroupKind.WECHAT),
            GroupEntry(HEPING.code, "二群", GroupKind.WECHAT),
            GroupEntry(HEPING.code, "工作群", GroupKind.WECOM_INTERNAL, webhook_key="k"),
        ]
        put_groups(session, entries, vault=vault)
        ids = {group.name: group.id for group in groups_of(session, [HEPING.code])}
    person = a_resident(database, vault)
    bound, unbound = (
        a_worker(database, vault, HEPING.code, bound_to=person),
        a_worker(database, vault, XINCUN.code),
    )

    with database.reading() as session:
        carriers = recipients.carriers(session, [HEPING.code, XINCUN.code])

    assert carriers == [
        Carrier(bound, person, ids["一群"], "一群"),
        Carrier(bound, person, ids["二群"], "二群"),
        Carrier(unbound, None, None, ""),
    ]
