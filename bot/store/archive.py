"""The file of a backup: a zip of one JSONL member per table, files that belong to the state, and a manifest that tells
what must be in them.

Nothing in it depends on the database it came from, so that a backup of SQLite can be restored into PostgreSQL. Sealed
columns stay sealed: without the encryption key a backup names nobody.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Table

from bot.errors import Conflict, NotFound
from bot.store.tables.declarative import UtcDateTime

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """How many rows a table has in the archive, and the SHA-256 of their lines."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`revision` is the schema's; `made_at` when the snapshot was taken; `files`: the SHA-256 of each by its name."""

    revision: str
    made_at: datetime
    tables: Mapping[str, Member]
    files: Mapping[str, str]


class Writer:
    """Writes tables one after the other, then the manifest."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._members: dict[str, Member] = {}
        self._files: dict[str, str] = {}

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """All rows of a table, a line each."""
        digest = hashlib.sha256()
        count = 0
        with self._zip.open(_member_name(table.name), "w", force_zip64=True) as member:
            for row in rows:
                line = _line(table, row)
                member.write(line)
                digest.update(line)
                count += 1
        self._members[table.name] = Member(count, digest.hexdigest())

    def add_file(self, name: str, content: bytes) -> None:
        """A file that belongs to the state."""
        self._zip.writestr(f"{FILES}/{name}", content)
        self._files[name] = hashlib.sha256(content).hexdigest()

    def finish(self, *, revision: str, made_at: datetime) -> Manifest:
        """Without the manifest the file is no backup."""
        manifest = Manifest(revision, made_at.astimezone(UTC), self._members, self._files)
        content = {
            "format": FORMAT,
            "revision": revision,
            "made_at": manifest.made_at.isoformat(),
            "tables": {name: asdict(member) for name, member in self._members.items()},
            "files": self._files,
        }
        self._zip.writestr(MANIFEST, json.dumps(content, indent=2))
        return manifest

    def close(self) -> None:
        """Close the file, finished or not."""
        self._zip.close()


class Reader:
    """Reads a backup. Raises NotFound when there is none, Conflict when it is damaged or not one of ours."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise NotFound(f"{path}: no such file") from None
        except zipfile.BadZipFile:
            raise Conflict(f"{path}: is no backup, or is cut off") from None
        self._path = path
        self.manifest = self._read_manifest()

    def verify(self) -> None:
        """Every line is as it was written; read through before anything is restored."""
        for name, member in self.manifest.tables.items():
            digest = hashlib.sha256()
            for line in self._lines(name):
                digest.update(line)
            if digest.hexdigest() != member.sha256:
                raise Conflict(f"{self._path}: table {name} is damaged")
        for name, expected in self.manifest.files.items():
            if hashlib.sha256(self.file(name)).hexdigest() != expected:
                raise Conflict(f"{self._path}: file {name} is damaged")

    def file(self, name: str) -> bytes:
        """One of the files of the manifest."""
        try:
            return self._zip.read(f"{FILES}/{name}")
        except (KeyError, zipfile.BadZipFile) as error:
            raise Conflict(f"{self._path}: file {name} is missing or damaged") from error

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of a table as the database takes them; none when the backup has no such table."""
        if table.name in self.manifest.tables:
            for line in self._lines(table.name):
                yield _row(table, json.loads(line))

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(_member_name(name)) as member:
                yield from member
        except (KeyError, zipfile.BadZipFile) as error:
            raise Conflict(f"{self._path}: table {name} is missing or damaged") from error

    def _read_manifest(self) -> Manifest:
        try:
            content = json.loads(self._zip.read(MANIFEST))
        except (KeyError, ValueError, zipfile.BadZipFile):
            raise Conflict(f"{self._path}: is no backup of this program") from None
        if content.get("format") != FORMAT:
            raise Conflict(f"{self._path}: is a backup of format {content.get('format')}, known is {FORMAT}")
        return Manifest(
            content["revision"],
            datetime.fromisoformat(content["made_at"]),
            {name: Member(**member) for name, member in content["tables"].items()},
            content.get("files", {}),
        )


def _member_name(table_name: str) -> str:
    return f"{table_name}.jsonl"


def _line(table: Table, row: Row) -> bytes:
    values = {column.name: _to_json(row[column.name]) for column in table.columns}
    return (json.dumps(values, ensure_ascii=False) + "\n").encode()


def _to_json(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _row(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    return {name: _from_json(table.columns[name], value) for name, value in values.items()}


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
