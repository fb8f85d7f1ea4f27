"""Lists by cursor: every row once, in order, whatever the column, on both databases."""

import base64
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import Unacceptable
from bot.store.engine import Database
from bot.store.pages import Page, Wanted, read_page
from bot.store.tables import OfficeAlertRow
from tests.bot.store.people import NOW

ORDERS = {"sent": OfficeAlertRow.sent_at, "kind": OfficeAlertRow.kind, "raised": OfficeAlertRow.raised_at}


@pytest.fixture
def alerts(database: Database) -> Database:
    """Thirteen rows: several of one kind, every third one never sent."""
    with database.transaction() as session:
        session.add_all(
            OfficeAlertRow(
                kind=f"kind{number % 3}",
                subject=f"thing {number}",
                raised_at=NOW + timedelta(minutes=number // 2),
                sent_at=None if number % 3 == 0 else NOW + timedelta(hours=number % 4),
            )
            for number in range(13)
        )
    return database


def read(database: Database, wanted: Wanted) -> Page[OfficeAlertRow]:
    with database.reading() as session:
        return read_page(
            session,
            select(OfficeAlertRow),
            orders=ORDERS,
            key=OfficeAlertRow.id,
            default="-raised",
            wanted=wanted,
            make=lambda row: row,
        )


def read_all(database: Database, order: str, limit: int) -> list[OfficeAlertRow]:
    rows: list[OfficeAlertRow] = []
    cursor = ""
    while True:
        page = read(database, Wanted(order, cursor, limit))
        rows += page.items
        cursor = page.following
        if not cursor:
            return rows


@pytest.mark.parametrize("order", ["", "raised", "-raised", "kind", "-kind", "sent", "-sent"])
@pytest.mark.parametrize("limit", [1, 2, 5, 13, 50])
def test_turning_pages_shows_every_row_once_and_in_order(alerts: Database, order: str, limit: int) -> None:
    rows = read_all(alerts, order, limit)

    assert len(rows) == len({row.id for row in rows}) == 13
    column = ORDERS[(order or "-raised").removeprefix("-")]
    values = [getattr(row, column.key) for row in rows]
    there = [value for value in values if value is not None]
    assert values == there + [None] * (len(values) - len(there))
    assert there == sorted(there, reverse=(order or "-raised").startswith("-"))


def test_a_row_that_comes_in_meanwhile_moves_nothing(alerts: Database) -> None:
    first = read(alerts, Wanted("-raised", limit=4))
    with alerts.transaction() as session:
        session.add(OfficeAlertRow(kind="late", subject="late", raised_at=NOW + timedelta(days=1)))

    second = read(alerts, Wanted("-raised", first.following, 4))

    assert {row.id for row in first.items}.isdisjoint(row.id for row in second.items)
    assert "late" not in {row.kind for row in second.items}


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "W10", "!!!!", "WyJraW5kIiwxLDFd", "WyItcmFpc2VkIiwibm9uZSIsMV0"]
)
def test_a_made_up_cursor_is_refused(alerts: Database, cursor: str) -> None:
    with pytest.raises(Unacceptable, match="cursor"):
        read(alerts, Wanted("", cursor))


@pytest.mark.parametrize(
    "place",
    [
        ["-raised", "2022-07-14T04:00:00", 1],
        ["-raised", "2022-07-14T04:00:00+00:00", 2**70],
        ["-raised", "2022-07-14T04:00:00+00:00", "1"],
        ["-raised", 1657771200, 1],
        ["kind", "a\x00", 1],
        ["-raised", "0001-01-01T00:00:00+23:00", 1],
        ["-raised", "9999-12-31T23:59:59-23:00", 1],
        ["-raised", "2022-07-14T04:00:00+00:00", True],
        ["-raised", "2022-07-14T04:00:00+00:00", 2**31],
        ["-raised", "2022-07-14T04:00:00+00:00", None],
        ["kind", "\ud800", 1],
    ],
    ids=[
        "no zone",
        "too large",
        "no number",
        "no moment",
        "NUL",
        "before the first day",
        "after the last day",
        "a truth",
        "larger than the column",
        "nothing",
        "half a character",
    ],
)
def test_a_cursor_no_database_could_read_is_refused_before_one_is_asked(
    alerts: Database, place: list[object]
) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")
    with pytest.raises(Unacceptable, match="cursor"):
        read(alerts, Wanted(str(place[0]), cursor))


def test_what_people_type_into_a_title_ends_no_list(alerts: Database) -> None:
    with alerts.transaction() as session:
        session.add_all(
            OfficeAlertRow(kind=kind, subject=kind, raised_at=NOW)
            for kind in ("通渭县　停水", "a\u00a0b", "一行\n两行", "右\u200f左")
        )

    assert len(read_all(alerts, "kind", 1)) == 17


def test_an_order_there_is_not_is_refused_with_those_there_are(alerts: Database) -> None:
    with pytest.raises(Unacceptable, match="raised"):
        read(alerts, Wanted("-name"))


def test_no_page_is_longer_than_the_most(alerts: Database) -> None:
    assert len(read(alerts, Wanted(limit=10**9)).items) == 13
    assert len(read(alerts, Wanted(limit=-1)).items) == 1
