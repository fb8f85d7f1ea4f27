"""A whole service on the sample data; phones that post signed, encrypted XML and read decrypted replies."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.inbound import Desk
from bot.loading import INDEX_FOLDER
from bot.messages import Work
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from knowledge.text import Segmenter
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.phone import Phone
from tests.settings import settings_for


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


@pytest.fixture
def runtime(
    settings: Settings, clock: TestClock, asked_for: list[Work], segmenter: Segmenter, loaded: Loaded
) -> Iterator[Runtime]:
    runtime = build_runtime(
        settings, enqueue=asked_for.append, clock=clock, segmenter=segmenter, held=loaded.held
    )
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
