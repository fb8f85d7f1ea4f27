"""A command line with a configuration file and a migrated SQLite database of its own."""

import base64
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.store.engine import Database, open_database
from bot.store.vault import Vault
from tests.bot.places import AREAS
from tests.conftest import VAULT_KEY

Dingxin = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands run: an empty folder, and nothing of this machine's configuration."""
    for name in [name for name in os.environ if name.startswith("DINGXIN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def configured(folder: Path) -> Path:
    """A folder with a config.toml that has what commands need, and no database yet."""
    key = base64.b64encode(VAULT_KEY).decode()
    (folder / "config.toml").write_text(f'[privacy]\nencryption_key = "{key}"\n', encoding="utf-8")
    return folder


@pytest.fixture
def installed(configured: Path, migrated_sqlite: Path) -> Path:
    """The same with a migrated database."""
    (configured / "var").mkdir()
    shutil.copyfile(migrated_sqlite, configured / "var" / "dingxin.sqlite3")
    return configured


@pytest.fixture
def dingxin() -> Iterator[Dingxin]:
    """Run a command; what it sets up for logging is undone after the test."""
    handlers, configuration = logging.getLogger().handlers[:], structlog.get_config()
    yield lambda *words: CliRunner().invoke(cli, [str(word) for word in words])
    logging.getLogger().handlers[:] = handlers
    structlog.configure(**configuration)


@pytest.fixture
def settled(installed: Path, dingxin: Dingxin) -> Path:
    """The same with the small area tree imported."""
    (installed / "areas.csv").write_text(areas_csv(), encoding="utf-8")
    assert dingxin("areas", "import", "areas.csv").exit_code == 0
    return installed


@pytest.fixture
def stored(installed: Path) -> Iterator[Database]:
    """The database the commands work on."""
    database = open_database(f"sqlite:///{installed / 'var' / 'dingxin.sqlite3'}")
    yield database
    database.close()


@pytest.fixture
def seal() -> Vault:
    """The vault of that configuration."""
    return Vault(VAULT_KEY)


def areas_csv() -> str:
    """The small area tree as a file."""
    rows = [
        f"{area.code},{area.name},{area.kind},{area.parent_code or ''},{area.risk or ''}" for area in AREAS
    ]
    return "\n".join(["code,name,kind,parent_code,risk", *rows]) + "\n"
