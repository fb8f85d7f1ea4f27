"""`dingxin knowledge models | rollback` where something is wrong, and on several machines."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from bot.commands.entry import Entry
from bot.commands.versions import switch
from bot.learning.model_store import ModelStore
from bot.store import audit
from bot.store.engine import Database
from bot.store.revisions import KNOWLEDGE, revision
from bot.store.vault import Vault
from knowledge.models import load_models
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.teaching import versions
from tests.bot.learning.cards import CARD
from tests.clocks import TestClock
from tests.settings import settings_for


@pytest.fixture
def store(installed: Path) -> ModelStore:
    """Two versions; the second is current."""
    store = versions(installed)
    for replaces in ("packaged", "1"):
        store.make_current(store.keep(load_models(), replace(CARD, replaces=replaces)).version)
    return store


def test_the_current_version_can_be_named_so_that_all_look_again(
    store: ModelStore, dingxin: Dingxin, stored: Database
) -> None:
    with stored.reading() as session:
        before = revision(session, KNOWLEDGE)

    result = dingxin("knowledge", "rollback", "2")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "version 2 is current already; every process reads it again\n"
    assert store.current == "2"
    with stored.reading() as session:
        assert revision(session, KNOWLEDGE) == before + 1
        assert [event.action for event in audit.events_of(session, "models 2")] == ["models.restored"]


def test_the_version_that_was_current_before_is_the_one_that_was_left_last(
    store: ModelStore, dingxin: Dingxin
) -> None:
    for version in ("packaged", "2"):
        assert dingxin("knowledge", "rollback", version).exit_code == 0

    assert dingxin("knowledge", "rollback").stdout == "the packaged version is current now\n"
    assert store.current == "packaged"


def test_going_back_twice_does_not_return_to_what_was_left(store: ModelStore, dingxin: Dingxin) -> None:
    for version in ("packaged", "1", "2"):
        assert dingxin("knowledge", "rollback", version).exit_code == 0

    assert dingxin("knowledge", "rollback").stdout == "version 1 is current now\n"
    assert dingxin("knowledge", "rollback").stdout == "the packaged version is current now\n"
    assert dingxin("knowledge", "rollback").exit_code == 1
    assert store.current == "packaged"


def test_where_nobody_has_recorded_a_switch_the_card_tells_the_one_before(
    store: ModelStore, dingxin: Dingxin
) -> None:
    assert dingxin("knowledge", "rollback").stdout == "version 1 is current now\n"
    assert store.current == "1"


def test_a_switch_that_is_not_recorded_has_not_been_made(
    store: ModelStore, installed: Path, stored: Database, seal: Vault, clock: TestClock
) -> None:
    def fails(_connection: Connection) -> None:
        raise OSError("no space left")

    event.listen(stored.engine, "commit", fails)
    with pytest.raises(OSError, match="no space left"):
        switch(Entry(settings_for(installed), stored, seal, clock), store, "1", action="a", detail={})
    event.remove(stored.engine, "commit", fails)

    assert store.current == "2"
    with stored.reading() as session:
        assert (revision(session, KNOWLEDGE), audit.events_of(session, "models 1")) == (0, ())


def test_a_damaged_version_is_not_read_again(store: ModelStore, installed: Path, dingxin: Dingxin) -> None:
    (installed / "var" / "models" / "2" / "flag.npz").write_bytes(b"half")

    result = dingxin("knowledge", "rollback", "2")

    assert result.exit_code == 1
    assert "version 2 of the models is damaged" in result.stderr
    assert store.current == "2"


def listed(dingxin: Dingxin) -> list[str]:
    result = dingxin("knowledge", "models")
    assert result.exit_code == 0, result.stderr
    return [line.rstrip() for line in result.stdout.splitlines()[1:]]


def test_a_damaged_version_is_marked_and_the_mend_is_told(
    store: ModelStore, installed: Path, dingxin: Dingxin
) -> None:
    (installed / "var" / "models" / "2" / "flag.npz").write_bytes(b"half")

    packaged, first, second, wrong = listed(dingxin)

    assert packaged == "* packaged"
    assert first.startswith("  1 ")
    assert second.startswith("! 2 damaged")
    assert wrong.startswith("version 2 of the models is damaged, so the packaged version serves; ")
    assert "dingxin knowledge rollback 2" in wrong
    store.make_current("1")
    assert [line[:11].rstrip() for line in listed(dingxin)] == ["  packaged", "* 1", "! 2 damaged"]


@pytest.mark.parametrize("card", [None, "", "{}"], ids=["away", "empty", "bare"])
@pytest.mark.usefixtures("store")
def test_a_version_without_a_card_is_listed_all_the_same(
    installed: Path, dingxin: Dingxin, card: str | None
) -> None:
    file = installed / "var" / "models" / "1" / "card.json"
    file.unlink() if card is None else file.write_text(card)

    assert [line[:11].rstrip() for line in listed(dingxin)] == ["  packaged", "! 1 damaged", "* 2"]


def test_a_current_version_that_is_not_there_is_told(store: ModelStore, dingxin: Dingxin) -> None:
    store.make_current("7")

    assert listed(dingxin)[-1].startswith(
        "version 7 of the models is not there, so the packaged version serves"
    )
