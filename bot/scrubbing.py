"""What could point to a person is taken out of a text before staff see it, and before it is exported or made a claim.

A claim is reviewed, not whoever said it or whom it names: telephone, ID and card numbers, number plates, addresses on the
net and everything finer than a community give way to a word that says what stood there. Public numbers of up to six
digits (110, 12345) and the numbers of documents stay. A name cannot be told from other words by its form; a person
marks such a claim as restricted.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

LONGEST_TEXT = 120
# Full-width digits and letters, as a phone's keyboard types them.
NARROW: Mapping[int, int] = MappingProxyType({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
# Where scanning in the narrow form found something, the original is replaced: both have the same length.
GAP = r"[\s.·_-]?"
NOT_IN_NUMBER = r"(?<![0-9A-Za-z])"
ENDS = r"(?![0-9A-Za-z])"
SPOKEN = "零〇一二三四五六七八九幺两"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# GA 36: no I and no O, which look like digits.
PLATE = "A-HJ-NP-Za-hj-np-z"
# A block, tower, yard or stairway. "座" counts bridges and cities too, so it must go on to a floor or a door.
HOUSE = r"(?:号楼|号院|幢|栋(?:楼|房)?|座(?=\s?[0-9一二三四五六七八九十]+\s?(?:单元|层|楼|[0-9]))|号?单元)"
COUNT = r"[0-9一二三四五六七八九十百零〇]{1,5}"

# In this order: an ID number holds what looks like a telephone number, a card number holds both.
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[网上地址]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "[网上地址]",
        re.compile(r"(?:(?<=微信)|(?<=微信号)|(?<=QQ)|(?<=qq))(?:号|群)?\s*[::]?\s*[A-Za-z0-9_-]{5,20}"),
    ),
    (
        "[证件号]",
        re.compile(rf"{NOT_IN_NUMBER}[1-9]\d{{5}}\s?(?:19|20)\d{{2}}\s?[01]\d[0-3]\d\s?\d{{3}}[\dXx]{ENDS}"),
    ),
    ("[证件号]", re.compile(rf"{NOT_IN_NUMBER}[1-9]\d{{5}}\d{{2}}[01]\d[0-3]\d\d{{3}}{ENDS}")),
    ("[卡号]", re.compile(rf"{NOT_IN_NUMBER}[3-9]\d{{3}}(?:[\s-]?\d{{4}}){{3}}(?:[\s-]?\d{{1,3}})?{ENDS}")),
    ("[电话]", re.compile(rf"(?<![0-9A-Za-z])(?:\+?86{GAP})?1[3-9]\d(?:{GAP}\d){{8}}(?!\d)")),
    ("[电话]", re.compile(rf"(?<![0-9A-Za-z])\(?0\d{{2,3}}\)?{GAP}[2-9]\d{{2,3}}{GAP}\d{{4}}(?!\d)")),
    ("[电话]", re.compile(rf"[一幺][三四五六七八九](?:\s?[{SPOKEN}]){{9}}(?![{SPOKEN}])")),
    (
        "[车牌]",
        re.compile(rf"[{PROVINCES}][{PLATE}]{GAP}[{PLATE}0-9]{{4,5}}[{PLATE}0-9挂学警港澳]{ENDS}"),
    ),
    (
        "[门牌]",
        re.compile(
            rf"(?:{COUNT}\s?{HOUSE}[\s,，-]*)+(?:{COUNT}\s?(?:单元|层|楼)[\s,，-]*)*"
            rf"(?:{COUNT}\s?(?:室|户|号房?|门)?)?"
        ),
    ),
    ("[门牌]", re.compile(rf"门牌号?\s*[::是]?\s*{COUNT}(?:\s?[-之]\s?\d{{1,4}})*号?")),
    (
        "[门牌]",
        re.compile(
            rf"(?<=[路街巷弄里村社组道庄屯])\s?{COUNT}(?:\s?[-之]\s?\d{{1,4}})*号(?![楼院线文令公口通机])"
        ),
    ),
    ("[门牌]", re.compile(r"(?<![0-9A-Za-z])\d{1,2}\s?-\s?\d{1,2}\s?-\s?\d{3,4}(?![0-9-])")),
    ("[门牌]", re.compile(r"(?<![0-9])\d{3,4}\s?(?:室|房间)")),
    # Not a day, written 20221126 or 2022-11-26.
    (
        "[号码]",
        re.compile(rf"{NOT_IN_NUMBER}(?!(?:19|20)\d{{2}}-?[01]\d-?[0-3]\d{ENDS})\d(?:[\s-]?\d){{7,}}{ENDS}"),
    ),
)


def scrub(text: str) -> str:
    """`text` without what could point to a person; a text without such comes back as it is."""
    for word, form in FORMS:
        text = _replace(text, form, word)
    return text


def first_text(said: str) -> str:
    """What staff read of a claim or group of questions in a list, until somebody puts it in one sentence: the first thing said
    of it, without what points to a person.
    """
    plain = " ".join(scrub(said).split())
    return plain if len(plain) <= LONGEST_TEXT else f"{plain[:LONGEST_TEXT]}…"


def _replace(text: str, form: re.Pattern[str], word: str) -> str:
    narrow = text.translate(NARROW)
    found = list(form.finditer(narrow))
    for one in reversed(found):
        if one.group().strip():
            text = f"{text[: one.start()]}{word}{text[one.end() :]}"
    return text
