from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from benchmarks.fit_judges import SAMPLE_DAY
from knowledge.answering import Answer, Answering, Choices, Unknown, find_answer
from knowledge.article import Article, Validity
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.text import Segmenter
from knowledge.thresholds import Thresholds
from tests.knowledge.shelves import (
    ARTICLES,
    AT_ANDING,
    AT_LINTAO,
    BUS_UNTIL_JULY,
    MARKET_LINTAO,
    SOURCE,
    TESTING,
)

NEVER_SURE = Thresholds(answer=1.1, choice=0.0)


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, segmenter=segmenter, places=["临洮县", "通渭县"])


def ask(
    library: Library,
    question: str,
    day: date,
    *,
    at: tuple[str, ...] = AT_ANDING,
    sure: Thresholds | None = None,
) -> Answering:
    return find_answer(question, library=library, area_path=at, day=day, thresholds=sure or Thresholds())


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("核酸在哪里做", "testing"),
        ("请问去哪儿捅嗓子呢？", "testing"),
        ("养老院现在让不让进去看老人", "nursing-home"),
        ("結婚能擺幾桌", "wedding"),
        ("怀孕了能打疫苗不", "vaccine-pregnant"),
    ],
)
def test_a_villagers_wording_of_a_known_question_is_answered(
    library: Library, day: date, question: str, article: str
) -> None:
    answering = ask(library, question, day)

    assert isinstance(answering, Answer)
    assert answering.best.article.id == article


@pytest.mark.parametrize(
    "question",
    ["请问{}？", "您好，{}呢？", "麻烦问一下，{}啊，谢谢", "我想咨询一下{}", "{}？多谢你们啦"],
)
def test_courtesies_make_a_question_neither_more_nor_less_likely(
    library: Library, day: date, question: str
) -> None:
    asked = "去哪儿捅嗓子"
    plain, polite = ask(library, asked, day), ask(library, question.format(asked), day)

    assert isinstance(polite, Answer)
    assert polite.best.score == pytest.approx(plain.candidates[0].score, abs=0.02)


@pytest.mark.parametrize(
    "question",
    ["今年洋芋卖多少钱一斤", "身份证丢了去哪里补办", "谢谢你", "你好啊", "", "？？？", "😷", "a" * 5000],
)
def test_what_nothing_fits_is_not_answered(library: Library, day: date, question: str) -> None:
    assert not isinstance(ask(library, question, day), Answer)


def test_a_question_that_differs_in_meaning_is_offered_but_never_answered(
    library: Library, day: date
) -> None:
    answering = ask(library, "老人能打新冠疫苗吗", day)

    assert isinstance(answering, Choices)
    assert answering.offered[0].article.id == "vaccine-pregnant"
    assert any("人群不同" in reason for reason in answering.offered[0].reasons)


@pytest.mark.parametrize(
    ("title", "answering"),
    [("健康码变黄、变红了怎么办？", Answer), ("健康码变黄了怎么办？", Choices)],
    ids=["both in the title", "only the other"],
)
def test_what_the_title_says_as_well_is_no_difference(
    segmenter: Segmenter, day: date, title: str, answering: type[Answering]
) -> None:
    article = Article("code", title, "先打电话给社区。", ("健康码黄了咋办",))
    library = Library.build([article], segmenter=segmenter)

    given = ask(library, "健康码红了咋办", day, sure=Thresholds(answer=0.01, choice=0.0))

    assert isinstance(given, answering)


@pytest.mark.parametrize(
    ("question", "answering"),
    [("老人去世了能不能土葬", Choices), ("高风险区的老人去世了能不能土葬", Answer)],
    ids=["of no case", "of that case"],
)
def test_what_holds_in_one_case_only_is_offered_to_who_does_not_name_it(
    segmenter: Segmenter, day: date, question: str, answering: type[Answering]
) -> None:
    article = Article(
        "case", "在高风险区，家里人去世了怎么办？", "先打给村里。", ("高风险区老人去世了能不能土葬",)
    )
    library = Library.build([article], segmenter=segmenter)

    given = ask(library, question, day, sure=Thresholds(answer=0.01, choice=0.0))

    assert isinstance(given, answering)


def test_a_bare_topic_asks_nothing_and_gets_no_answer(library: Library, day: date) -> None:
    assert not isinstance(ask(library, "核酸", day), Answer)


def test_a_difference_is_seen_however_little_the_wordings_resemble_each_other(
    segmenter: Segmenter, day: date
) -> None:
    library = Library.build(
        [Article("market", "安定区的菜市场开门了没有", "没有。", (), SOURCE)],
        segmenter=segmenter,
        places=["安定区", "陇西县"],
    )

    (found,) = ask(library, "陇西那边的菜市场现在开着没", day).candidates

    assert "地点不同:陇西/安定" in found.reasons


def test_one_question_answered_for_two_areas_is_offered_once_by_whichever_wordings_the_two_were_found(
    library: Library, day: date
) -> None:
    never_sure = Thresholds(answer=1.0, choice=0.001)

    answering = find_answer(
        "封控区的小区让出门不", library=library, area_path=AT_LINTAO, day=day, thresholds=never_sure
    )

    assert isinstance(answering, Choices)
    going_out = [one.article.id for one in answering.offered if one.article.id.startswith("going-out")]
    assert going_out == ["going-out-lintao"]


def test_the_rule_of_the_nearest_area_wins(library: Library, day: date) -> None:
    answering = ask(library, "能不能出小区", day, at=AT_LINTAO)

    assert isinstance(answering, Answer)
    assert answering.best.article.id == "going-out-lintao"


@pytest.mark.parametrize("at", [AT_ANDING, ()])
def test_elsewhere_and_nowhere_the_general_rule_holds(
    library: Library, day: date, at: tuple[str, ...]
) -> None:
    answering = ask(library, "能不能出小区", day, at=at)

    assert isinstance(answering, Answer)
    assert answering.best.article.id == "going-out"


def test_a_rule_that_holds_only_in_some_area_asks_for_the_area_first(library: Library, day: date) -> None:
    answering = ask(library, "逢集还让不让跟集", day, at=())

    assert isinstance(answering, Unknown)
    assert answering.needs_area


def test_a_rule_of_another_area_is_neither_answered_nor_offered(library: Library, day: date) -> None:
    answering = ask(library, "逢集还让不让跟集", day, at=AT_ANDING, sure=NEVER_SURE)

    offered = answering.offered if isinstance(answering, Choices) else ()
    assert MARKET_LINTAO not in [candidate.article for candidate in offered]


@pytest.mark.parametrize(("on", "answered"), [(date(2022, 7, 1), True), (date(2022, 7, 10), True)])
def test_a_rule_is_answered_on_its_first_and_its_last_day(
    library: Library, on: date, *, answered: bool
) -> None:
    assert isinstance(ask(library, "公交车通了没有", on), Answer) is answered


def test_an_expired_rule_is_named_as_expired_and_never_given(library: Library) -> None:
    answering = ask(library, "公交车通了没有", date(2022, 7, 11))

    assert isinstance(answering, Unknown)
    assert answering.expired == BUS_UNTIL_JULY


def test_a_rule_that_does_not_hold_yet_is_not_called_expired(library: Library) -> None:
    answering = ask(library, "公交车通了没有", date(2022, 6, 30))

    assert not isinstance(answering, Answer)
    assert not (isinstance(answering, Unknown) and answering.expired)


def test_a_current_rule_is_answered_though_an_expired_one_asks_the_same(
    segmenter: Segmenter, day: date
) -> None:
    current = replace(BUS_UNTIL_JULY, id="bus-now", validity=Validity(date(2022, 7, 11), None))
    library = Library.build([*ARTICLES, current], segmenter=segmenter)

    answering = ask(library, "公交车通了没有", day)

    assert isinstance(answering, Answer)
    assert answering.best.article.id == "bus-now"


def test_choices_are_at_most_five_distinct_articles(segmenter: Segmenter, day: date) -> None:
    many = [
        replace(TESTING, id=f"testing-{number}", question=f"核酸检测点{number}在哪里做")
        for number in range(9)
    ]
    library = Library.build(many, segmenter=segmenter)

    answering = ask(library, "核酸检测点在哪里", day, sure=NEVER_SURE)

    assert isinstance(answering, Choices)
    ids = [candidate.article.id for candidate in answering.offered]
    assert len(ids) == len(set(ids)) == 5


def test_behind_what_is_likely_stand_up_to_two_that_are_less_so(segmenter: Segmenter) -> None:
    library = Library.build(sample_articles(day=SAMPLE_DAY), segmenter=segmenter)
    find = partial(find_answer, "办酒席要跟谁说", library=library, area_path=(), day=SAMPLE_DAY)
    first, *others = find(thresholds=NEVER_SURE).offered
    less = tuple(one for one in others if one.score >= 0.3 * first.score)

    only_the_first = find(thresholds=Thresholds(answer=1.1, choice=first.score)).offered
    not_even_that = find(thresholds=Thresholds(answer=1.1, choice=first.score * 1.01)).offered

    assert 0 < len(less) < len(others)
    assert (only_the_first, not_even_that) == ((first, *less[:2]), ())


def test_candidates_are_listed_best_first_with_their_reasons(library: Library, day: date) -> None:
    answering = ask(library, "去哪儿做核酸", day)
    scores = [candidate.score for candidate in answering.candidates]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert answering.candidates[0].reasons[0] in TESTING.texts


def test_an_empty_library_knows_nothing(segmenter: Segmenter, day: date) -> None:
    assert ask(Library.build(segmenter=segmenter), "核酸在哪里做", day) == Unknown(())


def test_an_article_is_found_by_words_that_only_its_answer_has(segmenter: Segmenter, day: date) -> None:
    hardship = replace(
        TESTING,
        id="hardship",
        question="困难群众如何申请临时救助",
        answer="带户口簿到镇上民政站，填申请表，三日内发放米面油。",
        phrasings=("家里揭不开锅咋办",),
    )
    library = Library.build([*ARTICLES, hardship], segmenter=segmenter)

    answering = ask(library, "哪里能领米面油", day, sure=NEVER_SURE)

    assert "hardship" in [candidate.article.id for candidate in answering.candidates]


@pytest.mark.parametrize("phrasings", [("？？？",), ("做核酸的地方", "😷"), ("！", "做核酸的地方")])
def test_an_article_with_a_wording_of_marks_only_is_still_answered(
    segmenter: Segmenter, day: date, phrasings: tuple[str, ...]
) -> None:
    library = Library.build([*ARTICLES[1:], replace(TESTING, phrasings=phrasings)], segmenter=segmenter)

    answering = ask(library, "哪里可以做核酸检测", day)

    assert isinstance(answering, Answer)
    assert answering.best.article.id == "testing"


@pytest.mark.parametrize(
    ("asked", "known"),
    [("什么时候做核酸检测", "哪里可以做核酸检测"), ("做核酸检测多少钱", "哪里可以做核酸检测")],
)
def test_another_thing_asked_of_the_same_topic_is_never_answered(
    library: Library, day: date, asked: str, known: str
) -> None:
    answering = ask(library, asked, day)

    assert not isinstance(answering, Answer)
    assert any(
        "所问不同" in reason or "地点" in reason
        for candidate in answering.candidates
        if candidate.article.question == known
        for reason in candidate.reasons
    )


def test_a_long_message_is_understood_by_its_beginning_and_its_end(library: Library, day: date) -> None:
    story = "家里最近事情多，庄稼也没顾上收，" * 40

    for message in (f"{story}请问核酸在哪里做", f"核酸在哪里做？{story}"):
        ids = [candidate.article.id for candidate in ask(library, message, day).candidates]
        assert "testing" in ids


@pytest.mark.parametrize(
    "message", ["核酸在哪里做，婚礼酒席可以办几桌", "婚礼酒席可以办几桌？还有，去哪儿捅嗓子"]
)
def test_who_asks_for_two_things_at_once_is_offered_both(library: Library, message: str, day: date) -> None:
    found = ask(library, message, day)

    assert isinstance(found, Choices)
    assert {one.article.id for one in found.offered[:2]} == {"testing", "wedding"}


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("养老院现在让不让进去看老人，核酸哪里做", ["nursing-home", "testing"]),
        ("核酸哪里做，养老院现在让不让进去看老人", ["testing", "nursing-home"]),
    ],
)
def test_what_two_questions_ask_for_is_offered_in_their_order_and_listed_best_first(
    library: Library, message: str, asked: list[str], day: date
) -> None:
    found = ask(library, message, day)

    assert [one.article.id for one in found.offered] == asked
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)


def test_who_asks_for_one_thing_twice_is_answered(library: Library, day: date) -> None:
    found = ask(library, "核酸在哪里做，去哪儿捅嗓子", day)

    assert isinstance(found, Answer)
    assert found.best.article.id == "testing"


def test_of_two_questions_one_of_which_nothing_answers_only_the_other_is_offered(
    library: Library, day: date
) -> None:
    found = ask(library, "核酸在哪里做，麻雀吃啥", day)

    assert {one.article.id for one in found.offered} == {"testing"}


@pytest.fixture(scope="module")
def starter(segmenter: Segmenter) -> Library:
    return Library.build(sample_articles(day=date(2022, 7, 15)), segmenter=segmenter)


def test_a_word_in_anothers_place_asks_for_more_certainty(starter: Library) -> None:
    """取快递要扫码吗 is nearly 快递停了没, and asks something else."""
    question, day = "取快递要扫码吗", date(2022, 7, 15)

    careful = ask(starter, question, day)
    careless = ask(starter, question, day, sure=Thresholds(answer=0.82, reworded=0.82))

    assert isinstance(careless, Answer)
    assert "扫码" in careless.best.reworded
    assert isinstance(careful, Choices)
    assert careless.best in careful.offered


def test_whoever_asks_for_more_certainty_of_every_answer_has_it_of_these_as_well() -> None:
    strict = Thresholds(answer=0.97, reworded=0.9)

    assert strict.to_answer(reworded=True) == strict.to_answer(reworded=False) == 0.97
