"""Unanswered questions as the office sorts and answers them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.errors import Conflict, Forbidden, NotFound, Unacceptable
from bot.office import questions
from bot.runtime import Runtime
from bot.store import inquiries, question_groups
from bot.store.engine import Database
from bot.store.outbox import BODY
from bot.store.pages import Wanted
from bot.store.question_groups import GroupState, QuestionGroup, Sought
from bot.store.questions import sort_into
from bot.store.tables import DeliveryRow
from knowledge.grouping import Fit
from tests.bot.office.acting import acting, trail
from tests.bot.offices import an_office, followers
from tests.bot.places import ANDING, BEIJIE, HEPING, TONGWEI
from tests.clocks import TestClock

ALL = Wanted()


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


def asked(
    runtime: Runtime, *texts: str, area_code: str | None = HEPING.code, first: int = 1
) -> tuple[int, ...]:
    """One question a text, each of another resident."""
    people = followers(runtime, len(texts), community=area_code or HEPING.code, first=first)
    with runtime.database.transaction() as session:
        return tuple(
            inquiries.add_question(
                session, resident_id=one, text=text, area_code=area_code, now=runtime.clock()
            )
            for one, text in zip(people, texts, strict=True)
        )


def grouped(runtime: Runtime, numbers: Iterable[int], *, fit: Fit = Fit.SURE, into: int = 0) -> int:
    with runtime.database.transaction() as session:
        group_id = into or question_groups.open_group(session, text="浴池几点开", asked_at=runtime.clock())
        for number in numbers:
            assert sort_into(session, number, group_id, fit=fit)
        return group_id


def group(runtime: Runtime, group_id: int) -> QuestionGroup:
    with runtime.database.reading() as session:
        return question_groups.find_group(session, group_id)


def told(runtime: Runtime) -> list[str]:
    with runtime.database.reading() as session:
        rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [runtime.vault.open(row.body_sealed, BODY) for row in rows]


def test_a_group_shows_how_often_from_where_and_in_which_words_it_was_asked(runtime: Runtime) -> None:
    numbers = asked(runtime, "浴池几点开", "澡堂子开着没，我电话13812345678")
    more = asked(runtime, "浴池啥时开", area_code=BEIJIE.code, first=10)
    group_id = grouped(runtime, (*numbers, *more))

    with acting(runtime, Role.EDITOR) as act:
        record = questions.show(act, group_id)

    assert record.count == 3
    assert {place.area_code: place.count for place in record.places} == {HEPING.code: 2, BEIJIE.code: 1}
    assert [one.text for one in record.questions.items] == [
        "浴池几点开",
        "澡堂子开着没，我电话[电话]",
        "浴池啥时开",
    ]
    assert trail(runtime, f"question group {group_id}")[0].action == "questions.viewed"


def test_an_area_lead_sees_the_questions_and_counts_of_the_own_area_only(runtime: Runtime) -> None:
    mixed = grouped(
        runtime,
        (*asked(runtime, "浴池啥时开", area_code=BEIJIE.code, first=9), *asked(runtime, "浴池几点开门")),
    )
    elsewhere = grouped(runtime, asked(runtime, "公园开没", area_code=BEIJIE.code, first=20))

    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        listed = questions.list_groups(act, Sought(within=ANDING.code[:6]), ALL).items
        record = questions.show(act, mixed)
        assert [(one.group.id, one.count) for one in listed] == [(mixed, 1)]
        assert (record.count, len(record.questions.items)) == (1, 1)
        assert (listed[0].group.text, record.group.text) == ("浴池几点开门", "浴池几点开门")
        with pytest.raises(NotFound):
            questions.show(act, elsewhere)
        with pytest.raises(Forbidden):
            questions.close(act, mixed, reason="不用答")


def test_a_suggestion_counts_nowhere_until_a_person_confirms_it(runtime: Runtime) -> None:
    sure, doubtful = asked(runtime, "浴池几点开", "浴池开不开")
    group_id = grouped(runtime, [sure])
    grouped(runtime, [doubtful], fit=Fit.SUGGESTED, into=group_id)
    assert group(runtime, group_id).count == 1

    with acting(runtime, Role.EDITOR) as act:
        [suggestion] = questions.list_suggestions(act, ALL).items
        assert (suggestion.question.number, suggestion.group.id) == (doubtful, group_id)
        questions.move(act, [doubtful], into=group_id)

    assert group(runtime, group_id).count == 2
    with acting(runtime, Role.EDITOR) as act:
        assert questions.list_suggestions(act, ALL).items == ()


def test_what_was_put_together_wrongly_is_taken_apart(runtime: Runtime) -> None:
    one, other = asked(runtime, "浴池几点开", "浴池多少钱")
    group_id = grouped(runtime, [one, other])

    with acting(runtime, Role.EDITOR) as act:
        apart = questions.split(act, [other])

    assert (group(runtime, group_id).count, group(runtime, apart).count) == (1, 1)
    assert group(runtime, apart).text == "浴池多少钱"


def test_a_group_that_lost_its_last_question_is_done_with(runtime: Runtime) -> None:
    [one] = asked(runtime, "浴池几点开")
    group_id = grouped(runtime, [one])
    with acting(runtime, Role.EDITOR) as act:
        questions.split(act, [one])
    assert (group(runtime, group_id).count, group(runtime, group_id).state) == (0, GroupState.CLOSED)


def test_one_question_is_answered_and_its_asker_told_once(runtime: Runtime) -> None:
    [number] = asked(runtime, "浴池几点开")
    group_id = grouped(runtime, [number])

    with acting(runtime, Role.EDITOR) as act:
        assert questions.answer(act, number, text="八点开门。")
    with acting(runtime, Role.EDITOR) as act, pytest.raises(Conflict, match="answered already"):
        questions.answer(act, number, text="九点开门。")

    assert told(runtime) == [f"您问的“编号 {number}”有答复了：\n八点开门。"]
    assert group(runtime, group_id).state is GroupState.ANSWERED


def test_an_area_lead_answers_no_question_from_elsewhere(runtime: Runtime) -> None:
    [number] = asked(runtime, "浴池几点开", area_code=BEIJIE.code)
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act, pytest.raises(NotFound):
        questions.answer(act, number, text="八点。")


@pytest.mark.parametrize("text", ["", "  ", "长" * 2_001])
def test_an_answer_says_something_and_not_too_much(runtime: Runtime, text: str) -> None:
    [number] = asked(runtime, "浴池几点开")
    with acting(runtime, Role.EDITOR) as act, pytest.raises(Unacceptable):
        questions.answer(act, number, text=text)


def test_a_closed_group_takes_nothing_more(runtime: Runtime) -> None:
    one, other = asked(runtime, "浴池几点开", "浴池多少钱")
    closed, still_open = grouped(runtime, [one]), grouped(runtime, [other])
    with acting(runtime, Role.EDITOR) as act:
        assert questions.close(act, closed, reason="不归我们管") == 1
    with acting(runtime, Role.EDITOR) as act, pytest.raises(Conflict, match="done with"):
        questions.move(act, [other], into=closed)
    assert group(runtime, still_open).state is GroupState.OPEN
    assert trail(runtime, f"question group {closed}")[-1].detail["reason"] == "不归我们管"


def test_an_auditor_looks_and_changes_nothing(runtime: Runtime) -> None:
    [number] = asked(runtime, "浴池几点开")
    group_id = grouped(runtime, [number])
    with acting(runtime, Role.AUDITOR) as act:
        assert questions.show(act, group_id).count == 1
        with pytest.raises(Forbidden):
            questions.answer(act, number, text="八点。")
        with pytest.raises(Forbidden):
            questions.split(act, [number])


def test_groups_are_listed_by_how_often_they_were_asked(runtime: Runtime) -> None:
    few = grouped(runtime, asked(runtime, "公园开没"))
    many = grouped(runtime, asked(runtime, "浴池几点开", "浴池啥时开", first=10))
    with acting(runtime, Role.EDITOR) as act:
        listed = [one.group.id for one in questions.list_groups(act, Sought(), ALL).items]
        by_state = questions.list_groups(act, Sought(state=GroupState.CLOSED), ALL).items
    assert (listed, by_state) == ([many, few], ())
