"""Single sentences that show a rule; the bulk of the wording is in tests/data/headcounts.jsonl."""

import pytest

from bot.households.headcount import Doubt, Headcount, ReadingKind
from bot.households.reading import read_headcount


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("我家5口人,2个在外地", Headcount(total=5, present=3, away=2)),
        ("家裡５口人，２個在外地", Headcount(total=5, present=3, away=2)),
        ("屋里6个人，娃娃2个，老人1个", Headcount(total=6, children=2, elderly=1)),
        ("五口人都在家", Headcount(total=5, present=5, away=0)),
        ("我和媳妇两个娃", Headcount(total=4, children=2)),
        ("3大2小", Headcount(total=5, children=2)),
        ("俩老人一个娃", Headcount(total=3, children=1, elderly=2)),
        ("在家三个，外头两个", Headcount(total=5, present=3, away=2)),
        ("没人在家", Headcount(present=0)),
        ("总5在5", Headcount(total=5, present=5, away=0)),
        ("俄们屋5口,2个在外,1个娃1个老人", Headcount(total=5, present=3, away=2, children=1, elderly=1)),
    ],
)
def test_a_count_is_read_with_what_arithmetic_makes_certain(text: str, headcount: Headcount):
    reading = read_headcount(text)
    assert (reading.kind, reading.headcount) == (ReadingKind.COUNT, headcount)


def test_a_person_mentioned_twice_is_counted_once():
    assert read_headcount("就我和儿子，儿子在兰州").headcount == Headcount(total=2, present=1, away=1)


def test_some_at_home_do_not_make_the_rest_absent():
    reading = read_headcount("我家6口人，老人1个在家")
    assert reading.headcount == Headcount(total=6, elderly=1)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("我家五口人儿子在外地上学女儿在家", Doubt.FIGURES_CLASH),
        ("5口人, 在家4外地3", Doubt.FIGURES_CLASH),
        ("我家5口人，一共6个人", Doubt.FIGURES_CLASH),
        ("2口人，娃3个", Doubt.FIGURES_CLASH),
        ("一共3个人，4个在外面", Doubt.FIGURES_CLASH),
        ("十来口", Doubt.VAGUE),
        ("五六口", Doubt.VAGUE),
        ("大概5口人", Doubt.VAGUE),
        ("我们老两口，娃们都在外头", Doubt.VAGUE),
        ("我家50口人", Doubt.TOO_MANY),
        ("我家5口人，还来了两个亲戚住着", Doubt.GUESTS),
        ("5,3,2", Doubt.UNLABELLED),
    ],
)
def test_what_must_be_asked_about_is_a_conflict_without_figures(text: str, doubt: Doubt):
    reading = read_headcount(text)
    assert (reading.kind, reading.headcount) == (ReadingKind.CONFLICT, None)
    assert doubt in reading.doubts


@pytest.mark.parametrize(
    "text",
    [
        "听说死了5个人",
        "5个人打麻将",
        "封了3天",
        "我家5口人能领几份救助",
        "隔壁老王家3口人",
        "13800000000",
        "你好",
        "我在外地",
        "",
    ],
)
def test_what_only_looks_like_a_count_is_something_else(text: str):
    assert read_headcount(text).kind is ReadingKind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "我家五口，老人摔了",
        "我家5口人没饭吃了",
        "四口人，煤气漏了",
        "我家两个老人没人管",
        "家里就我一个人，想死",
        "四口人，把药落下了",
    ],
)
def test_a_call_for_help_is_never_filed_away_as_a_count(text: str):
    assert read_headcount(text).kind is ReadingKind.OTHER


@pytest.mark.parametrize("text", ["5", "５", "五", "五个人", "3个"])
def test_a_bare_number_counts_only_as_an_answer_to_our_question(text: str):
    reading = read_headcount(text)
    assert reading.kind is ReadingKind.COUNT
    assert Doubt.UNANCHORED in reading.doubts


def test_household_words_need_no_question_of_ours():
    assert read_headcount("4口人").doubts == ()


def test_a_count_without_a_total_says_so():
    assert read_headcount("在家3人").doubts == (Doubt.NOTHING_SAID,)


@pytest.mark.parametrize(
    "text", ["不是5口，是6口", "我家5口，说错了，6口", "原来5口人，现在6口", "家里是6口，不是5口"]
)
def test_the_last_correction_holds(text: str):
    assert read_headcount(text).headcount == Headcount(total=6)


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("不对，是七个人，把我妈忘了", Headcount(total=7)),
        ("我家是七口，漏了算我大", Headcount(total=7)),
        ("刚才说错了，在外地的是一个不是两个", Headcount(away=1)),
        ("不对，是三个在外头", Headcount(away=3)),
    ],
)
def test_a_correction_is_read_with_the_words_around_it(text: str, headcount: Headcount):
    assert read_headcount(text).headcount == headcount


def test_an_address_before_the_answer_is_not_mistaken_for_people():
    assert read_headcount("5号楼301，4口人").headcount == Headcount(total=4)


def test_a_death_is_not_echoed_as_someone_away():
    assert read_headcount("五口人，爷爷走了").kind is ReadingKind.OTHER


@pytest.mark.parametrize("text", ["家里三个，外面两个", "外面两个，家里三个"])
def test_at_home_or_in_all_is_asked_when_it_can_be_either(text: str):
    assert read_headcount(text).doubts == (Doubt.VAGUE,)


def test_everyone_away_and_one_at_home_clash():
    assert read_headcount("我家四口，都在兰州，老人一个在老家").doubts == (Doubt.FIGURES_CLASH,)


def test_a_son_with_a_household_of_his_own_is_among_its_number():
    reading = read_headcount("家里九口，儿子一家四口在上海")
    assert reading.headcount == Headcount(total=9, present=5, away=4)


def test_a_story_is_longer_than_an_answer():
    assert read_headcount("我家5口人，" * 20).kind is ReadingKind.OTHER


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("我家没人在外地 一共四口", Headcount(total=4, present=4, away=0)),
        ("我家没人在外地一共四口", Headcount(total=4, present=4, away=0)),
        ("没人在外 4口人", Headcount(total=4, present=4, away=0)),
        ("我家四口人没人在外地", Headcount(total=4, present=4, away=0)),
        ("家里没人 5个在外地", Headcount(total=5, present=0, away=5)),
        ("没人 在外", Headcount(away=0)),
        ("家里在的3个，不在的2个", Headcount(total=5, present=3, away=2)),
        ("在的有3个，不在的有2个", Headcount(total=5, present=3, away=2)),
        ("一家三代7个人", Headcount(total=7)),
        ("四代人9口", Headcount(total=9)),
        ("媳妇回娘家了 家里就剩3个", Headcount(total=4, present=3, away=1)),
        ("媳妇回娘家了家里就剩3个", Headcount(total=4, present=3, away=1)),
    ],
)
def test_a_household_told_in_other_words_is_read(text: str, headcount: Headcount):
    assert read_headcount(text).headcount == headcount


@pytest.mark.parametrize("text", ["我家5.5口人", "我家5．5口人", "5.5口", "四点五口人", "家里3.5个人"])
def test_part_of_a_person_is_asked_about(text: str):
    assert read_headcount(text).doubts == (Doubt.VAGUE,)


@pytest.mark.parametrize(
    "text",
    [
        "我家两户 一户3口一户4口",
        "一户3口，一户4口",
        "我家有2户，一户三口人一户四口人",
        "我家分成三户，一共9口人",
    ],
)
def test_several_households_are_never_summed(text: str):
    assert read_headcount(text).doubts == (Doubt.SEVERAL_HOUSEHOLDS,)


@pytest.mark.parametrize("text", ["我们村两户阳了", "李家沟两户7口人", "我家两户 能领几份", "两户"])
def test_several_households_that_are_no_answer_stay_something_else(text: str):
    assert read_headcount(text).kind is ReadingKind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "我家五口人 昨天走了一个",
        "我家五口人 去年走了一个老人",
        "我家五口人，走了一个",
        "五口人前天走了一个",
        "我家五口，少了一个",
        "我家5口人，没了一个",
        "五口人，有一个走了",
    ],
)
def test_one_who_is_gone_may_have_died_and_is_asked_about(text: str):
    reading = read_headcount(text)
    assert (reading.headcount, reading.doubts) == (None, (Doubt.ONE_FEWER,))


def test_where_they_went_says_that_they_are_only_away():
    assert read_headcount("我家五口人，走了一个去兰州打工").doubts == ()


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("我家五口人女儿在外地", Headcount(total=5, present=4, away=1)),
        ("我家三口人老公在外头", Headcount(total=3, present=2, away=1)),
        ("屋里七口人老三两口子在新疆", Headcount(total=7, present=5, away=2)),
        ("我家5口人老二老三打工去了", Headcount(total=5, present=3, away=2)),
        ("我家5口人一个女儿在外地", Headcount(total=5)),
        ("我家5口人公婆在家", Headcount(total=5)),
        ("三口人在外地女儿在家", Headcount(total=4, present=1, away=3)),
    ],
)
def test_the_number_a_household_is_told_by_first_is_no_relatives(text: str, headcount: Headcount):
    reading = read_headcount(text)
    assert (reading.kind, reading.headcount) == (ReadingKind.COUNT, headcount)


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("就我两口子", Headcount(total=2)),
        ("屋里就俺两口子", Headcount(total=2)),
        ("我老两口", Headcount(total=2, elderly=2)),
        ("就我老两口带个孙女", Headcount(total=3, children=1, elderly=2)),
        ("老大两口子和一个娃", Headcount(total=3, children=1)),
        ("爸妈两个我两口子一个娃", Headcount(total=5, children=1)),
        ("公婆和我两口子", Headcount(total=4)),
        ("我妈和我两口子两个娃", Headcount(total=5, children=2)),
        ("大儿子两口子小儿子两口子", Headcount(total=4)),
        ("儿子和老两口", Headcount(total=3, elderly=2)),
        ("我妈，两口子，两个娃", Headcount(total=5, children=2)),
    ],
)
def test_a_couple_is_two_whoever_of_them_is_named(text: str, headcount: Headcount):
    assert read_headcount(text).headcount == headcount


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("女儿两口子在新疆我两口子在家", Headcount(total=4, present=2, away=2)),
        ("儿子在外地媳妇在家", Headcount(total=2, present=1, away=1)),
        ("弟弟两口子在外头我和爸妈在家", Headcount(total=5, present=3, away=2)),
    ],
)
def test_relatives_told_of_one_after_the_other_are_each_where_they_are(text: str, headcount: Headcount):
    assert read_headcount(text).headcount == headcount


@pytest.mark.parametrize("text", ["家里就我和娃两个", "我跟老人两个", "屋里就我带孙子俩"])
def test_two_that_may_be_both_of_them_or_two_children_are_asked_about(text: str):
    assert read_headcount(text).doubts == (Doubt.VAGUE,)
