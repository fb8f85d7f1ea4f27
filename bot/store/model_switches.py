"""From which version of the models somebody went to which: the audit trail knows, and nobody has to keep it a second time."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import AuditEventRow

TRAINED, ROLLED_BACK = "models.trained", "models.rolled_back"
# Under what each kind of switch notes which version was left.
_LEFT = {TRAINED: "replaces", ROLLED_BACK: "from"}


@dataclass(frozen=True, slots=True)
class Switch:
    """`version` took the place of the one that was `left`."""

    action: str
    version: str
    left: str


def subject_of(version: str) -> str:
    """What the trail calls a version."""
    return f"models {version}"


def rolled_back_from(session: Session) -> frozenset[str]:
    """The versions that were last left by going back, not by training another."""
    went_back = {one.left: one.action for one in _switches(session)}
    return frozenset(version for version, action in went_back.items() if action == ROLLED_BACK)


def one_before(session: Session, version: str) -> str | None:
    """The earlier version that was left when this one last took its place; None when that is not on record. What was left by going
    back is later, and going back twice must not end there.
    """
    went_on = (one for one in _switches(session) if _age(one.left) < _age(one.version))
    return {one.version: one.left for one in went_on}.get(version)


def _age(version: str) -> int:
    """They are numbered as they are made; the packaged one was there before."""
    return int(version) if version.isdecimal() else 0


def _switches(session: Session) -> Iterator[Switch]:
    """All on record, oldest first."""
    rows = session.execute(
        select(AuditEventRow.action, AuditEventRow.subject, AuditEventRow.detail)
        .where(AuditEventRow.action.in_(_LEFT))
        .order_by(AuditEventRow.id)
    )
    for action, subject, detail in rows:
        yield Switch(action, subject.removeprefix(subject_of("")), str(detail.get(_LEFT[action])))
