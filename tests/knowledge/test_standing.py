import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.exchanges import Comparison
from knowledge.idf import Idf, Scales
from knowledge.places import Places
from knowledge.profile import Profile, Profiler
from knowledge.similarity import PAIR_FEATURES, pair_features
from knowledge.standing import STANDING_FEATURES, near_copies, shares_and_gaps, standing_features
from knowledge.terms import Terms
from knowledge.text import Segmenter

TESTING, TESTING_AGAIN = "哪里可以做核酸检测", "哪里可以做核酸检测呢"
NURSING_HOME, BUS = "现在可以去养老院探望老人吗", "城区公交车现在开不开"


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def stand(profiler: Profiler, message: str, known: dict[str, float]) -> list[dict[str, float]]:
    """How candidates stand, in order; `known`: their wordings with their scores."""
    profiles = [profiler.profile(text) for text in known]
    asked = profiler.profile(message)
    pairs = np.asarray([_pair(asked, one) for one in profiles])
    table = standing_features(profiles, np.asarray(list(known.values())), pairs)
    return [dict(zip(STANDING_FEATURES, row, strict=True)) for row in table.tolist()]


def _pair(message: Profile, text: Profile) -> tuple[float, ...]:
    return pair_features(Comparison(message, text), Scales(Idf(Terms(), np.ones(1))))


def test_the_gap_is_measured_to_the_best_of_the_others(profiler: Profiler) -> None:
    testing, nursing_home, bus = stand(profiler, TESTING, {TESTING: 8.0, NURSING_HOME: 6.0, BUS: 2.0})

    assert testing["gap_to_rival"] == pytest.approx((8 - 6) / 8)
    assert nursing_home["gap_to_rival"] == pytest.approx((6 - 8) / 8)
    assert bus["gap_to_rival"] == pytest.approx((2 - 8) / 8)


def test_the_gap_to_a_rival_skips_near_copies(profiler: Profiler) -> None:
    testing, again, bus = stand(profiler, TESTING, {TESTING: 8.0, TESTING_AGAIN: 7.0, BUS: 2.0})

    assert testing["gap_to_rival"] == pytest.approx((8 - 2) / 8)
    assert again["gap_to_rival"] == pytest.approx((7 - 2) / 8)
    assert bus["gap_to_rival"] == pytest.approx((2 - 8) / 8)


def test_near_copies_alone_have_no_rival(profiler: Profiler) -> None:
    testing, again = stand(profiler, TESTING, {TESTING: 8.0, TESTING_AGAIN: 4.0})

    assert testing["gap_to_rival"] == 1
    assert again["gap_to_rival"] == 0.5


def test_a_single_candidate_is_first_and_nothing_is_near_it(profiler: Profiler) -> None:
    (only,) = stand(profiler, TESTING, {TESTING: 5.0})

    assert only == {
        "share_of_best": 1,
        "gap_to_rival": 1,
        "first": 1,
        "cosine_share_of_best": 1,
        "cover_share_of_best": 1,
        "typed_ratio_gap": 1,
        "typed_cosine_gap": 1,
        "alike_candidates": 1,
    }


def test_the_lead_in_likeness_as_typed_is_told_as_it_is(profiler: Profiler) -> None:
    testing, bus = stand(profiler, TESTING, {TESTING: 8.0, BUS: 2.0})

    assert testing["typed_ratio_gap"] == -bus["typed_ratio_gap"] > 0
    assert testing["typed_cosine_gap"] == -bus["typed_cosine_gap"] == 1


def test_candidates_that_share_nothing_stand_finite(profiler: Profiler) -> None:
    table = stand(profiler, "", {TESTING: 0.0, BUS: 0.0})

    assert all(np.isfinite(number) for row in table for number in row.values())


def test_standing_does_not_change_when_all_scores_grow_alike(profiler: Profiler) -> None:
    small = stand(profiler, TESTING, {TESTING: 8.0, NURSING_HOME: 6.0, BUS: 2.0})
    large = stand(profiler, TESTING, {TESTING: 80.0, NURSING_HOME: 60.0, BUS: 20.0})

    assert [list(row.values()) for row in small] == [pytest.approx(list(row.values())) for row in large]


def test_nearly_the_same_words_are_near_copies_and_others_are_not(profiler: Profiler) -> None:
    testing, again, bus = map(profiler.profile, (TESTING, TESTING_AGAIN, BUS))

    assert near_copies(testing, again)
    assert near_copies(again, testing)
    assert near_copies(testing, testing)
    assert not near_copies(testing, bus)


@pytest.mark.parametrize(
    ("scores", "shares", "gaps"),
    [
        ([4.0, 3.0, 1.0], [1, 0.75, 0.25], [0.25, -0.25, -0.75]),
        ([2.0], [1], [1]),
        ([0.0, 0.0], [0, 0], [0, 0]),
        ([4.0, 4.0, 1.0], [1, 1, 0.25], [0, 0, -0.75]),
    ],
)
def test_shares_and_gaps_are_told_against_the_best_and_the_next(
    scores: list[float], shares: list[float], gaps: list[float]
) -> None:
    table: NDArray[np.float64] = shares_and_gaps(np.asarray(scores))

    assert table[:, 0].tolist() == pytest.approx(shares)
    assert table[:, 1].tolist() == pytest.approx(gaps)


def test_the_numbers_standing_reads_are_still_among_those_of_a_pair() -> None:
    assert {"gram_cosine", "word_cover_text", "word_cover_message"} <= set(PAIR_FEATURES)
