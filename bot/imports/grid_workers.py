"""The grid worker file: `community_code,grid,worker_name,phone_last4`."""

import re
from pathlib import Path

from bot.imports import cells
from bot.imports.faults import Faults
from bot.imports.sheet import Columns, Line, read_lines
from bot.store.areas import AreaTree
from bot.store.grid_workers import Appointment

COLUMNS = Columns(("community_code", "grid", "worker_name", "phone_last4"))
LONGEST = 40
LAST_FOUR = re.compile(r"[0-9]{4}")


def read_grid_workers(path: Path, *, tree: AreaTree) -> tuple[Appointment, ...]:
    """All grid workers of a file. Raises ImportFaults with every fault."""
    faults = Faults(path.name)
    seen: dict[Appointment, int] = {}
    for line in read_lines(path, COLUMNS, faults=faults):
        appointment = _appointment(line, tree, faults)
        if appointment is None:
            continue
        earlier = seen.setdefault(appointment, line.number)
        if earlier != line.number:
            faults.add(line.number, "worker_name", f"stands on line {earlier} already for this grid")
    faults.raise_if_any()
    return tuple(seen)


def _appointment(line: Line, tree: AreaTree, faults: Faults) -> Appointment | None:
    community = cells.community_code(line, "community_code", tree, faults=faults)
    grid = cells.text(line, "grid", longest=LONGEST, faults=faults)
    name = cells.text(line, "worker_name", longest=LONGEST, faults=faults)
    digits = line["phone_last4"]
    if not LAST_FOUR.fullmatch(digits):
        # A whole phone number may stand here by mistake: it is not repeated.
        faults.add(
            line.number, "phone_last4", "must be the last four digits of the phone number, nothing more"
        )
    return Appointment(community, grid, name, digits) if community else None
