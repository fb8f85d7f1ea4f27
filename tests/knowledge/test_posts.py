import numpy as np
import pytest

from knowledge.claim import Claim, Verdict
from knowledge.idf import Idf, Scales
from knowledge.places import Places
from knowledge.posts import POST_FEATURES, post_features
from knowledge.profile import Profiler
from knowledge.retrieval import Pair
from knowledge.terms import Terms
from knowledge.text import Segmenter

CLAIM = Claim("c", "临洮县板蓝根卖断货了", Verdict.FALSE, "")


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places(["临洮县", "通渭县"]))


def told(
    profiler: Profiler, window: str, post: str, *, claim: str = CLAIM.text, close: float = 0.5
) -> dict[str, float]:
    """What a post says of a claim beyond the window that comes closest to it."""
    known, message, whole = profiler.profile(claim), profiler.profile(window), profiler.profile(post)
    pair = Pair(CLAIM, claim, message, known, 1.0, close)
    held = Terms(known.grams)
    scales = Scales(Idf(held, np.asarray([*[2.0] * len(held), 10.0])))
    table = post_features([pair], whole.reading.canonical, whole.grams, scales=scales)
    return dict(zip(POST_FEATURES, table[0].tolist(), strict=True))


def test_what_is_scattered_over_the_post_is_covered_though_no_window_holds_it(profiler: Profiler) -> None:
    post = "板蓝根今天没买到。二叔从临洮县回来。他说到处都卖断货了。"

    said = told(profiler, "他说到处都卖断货了", post)

    assert said["post_word_cover"] == pytest.approx(1)
    assert said["post_words_missing"] == pytest.approx(0)
    assert said["rarest_name_missing_in_window"] > said["rarest_name_missing_in_post"] == 0


def test_a_word_that_stands_nowhere_in_the_post_is_missing(profiler: Profiler) -> None:
    said = told(profiler, "临洮县口罩卖断货了", "临洮县口罩卖断货了")

    assert 0 < said["post_word_cover"] < 1
    assert 0 < said["post_rarest_word_missing"] <= said["post_words_missing"]
    assert said["post_rarest_gram_missing"] > 0


def test_another_place_in_the_window_is_told(profiler: Profiler) -> None:
    same = told(profiler, "临洮县板蓝根卖断货了", "临洮县板蓝根卖断货了")
    other = told(profiler, "兰州板蓝根卖断货了", "兰州板蓝根卖断货了")

    assert same["names_only_in_window"] == 0 < other["names_only_in_window"]
    assert same["name_cover_window"] == 1 > other["name_cover_window"]
    assert other["rarest_name_missing_in_post"] > 0


def test_a_post_that_repeats_the_claim_word_for_word_misses_nothing(profiler: Profiler) -> None:
    said = told(profiler, CLAIM.text, f"二叔说，{CLAIM.text}")

    assert said["post_gram_cover"] == said["post_word_cover"] == said["name_cover_window"] == 1
    assert said["post_rarest_gram_missing"] == said["post_rarest_word_missing"] == 0


TALK = "今天天气好,大家出门走走,看看花,晒晒太阳,回家吃饭。"


@pytest.mark.parametrize("what", ["word", "name", "gram"])
def test_the_same_words_surprise_less_in_a_longer_post(profiler: Profiler, what: str) -> None:
    alone, among, lost = (
        told(profiler, CLAIM.text, f"{CLAIM.text}。{TALK * often}")[f"post_{what}_surprise"]
        for often in (0, 1, 5)
    )

    assert alone > among > lost > 0


def test_a_post_without_a_word_of_the_claim_surprises_by_nothing(profiler: Profiler) -> None:
    said = told(profiler, "今天天气好", TALK)

    assert [value for name, value in said.items() if "surprise" in name] == [0.0] * 7


def test_what_is_surprising_is_covered_in_full_by_a_post_that_tells_it_in_pieces(profiler: Profiler) -> None:
    said = told(
        profiler, "他说到处都卖断货了", f"板蓝根今天没买到。二叔从临洮县回来。{TALK}他说到处都卖断货了。"
    )

    assert said["post_word_surprise_cover"] == pytest.approx(1)
    assert 0 < said["post_gram_surprise_cover"] < 1


def test_what_surprises_outside_the_window_is_told_apart(profiler: Profiler) -> None:
    scattered = told(profiler, "他说到处都卖断货了", "二叔从临洮县回来。他说到处都卖断货了。")
    together = told(profiler, CLAIM.text, f"二叔从外地回来。{CLAIM.text}。")

    assert scattered["post_name_surprise_beyond_window"] == scattered["post_name_surprise"] > 0
    assert together["post_name_surprise"] > 0 == together["post_name_surprise_beyond_window"]
    assert scattered["post_gram_surprise_beyond_window"] > 0 == together["post_gram_surprise_beyond_window"]


def test_where_the_window_stands_in_the_post_is_told(profiler: Profiler) -> None:
    first = told(profiler, CLAIM.text, f"{CLAIM.text}，{'今天天气好' * 20}")
    last = told(profiler, CLAIM.text, f"{'今天天气好' * 20}，{CLAIM.text}")

    assert first["window_at"] == 0
    assert 0.5 < last["window_at"] < 1


def test_whether_the_known_wording_asks_is_told(profiler: Profiler) -> None:
    assert told(profiler, CLAIM.text, CLAIM.text)["text_is_question"] == 0
    assert told(profiler, CLAIM.text, CLAIM.text, claim="板蓝根断货了？")["text_is_question"] == 1


@pytest.mark.parametrize("claim", [CLAIM.text, "吗", "啊", "？？"])
@pytest.mark.parametrize("post", [CLAIM.text, "好", ""])
def test_every_number_is_finite_however_little_is_said(profiler: Profiler, claim: str, post: str) -> None:
    said = told(profiler, post, post, claim=claim, close=0.0)

    assert len(said) == len(POST_FEATURES)
    assert all(np.isfinite(number) for number in said.values())
