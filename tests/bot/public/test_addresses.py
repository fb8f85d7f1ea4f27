"""An address that a database does not take is of no page."""

from pathlib import Path

from flask import Flask

from bot.public.blueprint import PAGES, make_blueprint
from bot.store.engine import Database
from tests.bot.offices import an_office
from tests.clocks import TestClock


def test_no_public_page_breaks_on_characters_nobody_types(
    database: Database, tmp_path: Path, clock: TestClock
) -> None:
    app = Flask("public pages of the tests", static_folder=None)
    app.register_blueprint(make_blueprint(an_office(database, tmp_path, clock)))
    client = app.test_client()

    for page in PAGES:
        parts = page.path.split("/")
        path = "/".join("%00" if "<" in part else part for part in parts)
        for query in ("area", "cursor", "q", "topic"):
            assert client.get(f"{path}?{query}=%00").status_code == 404, path
        if "%00" in path:
            assert client.get(path).status_code == 404, path
