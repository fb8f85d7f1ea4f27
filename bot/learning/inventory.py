"""Every version that lies there, the broken ones too: one that is silently not used is found out when it is missed."""

from dataclasses import dataclass

from bot.errors import Conflict, NotFound
from bot.learning.card import PACKAGED, Card
from bot.learning.model_store import ModelStore


@dataclass(frozen=True, slots=True)
class Stock:
    """One version. `card`: None when it cannot be read; `is_ours`: made for this version of the program; `fault`: why it
    cannot serve, empty when it can.
    """

    version: str
    card: Card | None
    is_ours: bool
    fault: str

    @property
    def is_damaged(self) -> bool:
        return bool(self.fault) and (self.card is None or self.is_ours)


def stock_of(store: ModelStore) -> tuple[Stock, ...]:
    """Oldest first."""
    return tuple(_stock(store, version) for version in store.versions())


def ailment(store: ModelStore) -> str:
    """Why the current version does not serve, and the mend; empty when it does."""
    current = store.current
    stock = _stock(store, current) if current != PACKAGED else None
    if stock is None or not stock.fault:
        return ""
    copy = (
        f"copy its files back and run: dingxin knowledge rollback {current}; or " if stock.is_damaged else ""
    )
    return f"{stock.fault}, so the packaged version serves; {copy}fit it anew: dingxin knowledge train"


def _stock(store: ModelStore, version: str) -> Stock:
    try:
        card = store.card(version)
    except (NotFound, Conflict) as error:
        return Stock(version, None, is_ours=False, fault=str(error))
    return Stock(version, card, is_ours=card.key == store.key(), fault=store.fault(version))
