"""The life of a claim on the desk: where the work stands, apart from what was found (the verdict).

One table says which step leads where. Publishing takes an approval of exactly what is published, by somebody who wrote none
of it; while a claim is public nothing about it changes but by a correction, which goes the same way.
"""

from dataclasses import dataclass
from enum import StrEnum


class WorkState(StrEnum):
    """Where the work stands. A claim that is being corrected stays public with its earlier version."""

    NEW = "new"
    TRIAGED = "triaged"
    IN_REVIEW = "in_review"
    DRAFTED = "drafted"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    CLOSED = "closed"
    MERGED = "merged"
    OUT_OF_SCOPE = "out_of_scope"


class Step(StrEnum):
    """What a person does with a claim."""

    TRIAGE = "triage"
    TAKE_UP = "take_up"
    DRAFT = "draft"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    DRAFT_CORRECTION = "draft_correction"
    CORRECT = "correct"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Move:
    """From which states a step is possible, and where it leads; None: it stays where it is."""

    sources: frozenset[WorkState]
    target: WorkState | None


OPEN = frozenset(
    {WorkState.NEW, WorkState.TRIAGED, WorkState.IN_REVIEW, WorkState.DRAFTED, WorkState.APPROVED}
)
PUBLIC = frozenset({WorkState.PUBLISHED, WorkState.CORRECTED})
ENDED = frozenset({WorkState.CLOSED, WorkState.MERGED, WorkState.OUT_OF_SCOPE})

MOVES = {
    Step.TRIAGE: Move(frozenset({WorkState.NEW, WorkState.TRIAGED}), WorkState.TRIAGED),
    Step.TAKE_UP: Move(frozenset({WorkState.NEW, WorkState.TRIAGED}), WorkState.IN_REVIEW),
    Step.DRAFT: Move(
        frozenset({WorkState.TRIAGED, WorkState.IN_REVIEW, WorkState.DRAFTED, WorkState.APPROVED}),
        WorkState.DRAFTED,
    ),
    Step.SEND_BACK: Move(frozenset({WorkState.DRAFTED, WorkState.APPROVED}), WorkState.IN_REVIEW),
    Step.APPROVE: Move(frozenset({WorkState.DRAFTED}), WorkState.APPROVED),
    Step.PUBLISH: Move(frozenset({WorkState.APPROVED}), WorkState.PUBLISHED),
    Step.DRAFT_CORRECTION: Move(PUBLIC, None),
    Step.CORRECT: Move(PUBLIC, WorkState.CORRECTED),
    Step.CLOSE: Move(OPEN | PUBLIC, WorkState.CLOSED),
    Step.REOPEN: Move(frozenset({WorkState.CLOSED, WorkState.OUT_OF_SCOPE}), WorkState.TRIAGED),
    Step.MERGE: Move(OPEN, WorkState.MERGED),
    Step.SET_ASIDE: Move(OPEN, WorkState.OUT_OF_SCOPE),
}


class StepRefused(Exception):
    """Not from this state."""


def after(state: WorkState, step: Step) -> WorkState:
    """Where `step` leads from `state`. Raises StepRefused when it leads nowhere."""
    move = MOVES[step]
    if state not in move.sources:
        raise StepRefused(f"a claim that is {state} cannot take this step: {step}")
    return move.target or state


def steps_from(state: WorkState) -> tuple[Step, ...]:
    """What can be done with a claim in this state, in the order people think of it."""
    return tuple(step for step, move in MOVES.items() if state in move.sources)
