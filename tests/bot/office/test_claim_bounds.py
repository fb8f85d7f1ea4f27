"""Somebody bound to an area learns of a claim only what its own area said: counts, moments, spread, who was told, objections."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import NotFound
from bot.office import appeals, claims
from bot.office.home import Matter, what_waits
from bot.runtime import Runtime
from bot.store import residents
from bot.store.appeals import add_appeal
from bot.store.claim_lists import Sought
from bot.store.engine import Database
from bot.store.pages import Wanted
from knowledge.risk import Spread
from tests.bot.office.acting import acting
from tests.bot.office.claims import published
from tests.bot.office.hearing import a_claim, asks, everybody_hears
from tests.bot.offices import an_office
from tests.bot.places import ANDING, BEIJIE, HEPING, OTHER_HEPING, TONGWEI
from tests.clocks import TestClock

CLAIM = "one"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """A claim of one report in one county, between many in another; everybody was told."""
    office = an_office(database, tmp_path, clock)
    a_claim(office, CLAIM)
    for who in range(4):
        clock.advance(minutes=1)
        asks(office, who, CLAIM, area_code=HEPING.code if who == 2 else BEIJIE.code)
    published(office, CLAIM)
    everybody_hears(office)
    return office


def objected(runtime: Runtime, area_code: str | None) -> int:
    with runtime.database.transaction() as session:
        found = residents.recognise(
            session, "oObjects0000000000000000001", vault=runtime.vault, now=runtime.clock()
        )
        return add_appeal(
            session,
            resident_id=found.id,
            claim_id=CLAIM,
            version=1,
            area_code=area_code,
            text="不对",
            due_at=runtime.clock() + timedelta(days=3),
            now=runtime.clock(),
        )


def test_count_moments_spread_and_who_was_told_are_those_of_the_own_area(
    runtime: Runtime, clock: TestClock
) -> None:
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        own = claims.show(act, CLAIM)
    with acting(runtime, Role.AUDITOR) as act:
        whole = claims.show(act, CLAIM)

    moment = clock() - timedelta(minutes=1)
    assert (own.count, own.told, own.reach.reports, own.reach.townships) == (1, 1, 1, 1)
    assert (own.file.report_count, own.file.first_reported_at, own.file.last_reported_at) == (
        1,
        moment,
        moment,
    )
    assert own.reach.spread is Spread.ONE
    assert (whole.count, whole.told, whole.reach.reports) == (4, 4, 4)
    assert whole.file.first_reported_at == moment - timedelta(minutes=2)


def test_a_claim_that_holds_here_and_was_heard_elsewhere_shows_no_moment(runtime: Runtime) -> None:
    a_claim(runtime, "held", area_code=HEPING.code)
    asks(runtime, 1, "held", area_code=BEIJIE.code)

    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        record = claims.show(act, "held")
        listed = {one.file.id: one for one in claims.list_claims(act, Sought(), Wanted()).items}

    assert (record.count, record.file.last_reported_at, record.reach.reports) == (0, None, 0)
    assert (listed["held"].count, listed["held"].file.first_reported_at) == (0, None)


@pytest.mark.parametrize("order", ["", "reported", "-reported", "reports", "-reports"])
def test_no_list_of_a_bound_member_is_in_an_order_that_tells_of_elsewhere(
    runtime: Runtime, order: str
) -> None:
    a_claim(runtime, "second")
    asks(runtime, 9, "second", area_code=OTHER_HEPING.code)

    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        page = claims.list_claims(act, Sought(), Wanted(order, limit=1))
        rest = claims.list_claims(act, Sought(), Wanted(order, page.following))

    packed = json.loads(base64.urlsafe_b64decode(page.following + "=="))
    assert packed[0] == "-opened"
    assert {one.file.id for one in (*page.items, *rest.items)} == {CLAIM, "second"}


def test_an_objection_is_shown_to_the_reviewers_of_the_area_it_comes_from(runtime: Runtime) -> None:
    here, elsewhere, nowhere = (objected(runtime, code) for code in (HEPING.code, BEIJIE.code, None))

    with acting(runtime, Role.REVIEWER, name="县审核员", area_code=TONGWEI.code) as act:
        assert [one.number for one in appeals.list_appeals(act, Wanted()).items] == [here]
        assert [one.number for one in claims.show(act, CLAIM).appeals] == [here]
        waiting = {one.matter: one.count for one in what_waits(act)}
        assert waiting[Matter.APPEALS] == 1
        for number in (elsewhere, nowhere):
            with pytest.raises(NotFound):
                appeals.show(act, number)
            with pytest.raises(NotFound):
                appeals.dismiss(act, number, answer="结论不变。")
    with acting(runtime, Role.REVIEWER, name="市审核员") as act:
        assert {one.number for one in appeals.list_appeals(act, Wanted()).items} == {here, elsewhere, nowhere}
        assert len(claims.show(act, CLAIM).appeals) == 3
    with acting(runtime, Role.REVIEWER, name="安定审核员", area_code=ANDING.code) as act:
        assert [one.number for one in appeals.list_appeals(act, Wanted()).items] == [elsewhere]
