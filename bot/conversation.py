"""Where a talk stands. A talk is never a trap: it expires, and anything that is no fitting reply leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LASTS = timedelta(minutes=15)


class Step(StrEnum):
    """What we are waiting for; each belongs to one handler. `ASKED`, `TOLD_VERDICT`: for nothing, but the next
    question may lean on the last, and a verdict may be on another claim than was meant.
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


@dataclass(frozen=True, slots=True)
class Conversation:
    """The step and what it needs to know, as plain JSON values."""

    step: Step
    data: Mapping[str, object]
