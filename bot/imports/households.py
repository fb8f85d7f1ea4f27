"""The household file: `community_code,household_code,grid`. Codes only: names and numbers have no column here."""

import re
from pathlib import Path

from bot.imports import cells
from bot.imports.faults import Faults
from bot.imports.sheet import Columns, Line, read_lines
from bot.store.areas import AreaTree
from bot.store.households import Household

COLUMNS = Columns(("community_code", "household_code", "grid"))
LONGEST = 40
# A resident's ID number or a mobile number: neither is ever a household code.
PERSONAL = re.compile(r"[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}")


def read_households(path: Path, *, tree: AreaTree) -> tuple[Household, ...]:
    """All households of a file. Raises ImportFaults with every fault."""
    faults = Faults(path.name)
    households: list[Household] = []
    seen: dict[tuple[str, str], int] = {}
    for line in read_lines(path, COLUMNS, faults=faults):
        household = _household(line, tree, faults)
        if household is None:
            continue
        earlier = seen.setdefault(household.key, line.number)
        if earlier != line.number:
            faults.add(line.number, "household_code", f"stands on line {earlier} already for this community")
        households.append(household)
    faults.raise_if_any()
    return tuple(households)


def _household(line: Line, tree: AreaTree, faults: Faults) -> Household | None:
    community = cells.community_code(line, "community_code", tree, faults=faults)
    code = cells.text(line, "household_code", longest=LONGEST, faults=faults)
    grid = cells.text(line, "grid", longest=LONGEST, faults=faults)
    if PERSONAL.fullmatch(code):
        faults.add(
            line.number, "household_code", "is a person's number; use the village's own household codes"
        )
        return None
    return Household(community, code, grid) if community else None
