"""Claims: the list, a claim with all that may be told of it, a rumour entered as it was heard, and the steps of the desk."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.access import Permission, prefix_of
from bot.api.claim_shapes import ClaimOut, ClaimRecordOut, told_listed, told_record
from bot.api.claim_transitions import RESOURCE, TransitionIn, take
from bot.api.routing import Call, Route
from bot.api.shapes import PRINTABLE, AreaCode, Asked, Key, Listing, PageOf, Told
from bot.office import claims as office
from bot.office import reports
from bot.office.tokens import Access
from bot.store.claim_lists import Sought
from bot.store.inquiries import IntakeChannel
from knowledge.claim import Topic, Verdict
from knowledge.review import WorkState
from knowledge.risk import Risk
from knowledge.rumour_log import HeardWhere, HowMany

Order = Literal[
    "",
    "reported",
    "-reported",
    "due",
    "-due",
    "reports",
    "-reports",
    "opened",
    "-opened",
    "published",
    "-published",
    "updated",
    "-updated",
]
Wording = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=100)]


class ClaimPath(Asked):
    claim_id: Key


class ClaimListing(Listing):
    """`text`: what the claim itself says; `overdue`: those whose clock has run out."""

    state: tuple[WorkState, ...] = ()
    risk: Risk | None = None
    verdict: Verdict | None = None
    topic: Topic | None = None
    assigned_to: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=60)] = ""
    overdue: Literal["yes"] | None = None
    area_code: AreaCode | None = None
    text: Wording = ""
    sort: Order = ""


class HeardIn(Asked):
    """A rumour as somebody heard it. Who said it is asked for nowhere."""

    text: Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=2_000)]
    area_code: AreaCode | None = None
    where: HeardWhere = HeardWhere.OTHER
    reach: HowMany = HowMany.A_FEW


class HeardOut(Told):
    """The report's number; it joins a claim, or becomes one, within seconds."""

    report: int


def list_claims(call: Call) -> PageOf[ClaimOut]:
    query: ClaimListing = call.query
    sought = Sought(
        states=frozenset(query.state),
        risk=query.risk,
        verdict=query.verdict,
        topic=query.topic,
        assigned_to=query.assigned_to,
        overdue_at=call.act.now if query.overdue else None,
        within=prefix_of(query.area_code) if query.area_code else "",
        text=query.text,
    )
    page = office.list_claims(call.act, sought, query.wanted)
    return PageOf[ClaimOut](items=tuple(told_listed(one) for one in page.items), next=page.following or None)


def show(call: Call) -> ClaimRecordOut:
    return told_record(office.show(call.act, call.path.claim_id))


def enter(call: Call) -> HeardOut:
    body: HeardIn = call.body
    number = reports.enter(
        call.act,
        text=body.text,
        area_code=body.area_code or "",
        where=body.where,
        reach=body.reach,
        channel=IntakeChannel.STAFF,
    )
    return HeardOut(report=number)


def take_step(call: Call) -> ClaimRecordOut:
    """Answers with the whole claim: after a draft its fingerprint is asked for next."""
    take(call)
    return told_record(office.show(call.act, call.path.claim_id))


ROUTES = (
    Route(
        method="GET",
        path="/claims",
        view=list_claims,
        needs=Permission.CLAIM_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="Claims that touch the owner's area",
        query=ClaimListing,
        answer=PageOf[ClaimOut],
    ),
    Route(
        method="POST",
        path="/claims",
        view=enter,
        needs=Permission.REPORT_ENTER,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="A rumour as it was heard",
        body=HeardIn,
        answer=HeardOut,
        status=201,
    ),
    Route(
        method="GET",
        path="/claims/{claim_id}",
        view=show,
        needs=Permission.CLAIM_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="A claim; looking leaves a trace",
        parts=ClaimPath,
        answer=ClaimRecordOut,
    ),
    Route(
        method="POST",
        path="/claims/{claim_id}/transitions",
        view=take_step,
        needs=Permission.CLAIM_READ,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Take a step with it; each step needs its own right",
        parts=ClaimPath,
        body=TransitionIn,
        answer=ClaimRecordOut,
    ),
)
