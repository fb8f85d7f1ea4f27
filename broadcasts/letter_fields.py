"""The fields of a letter's TOML file: each taken as what it must be, every fault noted with its place."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

_FARTHEST_DAYS = 36_500


class Fields:
    """One table of the file. A field of the wrong kind notes a fault in the shared list and gives an empty value."""

    def __init__(self, values: Mapping[str, Any], *, place: str, faults: list[str]) -> None:
        self._values = values
        self._place = place
        self._faults = faults

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, field: object) -> bool:
        return field in self._values

    def note(self, field: str, reason: str) -> None:
        self._faults.append(f"{self._place}{field}: {reason}")

    def text(self, field: str) -> str:
        """A text that must be there, without the white space around it."""
        value = self._values.get(field, "")
        if not isinstance(value, str) or not value.strip():
            self.note(field, "is missing or not text")
            return ""
        return value.strip()

    def days(self, field: str) -> int:
        """A whole number of days."""
        value = self._values.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _FARTHEST_DAYS:
            self.note(field, f"must be a whole number of days, at most {_FARTHEST_DAYS} away")
            return 0
        return value

    def part(self, field: str) -> "Fields":
        value = self._values.get(field)
        if not isinstance(value, dict):
            self.note(field, "must be a table")
            value = {}
        return Fields(value, place=f"{self._place}{field}.", faults=self._faults)

    def reject_unknown(self, allowed: Iterable[str]) -> None:
        known = sorted(allowed)
        for field in self._values:
            if field not in known:
                self.note(field, f"is not known; known are {', '.join(known)}")


def read_fields(file: Traversable, *, faults: list[str]) -> Fields | None:
    """The file's top table; None, with a fault noted, when it is not TOML in UTF-8."""
    try:
        values = tomllib.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        faults.append(f"{file.name}: is not TOML in UTF-8: {wrong}")
        return None
    return Fields(values, place=f"{file.name}: ", faults=faults)
