"""Times of day as people write them: with a colon, with minutes, in words."""

import pytest

from knowledge.contradiction import compare
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.text import Segmenter, normalise


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def differences(profiler: Profiler, *texts: str) -> tuple[str, ...]:
    left, right = (profiler.known(text).statement for text in texts)
    return compare(left, right)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("今晚8:00封路", "今晚8点封路"),
        ("今晚20：30封路", "今晚20点30分封路"),
        ("8:30-12:00开门", "8点30分-12点开门"),
        ("6:05的车", "6点5分的车"),
        ("时间：8：30—17：00", "时间:8点30分-17点"),
        ("凌晨01:20转运", "凌晨1点20分转运"),
        ("下午1:20开会", "下午1点20分开会"),
        ("可以8:00来，14:00配送，12:00水电恢复", "可以8点来,14点配送,12点水电恢复"),
        ("上午8:00点到12:00点", "上午8点到12点"),
        ("8:30分集合", "8点30分集合"),
        ("8:00分批接种", "8点分批接种"),
        ("8:30分批接种", "8点30分分批接种"),
        ("8:00点名", "8点点名"),
        ("8:30点餐", "8点30分点餐"),
        ("下午5:00全村消毒", "下午5点全村消毒"),
        ("下午2:30-5:00用84消毒液消毒", "下午2点30分-5点用84消毒液消毒"),
        ("20:00 120来拉人", "20点,120来拉人"),
        ("消毒用84，8:00开始", "消毒用84,8点开始"),
    ],
)
def test_a_time_with_a_colon_has_the_normal_form_of_a_spoken_one(typed: str, normal: str) -> None:
    assert normalise(typed) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "84消毒液1:50兑水",
        "84消毒液1:30",
        "消毒液 1:30 喷洒",
        "按1:100稀释",
        "消毒液比例为3:10",
        "酒精和水3:10",
        "比分2:03:15",
        "比分是2:10",
        "85:30",
        "1:29的84水",
        "房号12:345",
        "血压120:80",
        "滴度1:40",
        "84消毒液，水1:30",
        "来苏水1:30加水",
    ],
)
def test_a_ratio_is_no_time(typed: str) -> None:
    assert "点" not in normalise(typed)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("今晚8:30开始封城", "今晚九点开始封城"),
        ("今晚20:00封城", "今晚22:00封城"),
        ("早上8:00到校", "早上8:20到校"),
        ("早上八点一刻到校", "早上八点三刻到校"),
        ("医院8:00-12:00开门", "医院8:00-17:00开门"),
        ("医院8点到12点开门", "医院9点到12点开门"),
        ("停水4月9日8:00至18:00", "停水4月9日10:00至18:00"),
        ("晚上8:00-早上6:00封路", "晚上10:00-早上6:00封路"),
        ("凌晨01:00封路", "凌晨03:00封路"),
        ("公交6:30-18:30", "公交6:30-20:30"),
        ("首班6:30末班18:30", "首班6:30末班19:30"),
        ("每天8:00和15:00发车", "每天8:00和17:00发车"),
        ("上午8:00-11:00、下午2:00-5:00采样", "上午8:00-11:00、下午2:00-6:00采样"),
        ("下午5:30按楼栋采样", "下午6:30按楼栋采样"),
        ("下午一点开门", "下午三点开门"),
        ("8:00点名", "8:30点名"),
        ("体温37点5", "体温38点5"),
        ("下午1:20打疫苗", "下午3:20打疫苗"),
        ("明天8:20几个人去", "明天8:40几个人去"),
        ("84消毒液1:30擦桌子", "84消毒液1:20擦桌子"),
        ("早上8点多到校", "早上9:30到校"),
        ("憋气十秒就没事", "憋气20秒就没事"),
    ],
)
def test_two_times_differ_however_they_are_written(left: str, right: str, profiler: Profiler) -> None:
    assert differences(profiler, left, right)
    assert differences(profiler, right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("今晚8:30开始封城", "今晚八点半开始封城"),
        ("今晚20:00开始封城", "今晚八点开始封城"),
        ("早上8点半到校", "早上8点30分到校"),
        ("早上八点三十分到校", "早上8:30到校"),
        ("早上8点30到校", "早上8:30到校"),
        ("早上八点三十到校", "早上8:30到校"),
        ("早上八点零五到校", "早上8:05到校"),
        ("早上八点零五分到校", "早上8:05到校"),
        ("早上8点过10分到校", "早上8:10到校"),
        ("早上8点多到校", "早上8:30到校"),
        ("早上八点一刻到校", "早上8:15到校"),
        ("晚上8:20熄灯", "20:20熄灯"),
        ("上午8:00到12:00采样", "上午八点到十二点采样"),
        ("下午2:00-6:00开门", "14:00到18:00开门"),
        ("医院8:00-12:00开门", "医院8点开门"),
        ("中午1点封路", "13:00封路"),
        ("晚上12:10封路", "夜里0:10封路"),
        ("明天8:30儿童打针", "明天八点半儿童打针"),
        ("早上8点30人员到齐", "早上8:30人员到齐"),
        ("早上8点30家长来接", "早上8:30家长来接"),
        ("早上8点17路公交停运", "17路公交早上8点停运"),
        ("晚上8点20余人聚集", "晚上8点有20余人聚集"),
        ("六七点开门", "6:30开门"),
        ("八点左右开门", "8:10开门"),
        ("凌晨12:30封路", "0:30封路"),
        ("半夜11:30封路", "23:30封路"),
        ("晚上2点封路", "2:00封路"),
        ("两点十分开会", "2:10开会"),
        ("7点去，8点开门吗", "8:00-12:00开门"),
        ("24:00封城", "零点封城"),
        ("憋气十秒就没事", "憋气10秒就没事"),
    ],
)
def test_one_time_is_the_same_however_it_is_written(left: str, right: str, profiler: Profiler) -> None:
    assert differences(profiler, left, right) == ()
    assert differences(profiler, right, left) == ()


def test_what_differs_is_said_in_hours_and_minutes_each_on_its_side(profiler: Profiler) -> None:
    (early,) = differences(profiler, "早上8:20到校", "早上9:00到校")
    (longer,) = differences(profiler, "8:00-17:00开门", "8:00-12:00开门")

    assert early.endswith("8点20分/9点")
    assert longer.endswith("17点/12点")
    (later,) = differences(profiler, "下午2点到晚上8点开门", "2点到9点开门")
    assert later.endswith("20点/9点")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("八点半开门", "8:30开门"),
        ("八点三十开门", "8:30开门"),
        ("八点零五开门", "8:05开门"),
        ("十秒", "10秒"),
        ("五块钱", "5块钱"),
        ("晚上八点", "晚上8:00"),
    ],
)
def test_for_likeness_a_number_is_one_however_it_is_written(
    one: str, other: str, segmenter: Segmenter
) -> None:
    assert segmenter.read(one).canonical == segmenter.read(other).canonical


@pytest.mark.parametrize("words", ["有一点咳嗽", "差一点", "隔离点在哪里", "几点开门"])
def test_a_little_and_a_place_are_no_numbers(words: str, segmenter: Segmenter) -> None:
    assert not any(char.isdigit() for char in segmenter.read(words).canonical)


def test_people_are_no_minutes(profiler: Profiler) -> None:
    assert "30个" in profiler.known("晚上8点30个人聚会").reading.canonical
    assert differences(profiler, "晚上8点30个人聚会", "晚上8点聚会30个人") == ()


@pytest.mark.parametrize(
    "words", ["三三点开门", "早上五四点开门", "腊月二十六三点开门", "九九点", "十五四点"]
)
def test_what_is_no_hour_is_no_time(words: str, profiler: Profiler) -> None:
    differences(profiler, words, words)
    assert profiler.known(words).statement.days.clock == ()
    assert differences(profiler, words, "早上八点开门") == differences(profiler, words, "早上九点开门")
