"""A question: the sourced answer that holds where one lives, today; a short choice; or an honest "I don't know"."""

import re

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.articles import upsert_articles
from bot.store.tables import QuestionRow
from knowledge.article import Article, Scope, Source, Validity
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

UNANSWERABLE = "家里招老鼠了用啥药"


def question(runtime: Runtime) -> QuestionRow:
    with runtime.database.reading() as session:
        return session.scalars(select(QuestionRow)).one()


def publish(runtime: Runtime, *articles: Article) -> None:
    with runtime.database.transaction() as session:
        upsert_articles(session, articles, now=runtime.clock())
    runtime.library.refresh()


def publish_two(runtime: Runtime) -> None:
    """Two questions so alike that a short one may mean either."""
    other = an_article(id="test-ferry-2", question="羊皮筏子渡口几点开？", answer="八点。", phrasings=())
    publish(runtime, an_article(), other)


def an_article(**changes: object) -> Article:
    fields: dict[str, object] = {
        "id": "test-ferry",
        "question": "羊皮筏子渡口还开不开？",
        "phrasings": ("羊皮筏子还能坐吗", "筏子渡口开着没"),
        "answer": "渡口停航，走大桥。",
        "source": Source("交通运输局（示例）", "示例：渡口停航通告"),
    }
    return Article(**{**fields, **changes})  # type: ignore[arg-type] # as the caller says


def test_a_question_is_answered_with_its_source_and_the_day(townsman: Phone) -> None:
    reply = townsman.says("84和酒精能一起用不")

    assert "不能" in reply
    assert "依据：" in reply
    assert re.search(r"截至\d{4}年\d{1,2}月\d{1,2}日", reply)


def test_what_was_understood_is_said_back_unless_it_goes_without_saying(townsman: Phone) -> None:
    assert townsman.says("健康码红了咋弄").startswith("您问的是“健康码变黄、变红了怎么办？”：")
    assert "您问的是" not in townsman.says("健康码变黄、变红了怎么办")


def test_the_answer_is_that_of_where_one_lives(villager: Phone, townsman: Phone) -> None:
    closed, open_ = villager.says("现在能出门吗"), townsman.says("现在能出门吗")

    assert "足不出户" in closed.splitlines()[0]
    assert closed != open_


def test_several_near_answers_are_offered_and_picked_by_number_or_words(
    townsman: Phone, runtime: Runtime
) -> None:
    publish_two(runtime)

    offered = townsman.says("羊皮筏子渡口")
    by_number = townsman.says("１")
    townsman.says("羊皮筏子渡口")
    by_words = townsman.says("羊皮筏子渡口几点开")

    assert "都不是" in offered
    assert len(re.findall(r"^\d\. ", offered, re.MULTILINE)) <= 6
    assert "依据：" in by_number
    assert "八点" in by_words


def test_none_of_these_is_kept_for_the_staff_as_it_was_asked(townsman: Phone, runtime: Runtime) -> None:
    publish_two(runtime)
    offered = townsman.says("羊皮筏子渡口")

    kept = townsman.says("都不是")

    assert "羊皮筏子渡口还开不开" in offered
    assert f"编号 {question(runtime).number}" in kept
    assert question(runtime).text == "羊皮筏子渡口"


def test_what_nobody_can_answer_is_said_so_and_kept_under_a_number(townsman: Phone, runtime: Runtime) -> None:
    reply = townsman.says(UNANSWERABLE)

    assert "没有把握" in reply
    assert "12345" in reply
    assert "北街社区" in reply
    assert f"编号 {question(runtime).number}" in reply
    assert "等工作人员答复" in townsman.says(f"进度 {question(runtime).number}")


def test_an_expired_rule_is_never_given_as_current(
    townsman: Phone, runtime: Runtime, clock: TestClock
) -> None:
    publish(runtime, an_article(validity=Validity(valid_to=clock().date())))
    before = townsman.says("羊皮筏子还能坐吗")
    clock.advance(days=1, hours=1)

    after = townsman.says("羊皮筏子还能坐吗")

    assert "渡口停航" in before
    assert "渡口停航" not in after
    assert "已经到期" in after


def test_a_rule_of_one_county_asks_where_first_and_then_answers(phone: Phone, runtime: Runtime) -> None:
    publish(runtime, an_article(scope=Scope("621121000000")))

    asked = phone.says("羊皮筏子还能坐吗")
    phone.says("通渭县")
    phone.says("平襄镇")
    answered = phone.says("城关村")

    assert "各县区规定不一样" in asked
    assert "记下了" in answered
    assert "渡口停航" in answered


def test_publishing_is_seen_without_a_restart(townsman: Phone, runtime: Runtime) -> None:
    before = townsman.says("羊皮筏子还能坐吗")
    publish(runtime, an_article())

    assert "渡口停航" not in before
    assert "渡口停航" in townsman.says("羊皮筏子还能坐吗")


def test_an_answer_longer_than_one_message_goes_on_in_follow_ups(townsman: Phone, runtime: Runtime) -> None:
    publish(runtime, an_article(answer="渡口停航。" + "请走上游的大桥，绕行要多半个小时。" * 60))

    first = townsman.says("羊皮筏子还能坐吗")

    assert len(first.encode()) <= 2048
    assert first.endswith(("。", "\n"))


def test_who_asks_for_two_things_at_once_reads_one_after_the_other(townsman: Phone) -> None:
    offered = townsman.says("口罩怎么戴，84怎么兑水")

    assert offered.index("1. 口罩怎么戴才对") < offered.index("2. 84消毒液怎么兑水")
    assert "鼻" in townsman.says("1")
    assert "有效氯" in townsman.says("2")


@pytest.mark.parametrize("question", ["封村期间需要透析的病人怎么去医院？", "封控了尿毒症病人咋透析"])
def test_what_is_nearly_an_articles_question_is_offered_rather_than_comforted_away(
    villager: Phone, question: str
) -> None:
    assert "透析" in villager.says(question)


def test_a_question_that_leans_on_the_last_one_is_asked_again_in_full(townsman: Phone) -> None:
    townsman.says("从外地（比如兰州）回来要隔离吗")

    reply = townsman.says("那从上海呢")

    assert reply.startswith("接着您上一句，您是问“从外地(比如上海)回来要隔离吗”。\n")


def test_what_only_narrows_a_question_picked_from_a_list_is_not_answered_outright(
    townsman: Phone, runtime: Runtime
) -> None:
    publish(runtime, an_article())
    assert "回 1" in townsman.says("羊皮筏子渡口")
    townsman.says("1")

    reply = townsman.says("快艇呢")

    assert "“快艇羊皮筏子渡口”" in reply
    assert "停航" not in reply
    assert "停航" in townsman.says("1")


def test_it_leans_on_nothing_after_a_quarter_of_an_hour(townsman: Phone, clock: TestClock) -> None:
    townsman.says("老人能打疫苗吗")
    clock.advance(minutes=16)

    assert "接着您上一句" not in townsman.says("那孕妇呢")


def test_after_an_answer_there_is_nothing_to_cancel(townsman: Phone) -> None:
    nothing = townsman.says("取消")
    townsman.says("老人能打疫苗吗")

    assert townsman.says("取消") == nothing


def test_what_leans_on_the_last_question_and_has_no_answer_goes_to_a_person_in_full(
    townsman: Phone, runtime: Runtime
) -> None:
    publish(runtime, an_article(phrasings=("渡口开着没", "筏子能坐吗")))
    townsman.says("渡口开着没")

    townsman.says("那洮河大桥旁边的呢")
    townsman.says("2")

    assert question(runtime).text == "洮河大桥旁边渡口开着没"


def test_who_names_another_county_is_told_its_rules_and_that_they_are_its(townsman: Phone) -> None:
    own, other = townsman.says("能赶集吗"), townsman.says("通渭能赶集吗")

    assert other.startswith("下面说的是通渭县：\n")
    assert "通渭县：全县农村集市" in other
    assert "下面说的是" not in own


def test_ones_own_county_need_not_be_named_back(townsman: Phone) -> None:
    assert "下面说的是" not in townsman.says("安定区能赶集吗")


def test_who_asks_for_another_prefecture_hears_whose_rules_these_are(townsman: Phone) -> None:
    reply = townsman.says("兰州核酸几天一次")

    assert reply.startswith("我只知道定西市的规定，兰州当地的请打那边的12345。")
    assert "依据：" in reply


@pytest.mark.parametrize("words", ["从兰州回来核酸要做几次", "我在兰州，能回来吗", "兰州的亲戚能来家里吗"])
def test_coming_here_from_there_is_a_matter_of_the_rules_here(townsman: Phone, words: str) -> None:
    assert "我只知道" not in townsman.says(words)
