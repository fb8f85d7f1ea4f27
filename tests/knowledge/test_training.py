"""How lessons are made: what is asked is taken away first, and the same lessons give the same models."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge.fitting import Recipe, fit_judge, together
from knowledge.intent import Intent
from knowledge.judge import EXCHANGED, judge_from
from knowledge.labelled import LabelledLine, LabelledMessage, LabelledQuestion
from knowledge.lessons import Lessons, LikeQuestions
from knowledge.models import ANSWER_FEATURES, CLAIM_FEATURES, FLAG_KINDS, OPEN_INTENTS, RUMOUR
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.text import Segmenter
from knowledge.training import Case, Teacher, answer_lessons, claim_lessons, fit_flag, fit_routing
from tests.knowledge.hash_seeds import printed_under_every_seed
from tests.knowledge.shelves import ARTICLES, CLAIMS, GOING_OUT, TESTING

LINES = {
    Intent.QUESTION: "{}核酸在哪做",
    Intent.RUMOUR: "听说{}村要封真的吗",
    Intent.CHAT: "{}谢谢你",
    Intent.COMMAND: "退订{}",
    Intent.CUSTOMS: "{}家婚礼缓办",
    Intent.HEADCOUNT: "{}家五口人",
    Intent.LETTER: "倡议书{}",
    Intent.CRISIS: "{}不想活了",
}
LESSONS = Lessons(
    questions=(
        LabelledQuestion("去哪里捅嗓子", frozenset({"testing"})),
        LabelledQuestion("洋芋多少钱一斤核酸", frozenset()),
        LabelledQuestion("没人看过的", None),
    ),
    other_matters=(LabelledQuestion("咋做浆水面", frozenset()),),
    reports=(LabelledMessage("群里说喝白酒就不怕新冠了", frozenset({"liquor"}), rumour=True),),
    messages=(
        LabelledMessage("听说喝白酒能防病毒是真的吗", frozenset({"liquor"}), rumour=True),
        LabelledMessage("家人们快转发，明天封城", frozenset({"lock-down"}), rumour=True),
        LabelledMessage("核酸还做吗", frozenset(), rumour=False),
        LabelledMessage("今天下雨了", frozenset(), rumour=False),
        LabelledMessage("我爹爱喝高度白酒", frozenset(), rumour=False),
        LabelledMessage("没人看过的", None, rumour=None),
    ),
    lines=(
        *(LabelledLine(text.format(mark), intent) for intent, text in LINES.items() for mark in "甲乙丙丁戊"),
        LabelledLine("没人看过的", None),
    ),
    pairs=(
        LikeQuestions("核酸在哪里测", "核酸在哪里做", same=True),
        LikeQuestions("核酸多少钱", "核酸在哪里做", same=False),
    ),
)
WORDY = tuple(
    replace(
        one, phrasings=(*one.phrasings, *(f"{polite}{one.question}" for polite in ("请问", "你好", "麻烦问")))
    )
    for one in ARTICLES
)
"""With so many phrasings that every part of the lessons takes some away."""
SPREAD = tuple(
    replace(
        one,
        id=f"{one.id}{copy}",
        phrasings=tuple(f"{heard}{one.text}" for heard in ("听说", "群里说", "都说", "快看", "转")),
    )
    for one in CLAIMS
    for copy in (1, 2)
)


@pytest.fixture(scope="module")
def teacher(segmenter: Segmenter) -> Teacher:
    return Teacher(Profiler(segmenter, Places()))


def test_candidates_are_labelled_by_whether_they_are_right(teacher: Teacher) -> None:
    cases = [Case("核酸在哪里做", frozenset({"testing"})), Case("核酸多少钱", frozenset())]

    rows = teacher.ask_articles(ARTICLES, cases)

    assert rows.features.shape == (len(rows.labels), len(ANSWER_FEATURES[:-1]))
    assert ANSWER_FEATURES[-1] == EXCHANGED
    assert len(rows.exchanges) == len(rows.labels)
    assert rows.labels[rows.case == 0].sum() == 1
    assert not rows.labels[rows.case == 1].any()


def test_a_query_that_finds_nothing_has_no_row(teacher: Teacher) -> None:
    rows = teacher.ask_articles([TESTING], [Case("@#", frozenset()), Case("核酸", frozenset())])

    assert set(rows.case) == {1}


def test_a_phrasing_is_asked_of_the_articles_without_it(teacher: Teacher) -> None:
    rows = teacher.phrasings_held_out(WORDY)

    assert len(set(rows.case)) == len({text for one in WORDY for text in one.phrasings})
    equal = rows.features[:, ANSWER_FEATURES.index("equal")]
    assert not equal.any()


def test_the_rule_of_another_county_is_right_as_well(teacher: Teacher) -> None:
    assert GOING_OUT.question in {one.question for one in ARTICLES if one.id == "going-out-lintao"}

    rows = teacher.phrasings_held_out(WORDY)

    assert max(rows.labels[rows.case == case].sum() for case in set(rows.case)) == 2


def test_nothing_is_right_where_the_thing_itself_is_gone(teacher: Teacher) -> None:
    assert not teacher.articles_held_out(WORDY).labels.any()
    assert not teacher.claims_held_out(SPREAD).labels.any()


def test_every_kind_of_lesson_teaches_the_judges(teacher: Teacher) -> None:
    answers = answer_lessons(teacher, WORDY, LESSONS)
    claims = claim_lessons(teacher, SPREAD, ARTICLES, LESSONS)

    assert answers["questions"].labels.sum() == 1
    assert set(answers["other matters"].labels.tolist()) == {False}
    assert len(set(answers["pairs"].case)) == 2
    assert claims["held out"].labels.any()
    assert not claims["others"].labels.any()
    for rows, features in ((answers, ANSWER_FEATURES[:-1]), (claims, CLAIM_FEATURES)):
        assert all(part.features.shape[1] == len(features) for part in rows.values())


def test_lessons_of_which_nothing_comes_near_anything_teach_nothing_and_stop_nobody(teacher: Teacher) -> None:
    nothing = teacher.ask_claims(SPREAD, [Case("今天下雨了", frozenset())])
    something = teacher.ask_claims(SPREAD, [Case("群里说喝白酒就不怕新冠了", frozenset({"liquor"}))])

    assert not len(nothing.labels)
    assert len(together([nothing, something, nothing]).labels) == len(something.labels)


def test_a_judge_fitted_on_lessons_tells_right_from_wrong_and_reads_back_the_same(teacher: Teacher) -> None:
    rows = teacher.phrasings_held_out(WORDY)
    recipe = Recipe(trees=5, leaves=4, linear=0.5, smallest_leaf=3, leaning=True)

    judge = fit_judge(rows, features=ANSWER_FEATURES, recipe=recipe, provenance="test")
    seen = rows.seen_by(judge)
    again = judge_from(judge.to_arrays(), features=ANSWER_FEATURES)

    probable = judge.probabilities(seen)
    assert probable[rows.labels].mean() > probable[~rows.labels].mean() + 0.3
    assert np.array_equal(again.probabilities(seen), probable)


def test_the_flag_tells_hearsay_from_questions(segmenter: Segmenter) -> None:
    flag = fit_flag(LESSONS, ARTICLES, CLAIMS, segmenter=segmenter)

    assert flag.kinds == FLAG_KINDS
    rumour, question = (
        flag.probabilities(text, segmenter=segmenter)[RUMOUR]
        for text in ("听说喝白酒能杀死病毒", "在哪里做核酸")
    )
    assert rumour > 0.5 > question


def test_routing_tells_every_intent_apart(segmenter: Segmenter) -> None:
    routing = fit_routing(LESSONS, segmenter=segmenter)

    assert routing.kinds == OPEN_INTENTS
    for intent, text in LINES.items():
        chances = routing.probabilities(text.format("甲"), segmenter=segmenter)
        assert max(chances, key=chances.__getitem__) == intent


def test_the_same_lessons_give_the_same_models(segmenter: Segmenter) -> None:
    one, other = (fit_flag(LESSONS, ARTICLES, CLAIMS, segmenter=segmenter) for _ in range(2))

    assert one.grams == other.grams
    assert np.array_equal(one.gram_weights, other.gram_weights)


def test_a_decision_is_a_message_more_and_changes_the_key() -> None:
    decided = LabelledMessage("听说明天停水", frozenset({"water"}), rumour=True)

    more = LESSONS.with_decided([decided])

    assert more.messages == (*LESSONS.messages, decided)
    assert more.key != LESSONS.key == LESSONS.with_decided([]).key


def test_lessons_can_be_chosen_by_their_words() -> None:
    chosen = LESSONS.where(lambda text: "核酸" in text)

    assert chosen.texts == {text for text in LESSONS.texts if "核酸" in text}
    assert not LESSONS.where(lambda text: text != "核酸多少钱").where(lambda text: "多少钱" in text).pairs


def test_the_key_is_the_same_in_every_process() -> None:
    """Sets of ids have another order under every hash seed."""
    program = "from knowledge.lessons import load_lessons; print(load_lessons().key)"
    keys = printed_under_every_seed(program)
    assert len(keys) == 1
