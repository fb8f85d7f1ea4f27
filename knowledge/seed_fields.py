"""What every seed file shares: tables read field by field, days relative to a given day, and every fault with its place.

A seed folder holds TOML files; each file holds tables of one name (`[[article]]`, `[[claim]]`). `read_folder` reads them
all and either gives everything or raises one SeedError that lists all that is wrong.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources.abc import Traversable
from typing import Any, Protocol, TypeVar

from knowledge.article import Source
from knowledge.jsonl import SOURCE_FIELDS, Row, source_of
from knowledge.seed_lines import Stretch, stretches

SAMPLE_MARK = "示例"
"""A made-up source's title starts with this."""
_SOURCE_FIELDS = SOURCE_FIELDS | {"issued_on_days"}
VALIDITY_FIELDS = frozenset({"valid_from", "valid_from_days", "valid_to", "valid_to_days"})
_FARTHEST_DAYS = 36_500
_CODE_DIGITS = 12


class Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True, slots=True)
class SeedFault:
    """One fault. `table` is the entry's name and id, or its number in the file (from 1) if it has none; `line`: of the field
    or of the entry, from 1, and 0 where nobody knows.
    """

    file: str
    table: str
    field: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.table, self.field, self.reason) if part)


class SeedError(ValueError):
    """Seed files are wrong; `faults` holds everything that is, and nothing was read."""

    def __init__(self, faults: tuple[SeedFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Table(Row):
    """One table of a seed file. A day is a TOML date, or `<field>_days` counted from the day the file is read for."""

    def __init__(
        self, values: Mapping[str, Any], *, today: date, prefix: str = "", faults: list[tuple[str, str]]
    ) -> None:
        super().__init__(values, prefix=prefix, faults=faults)
        self._today = today

    def day(self, field: str) -> date | None:
        relative, absolute = self._values.get(f"{field}_days"), self._values.get(field)
        if relative is not None and absolute is not None:
            self.note(f"{field}_days", f"stands beside {field}; give one of them")
        if relative is not None:
            return self._days_from_today(f"{field}_days", relative)
        if absolute is not None and (isinstance(absolute, datetime) or not isinstance(absolute, date)):
            self.note(field, "must be a date as 2022-07-12, without quotes")
            return None
        return absolute

    def _days_from_today(self, field: str, days: object) -> date | None:
        if not isinstance(days, int) or isinstance(days, bool) or abs(days) > _FARTHEST_DAYS:
            self.note(field, f"must be a whole number of days, at most {_FARTHEST_DAYS} away")
            return None
        return self._today + timedelta(days=days)

    def flag(self, field: str) -> bool:
        value = self._values.get(field, False)
        if not isinstance(value, bool):
            self.note(field, "must be true or false")
            return False
        return value

    def part(self, field: str) -> "Table | None":
        value = self._values.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.note(field, "must be a table")
            return None
        return Table(value, today=self._today, prefix=f"{self._prefix}{field}.", faults=self._faults)


def read_source(table: Table) -> Source | None:
    """The `[….source]` table, if there is one."""
    return source_of(table.part("source"), _SOURCE_FIELDS)


def read_area_code(table: Table) -> str:
    """A 12-digit division code, or empty for everywhere."""
    code = table.text("area_code")
    if code and not (len(code) == _CODE_DIGITS and code.isascii() and code.isdigit()):
        table.note("area_code", "must be a division code of 12 digits, or empty for everywhere")
    return code


def check_sample(table: Table, source: Source | None) -> None:
    """What is made up says so twice, as `sample = true` and first in its source's title; what is not, never."""
    marked = source is not None and source.title.startswith(SAMPLE_MARK)
    if table.flag("sample") and not marked:
        table.note("source.title", f"must start with {SAMPLE_MARK}: the entry is a sample")
    elif marked and not table.flag("sample"):
        table.note("sample", f"must be true: source.title starts with {SAMPLE_MARK}")


def read_folder(folder: Traversable, name: str, build: Callable[[Table], T], *, day: date) -> tuple[T, ...]:
    """What `build` makes of each `[[name]]` table in the folder's TOML files, by file name and then as they stand.

    `day` is a date in Asia/Shanghai. Raises SeedError with every fault of every file.
    """
    faults: list[SeedFault] = []
    items: dict[str, T] = {}
    for file, place, stretch, values in _tables(folder, name, faults):
        found: list[tuple[str, str]] = []
        item = build(Table(values, today=day, faults=found))
        if item.id and item.id in items:
            found.append(("id", "stands in the folder twice"))
        faults.extend(
            SeedFault(file, place, field, reason, stretch.line_of(field)) for field, reason in found
        )
        items[item.id] = item
    if faults:
        raise SeedError(tuple(faults))
    return tuple(items.values())


def places_in(folder: Traversable, name: str) -> Mapping[str, tuple[str, Stretch]]:
    """The file and the lines of each table of a folder that was read, by its id."""
    return {values["id"]: (file, stretch) for file, _, stretch, values in _tables(folder, name, [])}


def _tables(
    folder: Traversable, name: str, faults: list[SeedFault]
) -> Iterator[tuple[str, str, Stretch, Mapping[str, Any]]]:
    """File, place, lines and values of each table; what cannot be read is added to `faults`."""
    if not folder.is_dir():
        faults.append(SeedFault(folder.name, "", "", "is not a folder"))
        return
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    if not files:
        faults.append(SeedFault(folder.name, "", "", "holds no .toml file"))
    for file in files:
        for number, (stretch, values) in enumerate(_tables_of(file, name, faults), start=1):
            given = values.get("id")
            label = given if isinstance(given, str) and given else str(number)
            yield file.name, f"{name} {label}", stretch, values


def _tables_of(
    file: Traversable, name: str, faults: list[SeedFault]
) -> list[tuple[Stretch, Mapping[str, Any]]]:
    try:
        text = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        faults.append(SeedFault(file.name, "", "", "is not UTF-8"))
        return []
    except tomllib.TOMLDecodeError as wrong:
        faults.append(SeedFault(file.name, "", "", f"is not TOML: {wrong}"))
        return []
    faults.extend(
        SeedFault(file.name, "", key, f"is not known; known is [[{name}]]")
        for key in sorted(content.keys() - {name})
    )
    tables = content.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        faults.append(SeedFault(file.name, "", name, f"must be tables, each headed [[{name}]]"))
        return []
    return list(zip(stretches(text, name, count=len(tables)), tables, strict=True))
