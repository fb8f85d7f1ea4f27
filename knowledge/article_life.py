"""The life of an article: one table says which step leads from which state where.

What is being written stands beside what is public, so an article that is edited while published stays as it is. No step but
"publish" leads to the public, and that one takes a second person's yes to exactly those bytes (`knowledge.approval`).
"""

from collections.abc import Mapping
from enum import StrEnum


class ArticleState(StrEnum):
    """Where an article stands. An expired or withdrawn one was public once, or was given up before it was."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ArticleStep(StrEnum):
    """What is done with an article; all but "expire", which the calendar does, by a person."""

    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    DROP = "drop"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


Moves = Mapping[ArticleState, ArticleState]

# A published article keeps its state while its next version is written and looked through; one that has expired meanwhile
# goes on along the same way.
MOVES: Mapping[ArticleStep, Moves] = {
    ArticleStep.EDIT: {
        ArticleState.DRAFT: ArticleState.DRAFT,
        ArticleState.IN_REVIEW: ArticleState.DRAFT,
        ArticleState.PUBLISHED: ArticleState.PUBLISHED,
        ArticleState.EXPIRED: ArticleState.DRAFT,
        ArticleState.WITHDRAWN: ArticleState.DRAFT,
    },
    ArticleStep.SUBMIT: {
        ArticleState.DRAFT: ArticleState.IN_REVIEW,
        ArticleState.PUBLISHED: ArticleState.PUBLISHED,
        ArticleState.EXPIRED: ArticleState.IN_REVIEW,
    },
    ArticleStep.SEND_BACK: {
        ArticleState.IN_REVIEW: ArticleState.DRAFT,
        ArticleState.PUBLISHED: ArticleState.PUBLISHED,
        ArticleState.EXPIRED: ArticleState.DRAFT,
    },
    ArticleStep.PUBLISH: {
        ArticleState.IN_REVIEW: ArticleState.PUBLISHED,
        ArticleState.PUBLISHED: ArticleState.PUBLISHED,
        ArticleState.EXPIRED: ArticleState.PUBLISHED,
    },
    # To give up what is being written for an article that stays as it is; a draft that never was public is withdrawn.
    ArticleStep.DROP: {
        ArticleState.PUBLISHED: ArticleState.PUBLISHED,
        ArticleState.EXPIRED: ArticleState.EXPIRED,
    },
    ArticleStep.WITHDRAW: {
        ArticleState.DRAFT: ArticleState.WITHDRAWN,
        ArticleState.IN_REVIEW: ArticleState.WITHDRAWN,
        ArticleState.PUBLISHED: ArticleState.WITHDRAWN,
        ArticleState.EXPIRED: ArticleState.WITHDRAWN,
    },
    ArticleStep.EXPIRE: {ArticleState.PUBLISHED: ArticleState.EXPIRED},
}


class ArticleStepRefused(Exception):
    """Not from this state."""


def after(state: ArticleState, step: ArticleStep) -> ArticleState:
    """Where `step` leads from `state`. Raises ArticleStepRefused when it leads nowhere."""
    target = MOVES[step].get(state)
    if target is None:
        raise ArticleStepRefused(f"an article that is {state} cannot take this step: {step}")
    return target


def steps_from(state: ArticleState) -> tuple[ArticleStep, ...]:
    """What can be done with an article in this state, in the order people think of it."""
    return tuple(step for step, moves in MOVES.items() if state in moves)
