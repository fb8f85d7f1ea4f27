"""The life of a broadcast: one table of steps, and the rule of two people.

The machine never sends what one person alone wanted. Whoever approves has written none of it and has not
submitted it, and approves a fingerprint, not a number: an edit makes a new revision and voids what was approved,
and what starts is hashed once more, so that a row changed behind our back is refused, not sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from broadcasts.broadcast import Approval, Broadcast, Revision, Status
from broadcasts.calendar import due_times
from broadcasts.content import Content
from broadcasts.errors import (
    EmptyAudience,
    Expired,
    Incomplete,
    NotYetDue,
    SelfApproval,
    StaleRevision,
    TransitionRefused,
)
from broadcasts.fingerprint import fingerprint as fingerprint_of
from broadcasts.readiness import require_ready


class Action(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    START = "start"
    REST = "rest"
    COMPLETE = "complete"
    HALT = "halt"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Step:
    """From which statuses an action is possible, and where it leads."""

    sources: frozenset[Status]
    target: Status


TRANSITIONS = {
    Action.EDIT: Step(
        frozenset({Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.REJECTED}), Status.DRAFT
    ),
    Action.SUBMIT: Step(frozenset({Status.DRAFT}), Status.SUBMITTED),
    Action.APPROVE: Step(frozenset({Status.SUBMITTED}), Status.APPROVED),
    Action.REJECT: Step(frozenset({Status.SUBMITTED}), Status.REJECTED),
    Action.START: Step(frozenset({Status.APPROVED}), Status.SENDING),
    Action.REST: Step(frozenset({Status.SENDING}), Status.APPROVED),
    Action.COMPLETE: Step(frozenset({Status.SENDING}), Status.COMPLETED),
    Action.HALT: Step(frozenset({Status.APPROVED, Status.SENDING}), Status.HALTED),
    Action.WITHDRAW: Step(frozenset({Status.DRAFT, Status.SUBMITTED, Status.REJECTED}), Status.HALTED),
    Action.EXPIRE: Step(
        frozenset({Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.SENDING, Status.REJECTED}),
        Status.EXPIRED,
    ),
}


def draft(broadcast_id: str, content: Content, *, by: str, at: datetime) -> Broadcast:
    """A new broadcast with its first revision. It may still have gaps; submitting it may not."""
    revision = Revision(number=1, content=content, authors=frozenset({by}))
    return Broadcast(id=broadcast_id, created_by=by, created_at=at, revision=revision)


def edit(broadcast: Broadcast, content: Content, *, by: str) -> Broadcast:
    """A new revision, a draft again. Whatever was submitted, approved or rejected before is void."""
    revision = Revision(
        number=broadcast.revision.number + 1, content=content, authors=broadcast.revision.authors | {by}
    )
    edited = _step(broadcast, Action.EDIT)
    return replace(edited, revision=revision, submitted_by=None, approval=None, reason=None)


def submit(broadcast: Broadcast, *, by: str, at: datetime) -> Broadcast:
    """Hands the revision to a second person. Raises what `require_ready` raises."""
    submitted = _step(broadcast, Action.SUBMIT)
    require_ready(broadcast.content, at=at)
    return replace(submitted, submitted_by=by)


def approve(broadcast: Broadcast, *, by: str, at: datetime, fingerprint: str) -> Broadcast:
    """A second person's yes to the bytes they saw. Raises SelfApproval, StaleRevision, and what submitting raises:
    a broadcast whose time passed while it lay waiting is edited, not approved into silence.
    """
    approved = _step(broadcast, Action.APPROVE)
    if by in broadcast.revision.authors or by == broadcast.submitted_by:
        raise SelfApproval("Whoever wrote or submitted a broadcast cannot approve it: a second person must.")
    if fingerprint != fingerprint_of(broadcast.revision):
        raise StaleRevision("It was edited since you opened it; read the current revision and decide again.")
    require_ready(broadcast.content, at=at)
    return replace(approved, approval=Approval(by=by, at=at, fingerprint=fingerprint))


def reject(broadcast: Broadcast, *, reason: str) -> Broadcast:
    """Back to its authors, with a reason they can act on."""
    return replace(_step(broadcast, Action.REJECT), submitted_by=None, reason=_required(reason))


def start(broadcast: Broadcast, *, at: datetime, occurrence: datetime, recipients: int) -> Broadcast:
    """One occurrence begins. Raises NotYetDue, Expired, StaleRevision or EmptyAudience; nothing is sent then."""
    sending = _step(broadcast, Action.START)
    if at < occurrence:
        raise NotYetDue(f"It is due at {occurrence.isoformat()}, not before.")
    if at >= broadcast.content.valid_until:
        raise Expired(f"The validity ended at {broadcast.content.valid_until.isoformat()}.")
    if broadcast.approval is None or broadcast.approval.fingerprint != fingerprint_of(broadcast.revision):
        raise StaleRevision("What would be sent is not what was approved; it must be approved again.")
    if recipients < 1:
        raise EmptyAudience("The audience holds nobody who can be reached; nothing was started.")
    return sending


def complete(broadcast: Broadcast, *, at: datetime) -> Broadcast:
    """One occurrence is done: a recurring broadcast rests until its next one, any other is completed."""
    content = broadcast.content
    upcoming = next(due_times(content.schedule, after=at, until=content.valid_until), None)
    return _step(broadcast, Action.COMPLETE if upcoming is None else Action.REST)


def halt(broadcast: Broadcast, *, reason: str) -> Broadcast:
    """One person is enough to stop it: sending needs two, silence one. What is on phones stays there."""
    return replace(_step(broadcast, Action.HALT), reason=_required(reason))


def stop(broadcast: Broadcast, *, reason: str) -> Broadcast:
    """What it tells holds no more: what was approved is halted, what was not is withdrawn, and neither is taken up again."""
    action = Action.HALT if broadcast.status in TRANSITIONS[Action.HALT].sources else Action.WITHDRAW
    return replace(_step(broadcast, action), reason=_required(reason))


def expire(broadcast: Broadcast, *, at: datetime) -> Broadcast:
    """The end of its validity, whatever was left to do. Raises NotYetDue before that."""
    if at < broadcast.content.valid_until:
        raise NotYetDue(f"It is valid until {broadcast.content.valid_until.isoformat()}.")
    return _step(broadcast, Action.EXPIRE)


def _step(broadcast: Broadcast, action: Action) -> Broadcast:
    step = TRANSITIONS[action]
    if broadcast.status not in step.sources:
        raise TransitionRefused(
            f"A broadcast that is {broadcast.status} cannot take this step: {action.value}."
        )
    return replace(broadcast, status=step.target)


def _required(reason: str) -> str:
    if not reason.strip():
        raise Incomplete(("A reason is needed.",))
    return reason.strip()
