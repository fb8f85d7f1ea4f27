"""Where a talk stands. A talk is never a trap: it expires, and anything that is no fitting reply leaves it.

One that was left with a household's numbers unsettled is set aside: whoever comes back to it in time need not begin again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(minutes=15)


class Step(StrEnum):
    """What we are waiting for; each belongs to one handler. `ASKED`, `TOLD_VERDICT`: for nothing, but the next
    question may lean on the last, and a verdict may be on another claim than was meant. `LEFT`: for nothing, but what was
    set aside may be taken up again.
    """

    ASKED = "asked"
    CHOOSING_ANSWER = "choosing_answer"
    CHOOSING_CLAIM = "choosing_claim"
    TOLD_VERDICT = "told_verdict"
    CHOOSING_COMMUNITY = "choosing_community"
    CONFIRMING_COMMUNITY = "confirming_community"
    CONFIRMING_MOVE = "confirming_move"
    CONFIRMING_HEADCOUNT = "confirming_headcount"
    CONFIRMING_DELETION = "confirming_deletion"
    CHOOSING_CUSTOM = "choosing_custom"
    LEAVING_WORD = "leaving_word"
    APPEALING = "appealing"
    LOGGING_WHERE = "logging_where"
    LOGGING_REACH = "logging_reach"
    LEFT = "left"


# Nothing is asked at these.
RESTING = frozenset({Step.ASKED, Step.TOLD_VERDICT, Step.LEFT})
# What is set aside when something else comes in between.
RESUMED = frozenset({Step.CONFIRMING_HEADCOUNT})
# Of a list, that something was picked from it: another line still may be, but need not.
PICKED = "picked"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The step and what it needs to know, as plain JSON values; until when, once it is kept.

    `aside`: the talk that this one came in between of. Its own time runs on, so that no chatting keeps it alive.
    """

    step: Step
    data: Mapping[str, object]
    until: datetime | None = field(default=None, compare=False)
    aside: Conversation | None = None

    @property
    def asks(self) -> bool:
        """Whether the last reply asked something that has not been answered yet."""
        return self.step not in RESTING and not self.data.get(PICKED)

    def at(self, step: Step) -> Conversation | None:
        """This talk or the one set aside, whichever stands at `step`."""
        return self if self.step is step else self.aside and self.aside.at(step)

    def left(self) -> Conversation | None:
        """What remains when something else is said: what was set aside, or this talk if it may be taken up again."""
        kept = self if self.step in RESUMED else self.aside
        return Conversation(Step.LEFT, {}, until=kept.until, aside=kept) if kept else None
