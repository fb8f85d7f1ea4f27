"""What a broadcast says, to whom, on which channels, when, and until when: all that a second person approves.

Everything that changes what a resident receives stands in `Content` and nothing else does, so the fingerprint of
a content is the fingerprint of what goes out. Channels are not listed apart from their texts: a channel without
a text cannot be written down.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadcasts.audience import Audience
from broadcasts.errors import Incomplete


class BroadcastKind(StrEnum):
    INITIATIVE_LETTER = "initiative_letter"
    CUSTOMS_GUIDANCE = "customs_guidance"
    NOTICE = "notice"
    DEBUNK = "debunk"
    HEADCOUNT = "headcount"


class Channel(StrEnum):
    OFFICIAL_ACCOUNT = "official_account"
    WECOM_CUSTOMER_GROUP = "wecom_customer_group"
    WECOM_WEBHOOK = "wecom_webhook"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class ChannelText:
    """The words that go out on one channel."""

    channel: Channel
    text: str


@dataclass(frozen=True, slots=True)
class Once:
    """Sent one time, at this moment (aware)."""

    at: datetime

    def __post_init__(self) -> None:
        require_aware(self.at)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Sent at every moment the cron expression names on Shanghai's clock, up to and including `until`."""

    cron: str
    until: datetime

    def __post_init__(self) -> None:
        require_aware(self.until)


Schedule = Once | Recurring


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that approval binds. `urgent` may break quiet hours and use the reserve of the month's quota."""

    kind: BroadcastKind
    title: str
    texts: tuple[ChannelText, ...]
    audience: Audience
    schedule: Schedule
    valid_until: datetime
    urgent: bool = False

    def __post_init__(self) -> None:
        require_aware(self.valid_until)
        if len(set(self.channels)) < len(self.texts):
            raise Incomplete(("A channel has two texts; each takes one.",))

    @property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(item.channel for item in self.texts)

    def text_for(self, channel: Channel) -> str:
        """The words for one channel. Raises LookupError when the broadcast does not use it."""
        for item in self.texts:
            if item.channel is channel:
                return item.text
        raise LookupError(f"this broadcast has no text for {channel}")


def require_aware(moment: datetime) -> None:
    """Raises ValueError: a naive time would mean another moment on another machine."""
    if moment.tzinfo is None:
        raise ValueError("a broadcast's times carry their zone")
