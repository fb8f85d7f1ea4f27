"""A town to send into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.engine import Database
from tests.bot.town import Town, town_on
from tests.clocks import TestClock


@pytest.fixture
def sending_town(sqlite: Database, tmp_path: Path, clock: TestClock) -> Iterator[Town]:
    with town_on(sqlite, tmp_path, clock) as town:
        yield town
