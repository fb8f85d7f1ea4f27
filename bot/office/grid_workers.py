"""A grid worker who has left is taken out of service: by an administrator, or by whoever leads the area they were in.

Nothing is sent again and nobody takes over by itself: what they had not carried stands as what cannot be forwarded, with the
reason, until a person sees to it.
"""

from dataclasses import dataclass

from bot import planning, wording
from bot.access import Permission
from bot.errors import Conflict, NotFound, Unacceptable
from bot.office.act import Act
from bot.store import grid_workers, outbox, relay_tasks, reminders
from bot.store.grid_workers import GridWorker
from bot.store.turns import take_turn

DISMISSED = "dismissed"
MOST_SAID = 500


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Who it was until now, and how many relay tasks have nobody to carry them."""

    worker: GridWorker
    tasks: int


def find(
    act: Act, *, community_code: str, grid: str, worker_name: str, phone_last4: str | None = None
) -> GridWorker:
    """The one whom a file names so. Raises NotFound, Forbidden, and Conflict when there are several."""
    act.require(Permission.GRID_WORKER_DISMISS)
    act.require_area(community_code)
    found = [
        one
        for one in grid_workers.in_service(act.session, community_code, grid, worker_name)
        if phone_last4 in (None, one.phone_last4)
    ]
    if not found:
        raise NotFound(f"there is no such grid worker in service in {community_code}")
    if len(found) > 1:
        raise Conflict("several are called so in this grid: say the last four digits of the telephone, too")
    return found[0]


def dismiss(act: Act, worker_id: int, *, reason: str) -> Dismissal:
    """They have left: untied from their chat, their code worth nothing, and called back what has not gone out to them. What
    they have carried stays. Raises Unacceptable, NotFound, Forbidden, and Conflict for who has left already.
    """
    act.require(Permission.GRID_WORKER_DISMISS)
    act.require_area(grid_workers.find(act.session, worker_id).community_code)
    if not reason.strip():
        raise Unacceptable({"reason": "say why; it stays in the audit trail"})
    # Planning has made all its tasks for them, or makes none any more.
    take_turn(act.session, planning.TURN)
    worker = grid_workers.dismiss(act.session, worker_id, now=act.now)
    act.note(
        "grid_worker.dismissed",
        f"grid worker {worker_id}",
        reason=reason.strip()[:MOST_SAID],
        detail={"area": worker.community_code},
    )
    # A halt calls tasks back in the trail's turn, so they are taken in it, and the outbox last.
    tasks = relay_tasks.leave_undone(act.session, worker_id, reason=wording.CARRIER_LEFT)
    if worker.resident_id is not None:
        outbox.cancel_tasks_of(
            act.session,
            worker.resident_id,
            reminders=reminders.keys_of(worker_id),
            reason=DISMISSED,
            now=act.now,
        )
    return Dismissal(worker, tasks)
