"""Which handler takes which sentence. Adding a handler means adding its rows here."""

from collections.abc import Iterator

import pytest

from bot import conversation as talks
from bot.dispatch import choose
from bot.handlers.context import Context
from bot.handlers.registry import HANDLERS
from bot.messages import Inbound, Kind
from bot.runtime import Runtime
from bot.store import residents
from bot.store.engine import Session

ROWS = (
    ("danger", "我不想活了"),
    ("danger", "救命啊，有人打我"),
    ("danger", "娃抽风了，翻白眼"),
    ("danger", "老人摔了，打120一直没人接"),
    ("danger", "叫了120半天不来"),
    ("ask", "我爸快不行了，想回去看他最后一面，我在兰州"),
    ("leaving", "取消"),
    ("leaving", "退订"),
    ("leaving", "訂閱"),
    ("leaving", "别再给我发消息了"),
    ("ask", "怎么取消订阅"),
    ("guide", "帮助"),
    ("guide", "帮助！！"),
    ("guide", "怎么用？"),
    ("own_inquiries", "我问过的"),
    ("own_inquiries", "进度"),
    ("own_inquiries", "进度 １２"),
    ("own_inquiries", "查进度十二"),
    ("my_data", "我的数据"),
    ("my_data", "删除"),
    ("person", "人工"),
    ("appeal", "我有不同意见"),
    ("appeal", "我对核实结果有不同看法：那天我在场"),
    ("person", "转人工"),
    ("relay", "绑定 ACDEFGHJ"),
    ("community", "我的社区"),
    ("community", "我住在平襄镇城关村"),
    ("community", "我搬到安定区了"),
    ("community", "我在李家沟"),
    ("ask", "我娃搬到兰州了"),
    ("headcount", "我家5口人,2个在外地"),
    ("headcount", "屋里六口人，娃娃两个"),
    ("headcount", "我家十来口人"),
    ("headcount", "我娃在陇西上学没回来"),
    ("ask", "我娃在陇西上学"),
    ("small_talk", "你好"),
    ("small_talk", "在吗？"),
    ("small_talk", "谢谢啦"),
    ("risk_level", "临洮现在啥风险"),
    ("risk_level", "高风险区有哪些"),
    ("ask", "什么叫高风险区"),
    ("letter", "倡议书"),
    ("letter", "把倡议书发我看看"),
    ("after_a_feast", "婚礼办完了，有个客人阳了咋办"),
    ("after_a_feast", "埋完人了，有亲戚确诊了，我们要隔离吗"),
    ("customs", "婚礼上能请几桌"),
    ("customs", "红白事"),
    ("customs", "我儿子下月初六结婚咋办"),
    ("customs", "我奶奶走了，想办个席"),
    ("customs", "死人了往哪埋"),
    ("asides", "你们就是骗人的"),
    ("rumour", "听说明天零点定西要封城，真的吗"),
    ("rumour", "紧急扩散！家人们赶紧囤粮，明天超市全关门"),
    ("rumour", "群里说打了疫苗会变磁铁，是真的吗"),
    ("ask", "去兰州回来要不要做核酸"),
    ("ask", "养老院现在能进去看人吗"),
    ("ask", "他妈的核酸结果咋查"),
    ("asides", "网格员不管我家没药了"),
    ("rumour", "听说政府隐瞒疫情是真的吗"),
    ("asides", "政府隐瞒疫情"),
    ("ask", "我要投诉村支书"),
    ("asides", "你们都是吃干饭的"),
    ("asides", "我快崩溃了"),
    ("asides", "封了一个月了，我要疯了"),
    ("asides", "明天下雨吗"),
    ("asides", "打了12345也没用"),
    ("asides", "我想我妈了，她去年走的"),
    ("asides", "我是网格员，任务在哪看"),
    ("ask", "我是网格员，有人不开门咋办"),
    ("ask", "揭不开锅咧"),
    ("ask", "屋里断顿咧"),
    ("small_talk", "您好，请问一下"),
    ("asides", "你是谁"),
    ("asides", "说人话"),
    ("asides", "8888"),
    ("hotlines", "12320"),
    ("hotlines", "12345是干啥的"),
    ("asides", "15593212345"),
    ("ask", "84"),
    ("asides", "83"),
    ("small_talk", "谢谢你啊帮了大忙"),
    ("small_talk", "谢谢，你帮了我大忙了"),
    ("ask", "KTV能唱歌不"),
    ("asides", "给我唱首歌"),
    ("ask", "谣言咋举报"),
    ("ask", "有人借疫情要钱是不是骗子"),
    ("rumour", "听说有人借疫情要钱是不是骗子"),
    ("asides", "can i go home"),
    ("small_talk", "谢谢您，辛苦了"),
    ("small_talk", "谢谢你啊"),
    ("small_talk", "好嘞，谢谢了哈"),
    ("fallback", "😭😭"),
    ("fallback", "。"),
    ("fallback", "嗷呜嗷呜"),
)


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    with runtime.database.transaction() as session:
        yield session


def context(
    runtime: Runtime, session: Session, words: str, *, talk: talks.Conversation | None = None
) -> Context:
    now = runtime.clock()
    resident = residents.recognise(session, "oSomebody", vault=runtime.vault, now=now)
    return Context(session, runtime, resident, words, now, talk)


def a_text(runtime: Runtime, words: str) -> Inbound:
    return Inbound(
        kind=Kind.TEXT,
        openid="oSomebody",
        account="gh",
        created_at=runtime.clock(),
        dedup_key="msg:1",
        text=words,
    )


@pytest.mark.parametrize(("handler", "words"), ROWS, ids=range(len(ROWS)))
def test_each_sentence_goes_to_its_handler(
    runtime: Runtime, session: Session, handler: str, words: str
) -> None:
    chosen = choose(a_text(runtime, words), context(runtime, session, words))

    assert handler == chosen.NAME


def test_names_are_unique_and_the_fallback_is_last() -> None:
    names = [handler.NAME for handler in HANDLERS]

    assert len(set(names)) == len(names)
    assert names[-1] == "fallback"


def test_a_grid_workers_words_mean_nothing_special_from_others(runtime: Runtime, session: Session) -> None:
    chosen = choose(a_text(runtime, "已转发"), context(runtime, session, "已转发"))

    assert chosen.NAME != "relay"


@pytest.mark.parametrize(
    ("step", "words", "handler"),
    [
        (talks.Step.CONFIRMING_HEADCOUNT, "对", "headcount"),
        (talks.Step.CONFIRMING_HEADCOUNT, "听说明天零点定西要封城，真的吗", "rumour"),
        (talks.Step.CONFIRMING_HEADCOUNT, "取消", "leaving"),
        (talks.Step.CONFIRMING_MOVE, "2", "follow"),
        (talks.Step.CONFIRMING_COMMUNITY, "不住这儿", "community"),
        (talks.Step.CONFIRMING_COMMUNITY, "去兰州回来要不要做核酸", "ask"),
        (talks.Step.CONFIRMING_DELETION, "确认删除", "my_data"),
        (talks.Step.CHOOSING_CUSTOM, "1", "customs"),
        (talks.Step.ASKED, "那从上海呢", "follow_up"),
        (talks.Step.ASKED, "人呢", "ask"),
        (talks.Step.ASKED, "那要不要带身份证呢，还有户口本", "ask"),
        (talks.Step.LEAVING_WORD, "卡点晚上没人", "word_for_staff"),
        (talks.Step.LEAVING_WORD, "帮助", "guide"),
        (talks.Step.LEAVING_WORD, "我不想活了", "danger"),
    ],
    ids=range(14),
)
def test_a_talk_takes_fitting_replies_and_holds_nobody(
    runtime: Runtime, session: Session, step: talks.Step, words: str, handler: str
) -> None:
    talk = talks.Conversation(step, {})

    chosen = choose(a_text(runtime, words), context(runtime, session, words, talk=talk))

    assert handler == chosen.NAME
