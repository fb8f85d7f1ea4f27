from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import Answer, Choices, Unknown
from knowledge.article import Article, Category
from knowledge.claim_match import ClaimMatch
from knowledge.fit import Candidate
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.routing import route
from knowledge.rumours import Ordinary, Suspected
from knowledge.text import Segmenter
from knowledge.understanding import understand
from tests.knowledge.shelves import ARTICLES, AT_ANDING, CLAIMS


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("核酸在哪里做", Intent.QUESTION),
        ("听说喝高度白酒能杀死新冠病毒是真的吗", Intent.RUMOUR),
        ("网传明天不让卖菜了，真的假的", Intent.RUMOUR),
        ("我家5口人，2个在外地", Intent.HEADCOUNT),
        ("俺家四口人，都在屋里", Intent.HEADCOUNT),
        ("倡议书发我看看", Intent.LETTER),
        ("我爷爷走了，后事咋办", Intent.CUSTOMS),
        ("退订", Intent.COMMAND),
        ("１", Intent.COMMAND),
        ("选第三个", Intent.COMMAND),
        ("编号是多少", Intent.COMMAND),
        ("我不想活了", Intent.CRISIS),
        ("谢谢你们", Intent.CHAT),
    ],
)
def test_each_intent_is_told_by_a_typical_message(
    library: Library, day: date, message: str, intent: Intent
) -> None:
    routing = understand(message, library=library, area_path=AT_ANDING, day=day).routing

    assert routing.intent is intent
    assert 0 < routing.probability <= 1
    assert routing.reasons


def test_a_crisis_comes_before_everything_else(library: Library, day: date) -> None:
    message = "我家5口人，听说要封城是真的吗，我不想活了"

    assert understand(message, library=library, area_path=(), day=day).routing.intent is Intent.CRISIS


def test_a_long_tale_of_ones_own_trouble_is_no_rumour(library: Library, day: date) -> None:
    tale = (
        "同志您好，我今年七十一了，两个儿子都在外头打工，屋里就我和一个孙子，自从封了就没出过门，面也快吃完了，"
        "队长说有收割队呢，等了三天没见人，隔壁说再下一场雨就全完了，我心里急得坐不住，孙子的网课也没人教，"
        "我说也说不下他，成天抱着个手机，你们能不能派个人，一定要给我回个话。"
    )

    assert understand(tale, library=library, area_path=(), day=day).routing.intent is Intent.QUESTION


@pytest.mark.parametrize(
    "message", ["我老汉前年殁了，屋里就我和两个孙子，麦子没人收", "我爸去年去世的，低保该停了吗"]
)
def test_a_death_of_years_ago_is_no_ceremony_of_today(library: Library, message: str) -> None:
    assert "own_ceremony" not in library.hear(message).cues


@pytest.mark.parametrize(
    "message",
    ["我大去年过世的，过周年能请人不", "我老汉昨晚殁了", "我屋里老人不在了", "我妈今早不在了，咋办"],
)
def test_a_death_of_today_and_its_anniversary_are_one(library: Library, message: str) -> None:
    assert "own_ceremony" in library.hear(message).cues


def test_who_is_not_at_home_has_not_died(library: Library) -> None:
    assert "own_ceremony" not in library.hear("我妈不在家，娃一个人").cues


@pytest.mark.parametrize(
    ("category", "score", "intent"),
    [
        (Category.TRAVEL, 0.7, Intent.QUESTION),
        (Category.TRAVEL, 0.3, Intent.CUSTOMS),
        (Category.FUNERAL, 0.7, Intent.CUSTOMS),
    ],
)
def test_what_only_sounds_like_a_ceremony_is_none_where_an_article_about_something_else_is_likelier(
    library: Library, category: Category, score: float, intent: Intent
) -> None:
    offered = (Candidate(Article("visit", "亲戚要来家里，可以吗？", "先报备。", category=category), score),)
    answering, check = Choices(offered, offered), Ordinary((), likelihood=0.0)

    for said in ("外地亲戚能来吗，来了要隔离不", "我想回老家过年能回不"):
        assert route(said, library=library, answering=answering, rumour_check=check).intent is intent


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("打墓得请人，庄里最多能来几个", Intent.CUSTOMS),
        ("门诊看病一回能进几个", Intent.QUESTION),
        ("群里都在传，最多只许来五个人，超了就抓走", Intent.QUESTION),
    ],
)
def test_what_a_ceremonys_article_nearly_answers_is_a_ceremony_or_a_question_and_nothing_else(
    library: Library, message: str, intent: Intent
) -> None:
    nearly = Candidate(
        Article("numbers", "丧事最多能来多少人？", "不超过十人。", category=Category.FUNERAL),
        0.87,
        reworded="一个说“打墓”，一个说“丧事”",
    )
    answering = Choices((nearly,), (nearly,), nearly=True)

    routing = route(message, library=library, answering=answering, rumour_check=Ordinary((), likelihood=0.0))

    assert routing.intent is intent


def test_numbers_in_a_question_are_no_headcount(library: Library, day: date) -> None:
    for message in ("我家5口人能领多少补助", "听说三个人阳了", "结婚请了30个人行吗"):
        routing = understand(message, library=library, area_path=(), day=day).routing
        assert routing.intent is not Intent.HEADCOUNT


@pytest.mark.parametrize(
    "message",
    [
        "我儿子八月结婚，能不能办席",
        "我家女儿下个月出嫁，请三十个人行不行",
        "我们家要给娃过满月",
        "我妈昨晚去世了，能不能办丧事",
        "我爷爷走了，后事咋办",
        "婚礼",
    ],
)
def test_a_familys_own_wedding_or_funeral_is_customs(library: Library, day: date, message: str) -> None:
    assert understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is Intent.CUSTOMS


@pytest.mark.parametrize(
    "message",
    [
        "急死人了结果咋还没出来",
        "热死人了风扇咋弄",
        "愁死人了娃上学咋办",
        "冻死人了队排到哪了",
        "坑死人了去哪告",
    ],
)
def test_who_is_vexed_to_death_tells_of_no_death(library: Library, day: date, message: str) -> None:
    assert (
        understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent
        is not Intent.CUSTOMS
    )


@pytest.mark.parametrize(
    "message", ["屋里死人了咋办", "昨晚死了人，往哪里埋", "庄里老了人咋埋", "愁死了，家里死人了咋办"]
)
def test_a_death_in_plain_words_is_customs(library: Library, day: date, message: str) -> None:
    assert understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is Intent.CUSTOMS


@pytest.mark.parametrize(
    "message", ["我要告我们队长乱摊派", "干部把菜只给他家亲戚分", "发给居民的消毒液呢", "把你家地址发我"]
)
def test_who_complains_or_asks_for_something_else_is_not_sent_the_letter(
    library: Library, day: date, message: str
) -> None:
    assert (
        understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is not Intent.LETTER
    )


@pytest.mark.parametrize(
    "message", ["社区发的信给我看一下", "给居民的那封信发我", "村上写的信再发一遍", "写给大家的倡议要一份"]
)
def test_the_letter_is_sent_to_whoever_asks_for_it_in_other_words(
    library: Library, day: date, message: str
) -> None:
    assert understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is Intent.LETTER


@pytest.mark.parametrize(
    "message",
    [
        "社区发的信息看不懂",
        "社区的信箱在哪",
        "村上信号不好",
        "社区信不过",
        "给大家信心",
        "我们响应你们的倡议",
    ],
)
def test_news_boxes_and_reception_are_no_letter(library: Library, day: date, message: str) -> None:
    assert (
        understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is not Intent.LETTER
    )


def test_whether_what_is_said_about_weddings_is_true_is_a_rumour_and_no_ones_own_wedding(
    library: Library, day: date
) -> None:
    for message in ("听说我们村结婚要罚款，真的吗", "网传办丧事要交钱，是不是谣言"):
        routing = understand(message, library=library, area_path=AT_ANDING, day=day).routing
        assert routing.intent is Intent.RUMOUR


def test_a_question_and_a_claim_at_once_go_by_the_one_that_is_surer(library: Library, day: date) -> None:
    asked = understand("核酸在哪里做", library=library, area_path=AT_ANDING, day=day)
    told = understand("喝高度白酒能杀死新冠病毒", library=library, area_path=AT_ANDING, day=day)

    assert asked.routing.intent is Intent.QUESTION
    assert "testing" in asked.routing.reasons
    assert told.routing.intent is Intent.RUMOUR
    assert "liquor" in told.routing.reasons


def test_what_is_nearly_a_known_claim_is_a_rumour_even_when_asked_plainly(library: Library) -> None:
    nearly = ClaimMatch(library.claims["liquor"], 0.97, reworded="一个说“米酒”，一个说“白酒”")
    check, unlike = (Suspected((nearly,), likelihood=0.5, nearly=one) for one in (True, False))

    asked, other = (
        route("喝米酒能不能杀病毒", library=library, answering=Unknown(()), rumour_check=one)
        for one in (check, unlike)
    )

    assert asked.intent is Intent.RUMOUR
    assert asked.reasons == ("与已公布的说法很像", "liquor")
    assert "liquor" not in other.reasons


def test_a_call_to_others_that_asks_nothing_is_a_rumour_though_an_article_would_fit_it(
    library: Library,
) -> None:
    article = Candidate(library.articles["testing"], 0.9)
    flagged = Suspected((), likelihood=0.9)

    told, asked, unlikely = (
        route(said, library=library, answering=Answer(article, (article,)), rumour_check=check).intent
        for said, check in (
            ("盐三天后断货，快去抢", flagged),
            ("盐三天后断货，去哪儿买", flagged),
            ("盐三天后断货，快去抢", replace(flagged, likelihood=0.6)),
        )
    )

    assert told is Intent.RUMOUR
    assert asked is unlikely is Intent.QUESTION


@pytest.mark.parametrize("message", ["今儿个天气真好啊", "早上好", "哈哈哈", "辛苦了"])
def test_small_talk_is_chat(library: Library, day: date, message: str) -> None:
    assert understand(message, library=library, area_path=AT_ANDING, day=day).routing.intent is Intent.CHAT


@pytest.mark.parametrize("message", ["", "？？？", "😷", "[捂脸]"])
def test_what_says_nothing_has_an_intent_all_the_same(library: Library, day: date, message: str) -> None:
    routing = understand(message, library=library, area_path=AT_ANDING, day=day).routing

    assert routing.intent in {Intent.CHAT, Intent.QUESTION}
    assert routing.reasons


def test_what_is_ruled_out_takes_no_part_of_the_probability(library: Library, day: date) -> None:
    """Neither a crisis nor a rumour is borne out by anything but the sound."""
    said = library.hear("棉签上有荧光粉，晚上拿紫光灯一照发亮呢")
    chances = library.models.routing.chances(said.sample)

    routing = understand(said.text, library=library, area_path=AT_ANDING, day=day).routing

    ruled_out = chances[Intent.CRISIS] + chances[Intent.RUMOUR]
    assert routing.intent is Intent.CHAT
    assert chances[Intent.CHAT] / (1 - ruled_out) <= routing.probability <= 1
