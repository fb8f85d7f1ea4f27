"""Checks of single cells that several files share: codes, texts, words out of a list."""

import re
from enum import StrEnum
from typing import TypeVar

from bot.imports.faults import Faults
from bot.imports.sheet import Line
from bot.store.areas import AreaTree

Word = TypeVar("Word", bound=StrEnum)

DIVISION_CODE = re.compile(r"[0-9]{12}")
SPREADSHEET_NUMBER = re.compile(r"[0-9.]+[eE]\+?[0-9]+")


def text(line: Line, column: str, *, longest: int, faults: Faults) -> str:
    """A text that must be there, and not be longer than we can keep."""
    cell = line[column]
    if not cell:
        faults.add(line.number, column, "is empty")
    elif len(cell) > longest:
        faults.add(line.number, column, f"has {len(cell)} characters, at most {longest} are kept")
    return cell


def optional_text(line: Line, column: str, *, longest: int, faults: Faults) -> str | None:
    """A text that may be missing."""
    return text(line, column, longest=longest, faults=faults) if line[column] else None


def word(line: Line, column: str, kind: type[Word], *, faults: Faults) -> Word | None:
    """One of the words of `kind`; None after a fault."""
    try:
        return kind(line[column])
    except ValueError:
        faults.add(line.number, column, f'"{line[column]}" is none of {", ".join(kind)}')
        return None


def division_code(line: Line, column: str, *, faults: Faults) -> str | None:
    """A division code of 12 digits; None after a fault."""
    cell = line[column]
    if DIVISION_CODE.fullmatch(cell):
        return cell
    hint = "; the spreadsheet made a number of it: format the column as text" if _was_number(cell) else ""
    faults.add(line.number, column, f'"{cell}" is not a division code of 12 digits{hint}')
    return None


def community_code(line: Line, column: str, tree: AreaTree, *, faults: Faults) -> str | None:
    """The code of a village or neighbourhood that is in the database; None after a fault."""
    code = division_code(line, column, faults=faults)
    if code is None:
        return None
    area = tree.get(code)
    if area is None:
        faults.add(line.number, column, f"there is no area {code}; import the areas first")
        return None
    if not area.is_community:
        faults.add(line.number, column, f"{code} is a {area.kind}, not a village or neighbourhood")
        return None
    return code


def _was_number(cell: str) -> bool:
    return SPREADSHEET_NUMBER.fullmatch(cell) is not None
