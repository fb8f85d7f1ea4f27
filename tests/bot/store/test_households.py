import pytest

from bot.store.areas import replace_or_add
from bot.store.engine import Database
from bot.store.households import Household, count_households, find_household, put_households
from tests.bot import places

MANY = [
    Household(code, f"H{number:04}", "第一网格")
    for number in range(800)
    for code in (places.HEPING.code, places.BEIJIE.code)
]


@pytest.fixture
def village(database: Database) -> Database:
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
    return database


def test_households_of_the_same_code_in_two_communities_are_two(village: Database) -> None:
    with village.transaction() as session:
        assert put_households(session, MANY).added == 1_600
        assert count_households(session, [places.HEPING.code, places.BEIJIE.code, places.PINGAN.code]) == {
            places.HEPING.code: 800,
            places.BEIJIE.code: 800,
        }


def test_storing_the_same_again_changes_nothing(village: Database) -> None:
    with village.transaction() as session:
        put_households(session, MANY)
        changes = put_households(session, reversed(MANY))
        assert not changes.any
        assert changes.unchanged == 1_600


def test_a_household_moves_to_another_grid(village: Database) -> None:
    moved = Household(places.HEPING.code, "H0001", "第二网格")
    with village.transaction() as session:
        put_households(session, MANY)
        assert put_households(session, [moved]).changed == 1
        assert find_household(session, places.HEPING.code, "H0001") == moved
        assert find_household(session, places.BEIJIE.code, "H0001") == Household(
            places.BEIJIE.code, "H0001", "第一网格"
        )


def test_an_unknown_household_is_none(village: Database) -> None:
    with village.reading() as session:
        assert find_household(session, places.HEPING.code, "nix") is None
