import pytest

from knowledge.asking import Asking, load_question_types
from knowledge.text import Segmenter, normalise


def asked(text: str, segmenter: Segmenter) -> Asking:
    return segmenter.read(text).asking


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("娃娃发烧咋办", {"办法"}),
        ("为啥要天天做核酸", {"原因"}),
        ("去哪达做核酸", {"地点"}),
        ("娃发烧吃啥药", {"用药"}),
        ("集市啥时候开", {"何时"}),
        ("隔离要多长时间", {"多久"}),
        ("做一次核酸多少钱", {"价钱"}),
        ("低保归谁管", {"找谁"}),
        ("办低保要啥材料", {"手续"}),
        ("打完疫苗要注意啥", {"注意"}),
        ("新冠有啥症状", {"症状"}),
        ("疫苗有没有副作用", {"副作用"}),
        ("水痘会不会传染", {"传染"}),
        ("结婚能摆几桌", {"多少"}),
        ("我今天在家", set()),
        ("", set()),
    ],
)
def test_what_a_villager_asks_is_told(question: str, types: set[str], segmenter: Segmenter) -> None:
    assert asked(question, segmenter).types == types


@pytest.mark.parametrize(
    ("question", "weak"),
    [("养老院让不让进", {"可否"}), ("公交车通了没有", {"是否"}), ("核酸还做吗", {"是否"})],
)
def test_asking_only_whether_something_is_so_says_little(
    question: str, weak: set[str], segmenter: Segmenter
) -> None:
    asking = asked(question, segmenter)

    assert asking.weak == weak
    assert not asking.types


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("去哪里做核酸检测", "核酸"),
        ("娃娃发烧咋办", "孩子发烧"),
        ("新冠有什么症状", "新冠"),
        ("为什么要做核酸", "核酸"),
    ],
)
def test_the_topic_is_left_over(question: str, topic: str, segmenter: Segmenter) -> None:
    left = asked(question, segmenter).topic

    assert topic in left
    assert not any(word in left for word in ("哪里", "怎么办", "什么", "为什么", "症状"))


def test_words_on_either_side_of_the_asking_do_not_grow_together() -> None:
    topic = load_question_types().read("老人怎么办低保").topic

    assert topic.split() == ["老人", "低保"]


def test_a_text_that_asks_nothing_is_all_topic() -> None:
    asking = load_question_types().read("民政局今天放假")

    assert asking == Asking(frozenset(), frozenset(), "民政局今天放假", frozenset())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("去哪里做核酸", "什么时候做核酸"),
        ("为什么要做核酸", "做核酸多少钱"),
        ("低保找谁办", "低保要多久"),
        ("娃发烧咋办", "娃为啥发烧"),
    ],
)
def test_two_decisive_questions_of_one_topic_are_apart_and_both_are_named(
    one: str, other: str, segmenter: Segmenter
) -> None:
    here, there = asked(one, segmenter), asked(other, segmenter)

    apart = here.apart_from(there)

    assert apart is not None
    assert all(apart)
    assert there.apart_from(here) == apart[::-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("去哪里做核酸", "核酸在啥地方做"),
        ("去哪里做核酸", "核酸还做吗"),
        ("去哪里做核酸", "我要做核酸"),
        ("新冠有什么症状", "新冠要注意什么"),
    ],
)
def test_alike_or_undecided_questions_are_not_apart(one: str, other: str, segmenter: Segmenter) -> None:
    assert asked(one, segmenter).apart_from(asked(other, segmenter)) is None


def test_every_type_takes_its_words_before_later_ones_look() -> None:
    asking = load_question_types().read("吃什么药")

    assert asking.types == {"用药"}
    assert "什么" not in asking.weak


@pytest.mark.parametrize("text", ["去哪里做核酸", "核酸还做不做", "我今天在家", "吃什么药", ""])
def test_a_glance_sees_whether_a_short_text_asks_as_reading_it_does(text: str, segmenter: Segmenter) -> None:
    canonical = segmenter.canonical(normalise(text))
    types = segmenter.question_types
    read = types.read(canonical)

    assert types.glance(canonical) == read.asks == (bool(read.types), bool(read.weak))


def test_a_glance_finds_what_a_long_post_asks_at_its_end(segmenter: Segmenter) -> None:
    types, told = segmenter.question_types, "今天在家" * 300

    assert types.glance(told) == (False, False)
    assert types.glance(told + "为什么") == (True, False)


def test_when_something_can_be_is_when_and_how_long() -> None:
    types = load_question_types()
    can_open = types.read("什么时候能解封")

    assert can_open.apart_from(types.read("什么时候解封")) is None
    assert can_open.apart_from(types.read("多久能好")) is None
    assert types.read("什么时候解封").apart_from(types.read("多久能好"))
