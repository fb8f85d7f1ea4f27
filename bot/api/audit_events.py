"""The trail of who did what to what, for whoever audits. Taking it away leaves a trace as well."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.access import Permission
from bot.api.routing import Call, Route
from bot.api.shapes import PRINTABLE, Listing, PageOf, Told
from bot.office import audit as office
from bot.office.tokens import Access
from bot.store.audit import AuditQuery

Filter = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=120)]


class EventListing(Listing):
    """`action` may be the beginning of one."""

    actor: Filter = ""
    action: Filter = ""
    subject: Filter = ""
    sort: Literal["", "at", "-at"] = ""


class EventOut(Told):
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def list_events(call: Call) -> PageOf[EventOut]:
    query: EventListing = call.query
    asked = AuditQuery(actor=query.actor, action=query.action, subject=query.subject)
    page = office.take_away(call.act, asked)(query.wanted)
    items = tuple(EventOut.model_validate(event) for event in page.items)
    return PageOf[EventOut](items=items, next=page.following or None)


ROUTES = (
    Route(
        method="GET",
        path="/audit-events",
        view=list_events,
        needs=Permission.AUDIT_READ,
        resource="audit-events",
        access=Access.READ,
        summary="The audit trail, the newest first; taking it leaves a trace",
        query=EventListing,
        answer=PageOf[EventOut],
    ),
)
