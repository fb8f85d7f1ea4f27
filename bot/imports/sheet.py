"""Reads a CSV file line by line: UTF-8, a header of known columns, cells without formulas.

A file can be wrong as a whole (encoding, header): that is told at once and alone. Wrong lines are noted and left out,
and the caller raises all faults together when it has read to the end.
"""

import codecs
import csv
import difflib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import NotFound
from bot.imports.faults import Faults
from bot.unprintable import is_one_line

LARGEST_BYTES = 64_000_000
# What a spreadsheet takes for a formula when the file is opened again; none of our columns begins so.
FORMULA_STARTS = ("=", "+", "-", "@")
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
AS_UTF8 = "save it as CSV UTF-8 (in Excel and WPS: 另存为 → CSV UTF-8)"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header must and may name."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All that may stand in the header."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells by column, without blanks around them; `number` counts from 1, the header included."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_lines(path: Path, columns: Columns, *, faults: Faults) -> Iterator[Line]:
    """The lines of a file that have the right shape. Raises ImportFaults when the file or its header is no use."""
    rows = _rows(_text(path, faults), faults)
    header = _header(next(rows, (1, [])), columns, faults)
    for number, cells in rows:
        if any(cells) and _has_its_cells(number, cells, header, faults):
            yield Line(number, dict(zip(header, cells, strict=True)))


def _text(path: Path, faults: Faults) -> str:
    content = _bytes(path)
    if reason := _no_text(content):
        faults.add(1, "", reason)
        faults.raise_if_any()
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(content.count(b"\n", 0, error.start) + 1, "", _wrong_encoding(content))
        faults.raise_if_any()
        raise


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None


def _no_text(content: bytes) -> str:
    """Why this can be no CSV file at all; empty when it may be one."""
    if len(content) > LARGEST_BYTES:
        return f"is larger than {LARGEST_BYTES // 1_000_000} MB; split it"
    if content.startswith((WORKBOOK, OLD_WORKBOOK)):
        return f"is an Excel workbook; {AS_UTF8}"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"is UTF-16; {AS_UTF8}"
    if b"\0" in content:
        return "has NUL bytes in it: this is no text file"
    return "" if content.strip() else "is empty"


def _wrong_encoding(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return f"is not UTF-8; {AS_UTF8}"
    return f"is not UTF-8 but probably GBK; {AS_UTF8}"


def _rows(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on; a quote left open ends the reading."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            yield number, [cell.strip() for cell in row]
            number = reader.line_num + 1
    except csv.Error as error:
        faults.add(number, "", f"cannot be read as CSV: {error}; is a quotation mark left open?")


def _header(row: tuple[int, Sequence[str]], columns: Columns, faults: Faults) -> tuple[str, ...]:
    number, names = row
    if len(names) == 1 and any(mark in names[0] for mark in ";\t，"):
        faults.add(number, "", "columns must be separated by commas (,)")
        faults.raise_if_any()
    for name, count in Counter(names).items():
        if count > 1:
            faults.add(number, name, f"stands {count} times in the header")
        if name not in columns.known:
            faults.add(number, name, _unknown(name, columns))
    for name in columns.required:
        if name not in names:
            faults.add(number, name, f"is missing from the header; expected {','.join(columns.required)}")
    faults.raise_if_any()
    return tuple(names)


def _unknown(name: str, columns: Columns) -> str:
    if not name:
        return "a column without a name"
    near = difflib.get_close_matches(name, columns.known, n=1)
    return (
        f'unknown column; did you mean "{near[0]}"?'
        if near
        else f"unknown column; known are {','.join(columns.known)}"
    )


def _has_its_cells(number: int, cells: Sequence[str], header: Sequence[str], faults: Faults) -> bool:
    """Whether the line can be read on; what stands in single cells is noted, and told with the rest."""
    if len(cells) != len(header):
        faults.add(number, "", f"has {len(cells)} cells where the header has {len(header)}")
        return False
    for column, cell in zip(header, cells, strict=True):
        if cell.startswith(FORMULA_STARTS):
            faults.add(number, column, f'begins with "{cell[0]}" like a formula; write the plain value')
        elif not is_one_line(cell):
            faults.add(number, column, "has a line break or control character in it")
    return True
