"""Lists a page at a time, by cursor: page 5,000 costs what page 1 does, and nothing is shown twice when rows come in.

A cursor is where the page before ended: the value sorted by, and the row's own key. Rows without that value come last,
whichever way the list is sorted; they are read by a statement of their own, so that each uses its index.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.errors import Unacceptable
from bot.unprintable import are_printable

Item = TypeVar("Item")

LIMIT = 50
MOST = 200
# The largest whole number of a column of either database, and one.
LARGEST = 2**31


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of a list. `order` is one of the list's, "-" before it: downwards; empty: the list's own."""

    order: str = ""
    cursor: str = ""
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """`following` is the cursor of the next page; empty on the last one."""

    items: tuple[Item, ...]
    following: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the page before ended."""

    value: Any
    key: Any


def read_page(
    session: Session,
    rows: Select[Any],
    *,
    orders: Mapping[str, InstrumentedAttribute[Any]],
    key: InstrumentedAttribute[Any],
    default: str,
    wanted: Wanted,
    make: Callable[[Any], Item],
) -> Page[Item]:
    """One page of what `rows` selects (rows of one class). Raises Unacceptable for an order or cursor there is not."""
    order = wanted.order or default
    name, descending = _order(order, orders)
    column, limit = orders[name], min(max(wanted.limit, 1), MOST)
    place = _read(wanted.cursor, order, column, key) if wanted.cursor else None
    found: list[Any] = []
    if place is None or place.value is not None:
        after = [_beyond(column, key, place, descending=descending)] if place else []
        ordered = rows.where(column.is_not(None), *after).order_by(
            *((column.desc(), key.desc()) if descending else (column, key))
        )
        found += session.scalars(ordered.limit(limit + 1))
    if len(found) <= limit and not _always_there(column):
        after = [key > place.key] if place and place.value is None else []
        rest = rows.where(column.is_(None), *after).order_by(key)
        found += session.scalars(rest.limit(limit + 1 - len(found)))
    following = ""
    if len(found) > limit:
        last = found[limit - 1]
        following = _write(order, getattr(last, column.key), getattr(last, key.key))
    return Page(tuple(make(row) for row in found[:limit]), following)


def _always_there(column: InstrumentedAttribute[Any]) -> bool:
    return not column.expression.nullable


def _order(wanted: str, orders: Mapping[str, InstrumentedAttribute[Any]]) -> tuple[str, bool]:
    name = wanted.removeprefix("-")
    if name not in orders:
        raise Unacceptable({"sort": f"there is no order {name}; there are: {', '.join(orders)}"})
    return name, wanted.startswith("-")


def _beyond(
    column: InstrumentedAttribute[Any], key: InstrumentedAttribute[Any], place: _Place, *, descending: bool
) -> ColumnElement[bool]:
    if descending:
        return and_(column <= place.value, or_(column < place.value, key < place.key))
    return and_(column >= place.value, or_(column > place.value, key > place.key))


def _write(order: str, value: object, key: object) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat()
    elif isinstance(value, date):
        value = value.isoformat()
    packed = json.dumps([order, value, key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _read(
    cursor: str, order: str, column: InstrumentedAttribute[Any], key: InstrumentedAttribute[Any]
) -> _Place:
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        made_for, value, own = json.loads(packed)
        kind = _kind(column)
        if value is not None and issubclass(kind, date):
            value = _in_utc(kind.fromisoformat(value))
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        raise Unacceptable({"cursor": "is none of ours; begin again at the first page"}) from None
    if made_for != order:
        raise Unacceptable({"cursor": "belongs to another order; begin again at the first page"})
    if not _fits(own, _kind(key)) or not (value is None or _fits(value, kind)):
        raise Unacceptable({"cursor": "is none of ours; begin again at the first page"})
    return _Place(value, own)


def _in_utc(value: date) -> date:
    """As it is stored. Raises OverflowError: the first and last hours of the calendar are no moment there."""
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def _kind(column: InstrumentedAttribute[Any]) -> type[Any]:
    kind: type[Any] = column.expression.type.python_type
    return kind


def _fits(value: object, kind: type[Any]) -> bool:
    """Whether both databases take it for a value of this kind: a made-up cursor must not reach them."""
    if type(value) is not kind:
        return False
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, str):
        return are_printable([value])
    return not isinstance(value, int) or abs(value) < LARGEST
