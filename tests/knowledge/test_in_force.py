"""Of copies for several places and times the nearest that holds is told, and what no longer holds stands in nobody's way."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import Answer, Choices, Unknown, find_answer
from knowledge.article import Article, Scope, Validity
from knowledge.claim import Claim, Verdict
from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, Suspected, check_rumour
from knowledge.text import Segmenter
from tests.knowledge.conftest import DAY
from tests.knowledge.shelves import AT_ANDING, AT_LINTAO

MEAT = Claim("meat", "学校食堂的肉有问题", Verdict.FALSE, "抽检合格。")
LINTAO, ANDING = Scope(AT_LINTAO[1]), Scope(AT_ANDING[1])
OVER = Validity(date(2022, 1, 1), date(2022, 5, 31))
YELLOW = Article("yellow", "健康码变黄怎么办？", "先居家，联系社区。")
YELLOW_OVER = replace(YELLOW, id="yellow-over", question="健康码变黄了怎么办？", validity=OVER)
HEARSAY = "听说学校食堂的肉有问题"


def check(
    claims: list[Claim], segmenter: Segmenter, *, at: tuple[str, ...], said: str = HEARSAY
) -> RumourCheck:
    library = Library.build(claims=claims, segmenter=segmenter, places=["临洮县", "安定区"])
    return check_rumour(said, library=library, area_path=at, day=DAY)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_countys_own_verdict_goes_before_that_for_everywhere(
    segmenter: Segmenter, *, backwards: bool
) -> None:
    claims = [MEAT, replace(MEAT, id="meat-lintao", verdict=Verdict.TRUE, scope=LINTAO)]

    there, elsewhere, nowhere = (
        check(claims[::-1] if backwards else claims, segmenter, at=at) for at in (AT_LINTAO, AT_ANDING, ())
    )

    assert isinstance(there, Known)
    assert there.best.claim.id == "meat-lintao"
    for found in (elsewhere, nowhere):
        assert isinstance(found, Known)
        assert found.best.claim.id == "meat"


@pytest.mark.parametrize(("at", "told"), [(AT_LINTAO, "meat-lintao"), (AT_ANDING, "meat-anding")])
def test_of_two_counties_verdicts_each_hears_its_own(
    segmenter: Segmenter, at: tuple[str, ...], told: str
) -> None:
    claims = [replace(MEAT, id="meat-anding", scope=ANDING), replace(MEAT, id="meat-lintao", scope=LINTAO)]

    found = check(claims, segmenter, at=at)

    assert isinstance(found, Known)
    assert found.best.claim.id == told


def test_a_claim_that_is_over_leaves_the_word_to_its_copy_that_is_not(segmenter: Segmenter) -> None:
    claims = [replace(MEAT, id="meat-over", verdict=Verdict.TRUE, validity=OVER), MEAT]

    found = check(claims, segmenter, at=AT_ANDING)

    assert isinstance(found, Known)
    assert found.best.claim.id == "meat"


def test_the_successor_of_a_claim_in_other_words_is_shown(segmenter: Segmenter) -> None:
    claims = [
        replace(MEAT, id="meat-over", validity=OVER),
        replace(MEAT, id="meat-now", text="学校食堂里的肉质量有问题"),
    ]

    found = check(claims, segmenter, at=AT_ANDING)

    assert isinstance(found, Suspected)
    assert found.meant
    assert found.meant.claim.id == "meat-now"


def test_a_claim_that_is_over_or_another_countys_is_marked_as_such(segmenter: Segmenter) -> None:
    for claim, at in ((replace(MEAT, validity=OVER), AT_ANDING), (replace(MEAT, scope=LINTAO), AT_ANDING)):
        found = check([claim], segmenter, at=at)

        assert not isinstance(found, Known)
        assert not found.matches[0].holds
    assert check([replace(MEAT, scope=LINTAO)], segmenter, at=()).matches[0].holds


def test_an_article_in_other_words_is_offered_where_the_one_asked_for_is_over(segmenter: Segmenter) -> None:
    library = Library.build([YELLOW_OVER, YELLOW], segmenter=segmenter)

    found = find_answer("健康码变黄了怎么办？", library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(found, Choices)
    assert [one.article.id for one in found.offered] == ["yellow"]
    assert found.meant == found.offered[0]


def test_nothing_likely_in_its_place_an_article_that_is_over_is_said_to_be_over(segmenter: Segmenter) -> None:
    other = Article("market", "集市什么时候开？", "每逢三六九。")
    library = Library.build([YELLOW_OVER, other], segmenter=segmenter)

    found = find_answer("健康码变黄了怎么办？", library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(found, Unknown)
    assert found.expired == YELLOW_OVER


@pytest.mark.parametrize("at", [AT_LINTAO, AT_ANDING, ()])
def test_that_a_rule_for_several_areas_is_over_is_said_in_each(
    segmenter: Segmenter, at: tuple[str, ...]
) -> None:
    general = replace(YELLOW_OVER, id="general")
    twins = [
        replace(general, id="lintao", scope=LINTAO),
        replace(general, id="anding", scope=ANDING),
        general,
    ]
    library = Library.build(twins, segmenter=segmenter)

    found = find_answer("健康码变黄了怎么办？", library=library, area_path=at, day=DAY)

    assert isinstance(found, Unknown)
    assert found.expired
    assert found.expired.scope.covers(at)


def test_a_sure_answer_stays_one_beside_what_is_over(segmenter: Segmenter) -> None:
    library = Library.build([replace(YELLOW, id="over", validity=OVER), YELLOW], segmenter=segmenter)

    found = find_answer("健康码变黄怎么办", library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(found, Answer)
    assert found.best.article.id == "yellow"


COUNTIES = tuple(f"6211{number:02}000000" for number in range(1, 31))
SEALED = Claim("sealed", "全县从明天零点起封城", Verdict.FALSE, "没有封城。")


@pytest.mark.parametrize("many", [7, 30])
@pytest.mark.parametrize("general", [False, True])
def test_however_many_counties_have_a_verdict_of_their_own_each_hears_it(
    segmenter: Segmenter, many: int, *, general: bool
) -> None:
    copies = [replace(SEALED, id=f"sealed-{code}", scope=Scope(code)) for code in COUNTIES[:many]]
    library = Library.build(claims=[*copies, *([SEALED] if general else [])], segmenter=segmenter)

    for code in (COUNTIES[0], COUNTIES[many // 2], COUNTIES[many - 1]):
        at = (AT_ANDING[0], code)
        found = check_rumour(f"听说{SEALED.text}，是真的吗", library=library, area_path=at, day=DAY)

        assert isinstance(found, Known)
        assert found.best.claim.id == f"sealed-{code}"
        assert found.also == ()


@pytest.mark.parametrize("general", [False, True])
def test_however_many_communities_have_an_answer_of_their_own_each_gets_it(
    segmenter: Segmenter, *, general: bool
) -> None:
    office = Article("office", "社区办公室电话是多少？", "问12345。", ("社区电话多少", "居委会电话号码"))
    codes = [f"6211020010{number:02}" for number in range(1, 93)]
    copies = [
        replace(office, id=f"office-{code}", answer=f"白天打{int(code) % 8999 + 1000}。", scope=Scope(code))
        for code in codes
    ]
    library = Library.build([*copies, *([office] if general else [])], segmenter=segmenter)

    for code in (codes[0], codes[45], codes[-1]):
        at = (*AT_ANDING, code)
        found = find_answer("社区办公室电话是多少", library=library, area_path=at, day=DAY)

        assert isinstance(found, Answer)
        assert found.best.article.id == f"office-{code}"


def test_who_lives_nowhere_known_is_asked_where_if_the_successor_holds_in_one_area(
    segmenter: Segmenter,
) -> None:
    over = Article("over", "结婚登记需要预约吗？", "不用。", validity=OVER)
    now = Article("now", "结婚登记要预约吗？", "要。", scope=LINTAO)
    library = Library.build([over, now], segmenter=segmenter)

    found = find_answer("结婚登记需要预约吗", library=library, area_path=(), day=DAY)

    assert isinstance(found, Unknown)
    assert found.needs_area


def test_copies_are_found_after_the_one_that_is_told(segmenter: Segmenter) -> None:
    claims = [replace(MEAT, id="meat-lintao", scope=LINTAO), MEAT]

    found = check(claims, segmenter, at=AT_LINTAO)

    assert [(match.claim.id, match.holds) for match in found.matches] == [
        ("meat-lintao", True),
        ("meat", False),
    ]


def test_what_is_offered_in_place_of_what_is_over_is_among_the_candidates(segmenter: Segmenter) -> None:
    library = Library.build([YELLOW_OVER, YELLOW], segmenter=segmenter)

    found = find_answer("健康码变黄了怎么办？", library=library, area_path=AT_ANDING, day=DAY)

    assert {one.article.id for one in found.offered} <= {one.article.id for one in found.candidates}
    assert sorted(found.candidates, key=lambda one: -one.score) == list(found.candidates)
