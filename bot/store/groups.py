"""Village chat groups. A webhook key is a credential: sealed here, opened for the sender alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.changes import Changes
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import GroupRow
from bot.store.vault import Vault

PURPOSE = "webhook key"
ORDERS = {"number": GroupRow.id, "community": GroupRow.community_code, "name": GroupRow.name}


class GroupKind(StrEnum):
    """How a text gets in: by customer-group task, by webhook, or carried by a grid worker's hand."""

    WECOM_CUSTOMER = "wecom_customer"
    WECOM_INTERNAL = "wecom_internal"
    WECHAT = "wechat"


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group as it is told to us; community and name together name it."""

    community_code: str
    name: str
    kind: GroupKind
    chat_id: str | None = None
    owner_userid: str | None = None
    webhook_key: str | None = field(default=None, repr=False)
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    community_code: str
    name: str
    kind: GroupKind
    chat_id: str | None
    owner_userid: str | None
    has_webhook: bool
    members: int | None


def put_groups(session: Session, entries: Iterable[GroupEntry], *, vault: Vault) -> Changes:
    """Store `entries` as they are given; storing the same again changes nothing."""
    stored = {(row.community_code, row.name): row for row in session.scalars(select(GroupRow))}
    changes = Changes()
    for entry in entries:
        row = stored.get((entry.community_code, entry.name))
        if row is None:
            row = GroupRow(community_code=entry.community_code, name=entry.name)
            session.add(row)
            changes += Changes(added=1)
        elif _entry(row, vault) == entry:
            changes += Changes(unchanged=1)
            continue
        else:
            changes += Changes(changed=1)
        _fill(row, entry, vault)
    session.flush()
    return changes


def find_group(session: Session, group_id: int) -> Group | None:
    """A group by our own number."""
    row = session.get(GroupRow, group_id)
    return _group(row) if row else None


def names_of(session: Session, group_ids: Collection[int]) -> dict[int, str]:
    """What some groups are called."""
    rows = session.execute(select(GroupRow.id, GroupRow.name).where(GroupRow.id.in_(group_ids)))
    return {row.id: row.name for row in rows}


def groups_of(session: Session, community_codes: Sequence[str]) -> tuple[Group, ...]:
    """The groups of these communities."""
    rows = session.scalars(
        select(GroupRow)
        .where(GroupRow.community_code.in_(community_codes))
        .order_by(GroupRow.community_code, GroupRow.name)
    )
    return tuple(_group(row) for row in rows)


def read_groups(
    session: Session, *, wanted: Wanted, area_prefix: str = "", kinds: Sequence[GroupKind] = ()
) -> Page[Group]:
    """A page of groups, in the area whose codes begin so."""
    rows = select(GroupRow).where(begins(GroupRow.community_code, area_prefix))
    if kinds:
        rows = rows.where(GroupRow.kind.in_(kinds))
    return read_page(
        session, rows, orders=ORDERS, key=GroupRow.id, default="number", wanted=wanted, make=_group
    )


def webhook_key_of(session: Session, group_id: int, vault: Vault) -> str | None:
    """For the sender alone; None when the group has no webhook."""
    row = session.get(GroupRow, group_id)
    return _webhook_key(row, vault) if row else None


def _fill(row: GroupRow, entry: GroupEntry, vault: Vault) -> None:
    row.kind = entry.kind.value
    row.chat_id = entry.chat_id
    row.owner_userid = entry.owner_userid
    row.webhook_key_sealed = vault.seal(entry.webhook_key, PURPOSE) if entry.webhook_key else None
    row.members = entry.members


def _webhook_key(row: GroupRow, vault: Vault) -> str | None:
    return vault.open(row.webhook_key_sealed, PURPOSE) if row.webhook_key_sealed else None


def _entry(row: GroupRow, vault: Vault) -> GroupEntry:
    return GroupEntry(
        community_code=row.community_code,
        name=row.name,
        kind=GroupKind(row.kind),
        chat_id=row.chat_id,
        owner_userid=row.owner_userid,
        webhook_key=_webhook_key(row, vault),
        members=row.members,
    )


def _group(row: GroupRow) -> Group:
    return Group(
        id=row.id,
        community_code=row.community_code,
        name=row.name,
        kind=GroupKind(row.kind),
        chat_id=row.chat_id,
        owner_userid=row.owner_userid,
        has_webhook=row.webhook_key_sealed is not None,
        members=row.members,
    )
