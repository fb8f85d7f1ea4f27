"""A small town's public pages: a few claims in every state, an area tree, nobody signed in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.public.blueprint import make_blueprint
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from bot.store.areas import replace_or_add
from bot.store.engine import Database
from knowledge.text import Segmenter
from tests.bot.places import AREAS
from tests.bot.public.claims import a_row, a_version
from tests.clocks import TestClock
from tests.settings import settings_for

ADDRESS = "https://dingxin.example.gov.cn"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path, service={"public_url": ADDRESS})


@pytest.fixture
def filled(sqlite: Database, clock: TestClock) -> Database:
    """Two that are public, of which one was corrected, and one each of what nobody may see."""
    now, day = clock.now, clock.now.date()
    rows = [
        a_row("wine", "喝白酒能杀死体内的病毒", now=now, topic="health_myth", restricted=False),
        a_row(
            "road", "通渭县明天起封路一个月", now=now, state="corrected", version=2, area_code="621121000000"
        ),
        a_row("person", "某小区的张某把病毒带回来了", now=now, restricted=True),
        a_row("open", "听说超市明天全部关门", now=now, state="in_review", version=0, verdict=""),
        a_row("closed-unseen", "听说学校要拆", now=now, state="closed", version=0),
        a_row("withdrawn", "大蒜水能防感染", now=now, state="closed"),
        a_row("expired", "周三全市停一天公交", now=now, valid_to=day - timedelta(days=1)),
    ]
    with sqlite.transaction() as session:
        replace_or_add(session, AREAS)
        session.add_all(rows)
        session.flush()
        session.add(a_version("road", 1, now=now - timedelta(days=1)))
        session.add(a_version("road", 2, now=now, note="第一次把修路也说成了封路。"))
    return sqlite


@pytest.fixture
def runtime(
    filled: Database, settings: Settings, clock: TestClock, segmenter: Segmenter
) -> Iterator[Runtime]:
    assert str(filled.engine.url.database) in settings.database_url
    runtime = build_runtime(settings, enqueue=lambda _work: None, clock=clock, segmenter=segmenter)
    yield runtime
    runtime.close()


@pytest.fixture
def reader(runtime: Runtime) -> FlaskClient:
    """Anybody's browser."""
    app = Flask("public")
    app.register_blueprint(make_blueprint(runtime))
    return app.test_client()
