"""What residents say to a claim that was just shown, and what only looks like an answer."""

import pytest

from bot.handlers.about_claim import Said, said_of_claim
from knowledge.text import normalise

YES = (
    "是 对 嗯嗯就是它 就这个 好的，1 是的，谢谢 一样的 给我看看 对，就是 就是这个 就是这条 我说的就是它 没错，就是这个 对对对就是这条 "
    "1，谢谢 回1 选1 看结果 我想看看 看一下 就是一回事 是同一个 一个意思 好，看核实结果 OK就是它 可以，给我看 这个 就是它，谢谢你"
)
NO = (
    "不 不是 不一样 不太一样 不是，我说的是男娃 不是这个 不是这个意思 都不是 两回事 不是一回事 和这不一样 这两个不一样 有点不一样 "
    "我说的是男娃 不是女娃，是男娃 不对，我说的是通渭 才不是 我说的不是这个 不是同一个 不同 不是的，我说的是牛肉"
)
ASKS = (
    "是真的吗 到底是不是真的 真的吗 真的假的 是真是假 真的还是假的 那是真的吗 这是真的吗 这话是不是真的 可信吗 能信不 靠谱吗 是谣言吗 "
    "是不是谣言 是真的 不是真的吧 所以到底是真是假 有结果了吗 结果呢 我说的是真的吗 到底咋回事 准不准"
)
UNSURE = "差不多 差不多吧 差不多一样 有点像 像 好像是 可能是 不知道 不清楚 应该是 大概是吧 意思差不多 我说的和这差不多 也许吧 哪个"
MESSAGES = (
    "好的谢谢 谢谢 谢谢您 去兰州回来要报备吗 听说明天封城 是不是明天要封路 不是说明天解封吗 对了，明天能出门吗 不是，我问的是能不能打疫苗 "
    "封城是真的吗 看病咋去 看不懂 一样的药能吃吗 是吗 不知道去哪做核酸 人工 我家5口人 差不多要封了 12 1号要封城 没有药了咋办 "
    "不对，听说明天封城 这个疫苗能打吗"
)


def said(words: str) -> Said | None:
    """As a handler's context has it."""
    return said_of_claim(normalise(words).strip(" ,.!?;:~、。，！？；：…"))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *((words, Said.YES) for words in YES.split()),
        *((words, Said.NO) for words in NO.split()),
        *((words, Said.ASKS) for words in ASKS.split()),
        *((words, Said.UNSURE) for words in UNSURE.split()),
    ],
)
def test_an_answer_is_read_however_it_is_said(words: str, meant: Said) -> None:
    assert said(words) is meant


@pytest.mark.parametrize("words", MESSAGES.split())
def test_what_holds_more_than_an_answer_is_a_message_of_its_own(words: str) -> None:
    assert said(words) is None


def test_a_long_message_is_not_looked_at() -> None:
    assert said("对就是它" * 500) is None
