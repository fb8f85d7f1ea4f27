"""A day's counts: once for everywhere, once for each area above the place, and nothing of an unknown one."""

from datetime import date, datetime, timedelta

import pytest

from bot.messages import Inbound, Kind
from bot.store import areas, daily_figures, inbox, inquiries
from bot.store.daily_figures import AT_ITS_END, EVERYWHERE, OF_THE_DAY, OPEN_BY_AGE, Figure
from bot.store.engine import Database
from bot.store.inquiries import ReportState
from bot.store.tables import ClaimRow, SightingRow
from bot.store.vault import Vault
from tests.bot.places import AREAS
from tests.bot.store.people import NOW, a_resident, an_openid, put_report

VILLAGE, TOWNSHIP = "621121100201", "621121100000"
COUNTY, PREFECTURE = "621121000000", "621100000000"
MIDNIGHT = datetime.combine(NOW.date(), datetime.min.time(), tzinfo=NOW.tzinfo)
TOMORROW = MIDNIGHT + timedelta(days=1)
DAY = date(2022, 7, 14)


@pytest.fixture
def placed(database: Database) -> Database:
    """A database that knows where things are."""
    with database.transaction() as session:
        areas.replace_or_add(session, AREAS)
    return database


def a_message(database: Database, vault: Vault, resident_id: int, key: str, kind: Kind = Kind.TEXT) -> None:
    message = Inbound(kind=kind, openid=an_openid(), account="gh_1", created_at=NOW, dedup_key=key, text="在")
    with database.transaction() as session:
        inbox.accept(session, message, resident_id, vault=vault, now=NOW, lease=timedelta(seconds=6))


def a_report(database: Database, resident_id: int, state: ReportState, area_code: str | None) -> None:
    with database.transaction() as session:
        put_report(
            session, "听说要停电", resident_id=resident_id, state=state, area_code=area_code, likelihood=0.5
        )


def a_claim(claim_id: str, *, state: str, opened_at: datetime | None) -> ClaimRow:
    return ClaimRow(
        id=claim_id,
        text="听说要停电",
        phrasings=[],
        topic="other",
        state=state,
        opened_at=opened_at,
        updated_at=NOW,
        log={},
    )


def test_what_people_send_is_counted_and_what_the_platform_tells_is_not(
    placed: Database, vault: Vault
) -> None:
    resident = a_resident(placed, vault, community=VILLAGE)
    a_message(placed, vault, resident, "msg:1")
    a_message(placed, vault, resident, "msg:2", Kind.IMAGE)
    a_message(placed, vault, resident, "event:1", Kind.SCAN)

    with placed.reading() as session:
        counts = daily_figures.count_day(session, starts=MIDNIGHT, ends=TOMORROW)

    for area in (EVERYWHERE, PREFECTURE, COUNTY, TOWNSHIP):
        assert counts[Figure.MESSAGES, area] == 2
    assert (Figure.MESSAGES, VILLAGE) not in counts


def test_what_is_answered_at_once_is_not_left_to_a_person(placed: Database, vault: Vault) -> None:
    resident = a_resident(placed, vault, community=VILLAGE)
    a_report(placed, resident, ReportState.ANSWERED, VILLAGE)
    a_report(placed, resident, ReportState.NEW, VILLAGE)
    with placed.transaction() as session:
        inquiries.add_question(session, resident_id=resident, text="几点关门", area_code=None, now=NOW)

    with placed.reading() as session:
        counts = daily_figures.count_day(session, starts=MIDNIGHT, ends=TOMORROW)

    assert counts[Figure.REPORTS, COUNTY] == 2
    assert counts[Figure.LEFT_OPEN, COUNTY] == 1
    assert counts[Figure.LEFT_OPEN, EVERYWHERE] == 2


def test_another_day_is_not_counted(placed: Database, vault: Vault) -> None:
    a_message(placed, vault, a_resident(placed, vault, community=VILLAGE), "msg:1")

    with placed.reading() as session:
        assert not daily_figures.count_day(session, starts=TOMORROW, ends=TOMORROW + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "figure"),
    [
        (0, Figure.OPEN_1),
        (2, Figure.OPEN_3),
        (6, Figure.OPEN_7),
        (20, Figure.OPEN_30),
        (90, Figure.OPEN_LONGER),
    ],
)
def test_an_open_claim_is_counted_by_the_days_it_has_been_open(
    database: Database, days: int, figure: Figure
) -> None:
    with database.transaction() as session:
        session.add(a_claim("one", state="in_review", opened_at=NOW - timedelta(days=days)))
        session.add(a_claim("done", state="closed", opened_at=NOW - timedelta(days=days)))

    with database.reading() as session:
        counts = daily_figures.count_now(session, now=NOW)

    assert {one: counts.get((one, EVERYWHERE), 0) for one in OPEN_BY_AGE} == {
        **dict.fromkeys(OPEN_BY_AGE, 0),
        figure: 1,
    }


def test_a_claim_seen_twice_in_a_county_is_one_claim_of_it(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_claim("one", state="new", opened_at=NOW))
        session.flush()
        for place in (VILLAGE, "621121100202", ""):
            session.add(SightingRow(claim_id="one", area_code=place, count=3, first_at=NOW, last_at=NOW))

    with database.reading() as session:
        counts = daily_figures.count_now(session, now=NOW)

    assert counts[Figure.OPEN_1, COUNTY] == counts[Figure.OPEN_1, TOWNSHIP] == 1


def test_counting_again_replaces_what_was_counted_and_leaves_the_rest(database: Database) -> None:
    with database.transaction() as session:
        daily_figures.replace(session, DAY, OF_THE_DAY, {(Figure.MESSAGES, ""): 5, (Figure.REPORTS, ""): 1})
        daily_figures.replace(session, DAY, AT_ITS_END, {(Figure.OPEN_1, ""): 7})
        daily_figures.replace(session, DAY, OF_THE_DAY, {(Figure.MESSAGES, ""): 6})

    with database.reading() as session:
        kept = {one.figure: one.count for one in daily_figures.figures_since(session, DAY)}
    assert kept == {Figure.MESSAGES: 6, Figure.OPEN_1: 7}
