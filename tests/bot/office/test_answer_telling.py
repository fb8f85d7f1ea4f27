"""Who hears the answer to what they asked, a batch after the other, and who goes on waiting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.access import Role
from bot.answer_telling import BATCH, tell_next_askers
from bot.office import questions
from bot.runtime import Runtime
from bot.store import question_groups
from bot.store.engine import Database
from bot.store.question_groups import GroupState
from bot.store.tables import ArticleRow, QuestionGroupRow, QuestionRow
from knowledge.article import Scope
from tests.bot.meeting import wait_for
from tests.bot.office.acting import acting
from tests.bot.office.articles import ARTICLE, published
from tests.bot.office.test_questions import asked, group, grouped, told
from tests.bot.offices import an_office
from tests.bot.places import BEIJIE, HEPING, TONGWEI
from tests.clocks import TestClock

WORDS = "浴池几点开"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


def being_told(runtime: Runtime, group_id: int, article_id: str) -> None:
    with runtime.database.transaction() as session:
        question_groups.set_state(session, group_id, GroupState.TELLING, article_id=article_id)


def test_who_lives_elsewhere_waits_in_one_group_however_many_batches_they_fill(runtime: Runtime) -> None:
    count = 2 * BATCH + 1
    elsewhere = asked(runtime, *[WORDS] * count, area_code=BEIJIE.code)
    here = asked(runtime, WORDS, area_code=HEPING.code, first=count + 1)
    told_of = grouped(runtime, [*elsewhere, *here])
    being_told(runtime, told_of, published(runtime, replace(ARTICLE, scope=Scope(TONGWEI.code))))

    while tell_next_askers(runtime):
        pass

    with runtime.database.reading() as session:
        others = session.scalars(
            select(QuestionGroupRow.id).where(QuestionGroupRow.state == GroupState.OPEN)
        ).all()
    assert [group(runtime, one).count for one in others] == [count]
    assert (group(runtime, told_of).count, len(told(runtime))) == (1, 1)


def test_an_article_of_which_somebody_is_still_told_cannot_be_deleted(
    runtime: Runtime, database: Database
) -> None:
    article_id = published(runtime)
    being_told(runtime, grouped(runtime, asked(runtime, WORDS)), article_id)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.delete(session.get_one(ArticleRow, article_id))


@pytest.mark.postgres
def test_nobody_goes_on_waiting_in_a_group_that_is_closed_meanwhile(
    postgres: Database, tmp_path: Path, clock: TestClock
) -> None:
    runtime = an_office(postgres, tmp_path, clock)
    closing = grouped(runtime, asked(runtime, WORDS, area_code=BEIJIE.code))
    (number,) = asked(runtime, WORDS, area_code=BEIJIE.code, first=2)
    told_of = grouped(runtime, [number])
    being_told(runtime, told_of, published(runtime, replace(ARTICLE, scope=Scope(TONGWEI.code))))

    with ThreadPoolExecutor(1) as pool:
        with acting(runtime, Role.EDITOR) as act:
            questions.close(act, closing, reason="不归我们")
            telling = pool.submit(tell_next_askers, runtime)
            wait_for(postgres, 1)
        assert telling.result(20)

    with runtime.database.reading() as session:
        waits_in = session.get_one(QuestionRow, number).group_id
    assert waits_in is not None
    assert group(runtime, waits_in).state is GroupState.OPEN
