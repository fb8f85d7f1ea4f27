"""What somebody enters for a broadcast, made into the content that a second person approves.

A draft may have gaps; what can never be sent is refused at once: an area there is not, one outside the account's own, a
schedule nobody can read, tags (no resident carries one, and all of an area would get what was meant for some).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.drafting import contents_of
from bot.errors import Unacceptable
from bot.office.act import Act
from broadcasts.audience import Audience
from broadcasts.bodies import LetterKind
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Recurring, Schedule
from broadcasts.cron import parse

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Where, when and until when: what a letter and a text of one's own have in common. Times are aware."""

    area_codes: frozenset[str]
    tags: frozenset[str] = frozenset()
    schedule: Schedule
    valid_until: datetime
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastForm:
    """A text of one's own for each channel."""

    kind: BroadcastKind
    title: str
    texts: Mapping[Channel, str]
    delivered: Delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterForm:
    """One of the letters, in the body that fits each channel; without a title it keeps its own."""

    letter: LetterKind
    channels: tuple[Channel, ...]
    delivered: Delivered
    title: str = ""


def content_of(act: Act, form: BroadcastForm) -> Content:
    """The content as entered. Raises Unacceptable, Forbidden or BadSchedule."""
    _check(act, form.title, form.delivered)
    return Content(
        kind=form.kind,
        title=form.title.strip(),
        texts=tuple(ChannelText(channel, text) for channel, text in form.texts.items()),
        audience=Audience(area_codes=form.delivered.area_codes),
        schedule=form.delivered.schedule,
        valid_until=form.delivered.valid_until,
        urgent=form.delivered.urgent,
    )


def contents_of_letter(act: Act, form: LetterForm) -> tuple[Content, ...]:
    """One content for each wording: where risk levels differ, the letter reads differently."""
    _check(act, form.title, form.delivered)
    letter = next((one for one in act.runtime.letters if one.kind is form.letter), None)
    if letter is None:
        raise Unacceptable({"letter": f"there is no letter {form.letter}"})
    if empty := sorted(code for code in form.delivered.area_codes if not act.areas.communities_under(code)):
        raise Unacceptable({"audience.area_codes": f"no village or neighbourhood lies in {', '.join(empty)}"})
    contents = contents_of(
        letter,
        act.areas,
        area_codes=form.delivered.area_codes,
        channels=form.channels,
        schedule=form.delivered.schedule,
        valid_until=form.delivered.valid_until,
    )
    title = form.title.strip()
    return tuple(
        replace(content, title=title or content.title, urgent=form.delivered.urgent) for content in contents
    )


def _check(act: Act, title: str, delivered: Delivered) -> None:
    if len(title.strip()) > LONGEST_TITLE:
        raise Unacceptable({"title": f"may have at most {LONGEST_TITLE} characters"})
    if delivered.tags:
        raise Unacceptable({"audience.tags": "no resident carries a tag; name areas"})
    unknown = sorted(code for code in delivered.area_codes if act.areas.get(code) is None)
    if unknown:
        raise Unacceptable({"audience.area_codes": f"there is no area {', '.join(unknown)}"})
    if act.member.area_code and not delivered.area_codes:
        raise Unacceptable({"audience.area_codes": "name areas of your own area"})
    for code in delivered.area_codes:
        act.require_area(code)
    if isinstance(delivered.schedule, Recurring):
        parse(delivered.schedule.cron)
