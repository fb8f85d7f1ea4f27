"""Values out of an answer. What is absent or of another type is empty: the call itself has succeeded."""

from collections.abc import Mapping
from typing import Any


def words(body: Mapping[str, Any], name: str) -> str:
    """A text; a number, such as a message id, as its digits."""
    value = body.get(name, "")
    return str(value) if isinstance(value, str | int) else ""


def number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name, 0)
    return value if isinstance(value, int) else 0


def part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def rows(body: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    value = body.get(name)
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def texts(body: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = body.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
