"""Whether two texts mean the same, however alike they look."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from math import fsum
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.answering import Answer, Choices, Unknown, find_answer
from knowledge.article import Article, Scope, Validity
from knowledge.claim import Claim, Verdict
from knowledge.claim_match import ClaimMatch
from knowledge.claims_here import nearest
from knowledge.exchanges import Comparison
from knowledge.here import Here
from knowledge.judge import Judge
from knowledge.library import Library
from knowledge.models import Models, load_models
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.rumours import Known, Suspected, check_rumour
from knowledge.same_lessons import Likeness, fit_sameness
from knowledge.sameness import KINDS, SAME_FEATURES, differences_of, sameness_from
from knowledge.text import Segmenter
from knowledge.variants import Variants, load_variants

SOLD = "村里把救灾的面卖给了养殖场"


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def beside(profiler: Profiler, message: str, text: str) -> Comparison:
    return Comparison(profiler.profile(message), profiler.known(text))


def probability(models: Models, profiler: Profiler, message: str, text: str) -> float:
    return models.sameness.probability(beside(profiler, message, text))


def test_several_at_once_are_as_probable_as_one_after_the_other(models: Models, profiler: Profiler) -> None:
    said = ("村里把救灾的面分给了大家", f"他姨夫说{SOLD}啦", "养殖场把面捐给了村里")
    twos = [beside(profiler, one, SOLD) for one in said]

    assert models.sameness.probabilities([(two, None) for two in twos]) == pytest.approx(
        [models.sameness.probability(two) for two in twos]
    )
    assert models.sameness.probabilities([]) == []


@pytest.mark.parametrize(
    ("text", "said", "other"),
    [
        ("牧场的羊卖得比去年贵", "今年羊的价钱比去年高", "今年羊的价钱比去年低"),
        ("打完针能不能下地干活", "打了针做庄稼活行不行", "打完针几天能换药"),
        ("救灾面粉每户一袋", "一家给一袋子救灾的面", "一家给两袋子救灾的面"),
    ],
)
def test_what_says_the_same_in_other_words_is_likelier_than_what_says_something_else(
    models: Models, profiler: Profiler, text: str, said: str, other: str
) -> None:
    assert probability(models, profiler, said, text) > probability(models, profiler, other, text)


def test_most_variants_are_told_apart(models: Models, profiler: Profiler) -> None:
    """They were learnt from, so this shows only that what was learnt is what is read."""
    variants = load_variants()[::40]

    def share(kept: list[tuple[str, str]]) -> float:
        return float(np.mean([probability(models, profiler, *two) >= 0.5 for two in kept]))

    assert share([(text, one.text) for one in variants for text in one.same]) > 0.75
    assert share([(text, one.text) for one in variants for text in one.other]) < 0.25


def test_one_canonical_wording_is_one_meaning_and_so_is_what_only_adds_around_it(
    models: Models, profiler: Profiler
) -> None:
    assert probability(models, profiler, SOLD, SOLD) == 1.0
    assert probability(models, profiler, f"他姨夫说{SOLD}啦", SOLD) == 1.0


def test_what_leaves_out_what_stands_around_it_is_one_meaning_in_whichever_numerals(
    models: Models, profiler: Profiler
) -> None:
    whole = "镇上每户发三袋救灾面粉"

    assert probability(models, profiler, "每户发三袋救灾面粉", whole) == 1.0
    assert probability(models, profiler, whole, "每户发3袋救灾面粉") == 1.0
    assert probability(models, profiler, "发三袋救灾面", whole) == 1.0
    assert probability(models, profiler, "袋救灾面粉", whole) < 1.0


def test_characters_and_pairs_set_apart_by_how_often_only_one_text_has_them(profiler: Profiler) -> None:
    apart = dict(zip(KINDS, differences_of(beside(profiler, "面粉面粉", "面条")), strict=True))

    assert apart["characters"] == {"面": 1.0, "粉": 2.0, "条": 1.0}
    assert apart["pairs"] == {"面粉": 0.5, "粉面": 0.5, "面条": 0.5}


@pytest.mark.parametrize("word", ["", "面", "3", "卖给"])
def test_what_is_too_short_to_say_anything_is_not_held_by_what_says_more(
    models: Models, profiler: Profiler, word: str
) -> None:
    assert probability(models, profiler, word, SOLD) < 1.0


def test_it_is_not_told_which_of_two_texts_has_a_word(profiler: Profiler) -> None:
    here = differences_of(beside(profiler, "县城的药店今天开门", "县城的超市明天开门"))
    there = differences_of(beside(profiler, "县城的超市明天开门", "县城的药店今天开门"))

    words, instead = (dict(zip(KINDS, here, strict=True))[kind] for kind in ("words", "words instead"))
    assert {"药店", "超市"} <= words.keys()
    assert "药店|超市" in instead
    assert list(here) == [pytest.approx(one) for one in there]


def test_what_both_count_in_another_number_sets_them_apart(profiler: Profiler) -> None:
    same, other = (
        differences_of(beside(profiler, f"救灾的面每户给{sacks}", "每户两袋面"))[KINDS.index("quantities")]
        for sacks in ("2袋", "三袋")
    )

    assert (same, other) == ({}, {"袋": 1.0, "*": 1.0})


def test_a_thing_that_stands_in_place_of_another_of_its_sort_is_told_by_what_both_names_end_in(
    profiler: Profiler,
) -> None:
    sorts = differences_of(beside(profiler, "图书馆几点开门", "体育馆几点开门"))[KINDS.index("sorts")]

    assert sorts == {"馆": 1.0, "*": 1.0}


def test_a_text_differs_in_nothing_from_itself(profiler: Profiler) -> None:
    found = differences_of(beside(profiler, "明天", "明天"))

    assert not any(found)


def test_of_many_texts_only_those_that_differ_least_are_looked_at_closely(
    models: Models, profiler: Profiler
) -> None:
    looked_at: list[int] = []

    class Watched:
        def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
            looked_at.append(len(rows))
            return models.sameness.judge.log_odds(rows)

    watched = replace(models.sameness, judge=cast("Judge", Watched()))
    asked = "牧场的羊今年贵不贵"
    others = [beside(profiler, asked, f"{shop}几点开门") for shop in ("药店", "超市", "饭馆", "粮站", "邮局")]
    meant = beside(profiler, asked, "今年牧场的羊贵吗")

    assert not watched.any_reaches(0.5, others)
    assert watched.any_reaches(0.5, [*others, meant])
    assert looked_at[0] == 4 == max(looked_at)
    assert not watched.any_reaches(0.5, [])


def test_what_is_looked_up_is_what_was_learnt(models: Models, profiler: Profiler) -> None:
    """In serving nobody asks of every part of an exchange whether it has a weight."""
    same = models.sameness
    parts = {"\t".join(part): weight for part, weight in same.exchanges.weights.items()}
    for one in load_variants()[::400]:
        for two in (beside(profiler, text, one.text) for text in (*one.same, *one.other)):
            expected = [
                fsum(worth * weights.get(name, 0.0) for name, worth in differences.items())
                for weights, differences in zip((*same.weights, parts), differences_of(two), strict=True)
            ]

            assert same.said_apart(two) == pytest.approx([*expected, fsum(expected)])


def test_it_is_read_back_as_it_was_written(models: Models, profiler: Profiler) -> None:
    again = sameness_from(models.sameness.to_arrays())
    two = beside(profiler, "村里卖了面", SOLD)

    assert again.probability(two) == models.sameness.probability(two)
    assert again.judge.features == SAME_FEATURES


def test_one_that_was_fitted_on_other_features_is_refused(models: Models) -> None:
    old = replace(models.sameness.judge, features=("old", *SAME_FEATURES[1:]))

    with pytest.raises(ValueError, match="fitted on other features"):
        sameness_from(replace(models.sameness, judge=old).to_arrays())


def test_it_learns_from_pairs_which_word_turns_the_meaning(profiler: Profiler) -> None:
    crops = [
        f"{crop}{place}"
        for crop in ("洋芋", "玉米", "党参", "白菜", "苹果", "胡麻")
        for place in ("地里", "场上", "棚里", "窖里")
    ]
    pairs = [
        pair
        for crop in crops
        for pair in (
            Likeness(f"{crop}的收成不赖", f"{crop}的收成好", same=True),
            Likeness(f"{crop}的收成孬", f"{crop}的收成好", same=False),
        )
    ]

    learnt = fit_sameness(pairs * 3, profiler=profiler, provenance="crops")
    good, bad = (beside(profiler, f"桃园的收成{word}", "桃园的收成好") for word in ("不赖", "孬"))

    assert learnt.said_apart(good)[-1] > learnt.said_apart(bad)[-1]
    assert learnt.probability(good) > learnt.probability(bad)


def test_neighbours_among_the_variants_say_different_things_and_each_is_on_both_sides() -> None:
    variants = load_variants()

    assert len(variants) > 5_000
    assert len({one.text for one in variants}) == len(variants)
    assert [
        one for one in variants if set(one.same) & set(one.other) or one.text in (*one.same, *one.other)
    ] == []
    assert sum(bool(one.same) and bool(one.other) for one in variants) > 0.6 * len(variants)
    assert isinstance(variants[0], Variants)


DAY = date(2022, 7, 14)
CLAIMED = "外村人进村每人要交五十元卫生费"


def check(library: Library, message: str) -> Known | Suspected:
    found = check_rumour(message, library=library, area_path=(), day=DAY)
    assert isinstance(found, Known | Suspected)
    return found


def doubting(library: Library, *, yes: bool) -> Library:
    """The library with a model that takes nothing, or everything, for the same."""
    models = library.models
    judge = models.sameness.judge.recalibrated(0.0, -20.0 if yes else 20.0)
    sure = replace(models, sameness=replace(models.sameness, judge=judge))
    return Library(library.shelves, profiler=library.profiler, models=sure)


def test_where_it_is_doubtful_whether_the_same_is_meant_the_claim_is_asked_about_and_no_verdict_given(
    segmenter: Segmenter,
) -> None:
    library = Library.build(claims=[Claim("fee", CLAIMED, Verdict.FALSE, "不收。")], segmenter=segmenter)
    message = "听说外村的人进村每人要交五十块的卫生费"

    assert isinstance(check(doubting(library, yes=False), message), Known)
    doubted = check(doubting(library, yes=True), message)

    assert isinstance(doubted, Suspected)
    assert doubted.meant is not None
    assert doubted.meant.doubtful


def test_a_doubt_about_the_copy_that_was_found_holds_for_the_nearer_one(segmenter: Segmenter) -> None:
    here = Here(("621100", "621124"), DAY)
    far = ClaimMatch(Claim("far", CLAIMED, Verdict.FALSE, "不收。"), 0.96, doubtful=True)
    near = ClaimMatch(Claim("near", CLAIMED, Verdict.FALSE, "不收。", scope=Scope("621124")), 0.7)

    best, *_ = nearest((far, near), here, Profiler(segmenter, Places()))

    assert (best.claim.id, best.score, best.doubtful) == ("near", 0.96, True)


def test_the_claims_own_words_are_never_doubtful(segmenter: Segmenter) -> None:
    library = Library.build(claims=[Claim("fee", CLAIMED, Verdict.FALSE, "不收。")], segmenter=segmenter)

    assert isinstance(check(doubting(library, yes=True), f"听说{CLAIMED}，是真的吗"), Known)


def test_what_is_clearly_one_of_the_claims_wordings_is_known_though_the_claim_itself_is_worded_otherwise(
    segmenter: Segmenter,
) -> None:
    claim = Claim("fee", "进村设卡收费", Verdict.FALSE, "不收。", phrasings=(CLAIMED,))
    library = doubting(Library.build(claims=[claim], segmenter=segmenter), yes=True)

    assert isinstance(check(library, f"听说{CLAIMED}，是真的吗"), Known)


def test_what_is_faintly_alike_is_offered_only_where_it_asks_the_same(
    segmenter: Segmenter, day: date
) -> None:
    articles = [
        Article("fee", "外村人进村要不要交卫生费", "不收。"),
        Article("gate", "村口的卡子几点关", "十点。"),
    ]
    library = Library.build(articles, segmenter=segmenter)

    def ask(model: Library) -> Choices | Unknown:
        found = find_answer("去亲戚家的庄里收不收卫生费", library=model, area_path=(), day=day)
        assert isinstance(found, Choices | Unknown)
        return found

    assert [one.article.id for one in ask(doubting(library, yes=False)).offered][:1] == ["fee"]
    assert ask(doubting(library, yes=True)).offered == ()


FEES = Article("fee", "外村人进村要不要交卫生费", "不收。", phrasings=("亲戚来村上要掏钱吗",))


def asked(library: Library, message: str, day: date) -> Answer | Choices | Unknown:
    return find_answer(message, library=library, area_path=(), day=day)


def test_what_looks_like_an_article_and_rather_asks_something_else_is_asked_about_and_not_answered(
    segmenter: Segmenter, day: date
) -> None:
    library = Library.build([FEES], segmenter=segmenter)
    message = "外村的人进村要交卫生费吗"

    assert isinstance(asked(doubting(library, yes=False), message, day), Answer)
    doubted = asked(doubting(library, yes=True), message, day)

    assert isinstance(doubted, Choices)
    assert doubted.nearly
    assert doubted.offered[0].doubtful


def test_of_a_doubtful_one_it_is_told_that_it_is_over_or_depends_on_the_place(
    segmenter: Segmenter, day: date
) -> None:
    over = replace(FEES, validity=Validity(valid_to=day - timedelta(days=1)))
    local = replace(FEES, scope=Scope("621124"))
    past, elsewhere = (
        asked(doubting(Library.build([one], segmenter=segmenter), yes=True), "外村的人进村要交卫生费吗", day)
        for one in (over, local)
    )

    assert isinstance(past, Unknown)
    assert isinstance(elsewhere, Unknown)
    assert (past.expired, elsewhere.needs_area) == (over, True)


def test_a_doubt_about_an_article_holds_for_the_one_of_a_nearer_place(
    segmenter: Segmenter, day: date
) -> None:
    far = replace(FEES, phrasings=("外村的人进村要交卫生费不",))
    near = replace(FEES, id="near", scope=Scope("621124"), phrasings=())
    library = doubting(Library.build([far, near], segmenter=segmenter), yes=True)
    ask = partial(find_answer, "外村的人进咱村要交卫生费吗", library=library, day=day)

    anywhere, there = ask(area_path=()), ask(area_path=("621100", "621124"))

    assert [(one.article.id, one.doubtful) for one in anywhere.candidates] == [("fee", True), ("near", False)]
    assert isinstance(there, Choices)
    assert [(one.article.id, one.doubtful) for one in there.offered] == [("near", True)]


def test_any_wording_of_an_article_may_be_what_is_asked(segmenter: Segmenter, day: date) -> None:
    library = doubting(Library.build([FEES], segmenter=segmenter), yes=True)

    found = asked(library, FEES.phrasings[0], day)

    assert isinstance(found, Answer)
    assert not found.best.doubtful


def test_of_a_message_that_tells_more_nothing_is_doubted(segmenter: Segmenter, day: date) -> None:
    library = doubting(Library.build([FEES], segmenter=segmenter), yes=True)
    message = "我妹子嫁到了外村，她明天回来，外村的人进村要交卫生费吗"

    found = asked(library, message, day)

    assert not any(one.doubtful for one in found.candidates)


def test_what_shares_no_telling_word_is_offered_only_where_it_rather_asks_the_same(
    segmenter: Segmenter, day: date
) -> None:
    library = Library.build([Article("eat", "餐馆啥时候能开门", "明天。")], segmenter=segmenter)

    def offered(model: Library) -> bool:
        return bool(asked(model, "图书馆什么时候开放", day).offered)

    assert (offered(doubting(library, yes=False)), offered(doubting(library, yes=True))) == (True, False)
