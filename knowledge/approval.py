"""The rule of two people for a text that is to be public: whoever wrote any of it, or handed it over, cannot approve it.

What is approved is a fingerprint, not a number: an edit makes other bytes and voids what was submitted and approved before.
"""

from dataclasses import dataclass, replace
from datetime import datetime


class ApprovalRefused(Exception):
    """It cannot be handed over, approved or published as it stands."""


class SelfApproval(ApprovalRefused):
    """Whoever wrote or submitted it cannot approve it: a second person must."""


class OtherBytes(ApprovalRefused):
    """It was edited since it was opened."""


@dataclass(frozen=True, slots=True)
class Pending:
    """How far a text has come on its way to the public. `authors`: all whose words may still be in it."""

    fingerprint: str
    authors: frozenset[str]
    submitted_by: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None


def edited(pending: Pending | None, fingerprint: str, *, by: str) -> Pending:
    """Other bytes, nothing submitted, nothing approved; one author more."""
    return Pending(fingerprint, (pending.authors if pending else frozenset()) | {by})


def submitted(pending: Pending, fingerprint: str, *, by: str) -> Pending:
    """Handed to a second person. Raises OtherBytes, and ApprovalRefused when it has been before."""
    _require_same(pending, fingerprint)
    if pending.submitted_by is not None:
        raise ApprovalRefused("it has been handed over already")
    return replace(pending, submitted_by=by)


def approved(pending: Pending, fingerprint: str, *, by: str, at: datetime) -> Pending:
    """A second person's yes to the bytes they saw. Raises SelfApproval, OtherBytes, ApprovalRefused."""
    if pending.submitted_by is None:
        raise ApprovalRefused("nobody has handed it over for approval")
    if by in pending.authors or by == pending.submitted_by:
        raise SelfApproval("whoever wrote or submitted it cannot approve it: a second person must")
    _require_same(pending, fingerprint)
    if pending.approved_by is not None:
        raise ApprovalRefused("it has been approved already")
    return replace(pending, approved_by=by, approved_at=at)


def sent_back(pending: Pending) -> Pending:
    """Back to its authors: neither submitted nor approved."""
    return replace(pending, submitted_by=None, approved_by=None, approved_at=None)


def require_approved(pending: Pending, fingerprint: str) -> None:
    """That just these bytes may become public. Raises OtherBytes, ApprovalRefused."""
    _require_same(pending, fingerprint)
    if pending.approved_by is None or pending.approved_by in pending.authors | {pending.submitted_by}:
        raise ApprovalRefused("no second person has approved it")


def _require_same(pending: Pending, fingerprint: str) -> None:
    if fingerprint != pending.fingerprint:
        raise OtherBytes("it was edited since it was opened; read it as it stands and decide again")
