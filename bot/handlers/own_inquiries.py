"""我问过的, and 进度 with a number: one's own questions and where they stand."""

import re
from datetime import datetime

from bot import claim_wording, wording
from bot.handlers.context import Context
from bot.handlers.offices import written
from bot.handlers.verdicts import holds_in, page_line
from bot.messages import Inbound, Reply, Text
from bot.store import appeals, inquiries
from bot.store.appeals import Appeal
from bot.store.inquiries import Question, Report, ReportState
from bot.store.public_claims import has_page
from knowledge.numerals import to_digits
from knowledge.text import normalise

NAME = "own_inquiries"

WORDS = frozenset({"我问过的", "我的问题", "我问的", "进度", "查进度", "我的提问", "与我相关"})
PROGRESS = re.compile(r"(?:查)?(?:进度|编号|查询)\s*[:：#]?\s*(\d{1,9})")
# Asking after one's own question in other words.
ASKS_AFTER = re.compile(
    r"(?:查|看)(?:一下|下)?(?:我的)?(?:进度|编号)|(?:我的)?编号(?:是)?(?:多少|啥|什么)(?:来着)?"
    r"|(?:怎么|咋)还(?:不|没)(?:有)?(?:回|答复|回复|消息|结果)我?.{0,2}"
    r"|我?(?:上次|之前|昨天|前天|刚才|以前)?(?:问|说|反映|举报)的(?:事|那个|问题|话)*(?:咋样|怎么样|有|怎么|咋).{0,6}"
)
Inquiry = Report | Question | Appeal
LISTED = 8
EXCERPT = 16
LONGER_EXCERPT = 80


def matches(_message: Inbound, context: Context) -> bool:
    asks = context.plain in WORDS or ASKS_AFTER.fullmatch(context.plain)
    return bool(asks) or PROGRESS.fullmatch(to_digits(context.plain)) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    asked = PROGRESS.fullmatch(to_digits(context.plain))
    return _one(context, int(asked.group(1))) if asked else _all(context)


def _all(context: Context) -> Reply:
    session, resident_id = context.session, context.resident.id
    own = inquiries.own_inquiries(session, resident_id, limit=LISTED + 1)
    objections = appeals.own_appeals(session, resident_id, limit=LISTED + 1)
    newest = sorted([*own, *objections], key=lambda one: one.number, reverse=True)
    listed, older = newest[:LISTED], newest[LISTED:]
    if not listed:
        return Text(wording.NO_INQUIRIES)
    sentence = wording.INQUIRIES.format(lines="\n".join(_line(inquiry, context) for inquiry in listed))
    if older:
        left_out = inquiries.count_own(session, resident_id) - len(listed)
        sentence += wording.OLDER_INQUIRIES.format(count=left_out, number=older[0].number)
    return Text(sentence)


def _one(context: Context, number: int) -> Reply:
    found: Inquiry | None = inquiries.own_inquiry(context.session, context.resident.id, number)
    if found is None:
        found = appeals.own_appeal(context.session, context.resident.id, number)
    if found is None:
        return Text(wording.NO_SUCH_INQUIRY.format(number=number))
    state = _state(found, context)
    answer = _verdict(found, context) if isinstance(found, Report) else found.answer
    return Text(
        wording.INQUIRY.format(
            number=number,
            day=_day(found, context),
            text=_excerpt(found.text, LONGER_EXCERPT),
            state=f"{state}\n{answer}" if answer else state,
        )
    )


def _line(inquiry: Inquiry, context: Context) -> str:
    return wording.INQUIRY_LINE.format(
        number=inquiry.number,
        day=_day(inquiry, context),
        text=_excerpt(inquiry.text, EXCERPT),
        state=_state(inquiry, context),
    )


def _excerpt(text: str, length: int) -> str:
    """The beginning of what was asked, in normal form: enough to recognise it, nothing of it raw."""
    plain = normalise(text)
    return plain if len(plain) <= length else f"{plain[:length]}…"


def _state(inquiry: Inquiry, context: Context) -> str:
    if isinstance(inquiry, Appeal):
        return claim_wording.APPEAL_STATES[inquiry.state].format(day=_written(inquiry.due_at, context))
    if isinstance(inquiry, Question):
        return wording.QUESTION_STATES[inquiry.state]
    if inquiry.state is ReportState.NEW and inquiry.held_until:
        return claim_wording.REPORT_HELD.format(moment=_written(inquiry.held_until, context))
    return wording.REPORT_STATES[inquiry.state]


def _verdict(report: Report, context: Context) -> str | None:
    claim = context.runtime.library.get().claims.get(report.claim_id or "")
    if claim is None:
        return None
    is_there = has_page(context.session, claim.id, day=context.today)
    page = page_line(claim, context.runtime.settings.service) if is_there else ""
    return f"【{wording.VERDICTS[claim.verdict]}】{claim.explanation}{holds_in(claim, context.areas)}{page}"


def _day(inquiry: Inquiry, context: Context) -> str:
    if isinstance(inquiry, Appeal):
        return _written(inquiry.opened_at, context)
    return _written(inquiry.reported_at if isinstance(inquiry, Report) else inquiry.asked_at, context)


def _written(at: datetime, context: Context) -> str:
    return written(at.astimezone(context.runtime.settings.service.zone).date())
