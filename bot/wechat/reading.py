"""What a row of the tables in `parsing` and `events` yields."""

from dataclasses import dataclass

from bot.messages import Kind
from bot.wechat.xml import Fields, text


@dataclass(frozen=True, slots=True)
class Reading:
    """The part of an `Inbound` that depends on its type."""

    kind: Kind
    text: str = ""
    event_key: str = ""
    details: tuple[tuple[str, str], ...] = ()


def pairs(fields: Fields, **elements: str) -> tuple[tuple[str, str], ...]:
    """Details under our names from elements under the platform's; those that are absent are left out."""
    found = ((name, text(fields, element)) for name, element in elements.items())
    return tuple((name, value) for name, value in found if value)
