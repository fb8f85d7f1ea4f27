"""`dingxin knowledge models | rollback` where something is wrong, and on several machines."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.learning.model_store import ModelStore
from bot.store import audit
from bot.store.engine import Database
from bot.store.revisions import KNOWLEDGE, revision
from knowledge.models import load_models
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.teaching import versions
from tests.bot.learning.cards import CARD


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


def test_a_damaged_version_is_not_read_again(store: ModelStore, installed: Path, dingxin: Dingxin) -> None:
    (installed / "var" / "models" / "2" / "flag.npz").write_bytes(b"half")

    result = dingxin("knowledge", "rollback", "2")

    assert result.exit_code == 1
    assert "version 2 of the models is damaged" in result.stderr
    assert store.current == "2"
