import pytest

from knowledge.places import Places
from knowledge.profile import REMEMBERED, Profile, Profiler
from knowledge.text import Segmenter


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places(["临洮县", "通渭县"]))


@pytest.fixture
def masks(profiler: Profiler) -> Profile:
    return profiler.profile("板蓝根和口罩")


def test_a_word_the_other_text_has_is_not_missing(profiler: Profiler, masks: Profile) -> None:
    assert set(masks.missing(profiler.profile("口罩在哪里买"))) == {"板蓝根"}
    assert masks.missing(masks) == {}


def test_a_missing_word_weighs_as_much_as_it_is_rare(profiler: Profiler, masks: Profile) -> None:
    missing = masks.missing(profiler.profile("公交车"))

    assert missing == pytest.approx(dict(masks.words))
    assert missing["板蓝根"] > missing["口罩"]


def test_a_word_of_which_some_characters_stand_in_the_other_text_is_missing_less(
    profiler: Profiler, masks: Profile
) -> None:
    nothing = masks.missing(profiler.profile("公交车"))["板蓝根"]
    one_of_three = masks.missing(profiler.profile("蓝天白云"))["板蓝根"]
    all_of_three = masks.missing(profiler.profile("蓝的根，板子"))["板蓝根"]

    assert nothing > one_of_three > all_of_three > 0
    assert one_of_three == pytest.approx(nothing * (1 - 0.8 / 3))
    assert all_of_three == pytest.approx(nothing * 0.2)


def test_a_word_that_stands_inside_a_longer_one_of_the_other_text_is_not_missing(profiler: Profiler) -> None:
    assert profiler.profile("养老").missing(profiler.profile("养老院")) == {}


def test_a_text_without_words_misses_nothing_and_has_some_mass(profiler: Profiler, masks: Profile) -> None:
    for text in ("", "？？", "吗"):
        empty = profiler.profile(text)
        assert not empty.missing(masks)
        assert empty.mass > 0
        assert empty.topic_grams == frozenset()


def test_names_are_among_the_words(profiler: Profiler) -> None:
    profile = profiler.profile("兰州的口罩")

    assert profile.names == {"兰州"}
    assert profile.names <= profile.words.keys()


def test_no_pair_of_characters_reaches_across_the_place_where_the_asking_stood(profiler: Profiler) -> None:
    profile = profiler.profile("老人去哪里做核酸")

    assert "人核" not in profile.topic_grams
    assert {"老人", "核酸"} <= profile.topic_grams
    assert " " not in profile.topic


def test_numbers_are_read_in_digits_however_they_were_written(profiler: Profiler) -> None:
    assert profiler.profile("隔离三天").numbers == profiler.profile("隔离３天").numbers == {"3"}
    assert profiler.profile("体温正常").numbers == frozenset()


def test_a_known_text_is_read_once_and_a_residents_message_is_not_kept(profiler: Profiler) -> None:
    assert profiler.known("核酸在哪里做") is profiler.known("核酸在哪里做")
    assert profiler.profile("我家在哪里") is not profiler.profile("我家在哪里")
    assert profiler.known.cache_info().maxsize == REMEMBERED


def test_the_n_grams_of_a_known_text_are_the_same_strings_in_all_of_its_sets(profiler: Profiler) -> None:
    known = profiler.known("老人咋做核酸")

    assert "核酸" in known.grams & known.topic_grams & known.typed
    assert "咋" in known.typed - known.grams
    kept = {id(gram) for gram in known.grams}
    assert {id(gram) for gram in known.topic_grams} <= kept
    assert {id(gram) for gram in known.typed if gram in known.grams} <= kept


def test_a_message_has_the_n_grams_of_a_known_text_that_says_the_same(profiler: Profiler) -> None:
    for text in ("老人咋做核酸，几天出结果", "养老院", "吗", ""):
        message, known = profiler.profile(text), profiler.known(text)
        assert message.grams == known.grams
        assert message.topic_grams == known.topic_grams
        assert message.typed == known.typed


def test_known_texts_share_the_strings_of_their_n_grams(profiler: Profiler) -> None:
    kept = {gram: id(gram) for gram in profiler.known("老人咋做核酸").typed}
    others = {gram: id(gram) for gram in profiler.known("娃娃咋做核酸").typed}

    assert {"核酸", "咋", "咋做"} <= kept.keys() & others.keys()
    assert all(kept[gram] == others[gram] for gram in kept.keys() & others.keys())
