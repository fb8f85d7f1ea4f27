"""What residents asked before, for looking at what a new article would change: text, place and how often, never whose."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.scrubbing import scrub
from bot.store.prefixes import begins
from bot.store.tables import QuestionRow

# The newest ones are grouped; what was asked long before says little of what will be.
LOOKED_THROUGH = 200_000


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """`text`: without what could point to a person; `times`: how often it was asked in this place."""

    text: str
    area_code: str | None
    times: int


def frequent_questions(session: Session, *, within: str, limit: int) -> tuple[PastQuestion, ...]:
    """Those from the area whose codes begin so (empty: from anywhere), each once, the most frequent first."""
    rows = select(QuestionRow.number, QuestionRow.text, QuestionRow.area_code)
    if within:
        rows = rows.where(begins(QuestionRow.area_code, within))
    asked = rows.order_by(QuestionRow.number.desc()).limit(LOOKED_THROUGH).subquery()
    times = func.count()
    found = session.execute(
        select(asked.c.text, asked.c.area_code, times)
        .group_by(asked.c.text, asked.c.area_code)
        .order_by(times.desc(), func.max(asked.c.number).desc())
        .limit(limit)
    )
    return tuple(PastQuestion(scrub(text), area_code, count) for text, area_code, count in found)
