import numpy as np
import pytest

from knowledge.exchanges import Comparison
from knowledge.idf import Idf, Scales
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.similarity import PAIR_FEATURES, covers, pair_features, shared_words, two_largest
from knowledge.terms import Terms
from knowledge.text import Segmenter

SAID = ("", "？", "吗", "核酸", "核酸在哪里做", "我家5口人", "喝高度白酒能杀死新冠病毒", "a" * 300, "😷")


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places(["临洮县"]))


def compare(profiler: Profiler, message: str, text: str) -> dict[str, float]:
    comparison = Comparison(profiler.profile(message), profiler.profile(text))
    numbers = pair_features(comparison, Scales(Idf(Terms(), np.ones(1))))
    return dict(zip(PAIR_FEATURES, numbers, strict=True))


@pytest.mark.parametrize("message", SAID)
@pytest.mark.parametrize("text", SAID)
def test_there_is_a_finite_number_for_every_name_whatever_is_compared(
    profiler: Profiler, message: str, text: str
) -> None:
    assert all(np.isfinite(number) for number in compare(profiler, message, text).values())


def test_a_text_beside_itself_lacks_nothing(profiler: Profiler) -> None:
    said = compare(profiler, "孕妇能打新冠疫苗吗", "孕妇能打新冠疫苗吗")

    alike = {
        "equal", "topic_equal", "gram_cover_text", "gram_cover_message", "gram_cosine", "word_cover_text",
        "word_cover_message", "subsequence", "topic_subsequence", "edit_ratio", "partial_ratio", "token_ratio",
    }  # fmt: skip
    assert {name: said[name] for name in alike} == pytest.approx(dict.fromkeys(alike, 1))
    assert said["words_missing_in_message"] == said["rarest_missing_in_text"] == said["length_ratio"] == 0


def test_which_side_lacks_a_word_is_told(profiler: Profiler) -> None:
    more = compare(profiler, "养老院能送板蓝根吗", "养老院能送吗")
    less = compare(profiler, "养老院能送吗", "养老院能送板蓝根吗")

    assert more["words_missing_in_text"] == less["words_missing_in_message"] == 1
    assert more["words_missing_in_message"] == less["words_missing_in_text"] == 0
    assert more["rarest_missing_in_text"] == less["rarest_missing_in_message"] > 0.5


def test_numbers_apart_are_told_from_a_number_on_one_side_only(profiler: Profiler) -> None:
    apart, one_side = compare(profiler, "隔离三天", "隔离七天"), compare(profiler, "隔离", "隔离七天")

    assert apart["numbers_apart"] == apart["number_only_message"] == apart["number_only_text"] == 1
    assert (one_side["numbers_apart"], one_side["number_only_message"], one_side["number_only_text"]) == (
        0,
        0,
        1,
    )


def test_whether_both_ask_the_same_is_told(profiler: Profiler) -> None:
    same, other = (
        compare(profiler, "去哪里做核酸", "核酸在哪里做"),
        compare(profiler, "去哪里做核酸", "核酸多少钱"),
    )

    assert (same["asks_alike"], same["asks_apart"]) == (1, 0)
    assert (other["asks_alike"], other["asks_apart"]) == (0, 1)


def test_what_both_say_is_listed_the_most_telling_first(profiler: Profiler) -> None:
    here, there = profiler.profile("请问药店的板蓝根和口罩"), profiler.profile("口罩还有板蓝根药店")

    assert shared_words(here, there) == tuple(
        sorted(shared_words(here, there), key=lambda one: -here.words[one])
    )
    assert set(shared_words(here, there)) == {"板蓝根", "口罩", "药店"}


def test_two_questions_about_different_things_share_no_word(profiler: Profiler) -> None:
    assert shared_words(profiler.profile("电梯坏了吗"), profiler.profile("公交车通了吗")) == ()
    assert shared_words(profiler.profile("去哪里领口罩"), profiler.profile("去哪里打疫苗")) == ()


def test_covers_are_shares_of_what_each_side_weighs() -> None:
    scales = Scales(Idf(Terms("abc"), np.asarray((3.0, 1.0, 4.0, 9.0))))

    assert covers(frozenset("ab"), frozenset("ac"), scales) == (3 / 7, 3 / 4)
    assert covers(frozenset(), frozenset("a"), scales) == (0, 0)


@pytest.mark.parametrize(
    ("values", "largest"), [((), (0, 0)), ((2.0,), (2, 0)), ((1.0, 3.0, 2.0), (3, 2)), ((2.0, 2.0), (2, 2))]
)
def test_the_two_largest_are_nought_where_there_are_none(
    values: tuple[float, ...], largest: tuple[float, float]
) -> None:
    assert two_largest(values) == largest
