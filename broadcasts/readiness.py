"""What still keeps a draft from being submitted: every gap at once, so that one correction is enough."""

from collections.abc import Iterator
from datetime import datetime

from broadcasts.calendar import due_times
from broadcasts.content import Channel, Content, Once, Schedule
from broadcasts.errors import BadSchedule, EmptyAudience, Expired, Incomplete, TimePassed

# Bytes of UTF-8 one message may hold: custom and mass text 2,048, customer-group task 4,000, group webhook 2,048
# (platform documentation, retrieved 2026); a relay text reaches its grid worker as an account message of its own.
LARGEST_TEXT = {
    Channel.OFFICIAL_ACCOUNT: 2_048,
    Channel.WECOM_CUSTOMER_GROUP: 4_000,
    Channel.WECOM_WEBHOOK: 2_048,
    Channel.RELAY: 2_048,
}
NO_TIME = "No time to send lies between now and the end of the validity."


def require_ready(content: Content, *, at: datetime) -> None:
    """Raises Expired, EmptyAudience, Incomplete or TimePassed when this content could not be sent as it stands."""
    if content.valid_until <= at:
        raise Expired(f"The validity ended at {content.valid_until.isoformat()}; set a later one.")
    if content.audience.is_empty:
        raise EmptyAudience("The audience names no area and no tag: it would reach nobody.")
    if gaps := tuple(_gaps(content, at=at)):
        raise (
            TimePassed(gaps)
            if gaps == (NO_TIME,) and has_passed(content.schedule, at=at)
            else Incomplete(gaps)
        )


def has_passed(schedule: Schedule, *, at: datetime) -> bool:
    """Whether it was planned for one moment, and that is over."""
    return isinstance(schedule, Once) and schedule.at <= at


def _gaps(content: Content, *, at: datetime) -> Iterator[str]:
    if not content.title.strip():
        yield "The title is empty."
    yield from _text_gaps(content)
    try:
        if next(due_times(content.schedule, after=at, until=content.valid_until), None) is None:
            yield NO_TIME
    except BadSchedule as error:
        yield str(error)


def _text_gaps(content: Content) -> Iterator[str]:
    if not content.texts:
        yield "No channel is chosen."
    for item in content.texts:
        size, limit = len(item.text.encode("utf-8", "surrogatepass")), LARGEST_TEXT[item.channel]
        if not item.text.strip():
            yield f"The text for {item.channel} is empty."
        elif size > limit:
            yield f"The text for {item.channel} is {size} bytes long; the platform takes {limit}."
