from collections import defaultdict

import pytest
from pypinyin.constants import PINYIN_DICT

from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.sounds import are_homophones, sound_of
from knowledge.text import Segmenter


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("和酸", "核酸"), ("健康马", "健康码"), ("债", "在"), ("零", "林"), ("只", "指"), ("新", "兴")],
)
def test_what_sounds_alike_is_equal(typed: str, meant: str) -> None:
    assert sound_of(typed) == sound_of(meant)


def test_characters_that_pypinyin_reads_alike_sound_alike() -> None:
    sounds: defaultdict[str, set[str]] = defaultdict(set)
    for code in range(ord("一"), ord("龥") + 1):
        sounds[PINYIN_DICT.get(code, "").split(",")[0]].add(sound_of(chr(code)))
    del sounds[""]

    assert all(len(heard) == 1 for heard in sounds.values())
    assert len(sounds) > len(set().union(*sounds.values())) > 300


@pytest.mark.parametrize(("one", "other"), [("核酸", "疫苗"), ("三天", "四天"), ("封城", "解封")])
def test_what_sounds_different_is_not_equal(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("马", "码", True), ("买", "卖", False), ("盐", "烟", False), ("收", "搜", False)],
)
def test_one_word_alone_is_typed_for_another_only_in_the_same_tone(
    one: str, other: str, *, alike: bool
) -> None:
    assert are_homophones(one, other) is alike


def test_letters_digits_and_marks_sound_as_they_are_written_and_nothing_grows() -> None:
    assert sound_of("kn95,3") == "kn95,3"
    assert sound_of("") == ""
    assert len(sound_of("定西市民政局")) == 6


def test_a_word_mistyped_by_its_sound_is_missing_less_than_another_word(segmenter: Segmenter) -> None:
    profiler = Profiler(segmenter, Places())
    known = profiler.profile("健康码")

    by_sound = known.missing(profiler.profile("健康马"))
    other = known.missing(profiler.profile("公交车"))

    assert 0 < sum(by_sound.values()) < 0.3 * sum(other.values())
