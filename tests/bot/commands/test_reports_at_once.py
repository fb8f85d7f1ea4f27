"""A report is decided in a terminal while its verdict is being corrected: whoever asked hears what is public then."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime import Runtime
from bot.store.claims import upsert_claims
from bot.store.engine import Database
from bot.store.tables import ReportRow
from knowledge.claim import Claim, Verdict
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import Office, employ
from tests.bot.meeting import wait_for
from tests.bot.office.hearing import everybody_hears, heard, reports
from tests.bot.offices import an_office
from tests.clocks import TestClock

pytestmark = pytest.mark.postgres

WRONG = Claim(id="sample-water", text="明天全城停水", verdict=Verdict.FALSE, explanation="供水一切正常。")
RIGHT = replace(WRONG, verdict=Verdict.MISLEADING, explanation="停水的只有一条街。")


@pytest.fixture
def runtime(postgres: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    with postgres.transaction() as session:
        upsert_claims(session, [WRONG], now=clock())
    return an_office(postgres, tmp_path, clock)


@pytest.fixture
def office(configured: Path, postgres: Database, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert configured.exists()
    monkeypatch.setenv("DINGXIN_DATABASE__URL", postgres.engine.url.render_as_string(hide_password=False))
    employ(postgres)
    return Office(dingxin, postgres)


def test_who_decides_while_the_verdict_is_corrected_tells_the_correction(
    runtime: Runtime, office: Office
) -> None:
    number = reports(runtime, 1)

    with ThreadPoolExecutor(1) as pool:
        with runtime.database.transaction() as session:
            upsert_claims(session, [RIGHT], now=runtime.clock())
            deciding = pool.submit(
                lambda: office.done("reports", "decide", number, "--claim", WRONG.id, by="reviewer")
            )
            wait_for(runtime.database, 1)
        deciding.result(20)
    everybody_hears(runtime)

    (told,) = heard(runtime, 1)
    assert RIGHT.explanation in told
    with runtime.database.reading() as session:
        assert session.get_one(ReportRow, number).told_version == 2
