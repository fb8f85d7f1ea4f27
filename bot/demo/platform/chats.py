"""What is to be seen on the phones: one growing list of bubbles, each belonging to one conversation."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Lock


class Channel(StrEnum):
    """By which way something reached a phone; the words are the label under the bubble."""

    NONE = ""
    REPLY = "被动回复"
    FOLLOW_UP = "客服消息"
    MASS = "群发"
    PREVIEW = "群发预览"
    TEMPLATE = "模板消息"
    SUBSCRIPTION = "订阅通知"
    WEBHOOK = "群机器人"
    APP = "应用消息"
    GROUP_TASK = "客户群群发"
    FORWARD = "转发"


class Look(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    LINK = "link"
    PLACE = "place"
    FILE = "file"
    CARD = "card"
    NOTICE = "notice"
    TASK = "task"


class Author(StrEnum):
    ME = "me"
    THEM = "them"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Content:
    """What one message holds. `reference` is the number of a group task that a card asks to confirm."""

    look: Look
    text: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    url: str = ""
    media_id: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    number: int
    chat: str
    author: Author
    name: str
    content: Content
    channel: Channel
    at: datetime


class Chats:
    """Append-only; a phone asks for what came after the last number it has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bubbles: list[Bubble] = []

    def add(
        self,
        chat: str,
        content: Content,
        *,
        at: datetime,
        author: Author = Author.THEM,
        name: str = "",
        channel: Channel = Channel.NONE,
    ) -> Bubble:
        with self._lock:
            bubble = Bubble(len(self._bubbles) + 1, chat, author, name, content, channel, at)
            self._bubbles.append(bubble)
            return bubble

    def notice(self, chat: str, text: str, *, at: datetime) -> Bubble:
        """A grey line in the middle of the conversation."""
        return self.add(chat, Content(Look.NOTICE, text), at=at, author=Author.SYSTEM)

    def after(self, number: int) -> tuple[Bubble, ...]:
        with self._lock:
            return tuple(self._bubbles[max(number, 0) :])

    def of(self, chat: str) -> tuple[Bubble, ...]:
        with self._lock:
            return tuple(bubble for bubble in self._bubbles if bubble.chat == chat)

    def find(self, number: int) -> Bubble | None:
        with self._lock:
            return self._bubbles[number - 1] if 0 < number <= len(self._bubbles) else None
