"""What anybody may read of claims, on both databases: in order, page by page, with what was public before."""

from datetime import date, timedelta

import pytest

from bot.errors import NotFound
from bot.store import public_claims
from bot.store.claims import upsert_claims
from bot.store.engine import Database
from bot.store.pages import Wanted
from bot.store.public_claims import PublicState, Sought
from knowledge.article import Source
from knowledge.claim import Claim, Topic, Verdict
from tests.bot.public.claims import a_row, a_version
from tests.clocks import TestClock

DAY = date(2022, 7, 14)


EVERYTHING = Sought()


def listed(database: Database, sought: Sought = EVERYTHING, *, day: date = DAY) -> list[str]:
    with database.reading() as session:
        page = public_claims.page_of_public(session, sought, day=day, wanted=Wanted(limit=50))
    return [one.claim.id for one in page.items]


def test_only_what_is_published_holds_and_is_not_restricted_is_listed_newest_first(
    database: Database, clock: TestClock
) -> None:
    now = clock.now
    with database.transaction() as session:
        session.add_all(
            [
                a_row("older", "甲", now=now, published_at=now - timedelta(days=2)),
                a_row("newer", "乙", now=now),
                a_row("person", "丙", now=now, restricted=True),
                a_row("open", "丁", now=now, state="triaged", verdict="", version=0),
                a_row("closed", "戊", now=now, state="closed"),
                a_row("over", "己", now=now, valid_to=DAY - timedelta(days=1)),
                a_row("not-yet", "庚", now=now, valid_from=DAY + timedelta(days=1)),
                a_row("last-day", "辛", now=now - timedelta(days=3), valid_to=DAY),
            ]
        )
    assert listed(database) == ["newer", "older", "last-day"]
    with database.reading() as session:
        mapped = public_claims.map_of_public(session, day=DAY, most=2)
        among = public_claims.public_among(session, ["closed", "older", "person", "newer", "?"], day=DAY)
    assert [one.id for one in mapped] == ["newer", "older"]
    assert [one.claim.id for one in among] == ["older", "newer"]


def test_the_list_narrows_by_topic_and_by_what_holds_or_lies_in_an_area(
    database: Database, clock: TestClock
) -> None:
    with database.transaction() as session:
        session.add_all(
            [
                a_row("everywhere", "甲", now=clock.now, topic="scam"),
                a_row("county", "乙", now=clock.now, area_code="621121000000"),
                a_row("village", "丙", now=clock.now, area_code="621121100201"),
                a_row("other-county", "丁", now=clock.now, area_code="621102000000"),
            ]
        )
    county = Sought(area_path=("621100000000", "621121000000"))
    neighbour = Sought(area_path=("621100000000", "621121000000", "621121101000"))
    assert set(listed(database, county)) == {"everywhere", "county", "village"}
    assert set(listed(database, neighbour)) == {"everywhere", "county"}
    assert listed(database, Sought(topic=Topic.SCAM)) == ["everywhere"]


def test_an_imports_claims_have_an_order_of_their_own(database: Database, clock: TestClock) -> None:
    claims = [
        Claim(f"c{number}", f"第{number}个", Verdict.FALSE, "不实。", source=Source("局"), published_on=DAY)
        for number in range(12)
    ]
    with database.transaction() as session:
        upsert_claims(session, claims, now=clock.now)
    with database.reading() as session:
        page = public_claims.page_of_public(session, Sought(), day=DAY, wanted=Wanted(limit=50))
    moments = [one.published_at for one in page.items]
    assert len(set(moments)) == len(moments) == 12
    assert all(moment is not None and moment <= clock.now for moment in moments)


def test_what_stands_and_what_does_not(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        session.add_all(
            [
                a_row("holds", "甲", now=clock.now),
                a_row("over", "乙", now=clock.now, valid_to=DAY - timedelta(days=1)),
                a_row("closed", "丙", now=clock.now, state="closed"),
                a_row("closed-unseen", "丁", now=clock.now, state="closed", version=0),
                a_row("restricted", "戊", now=clock.now, state="closed", restricted=True),
            ]
        )
    states = {"holds": PublicState.HOLDS, "over": PublicState.EXPIRED, "closed": PublicState.WITHDRAWN}
    with database.reading() as session:
        for claim_id, state in states.items():
            assert public_claims.find_public(session, claim_id, day=DAY).state is state
        for claim_id in ("closed-unseen", "restricted", "never-was"):
            with pytest.raises(NotFound):
                public_claims.find_public(session, claim_id, day=DAY)


def test_only_what_anybody_may_read_that_day_has_a_page_to_be_sent_to(
    database: Database, clock: TestClock
) -> None:
    now = clock.now
    with database.transaction() as session:
        session.add_all(
            [
                a_row("holds", "甲", now=now, valid_to=DAY),
                a_row("over", "乙", now=now, valid_to=DAY - timedelta(days=1)),
                a_row("not-yet", "丙", now=now, valid_from=DAY + timedelta(days=1)),
                a_row("closed", "丁", now=now, state="closed"),
                a_row("person", "戊", now=now, restricted=True),
            ]
        )
    with database.reading() as session:
        found = {
            claim_id
            for claim_id in ("holds", "over", "not-yet", "closed", "person", "never-was")
            if public_claims.has_page(session, claim_id, day=DAY)
        }
    assert found == {"holds"}


def test_versions_that_were_never_public_are_nobodys_business(database: Database, clock: TestClock) -> None:
    now = clock.now
    with database.transaction() as session:
        session.add(a_row("road", "甲", now=now, state="corrected", version=2))
        session.flush()
        draft = a_version("road", 3, now=now, note="草稿")
        draft.published_at = None
        imported = a_version("road", 1, now=now - timedelta(days=1), note="import")
        session.add_all([imported, a_version("road", 2, now=now, note="说错了"), draft])
    with database.reading() as session:
        road = public_claims.find_public(session, "road", day=DAY)
        versions = public_claims.published_versions(session, [road])["road"]
    assert [(one.number, one.note) for one in versions] == [(2, "说错了"), (1, "")]
    assert listed(database, Sought(corrected=True)) == ["road"]
