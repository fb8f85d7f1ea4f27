"""The forms by which a broadcast is written: from a letter, or in one's own words; and what a clerk enters as office forms.

Dates and times are entered on the service's clock. A broadcast is valid to the end of a day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from bot.console.broadcast_words import KINDS, WEEKDAYS
from bot.console.labels import CHANNELS
from bot.console.options import options
from bot.office.broadcast_form import LONGEST_TITLE, BroadcastForm, Delivered, LetterForm
from broadcasts.bodies import LetterKind
from broadcasts.broadcast import Broadcast
from broadcasts.content import BroadcastKind, Channel, Once, Recurring, Schedule
from broadcasts.cron import parse
from broadcasts.errors import BadSchedule

LETTERS = {
    LetterKind.INITIATIVE: "倡议书",
    LetterKind.WEDDING: "婚事引导",
    LetterKind.FUNERAL: "丧事引导",
}
ONCE, DAILY, WEEKLY, CRON = "once", "daily", "weekly", "cron"
REPEATS = {ONCE: "一次", DAILY: "每天", WEEKLY: "每周", CRON: "其他（按 cron 写法）"}
DAYS = frozenset(str(number) for number in range(len(WEEKDAYS)))
LONGEST_DAYS = 366
LONGEST_TEXT = 4_000
USUAL_DAYS = 7


class DeliveredForm(FlaskForm):
    """When, until when, and where: what both kinds have in common."""

    repeat = SelectField(choices=options(REPEATS), default=ONCE, validate_choice=False)
    at = DateTimeLocalField(validators=[Optional()])
    clock = TimeField(validators=[Optional()])
    weekday = SelectField(
        choices=options([(str(number), name) for number, name in enumerate(WEEKDAYS)]),
        default="1",
        validate_choice=False,
    )
    cron = StringField(validators=[Optional(), Length(max=100, message="太长了")])
    valid_to = DateField(validators=[InputRequired("请填有效到哪一天")])
    urgent = BooleanField()
    areas = SelectMultipleField(choices=[], validate_choice=False)

    def validate_areas(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("请至少选一个地方")

    def validate_repeat(self, field: SelectField) -> None:
        """What the chosen repetition needs stands in another field, and is told there."""
        needed = {ONCE: "at", DAILY: "clock", WEEKLY: "clock", CRON: "cron"}.get(str(field.data))
        if needed is None:
            raise ValidationError("请选怎么重复")
        if not self[needed].data:
            raise ValidationError("请填写发送的时间")
        if field.data == WEEKLY and self.weekday.data not in DAYS:
            raise ValidationError("请选星期几")
        if field.data == CRON:
            try:
                parse(str(self.cron.data))
            except BadSchedule:
                raise ValidationError("这个 cron 写法读不懂：要五段，分 时 日 月 周") from None

    def is_good(self, today: date) -> bool:
        """Whether all can be taken as entered; the fields say what cannot. No broadcast is planned years ahead."""
        good = self.validate()
        for field in (self.at, self.clock, self.valid_to):
            if field.process_errors and any(field.raw_data or ()):
                field.errors = ["日期或时间的写法读不懂，请从日历里选"]
        last = today + timedelta(days=LONGEST_DAYS)
        if self.valid_to.data and not today <= self.valid_to.data <= last:
            self.valid_to.errors = [f"请填今天到 {last:%Y-%m-%d} 之间的一天"]
            good = False
        if self.at.data and not today <= self.at.data.date() <= last:
            self.at.errors = [f"请填今天到 {last:%Y-%m-%d} 之间的时间"]
            good = False
        if self.repeat.data == ONCE and self.at.data and self.valid_to.data and not self.valid_to.errors:
            good = self._ends_in_time(self.at.data.date(), self.valid_to.data) and good
        return good

    def _ends_in_time(self, sent_on: date, last: date) -> bool:
        if last >= sent_on:
            return True
        self.valid_to.errors = ["早于发送的那一天：请改晚一些，或把发送提前"]
        return False

    def delivered(self, zone: ZoneInfo) -> Delivered:
        """What was entered, once it is valid."""
        ends = datetime.combine(_set(self.valid_to.data), time(23, 59), tzinfo=zone)
        return Delivered(
            area_codes=frozenset(self.areas.data or ()),
            schedule=self._schedule(ends, zone),
            valid_until=ends,
            urgent=bool(self.urgent.data),
        )

    def show(self, one: Broadcast, zone: ZoneInfo) -> None:
        """Fill the form with a broadcast as it stands."""
        content = one.content
        self.valid_to.data = content.valid_until.astimezone(zone).date()
        self.urgent.data = content.urgent
        self.areas.data = sorted(content.audience.area_codes)
        if isinstance(content.schedule, Once):
            self.at.data = content.schedule.at.astimezone(zone).replace(tzinfo=None)
        else:
            self.repeat.data, self.cron.data = CRON, content.schedule.cron

    def suggest(self, today: date) -> None:
        """What a new one begins with."""
        self.valid_to.data = today + timedelta(days=USUAL_DAYS)

    def _schedule(self, ends: datetime, zone: ZoneInfo) -> Schedule:
        if self.repeat.data == ONCE:
            return Once(_set(self.at.data).replace(tzinfo=zone))
        if self.repeat.data == CRON:
            return Recurring(str(self.cron.data).strip(), ends)
        clock = _set(self.clock.data)
        weekday = self.weekday.data if self.repeat.data == WEEKLY else "*"
        return Recurring(f"{clock.minute} {clock.hour} * * {weekday}", ends)


class NewLetterForm(DeliveredForm):
    letter = SelectField(choices=options(LETTERS))
    channels = SelectMultipleField(choices=options(CHANNELS))

    def validate_channels(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("请至少选一个渠道")

    def entered(self, zone: ZoneInfo) -> LetterForm:
        """As the office takes it."""
        return LetterForm(
            letter=LetterKind(self.letter.data),
            channels=_channels(self.channels.data),
            delivered=self.delivered(zone),
        )


class WordsForm(DeliveredForm):
    kind = SelectField(choices=options(KINDS), default=BroadcastKind.NOTICE.value)
    title = StringField(
        validators=[
            DataRequired("请写标题"),
            Length(max=LONGEST_TITLE, message=f"标题最多 {LONGEST_TITLE} 字"),
        ]
    )


class NewNoticeForm(WordsForm):
    """The same words on every channel; they can be told apart when it is edited."""

    text = TextAreaField(
        validators=[
            DataRequired("请写正文"),
            Length(max=LONGEST_TEXT, message=f"正文最多 {LONGEST_TEXT} 字"),
        ]
    )
    channels = SelectMultipleField(choices=options(CHANNELS))

    def validate_channels(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("请至少选一个渠道")

    def entered(self, zone: ZoneInfo) -> BroadcastForm:
        """As the office takes it."""
        return BroadcastForm(
            kind=BroadcastKind(self.kind.data),
            title=self.title.data or "",
            texts=dict.fromkeys(_channels(self.channels.data), _lines(self.text.data)),
            delivered=self.delivered(zone),
        )


TOO_LONG = Length(max=LONGEST_TEXT, message=f"最多 {LONGEST_TEXT} 字")


class EditForm(WordsForm):
    """A text for each channel; a channel whose text is empty is not used."""

    official_account = TextAreaField(validators=[TOO_LONG])
    wecom_customer_group = TextAreaField(validators=[TOO_LONG])
    wecom_webhook = TextAreaField(validators=[TOO_LONG])
    relay = TextAreaField(validators=[TOO_LONG])

    def fill(self, one: Broadcast, zone: ZoneInfo) -> None:
        """Fill the form with a broadcast as it stands."""
        self.show(one, zone)
        self.kind.data, self.title.data = one.content.kind.value, one.content.title
        for item in one.content.texts:
            self[item.channel.value].data = item.text

    def entered(self, zone: ZoneInfo) -> BroadcastForm:
        """As the office takes it."""
        written = {channel: _lines(self[channel.value].data) for channel in Channel}
        return BroadcastForm(
            kind=BroadcastKind(self.kind.data),
            title=self.title.data or "",
            texts={channel: text for channel, text in written.items() if text},
            delivered=self.delivered(zone),
        )


def _channels(chosen: Iterable[str] | None) -> tuple[Channel, ...]:
    return tuple(channel for channel in Channel if channel.value in (chosen or ()))


def _lines(text: str | None) -> str:
    """As typed, but with line ends as platforms want them: browsers post CR LF."""
    return (text or "").replace("\r\n", "\n").strip()


def _set(value: Any) -> Any:
    """A field's value after it was validated."""
    if value is None:
        raise ValueError("the form was not validated")
    return value
