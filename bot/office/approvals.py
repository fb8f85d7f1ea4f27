"""The rule of two people, in the words that console and API know: what was edited meanwhile is stale, the rest a conflict."""

from collections.abc import Callable
from typing import TypeVar

from bot.errors import Conflict, Stale
from knowledge.approval import ApprovalRefused, OtherBytes

T = TypeVar("T")


def ruled(step: Callable[[], T]) -> T:
    """What the step gives. Raises Stale for other bytes than were seen, Conflict for whatever else the rule refuses."""
    try:
        return step()
    except OtherBytes as refused:
        raise Stale(str(refused)) from None
    except ApprovalRefused as refused:
        raise Conflict(str(refused)) from None
