"""Broadcasts: drafted, looked at, handed on, approved by a second person, stopped."""

from typing import Literal

from bot.access import Permission
from bot.api.broadcast_shapes import (
    BroadcastEdit,
    BroadcastIn,
    BroadcastOut,
    BroadcastPath,
    DraftedOut,
    PreviewOut,
    PreviewsOut,
    RecordOut,
    told,
    told_drafted,
    told_preview,
    told_record,
)
from bot.api.routing import Call, Route
from bot.api.shapes import Asked, Fingerprint, Listing, PageOf, Reason
from bot.office import broadcasts as office
from bot.office.tokens import Access
from broadcasts.broadcast import Status
from broadcasts.content import BroadcastKind

RESOURCE = "broadcasts"
Order = Literal[
    "",
    "created",
    "-created",
    "updated",
    "-updated",
    "valid_until",
    "-valid_until",
    "title",
    "-title",
    "status",
]


class BroadcastListing(Listing):
    status: tuple[Status, ...] = ()
    kind: tuple[BroadcastKind, ...] = ()
    sort: Order = ""


class SeenIn(Asked):
    """The fingerprint that was read with the broadcast: exactly these bytes."""

    fingerprint: Fingerprint


class ReasonIn(Asked):
    reason: Reason


def list_broadcasts(call: Call) -> PageOf[BroadcastOut]:
    query: BroadcastListing = call.query
    page = office.list_broadcasts(call.act, query.wanted, statuses=query.status, kinds=query.kind)
    return PageOf[BroadcastOut](items=tuple(told(one) for one in page.items), next=page.following or None)


def draft(call: Call) -> DraftedOut:
    body: BroadcastIn = call.body
    return told_drafted(office.draft(call.act, body.form()))


def preview_form(call: Call) -> PreviewsOut:
    body: BroadcastIn = call.body
    seen = office.preview_form(call.act, body.form())
    return PreviewsOut(items=tuple(told_preview(one) for one in seen))


def show(call: Call) -> RecordOut:
    return told_record(office.show(call.act, call.path.broadcast_id))


def edit(call: Call) -> BroadcastOut:
    body: BroadcastEdit = call.body
    form = body.own_form()
    return told(office.edit(call.act, call.path.broadcast_id, form, edition=body.revision))


def preview(call: Call) -> PreviewOut:
    return told_preview(office.preview(call.act, call.path.broadcast_id))


def submit(call: Call) -> BroadcastOut:
    return told(office.submit(call.act, call.path.broadcast_id, seen=call.body.fingerprint))


def approve(call: Call) -> BroadcastOut:
    return told(office.approve(call.act, call.path.broadcast_id, seen=call.body.fingerprint))


def reject(call: Call) -> BroadcastOut:
    return told(office.reject(call.act, call.path.broadcast_id, reason=call.body.reason))


def halt(call: Call) -> BroadcastOut:
    return told(office.halt(call.act, call.path.broadcast_id, reason=call.body.reason))


ROUTES = (
    Route(
        method="GET",
        path="/broadcasts",
        view=list_broadcasts,
        needs=Permission.BROADCAST_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="Broadcasts that reach into the owner's area",
        query=BroadcastListing,
        answer=PageOf[BroadcastOut],
    ),
    Route(
        method="POST",
        path="/broadcasts",
        view=draft,
        needs=Permission.BROADCAST_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Draft a broadcast",
        body=BroadcastIn,
        answer=DraftedOut,
        status=201,
    ),
    Route(
        method="POST",
        path="/broadcasts/preview",
        view=preview_form,
        needs=Permission.BROADCAST_WRITE,
        resource=RESOURCE,
        access=Access.READ,
        summary="What sending it would take; nothing is stored",
        body=BroadcastIn,
        answer=PreviewsOut,
    ),
    Route(
        method="GET",
        path="/broadcasts/{broadcast_id}",
        view=show,
        needs=Permission.BROADCAST_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="A broadcast and what became of it",
        parts=BroadcastPath,
        answer=RecordOut,
    ),
    Route(
        method="PUT",
        path="/broadcasts/{broadcast_id}",
        view=edit,
        needs=Permission.BROADCAST_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Change it; whatever was submitted or approved is void",
        parts=BroadcastPath,
        body=BroadcastEdit,
        answer=BroadcastOut,
    ),
    *(
        Route(
            method=method,
            path="/broadcasts/{broadcast_id}/preview",
            view=preview,
            needs=Permission.BROADCAST_READ,
            resource=RESOURCE,
            access=Access.READ,
            summary="What sending it would take",
            parts=BroadcastPath,
            answer=PreviewOut,
        )
        for method in ("GET", "POST")
    ),
    Route(
        method="POST",
        path="/broadcasts/{broadcast_id}/submit",
        view=submit,
        needs=Permission.BROADCAST_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Hand exactly these bytes to a second person",
        parts=BroadcastPath,
        body=SeenIn,
        answer=BroadcastOut,
    ),
    Route(
        method="POST",
        path="/broadcasts/{broadcast_id}/approve",
        view=approve,
        needs=Permission.BROADCAST_APPROVE,
        resource=RESOURCE,
        access=Access.APPROVE,
        summary="Say yes to exactly these bytes",
        parts=BroadcastPath,
        body=SeenIn,
        answer=BroadcastOut,
    ),
    Route(
        method="POST",
        path="/broadcasts/{broadcast_id}/reject",
        view=reject,
        needs=Permission.BROADCAST_APPROVE,
        resource=RESOURCE,
        access=Access.APPROVE,
        summary="Send it back to its authors",
        parts=BroadcastPath,
        body=ReasonIn,
        answer=BroadcastOut,
    ),
    Route(
        method="POST",
        path="/broadcasts/{broadcast_id}/halt",
        view=halt,
        needs=Permission.BROADCAST_HALT,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Stop it at once",
        parts=BroadcastPath,
        body=ReasonIn,
        answer=BroadcastOut,
    ),
)
