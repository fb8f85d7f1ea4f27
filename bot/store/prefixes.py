"""Areas by the digits their codes begin with, asked so that every index on a code serves, in any collation."""

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute

Codes = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def begins(codes: Codes, prefix: str) -> ColumnElement[bool]:
    """Whether a code begins with these digits; without any every code does, and no code as well."""
    if not prefix:
        return true()
    return and_(codes >= prefix, codes < str(int(prefix) + 1))
