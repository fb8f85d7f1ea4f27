"""What became of a broadcast: its deliveries, and how far grid workers have carried it."""

from datetime import datetime
from typing import Literal

from bot.access import Permission
from bot.api.broadcast_shapes import BroadcastPath, CoverageOut, told_coverage
from bot.api.routing import Call, Route
from bot.api.shapes import Listing, PageOf, Told
from bot.office import broadcast_results as results
from bot.office.tokens import Access
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

RESOURCE = "broadcasts"


class DeliveryListing(Listing):
    channel: Channel | None = None
    status: tuple[DeliveryStatus, ...] = ()
    sort: Literal["", "number", "-number", "updated", "-updated"] = ""


class DeliveryOut(Told):
    """A share of the broadcast; a chat group's by the group, a telephone's by nothing."""

    number: int
    channel: Channel
    status: DeliveryStatus
    attempts: int
    reason: str
    group_id: int | None
    created_at: datetime
    updated_at: datetime


class AreaCoverageOut(Told):
    area_code: str
    coverage: CoverageOut


class CoveragesOut(Told):
    """One for each area right below the owner's."""

    items: tuple[AreaCoverageOut, ...]


def list_deliveries(call: Call) -> PageOf[DeliveryOut]:
    query: DeliveryListing = call.query
    page = results.list_deliveries(
        call.act, call.path.broadcast_id, query.wanted, channel=query.channel, statuses=query.status
    )
    items = tuple(DeliveryOut.model_validate(line) for line in page.items)
    return PageOf[DeliveryOut](items=items, next=page.following or None)


def coverage(call: Call) -> CoveragesOut:
    lines = results.coverage_by_area(call.act, call.path.broadcast_id)
    return CoveragesOut(
        items=tuple(
            AreaCoverageOut(area_code=line.area_code, coverage=told_coverage(line.coverage)) for line in lines
        )
    )


ROUTES = (
    Route(
        method="GET",
        path="/broadcasts/{broadcast_id}/deliveries",
        view=list_deliveries,
        needs=Permission.BROADCAST_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="Its deliveries in the owner's area",
        parts=BroadcastPath,
        query=DeliveryListing,
        answer=PageOf[DeliveryOut],
    ),
    Route(
        method="GET",
        path="/broadcasts/{broadcast_id}/coverage",
        view=coverage,
        needs=Permission.BROADCAST_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="How far grid workers have carried it",
        parts=BroadcastPath,
        answer=CoveragesOut,
    ),
)
