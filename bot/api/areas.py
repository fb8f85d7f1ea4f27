"""Areas and chat groups, to read; an area's risk level, to set. A group's webhook is nobody's business."""

from typing import Literal

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import AreaCode, Asked, Listing, PageOf, Reason, Told
from bot.office import areas as office
from bot.office.areas import AreaLine
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


class AreaPath(Asked):
    area_code: AreaCode


class AreaLineOut(Told):
    """`holds`: the risk level that holds there, its own or that of the nearest area above. `reached`: communities with a
    grid worker who gets relay tasks in chat.
    """

    area: AreaOut
    holds: Risk | None
    communities: int
    groups: int
    grid_workers: int
    bound: int
    reached: int


class AreaRecordOut(Told):
    total: AreaLineOut
    below: tuple[AreaLineOut, ...]


class RiskIn(Asked):
    """`risk` null: as in the area above. `seen`: the level of its own that it had when it was read."""

    risk: Risk | None
    seen: Risk | None
    reason: Reason


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


def list_areas(call: Call) -> PageOf[AreaOut]:
    query: AreaListing = call.query
    page = office.list_areas(call.act, query.wanted, parent_code=query.parent_code or "", kinds=query.kind)
    items = tuple(AreaOut.model_validate(area) for area in page.items)
    return PageOf[AreaOut](items=items, next=page.following or None)


def show(call: Call) -> AreaRecordOut:
    return _record(call)


def set_risk(call: Call) -> AreaRecordOut:
    body: RiskIn = call.body
    office.set_risk(call.act, call.path.area_code, body.risk, seen=body.seen, reason=body.reason)
    return _record(call)


def _record(call: Call) -> AreaRecordOut:
    record = office.show(call.act, call.path.area_code)
    return AreaRecordOut(total=_line(record.total), below=tuple(_line(line) for line in record.below))


def _line(line: AreaLine) -> AreaLineOut:
    contacts = line.contacts
    return AreaLineOut(
        area=AreaOut.model_validate(line.area),
        holds=line.risk,
        communities=line.communities,
        groups=contacts.groups,
        grid_workers=contacts.workers,
        bound=contacts.bound,
        reached=contacts.reached,
    )


def list_groups(call: Call) -> PageOf[GroupOut]:
    query: GroupListing = call.query
    page = office.list_groups(call.act, query.wanted, area_code=query.area_code or "", kinds=query.kind)
    items = tuple(GroupOut.model_validate(group) for group in page.items)
    return PageOf[GroupOut](items=items, next=page.following or None)


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
        path="/areas/{area_code}",
        view=show,
        needs=Permission.AREA_READ,
        resource="areas",
        access=Access.READ,
        summary="An area and those right below it: risk, and how their people are reached",
        parts=AreaPath,
        answer=AreaRecordOut,
    ),
    Route(
        method="PUT",
        path="/areas/{area_code}/risk",
        view=set_risk,
        needs=Permission.AREA_WRITE,
        resource="areas",
        access=Access.WRITE,
        summary="Set the risk level of its own; letters read differently by it",
        parts=AreaPath,
        body=RiskIn,
        answer=AreaRecordOut,
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
)
