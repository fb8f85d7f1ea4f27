"""What people read of each candidate: what was done with it, and what stood against more."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import Answer, Choices, Unknown
from knowledge.article import Scope, Validity
from knowledge.article_use import article_uses, shared_words_of
from knowledge.claim_match import ClaimMatch
from knowledge.claim_use import claim_uses
from knowledge.fit import Candidate
from knowledge.library import Library
from knowledge.profile import Profiler
from knowledge.resemblance import resemblance
from knowledge.rumours import Known, Ordinary, Suspected
from knowledge.use import Bar, Use
from tests.knowledge.shelves import (
    AT_ANDING,
    AT_LINTAO,
    BUS_UNTIL_JULY,
    GOING_OUT,
    GOING_OUT_LINTAO,
    LINTAO,
    LIQUOR,
    MARKET_LINTAO,
    PARCEL,
    SALT,
    TESTING,
    WEDDING,
)

DAY = date(2022, 7, 14)


@pytest.fixture(scope="module")
def profiler() -> Profiler:
    return Library.build((TESTING,), places=("渭源县", "通渭县")).profiler


def candidate(article: object = TESTING, score: float = 0.9, **told: object) -> Candidate:
    given = {"article": article, "score": score, "reasons": ("对上的问法", "核酸"), **told}
    return Candidate(**given)  # type: ignore[arg-type]


def test_what_answers_stands_first_and_the_same_for_elsewhere_or_everywhere_says_so(
    profiler: Profiler,
) -> None:
    for_all, here = candidate(GOING_OUT), candidate(GOING_OUT_LINTAO)
    market = candidate(replace(MARKET_LINTAO, scope=Scope("621121000000")))
    found = Answer(here, (for_all, here, market))

    used = article_uses(found, profiler=profiler, area_path=AT_LINTAO, day=DAY)

    assert [(one.candidate, one.use, one.bar) for one in used] == [
        (here, Use.GIVEN, None),
        (for_all, Use.LEFT, Bar.FARTHER),
        (market, Use.LEFT, Bar.ELSEWHERE),
    ]


@pytest.mark.parametrize(
    ("one", "bar"),
    [
        (candidate(score=0.05), Bar.UNLIKELY),
        (candidate(BUS_UNTIL_JULY), Bar.OVER),
        (candidate(replace(TESTING, validity=Validity(date(2022, 7, 15)))), Bar.NOT_YET),
        (candidate(MARKET_LINTAO), Bar.AREA_UNKNOWN),
        (candidate(score=0.23, reasons=("对上的问法",)), Bar.NO_WORD),
        (candidate(score=0.23), Bar.DOUBTFUL),
    ],
)
def test_what_is_not_offered_says_why(one: Candidate, bar: Bar, profiler: Profiler) -> None:
    found = Choices((candidate(WEDDING, 0.4),), (one, candidate(WEDDING, 0.4)))

    assert article_uses(found, profiler=profiler, area_path=(), day=DAY)[1].bar is bar


@pytest.mark.parametrize(
    ("one", "bar"),
    [
        (candidate(differences=("意思",), score=0.3), Bar.DIFFERS),
        (candidate(other_case=True), Bar.OTHER_CASE),
        (candidate(only_named=True), Bar.ONLY_NAMED),
        (candidate(narrower=True), Bar.NARROWER),
        (candidate(reworded="换了词"), Bar.REWORDED),
        (candidate(doubtful=True), Bar.DOUBTFUL),
        (candidate(reworded="换了词", score=0.4), Bar.UNSURE),
        (candidate(doubtful=True, score=0.6), Bar.UNSURE),
        (candidate(score=0.4), Bar.UNSURE),
        (candidate(), Bar.OTHERWISE),
    ],
)
def test_what_is_only_offered_says_why_it_is_not_given(one: Candidate, bar: Bar, profiler: Profiler) -> None:
    (used,) = article_uses(Choices((one,), (one,)), profiler=profiler, area_path=AT_ANDING, day=DAY)

    assert (used.use, used.bar) == (Use.OFFERED, bar)


def test_a_sure_one_behind_what_may_not_be_given_and_what_is_outdone_say_so(profiler: Profiler) -> None:
    over, sure, far = candidate(BUS_UNTIL_JULY), candidate(TESTING), candidate(WEDDING, 0.3)
    blocked = article_uses(
        Unknown((over, sure), expired=BUS_UNTIL_JULY), profiler=profiler, area_path=(), day=DAY
    )
    answered = article_uses(Answer(sure, (sure, far)), profiler=profiler, area_path=(), day=DAY)
    full = tuple(candidate(replace(TESTING, id=str(one)), 0.4) for one in range(5))
    crowded = article_uses(Choices(full, (*full, far)), profiler=profiler, area_path=(), day=DAY)

    assert [one.bar for one in blocked] == [Bar.OVER, Bar.BEHIND]
    assert [one.bar for one in answered] == [None, Bar.OUTDONE]
    assert crowded[-1].bar is Bar.CROWDED


def test_shared_words_are_told_apart_from_differences() -> None:
    one = candidate(reasons=("问法", "不想", "名字", "地点不同:甲/乙"), differences=("地点不同:甲/乙",))

    assert shared_words_of(one) == ("不想", "名字")


def match(score: float = 0.99, claim: object = LIQUOR, **told: object) -> ClaimMatch:
    given = {"claim": claim, "score": score, "reasons": ("喝酒", "酒"), **told}
    return ClaimMatch(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "bar"),
    [
        (match(reasons=()), Bar.UNCOMPARED),
        (match(0.1), Bar.UNLIKELY),
        (match(claim=SALT), Bar.OVER),
        (match(claim=replace(LIQUOR, scope=Scope(LINTAO))), Bar.ELSEWHERE),
        (match(differences=("地点",)), Bar.DIFFERS),
        (match(reworded="换了词"), Bar.REWORDED),
        (match(unplaced="渭源"), Bar.UNPLACED),
        (match(slight=True), Bar.SLIGHT),
        (match(0.5), Bar.UNSURE),
        (match(0.9), Bar.SOUNDS_PLAIN),
        (match(), Bar.OWN_AFFAIR),
    ],
)
def test_a_claim_that_is_not_repeated_says_why(one: ClaimMatch, bar: Bar) -> None:
    (used,) = claim_uses(Suspected((one,), 0.9), area_path=AT_ANDING, day=DAY)

    assert (used.use, used.bar) == (Use.LEFT, bar)


def test_what_is_repeated_stands_first_and_what_was_not_compared_last() -> None:
    unlike, best, other = match(0.0001, SALT, reasons=()), match(), match(0.99, PARCEL)

    known = claim_uses(Known(best, (unlike, best, other), 0.9), area_path=(), day=DAY)
    behind = claim_uses(Ordinary((match(differences=("地点",)), other), 0.1), area_path=(), day=DAY)

    assert [(one.use, one.bar) for one in known] == [
        (Use.GIVEN, None),
        (Use.LEFT, Bar.OUTDONE),
        (Use.LEFT, Bar.UNCOMPARED),
    ]
    assert [one.bar for one in behind] == [Bar.DIFFERS, Bar.BEHIND]


def test_what_is_asked_about_stands_before_what_is_left_and_after_what_is_told() -> None:
    meant, told, over = match(reworded="换了词"), match(claim=PARCEL), match(claim=SALT)

    used = claim_uses(Suspected((meant, told, over), 0.9, nearly=True, also=(told,)), area_path=(), day=DAY)

    assert [(one.candidate, one.use, one.bar) for one in used] == [
        (told, Use.GIVEN, None),
        (meant, Use.OFFERED, Bar.REWORDED),
        (over, Use.LEFT, Bar.OVER),
    ]


def test_what_is_offered_in_place_of_what_is_over_says_so(profiler: Profiler) -> None:
    over, instead = candidate(BUS_UNTIL_JULY), candidate(TESTING)
    found = Choices((instead,), (over, instead), nearly=True)

    used = article_uses(found, profiler=profiler, area_path=(), day=DAY)

    assert [(one.use, one.bar) for one in used] == [(Use.OFFERED, Bar.BEHIND), (Use.LEFT, Bar.OVER)]


def test_a_report_and_its_claim_say_what_they_share_and_what_differs(profiler: Profiler) -> None:
    found = resemblance("听说渭源县城要静默30天", ["通渭县城要静默30天"], profiler=profiler)

    assert found is not None
    assert "30" in found.shared
    assert found.differences == ("地点不同:渭源/通渭",)
    assert resemblance("今天天气好", ["村口贴着条子说超市要关门"], profiler=profiler) is None


def test_a_claim_of_which_a_copy_is_nearer_says_so() -> None:
    nearer = ClaimMatch(replace(LIQUOR, id="nearer", scope=Scope(LINTAO)), 0.97, "窗", ("说法",))
    farther = ClaimMatch(LIQUOR, 0.97, "窗", ("说法",), holds=False)

    used = claim_uses(Known(nearer, (nearer, farther), 0.9), area_path=AT_LINTAO, day=DAY)

    assert [(one.use, one.bar) for one in used] == [(Use.GIVEN, None), (Use.LEFT, Bar.FARTHER)]
