from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import Answer, Choices, Unknown
from knowledge.article import Article, Category
from knowledge.crisis import CrisisKind, is_crisis
from knowledge.fit import Candidate
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.routing import route
from knowledge.rumours import ClaimMatch, Ordinary, Suspected
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


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("我想喝农药算了", CrisisKind.SELF_HARM),
        ("我哥说他没脸活了，电话也打不通", CrisisKind.SELF_HARM),
        ("活着没意思，想一死了之", CrisisKind.SELF_HARM),
        ("孩子抽搐了叫不醒", CrisisKind.MEDICAL),
        ("我爸胸口疼得喘不上气", CrisisKind.MEDICAL),
        ("打完疫苗脸肿了出不来气", CrisisKind.MEDICAL),
        ("老汉半夜里气都上不来咧", CrisisKind.MEDICAL),
        ("娃吃了虾喉咙肿起来咽不下", CrisisKind.MEDICAL),
        ("奶奶一口一口倒气", CrisisKind.MEDICAL),
        ("打完疫苗脸肿了", CrisisKind.MEDICAL),
        ("阳了烧着呢，吸不进气", CrisisKind.MEDICAL),
        ("怀着娃气短得上不了楼", CrisisKind.MEDICAL),
        ("娃烧得嘴皮发青", CrisisKind.MEDICAL),
        ("我婆婆喝了农药", CrisisKind.MEDICAL),
        ("娃把农药喝上了", CrisisKind.MEDICAL),
        ("老汉喝了一瓶老鼠药", CrisisKind.MEDICAL),
        ("我大心口子疼得冒冷汗", CrisisKind.MEDICAL),
        ("胸口压得慌，胳膊也麻", CrisisKind.MEDICAL),
        ("打完疫苗浑身起疹子，气短得很", CrisisKind.MEDICAL),
        ("排队做核酸老人晒晕了", CrisisKind.MEDICAL),
        ("我妈三天没吃饭了话也不说了", CrisisKind.MEDICAL),
        ("救救我妈", CrisisKind.MEDICAL),
        ("救命", CrisisKind.UNCLEAR),
        ("掌柜的把百草枯当水喝了一口", CrisisKind.MEDICAL),
        ("婆婆误吃了野蘑菇，人都迷糊了", CrisisKind.MEDICAL),
        ("我哥糖尿病没打胰岛素，昏昏沉沉的", CrisisKind.MEDICAL),
        ("地里晒了一天，身上烫得很，说胡话", CrisisKind.MEDICAL),
        ("放羊叫蛇咬了，腿肿了", CrisisKind.MEDICAL),
        ("枣核卡到嗓子里，脸憋得青紫", CrisisKind.MEDICAL),
        ("接种点刚打完针，人就栽倒了", CrisisKind.MEDICAL),
        ("怀娃八个月，眼睛花，脚肿得很", CrisisKind.MEDICAL),
        ("铡草机把手铰了", CrisisKind.MEDICAL),
        ("吃了花生起红疙瘩，脖子肿了", CrisisKind.MEDICAL),
        ("一壶开水倒到娃身上了", CrisisKind.MEDICAL),
        ("生完娃第五天，血流得止不住", CrisisKind.MEDICAL),
        ("娃掉到涝坝里了", CrisisKind.MEDICAL),
        ("狗把娃脸咬烂了", CrisisKind.MEDICAL),
        ("独居老汉两天没开门，敲门没人应", CrisisKind.MEDICAL),
        ("隔壁后爸拿皮带抽那个娃", CrisisKind.VIOLENCE),
        ("有个男的撕我衣服", CrisisKind.VIOLENCE),
        ("我女子叫人拉上车拉走了", CrisisKind.VIOLENCE),
        ("把老人锁在柴房里，没给吃的", CrisisKind.VIOLENCE),
        ("女子胳膊上是刀片划的", CrisisKind.SELF_HARM),
        ("同学站在楼顶边上不下来", CrisisKind.SELF_HARM),
        ("我弟说下辈子再做兄弟", CrisisKind.SELF_HARM),
        ("发大水了，水进院子了", CrisisKind.FIRE),
        ("电梯卡住了，娃在里头", CrisisKind.FIRE),
        ("后山塌下来了", CrisisKind.FIRE),
        ("老人快不行了", CrisisKind.MEDICAL),
        ("男人喝醉了打人，拿着刀", CrisisKind.VIOLENCE),
        ("邻居家着火了", CrisisKind.FIRE),
        ("我 想 自 殺", CrisisKind.SELF_HARM),
    ],
)
def test_danger_to_life_is_heard_and_its_kind_told(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize(
    "message",
    [
        "笑死我了",
        "今天热死了",
        "酒精能杀死病毒吗",
        "听说有人被打了是真的吗",
        "坐火车要几小时核酸",
        "打人工电话咋没人接",
        "娃娃打疫苗疼不疼",
        "灭火器在哪里领",
        "暖气上不来，屋里冷得很",
        "液化气接不上咋办",
        "煤气灶出不来气",
        "嗓子肿了，天气太干吃啥",
        "嗓子肿了咽不下饭",
        "绊了一跤没摔倒气得哭",
        "烟囱倒气咋收拾",
        "打完针胳膊肿了",
        "哮喘的人打完疫苗要注意啥",
        "打农药收麦子要戴口罩不",
        "下地打农药能出村吗",
        "娃不吃饭光耍手机",
        "炉子咋样防煤烟中毒",
        "去年我爸中风过，现在能打疫苗吗",
        "电视剧里那个人跳河了，太可惜了",
        "孕妇快生了，要准备啥手续",
        "我小时候掉到河里过，现在还怕水",
        "邻居叫人拉走隔离了",
        "痰卡在嗓子里怎么办",
        "手指头断了的老人谁能代签字",
        "120户没通电",
        "罚120元没通知",
        "封控120天没人来过",
        "120斤洋芋没人来拉",
        "养老金120没到账",
        "打120没通行证能过卡口吗",
        "",
    ],
)
def test_figures_of_speech_and_questions_are_no_crisis(message: str) -> None:
    assert is_crisis(message) is None


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
