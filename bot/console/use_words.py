"""What staff read of a candidate: what was done with it, what stood against more, and what differs."""

from collections.abc import Mapping

from bot.difference_words import Speakers, in_words
from knowledge.use import Bar

SPEAKERS = Speakers(message="这句话", known="那条")
BARS: Mapping[Bar, str] = {
    Bar.NOT_YET: "还没到它的有效期",
    Bar.OVER: "过了它的有效期",
    Bar.ELSEWHERE: "它不是给这个地方的",
    Bar.AREA_UNKNOWN: "它只给一个地方用，还不知道居民住在哪里",
    Bar.FARTHER: "说的是同一件事，另一条更贴近住的地方",
    Bar.DIFFERS: "意思有出入",
    Bar.OTHER_CASE: "标题只说一种风险区，这句话没有提",
    Bar.ONLY_NAMED: "这句话只提到这件事，没说要问什么",
    Bar.NARROWER: "最接近的问法多说了一种情形，标题又没提到这句话问的",
    Bar.REWORDED: "换了词或多了词，是不是一回事要本人来选",
    Bar.UNPLACED: "那条只说一个地方，这句话没说是哪里",
    Bar.SLIGHT: "这句话只说到它的一小半，还说了别的",
    Bar.DOUBTFUL: "字面很像，是不是一个意思没有把握",
    Bar.BEHIND: "另有一条更像，那条现在又不能用",
    Bar.OUTDONE: "另一条更合适",
    Bar.CROWDED: "选项已经够多了",
    Bar.NO_WORD: "没有说到同一个要紧的词，只是听着像",
    Bar.SOUNDS_PLAIN: "这句话像提问或通知，不像传话，要更像才行",
    Bar.UNSURE: "像，但不够有把握",
    Bar.UNLIKELY: "不太像",
    Bar.UNCOMPARED: "相差太远，没有细比",
    Bar.OWN_AFFAIR: "说的像是自家的事，不当传言",
    Bar.OTHERWISE: "这句话太短，或者问了不止一件事",
}


def plainly(difference: str) -> str:
    """Which side says what; `difference` as the comparison words it, the message's side first."""
    return in_words(difference, SPEAKERS)
