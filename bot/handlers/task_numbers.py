"""Several tasks named in one report: 已转发 2,3; 1到3都发了; 2和3发不了, 群解散了. Pure: whose tasks they are is not known here.

A number that counts something (3户, 3天) names no task. What could be a day, a decimal or a place in a list (1号到3号, 2.3,
第2条), and a message that says two things at once, is heard and marked unclear: the worker is asked, nothing is guessed.
"""

import re
from dataclasses import dataclass

from knowledge.numerals import parse_numeral

CANNOT_WORDS = r"(?:发不了|转不了|没法转|没法发|转发不了|不能转|发不(?:出|进)去)"
MOST = 30
LONGEST_MIXED = 200
"""Characters. Of a longer message it is not asked whether it says two things: that takes more than one pass over it."""

_HAN = "[零一二三四五六七八九十百]{1,5}"
_COUNTED = r"(?:[个户人天年月点次分遍口位家名块元条里公社组队村楼栋单]|号[楼院门店区线社村队组])"
_NUMBER = rf"(?:\d{{1,9}}|{_HAN})"
_TO = r"\s*(?:到|至|-|~|—)\s*"
_AND = r"(?:\s*(?:还有|以及|[,、;./和跟与及])\s*|\s+)"
# Before a reason, a number ends where a number can end: 2,3群封了 names two tasks, 2,3户没手机 and 2,一直没网 name one.
_NUMBER_THEN_WORDS = rf"(?:\d{{1,9}}(?!\d)(?!{_COUNTED})|{_HAN}(?=$|[,;:、\s号群到至~和跟与及-]))"


def _listed(number: str) -> str:
    named = rf"(?:任务|编号|第)?{number}[号条]?(?:任务)?"
    return rf"(?P<list>{named}(?:(?:{_TO}|{_AND}){named})+)"


_DONE_WORDS = (
    r"(?:(?:已经?|都|全部?|我|群里?|村群)*(?:转发|转|发)(?:到?群里?)?(?:完成|过|好|完|出去)?了"
    r"|(?:都|全部?)*已经?(?:都)?(?:转发|转|发))"
)
_DONE_FIRST = r"(?:(?:已经?|都)*(?:转发|转|发)(?:完成|过|好|完|出去)?了|已经?都?(?:转发|转|发)|转发|转)"
_LEAD = r"(?:我?(?:把|将)?)"
_DONE = (
    re.compile(rf"{_LEAD}{_listed(_NUMBER)}[\s,]*{_DONE_WORDS}"),
    re.compile(rf"{_LEAD}{_DONE_FIRST}[\s,:]*{_listed(_NUMBER)}"),
)
_CANNOT = (
    re.compile(rf"{_LEAD}{_listed(_NUMBER)}[\s,]*都?{CANNOT_WORDS}[\s,:;。.]*(?P<reason>.*)"),
    re.compile(rf"{CANNOT_WORDS}[\s,:]*{_listed(_NUMBER_THEN_WORDS)}[\s,:;、。.]*(?P<reason>.*)"),
)
# One message that says two things: 1、3发了,2没发; 发不了2,已转发1; 除了2都发了. Half of it recorded would be worse than asking.
_ANY = rf"(?:任务|编号)?{_NUMBER}[号条]?(?:(?:{_TO}|{_AND})(?:任务|编号)?{_NUMBER}[号条]?){{0,9}}"
_SOME_DONE = rf"(?:{_ANY}[\s,]*{_DONE_WORDS}|{_DONE_FIRST}[\s,:]*{_ANY})"
_SOME_NOT = rf"(?:就|只有|只剩|还有|但是?)*{_ANY}(?:还|都|也)*(?:[没未](?:有|能|法|顾上|来得及)?[转发]发?(?:成|好|出去|呢|了)*|{CANNOT_WORDS}[^0-9]*)"
_OTHERS_DONE = rf"(?:其他|其它|其余|别|剩下)的?{_DONE_WORDS}"
_STOP = r"[\s,;。.]*"
_MIXED = (
    re.compile(rf"(?:{_SOME_DONE}|{_OTHERS_DONE}|{_DONE_WORDS}){_STOP}{_SOME_NOT}"),
    re.compile(rf"{_SOME_NOT}{_STOP}(?:{_SOME_DONE}|{_OTHERS_DONE})"),
    re.compile(rf"{_SOME_DONE}{_STOP}{CANNOT_WORDS}[\s,:]*{_ANY}.*"),
    re.compile(rf"{CANNOT_WORDS}[\s,:]*{_ANY}.*?{_STOP}(?:{_SOME_DONE}|{_OTHERS_DONE})"),
    re.compile(rf"除了?{_ANY}(?:以外|之外|外)?[\s,]*(?:{_OTHERS_DONE}|{_DONE_WORDS})"),
)
_UNCLEAR = re.compile(r"第|[./条]")
_SPAN = re.compile(rf"(?P<first>{_NUMBER})号?(?:任务)?(?:{_TO}(?:任务|编号|第)?(?P<last>{_NUMBER}))?")
_DAYS = re.compile(rf"{_NUMBER}号?{_TO}{_NUMBER}号")


@dataclass(frozen=True, slots=True)
class Span:
    """From one task's number to another's; of a single task, both are the same."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Report:
    """`spans` is empty when it is not clear which tasks are meant; `said`: the list as it was written. `reason`: None when
    they were forwarded, else why they could not be, as far as it was said.
    """

    said: str
    spans: tuple[Span, ...]
    reason: str | None


def read_report(plain: str) -> Report | None:
    """The report in a message in normal form that names several tasks or says two things; None for anything else, a plain
    report on one task included.
    """
    if len(plain) <= LONGEST_MIXED and any(form.fullmatch(plain) for form in _MIXED):
        return Report(plain, (), None)
    if done := next((found for form in _DONE if (found := form.fullmatch(plain))), None):
        return Report(done["list"], _spans(done["list"]), None)
    if failed := next((found for form in _CANNOT if (found := form.fullmatch(plain))), None):
        return Report(failed["list"], _spans(failed["list"]), failed["reason"].strip())
    return None


def _spans(listed: str) -> tuple[Span, ...]:
    days = _DAYS.search(listed) and "任务" not in listed
    if days or _UNCLEAR.search(listed):
        return ()
    spans = []
    for found in _SPAN.finditer(listed):
        first, last = _value(found["first"]), _value(found["last"] or found["first"])
        if first is None or last is None:
            return ()
        spans.append(Span(min(first, last), max(first, last)))
    return tuple(dict.fromkeys(spans)) if len(spans) <= MOST else ()


def _value(number: str) -> int | None:
    return int(number) if number.isdecimal() else parse_numeral(number)
