"""What goes in and out has a shape: frozen, nothing unknown taken, nothing said that is not written down here."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from bot.store.pages import LIMIT, MOST, Wanted

Item = TypeVar("Item")

EARLIEST, LATEST = 2000, 2100


def _plausible(moment: datetime) -> datetime:
    """At the ends of the calendar a moment does not exist in every time zone."""
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"lies between the years {EARLIEST} and {LATEST}")
    return moment


# No control characters but line breaks and tabs: PostgreSQL takes no NUL, and nobody types the others.
PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Words = Annotated[str, StringConstraints(pattern=PRINTABLE)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$")]
# An article's or claim's id, which an import may have named as it liked.
Key = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f/]+$", max_length=80)]
# What the databases' integers hold.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Edition = Annotated[int, Field(ge=0, le=2**31 - 1)]
Reason = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=500)]

Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]


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
