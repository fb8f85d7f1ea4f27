"""A message as a row of known words, numbers and gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.households import lexicon
from bot.households.lexicon import Kind
from bot.households.numerals import NUMERAL_CHARS, parse_numeral

_NUMBER = re.compile(rf"([{NUMERAL_CHARS}]+)(?:\s*(口人|口子|口儿|个人|人口|名人|口|个|人(?!家)|名|位))?")
# What is counted or aged but is no household figure: ages, a birth, a marriage, a son's household before its own number.
_ASIDE = re.compile(
    r"(?:今年)?(?:快|满)?[0-9一二三四五六七八九十]{1,4}(?:岁|周岁|来岁|多岁)(?:半|多)?|又?(?:新)?(?:添|生)了一?个?(?:娃娃|娃|孩子|小孩)"
    r"|(?:添|生|抱)了?一?个(?:大胖)?(?:孙子|孙女|儿子|女儿|小子|丫头)"
    r"|[大小二三]?(?:儿子|女儿|老大|老二|老三|兄弟|哥哥?|弟弟?|姐姐?|妹妹?|父母|爸妈)一家(?=[0-9一二两三四五六七八九十])"
    r"|(?:嫁|娶|招)(?:出|走|进|来|去|了)*一?个?(?:女儿|女子|丫头|姑娘|儿媳妇|媳妇|女婿)"
)
# 十来口, 几十口, 五口多, 5-6口, 三口或者四口
_ROUGH = re.compile(
    r"[0-9一二三四五六]*[0十][来几多](?=[口个人名位])|几十(?=[口个人])"
    r"|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:[口个]?多[口个]?人?|[口个]人?多)(?![余的])"
    r"|([0-9]{1,2}|[一二两三四五六七八九十]{1,3})[口个]?人?\s?(?:-|到|至|或者|或|还是|、)\s?"
    r"([0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?=[口个人名])[口个]?人?"
)
_SHORT = re.compile(
    r"(?P<nobody>一个人?[也都]没有?(?=在|出|外|回))"
    r"|(?P<elder>[6-9][0-9](?:周)?岁(?:及)?以上(?:的)?(?:老年人|老人)?)"
    r"|(?P<child>1?[0-9](?:周)?岁(?:及)?以下(?:的)?(?:儿童|小孩|孩子|娃娃|娃)?)"
    r"|(?P<present>在(?=[0-9一二两俩三四五六七八九十])|(?<![不存])在的(?=有?[0-9一二两俩三四五六七八九十])|(?<=[都全])在(?=呢|的|着|哩|，|。| |$))"
    r"|(?P<away>外(?=[0-9一二两俩三四五六七八九十])"
    r"|在(?![家屋村本老])[^，。 0-9]{2,5}?(?=打工|务工|上班|上大学|念书|读书|工作|当兵|做活|做生意|上学))"
    r"|(?P<total>总(?=[0-9一二两三四五六七八九十]))"
    r"|(?P<adult>大(?=[0-9]))|(?P<small>小(?=[0-9]))|(?P<old>老(?=[0-9]))"
)
"""One-character labels and the open-ended ones: 总5在4外1, 在 any place 上学."""
_ROLE_AFTER_NUMBER = {
    "大": Kind.ADULT,
    "小": Kind.CHILD,
    "老": Kind.ELDER,
    "碎": Kind.CHILD,
    "尕": Kind.CHILD,
}
_SHORT_KINDS = {
    "nobody": Kind.NOBODY, "present": Kind.PRESENT, "away": Kind.AWAY, "total": Kind.TOTAL, "adult": Kind.ADULT,
    "child": Kind.CHILD, "small": Kind.CHILD, "elder": Kind.ELDER, "old": Kind.ELDER,
}  # fmt: skip
_MARRIED = frozenset(lexicon.MARRIED.split())
_COUPLES = frozenset(lexicon.COUPLES.split())
_ELDERLY_COUPLES = frozenset(lexicon.ELDERLY_COUPLES.split())
_OPEN_ELDERS = frozenset({"老人", "老年人", "老人家", "老的", "老辈", "老者"})
_ROLE_UNITS = frozenset({"", "个"})
_SPACE_OR_BREAK = {"，": Kind.BREAK, "。": Kind.BREAK, "、": Kind.FILLER, "：": Kind.FILLER, " ": Kind.FILLER}


@dataclass(frozen=True, slots=True)
class Token:
    """`people` is the number itself for NUMBER, and how many a word stands for otherwise, 0 when it leaves that open (老人)."""

    kind: Kind
    text: str
    people: int = 1
    unit: str = ""


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, Token]]:
    words: dict[str, Token] = {}
    for kind, listed in lexicon.NOT_PEOPLE_WORDS.items():
        words |= {word: Token(kind, word) for word in listed.split()}
    plain_lists = (
        (Kind.HOUSE, lexicon.HOUSEHOLDS), (Kind.TOTAL, lexicon.TOTALS), (Kind.ADULT, lexicon.ADULTS),
        (Kind.CHILD, lexicon.CHILDREN), (Kind.ELDER, lexicon.ELDERS), (Kind.KIN, lexicon.KIN),
        (Kind.TRAIT, lexicon.TRAITS), (Kind.SEX, lexicon.SEXES),
        (Kind.PRESENT, lexicon.PRESENT), (Kind.AWAY, lexicon.AWAY),
    )  # fmt: skip
    for kind, listed in plain_lists:
        words |= {word: Token(kind, word) for word in listed.split()}
    words |= {word: Token(Kind.ELDER, word, 0) for word in _OPEN_ELDERS}
    words |= {
        "俺" + word: Token(Kind.KIN, "俺" + word) for word in lexicon.KIN.split() if word[0] not in "我俺本自"
    }
    for people, listed in lexicon.GROUPS.items():
        words |= {word: Token(Kind.KIN, word, people) for word in listed.split()}
    words |= {word: Token(Kind.ELDER, word, 2) for word in lexicon.ELDERLY_GROUPS.split()}
    for place in lexicon.PLACES.split():
        words |= {
            way + place: Token(Kind.AWAY, way + place)
            for way in ("", "在", "去", "去了", "到", "住在", "走", "走了", "跑")
        }
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), words


def _number(found: re.Match[str]) -> Token:
    people = parse_numeral(found[1])
    if people is None:
        short = not found[1].isascii() and len(found[1]) <= 3  # noqa: PLR2004 - 五六, 十五六; longer is a code
        return Token(Kind.VAGUE if short else Kind.UNKNOWN, found[0])
    return Token(Kind.NUMBER, found[0], people, found[2] or "")


def _special(text: str, at: int) -> Token | None:
    """Patterns that beat the word list: ages, rough numbers, one-character places."""
    if found := _SHORT.match(text, at):
        return Token(_SHORT_KINDS[str(found.lastgroup)], found[0])
    if found := _ASIDE.match(text, at):
        return Token(Kind.FILLER, found[0])
    if found := _ROUGH.match(text, at):
        return Token(Kind.VAGUE, found[0])
    return None


def _next(text: str, at: int, before: Token | None) -> Token:
    if text[at] in _SPACE_OR_BREAK:
        return Token(_SPACE_OR_BREAK[text[at]], text[at])
    if special := _special(text, at):
        return special
    pattern, words = _vocabulary()
    word = pattern.match(text, at)
    after_number = before is not None and before.kind is Kind.NUMBER and before.unit in _ROLE_UNITS
    if after_number and text[at] in _ROLE_AFTER_NUMBER and (word is None or len(word[0]) == 1):
        return Token(_ROLE_AFTER_NUMBER[text[at]], text[at])
    number = _NUMBER.match(text, at)
    if number and (word is None or len(number[1]) >= len(word[0])):
        return _number(number)
    return words[word[0]] if word else Token(Kind.UNKNOWN, text[at])


def scan(text: str) -> tuple[Token, ...]:
    """The tokens of `text` (already plain), covering it from end to end."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = _next(text, at, tokens[-1] if tokens else None)
        at += len(token.text)
        if tokens and _is_one_of(tokens[-1], couple=token) and not _counts(tokens[:-1], tokens[-1]):
            token = replace(token, text=tokens.pop().text + token.text)
        tokens.append(token)
    return tuple(tokens)


def _counts(before: Sequence[Token], person: Token) -> bool:
    """两个儿子两口子 may be one couple or two; nobody counts himself (爸妈两个我两口子)."""
    return (
        bool(before)
        and before[-1].kind is Kind.NUMBER
        and before[-1].unit in _ROLE_UNITS
        and person.text[0] not in "我俺"
    )


def _is_one_of(person: Token, *, couple: Token) -> bool:
    """儿子两口子, 我老两口: the couple is theirs, and not two more; in 儿子和两口子 something stands between."""
    if couple.text in _ELDERLY_COUPLES:
        return person.text in {"我", "俺"}
    return couple.text in _COUPLES and (
        person.text in _MARRIED or person.text.removeprefix("我").removeprefix("俺") in _MARRIED
    )
