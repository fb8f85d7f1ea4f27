from datetime import date
from pathlib import Path

import pytest

from bot import answer_wording
from bot.handlers.context import Context
from bot.handlers.offices import cite, own_office, written
from bot.store import residents
from bot.store.engine import Database
from knowledge.article import Source
from tests.bot.offices import VAULT, an_office
from tests.bot.places import HEPING
from tests.bot.store.people import NOW, a_resident
from tests.clocks import TestClock


def office_told_to(database: Database, data_dir: Path, *, community: str | None) -> str:
    runtime = an_office(database, data_dir, TestClock(NOW))
    resident_id = a_resident(database, VAULT, community=community)
    with database.reading() as session:
        resident = residents.find_resident(session, resident_id)
        assert resident is not None
        return own_office(Context(session, runtime, resident, "", NOW, None))


def test_a_villager_is_sent_to_the_office_of_their_village(sqlite: Database, tmp_path: Path) -> None:
    assert office_told_to(sqlite, tmp_path, community=HEPING.code) == "和平村办公室"


def test_who_has_not_said_where_they_live_is_sent_to_their_own_office(
    sqlite: Database, tmp_path: Path
) -> None:
    assert office_told_to(sqlite, tmp_path, community=None) == answer_wording.OWN_OFFICE


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        (None, "市民政局（示例）"),
        (Source(issuer="省卫健委"), "省卫健委"),
        (Source(issuer="省卫健委", title="通告"), "省卫健委《通告》"),
        (Source(issuer="省卫健委", document_number="〔2022〕8号"), "省卫健委（〔2022〕8号）"),
        (
            Source(issuer="省卫健委", title="通告", document_number="〔2022〕8号"),
            "省卫健委《通告》（〔2022〕8号）",
        ),
    ],
)
def test_a_source_is_cited_with_what_there_is(source: Source | None, cited: str) -> None:
    assert cite(source, issuer="市民政局（示例）") == cited


def test_a_day_is_written_as_people_here_write_it() -> None:
    assert written(date(2022, 7, 4)) == "2022年7月4日"
