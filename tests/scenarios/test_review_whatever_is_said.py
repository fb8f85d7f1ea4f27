"""Whatever is said, in whatever talk: a reply that fits the platform, and never an apology for a crash."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import wording
from tests.conftest import Loaded
from tests.scenarios.phone import Phone

APOLOGY = wording.APOLOGY.format(hotline="12345")
TEXT_LIMIT = 2048

# Each begins a talk, or says something in the middle of one.
SENTENCES = (
    "我家5口人,2个在外地",
    "红白事",
    "人工",
    "删除",
    "确认删除",
    "换社区",
    "我住在李家沟",
    "我的社区",
    "去医院要核酸吗",
    "听说明天全城断电三天,是真的吗",
    "进度 999999999",
    "任务",
    "已转发 1",
    "全部已转发",
    "发不了 1 没微信",
    "绑定 ACDE3467",
    "我问过的",
    "退订",
    "取消",
    "1",
    "２",
    "第三个",
    "都不是",
    "对",
    "不",
    "0",
    "一千万亿" * 9,
    "平襄镇",
    "安定区",
)
ODD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
SPLICED = st.lists(
    st.sampled_from([*SENTENCES, " ", "{}", "%s", "{name}", "]]>", "😀", "\u200d", "½", "①", "\\"])
).map("".join)
SAID = st.one_of(st.sampled_from(SENTENCES), SPLICED, ODD)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(["<", "<a>是真的吗</a>", "<3 &lt; ]]>"])
@given(words=st.lists(SAID, min_size=1, max_size=5))
def test_no_talk_ends_in_an_apology(villager: Phone, words: list[str]) -> None:
    for one in words:
        reply = villager.says(one)

        assert reply
        assert reply != APOLOGY
        assert len(reply.encode()) <= TEXT_LIMIT


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(SAID, min_size=1, max_size=4))
def test_no_word_of_a_grid_worker_ends_in_an_apology(phone: Phone, loaded: Loaded, words: list[str]) -> None:
    phone.says(f"绑定 {loaded.sample.bind_code}")

    for one in words:
        assert phone.says(one) not in {"", APOLOGY}
