"""The area file: `code,name,kind,parent_code[,risk]`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.imports import cells
from bot.imports.faults import Faults
from bot.imports.sheet import Columns, Line, read_lines
from bot.store.areas import Area, AreaKind, AreaTree, Risk

COLUMNS = Columns(("code", "name", "kind", "parent_code"), ("risk",))
LONGEST_NAME = 60
# What an area of each kind lies in; a prefecture lies in nothing.
PARENT_KIND: Mapping[AreaKind, AreaKind | None] = {
    AreaKind.PREFECTURE: None,
    AreaKind.COUNTY: AreaKind.PREFECTURE,
    AreaKind.TOWNSHIP: AreaKind.COUNTY,
    AreaKind.NEIGHBOURHOOD: AreaKind.TOWNSHIP,
    AreaKind.VILLAGE: AreaKind.TOWNSHIP,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """The line a code stands on, and its area; None when the line has faults of its own."""

    line: int
    area: Area | None


def read_areas(path: Path, *, stored: AreaTree) -> tuple[Area, ...]:
    """All areas of a file; `stored` are those it may refer to. Raises ImportFaults with every fault."""
    faults = Faults(path.name)
    placed: dict[str, Placed] = {}
    for line in read_lines(path, COLUMNS, faults=faults):
        code = cells.division_code(line, "code", faults=faults)
        area = _area(line, code, stored, faults)
        if code is None:
            continue
        earlier = placed.setdefault(code, Placed(line.number, area))
        if earlier.line != line.number:
            faults.add(line.number, "code", f"{code} stands on line {earlier.line} already")
    _check_tree(placed, stored, faults)
    faults.raise_if_any()
    return tuple(one.area for one in placed.values() if one.area)


def _area(line: Line, code: str | None, stored: AreaTree, faults: Faults) -> Area | None:
    name = cells.text(line, "name", longest=LONGEST_NAME, faults=faults)
    kind = cells.word(line, "kind", AreaKind, faults=faults)
    parent = cells.division_code(line, "parent_code", faults=faults) if line["parent_code"] else None
    if code is None or kind is None:
        return None
    return Area(code, name, kind, parent, _risk(line, stored.get(code), faults))


def _risk(line: Line, stored: Area | None, faults: Faults) -> Risk | None:
    """A file without the column leaves the risk as it is; an empty cell means: as in the area above."""
    if "risk" not in line.cells:
        return stored.risk if stored else None
    return cells.word(line, "risk", Risk, faults=faults) if line["risk"] else None


def _check_tree(placed: Mapping[str, Placed], stored: AreaTree, faults: Faults) -> None:
    for one in placed.values():
        for column, reason in _misplaced(one.area, placed, stored) if one.area else ():
            faults.add(one.line, column, reason)


def _misplaced(area: Area, placed: Mapping[str, Placed], stored: AreaTree) -> Iterable[tuple[str, str]]:
    """Why the area cannot stand where the file puts it."""
    earlier = stored.get(area.code)
    if earlier is not None and earlier.kind is not area.kind:
        yield "kind", f"{area.code} is a {earlier.kind} in the database; an area's kind cannot change"
    wanted = PARENT_KIND[area.kind]
    if wanted is None:
        if area.parent_code is not None:
            yield "parent_code", f"must be empty: a {area.kind} is at the top"
        return
    if area.parent_code is None:
        yield "parent_code", f"is empty; a {area.kind} lies in a {wanted}"
        return
    in_file = placed.get(area.parent_code)
    # A stored area keeps its kind, whatever the file says; one with faults of its own is told on its own line.
    parent = stored.get(area.parent_code) or (in_file.area if in_file else None)
    if parent is None and in_file is not None:
        return
    if parent is None:
        yield "parent_code", f"there is no area {area.parent_code}, neither in the file nor in the database"
    elif parent.kind is not wanted:
        yield "parent_code", f"{parent.code} is a {parent.kind}; a {area.kind} lies in a {wanted}"
