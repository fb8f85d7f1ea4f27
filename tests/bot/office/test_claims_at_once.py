"""Reports that come to one claim or leave it while it is merged into another: whoever does either waits for the other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.access import Role
from bot.office import reports
from bot.report_grouping import Placing, put_down
from bot.runtime import Runtime
from bot.store import belonging
from bot.store.claim_files import find_file
from bot.store.engine import Database, Session
from bot.store.tables import ReportRow
from knowledge.grouping import Fit
from knowledge.review import WorkState
from tests.bot.meeting import meet, the_trail
from tests.bot.office.acting import a_member, acting
from tests.bot.office.claims import edition
from tests.bot.office.hearing import a_claim, asks
from tests.bot.offices import an_office
from tests.bot.store.people import put_report
from tests.clocks import TestClock

pytestmark = pytest.mark.postgres

# As they are sorted: one is merged into the other.
ONE, OTHER = "one", "other"


@pytest.fixture
def runtime(postgres: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    office = an_office(postgres, tmp_path, clock)
    for claim_id in (ONE, OTHER):
        a_claim(office, claim_id)
    a_member(office, Role.REVIEWER)
    return office


def moved(runtime: Runtime, number: int) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        reports.move(act, [number], into=OTHER)


def test_a_report_leaves_a_claim_while_that_is_merged(runtime: Runtime) -> None:
    number = asks(runtime, 1, ONE)

    meet(runtime.database, held(number), lambda: moved(runtime, number), lambda: merged(runtime))

    assert standing(runtime) == (WorkState.MERGED, 1)


def test_new_reports_are_placed_while_a_claim_is_merged(runtime: Runtime) -> None:
    asks(runtime, 1, ONE)
    with runtime.database.transaction() as session:
        first, second = (put_report(session, "水库被人投毒了", now=runtime.clock()) for _ in range(2))
        waiting = {report.number: report for report in belonging.unplaced(session, limit=9)}

    def placed() -> None:
        with runtime.database.transaction() as session:
            there = {first: OTHER, second: ONE}
            placings = [Placing(waiting[one], Fit.SURE, claim, 0.9) for one, claim in there.items()]
            put_down(session, placings, runtime.clock())

    meet(runtime.database, held(second), placed, lambda: merged(runtime))

    assert standing(runtime)[0] is WorkState.MERGED


def held(number: int) -> Callable[[Session], None]:
    """A report, and the trail's turn, which a merge takes last."""

    def hold(session: Session) -> None:
        session.get(ReportRow, number, with_for_update=True)
        the_trail(session)

    return hold


def merged(runtime: Runtime) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        reports.merge(act, ONE, edition(runtime, ONE), into=OTHER)


def standing(runtime: Runtime) -> tuple[WorkState, int]:
    """Of the one what became of it, of the other how many reports it has."""
    with runtime.database.reading() as session:
        return find_file(session, ONE).state, find_file(session, OTHER).report_count
