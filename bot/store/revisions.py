"""Counters by which every process learns that something it holds in memory has changed."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.store.tables import RevisionRow
from bot.store.turns import take_turn

KNOWLEDGE = "knowledge"
AREAS = "areas"
# Claims that are being looked into: which there are, and what they say.
CLAIMS = "claims"
# Questions that wait for an answer: which groups there are, and in which words they were asked.
QUESTION_GROUPS = "question groups"


def revision(session: Session, name: str) -> int:
    """The counter's value; 0 before the first change."""
    row = session.get(RevisionRow, name)
    return row.number if row else 0


def raise_revision(session: Session, name: str) -> None:
    """Say that it changed; visible to others when the transaction commits."""
    take_turn(session, f"revision {name}")
    raised = session.execute(
        update(RevisionRow)
        .where(RevisionRow.name == name)
        .values(number=RevisionRow.number + 1)
        .returning(RevisionRow.number)
    ).first()
    if raised is None:
        session.add(RevisionRow(name=name, number=1))
        session.flush()
