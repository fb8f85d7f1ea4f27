"""When we may still write to a resident after they did something: the platform's follow-up windows.

Figures: WeChat's customer-service message rules for verified service accounts. Counted cautiously: everything
sent since a contact counts against that contact's window, even if a later contact paid for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ContactKind(StrEnum):
    """What a resident did that opens a window."""

    MESSAGE = "message"
    MENU_CLICK = "menu_click"
    FOLLOW = "follow"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Window:
    messages: int
    lasts: timedelta


_SHORT = Window(3, timedelta(minutes=1))
WINDOWS: Mapping[ContactKind, Window] = {
    ContactKind.MESSAGE: Window(5, timedelta(hours=48)),
    ContactKind.MENU_CLICK: _SHORT,
    ContactKind.FOLLOW: _SHORT,
    ContactKind.SCAN: _SHORT,
}


@dataclass(frozen=True, slots=True)
class Contact:
    kind: ContactKind
    at: datetime


def follow_ups_left(contacts: Iterable[Contact], sent_at: Sequence[datetime], *, now: datetime) -> int:
    """How many follow-ups the platform takes for this resident now: the most any open window allows."""
    return max((_left(contact, sent_at, now=now) for contact in contacts), default=0)


def _left(contact: Contact, sent_at: Sequence[datetime], *, now: datetime) -> int:
    window = WINDOWS[contact.kind]
    if not contact.at <= now < contact.at + window.lasts:
        return 0
    return max(0, window.messages - sum(moment >= contact.at for moment in sent_at))
