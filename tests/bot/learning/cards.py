"""A card for tests."""

from dataclasses import replace

from bot.learning.card import PACKAGED, Card, program_key
from tests.bot.store.people import NOW

CARD = Card(
    version="",
    created_at=NOW,
    key=program_key(),
    data="d",
    program="0.1.0",
    form="f",
    replaces=PACKAGED,
    learnt_from={"decided rumours": 3},
    figures={"flag: PR-AUC": 0.97},
    files={},
)


def of_another_program(card: Card = CARD) -> Card:
    return replace(card, key="another")
