"""Which claim a report belongs to, what is counted of it, and who still has something to hear: on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import NotFound, Stale
from bot.store import askers, belonging, reports, sightings
from bot.store.claim_curve import counts_between
from bot.store.claim_files import (
    ClaimFile,
    find_file,
    hold_file,
    mark_untold,
    open_claim,
    publish,
    save_file,
)
from bot.store.claim_lists import Sought, page_of_claims
from bot.store.claims import all_claims
from bot.store.engine import Database, Session
from bot.store.pages import Wanted
from bot.store.report_lists import reports_of, suggestions
from bot.store.tables import OTHERWISE, ReportRow
from bot.store.vault import Vault
from knowledge.grouping import Fit
from knowledge.review import OPEN, PUBLIC, WorkState
from tests.bot.office.claims import FINDING
from tests.bot.store.people import NOW, a_resident, put_report, store_areas

HERE, NEAR, FAR = "621121100201", "621121100202", "621102001003"


def a_report(
    session: Session, resident_id: int | None, area_code: str | None = HERE, text: str = "水库被投毒"
) -> int:
    return put_report(session, text, resident_id=resident_id, area_code=area_code)


def a_claim(session: Session, claim_id: str = "c1") -> str:
    return open_claim(session, claim_id, text="水库被投毒", area_code="", now=NOW)


def placed(session: Session, number: int, claim_id: str = "c1") -> bool:
    return belonging.place(session, number, claim_id, fit=Fit.SURE, probability=0.9)


def made_public(session: Session, claim_id: str = "c1") -> ClaimFile:
    """As publishing does, without the two people."""
    file = hold_file(session, claim_id)
    state = WorkState.CORRECTED if file.state in PUBLIC else WorkState.PUBLISHED
    claim = FINDING.as_claim(claim_id, published_on=NOW.date())
    return publish(session, replace(file, state=state), claim, now=NOW)


def test_a_report_is_placed_once_and_counted_by_area(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        claim_id = a_claim(session)
        numbers = [a_report(session, person, area) for area in (HERE, HERE, FAR, None)]
        assert [one.number for one in belonging.unplaced(session, limit=9)] == numbers
        assert all(placed(session, number) for number in numbers)
        assert not placed(session, numbers[0])
        assert not belonging.has_unplaced(session)
    with database.reading() as session:
        file = find_file(session, claim_id)
        counts = {one.area_code: one.count for one in sightings.sightings_of(session, claim_id)}
        assert (file.report_count, counts) == (4, {HERE: 2, FAR: 1, "": 1})
        assert sightings.townships_of(session, claim_id) == 2
        seen = sightings.seen_within(session, (claim_id, "another"), "621121000000")
        assert {one: (found.count, found.last_at) for one, found in seen.items()} == {claim_id: (2, NOW)}
        days = (NOW - timedelta(days=1), NOW, NOW + timedelta(days=1))
        assert counts_between(session, claim_id, days) == (0, 4)


def test_a_suggestion_is_counted_nowhere_until_a_person_confirms_it(database: Database, vault: Vault) -> None:
    with database.transaction() as session:
        a_claim(session)
        number = a_report(session, None)
        assert belonging.suggest(session, number, "c1", probability=0.5)
        assert find_file(session, "c1").report_count == 0
        page = suggestions(session, within="621121", vault=vault, wanted=Wanted())
        assert [(one.number, one.suggested_claim_id) for one in page.items] == [(number, "c1")]
        belonging.move(session, [number], "c1")
        assert find_file(session, "c1").report_count == 1
        assert suggestions(session, within="", vault=vault, wanted=Wanted()).items == ()


def test_a_moved_report_is_counted_in_its_new_claim_and_has_heard_nothing_of_it(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        for claim_id in ("c1", "c2"):
            a_claim(session, claim_id)
        first, second = a_report(session, person), a_report(session, person, FAR)
        placed(session, first)
        placed(session, second)
        made_public(session)
        askers.take_for_version(session, "c1", 1, limit=9, now=NOW)
        assert belonging.move(session, [second], "c2") == {"c1"}
        assert [find_file(session, one).report_count for one in ("c1", "c2")] == [1, 1]
        row = session.get_one(ReportRow, second, populate_existing=True)
        assert (row.state, row.told_version, row.fit) == ("new", None, "confirmed")
        with pytest.raises(NotFound):
            belonging.move(session, [9999], "c2")


def test_a_merged_claims_reports_and_suggestions_go_to_the_other(database: Database) -> None:
    with database.transaction() as session:
        for claim_id in ("c1", "c2"):
            a_claim(session, claim_id)
        for number in (a_report(session, None), a_report(session, None, NEAR)):
            placed(session, number)
        doubtful = a_report(session, None)
        belonging.suggest(session, doubtful, "c1", probability=0.4)
        assert belonging.move_all(session, "c1", "c2", same=(), version=0) == 2
        assert [find_file(session, one).report_count for one in ("c1", "c2")] == [0, 2]
        assert session.get_one(ReportRow, doubtful, populate_existing=True).suggested_claim_id == "c2"


def test_who_was_told_another_verdict_before_a_merge_counts_as_told_of_this_claim_once_they_are(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        for claim_id in ("c1", "c2"):
            a_claim(session, claim_id)
        placed(session, a_report(session, person))
        placed(session, a_report(session, None), "c2")
        made_public(session)
        askers.take_for_version(session, "c1", 1, limit=9, now=NOW)
        assert askers.told_of(session, "c1", most=9) == 1

        belonging.move_all(session, "c1", "c2", same=(), version=1)

        lines = reports_of(session, "c2", within="", vault=vault, wanted=Wanted(order="number")).items
        assert [line.told_version for line in lines] == [OTHERWISE, None]
        assert askers.told_of(session, "c2", most=9) == 0
        [asker] = askers.take_for_version(session, "c2", 1, limit=9, now=NOW)
        assert asker.told_before
        assert askers.told_of(session, "c2", most=9) == 1


def test_askers_are_taken_in_batches_each_once_and_those_without_a_link_are_decided(
    database: Database, vault: Vault
) -> None:
    people = [a_resident(database, vault, number) for number in range(1, 6)]
    with database.transaction() as session:
        a_claim(session)
        for person in [*people, people[0], None]:
            placed(session, a_report(session, person))
        assert askers.claim_with_untold(session) is None
        made_public(session)
        assert askers.claim_with_untold(session) == "c1"
        taken: list[int] = []
        while batch := askers.take_for_version(session, "c1", 1, limit=2, now=NOW):
            taken += [one.resident_id for one in batch]
            assert not any(one.told_before for one in batch)
        assert sorted(taken) == sorted(people)
        assert set(session.scalars(select(ReportRow.state))) == {"decided"}
        askers.all_told(session, "c1")
        assert askers.claim_with_untold(session) is None


def test_a_correction_takes_just_those_who_know_an_earlier_version(database: Database, vault: Vault) -> None:
    early, late = a_resident(database, vault, 1), a_resident(database, vault, 2)
    with database.transaction() as session:
        a_claim(session)
        placed(session, a_report(session, early))
        made_public(session)
        askers.take_for_version(session, "c1", 1, limit=9, now=NOW)
        made_public(session)
        reports.note_told(
            session,
            resident_id=late,
            claim=FINDING.as_claim("c1", published_on=NOW.date()),
            area_code=HERE,
            now=NOW,
        )
        [told] = askers.take_for_version(session, "c1", 2, limit=9, now=NOW)
        assert (told.resident_id, told.told_before) == (early, True)
        assert askers.take_for_version(session, "c1", 2, limit=9, now=NOW) == ()
        assert find_file(session, "c1").report_count == 1


def test_a_holding_answer_is_given_once_a_day_named(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        a_claim(session)
        placed(session, a_report(session, person))
        tomorrow, later = NOW + timedelta(days=1), NOW + timedelta(days=2)
        assert len(askers.take_for_holding(session, "c1", tomorrow, limit=9, now=NOW)) == 1
        assert askers.take_for_holding(session, "c1", tomorrow, limit=9, now=NOW) == ()
        assert len(askers.take_for_holding(session, "c1", later, limit=9, now=NOW)) == 1


def test_who_was_only_promised_a_result_is_listed_as_told_no_verdict(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        a_claim(session)
        placed(session, a_report(session, person))
        askers.take_for_holding(session, "c1", NOW + timedelta(days=1), limit=9, now=NOW)
        [line] = reports_of(session, "c1", within="", vault=vault, wanted=Wanted()).items
        assert (line.told_version, line.told_at) == (None, None)
        assert askers.told_of(session, "c1", most=9) == 0


def test_a_pseudonym_is_the_same_within_a_claim_and_another_elsewhere(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        names = []
        for claim_id in ("c1", "c2"):
            a_claim(session, claim_id)
            for _ in range(2):
                placed(session, a_report(session, person, text="找13893212345"), claim_id)
            page = reports_of(session, claim_id, within="", vault=vault, wanted=Wanted())
            names.append({one.asker for one in page.items})
            assert all(one.text == "找[电话]" for one in page.items)
        assert [len(one) for one in names] == [1, 1]
        assert names[0] != names[1]


def test_a_change_to_an_older_edition_is_refused(database: Database) -> None:
    with database.transaction() as session:
        a_claim(session)
        first = hold_file(session, "c1")
        save_file(session, first, now=NOW)
        with pytest.raises(Stale):
            save_file(session, first, now=NOW)
        with pytest.raises(Stale):
            hold_file(session, "c1", edition=0)


def test_an_id_that_is_taken_gets_a_number(database: Database) -> None:
    with database.transaction() as session:
        assert [a_claim(session), a_claim(session), a_claim(session)] == ["c1", "c1-2", "c1-3"]


def test_the_list_shows_what_touches_an_area_page_by_page(database: Database) -> None:
    store_areas(database)
    with database.transaction() as session:
        for number in range(5):
            claim_id = a_claim(session, f"c{number}")
            placed(session, a_report(session, None, HERE if number % 2 else FAR), claim_id)
        made_public(session, "c1")
        everything = page_of_claims(session, Sought(), Wanted(limit=2))
        rest = page_of_claims(session, Sought(), Wanted(cursor=everything.following, limit=9))
        assert len({one.id for one in (*everything.items, *rest.items)}) == 5
        near = page_of_claims(session, Sought(within="621121"), Wanted())
        assert {one.id for one in near.items} == {"c1", "c3"}
        for states, found in ((OPEN, 4), (PUBLIC, 1)):
            assert len(page_of_claims(session, Sought(states=states), Wanted()).items) == found
        late = Sought(overdue_at=NOW + timedelta(days=2))
        assert len(page_of_claims(session, late, Wanted(order="due")).items) == 4
        assert [claim.id for claim in all_claims(session)] == ["c1"]


def test_whoever_comes_to_a_public_claim_is_to_be_told(database: Database) -> None:
    with database.transaction() as session:
        a_claim(session)
        made_public(session)
        askers.all_told(session, "c1")
        mark_untold(session, "c1", now=NOW)
        assert askers.claim_with_untold(session) == "c1"
