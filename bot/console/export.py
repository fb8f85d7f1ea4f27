"""A list as a file: CSV that Excel opens in Chinese, or XLSX. No cell is ever a formula.

A cell that begins with = + - @, a tab or a line end is what spreadsheets run (OWASP, CSV injection): such text gets an
apostrophe before it in CSV, and is written as text in XLSX.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from flask import Response

from bot.store.pages import MOST, Page, Wanted

Item = TypeVar("Item")
Cell = str | int | float | date | datetime | None

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Rows in one file: more is a matter for a backup, not for a clerk's spreadsheet.
MOST_ROWS = 10_000
LONGEST_CELL = 32_000
BYTE_ORDER_MARK = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    heading: str
    cell: Callable[[Item], Cell]


def all_rows(read: Callable[[Wanted], Page[Item]], order: str) -> Iterator[Item]:
    """The whole list, page by page, up to `MOST_ROWS`."""
    cursor, count = "", 0
    while count < MOST_ROWS:
        page = read(Wanted(order, cursor, MOST))
        yield from page.items[: MOST_ROWS - count]
        count += len(page.items)
        cursor = page.following
        if not cursor:
            return


def as_file(form: str, name: str, columns: tuple[Column[Item], ...], rows: Iterable[Item]) -> Response:
    """A download; `form` is "csv" or "xlsx"."""
    content, kind = (_xlsx(columns, rows), XLSX) if form == "xlsx" else (_csv(columns, rows), "text/csv")
    response = Response(content, content_type=kind if form == "xlsx" else f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def defused(value: Cell) -> Cell:
    """The cell, so that no spreadsheet runs it."""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(RUNS) else value
    return value


def _csv(columns: tuple[Column[Item], ...], rows: Iterable[Item]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.heading for column in columns])
    writer.writerows([[defused(_plain(column.cell(row))) for column in columns] for row in rows])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _xlsx(columns: tuple[Column[Item], ...], rows: Iterable[Item]) -> bytes:
    from bot.console.workbook import workbook  # noqa: PLC0415 - a big library, and few want a workbook

    headings = [column.heading for column in columns]
    return workbook(headings, ([_plain(column.cell(row)) for column in columns] for row in rows))


def _plain(value: Cell) -> Cell:
    """Spreadsheets know no time zones: times are written as they were given, already in the office's zone. Nor do they take a
    text of any length.
    """
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value[:LONGEST_CELL] if isinstance(value, str) else value
