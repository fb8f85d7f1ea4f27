"""Areas by the digits their codes begin with, and our own names by their beginnings, asked so that every index serves, in
any collation.
"""

import re
import string

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute

# What names of ours are written in: every collation has these signs in this order, and each has a next one.
OURS = re.compile(r"^[a-z0-9._]+")
Codes = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def begins(codes: Codes, prefix: str) -> ColumnElement[bool]:
    """Whether a code begins with these digits; without any every code does, and no code as well."""
    if not prefix:
        return true()
    return and_(codes >= prefix, codes < str(int(prefix) + 1))


def begins_with_name(names: InstrumentedAttribute[str], beginning: str) -> ColumnElement[bool]:
    """Whether a name of ours ("staff.added", in lower case) begins so.

    The range is what an index is good for. It ends with the next letter, for no sign is the last one in every language: what
    stands behind the last letter, or is none of ours, is left out of it.
    """
    exactly = names.startswith(beginning, autoescape=True)
    stem = "".join(OURS.findall(beginning)[:1]).rstrip(string.punctuation + string.digits + "z")
    if not stem:
        return exactly
    return and_(names >= stem, names < stem[:-1] + chr(ord(stem[-1]) + 1), exactly)
