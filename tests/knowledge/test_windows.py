import numpy as np
import pytest

from knowledge.claim import Claim
from knowledge.models import CLAIM_FEATURES, load_models
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.retrieval import Candidates, Pair, judged
from knowledge.shelf import Shelf, fill_shelf
from knowledge.text import Segmenter, normalise
from knowledge.windows import CANDIDATES, NEAR, clauses_of, find_claims
from tests.knowledge.shelves import CLAIMS, LIQUOR, LOCK_DOWN, PARCEL

FILLER = "今天早上去县城买东西，路上人不多，天气也好，顺便给娃买了双鞋。回来的时候遇见二叔，聊了几句庄稼。"
FLOOD = "今年雨水多地里的洋芋长得好人人都说是个好年景"


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


@pytest.fixture(scope="module")
def shelf(segmenter: Segmenter) -> Shelf[Claim]:
    return fill_shelf(CLAIMS, segmenter=segmenter)


def find(post: str, shelf: Shelf[Claim], profiler: Profiler) -> Candidates[Claim]:
    found = find_claims(normalise(post), shelf, profiler=profiler)
    assert found is not None
    return found


def pair_of(claim: Claim, candidates: Candidates[Claim]) -> Pair[Claim]:
    return next(pair for pair in candidates.pairs if pair.item.id == claim.id)


def nearness(candidates: Candidates[Claim]) -> dict[str, float]:
    column = CLAIM_FEATURES.index("close")
    return {
        pair.item.id: float(row[column])
        for pair, row in zip(candidates.pairs, candidates.features(), strict=True)
    }


def test_a_claim_is_compared_with_the_clause_that_repeats_it(shelf: Shelf[Claim], profiler: Profiler) -> None:
    post = f"{FILLER}对了，喝高度白酒能杀死新冠病毒，大家都试试。{FILLER}"

    assert pair_of(LIQUOR, find(post, shelf, profiler)).message.reading.normal == "喝高度白酒能杀死新冠病毒"


def test_a_claim_said_over_two_clauses_is_compared_with_both_together(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    post = f"{FILLER}明天零点，全县封城三天。{FILLER}"

    assert pair_of(LOCK_DOWN, find(post, shelf, profiler)).message.reading.normal == "明天零点,全县封城三天"


def test_two_claims_in_one_post_are_both_found_each_at_its_own_window(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    post = f"收快递会感染新冠病毒。{FILLER}明天零点全县封城三天！"

    candidates = find(post, shelf, profiler)

    assert pair_of(PARCEL, candidates).message.reading.normal == "收快递会感染新冠病毒"
    assert pair_of(LOCK_DOWN, candidates).message.reading.normal == "明天零点全县封城三天"
    near = nearness(candidates)
    assert min(near["parcel"], near["lock-down"]) > max(near.get("liquor", 0), near.get("salt", 0))


def test_a_claim_scattered_over_a_post_is_still_a_candidate(shelf: Shelf[Claim], profiler: Profiler) -> None:
    post = f"二叔爱喝高度白酒。{FILLER}他说这样能杀死病毒。{FILLER}新冠也不怕了。"

    candidates = find(post, shelf, profiler)

    assert "liquor" in [pair.item.id for pair in candidates.pairs]
    row = candidates.features()[[pair.item.id for pair in candidates.pairs].index("liquor")]
    told = dict(zip(CLAIM_FEATURES, row.tolist(), strict=True))
    assert told["post_word_cover"] > told["word_cover_text"]


@pytest.mark.parametrize(
    "post",
    [
        "【喝高度白酒能杀死新冠病毒】据说是真的",
        "#喝高度白酒能杀死新冠病毒#大家快看",
        "《喝高度白酒能杀死新冠病毒》",
    ],
)
def test_a_headline_or_hashtag_is_a_window_of_its_own(
    post: str, shelf: Shelf[Claim], profiler: Profiler
) -> None:
    window = pair_of(LIQUOR, find(post, shelf, profiler)).message

    assert window.reading.normal == "喝高度白酒能杀死新冠病毒"


def test_a_post_of_five_thousand_characters_without_punctuation_is_read(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    flood = FLOOD * (2500 // len(FLOOD))
    post = f"{flood}喝高度白酒能杀死新冠病毒{flood}"

    candidates = find(post, shelf, profiler)

    assert "liquor" in [pair.item.id for pair in candidates.pairs]
    assert np.isfinite(candidates.features()).all()


def test_a_post_of_a_thousand_clauses_is_read(shelf: Shelf[Claim], profiler: Profiler) -> None:
    post = "喝高度白酒能杀死新冠病毒，" + "，".join(f"洋芋{number}斤" for number in range(1000))

    assert pair_of(LIQUOR, find(post, shelf, profiler)).message.reading.normal == "喝高度白酒能杀死新冠病毒"


def test_a_short_message_is_compared_as_a_whole_too(shelf: Shelf[Claim], profiler: Profiler) -> None:
    post = "喝，高度，白酒，能，杀死，新冠，病毒"

    assert pair_of(LIQUOR, find(post, shelf, profiler)).message.reading.normal == normalise(post)


def test_clauses_that_come_again_are_read_once(segmenter: Segmenter) -> None:
    parts = clauses_of(normalise("快转发，明天封城，快转发！快转发"), segmenter=segmenter)

    assert [part.text for part in parts] == ["快转发", "明天封城"]


def test_no_pair_of_characters_reaches_across_clauses(segmenter: Segmenter) -> None:
    left, right = clauses_of(normalise("全县，封城"), segmenter=segmenter)

    assert "县封" not in left.grams | right.grams


def test_no_more_claims_are_judged_than_may_be(segmenter: Segmenter, profiler: Profiler) -> None:
    many = [
        Claim(f"c{number}", f"第{number}号井水有毒喝了会得病", LIQUOR.verdict, "") for number in range(60)
    ]

    candidates = find("村里井水有毒，喝了会得病", fill_shelf(many, segmenter=segmenter), profiler)

    assert 3 < len(candidates.pairs) <= CANDIDATES


def test_a_short_message_that_comes_faintly_close_is_judged_beside_fewer_claims_than_a_long_one(
    segmenter: Segmenter, profiler: Profiler
) -> None:
    poisoned = [
        Claim(f"c{number}", f"{water}有毒，喝了会得病", LIQUOR.verdict, "")
        for number, water in enumerate(("井水", "河水", "窖水", "雪水", "泉水"))
    ]
    waters, asked = fill_shelf((*poisoned, *CLAIMS), segmenter=segmenter), "自来水管子裂了，喝了要得病"

    short, long = find(asked, waters, profiler), find(f"{FILLER}{FILLER}{asked}", waters, profiler)

    assert (len(short.pairs), len(long.pairs)) == (3, CANDIDATES)
    assert len(find("井水有毒，喝了会得病", waters, profiler).pairs) == CANDIDATES


def test_where_no_clause_comes_close_to_anything_nothing_is_judged_and_what_was_found_is_named(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    candidates = find(FILLER, shelf, profiler)

    assert candidates.pairs == ()
    assert candidates.unlike


def test_where_a_clause_comes_close_to_one_claim_those_behind_it_are_judged_as_well(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    candidates = find("听说喝高度白酒能杀死新冠病毒", shelf, profiler)

    assert pair_of(LIQUOR, candidates).close >= NEAR
    assert min(pair.close for pair in candidates.pairs) < NEAR
    assert candidates.unlike == ()


@pytest.mark.parametrize("post", ["", "？？？", "qqq", "😷😷"])
def test_nothing_is_found_for_what_shares_no_character(
    post: str, shelf: Shelf[Claim], profiler: Profiler
) -> None:
    assert find_claims(normalise(post), shelf, profiler=profiler) is None


def test_there_is_a_number_for_every_feature(shelf: Shelf[Claim], profiler: Profiler) -> None:
    candidates = find(f"听说收快递会感染，{FILLER}", shelf, profiler)

    assert candidates.features().shape == (len(candidates.pairs), len(CLAIM_FEATURES))
    assert np.isfinite(candidates.features()).all()


def test_a_gain_in_rank_moves_a_claim_forward_and_makes_none_more_probable(
    shelf: Shelf[Claim], profiler: Profiler
) -> None:
    candidates = find("群里说喝高度白酒能杀死新冠病毒，还说明天零点全县封城三天", shelf, profiler)
    judge = load_models().claims

    plain = judged(candidates, judge=judge)
    gained = judged(candidates, judge=judge, gains={"words_missing_in_message": 1000.0})

    assert len(plain) > 1
    assert [one.pair.item.id for one in gained] != [one.pair.item.id for one in plain]
    assert {one.pair.item.id: one.probability for one in gained} == {
        one.pair.item.id: one.probability for one in plain
    }
