import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError, Conflict, NotFound
from bot.store import audit, residents, schema
from bot.store.areas import load_tree, replace_or_add
from bot.store.articles import all_articles, upsert_articles
from bot.store.backup import Restored, back_up, restore
from bot.store.engine import Database, open_database
from bot.store.tables import DeliveryRow, GridWorkerRow, LeaseRow, ResidentRow, Table, TicketRow
from bot.store.vault import Vault
from broadcasts.delivery import DeliveryStatus
from knowledge.article import Article, Source
from tests.bot import places
from tests.clocks import TestClock

ARTICLE = Article("a", "问？", "答：“是”。\n第二行", ("别问",), Source("某局", issued_on=date(2022, 7, 12)))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A second database to restore into, whichever the first one is."""
    database = open_database(f"sqlite:///{tmp_path / 'second.sqlite3'}")
    schema.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def fill(database: Database, vault: Vault, clock: TestClock) -> int:
    """A service that has been at work; returns a resident's number."""
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
        upsert_articles(session, [ARTICLE], now=clock())
        resident = residents.recognise(session, "o-one", vault=vault, now=clock())
        residents.bind_community(session, resident.id, places.HEPING.code)
        session.add(TicketRow(number=41, kind="report"))
        session.add(a_grid_worker_who_left(clock))
        session.add(LeaseRow(name="leader", holder="me", expires_at=clock() + timedelta(minutes=1)))
        for status in (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED, DeliveryStatus.DELIVERED):
            session.add(a_delivery(resident.id, status, vault, clock))
        for number in range(3):
            audit.record(session, at=clock(), actor="甲", action="done", subject="x", detail={"n": number})
    return resident.id


def a_grid_worker_who_left(clock: TestClock) -> GridWorkerRow:
    return GridWorkerRow(
        community_code=places.HEPING.code,
        grid="一网格",
        name="示例网格员",
        phone_last4="0000",
        dismissed_at=clock(),
    )


def a_delivery(resident_id: int, status: DeliveryStatus, vault: Vault, clock: TestClock) -> DeliveryRow:
    return DeliveryRow(
        channel="follow_up",
        recipient=resident_id,
        resident_id=resident_id,
        client_msg_id=status.value,
        body_sealed=vault.seal("body", "delivery"),
        status=status.value,
        not_before=clock(),
        created_at=clock(),
        updated_at=clock(),
    )


def take_back(database: Database, file: Path, vault: Vault, clock: TestClock, *, stopped: bool) -> Restored:
    return restore(database, file, vault=vault, now=clock(), nothing_sent_since=stopped)


def contents(database: Database) -> dict[str, list[str]]:
    """Everything but leases, as text."""
    with database.reading() as session:
        return {
            table.name: sorted(str(dict(row)) for row in session.execute(table.select()).mappings())
            for table in Table.metadata.sorted_tables
            if table.name != "leases"
        }


def test_what_was_backed_up_is_there_again(
    database: Database, empty: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    resident = fill(database, vault, clock)
    back_up(database, file, now=clock())
    restored = take_back(empty, file, vault, clock, stopped=True)
    assert contents(empty) == contents(database)
    assert restored.rows == sum(map(len, contents(database).values()))
    with empty.reading() as session:
        assert set(load_tree(session)) == set(places.AREAS)
        assert all_articles(session) == (ARTICLE,)
        assert residents.openid_of(session, resident, vault) == "o-one"
        assert audit.verify(session) is None


@pytest.mark.postgres
def test_a_backup_of_sqlite_goes_into_postgresql_and_numbers_go_on(
    sqlite: Database, postgres: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    take_back(postgres, file, vault, clock, stopped=True)
    assert contents(postgres) == contents(sqlite)
    with postgres.transaction() as session:
        ticket = TicketRow(kind="question")
        session.add(ticket)
        session.flush()
        assert ticket.number == 42
        residents.recognise(session, "o-two", vault=vault, now=clock())
        audit.record(session, at=clock(), actor="甲", action="done", subject="x")
        assert audit.verify(session) is None


def test_what_waited_to_go_out_is_not_sent_again(
    database: Database, empty: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(database, vault, clock)
    back_up(database, file, now=clock())
    assert take_back(empty, file, vault, clock, stopped=False).held_back == 2
    with empty.reading() as session:
        assert dict(session.query(DeliveryRow.client_msg_id, DeliveryRow.status).all()) == {
            "pending": "unknown",
            "claimed": "unknown",
            "delivered": "delivered",
        }


def test_leases_are_not_restored(
    sqlite: Database, empty: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    take_back(empty, file, vault, clock, stopped=True)
    with empty.reading() as session:
        assert session.query(LeaseRow).count() == 0


def test_what_is_written_during_the_backup_is_not_half_in_it(
    database: Database, file: Path, vault: Vault, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, vault, clock)
    from bot.store import backup  # noqa: PLC0415 - to slip in between two of its steps

    rows_of = backup._rows_of

    def meanwhile(connection: Any, table: Any) -> Any:
        if table.name == "residents":
            with database.transaction() as session:
                residents.recognise(session, "o-late", vault=vault, now=clock())
        return rows_of(connection, table)

    monkeypatch.setattr(backup, "_rows_of", meanwhile)
    manifest = back_up(database, file, now=clock())
    assert manifest.tables["residents"].rows == manifest.tables["openids"].rows == 1
    with database.reading() as session:
        assert session.query(ResidentRow).count() == 2


def test_nothing_is_restored_over_something(
    sqlite: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    before = contents(sqlite)
    with pytest.raises(Conflict, match="not empty"):
        take_back(sqlite, file, vault, clock, stopped=True)
    assert contents(sqlite) == before


def test_the_wrong_key_is_noticed_and_nothing_is_restored(
    sqlite: Database, empty: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    with pytest.raises(ConfigError, match="encryption_key"):
        take_back(empty, file, Vault(bytes(32)), clock, stopped=True)
    assert not any(contents(empty).values())


def rewritten(file: Path, name: str, change: str) -> Path:
    """The backup with one member replaced, or left out when `change` is empty."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
            elif change:
                target.writestr(member, change)
    return other


@pytest.mark.parametrize(
    ("member", "change", "reason"),
    [
        ("articles.jsonl", '{"id": "a"}\n', "articles is damaged"),
        ("areas.jsonl", "", "areas is missing"),
        ("manifest.json", "", "no backup"),
        ("manifest.json", '{"format": 9}', "format 9"),
        (
            "manifest.json",
            json.dumps(
                {"format": 1, "revision": "0000", "made_at": "2022-07-14T00:00:00+00:00", "tables": {}}
            ),
            "schema 0000",
        ),
    ],
)
def test_a_damaged_backup_is_refused_as_a_whole(
    sqlite: Database, empty: Database, file: Path, vault: Vault, clock: TestClock,
    member: str, change: str, reason: str,
) -> None:  # fmt: skip
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    with pytest.raises(Conflict, match=reason):
        take_back(empty, rewritten(file, member, change), vault, clock, stopped=True)
    assert not any(contents(empty).values())


def test_a_file_that_is_cut_off_is_no_backup(
    sqlite: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    back_up(sqlite, file, now=clock())
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(Conflict, match="cut off"):
        take_back(sqlite, file, vault, clock, stopped=True)
    with pytest.raises(NotFound, match="no such file"):
        take_back(sqlite, file.with_name("nix.zip"), vault, clock, stopped=True)


def test_nobodys_openid_stands_in_a_backup(
    sqlite: Database, file: Path, vault: Vault, clock: TestClock
) -> None:
    fill(sqlite, vault, clock)
    back_up(sqlite, file, now=clock())
    with zipfile.ZipFile(file) as archive:
        assert not any(b"o-one" in archive.read(name) for name in archive.namelist())
