"""Areas by the digits their codes begin with, asked so that every index on a code serves, in any collation."""

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

Codes = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def begins(codes: Codes, prefix: str) -> ColumnElement[bool]:
    """Whether a code begins with these digits; `prefix` may not be empty."""
    return and_(codes >= prefix, codes < str(int(prefix) + 1))
