"""From what it is learnt whether two texts mean the same."""

import pytest

from knowledge.article import Article
from knowledge.claim import Claim, Verdict
from knowledge.labelled import LabelledMessage, LabelledQuestion
from knowledge.lessons import Lessons, LikeQuestions
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.same_lessons import Likeness, likenesses
from knowledge.text import Segmenter
from knowledge.variants import Variants
from tests.knowledge.hash_seeds import printed_under_every_seed

HIVES = Variants(
    "蜂箱能不能搬到外县去",
    ("蜂箱往外县拉行不行", "别的县让不让把蜂箱搬过去"),
    ("蜂箱能不能卖到外县去",),
)
BEES = Variants("蜂箱检疫证明在哪里办", ("蜂箱的检疫单子到哪达开",), ())
HONEY = Article("honey", "蜂蜜还收不收", "收。", phrasings=("蜂蜜有人要没有", "今年的蜂蜜谁收"))
WAX = Article("wax", "蜂蜡卖给谁", "供销社。", phrasings=("蜂蜡往哪里卖",))
STUNG = Claim("stung", "被蜂蜇了就不会染病，不用戴口罩", Verdict.FALSE, "会。", phrasings=("蜂蜇能防病",))
EATEN = Claim("eaten", "吃蜂蛹会染病", Verdict.FALSE, "不会。")
LESSONS = Lessons(
    questions=(LabelledQuestion("蜂蜜还有人收没", frozenset({"honey"})),),
    other_matters=(LabelledQuestion("蜂蜜怎么酿酒", frozenset()),),
    reports=(LabelledMessage("听说叫蜂蜇一下就不染病了", frozenset({"stung"}), rumour=True),),
    messages=(),
    lines=(),
    pairs=(LikeQuestions("蜂蜜收吗", "蜂蜜卖吗", same=False),),
)


@pytest.fixture(scope="module")
def pairs(segmenter: Segmenter) -> list[Likeness]:
    profiler = Profiler(segmenter, Places())
    return [*likenesses([HIVES, BEES], LESSONS, [HONEY, WAX], [STUNG, EATEN], profiler=profiler)]


def test_a_variant_stands_beside_its_text(pairs: list[Likeness]) -> None:
    assert Likeness("蜂箱往外县拉行不行", HIVES.text, same=True) in pairs
    assert Likeness("蜂箱能不能卖到外县去", HIVES.text, same=False) in pairs


def test_variants_stand_beside_each_other_for_less_and_are_kept_together_with_their_text(
    pairs: list[Likeness],
) -> None:
    moved, too = HIVES.same
    (sold,) = HIVES.other

    assert Likeness(moved, too, same=True, weight=0.3, about=HIVES.text) in pairs
    assert {one.left: one.same for one in pairs if one.right == moved and one.left != too} == {sold: False}


def test_and_beside_the_nearest_of_its_neighbours_for_less_and_not_word_by_word(
    pairs: list[Likeness],
) -> None:
    (beside,) = [one for one in pairs if one.left == "蜂箱往外县拉行不行" and one.right == BEES.text]

    assert (beside.same, beside.in_words) == (False, False)
    assert beside.weight < 1


def test_wordings_of_one_thing_mean_the_same_and_so_does_what_the_first_of_several_clauses_says(
    pairs: list[Likeness],
) -> None:
    assert Likeness("蜂蜜有人要没有", HONEY.question, same=True) in pairs
    assert Likeness("今年的蜂蜜谁收", "蜂蜜有人要没有", same=True, about=HONEY.question) in pairs
    assert Likeness("被蜂蜇了就不会染病", STUNG.text, same=True, about=STUNG.text) in pairs


def test_what_is_asked_stands_beside_the_closest_wording_of_its_article_and_of_another(
    pairs: list[Likeness],
) -> None:
    beside = {one.right: one.same for one in pairs if one.left == "蜂蜜还有人收没"}

    assert beside.keys() & set(HONEY.texts)
    assert all(beside[text] for text in beside.keys() & set(HONEY.texts))
    assert not any(beside[text] for text in beside.keys() & set(WAX.texts))


def test_what_no_article_answers_means_none_of_them(pairs: list[Likeness]) -> None:
    beside = [one.same for one in pairs if one.left == "蜂蜜怎么酿酒"]

    assert beside
    assert not any(beside)


def test_a_report_stands_beside_its_claim_without_the_words_that_pass_it_on(pairs: list[Likeness]) -> None:
    beside = [one for one in pairs if "叫蜂蜇一下就不染病" in one.left]

    assert {one.right for one in beside if one.same} <= set(STUNG.texts)
    assert any(one.same for one in beside)
    assert all("听说" not in one.left for one in beside)


def test_pairs_of_questions_are_lessons_as_they_are(pairs: list[Likeness]) -> None:
    assert Likeness("蜂蜜收吗", "蜂蜜卖吗", same=False) in pairs


FITTED_ANEW = """
from hashlib import sha256
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.same_lessons import Likeness, fit_sameness
from knowledge.text import build_segmenter
from knowledge.variants import load_variants

pairs = [Likeness(text, one.text, same)
         for one in load_variants()[:60]
         for texts, same in ((one.same, True), (one.other, False))
         for text in texts]
fitted = fit_sameness(pairs, profiler=Profiler(build_segmenter(), Places()), provenance="")
digest = sha256()
for name, array in sorted(fitted.to_arrays().items()):
    digest.update(name.encode() + array.tobytes())
print(digest.hexdigest())
"""


def test_the_same_lessons_give_the_same_numbers_in_every_process() -> None:
    """Differences are sets, which have another order under every hash seed."""
    digests = printed_under_every_seed(FITTED_ANEW)

    assert len(digests) == 1
