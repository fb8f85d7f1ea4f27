"""A whole service on the sample data; phones that post signed, encrypted XML and read decrypted replies."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.demo.sample import Sample, load_sample
from bot.inbound import Desk
from bot.loading import INDEX_FOLDER, read_ahead
from bot.messages import Work
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from bot.store.engine import open_database
from bot.store.vault import Vault
from knowledge.text import Segmenter, build_segmenter
from tests.clocks import TestClock
from tests.conftest import VAULT_KEY
from tests.scenarios.phone import Phone
from tests.settings import settings_for

DAY = TestClock().now.date()


@dataclass(frozen=True)
class Loaded:
    """The sample database to copy, and what loading it gave out."""

    path: Path
    sample: Sample


@pytest.fixture(scope="session")
def loaded(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    database = open_database(f"sqlite:///{path}")
    with database.transaction() as session:
        sample = load_sample(session, vault=Vault(VAULT_KEY), now=TestClock().now, day=DAY)
    read_ahead(database, path.parent)
    database.close()
    return Loaded(path, sample)


@pytest.fixture
def settings(loaded: Loaded, tmp_path: Path) -> Settings:
    shutil.copyfile(loaded.path, tmp_path / "dingxin.sqlite3")
    # What was read of the texts, as a service finds it that starts for the second time.
    shutil.copytree(loaded.path.parent / INDEX_FOLDER, tmp_path / INDEX_FOLDER)
    return settings_for(tmp_path)


@pytest.fixture
def asked_for() -> list[Work]:
    """What the web process asked a worker to look after."""
    return []


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """The dictionary, read once."""
    return build_segmenter()


@pytest.fixture
def runtime(
    settings: Settings, clock: TestClock, asked_for: list[Work], segmenter: Segmenter
) -> Iterator[Runtime]:
    runtime = build_runtime(settings, enqueue=asked_for.append, clock=clock, segmenter=segmenter)
    yield runtime
    runtime.close()


@pytest.fixture
def client(runtime: Runtime) -> Iterator[FlaskClient]:
    desk = Desk(runtime)
    yield create_app(runtime, desk).test_client()
    desk.close()


@pytest.fixture
def new_phone(client: FlaskClient, clock: TestClock) -> Callable[[str], Phone]:
    """Phones of several people, by any name."""
    numbers = count(1)

    def make(name: str) -> Phone:
        return Phone(client, clock, openid=f"oTest{name:0>23}"[:28], numbers=numbers)

    return make


@pytest.fixture
def phone(new_phone: Callable[[str], Phone]) -> Phone:
    """One resident who follows, of no known community."""
    return new_phone("resident")


@pytest.fixture
def villager(phone: Phone, runtime: Runtime) -> Phone:
    """One resident of the sample village, which lies in a closed county."""
    phone.follows(scene=phone.scene_of(runtime, "621121100201"))
    return phone


@pytest.fixture
def townsman(new_phone: Callable[[str], Phone], runtime: Runtime) -> Phone:
    """One resident of a neighbourhood in a low-risk district."""
    phone = new_phone("townsman")
    phone.follows(scene=phone.scene_of(runtime, "621102001003"))
    return phone
