"""Numbers, dates and times, however they are written."""

import pytest

from knowledge.days import clashing as days_clash
from knowledge.days import read_days
from knowledge.numerals import to_digits
from knowledge.quantities import clashing, read_quantities, with_decimals, without_quantities
from knowledge.text import normalise


def clash(left: str, right: str, *, alike: bool = False) -> list[tuple[str, str]]:
    read = [read_quantities(with_decimals(to_digits(text))) for text in (left, right)]
    return list(clashing(read[0], read[1], alike=alike))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("隔离三天", "隔离72小时"),
        ("三天内的核酸", "3日内的核酸"),
        ("停业一周", "停业7天"),
        ("停半个月", "停15天"),
        ("有效期一年", "有效期12个月"),
        ("一个半月", "45天"),
        ("两公斤米", "4斤米"),
        ("百分之七十五", "75%"),
        ("三十八度五", "38.5度"),
        ("两万元", "20000元"),
        ("等三四天", "等4天"),
        ("备3到7天的菜", "备3天的菜"),
        ("备3-7天的菜", "备3天的菜"),
        ("1、2、5号楼封控", "5号楼封控"),
        ("等十五六天", "等16天"),
        ("来了五六十人", "来了50人"),
        ("全县3万5千人", "全县三万五千人"),
        ("赔了3万5", "赔了35000元"),
        ("1亿2千万人", "一亿两千万人"),
        ("1千5百万人", "一千五百万人"),
        ("1千2百30万人", "1230万人"),
        ("1万2千亿元", "一万两千亿元"),
        ("1亿5千万3千人", "150003000人"),
        ("1.5亿3千万人", "1亿8千万人"),
        ("来了3万-5万人", "来了5万人"),
        ("来了3-5万人", "来了3万人"),
        ("拨款2千万元", "拨款两千万元"),
        ("8:30做核酸", "8点30做核酸"),
        ("拨0932-120", "拨0932120"),
    ],
)
def test_the_same_quantity_written_another_way_is_the_same(one: str, other: str) -> None:
    assert clash(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("摆3桌", "摆三十桌", ("3桌", "30桌")),
        ("补助半年", "补助一年", ("0.5年", "1年")),
        ("7+3", "14+7", ("7+3", "14+7")),
        ("第3天核酸", "第5天核酸", ("第3天", "第5天")),
        ("罚款200", "罚款2000", ("200元", "2000元")),
        ("死亡1-2人", "死亡12人", ("2人", "12人")),
        ("1-2号楼", "12号楼", ("1号楼、2号楼", "12号楼")),
        ("1、2号楼", "2、3号楼", ("1号楼", "3号楼")),
        ("3-5天做一次", "35天做一次", ("3天、5天", "35天")),
        ("全县3万5千人", "全县5千人", ("35000人", "5000人")),
        ("补助一亿两千万元", "补助两千万元", ("120000000元", "20000000元")),
        ("3.14封城", "314封城", ("3.14", "314")),
        ("5+3政策取消", "53政策取消", ("5+3", "53")),
        ("10:30做核酸", "1030做核酸", ("10:30", "1030")),
        ("集中14天居家7天", "集中7天居家3天", ("14天", "3天")),
    ],
)
def test_another_quantity_of_the_same_unit_is_said(one: str, other: str, said: tuple[str, str]) -> None:
    assert clash(one, other) == [said]


def test_a_single_one_counts_only_where_nothing_but_the_number_differs() -> None:
    assert clash("一家出一个人", "一家出两个人") == []
    assert clash("一家出一个人", "一家出两个人", alike=True) == [("1个人", "2个人")]


def test_a_text_without_its_quantities_keeps_its_words() -> None:
    assert without_quantities("隔离7天") == "隔离"


@pytest.mark.parametrize(
    "listed",
    [
        "1",
        "12、",
        "12,",
        "1~",
        "1到",
        "三到",
        "3千万~",
        "13993212345、",
        "一",
        "十",
        "半",
        "十二",
        "一两",
        "1百",
        "三多",
    ],
)
def test_a_long_text_of_nothing_but_numbers_is_read_in_no_time(listed: str) -> None:
    text = (listed * 2000)[:100_000]
    assert without_quantities(f"{text}号") == f"{text}号"
    assert not [base for base in read_quantities(with_decimals(text)) if base[0] not in "#+"]


def test_a_number_before_a_long_gap_is_read_in_no_time() -> None:
    assert normalise("5" + "\n" * 100_000 + "户") == "5,户"
    assert normalise("5 \r\n \n 6户") == "5;6户"


@pytest.mark.parametrize(
    "text", ["1、2、5号楼", "3到7天", "1-2人", "3万-5万人", "三到五天", "三两", "二十斤"]
)
def test_a_list_is_taken_out_with_the_unit_of_its_last_number(text: str) -> None:
    assert without_quantities(text) == ""


def test_of_two_numerals_after_a_word_that_ends_in_one_the_second_is_read() -> None:
    assert without_quantities("唯一两个") == "唯一"


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("9月1日开学", "1号开学", False),
        ("9月1日开学", "9月开学", False),
        ("8号开学", "18号开学", True),
        ("7月20日", "8月20日", True),
        ("下午3点", "15点", False),
        ("8点采样", "10点采样", True),
        ("早上8点", "晚上8点", True),
        ("早上六七点开门", "早上7点开门", False),
        ("早上六七点开门", "早上9点开门", True),
        ("中午十一二点停水", "中午12点停水", False),
        ("中午十一二点停水", "中午11点停水", False),
        ("十一二点停水", "2点停水", True),
        ("二十一二点停水", "22点停水", False),
        ("下午一两点停水", "13点停水", False),
        ("下午一两点停水", "下午2点停水", False),
        ("下午一两点停水", "下午3点停水", True),
        ("3号楼", "8号开学", False),
        ("十五六号开学", "20号开学", True),
        ("十五六号开学", "15号开学", False),
        ("十五六号开学", "16号开学", False),
        ("9月二十五六号开学", "26号开学", False),
        ("9月二十五六号开学", "8月26号开学", True),
        ("五六月开学", "6月开学", False),
        ("五六月开学", "9月开学", True),
        ("四十五六号", "20号", False),
        ("周三十五六号开学", "16号开学", False),
        ("周四十五六号开学", "周四16号开学", False),
        ("十五六号楼", "20号开学", False),
    ],
)
def test_dates_and_times_clash_where_neither_can_be_the_other(one: str, other: str, *, clashes: bool) -> None:
    assert bool(list(days_clash(read_days(one), read_days(other)))) is clashes
