"""The group file: `community_code,group_name,kind[,chat_id,owner_userid,webhook_key,members]`."""

from pathlib import Path

from bot.imports import cells
from bot.imports.faults import Faults
from bot.imports.sheet import Columns, Line, read_lines
from bot.store.areas import AreaTree
from bot.store.groups import GroupEntry, GroupKind

COLUMNS = Columns(
    ("community_code", "group_name", "kind"), ("chat_id", "owner_userid", "webhook_key", "members")
)
LONGEST_NAME = 60
LONGEST_ID = 64
# Members of a WeCom customer group at most; a WeChat group has at most as many.
MOST_MEMBERS = 500


def read_groups(path: Path, *, tree: AreaTree) -> tuple[GroupEntry, ...]:
    """All groups of a file. Raises ImportFaults with every fault."""
    faults = Faults(path.name)
    entries: list[GroupEntry] = []
    seen: dict[tuple[str, str], int] = {}
    for line in read_lines(path, COLUMNS, faults=faults):
        entry = _entry(line, tree, faults)
        if entry is None:
            continue
        earlier = seen.setdefault((entry.community_code, entry.name), line.number)
        if earlier != line.number:
            faults.add(line.number, "group_name", f"stands on line {earlier} already for this community")
        entries.append(entry)
    faults.raise_if_any()
    return tuple(entries)


def _entry(line: Line, tree: AreaTree, faults: Faults) -> GroupEntry | None:
    community = cells.community_code(line, "community_code", tree, faults=faults)
    name = cells.text(line, "group_name", longest=LONGEST_NAME, faults=faults)
    kind = cells.word(line, "kind", GroupKind, faults=faults)
    entry = {
        column: cells.optional_text(line, column, longest=LONGEST_ID, faults=faults)
        for column in ("chat_id", "owner_userid", "webhook_key")
    }
    members = _members(line, faults)
    if community is None or kind is None:
        return None
    _check_reach(line, kind, faults)
    return GroupEntry(
        community_code=community,
        name=name,
        kind=kind,
        chat_id=entry["chat_id"],
        owner_userid=entry["owner_userid"],
        webhook_key=entry["webhook_key"],
        members=members,
    )


def _members(line: Line, faults: Faults) -> int | None:
    cell = line["members"]
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell) <= MOST_MEMBERS):
        faults.add(line.number, "members", f'"{cell}" is not a whole number from 0 to {MOST_MEMBERS}')
        return None
    return int(cell)


def _check_reach(line: Line, kind: GroupKind, faults: Faults) -> None:
    """A customer group is reached through its owner; a webhook key belongs to an internal group only."""
    if kind is GroupKind.WECOM_CUSTOMER and not (line["chat_id"] and line["owner_userid"]):
        faults.add(line.number, "chat_id", "a wecom_customer group needs chat_id and owner_userid")
    if line["webhook_key"] and kind is not GroupKind.WECOM_INTERNAL:
        faults.add(line.number, "webhook_key", "only a wecom_internal group has a webhook")
