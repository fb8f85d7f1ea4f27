"""Relay tasks: which grid worker carries what into which group, and how far they are."""

from datetime import datetime
from typing import Literal

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import Listing, Name, PageOf, Told
from bot.office import broadcast_results as office
from bot.office.tokens import Access
from bot.store.relay_tasks import RelayLine
from broadcasts.relay import RelayStatus


class TaskListing(Listing):
    broadcast_id: Name | None = None
    status: tuple[RelayStatus, ...] = ()
    sort: Literal["", "number", "-number", "created", "-created", "confirmed", "-confirmed", "status"] = ""


class TaskOut(Told):
    """`group_name` empty: the group of the worker's own village."""

    number: int
    broadcast_id: str
    title: str
    community_code: str
    grid: str
    worker_name: str
    group_name: str
    status: RelayStatus
    reason: str
    reminders: int
    created_at: datetime
    claimed_at: datetime | None
    confirmed_at: datetime | None


def list_tasks(call: Call) -> PageOf[TaskOut]:
    query: TaskListing = call.query
    page = office.list_relay_tasks(
        call.act, query.wanted, broadcast_id=query.broadcast_id or "", statuses=query.status
    )
    return PageOf[TaskOut](items=tuple(_told(line) for line in page.items), next=page.following or None)


def _told(line: RelayLine) -> TaskOut:
    task = line.task
    return TaskOut(
        number=task.id,
        broadcast_id=line.broadcast_id,
        title=line.title,
        community_code=line.community_code,
        grid=line.grid,
        worker_name=line.worker_name,
        group_name=line.group_name,
        status=task.status,
        reason=task.reason,
        reminders=task.reminders,
        created_at=task.created_at,
        claimed_at=task.claimed_at,
        confirmed_at=task.confirmed_at,
    )


ROUTES = (
    Route(
        method="GET",
        path="/relay-tasks",
        view=list_tasks,
        needs=Permission.BROADCAST_READ,
        resource="relay-tasks",
        access=Access.READ,
        summary="Relay tasks of the owner's area; looking leaves a trace",
        query=TaskListing,
        answer=PageOf[TaskOut],
    ),
)
