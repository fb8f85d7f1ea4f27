"""Unanswered questions in the store: sorted once, told once, and nobody's beyond a follow-up."""

from collections.abc import Iterable

import pytest

from bot.errors import NotFound
from bot.store import inquiries, question_groups, question_places, questions, residents
from bot.store.engine import Database, Session
from bot.store.inquiries import QuestionState
from bot.store.pages import Wanted
from bot.store.question_groups import GroupState, Sought
from bot.store.question_places import Place
from bot.store.questions import Asker
from bot.store.vault import Vault
from knowledge.grouping import Fit
from tests.bot.places import BEIJIE, HEPING
from tests.bot.store.people import store_areas
from tests.clocks import TestClock


def asked(
    session: Session, vault: Vault, clock: TestClock, *texts: str, who: str = "a", place: str = HEPING.code
) -> list[int]:
    resident = residents.recognise(session, f"oAsker{who:0>22}", vault=vault, now=clock())
    return [
        inquiries.add_question(session, resident_id=resident.id, text=text, area_code=place, now=clock())
        for text in texts
    ]


def grouped(session: Session, clock: TestClock, numbers: Iterable[int], *, fit: Fit = Fit.SURE) -> int:
    group_id = question_groups.open_group(session, text="浴池几点开", asked_at=clock())
    for number in numbers:
        assert questions.sort_into(session, number, group_id, fit=fit)
    return group_id


def take(
    session: Session, clock: TestClock, group_id: int, *, limit: int = 9, where: str = ""
) -> tuple[tuple[Asker, ...], tuple[int, ...]]:
    return questions.take_askers(
        session,
        group_id,
        limit=limit,
        answer="八点开。",
        by="reviewer",
        now=clock(),
        holds_in=lambda code: not where or code == where,
    )


@pytest.fixture(autouse=True)
def _areas(database: Database) -> None:
    store_areas(database)


def test_a_question_is_sorted_once_whoever_tries(database: Database, vault: Vault, clock: TestClock) -> None:
    with database.transaction() as session:
        [number] = asked(session, vault, clock, "浴池几点开")
        assert [one.number for one in questions.unsorted_questions(session, limit=9)] == [number]
        group_id = grouped(session, clock, [number])
        assert not questions.sort_into(session, number, group_id, fit=Fit.SURE)
        assert not questions.has_unsorted(session)
        assert question_groups.find_group(session, group_id).count == 1


def test_what_is_answered_needs_no_sorting(database: Database, vault: Vault, clock: TestClock) -> None:
    with database.transaction() as session:
        [number] = asked(session, vault, clock, "浴池几点开")
        inquiries.answer_question(session, number, answer="八点。", by="editor", now=clock())
        assert not questions.has_unsorted(session)


def test_a_new_question_is_compared_with_the_words_of_groups_that_wait(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    with database.transaction() as session:
        waiting = grouped(
            session, clock, asked(session, vault, clock, "浴池几点开", "浴池啥时开", "浴池几点开")
        )
        done = grouped(session, clock, asked(session, vault, clock, "公园开没"))
        question_groups.set_state(session, done, GroupState.ANSWERED, article_id=None)
        doubtful = asked(session, vault, clock, "浴池开不开")
        assert questions.sort_into(session, doubtful[0], waiting, fit=Fit.SUGGESTED)

        assert [(one.id, one.texts) for one in questions.growing_groups(session)] == [
            (str(waiting), ("浴池几点开", "浴池啥时开"))
        ]


def test_each_asker_is_taken_once_with_all_they_asked(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    with database.transaction() as session:
        first = asked(session, vault, clock, "浴池几点开", "浴池啥时开", who="a")
        second = asked(session, vault, clock, "浴池几点开", who="b")
        group_id = grouped(session, clock, (*first, *second))
        askers, elsewhere = take(session, clock, group_id)
        assert ([one.numbers for one in askers], elsewhere) == ([tuple(first), tuple(second)], ())
        assert take(session, clock, group_id) == ((), ())
    with database.reading() as session:
        assert {one.state for one in questions.find_questions(session, first)} == {QuestionState.ANSWERED}


def test_whoever_asked_more_than_a_batch_holds_is_taken_with_all_of_it(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    with database.transaction() as session:
        numbers = asked(session, vault, clock, "浴池几点开", "浴池啥时开", "浴池几点开门")
        group_id = grouped(session, clock, numbers)
        askers, _ = take(session, clock, group_id, limit=1)
        assert [one.numbers for one in askers] == [tuple(numbers)]
        assert take(session, clock, group_id, limit=1) == ((), ())


def test_a_batch_that_broke_off_takes_nobody(database: Database, vault: Vault, clock: TestClock) -> None:
    with database.transaction() as session:
        group_id = grouped(session, clock, asked(session, vault, clock, "浴池几点开"))

    def broken_off() -> None:
        with database.transaction() as session:
            assert len(take(session, clock, group_id)[0]) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    with database.transaction() as session:
        assert len(take(session, clock, group_id)[0]) == 1


def test_nobody_is_told_whose_link_was_cut_or_whose_question_is_only_suggested(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    with database.transaction() as session:
        [cut] = asked(session, vault, clock, "浴池几点开", who="cut")
        doubtful = asked(session, vault, clock, "浴池开不开", who="doubt")
        group_id = grouped(session, clock, [cut])
        assert questions.sort_into(session, doubtful[0], group_id, fit=Fit.SUGGESTED)
        asker = residents.recognise(session, f"oAsker{'cut':0>22}", vault=vault, now=clock())
        inquiries.unlink(session, asker.id)

        assert take(session, clock, group_id) == ((), ())
        [done] = questions.find_questions(session, [cut])
        [left] = questions.find_questions(session, doubtful)
        assert (done.state, left.state) == (QuestionState.ANSWERED, QuestionState.OPEN)


def test_where_an_answer_does_not_hold_the_question_stays_open(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    with database.transaction() as session:
        here = asked(session, vault, clock, "浴池几点开", who="here")
        there = asked(session, vault, clock, "浴池几点开", who="there", place=BEIJIE.code)
        group_id = grouped(session, clock, (*here, *there))
        askers, elsewhere = take(session, clock, group_id, where=HEPING.code)
        assert ([one.numbers for one in askers], elsewhere) == ([tuple(here)], tuple(there))


def test_counts_and_places_follow_what_is_moved(database: Database, vault: Vault, clock: TestClock) -> None:
    with database.transaction() as session:
        here = asked(session, vault, clock, "浴池几点开", "浴池啥时开")
        there = asked(session, vault, clock, "浴池几点开", place=BEIJIE.code)
        one, other = grouped(session, clock, here), grouped(session, clock, there)
        assert questions.move(session, there, one) == {other}
        assert question_places.places_of(session, one, within="") == (
            Place(HEPING.code, 2),
            Place(BEIJIE.code, 1),
        )
        assert question_groups.find_group(session, other).state is GroupState.CLOSED
        with pytest.raises(NotFound):
            questions.move(session, [999], one)


@pytest.mark.parametrize(("within", "found"), [("621121", 1), ("621102", 0), ("", 1)])
def test_groups_are_found_by_where_they_were_asked(
    database: Database, vault: Vault, clock: TestClock, within: str, found: int
) -> None:
    with database.transaction() as session:
        grouped(session, clock, asked(session, vault, clock, "浴池几点开"))
        page = question_groups.page_of_groups(session, Sought(within=within), Wanted())
        assert len(page.items) == found
