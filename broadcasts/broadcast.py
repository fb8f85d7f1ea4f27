"""A broadcast: which revision stands, who wrote and submitted it, who approved exactly which bytes.

A broadcast is never changed in place: every step of its life (`broadcasts.lifecycle`) returns a new one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadcasts.content import Content


class Status(StrEnum):
    """Where a broadcast stands. A recurring one goes back from SENDING to APPROVED between two occurrences."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENDING = "sending"
    COMPLETED = "completed"
    REJECTED = "rejected"
    HALTED = "halted"
    EXPIRED = "expired"


ENDED = frozenset({Status.COMPLETED, Status.HALTED, Status.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of the content. `authors` are all whose words may still be in it, not only the last to edit:
    otherwise a colleague's comma would let the writer approve the rest.
    """

    number: int
    content: Content
    authors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A second person's yes to one fingerprint, and to nothing else."""

    by: str
    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """Staff members stand here by their id. `reason` is why it was rejected or halted."""

    id: str
    created_by: str
    created_at: datetime
    revision: Revision
    status: Status = Status.DRAFT
    submitted_by: str | None = None
    approval: Approval | None = None
    reason: str | None = None

    @property
    def content(self) -> Content:
        return self.revision.content
