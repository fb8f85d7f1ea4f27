"""What nobody could answer becomes an article, and everybody who asked hears it; what is over is given to nobody."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.answer_telling import LINGER, tell_next_askers
from bot.article_watch import watch_articles
from bot.office import article_steps, articles, question_articles, questions
from bot.question_grouping import QuestionGrouper
from bot.runtime import Runtime
from bot.store.article_files import find_file
from bot.store.article_versions import find_version
from bot.store.outbox import BODY
from bot.store.pages import Wanted
from bot.store.question_groups import GroupState, QuestionGroup, Sought, page_of_groups
from bot.store.tables import DeliveryRow, OfficeAlertRow, QuestionRow
from knowledge.article import Article, Scope, Source, Validity
from tests.bot.office.acting import acting, trail
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

ASKED = ("图书馆什么时候开放", "图书馆哪天开放", "请问图书馆什么时候开放？")
ANSWER = "图书馆本月二十五日起开放，每天九点到十七点，进门请登记。"
SOURCE = Source(
    "县文旅局（示例）", "示例通知", url="https://example.org/library", issued_on=date(2022, 7, 12)
)
VILLAGE, TOWN = "621121100201", "621102001003"


def sent(runtime: Runtime) -> list[tuple[int, str]]:
    """Follow-ups that wait to go out: to whom, and what; parts of one answer joined."""
    with runtime.database.reading() as session:
        joined: dict[str, tuple[int, str]] = {}
        for row in session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)):
            key = row.client_msg_id.rpartition(".")[0]
            _, before = joined.get(key, (0, ""))
            joined[key] = (row.recipient, before + runtime.vault.open(row.body_sealed, BODY))
        return list(joined.values())


def the_worker_works(runtime: Runtime) -> None:
    grouper = QuestionGrouper(runtime)
    while grouper.sort_next():
        pass
    while tell_next_askers(runtime):
        pass
    runtime.library.refresh()


def groups(runtime: Runtime) -> list[QuestionGroup]:
    with runtime.database.reading() as session:
        return list(page_of_groups(session, Sought(), Wanted(order="first")).items)


def written(runtime: Runtime, group_id: int, **fields: object) -> str:
    """An editor writes an article from a group and hands it over; its id."""
    with acting(runtime, Role.EDITOR) as act:
        begun = question_articles.prefilled(act, group_id)
        article = replace(begun, answer=ANSWER, source=SOURCE, **fields)  # type: ignore[arg-type] # by name
        file = question_articles.write(act, group_id, article)
        waiting = find_version(act.session, file.id, 1)
        assert waiting is not None
        article_steps.submit(act, file.id, file.edition, seen=waiting.pending.fingerprint)
    return file.id


def published(runtime: Runtime, article_id: str) -> None:
    """A reviewer publishes what was handed over."""
    with acting(runtime, Role.REVIEWER) as act:
        file = find_file(act.session, article_id)
        waiting = find_version(act.session, article_id, file.version + 1)
        assert waiting is not None
        article_steps.publish(act, article_id, file.edition, seen=waiting.pending.fingerprint)


@pytest.fixture
def three(new_phone: Callable[[str], Phone], runtime: Runtime) -> list[Phone]:
    """Three residents who asked the same, each in their own words, and got no answer."""
    phones = [new_phone(f"p{number}") for number in range(3)]
    for phone, words in zip(phones, ASKED, strict=True):
        phone.follows(scene=phone.scene_of(runtime, VILLAGE))
        assert "没有把握" in phone.says(words)
    return phones


def test_three_who_ask_the_same_in_other_words_are_one_group(three: list[Phone], runtime: Runtime) -> None:
    the_worker_works(runtime)
    [group] = groups(runtime)
    assert (group.count, group.text, group.state) == (len(three), ASKED[0], GroupState.OPEN)


def test_sorting_again_and_by_another_worker_changes_nothing(three: list[Phone], runtime: Runtime) -> None:
    the_worker_works(runtime)
    the_worker_works(runtime)
    assert [group.count for group in groups(runtime)] == [len(three)]


def test_an_article_written_from_a_group_reaches_all_who_asked_once_and_a_fourth_at_once(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime, clock: TestClock
) -> None:
    the_worker_works(runtime)
    [group] = groups(runtime)
    article_id = written(runtime, group.id)
    the_worker_works(runtime)
    assert sent(runtime) == []

    published(runtime, article_id)
    the_worker_works(runtime)
    the_worker_works(runtime)

    told = sent(runtime)
    assert Counter(recipient for recipient, _ in told).most_common() == [(one, 1) for one, _ in told]
    assert len(told) == len(three)
    assert all(ANSWER in body and "依据：县文旅局（示例）" in body for _, body in told)
    fourth = new_phone("fourth")
    fourth.follows()
    assert ANSWER in fourth.says("图书馆什么时候开放呢")
    assert "已答复" in three[0].says("我问过的")

    clock.advance(seconds=LINGER.total_seconds() + 1)
    the_worker_works(runtime)
    assert [group.state for group in groups(runtime)] == [GroupState.ANSWERED]
    assert len(sent(runtime)) == len(three)


def test_whoever_asks_while_the_answer_is_on_its_way_gets_it_too(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    the_worker_works(runtime)
    article_id = written(runtime, groups(runtime)[0].id)
    published(runtime, article_id)
    late = new_phone("late")
    late.follows(scene=late.scene_of(runtime, VILLAGE))
    # The process that answers may have heard of the article by now, or not yet.
    at_once = ANSWER in late.says(ASKED[0])

    the_worker_works(runtime)
    assert len({recipient for recipient, _ in sent(runtime)}) + at_once == len(three) + 1


def test_one_who_asked_twice_is_told_once_of_both_numbers(phone: Phone, runtime: Runtime) -> None:
    phone.follows()
    phone.says(ASKED[0])
    phone.says(ASKED[1])
    the_worker_works(runtime)
    published(runtime, written(runtime, groups(runtime)[0].id))
    the_worker_works(runtime)

    [(_, body)] = sent(runtime)
    with runtime.database.reading() as session:
        numbers = "、".join(str(number) for number in session.scalars(select(QuestionRow.number)))
    assert f"编号 {numbers}" in body


def test_whoever_lives_where_the_answer_does_not_hold_goes_on_waiting(
    villager: Phone, townsman: Phone, runtime: Runtime
) -> None:
    villager.says(ASKED[0])
    townsman.says(ASKED[1])
    the_worker_works(runtime)
    [group] = groups(runtime)
    published(runtime, written(runtime, group.id, scope=Scope("621121000000")))
    the_worker_works(runtime)

    assert len(sent(runtime)) == 1
    assert [(one.count, one.state) for one in groups(runtime)] == [
        (1, GroupState.TELLING),
        (1, GroupState.OPEN),
    ]


def test_what_asks_something_else_of_the_same_thing_is_told_nothing_of_it(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    other = new_phone("other")
    other.follows()
    other.says("图书馆怎么借书")
    the_worker_works(runtime)
    group = max(groups(runtime), key=lambda one: one.count)
    published(runtime, written(runtime, group.id))
    the_worker_works(runtime)

    assert len(sent(runtime)) == len(three)
    assert "等工作人员答复" in other.says("我问过的")


def test_an_article_that_is_given_up_leaves_its_questions_waiting(
    three: list[Phone], runtime: Runtime
) -> None:
    the_worker_works(runtime)
    article_id = written(runtime, groups(runtime)[0].id)
    with acting(runtime, Role.EDITOR) as act:
        file = find_file(act.session, article_id)
        article_steps.withdraw(act, article_id, file.edition, reason="写错了")
    assert [(one.state, one.article_id, one.count) for one in groups(runtime)] == [
        (GroupState.OPEN, None, len(three))
    ]


def test_an_article_there_is_answers_a_group_at_once(three: list[Phone], runtime: Runtime) -> None:
    the_worker_works(runtime)
    article = Article("library", "阅览室几号可以进", ANSWER, source=SOURCE)
    with acting(runtime, Role.EDITOR) as act:
        file = article_steps.create(act, article)
        waiting = find_version(act.session, file.id, 1)
        assert waiting is not None
        article_steps.submit(act, file.id, file.edition, seen=waiting.pending.fingerprint)
    published(runtime, file.id)
    with acting(runtime, Role.EDITOR) as act:
        assert question_articles.answer_by(act, groups(runtime)[0].id, file.id)
    the_worker_works(runtime)
    assert len(sent(runtime)) == len(three)


def test_what_an_article_begins_with_holds_nothing_that_points_to_a_person(
    phone: Phone, runtime: Runtime
) -> None:
    phone.follows()
    assert "没有把握" in phone.says("图书馆什么时候开放，我住3号楼2单元501室")
    the_worker_works(runtime)
    with acting(runtime, Role.EDITOR) as act:
        begun = question_articles.prefilled(act, groups(runtime)[0].id)
        seen = questions.show(act, groups(runtime)[0].id)
    assert "501" not in f"{begun} {seen}"
    assert "[门牌]" in begun.question


def test_an_article_that_is_over_is_given_to_nobody_and_its_state_says_so(
    three: list[Phone], runtime: Runtime, clock: TestClock
) -> None:
    the_worker_works(runtime)
    today = clock.now.date()
    last = today + timedelta(days=3)
    article_id = written(runtime, groups(runtime)[0].id, validity=Validity(today, last))
    published(runtime, article_id)
    the_worker_works(runtime)
    watch_articles(runtime)
    watch_articles(runtime)
    with runtime.database.reading() as session:
        alerts = [row.subject for row in session.scalars(select(OfficeAlertRow))]
    assert alerts == [f"article {article_id} {last}"]
    assert ANSWER in three[0].says(ASKED[0])

    clock.advance(days=4)
    before = "到期" in three[0].says(ASKED[0])
    watch_articles(runtime)
    runtime.library.refresh()
    after = three[0].says(ASKED[0])

    assert before
    assert "到期" in after
    assert ANSWER not in after
    with runtime.database.reading() as session:
        assert find_file(session, article_id).state == "expired"
    assert [(event.actor, event.action) for event in trail(runtime, f"article {article_id}")][-1] == (
        "scheduler",
        "article.expire",
    )


def test_an_articles_page_shows_a_countys_members_what_was_asked_there_in_the_words_of_there(
    villager: Phone, townsman: Phone, runtime: Runtime
) -> None:
    villager.says(ASKED[0])
    townsman.says(ASKED[1])
    the_worker_works(runtime)
    [group] = groups(runtime)
    article_id = written(runtime, group.id)
    published(runtime, article_id)

    with acting(runtime, Role.AREA_LEAD, area_code="621102000000") as act:
        [seen] = articles.show(act, article_id).groups

    assert group.count == 2
    assert (seen.count, seen.text) == (1, ASKED[1])
