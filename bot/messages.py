"""Our own view of what comes in and what goes back; nothing here knows WeChat's XML."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What was received. Everything the platform can send has one; the rest is UNSUPPORTED."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    SHORT_VIDEO = "shortvideo"
    PLACE = "location"
    LINK = "link"
    FILE = "file"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SCAN = "scan"
    MENU = "menu"
    MENU_LINK = "menu_link"
    POSITION = "position"
    MASS_RESULT = "mass_result"
    TEMPLATE_RESULT = "template_result"
    SUBSCRIPTION = "subscription"
    OTHER_EVENT = "other_event"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or event, parsed and trusted to come from the platform.

    `text` is what was said: content, voice transcript, a link's title and description, or a picture's words once
    read. `openid` travels only as far as the vault (`store.residents.recognise`); it is left out of `repr`.
    """

    kind: Kind
    openid: str = field(repr=False)
    account: str = field(repr=False)
    created_at: datetime
    dedup_key: str = field(repr=False)
    text: str = field(default="", repr=False)
    media_id: str = field(default="", repr=False)
    event_key: str = ""
    menu_id: str = ""
    details: tuple[tuple[str, str], ...] = ()


class Work(StrEnum):
    """What a worker is asked to look after once a transaction has committed; our tables say what exactly."""

    DELIVERIES = "deliveries"
    SCREENSHOTS = "screenshots"
    MESSAGES = "messages"
    RECEIPTS = "receipts"
    REPORTS = "reports"
    VERDICTS = "verdicts"
    QUESTIONS = "questions"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Text:
    """A text reply. What the platform's limit cuts off, at a sentence end, follows as customer-service messages.

    `then` names the work that goes on after this reply, a screenshot being read for instance.
    """

    body: str
    then: Work | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """No reply: events that want none, or an answer that will come later."""


Reply = Text | Nothing
