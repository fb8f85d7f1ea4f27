"""The migrations lead to what the row classes say, and back, on both databases."""

from sqlalchemy import inspect

from bot.store import schema
from bot.store.engine import Database


def test_the_newest_migration_equals_the_row_classes(database: Database) -> None:
    assert schema.differences(database) == []


def test_a_migrated_database_says_it_is_current(database: Database) -> None:
    assert schema.is_current(database)


def test_every_migration_goes_up_down_and_up_again(database: Database) -> None:
    tables = set(inspect(database.engine).get_table_names())

    for revision in ("0007", "0006", "0005", "0004", "0003", "0002", "0001", "base"):
        schema.downgrade(database, revision)
    left = set(inspect(database.engine).get_table_names())
    schema.upgrade(database)

    assert left == {"alembic_version"}
    assert set(inspect(database.engine).get_table_names()) == tables
    assert schema.differences(database) == []


def test_a_half_migrated_database_is_not_current(database: Database) -> None:
    schema.downgrade(database, "0003")

    assert not schema.is_current(database)
