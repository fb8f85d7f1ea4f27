"""Rows by the million into a table, some at a time."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

PIECE = 20_000


def insert_rows(connection: Connection, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    for piece in pieces(rows):
        connection.execute(insert(table), piece)


def pieces(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """So many at once as a database takes well."""
    while piece := list(islice(rows, PIECE)):
        yield piece
