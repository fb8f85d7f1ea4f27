import pytest

from knowledge.style import style_features, style_names
from knowledge.text import Segmenter, normalise

TEXTS = (
    "",
    "？",
    "好",
    "核酸还做吗",
    "【紧急】#疫情# 听说明天封城！！！家人们快转发，内部消息，死了100人",
    "民政局通知：各养老机构继续封闭管理，请家属配合",
    "哈哈哈" * 500,
    "😷😷",
    "abc 123 %",
)


def signs(text: str, segmenter: Segmenter) -> dict[str, float]:
    normal = normalise(text)
    numbers = style_features(normal, segmenter.canonical(normal), segmenter=segmenter)
    return dict(zip(style_names(), numbers, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_there_is_a_number_between_nought_and_one_for_every_name(text: str, segmenter: Segmenter) -> None:
    found = signs(text, segmenter)

    assert len(found) == len(style_names())
    assert all(0 <= number <= 1 for number in found.values())


def test_no_two_signs_have_one_name() -> None:
    assert len(set(style_names())) == len(style_names())


def test_signs_are_read_from_the_normal_form(segmenter: Segmenter) -> None:
    assert signs("聽說明天封城！！", segmenter) == signs("听说明天封城!", segmenter)


def test_a_question_and_a_rumour_show_different_signs(segmenter: Segmenter) -> None:
    question, rumour = signs("核酸在哪里做？", segmenter), signs("听说明天封城！快转发！", segmenter)

    assert question["asks"] == question["question_mark"] == question["asks_at_end"] == 1
    assert rumour["hearsay"] == rumour["forward_plea"] == rumour["exclamation"] == 1
    assert question["hearsay"] == rumour["asks"] == 0


def test_a_statement_with_a_question_mark_is_told_from_a_question(segmenter: Segmenter) -> None:
    assert signs("喝白酒杀病毒？", segmenter)["statement_asked"] == 1
    assert signs("喝白酒为什么杀病毒？", segmenter)["statement_asked"] == 0
    assert signs("喝白酒杀病毒", segmenter)["statement_asked"] == 0


def test_length_is_told_in_steps_that_fill_one_after_the_other(segmenter: Segmenter) -> None:
    short, long = signs("你好", segmenter), signs("一二三四五六七八九十" * 3, segmenter)

    assert short["very_short"] == 1
    assert long["very_short"] == 0
    assert long["up_to_20"] == 1 > long["up_to_60"] > long["up_to_200"] > 0
