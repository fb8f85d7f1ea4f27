"""What stands around an answer and is not part of it: a yes, a name, an address, a correction, "is this right?", who was forgotten."""

import re

from bot.households.lexicon import CHILDREN, ELDERS, KIN

_NUMERALS = "0-9一二两三四五六七八九十"
_OPENING = re.compile(
    rf"^(?:(?:对|对的|是|是的|好|好的|嗯+|哦)[，。 ]+)?"
    rf"(?:[一-鿿]{{0,3}}(?:老师|书记|主任|网格员|同志|社长|队长|组长|领导)(?:您好|你好|好)?[，。 ]+)?"
    rf"(?:我叫[一-鿿]{{2,3}}[，。 ]+)?"
    rf"(?:(?:我家|我们家|家)?(?:住|在|住在)?(?:[一-鿿]{{1,5}}[村湾沟庄坪川岔堡营里])?[{_NUMERALS}]{{1,2}}(?:号楼|社|组|队|栋|幢|单元)"
    rf"(?:[0-9一二三四五六]单元)?(?:[0-9]{{2,4}}(?:室|号)?)?(?:[一-鿿]家)?(?:的)?[，。 ]*)?"
)
_CONFIRMING_TAIL = re.compile(
    r"[，。？ ]*(?:这样|这么)?(?:报|填|写|说)?(?:对吗|对不对|对不|对吧|行吗|行不行|行不|可以吗|可以不|好吗|好不好|是吧|没错吧|够了吗|"
    r"清楚吗|明白吗|收到吗|收到没|收到了吗|能行吗)[？。 ]*$"
)
_WITHDRAWN = re.compile(
    rf".*(?:错了|不对|报少了|报多了|少报了|多报了|漏报了|应为|应当是|不是[^，。]{{1,8}}[，。]?\s*(?:而)?是|更正为|改成|改为)[，。 ]*(?=.*[{_NUMERALS}])"
    rf"|^.*(?:原来|原先|以前|之前|上次|去年).{{1,20}}(?=(?:现在|如今|今年|目前).*[{_NUMERALS}])"
)
_DENIED_LAST = re.compile(r"(?<=[口个人])[，。 ]*(?:而)?不是[^，。]{1,8}[。 ]*$")
_SOMEBODY = "|".join(sorted(f"{KIN} {CHILDREN} {ELDERS}".split(), key=len, reverse=True))
_FORGOTTEN = re.compile(
    rf"[，。 ]+(?:刚才|刚刚|上回)?我?(?:把(?:{_SOMEBODY})(?:忘|漏|落|算漏|少算)(?:了|掉了|下了)"
    rf"|(?:忘|漏|落)了?(?:算|说|报|写|数)(?:了|上)?(?:{_SOMEBODY})?)[。 ]*$"
)


def without_surroundings(text: str) -> str:
    """`text` (plain) without opening and closing words. An address is dropped unread: we must not keep it."""
    return _OPENING.sub("", _FORGOTTEN.sub("", _CONFIRMING_TAIL.sub("", text)))


def corrected(text: str) -> str:
    """Only what follows the last correction: 不是5口，是6口 → 6口; 原来5口，现在4口 → 现在4口."""
    return _WITHDRAWN.sub("", _DENIED_LAST.sub("", text))
