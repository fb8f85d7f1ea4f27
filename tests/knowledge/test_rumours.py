from dataclasses import replace
from datetime import date

import pytest

from knowledge.article import Validity
from knowledge.claim import Claim, Verdict
from knowledge.claim_seeds import sample_claims
from knowledge.cues import load_cues
from knowledge.library import Library
from knowledge.rumours import Known, Ordinary, RumourCheck, Suspected, check_rumour
from knowledge.text import Segmenter, normalise
from tests.knowledge.shelves import AT_ANDING, CLAIMS, LIQUOR

FILLER = "今天早上去县城买东西，路上人不多，天气也好，顺便给娃买了双鞋。回来的时候遇见二叔，聊了几句庄稼。"


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(claims=CLAIMS, segmenter=segmenter, places=["临洮县", "通渭县"])


def check(library: Library, message: str, day: date) -> RumourCheck:
    return check_rumour(message, library=library, area_path=AT_ANDING, day=day)


@pytest.mark.parametrize(
    "message",
    [
        "听说喝高度白酒能杀死新冠病毒是真的吗",
        "喝高度白酒能杀死新冠病毒",
        "家人们注意了！喝高度白酒能杀死新冠病毒！赶紧转发给你的亲戚！",
        "聽說喝高度白酒能殺死新冠病毒，真的假的？",
        FILLER * 4 + "对了，喝高度白酒能杀死新冠病毒，大家都试试。" + FILLER * 4,
    ],
)
def test_a_published_claim_is_recognised_bare_asked_about_or_inside_a_long_post(
    library: Library, day: date, message: str
) -> None:
    found = check(library, message, day)

    assert isinstance(found, Known)
    assert found.best.claim.id == "liquor"


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("上午全县封路", "问下午全县封路是真的吗"),
        ("上午全县封路", "问一下午全县封路是真的吗"),
        ("这周一全县封路", "问下周一全县封路是真的吗"),
        ("这个月全县封路", "问下个月全县封路是真的吗"),
    ],
)
def test_a_courtesy_takes_no_day_from_a_rumour(
    claimed: str, said: str, segmenter: Segmenter, day: date
) -> None:
    library = Library.build(claims=[Claim("road", claimed, Verdict.FALSE, "没有封路。")], segmenter=segmenter)

    assert isinstance(check(library, f"听说{claimed}是真的吗", day), Known)
    assert not isinstance(check(library, said, day), Known)


PLACED = (
    Claim("water", "临洮县今晚8点起全县停水三天", Verdict.FALSE, "没有停水。"),
    Claim("shops", "西安所有超市明天关门", Verdict.FALSE, "照常营业。"),
    Claim("closed", "定西明天零点起全城封闭，只进不出", Verdict.FALSE, "没有封城。"),
)


@pytest.fixture(scope="module")
def placed(segmenter: Segmenter) -> Library:
    return Library.build(claims=PLACED, segmenter=segmenter, places=["临洮县", "通渭县"])


@pytest.mark.parametrize(
    "message",
    [
        "通渭县紧急通知，今晚8点起全县停水三天",
        "紧急通知：通渭的亲们注意了！今晚8点起，全县停水三天，赶紧接水，转发",
        "兰州的家人们，所有超市明天关门，赶紧去买菜",
        "陕西的家人们，所有超市明天关门，赶紧去买菜",
        "通渭县明天零点起全城封闭，只进不出",
    ],
)
def test_what_is_said_of_another_place_or_only_of_a_part_is_never_answered_wherever_the_place_stands(
    placed: Library, day: date, message: str
) -> None:
    found = check(placed, message, day)

    assert isinstance(found, Suspected)
    assert any("地点不同" in difference for difference in found.matches[0].differences)


def test_what_is_said_of_another_day_is_never_answered_though_the_day_stands_in_another_clause(
    placed: Library, day: date
) -> None:
    found = check(placed, "后天开始！！定西全城封闭，只进不出，快买菜", day)

    assert isinstance(found, Suspected)
    assert any("日期不同" in difference for difference in found.matches[0].differences)


def test_a_known_claim_with_another_day_in_it_is_for_a_person_though_nothing_else_makes_it_look_like_one(
    segmenter: Segmenter, day: date
) -> None:
    claims = [Claim("school", "8月20日起定西中小学停课", Verdict.FALSE, "没有停课。")]
    library = Library.build(claims=claims, segmenter=segmenter)

    assert isinstance(check(library, "刚接到消息，8月25日起，定西中小学都停课", day), Suspected)


@pytest.mark.parametrize(
    "message",
    [
        "临洮县紧急通知，今晚8点起全县停水三天",
        "转发一条：通渭和临洮的亲们注意了！今晚8点起，全县停水三天",
        "今晚8点起全县停水三天，听说了没",
        "陕西西安的家人们，所有超市明天关门，赶紧去买菜",
        "昨天听人说，零点起定西全城封闭，只进不出",
        "明天开始！！定西全城封闭，只进不出，快买菜",
    ],
)
def test_what_names_the_place_or_the_day_in_another_clause_is_the_same_claim(
    placed: Library, day: date, message: str
) -> None:
    assert isinstance(check(placed, message, day), Known)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("听说明天零点全县封城三十天，是真的吗", "数量不同"),
        ("听说喝高度白酒杀不死新冠病毒是真的吗", "有效与否不同"),
        ("听说后天零点全县封城三天是真的吗", "日期不同"),
    ],
)
def test_a_claim_with_its_meaning_flipped_goes_to_a_person_with_the_difference_said(
    library: Library, day: date, message: str, said: str
) -> None:
    found = check(library, message, day)

    assert isinstance(found, Suspected)
    assert any(said in difference for difference in found.matches[0].differences)
    assert found.meant is None
    assert not found.matches[0].reworded


REWORDED = "听说喝醋能杀灭肠道病毒，防新冠"
TOLD_ON = date(2022, 7, 15)
VINEGAR = "喝醋能杀病毒、防新冠"


@pytest.fixture(scope="module")
def desk(segmenter: Segmenter) -> Library:
    return Library.build(claims=sample_claims(day=date(2022, 7, 15)), segmenter=segmenter)


def test_the_verdict_is_not_repeated_where_one_word_stands_in_anothers_place_but_the_claim_is_shown(
    desk: Library,
) -> None:
    found = check(desk, REWORDED, TOLD_ON)

    assert isinstance(found, Suspected)
    assert found.meant is found.matches[0]
    assert found.meant.claim.text == VINEGAR
    assert "肠道病毒" in found.meant.reworded


def test_it_is_nearly_the_claim_only_while_that_holds(desk: Library) -> None:
    claim = next(claim for claim in desk.claims.values() if claim.text == VINEGAR)
    over = desk.copy()
    over.publish_claim(replace(claim, validity=Validity(valid_to=date(2022, 7, 14))))

    found = check(over, REWORDED, date(2022, 7, 15))

    assert isinstance(found, Suspected)
    assert found.meant is None


def test_a_plain_question_that_is_nearly_a_claim_is_shown_it_too(desk: Library) -> None:
    found = check(desk, "今天全市加油站不给加油了吗", date(2022, 7, 15))

    assert isinstance(found, Suspected)
    assert found.meant is not None


def test_the_verdict_is_not_repeated_where_a_word_more_may_take_back_half_of_it(desk: Library) -> None:
    found = check(desk, "听说安定区药店的儿童退烧药全部下架了", TOLD_ON)

    assert isinstance(found, Suspected)
    assert found.meant is not None
    assert "儿童" in found.meant.reworded


@pytest.mark.parametrize(
    "frame", ["{}啦", "{}么", "他姨说{}", "昨天听说{}", "大夫说{}", "{}，太吓人了", "同志，{}"]
)
def test_who_says_so_and_how_takes_no_verdict_away(desk: Library, frame: str) -> None:
    """Three of a hundred may lose it: where the frame and the claim make up a word together."""
    claims = [claim for claim in desk.claims.values() if isinstance(check(desk, claim.text, TOLD_ON), Known)]
    nearly = [
        claim for claim in claims if isinstance(check(desk, frame.format(claim.text), TOLD_ON), Suspected)
    ]

    assert len(nearly) <= 0.03 * len(claims)


def test_what_a_post_repeats_beside_what_it_nearly_does_is_told_as_well(desk: Library) -> None:
    found = check(desk, "听说安定区药店的儿童退烧药全部下架了。还说喝醋能杀病毒", TOLD_ON)

    assert isinstance(found, Suspected)
    assert found.meant is not None
    assert [match.claim.text for match in found.also] == [VINEGAR]


def test_the_verdict_of_an_expired_claim_is_not_repeated(library: Library) -> None:
    message = "听说食盐马上断货要涨价，真的吗"

    assert isinstance(check(library, message, date(2022, 7, 10)), Known)
    assert isinstance(check(library, message, date(2022, 7, 11)), Suspected)


@pytest.mark.parametrize(
    "message",
    [
        "村头井水喝了会得怪病是真的吗",
        "内部消息，水库里捞出来一车死猪，千万别喝自来水，快转发",
        "网传以后不准养鸡了，是不是谣言",
    ],
)
def test_something_new_going_round_is_suspected_with_its_reasons(
    library: Library, day: date, message: str
) -> None:
    found = check(library, message, day)

    assert isinstance(found, Suspected)
    assert found.reasons
    assert found.likelihood >= 0.5


@pytest.mark.parametrize(
    "message",
    [
        "核酸还做吗",
        "我儿子八月结婚，能不能办席",
        "我爷爷昨晚走了，后事怎么办",
        "你好",
        "民政局通知：各养老机构继续封闭管理，请家属配合",
        "是真的吗",
        "",
    ],
)
def test_plain_questions_family_plans_and_notices_are_ordinary(
    library: Library, day: date, message: str
) -> None:
    assert isinstance(check(library, message, day), Ordinary)


@pytest.mark.parametrize(
    "message",
    [
        "核酸还做吗",
        "养老院让不让进去看老人",
        "娃娃啥时候开学",
        "封控区怎么买菜",
        "健康码黄了怎么办",
        "去哪里打疫苗",
        "结婚能请几桌",
        "低保咋申请",
    ],
)
@pytest.mark.parametrize("published", [CLAIMS, ()], ids=["with claims", "without a claim"])
def test_a_plain_question_is_never_suspected(
    segmenter: Segmenter, day: date, message: str, published: tuple[Claim, ...]
) -> None:
    assert isinstance(check(Library.build(claims=published, segmenter=segmenter), message, day), Ordinary)


@pytest.mark.parametrize(
    "message",
    [
        "我儿子八月结婚，能不能办席",
        "我家女儿下个月出嫁，请三十个人行不行",
        "我们家要给娃过满月",
        "我爷爷走了，后事咋办",
        "我妈昨晚去世了，能不能办丧事",
        "我弟弟结婚，喝高度白酒能杀死新冠病毒的那种席能办吗",
    ],
)
def test_a_familys_own_wedding_or_funeral_is_never_a_rumour(
    library: Library, day: date, message: str
) -> None:
    assert isinstance(check(library, message, day), Ordinary)


@pytest.mark.parametrize(
    "said",
    [
        "吃香蕉会变成绿码",
        "明天起不准养羊",
        "县医院的井水有毒",
        "戴两个口罩会缺氧死人",
        "三中的老师全都辞职了",
        "今年不让种洋芋",
    ],
)
@pytest.mark.parametrize("question", ["{}是真的吗", "{}，真的假的", "听说{}，是不是谣言", "{}这事靠谱吗"])
def test_whether_something_nobody_has_published_is_true_goes_to_a_person(
    library: Library, day: date, said: str, question: str
) -> None:
    found = check(library, question.format(said), day)

    assert isinstance(found, Suspected)
    assert found.likelihood >= 0.5
    assert "问真假" in found.reasons


@pytest.mark.parametrize(
    "message",
    [
        "民政局通知：各养老机构继续封闭管理，请家属配合",
        "定西市联防联控领导小组办公室通告：7月14日起安定区开展三轮全员核酸检测，请居民携带身份证到就近采样点，联系电话：0932-8210000。特此通告",
        "根据省疫情防控指挥部要求，现将有关事项通知如下：一、公共场所须扫码测温；二、红事缓办、白事简办。",
        "安定区教育局关于秋季学期开学时间的通知：全区中小学8月25日开学",
    ],
)
def test_an_official_notice_is_ordinary(library: Library, day: date, message: str) -> None:
    assert isinstance(check(library, message, day), Ordinary)


@pytest.mark.parametrize(
    "message",
    [
        "【喝高度白酒能杀死新冠病毒】家人们转起来",
        "#定西疫情#喝高度白酒能杀死新冠病毒",
        "喝高度白酒能杀死新冠病毒\n\n大家都试试\n转发",
        f"{FILLER}听说喝高度白酒能杀死新冠病毒。{FILLER}还有人说收洋芋的不来了。",
    ],
)
def test_a_published_claim_is_known_in_headlines_behind_hashtags_and_among_lines(
    library: Library, day: date, message: str
) -> None:
    found = check(library, message, day)

    assert isinstance(found, Known)
    assert found.best.claim.id == "liquor"


def test_of_two_published_claims_in_one_post_both_are_listed_first(library: Library, day: date) -> None:
    found = check(library, f"收快递会感染新冠病毒。{FILLER}明天零点全县封城三天，快转发！", day)

    assert isinstance(found, Known)
    assert {match.claim.id for match in found.matches[:2]} == {"parcel", "lock-down"}


def test_claims_too_unlike_to_be_judged_are_listed_as_next_to_impossible_without_reasons(
    library: Library, day: date
) -> None:
    found = check(library, FILLER, day)

    assert found.matches
    assert all(match.score < 0.001 and not match.reasons for match in found.matches)


@pytest.mark.parametrize("phrasings", [("？？？",), ("喝酒防病毒", "😷"), ("！", "喝酒防病毒")])
def test_a_claim_with_a_wording_of_marks_only_is_still_known(
    segmenter: Segmenter, day: date, phrasings: tuple[str, ...]
) -> None:
    claims = [replace(LIQUOR, phrasings=phrasings), *CLAIMS[1:]]

    found = check(
        Library.build(claims=claims, segmenter=segmenter), "听说喝高度白酒能杀死新冠病毒是真的吗", day
    )

    assert isinstance(found, Known)
    assert found.best.claim.id == "liquor"


def test_what_speaks_against_is_no_reason_to_look(library: Library, day: date) -> None:
    message = "听说村头井水喝了会得怪病，是真的吗，能不能喝"
    sheet = load_cues()

    found = check(library, message, day)

    assert {"plain_question", "asks_truth"} <= sheet.found_in(normalise(message))
    assert isinstance(found, Suspected)
    assert "问真假" in found.reasons
    assert "普通提问" not in found.reasons


def test_an_empty_library_still_notices_what_goes_round(segmenter: Segmenter, day: date) -> None:
    found = check(Library.build(segmenter=segmenter), "听说明天要封城，真的假的", day)

    assert isinstance(found, Suspected)
    assert found.matches == ()
