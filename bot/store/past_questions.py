"""What residents asked before, newest first, for looking at what a new article would change: text and place, never whose."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.scrubbing import scrub
from bot.store.prefixes import begins
from bot.store.tables import QuestionRow


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """`text`: without what could point to a person."""

    number: int
    text: str
    area_code: str | None


def newest_questions(session: Session, *, within: str, limit: int) -> tuple[PastQuestion, ...]:
    """Those from the area whose codes begin so; empty: from anywhere."""
    rows = select(QuestionRow.number, QuestionRow.text, QuestionRow.area_code)
    if within:
        rows = rows.where(begins(QuestionRow.area_code, within))
    found = session.execute(rows.order_by(QuestionRow.number.desc()).limit(limit))
    return tuple(PastQuestion(number, scrub(text), area_code) for number, text, area_code in found)
