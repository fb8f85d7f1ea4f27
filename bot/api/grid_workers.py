"""Grid workers, to read; one who has left, to take out of service. Which account a worker is tied to is nobody's business."""

from datetime import datetime
from typing import Literal

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import AreaCode, Asked, Listing, Number, PageOf, Reason, Told
from bot.office import areas
from bot.office import grid_workers as office
from bot.office.tokens import Access

RESOURCE = "grid-workers"


class WorkerListing(Listing):
    """`left`: those who have left instead of those in service."""

    area_code: AreaCode | None = None
    bound: Literal["yes", "no"] | None = None
    left: Literal["yes", "no"] = "no"
    sort: Literal["", "number", "-number", "community", "-community", "name", "-name", "bound", "-bound"] = ""


class WorkerOut(Told):
    """`bound_at`: since when they get their tasks in chat. `dismissed_at`: since when they are no grid worker any more."""

    id: int
    community_code: str
    grid: str
    name: str
    phone_last4: str
    bound_at: datetime | None
    dismissed_at: datetime | None


class WorkerPath(Asked):
    number: Number


class DismissIn(Asked):
    reason: Reason


class DismissalOut(Told):
    """`tasks`: relay tasks that nobody carries now; each is `cannot`, with the reason."""

    tasks: int


def list_grid_workers(call: Call) -> PageOf[WorkerOut]:
    query: WorkerListing = call.query
    page = areas.list_grid_workers(
        call.act,
        query.wanted,
        area_code=query.area_code or "",
        bound=None if query.bound is None else query.bound == "yes",
        left=query.left == "yes",
    )
    items = tuple(WorkerOut.model_validate(worker) for worker in page.items)
    return PageOf[WorkerOut](items=items, next=page.following or None)


def dismiss(call: Call) -> DismissalOut:
    body: DismissIn = call.body
    return DismissalOut(tasks=office.dismiss(call.act, call.path.number, reason=body.reason).tasks)


ROUTES = (
    Route(
        method="GET",
        path="/grid-workers",
        view=list_grid_workers,
        needs=Permission.AREA_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="Grid workers; looking leaves a trace",
        query=WorkerListing,
        answer=PageOf[WorkerOut],
    ),
    Route(
        method="POST",
        path="/grid-workers/{number}/dismiss",
        view=dismiss,
        needs=Permission.GRID_WORKER_DISMISS,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Take one who has left out of service; what they had not carried is left for a person",
        parts=WorkerPath,
        body=DismissIn,
        answer=DismissalOut,
    ),
)
