"""What two texts say instead of each other, and what has been learnt about it."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from knowledge.exchanges import Comparison, Exchange, Leanings, exchange_of, qualified, reworded
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.text import Segmenter

MEDICINE, SYMPTOM = "药", "症状"


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def between(profiler: Profiler, message: str, text: str) -> Exchange:
    return exchange_of(profiler.profile(message), profiler.profile(text))


def test_a_text_exchanges_nothing_with_itself(profiler: Profiler) -> None:
    said = between(profiler, "布洛芬能退烧吗", "布洛芬能退烧吗")

    assert said.here == said.there == frozenset()


def test_another_word_of_the_same_kind_stands_on_either_side_as_its_kind(profiler: Profiler) -> None:
    said = between(profiler, "感冒能吃布洛芬吗", "感冒能吃阿莫西林吗")

    assert said.here == said.there == {MEDICINE}


def test_what_is_asked_by_one_and_by_both_is_told_apart(profiler: Profiler) -> None:
    said = between(profiler, "肺炎是怎么引起的", "肺炎会有什么后遗症")
    same = between(profiler, "肺炎的原因是什么", "肺炎的病因是什么")

    assert {"?原因"} <= said.here
    assert {"?后遗症"} <= said.there
    assert "=原因" in same.both
    assert "?原因" not in same.here | same.there


def test_words_that_tell_nothing_are_named_themselves_telling_words_never(profiler: Profiler) -> None:
    said = between(profiler, "请问扎西平措的核酸在哪做", "核酸在哪做")

    assert ".请问" in said.here
    assert not any("扎西" in one for one in said.here)


def test_the_same_said_in_another_of_its_wordings_is_told_apart(profiler: Profiler) -> None:
    said = between(profiler, "核酸怎么处理", "核酸怎么解决")

    assert (
        profiler.profile("核酸怎么处理").reading.canonical
        == profiler.profile("核酸怎么解决").reading.canonical
    )
    assert "~怎么处理" in said.here
    assert "~怎么解决" in said.there


def test_of_what_the_other_text_does_not_speak_of_no_wording_is_named_but_ways_of_asking_are(
    profiler: Profiler,
) -> None:
    said = between(profiler, "宝宝发烧如何退烧", "咳嗽")

    assert "~如何" in said.here
    assert not {"~宝宝", "~发烧"} & said.here


def test_the_two_texts_may_change_places(profiler: Profiler) -> None:
    leanings = Leanings(
        {(MEDICINE,): -1.0, ("instead", SYMPTOM, MEDICINE): -2.0, ("beside", "?原因", MEDICINE): 0.5}
    )
    one, other = "感冒吃布洛芬为什么", "感冒咳嗽"

    there = leanings.column([between(profiler, one, other)])
    back = leanings.column([between(profiler, other, one)])

    assert there.tolist() == back.tolist()


def test_an_exchange_says_the_sum_of_the_weights_of_its_parts() -> None:
    exchange = Exchange(frozenset({"a", "b"}), frozenset({"b", "c"}), frozenset({"=q"}))
    parts = Counter(exchange.parts())
    weights = {part: float(number) for number, part in enumerate(parts, start=1)}
    expected = sum(times * weights[part] for part, times in parts.items()) / exchange.scale

    said = Leanings({**weights, ("z",): 100.0, ("instead", "a", "z"): 100.0}).column([exchange])

    assert said.tolist() == [[pytest.approx(expected)]]


def test_of_ever_more_of_the_same_each_counts_less() -> None:
    few, many = (Exchange(frozenset(map(str, range(count))), frozenset(), frozenset()) for count in (10, 40))
    leanings = Leanings({(str(number),): 1.0 for number in range(40)})

    assert leanings.column([few, many]).tolist() == [[10.0], [20.0]]


def test_what_was_never_seen_says_nothing() -> None:
    unseen = Exchange(frozenset({"a"}), frozenset({"b"}), frozenset())

    assert Leanings({}).column([unseen, unseen]).tolist() == [[0.0], [0.0]]


def test_leanings_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    weights = {("药",): 0.25, ("instead", "症状", "药"): -1.5, ("asked", "=原因", ".吗"): 0.125}

    np.savez_compressed(tmp_path / "leanings.npz", allow_pickle=False, **Leanings(weights).to_arrays())
    with np.load(tmp_path / "leanings.npz", allow_pickle=False) as arrays:
        again = Leanings.from_arrays(arrays)

    assert again.weights == weights


def in_place(profiler: Profiler, message: str, text: str, *, title: str = "") -> str:
    said, known, named = map(profiler.profile, (message, text, title))
    return reworded(Comparison(said, known), title=named, few=4)


@pytest.mark.parametrize(
    ("message", "text", "said"),
    [
        ("养蜂的箱子能搬到山上吗", "养蜂的帐篷能搬到山上吗", ("箱子", "帐篷")),
        ("尕娃箱子能搬到山上吗", "娃娃帐篷能搬到山上吗", ("箱子", "帐篷")),
    ],
)
def test_a_word_in_another_ones_place_is_told(
    profiler: Profiler, message: str, text: str, said: tuple[str, str]
) -> None:
    assert in_place(profiler, message, text) == "一个说“{}”，一个说“{}”".format(*said)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("养蜂的帐篷能搬到山上吗", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的旧帐篷明天能搬到山上吗", "养蜂的帐篷能搬到山上吗"),
        ("尕娃能搬到山上吗", "娃娃能搬到山上吗"),
    ],
)
def test_no_word_stands_in_anothers_place_where_one_only_says_more_or_the_same(
    profiler: Profiler, message: str, text: str
) -> None:
    assert not in_place(profiler, message, text)


def test_what_is_told_in_other_words_altogether_has_no_single_word_in_anothers_place(
    profiler: Profiler,
) -> None:
    assert not in_place(profiler, "家里养的蜜蜂箱子多，夏天赶花期怎么出县", "养蜂的帐篷能搬到山上吗")


def test_what_the_title_says_is_no_other_word(profiler: Profiler) -> None:
    message, text = "养蜂的箱子能搬到山上吗", "养蜂的帐篷能搬到山上吗"

    assert in_place(profiler, message, text, title="养蜂的东西能搬到山上吗")
    assert not in_place(profiler, message, text, title="养蜂的帐篷和箱子能搬到山上吗")


def more(profiler: Profiler, message: str, text: str, *, title: str = "") -> str:
    said, known, named = map(profiler.profile, (message, text, title))
    return qualified(Comparison(said, known), title=named, few=2)


def test_a_word_said_within_what_the_other_says_is_told(profiler: Profiler) -> None:
    assert more(profiler, "养蜂的破旧帐篷能搬到山上吗", "养蜂的帐篷能搬到山上吗") == "来话多了“破旧”"
    assert not more(profiler, "养蜂的破旧帐篷能搬到山上吗", "养蜂的帐篷能搬到山上吗", title="养蜂的破旧东西")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("养蜂的帐篷能搬到山上吗", "养蜂的破旧帐篷能搬到山上吗"),
        ("养蜂的箱子能搬到山上吗", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的帐篷能搬到山上不", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的帐篷能搬到山上啦", "养蜂的帐篷能搬到山上"),
        ("我婆婆说养蜂的帐篷能搬到山上吗", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的帐篷能搬到山上吗急死人", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的紧急通知帐篷能搬到山上吗", "养蜂的帐篷能搬到山上吗"),
        ("养蜂的二舅破旧草绿帐篷能搬到西坡山上吗", "养蜂的帐篷能搬到山上吗"),
    ],
    ids=[
        "less",
        "another",
        "nothing",
        "a particle",
        "who says so",
        "how it feels",
        "how it was heard",
        "many more",
    ],
)
def test_what_stands_around_it_or_is_told_otherwise_takes_nothing_back(
    profiler: Profiler, message: str, text: str
) -> None:
    assert not more(profiler, message, text)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("帐篷一天收四十块", "帐篷一天收四十元"),
        ("所有帐篷能搬到山上", "全部帐篷能搬到山上"),
        ("帐篷不许搬山上", "帐篷不准搬山上"),
    ],
)
def test_another_word_for_the_same_is_no_other_word(profiler: Profiler, message: str, text: str) -> None:
    assert not in_place(profiler, message, text)
