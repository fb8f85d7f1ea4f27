"""What a reply says while a household's numbers wait for their yes: a no with the right number, a number by itself, or only where."""

import re
from dataclasses import replace

from bot.households.arithmetic import completed
from bot.households.clauses import INSIDE, SPEAKER
from bot.households.fields import Field
from bot.households.headcount import Headcount, Reading, ReadingKind
from bot.households.lexicon import Kind
from bot.households.reading import read_headcount
from bot.households.scanning import Token, scan
from bot.households.script import plain
from bot.households.trimming import corrected, without_surroundings

_DENIED = r"(?:(?:刚才|刚刚|我)*(?:说|报|写|填|记|弄|搞|打)?错|不是|不对|不|没有)(?:了|的|着|啊|呀|哩|吧|呢)*"
# 不是2个在外 3个在外: what is denied goes with the no, once something follows it.
_OPENING_NO = re.compile(
    rf"(?:[啊哦哎唉嗯]*[，。 ]*{_DENIED}[，。 ]*)+(?:(?<=不是)[^，。 ]*[0-9一二两俩仨三四五六七八九十][^，。 ]*[，。 ]+(?=.*[0-9一二两俩仨三四五六七八九十]))?"
)
_BESIDE_A_NUMBER = frozenset({Kind.NUMBER, Kind.FILLER, Kind.BREAK, Kind.ONLY})
_WHERE = {Kind.PRESENT: Field.PRESENT, Kind.AWAY: Field.AWAY, Kind.TOTAL: Field.TOTAL}
_MAY_BE_A_DEATH = re.compile(r"走了|去了|不在了|没了")


def read_reply(text: str) -> Reading:
    """Like `read_headcount`; a no before the numbers (不是 3个在外地) is no reason to hear none."""
    reading = read_headcount(text)
    if reading.kind is not ReadingKind.OTHER:
        return reading
    said = plain(text)
    denied = _OPENING_NO.match(said)
    return read_headcount(said[denied.end() :]) if denied else reading


def lone_number(text: str) -> int | None:
    """The number in 2个, 不对 3个, 家里3个: of people, but not of which. 3口, 一共3个 and 3个在外 say so."""
    tokens = _tokens(text)
    numbers = [token for token in tokens if token.kind is Kind.NUMBER]
    if len(numbers) != 1 or "口" in numbers[0].text:
        return None
    told = any(
        token.kind not in _BESIDE_A_NUMBER and token.text not in INSIDE and token.text not in SPEAKER
        for token in tokens
    )
    return None if told else numbers[0].people


def which_people(text: str) -> Field | None:
    """在家, 在外面的, 一共: the answer to which people a number meant."""
    said = {token.kind for token in _tokens(text)} - {Kind.FILLER, Kind.BREAK, Kind.ALL}
    at_home = bool(said) and all(token.text in INSIDE for token in _tokens(text) if token.kind is Kind.HOUSE)
    said = said - {Kind.HOUSE} if len(said) > 1 else said
    if _MAY_BE_A_DEATH.search(plain(text)) or len(said) != 1:
        return None
    (kind,) = said
    return Field.PRESENT if kind is Kind.HOUSE and at_home else _WHERE.get(kind)


def joined(before: Headcount, said: Headcount) -> Headcount:
    """Two parts of one answer, 在家3个 and then 一共5口: nothing of either is dropped, so that a clash is seen."""
    fields = [field.value for field in Field if getattr(said, field.value) is not None]
    both = replace(before, **{name: getattr(said, name) for name in fields})
    if both.total is None and both.present is not None and both.away is not None:
        both = replace(both, total=both.present + both.away)
    return completed(both)


def _tokens(text: str) -> tuple[Token, ...]:
    said = without_surroundings(plain(text))
    denied = _OPENING_NO.match(said)
    return scan(corrected(said[denied.end() :] if denied else said))
