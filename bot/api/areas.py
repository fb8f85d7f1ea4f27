"""Areas, chat groups and grid workers, to read. A group's webhook and a worker's telephone binding are nobody's business."""

from datetime import datetime
from typing import Literal

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import AreaCode, Listing, PageOf, Told
from bot.office import areas as office
from bot.office.tokens import Access
from bot.store.areas import AreaKind, Risk
from bot.store.groups import GroupKind


class AreaListing(Listing):
    parent_code: AreaCode | None = None
    kind: tuple[AreaKind, ...] = ()


class AreaOut(Told):
    """`risk` null: as in the area above."""

    code: str
    name: str
    kind: AreaKind
    parent_code: str | None
    risk: Risk | None


class GroupListing(Listing):
    area_code: AreaCode | None = None
    kind: tuple[GroupKind, ...] = ()
    sort: Literal["", "number", "-number", "community", "-community", "name", "-name"] = ""


class GroupOut(Told):
    id: int
    community_code: str
    name: str
    kind: GroupKind
    members: int | None
    has_webhook: bool


class WorkerListing(Listing):
    area_code: AreaCode | None = None
    bound: Literal["yes", "no"] | None = None
    sort: Literal["", "number", "-number", "community", "-community", "name", "-name", "bound", "-bound"] = ""


class WorkerOut(Told):
    """`bound_at`: since when they get their tasks in chat."""

    id: int
    community_code: str
    grid: str
    name: str
    phone_last4: str
    bound_at: datetime | None


def list_areas(call: Call) -> PageOf[AreaOut]:
    query: AreaListing = call.query
    page = office.list_areas(call.act, query.wanted, parent_code=query.parent_code or "", kinds=query.kind)
    items = tuple(AreaOut.model_validate(area) for area in page.items)
    return PageOf[AreaOut](items=items, next=page.following or None)


def list_groups(call: Call) -> PageOf[GroupOut]:
    query: GroupListing = call.query
    page = office.list_groups(call.act, query.wanted, area_code=query.area_code or "", kinds=query.kind)
    items = tuple(GroupOut.model_validate(group) for group in page.items)
    return PageOf[GroupOut](items=items, next=page.following or None)


def list_grid_workers(call: Call) -> PageOf[WorkerOut]:
    query: WorkerListing = call.query
    page = office.list_grid_workers(
        call.act,
        query.wanted,
        area_code=query.area_code or "",
        bound=None if query.bound is None else query.bound == "yes",
    )
    items = tuple(WorkerOut.model_validate(worker) for worker in page.items)
    return PageOf[WorkerOut](items=items, next=page.following or None)


ROUTES = (
    Route(
        method="GET",
        path="/areas",
        view=list_areas,
        needs=Permission.AREA_READ,
        resource="areas",
        access=Access.READ,
        summary="Areas by division code",
        query=AreaListing,
        answer=PageOf[AreaOut],
    ),
    Route(
        method="GET",
        path="/groups",
        view=list_groups,
        needs=Permission.AREA_READ,
        resource="groups",
        access=Access.READ,
        summary="Chat groups",
        query=GroupListing,
        answer=PageOf[GroupOut],
    ),
    Route(
        method="GET",
        path="/grid-workers",
        view=list_grid_workers,
        needs=Permission.AREA_READ,
        resource="grid-workers",
        access=Access.READ,
        summary="Grid workers; looking leaves a trace",
        query=WorkerListing,
        answer=PageOf[WorkerOut],
    ),
)
