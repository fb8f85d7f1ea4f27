"""What staff have decided about residents' messages, as the models learn it: texts and labels, never whose they are.

A report tied to a published claim is one a person should have seen, whatever the verdict. A question that a person answered
is none. `closed` says only that a matter is done with, not why, so it teaches nothing.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.inquiries import QuestionState, ReportState
from bot.store.tables import QuestionRow, ReportRow
from knowledge.intent import Intent
from knowledge.labelled import LabelledLine, LabelledMessage

MOST = 5_000
"""Of each kind the newest: enough to learn from, and few enough not to drown what comes with the program."""


def decided_reports(session: Session) -> tuple[LabelledMessage, ...]:
    """Reports of a published claim, decided by a person or answered with its verdict at once; oldest first."""
    rows = session.execute(
        select(ReportRow.text, ReportRow.claim_id)
        .where(
            ReportRow.state.in_((ReportState.DECIDED, ReportState.ANSWERED)), ReportRow.claim_id.is_not(None)
        )
        .order_by(ReportRow.number.desc())
        .limit(MOST)
    )
    found = [LabelledMessage(text, frozenset({claim_id}), rumour=True) for text, claim_id in rows if claim_id]
    return tuple(reversed(found))


def answered_questions(session: Session) -> tuple[LabelledLine, ...]:
    """What a person took for a question and answered; oldest first."""
    texts = session.scalars(
        select(QuestionRow.text)
        .where(QuestionRow.state == QuestionState.ANSWERED)
        .order_by(QuestionRow.number.desc())
        .limit(MOST)
    )
    return tuple(reversed([LabelledLine(text, Intent.QUESTION) for text in texts]))
