"""Broadcasts for tests: typed, keyword-only, all defaulted. Ten in the morning in Shanghai, 12 July 2022."""

from datetime import UTC, datetime, timedelta

from broadcasts import lifecycle
from broadcasts.audience import Audience
from broadcasts.broadcast import Broadcast
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Once, Schedule
from broadcasts.fingerprint import fingerprint

NOW = datetime(2022, 7, 12, 2, 0, tzinfo=UTC)
DUE = NOW + timedelta(hours=2)
END = NOW + timedelta(days=7)

AUTHOR, SUBMITTER, APPROVER = "author", "submitter", "approver"


def a_content(
    *,
    kind: BroadcastKind = BroadcastKind.INITIATIVE_LETTER,
    title: str = "示例倡议书",
    text: str = "示例：请大家少聚集，家中喜事缓办。",
    channels: tuple[Channel, ...] = (Channel.OFFICIAL_ACCOUNT,),
    audience: Audience | None = None,
    schedule: Schedule | None = None,
    valid_until: datetime = END,
    urgent: bool = False,
) -> Content:
    return Content(
        kind=kind,
        title=title,
        texts=tuple(ChannelText(channel, text) for channel in channels),
        audience=audience or Audience(frozenset({"621121000000"})),
        schedule=schedule or Once(DUE),
        valid_until=valid_until,
        urgent=urgent,
    )


def a_draft(content: Content | None = None) -> Broadcast:
    return lifecycle.draft("b1", content or a_content(), by=AUTHOR, at=NOW)


def a_submitted(content: Content | None = None) -> Broadcast:
    return lifecycle.submit(a_draft(content), by=SUBMITTER, at=NOW)


def an_approved(content: Content | None = None) -> Broadcast:
    submitted = a_submitted(content)
    return lifecycle.approve(submitted, by=APPROVER, at=NOW, fingerprint=fingerprint(submitted.revision))


def a_sending(content: Content | None = None) -> Broadcast:
    return lifecycle.start(an_approved(content), at=DUE, occurrence=DUE, recipients=2)
