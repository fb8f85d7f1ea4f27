"""A worker sees their own tasks and no other's; a halt takes back what was not carried yet."""

from bot.store import relay_tasks
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind, groups_of, put_groups
from bot.store.relay_tasks import Errand
from bot.store.tables import BroadcastRunRow
from bot.store.vault import Vault
from broadcasts import relay
from broadcasts.relay import RelayStatus
from tests.bot.places import HEPING
from tests.bot.store.people import NOW, a_sending_broadcast, a_worker, store_areas


def tasks_for(database: Database, vault: Vault, *names: str, group: str | None = None) -> dict[str, int]:
    """One task for each worker of a broadcast: name → worker's number."""
    store_areas(database)
    workers = {name: a_worker(database, vault, HEPING.code, name=name) for name in names}
    a_sending_broadcast(database)
    with database.transaction() as session:
        if group:
            put_groups(session, [GroupEntry(HEPING.code, group, GroupKind.WECHAT)], vault=vault)
        found = groups_of(session, [HEPING.code])
        run = BroadcastRunRow(broadcast_id="b1", revision=1, due_at=NOW, planned_at=NOW)
        session.add(run)
        session.flush()
        for worker in workers.values():
            relay_tasks.add_task(
                session,
                run_id=run.id,
                worker_id=worker,
                group_id=found[0].id if found else None,
                title="倡议书",
                text="请少聚集。",
                now=NOW,
            )
    return workers


def undone(database: Database, worker: int) -> list[Errand]:
    with database.reading() as session:
        return relay_tasks.undone_errands(session, worker)


def test_a_task_says_what_to_carry_and_where(database: Database, vault: Vault) -> None:
    workers = tasks_for(database, vault, "甲", group="和平村群")
    (errand,) = undone(database, workers["甲"])
    assert (errand.title, errand.text, errand.group_name) == ("倡议书", "请少聚集。", "和平村群")
    assert (errand.task.status, errand.task.created_at) == (RelayStatus.OPEN, NOW)


def test_without_a_group_it_is_the_workers_own(database: Database, vault: Vault) -> None:
    workers = tasks_for(database, vault, "甲")
    assert [errand.group_name for errand in undone(database, workers["甲"])] == [""]


def test_somebody_elses_task_is_not_found(database: Database, vault: Vault) -> None:
    workers = tasks_for(database, vault, "甲", "乙")
    (own,) = undone(database, workers["甲"])
    with database.reading() as session:
        assert relay_tasks.find_errand(session, workers["甲"], own.task.id) == own
        assert relay_tasks.find_errand(session, workers["乙"], own.task.id) is None


def test_what_was_confirmed_is_owed_no_more_and_counts_as_carried(database: Database, vault: Vault) -> None:
    workers = tasks_for(database, vault, "甲", "乙", "丙")
    with database.transaction() as session:
        first, second, _ = relay_tasks.tasks_of(session, "b1")
        relay_tasks.save(session, relay.confirm(first, at=NOW))
        relay_tasks.save(session, relay.cannot(second, reason="群里被禁言"))
    assert [len(undone(database, worker)) for worker in workers.values()] == [0, 0, 1]
    with database.reading() as session:
        assert relay_tasks.coverage_of(session, "b1") == relay.Coverage(forwarded=1, cannot=1, undone=1)
        again = list(relay_tasks.tasks_of(session, "b1"))
    assert (again[0].confirmed_at, again[1].reason) == (NOW, "群里被禁言")


def test_a_halt_takes_back_what_was_not_carried_and_leaves_what_was(database: Database, vault: Vault) -> None:
    workers = tasks_for(database, vault, "甲", "乙")
    with database.transaction() as session:
        first, _ = relay_tasks.tasks_of(session, "b1")
        relay_tasks.save(session, relay.confirm(first, at=NOW))
        relay_tasks.cancel_undone(session, "b1", reason="halted")
    with database.reading() as session:
        assert [(task.status, task.reason) for task in relay_tasks.tasks_of(session, "b1")] == [
            (RelayStatus.FORWARDED, ""),
            (RelayStatus.CANCELLED, "halted"),
        ]
    assert undone(database, workers["乙"]) == []
