"""A broadcast read back is the one that was approved; a step taken from what is no longer so is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.errors import Conflict, NotFound
from bot.store import broadcasts, outbox
from bot.store.engine import Database
from bot.store.vault import Vault
from broadcasts import lifecycle
from broadcasts.audience import Audience
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Channel, Recurring
from broadcasts.fingerprint import fingerprint
from tests.bot.store.people import a_follow_up, a_resident, a_sending_broadcast, queued
from tests.broadcasts.builders import (
    AUTHOR,
    DUE,
    END,
    NOW,
    a_content,
    a_draft,
    a_submitted,
    an_approved,
)

LATER = NOW + timedelta(minutes=1)


def saved(database: Database, broadcast: Broadcast, *, was: Broadcast | None = None) -> Broadcast:
    with database.transaction() as session:
        broadcasts.save(session, broadcast, now=NOW, was=was)
    return broadcast


def read_back(database: Database, broadcast_id: str = "b1") -> Broadcast:
    with database.reading() as session:
        return broadcasts.find(session, broadcast_id)


@pytest.mark.parametrize(
    "broadcast",
    [
        a_draft(),
        a_submitted(),
        an_approved(),
        an_approved(a_content(schedule=Recurring("0 9 * * *", END), channels=tuple(Channel), urgent=True)),
        an_approved(a_content(audience=Audience(frozenset({"2", "1"}), frozenset({"老人", "学生"})))),
        lifecycle.halt(an_approved(), reason="规定变了"),
        lifecycle.edit(an_approved(), a_content(title="改过"), by="second author"),
    ],
    ids=["draft", "submitted", "approved", "every channel", "audience", "halted", "edited"],
)
def test_a_broadcast_is_read_back_as_it_was_saved(database: Database, broadcast: Broadcast) -> None:
    saved(database, broadcast)

    found = read_back(database)

    assert replace(found, revision=broadcast.revision) == broadcast
    assert found.revision.authors == broadcast.revision.authors
    assert fingerprint(found.revision) == fingerprint(broadcast.revision)


def test_what_was_approved_can_still_be_started_after_the_round_trip(database: Database) -> None:
    saved(database, an_approved())

    assert lifecycle.start(read_back(database), at=DUE, occurrence=DUE, recipients=2).status is Status.SENDING


def test_a_step_from_what_is_no_longer_so_is_refused(database: Database) -> None:
    submitted = saved(database, a_submitted())
    edited = lifecycle.edit(submitted, a_content(title="改过"), by=AUTHOR)
    saved(database, edited, was=submitted)
    approved = an_approved()

    with pytest.raises(Conflict, match="changed meanwhile"):
        saved(database, approved, was=submitted)

    assert read_back(database).status is Status.DRAFT


def test_a_broadcast_is_not_written_over_as_if_it_were_new(database: Database) -> None:
    saved(database, an_approved())

    with pytest.raises(Conflict):
        saved(database, a_draft())


def test_of_two_approvers_at_once_one_wins(database: Database) -> None:
    submitted = saved(database, a_submitted())
    together = Barrier(2)

    def approve(name: str) -> bool:
        together.wait()
        with database.transaction() as session:
            before = broadcasts.find(session, "b1")
            if before.status is not Status.SUBMITTED:
                return False
            print_of = fingerprint(before.revision)
            after = lifecycle.approve(before, by=name, at=LATER, fingerprint=print_of)
            try:
                broadcasts.save(session, after, now=LATER, was=before)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(approve, ["one", "other"]))

    assert sorted(won) == [False, True]
    approval = read_back(database).approval
    assert approval is not None
    assert approval.by == ["one", "other"][won.index(True)]
    assert approval.fingerprint == fingerprint(submitted.revision)


@pytest.mark.postgres
def test_an_approval_that_began_before_another_ended_is_refused(postgres: Database) -> None:
    """Both have read the broadcast as submitted; on PostgreSQL nothing keeps the second from reading so."""
    submitted = saved(postgres, a_submitted())

    with postgres.transaction() as slow:
        before = broadcasts.find(slow, "b1")
        saved(postgres, lifecycle.reject(submitted, reason="日期不对"), was=submitted)
        approved = lifecycle.approve(before, by="late", at=LATER, fingerprint=fingerprint(before.revision))
        with pytest.raises(Conflict):
            broadcasts.save(slow, approved, now=LATER, was=before)

    assert read_back(postgres).status is Status.REJECTED


def test_an_unknown_broadcast_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound, match="b9"):
        read_back(database, "b9")


def test_an_occurrence_is_noted_once(database: Database) -> None:
    broadcast = saved(database, an_approved())

    with database.transaction() as session:
        first = broadcasts.add_run(session, broadcast, DUE, now=DUE)
        again = broadcasts.add_run(session, broadcast, DUE, now=DUE)
        next_day = broadcasts.add_run(session, broadcast, DUE + timedelta(days=1), now=DUE)

    assert first is not None
    assert again is None
    assert next_day is not None
    with database.reading() as session:
        assert [run.due_at for run in broadcasts.runs_of(session, "b1")] == [DUE, DUE + timedelta(days=1)]
        assert broadcasts.last_due(session, "b1") == DUE + timedelta(days=1)


def test_a_skipped_occurrence_keeps_its_reason(database: Database) -> None:
    broadcast = saved(database, an_approved())

    with database.transaction() as session:
        broadcasts.add_run(session, broadcast, DUE, now=DUE, skipped_because="validity_ended")

    with database.reading() as session:
        assert [run.skipped_because for run in broadcasts.runs_of(session, "b1")] == ["validity_ended"]


def test_a_broadcast_is_unsettled_while_something_is_to_be_sent_or_on_its_way(
    database: Database, vault: Vault
) -> None:
    broadcast = a_sending_broadcast(database)
    person = a_resident(database, vault)
    with database.reading() as session:
        assert not broadcasts.is_unsettled(session, "b1")
    queued(database, vault, [a_follow_up(person, broadcast_id=broadcast.id)])
    with database.reading() as session:
        assert broadcasts.is_unsettled(session, "b1")
        assert broadcasts.tally(session, "b1") == {("official_account", "pending"): 1}

    with database.transaction() as session:
        outbox.cancel_broadcast(session, "b1", reason="halted", now=NOW)

    with database.reading() as session:
        assert not broadcasts.is_unsettled(session, "b1")
        assert broadcasts.tally(session, "b1") == {("official_account", "cancelled"): 1}


def test_broadcasts_are_listed_by_status_and_by_age(database: Database) -> None:
    for number in (1, 2, 3):
        created_at = datetime(2022, 7, number, tzinfo=UTC)
        saved(database, replace(a_draft(), id=f"b{number}", created_at=created_at))
    saved(database, replace(an_approved(), id="b4"))

    with database.reading() as session:
        assert [one.id for one in broadcasts.with_status(session, Status.DRAFT)] == ["b1", "b2", "b3"]
        assert [one.id for one in broadcasts.recent(session, limit=2)] == ["b4", "b3"]
        assert set(broadcasts.titles(session, ["b1", "b4", "b9"])) == {"b1", "b4"}
