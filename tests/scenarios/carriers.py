"""A broadcast that is being sent, and tasks of it for grid workers to carry."""

from sqlalchemy import select

from bot.runtime import Runtime
from bot.store import relay_tasks
from bot.store.tables import BroadcastRow, BroadcastRunRow, GridWorkerRow, RelayTaskRow
from broadcasts.broadcast import Status
from broadcasts.relay import RelayStatus
from tests.clocks import TestClock


def a_broadcast(clock: TestClock) -> BroadcastRow:
    """A broadcast that is being sent."""
    return BroadcastRow(
        id="b1",
        kind="notice",
        title="通知",
        status=Status.SENDING,
        revision=1,
        content={},
        authors=["staff"],
        created_by="staff",
        created_at=clock(),
        valid_until=clock(),
        updated_at=clock(),
    )


def a_run(runtime: Runtime, clock: TestClock) -> int:
    """The number of the run of such a broadcast."""
    with runtime.database.transaction() as session:
        run = BroadcastRunRow(broadcast_id="b1", revision=1, due_at=clock(), planned_at=clock())
        session.add(a_broadcast(clock))
        session.flush()
        session.add(run)
        session.flush()
        return run.id


def the_worker(runtime: Runtime) -> int:
    """The first grid worker of the sample."""
    with runtime.database.reading() as session:
        return session.scalar(select(GridWorkerRow.id).order_by(GridWorkerRow.id)) or 0


def a_colleague(runtime: Runtime) -> int:
    """Another grid worker of the same community."""
    with runtime.database.transaction() as session:
        worker = session.get_one(GridWorkerRow, the_worker(runtime))
        colleague = GridWorkerRow(
            community_code=worker.community_code, grid="别的网格", name="李四", phone_last4="0000"
        )
        session.add(colleague)
        session.flush()
        return colleague.id


def add_tasks(runtime: Runtime, clock: TestClock, run_id: int, *workers: int) -> None:
    """A task for each of these, numbered in this order."""
    with runtime.database.transaction() as session:
        for worker_id in workers:
            relay_tasks.add_task(
                session,
                run_id=run_id,
                worker_id=worker_id,
                group_id=None,
                title="通知",
                text="原文",
                now=clock(),
            )


def statuses(runtime: Runtime) -> list[RelayStatus]:
    """What became of each task, by number."""
    with runtime.database.reading() as session:
        return [
            RelayStatus(one) for one in session.scalars(select(RelayTaskRow.status).order_by(RelayTaskRow.id))
        ]
