"""What is said to a claim that was just shown: that it is the one, that it is another, or neither clearly. Pure.

A word that answers is read as one only here, where something was just asked. It fits whole or not at all: whatever holds more than
an answer is a message of its own.
"""

import re
from enum import StrEnum

from bot.handlers.picking import is_no, is_yes
from knowledge.text import bare


class Said(StrEnum):
    """`ASKS`: whether it is true, of nothing that is named. `UNSURE`: no clear yes and no clear no."""

    YES = "yes"
    NO = "no"
    ASKS = "asks"
    UNSURE = "unsure"


LONGEST = 28
"""Letters. An answer is short, and the forms below take more than one pass."""

_END = r"[的着了哩呢呀啊哈吧嘞滴咧喽呗]*"
_IT = r"(?:[它他]|[这那](?:一?[个条件句种]|话|事|样)?(?:说法|意思|消息)?)"
_MINE = r"(?:我们?(?:刚才?|前面)?(?:想|要)?(?:[说问指讲看发]|听说|听到|看到)的)"
_AGREED = rf"(?:对|是|好|行|嗯|恩|哦|可以|确认|确定|没错|没问题|能行|中|要得|正确|ok|yes){_END}"
_THIS_ONE = rf"{_MINE}?(?:(?:就|正|也)?是|就|正){_IT}?{_END}|[这那]一?[个条]{_END}"
_SAME = rf"[跟和与]?(?:{_IT}|{_MINE}|[是都就]|完全|意思)*(?:一样|相同|同一?[个条]|一回事|一个(?:事|意思)|同一回事){_END}"
_SHOW = rf"(?:[请那快就我你您给帮让想要]|麻烦)*(?:看|查|瞧|打开)(?:[看瞧下]|一下|核实|的?结果){{0,4}}{_END}"
_FIRST = rf"[我就]?[回选发要按]?第?[1一][个条号]?{_END}"
_THANKS = r"(?:谢+|多谢+|感谢|麻烦|辛苦|请)[你您们了啦啊]*"
_YES = re.compile(rf"(?:{_THANKS})?(?:{_AGREED}|{_SAME}|{_THIS_ONE}|{_SHOW}|{_FIRST}){{1,4}}(?:{_THANKS})?")
_ONLY_HEARD = re.compile(rf"(?:(?:好|行|嗯|恩|哦|可以|ok){_END})+{_THANKS}")

# What follows a no may say what was meant instead; a question or hearsay in it is a message of its own.
_ELSE = r"[^吗么说听问]{1,14}"
_UNLIKE = r"不(?:太|大|是|怎么|完全)?(?:一样|相同|像)|不同|两回事|另外?一?回事|差(?:得)?(?:远|多)"
_DENIED = rf"不[是对]{_END}(?:{_IT}|一回事|一个(?:事|意思)|同一?[个条]?(?:事|回事)?|我[说问]的(?!是))?"
_ABOUT = rf"(?:{_IT}|{_MINE}|[跟和与是都也才就]|这?两[个条]|完全|根本|有点|有些)*"
_MEANT = r"我们?[说指讲]的?是"
_NO = (
    re.compile(rf"{_ABOUT}(?:{_UNLIKE}|{_DENIED}|没有|不要|不用|不看){_END}(?:(?:{_MEANT}|是){_ELSE})?"),
    re.compile(rf"不是[^吗么说听问是]{{1,6}}是{_ELSE}"),
    re.compile(rf"{_MEANT}(?!{_IT}{_END}$){_ELSE}"),
)

_HEAD = rf"(?:{_IT}|{_MINE}|[你您快就先直接说那所以咋还]|到底|究竟|倒底|消息|说法)*"
_TRUE = r"(?:是不是|不是|还是|[是算])?(?:真|假|谣言|骗人)[的是事]?(?:还是|[是不])?[真假]?的?|[可能]信|可靠|靠谱|属实|准不准|准|有结果"
_ASKS = re.compile(
    rf"{_HEAD}(?:{_TRUE})(?:了?[吗么嘛不没吧呢啊呀]|没有|了)*|{_HEAD}(?:咋|怎么)回事|结果[呢咧]"
)
_UNSURE = re.compile(
    rf"(?:{_IT}|{_MINE}|[我也就都跟和与嗯是挺很蛮好]|意思|有点|有些)*"
    r"(?:差不多|像|类似|可能|也许|大概|应该|算是|不知道|不清楚|不确定|说不[准清]|不晓得|哪一?个)"
    rf"(?:是|就是|一样|{_IT})*{_END}"
)


def said_of_claim(plain: str) -> Said | None:
    """The answer a whole message is; None of anything else."""
    words = bare(plain)
    if not words or len(words) > LONGEST:
        return None
    if _ASKS.fullmatch(words):
        return Said.ASKS
    if _UNSURE.fullmatch(words):
        return Said.UNSURE
    if is_yes(plain) or (_YES.fullmatch(words) and not _ONLY_HEARD.fullmatch(words)):
        return Said.YES
    return Said.NO if is_no(plain) or any(form.fullmatch(words) for form in _NO) else None
