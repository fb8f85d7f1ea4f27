"""What goes in and out has a shape: frozen, nothing unknown taken, nothing said that is not written down here."""

import re
from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from bot.store.pages import LIMIT, MOST, Wanted
from bot.unprintable import CONTROL

Item = TypeVar("Item")

EARLIEST, LATEST = 2000, 2100
# RFC 3339. Seconds since 1970, which pydantic would take, are no way to write a day.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII | re.IGNORECASE
)


def _read_day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("is no day, as 2022-07-14")
    return date.fromisoformat(value)


def _read_moment(value: object) -> datetime:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError("is no moment, as 2022-07-14T18:00:00+08:00")
    return datetime.fromisoformat(value.upper())


def _plausible(moment: datetime) -> datetime:
    """At the ends of the calendar a moment does not exist in every time zone."""
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"lies between the years {EARLIEST} and {LATEST}")
    return moment


PRINTABLE = rf"^[^{CONTROL}]*$"
Words = Annotated[str, StringConstraints(pattern=PRINTABLE)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$")]
# An article's or claim's id, which an import may have named as it liked.
Key = Annotated[str, StringConstraints(pattern=rf"^[^{CONTROL}\t\n\r/]+$", max_length=80)]
# What the databases' integers hold.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Colleague = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=60)]
Edition = Annotated[int, Field(ge=0, le=2**31 - 1)]
Reason = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=500)]

Moment = Annotated[AwareDatetime, BeforeValidator(_read_moment), AfterValidator(_plausible)]
Day = Annotated[date, BeforeValidator(_read_day)]


class Asked(BaseModel):
    """What a caller sends: an address's parts, its query, or a body."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Told(BaseModel):
    """What is answered."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Nothing(Asked):
    """No query, or no parts in the address."""


class Listing(Asked):
    """A page of a list. `cursor` is the `next` of the page before."""

    limit: int = Field(LIMIT, ge=1, le=MOST)
    cursor: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=500)] = ""

    @property
    def wanted(self) -> Wanted:
        """For the office's lists."""
        return Wanted(str(getattr(self, "sort", "")), self.cursor, self.limit)


class PageOf(Told, Generic[Item]):
    """`next` is the cursor of the next page; null on the last one. A page may be shorter than asked for."""

    items: tuple[Item, ...]
    next: str | None
