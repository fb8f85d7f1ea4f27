from dataclasses import replace

import numpy as np
import pytest

from knowledge.article import Article
from knowledge.bodies import BODY_FEATURES, CANDIDATES, _worth_judging, find_candidates, search
from knowledge.exchanges import NO_EXCHANGE
from knowledge.models import ANSWER_FEATURES, load_models
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.retrieval import Candidates
from knowledge.shelf import fill_shelf
from knowledge.text import Segmenter
from tests.knowledge.shelves import ARTICLES, TESTING

HARDSHIP = Article(
    "hardship",
    "困难群众如何申请临时救助",
    "带户口簿到镇上民政站，填申请表，三日内发放米面油。",
    ("家里揭不开锅咋办",),
)


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def find(profiler: Profiler, question: str, *articles: Article) -> Candidates[Article] | None:
    shelf = fill_shelf(articles, segmenter=profiler.segmenter)
    return find_candidates(profiler.profile(question), shelf, profiler=profiler)


def body_of(candidates: Candidates[Article] | None, article: str) -> dict[str, float]:
    """What is said of an article's body."""
    assert candidates is not None
    row = next(row for row, pair in enumerate(candidates.pairs) if pair.item.id == article)
    return dict(zip(BODY_FEATURES, candidates.beyond[row].tolist(), strict=True))


def test_a_question_is_found_by_words_that_only_the_answer_has(profiler: Profiler) -> None:
    candidates = find(profiler, "米面油", *ARTICLES, HARDSHIP)

    assert candidates is not None
    assert "hardship" in [pair.item.id for pair in candidates.pairs]
    assert body_of(candidates, "hardship")["body_cover_message"] == pytest.approx(1)
    assert body_of(candidates, "hardship")["words_nowhere"] == 0
    assert body_of(candidates, "hardship")["body_share_of_best"] == 1


def test_what_is_found_by_its_answer_is_still_compared_by_a_wording(profiler: Profiler) -> None:
    candidates = find(profiler, "米面油", HARDSHIP)

    assert candidates is not None
    (pair,) = candidates.pairs
    assert pair.text in HARDSHIP.texts
    assert pair.score == 0


def test_a_word_that_stands_neither_in_the_wordings_nor_in_the_answer_is_nowhere(profiler: Profiler) -> None:
    said = body_of(find(profiler, "申请救助要户口簿和驾驶证吗", HARDSHIP), "hardship")
    covered = body_of(find(profiler, "申请救助要户口簿吗", HARDSHIP), "hardship")

    assert said["rarest_nowhere"] > 0
    assert said["words_nowhere"] > covered["words_nowhere"]
    assert said["body_cover_message"] < 1


def test_what_is_said_in_wording_and_answer_together_comes_before_what_only_one_of_them_says(
    profiler: Profiler,
) -> None:
    worded = [
        replace(
            TESTING, id=f"worded-{number}", question=f"申请{number}号救助", phrasings=(), answer="找村委会"
        )
        for number in range(CANDIDATES)
    ]
    shelf = fill_shelf([*worded, HARDSHIP], segmenter=profiler.segmenter)

    found = search(shelf.index.numbers(profiler.segmenter.grams("申请救助要户口簿吗")), shelf)

    assert found.highest[0] == "hardship"
    assert len(found.highest) == CANDIDATES
    assert len(set(found.highest)) == CANDIDATES


def test_what_a_body_says_tells_half_as_much_again_as_what_a_wording_does(profiler: Profiler) -> None:
    shelf = fill_shelf([*ARTICLES, HARDSHIP], segmenter=profiler.segmenter)

    found = search(
        shelf.index.numbers(profiler.segmenter.grams("困难群众到哪里做核酸检测，怎么领米面油")), shelf
    )

    worded, said = found.by_wording, found.by_body
    best, most = (max(hit.score for hit in hits.values()) for hits in (worded, said))
    marks = {owner: 1.5 * hit.score / most for owner, hit in said.items()}
    marks |= {owner: marks.get(owner, 0) + hit.score / best for owner, hit in worded.items()}
    assert len({*worded} & {*said}) > 2
    assert list(found.highest) == sorted(marks, key=lambda owner: -marks[owner])[:CANDIDATES]


def test_who_falls_far_behind_by_wording_and_with_the_body_is_not_judged_but_for_the_one_whose_body_says_most() -> (
    None
):
    closest = {"best": 1.0, "worded": 0.5, "says it too": 0.3, "behind": 0.3, "says most": 0.05}
    scores = {"best": 10.0, "worded": 4.0, "says it too": 4.0, "behind": 4.0}
    body_scores = {"best": 5.0, "says it too": 9.0, "says most": 10.0}

    judged = _worth_judging({owner: ("", close) for owner, close in closest.items()}, scores, body_scores)

    assert list(judged) == ["best", "worded", "says it too", "says most"]


def test_where_nothing_is_found_nothing_is_judged() -> None:
    assert _worth_judging({}, {}, {}) == {}


def test_who_repeats_a_wording_is_found_by_the_answer_and_compared_by_a_wording(profiler: Profiler) -> None:
    repeating = replace(HARDSHIP, phrasings=HARDSHIP.phrasings * 2)

    candidates = find(profiler, "米面油", repeating)

    assert candidates is not None
    assert [pair.text in repeating.texts for pair in candidates.pairs] == [True]


def test_an_article_without_an_answer_stands_behind_nobody_for_the_lack_of_it(profiler: Profiler) -> None:
    speechless = replace(TESTING, id="speechless", question="临时救助怎么申请", phrasings=(), answer="")
    shelf = fill_shelf([HARDSHIP, TESTING, speechless], segmenter=profiler.segmenter)
    added = fill_shelf([TESTING, speechless], segmenter=profiler.segmenter).with_item(
        HARDSHIP, segmenter=profiler.segmenter
    )

    for one in (shelf, added):
        found = search(one.index.numbers(profiler.segmenter.grams("临时救助怎么申请")), one)
        assert found.highest[0] == "speechless"
        assert {"hardship", "speechless"} <= found.by_body.keys()


def test_an_article_without_an_answer_has_no_body_and_is_found_by_its_wordings(profiler: Profiler) -> None:
    bare = replace(HARDSHIP, answer="")

    candidates = find(profiler, "申请临时救助", bare)

    assert body_of(candidates, "hardship") == dict.fromkeys(BODY_FEATURES, 0)


@pytest.mark.parametrize("answer", ["。", "是", "  ", "😷"])
def test_an_answer_too_short_to_say_anything_harms_nothing(profiler: Profiler, answer: str) -> None:
    candidates = find(profiler, "申请临时救助", replace(HARDSHIP, answer=answer), TESTING)

    assert candidates is not None
    assert candidates.pairs[0].item.id == "hardship"
    assert np.isfinite(candidates.features()).all()


def test_an_answer_that_repeats_a_wording_loses_no_wording(profiler: Profiler) -> None:
    repeating = replace(HARDSHIP, answer=HARDSHIP.phrasings[-1])
    shelf = fill_shelf([repeating, TESTING], segmenter=profiler.segmenter)

    hit, *_ = shelf.bodies.search(profiler.segmenter.grams("揭不开锅"), limit=5)

    assert shelf.bodies.wordings(hit).texts == repeating.texts


def test_an_article_whose_wordings_say_nothing_is_no_error(profiler: Profiler) -> None:
    mute = Article("mute", "？？？", "到社区的采样点做核酸。")

    assert find(profiler, "核酸", mute, *ARTICLES) is not None
    assert find(profiler, "采样点", mute) is not None


def test_nothing_is_found_for_what_shares_no_character(profiler: Profiler) -> None:
    assert find(profiler, "qqq", *ARTICLES) is None
    assert find(profiler, "", *ARTICLES) is None
    assert find(profiler, "核酸") is None


def test_each_candidate_comes_once_with_a_number_for_every_feature(profiler: Profiler) -> None:
    candidates = find(profiler, "现在能不能出小区做核酸", *ARTICLES)

    assert candidates is not None
    ids = [pair.item.id for pair in candidates.pairs]
    assert len(ids) == len(set(ids))
    features = candidates.features_for(load_models().answers)
    assert features.shape == (len(ids), len(ANSWER_FEATURES))
    assert np.isfinite(features).all()


def test_only_texts_that_resemble_each_other_exchange_anything(profiler: Profiler) -> None:
    asked = "今年的洋芋种子补贴怎么领"
    alike = find(profiler, asked, Article("alike", "今年的玉米种子补贴怎么领", ""))
    stranger = find(profiler, asked, Article("stranger", "幼儿园封着还没开学，交了的保育费怎么退", ""))

    assert alike is not None
    assert stranger is not None
    assert alike.exchanges() != [NO_EXCHANGE]
    assert stranger.exchanges() == [NO_EXCHANGE]
