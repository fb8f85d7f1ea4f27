"""What every list has: filters and sorting from the address, a page at a time, and the same rows as a file to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from bot.store.pages import LIMIT, Page, Wanted

# Moments behind us, as lists name these orders: whoever sorts by one looks for what is new.
NEWEST_FIRST = frozenset(
    {
        "acknowledged",
        "at",
        "bound",
        "created",
        "first",
        "last",
        "opened",
        "published",
        "raised",
        "reported",
        "updated",
        "used",
    }
)
SORT, CURSOR, FORMAT = "sort", "cursor", "format"
LONGEST_FILTER = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A field above the list. Without choices it is a text to type; `current` is what the address says, and `default` what
    holds while it says nothing. `hint`: what may be typed.
    """

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    default: str = ""
    hint: str = ""

    @property
    def current(self) -> str:
        """What is filtered by; nothing when the address says what is not to choose from."""
        value = request.args.get(self.name, self.default).strip()[:LONGEST_FILTER]
        return value if not self.choices or value in {choice.value for choice in self.choices} else ""


def choices(labels: Mapping[Any, str]) -> tuple[Choice, ...]:
    """A filter's choices from an enum's labels."""
    return tuple(Choice(str(value), label) for value, label in labels.items())


def wanted(limit: int = LIMIT) -> Wanted:
    """Which page the address asks for."""
    return Wanted(request.args.get(SORT, ""), request.args.get(CURSOR, ""), limit)


def asked_format() -> str:
    """How the list is to be taken away, "csv" or "xlsx"; empty when it is only looked at."""
    return request.args.get(FORMAT, "") if request.args.get(FORMAT) in {"csv", "xlsx"} else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list's template needs beside its rows. Links keep what is filtered by."""

    endpoint: str
    filters: tuple[Filter, ...]
    orders: Mapping[str, str]
    following: str

    @property
    def order(self) -> str:
        """How it is sorted, as the address says."""
        return request.args.get(SORT, "")

    @property
    def is_first(self) -> bool:
        """Whether this is the list's beginning."""
        return not request.args.get(CURSOR)

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out by a filter, or not left out that usually is."""
        return any(one.current != one.default for one in self.filters)

    def unfiltered(self) -> str:
        """The link to the list with nothing left out."""
        return self._address({SORT: self.order, **{one.name: "" for one in self.filters if one.default}})

    def sorted_by(self, order: str) -> str:
        """The link that sorts by `order`, of a time the newest first; once more turns it round."""
        up, down = order, f"-{order}"
        once, again = (down, up) if order in NEWEST_FIRST else (up, down)
        return self.in_order(again if self.order == once else once)

    def in_order(self, order: str) -> str:
        """The link that sorts just so."""
        return self._link({SORT: order})

    def first(self) -> str:
        """The link to the beginning."""
        return self._link({SORT: self.order})

    def next(self) -> str:
        """The link to the next page; empty on the last one."""
        return self._link({SORT: self.order, CURSOR: self.following}) if self.following else ""

    def taken_as(self, form: str) -> str:
        """The link to the whole list as a file."""
        return self._link({SORT: self.order, FORMAT: form})

    def _link(self, further: Mapping[str, str]) -> str:
        return self._address({**{one.name: one.current for one in self.filters}, **further})

    def _address(self, said: Mapping[str, str]) -> str:
        # Where something holds while the address says nothing, it has to say "all".
        told = {one.name for one in self.filters if one.default}
        query = urlencode({name: value for name, value in said.items() if value or name in told})
        # The list of one thing's parts keeps the thing in its path.
        path = request.path if request.endpoint == self.endpoint else url_for(self.endpoint)
        return f"{path}?{query}" if query else path


def listing(
    endpoint: str, page: Page[Any], *, filters: tuple[Filter, ...], orders: Mapping[str, str]
) -> Listing:
    """For a template; `orders`: the orders of the store's list and the column headings that sort by them."""
    return Listing(endpoint, filters, orders, page.following)
