"""Two words of one resident at the same moment, on both databases: each is answered, neither with an apology."""

import contextlib
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from bot import dispatch as dispatching
from bot.demo.sample import load_sample
from bot.handlers.context import Context, Handler
from bot.inbound import Desk, Stamp
from bot.messages import Inbound, Kind
from bot.runtime import Runtime, build_runtime
from bot.store.engine import Database
from knowledge.text import Segmenter
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.settings import settings_for


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(
    request: pytest.FixtureRequest, loaded: Loaded, tmp_path: Path, clock: TestClock, segmenter: Segmenter
) -> Iterator[Runtime]:
    """The whole service on the sample data, on either database."""
    settings = settings_for(tmp_path)
    if request.param == "sqlite":
        shutil.copyfile(loaded.path, tmp_path / "dingxin.sqlite3")
    else:
        database: Database = request.getfixturevalue("postgres")
        url = database.engine.url.render_as_string(hide_password=False)
        settings = settings_for(tmp_path, database={"url": url})
    runtime = build_runtime(settings, enqueue=lambda _: None, clock=clock, segmenter=segmenter)
    if request.param == "postgres":
        with runtime.database.transaction() as session:
            load_sample(session, vault=runtime.vault, now=clock(), day=clock().date())
        runtime.library.refresh()
        runtime.places.refresh()
    yield runtime
    runtime.close()


def test_two_words_at_the_same_moment_are_taken_in_turn(
    anywhere: Runtime, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, choose = Barrier(2), dispatching.choose

    def choose_together(message: Inbound, context: Context) -> Handler:
        with contextlib.suppress(BrokenBarrierError):
            together.wait(0.5)
        return choose(message, context)

    monkeypatch.setattr(dispatching, "choose", choose_together)
    desk = Desk(anywhere)

    def say(number: int) -> str:
        message = Inbound(
            kind=Kind.TEXT,
            openid="oTestatonce",
            account="gh_1",
            created_at=clock(),
            dedup_key=f"msg:{number}",
            text="红白事",
        )
        return desk.reply_to(message, Stamp("1657800000", str(number)))

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(say, range(2)))

    desk.close()
    assert all("1. 红事" in reply for reply in replies)
