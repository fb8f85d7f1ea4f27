"""Openids out of the vault, many at once, for the senders alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.changes import in_pieces
from bot.store.residents import PURPOSE
from bot.store.tables import OpenidRow
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Addressee:
    """A resident who can still be reached."""

    resident_id: int
    openid: str = field(repr=False)


def addressees(session: Session, resident_ids: Sequence[int], vault: Vault) -> list[Addressee]:
    """Those of these residents whose data were not erased meanwhile, by number."""
    rows: list[OpenidRow] = []
    for piece in in_pieces(resident_ids):
        rows += session.scalars(select(OpenidRow).where(OpenidRow.resident_id.in_(piece)))
    ordered = sorted(rows, key=lambda row: row.resident_id)
    return [Addressee(row.resident_id, vault.open(row.openid_sealed, PURPOSE)) for row in ordered]
