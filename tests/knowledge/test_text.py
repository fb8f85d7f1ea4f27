import pytest

from knowledge.text import Segmenter, bare, clauses, normalise
from knowledge.vocabulary import lines_of, read_lexicon


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("扎實(shí)做好疫情防控", "扎实做好疫情防控"),
        ("３天　能不能出小区？？？", "3天能不能出小区?"),
        ("核酸😷😷在哪做[捂脸]", "核酸在哪做"),
        ("ＫＮ９５ 口罩", "kn95口罩"),
        ("急急急急急，怎么办！！！", "急急,怎么办!"),
        ("急急[捂脸]急急，怎么办", "急急,怎么办"),
        ("卫 生 院\u200b开门\x00了没", "卫生院开门了没"),
        ("看这个 https://example.org/a?b=1 是真的吗", "看这个是真的吗"),
        ("罰款1000元", "罚款1000元"),
        ("眞的嗎，毎囬都要査健康碼", "真的吗,每回都要查健康码"),
        ("", ""),
    ],
)
def test_the_normal_form_keeps_the_meaning_and_drops_the_accidents(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


def test_every_variant_character_is_read_as_the_usual_one_and_stays_so() -> None:
    for variant, usual in map(tuple, lines_of(read_lexicon("variants.txt"))):
        assert normalise(variant) == usual == normalise(usual)


def test_brackets_that_hold_no_pinyin_stay() -> None:
    assert normalise("抗原(ct值)") == "抗原(ct值)"


def test_repeated_digits_are_a_number_and_stay() -> None:
    assert normalise("交1000元") == "交1000元"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("罚款10,000元", "罚款10000元"),
        ("罚款１，０００，０００元", "罚款1000000元"),
        ("补助100,000元", "补助100000元"),
        ("打110,120都占线", "打110,120都占线"),
        ("交了50\n100元没交", "交了50;100元没交"),
        ("体温37.3℃", "体温37.3度"),
        ("体温37.3 °C", "体温37.3度"),
        ("体温37.3º", "体温37.3度"),
        ("备3—5天的菜", "备3-5天的菜"),
        ("备3 – 5天的菜", "备3-5天的菜"),
        ("备3∼5天的菜", "备3~5天的菜"),
        ("备3…5天的菜", "备3~5天的菜"),
        ("隔离1\u200b0天", "隔离10天"),
        ("隔离1\ufe0f\u20e30\ufe0f\u20e3天", "隔离10天"),
        ("明天——不上班", "明天—不上班"),
    ],
)
def test_the_signs_of_a_number_leave_its_value_as_it_was_meant(typed: str, normal: str) -> None:
    assert normalise(typed) == normal == normalise(normal)


def test_brackets_around_no_emoticon_keep_what_they_hold() -> None:
    assert normalise("县里[封城]了[破涕為笑]") == "县里[封城]了"


def test_emoticons_hidden_in_one_another_leave_nothing_however_many() -> None:
    nested = "[捂" * 20 + "脸]" * 20

    assert normalise(f"开门吗{nested}") == normalise(normalise(f"开门吗{nested}")) == "开门吗"


def test_clauses_split_at_punctuation_but_not_inside_a_decimal() -> None:
    assert clauses(normalise("体温38.5度，怎么办？")) == ("体温38.5度", "怎么办")


def test_bare_text_has_neither_spaces_nor_punctuation() -> None:
    assert bare("a b,(c)。") == "abc"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("娃娃咋打预防针", "小孩怎么打疫苗"),
        ("养老院让不让探视", "敬老院能不能看望"),
        ("阿达做核酸", "哪里做核酸检测"),
        ("要隔离多长时间", "要居家隔离几天"),
    ],
)
def test_villagers_wording_and_official_wording_share_a_canonical_form(
    one: str, other: str, segmenter: Segmenter
) -> None:
    assert segmenter.read(one).canonical == segmenter.read(other).canonical


def test_a_negated_word_never_becomes_its_opposite(segmenter: Segmenter) -> None:
    assert segmenter.read("不可以出门").canonical != segmenter.read("可以出门").canonical


def test_words_of_the_domain_stay_whole_and_empty_words_are_left_out(segmenter: Segmenter) -> None:
    words = segmenter.read("请问高风险区的健康码怎么转绿").words

    assert {"高风险区", "健康码"} <= set(words)
    assert "请问" not in words


def test_words_keep_their_order_and_come_once(segmenter: Segmenter) -> None:
    words = segmenter.read("养老院和学校，学校和养老院，还有药店").words

    assert [word for word in words if word in {"养老院", "学校", "药店"}] == ["养老院", "学校", "药店"]


@pytest.mark.parametrize(
    "question", ["卫生院开门了没", "去哪里做核酸检测", "怀孕了能打疫苗不", "集市啥时候恢复"]
)
def test_the_place_where_the_asking_stood_is_no_word_of_the_topic(
    question: str, segmenter: Segmenter
) -> None:
    assert all(word.strip() for word in segmenter.read(question).words)


def test_what_is_asked_is_told_apart_from_the_words_of_the_topic(segmenter: Segmenter) -> None:
    reading = segmenter.read("去哪里做核酸检测")

    assert "地点" in reading.asking.types
    assert not {"哪里", "去"} & set(reading.words)
    assert "哪里" in reading.canonical


def test_lines_become_clauses_whatever_ends_them() -> None:
    for ending in ("\n", "\r\n", "\r", "\n\n", " \n\t "):
        assert clauses(normalise(f"明天封城{ending}赶紧买菜")) == ("明天封城", "赶紧买菜")


def test_a_line_end_at_the_edge_of_a_text_leaves_no_trace() -> None:
    assert normalise("\n核酸还做吗\r\n") == "核酸还做吗"


def test_headlines_and_hashtags_are_clauses_of_their_own() -> None:
    assert clauses(normalise("【紧急通知】#疫情速报#明天封城")) == ("紧急通知", "疫情速报", "明天封城")


def test_a_hashtag_does_not_grow_together_with_what_follows_it_after_a_space() -> None:
    assert clauses(normalise("#疫情速报# 明天封城")) == ("疫情速报", "明天封城")


def test_a_name_is_a_proper_noun_or_a_word_no_dictionary_has(segmenter: Segmenter) -> None:
    assert segmenter.is_name("兰州")
    assert segmenter.is_name("甘隆镇")
    assert not segmenter.is_name("吃饭")
    assert not segmenter.is_name("阳")


def test_a_rare_word_tells_more_than_a_common_one(segmenter: Segmenter) -> None:
    assert segmenter.rarity("板蓝根") > segmenter.rarity("怎么")
