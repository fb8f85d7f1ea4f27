"""Everybody who asked what an article answers now hears of it, a batch at a time, off the request that published it.

Each batch is one transaction that queues the follow-ups and notes whose questions are answered, so a crash between two tells
nobody twice and leaves nobody out. A group goes on being told for a while after the publication: whoever asked before every
process had heard of the article still gets it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot import answer_wording
from bot.handlers.ask import told_answer
from bot.messages import Work
from bot.runtime import Runtime
from bot.store import article_versions, outbox, question_groups, questions
from bot.store.article_files import ArticleFile, find_file
from bot.store.engine import Session
from bot.store.question_groups import GroupState, QuestionGroup
from bot.store.questions import Asker
from bot.wechat.splitting import split_text
from knowledge.article_life import ArticleState

# Few enough that a resident's message never waits long for the database behind one.
BATCH = 50
# Longer than it takes until every process has loaded the article and what came in before that is sorted.
LINGER = timedelta(seconds=30)
MOST_NUMBERS = 5


def tell_next_askers(runtime: Runtime) -> bool:
    """One batch of askers of the first group in which somebody waits; whether there may be more."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        told = any(_tell(session, runtime, group, now) for group in question_groups.telling(session))
    if told:
        runtime.enqueue(Work.DELIVERIES)
    return told


def _tell(session: Session, runtime: Runtime, group: QuestionGroup, now: datetime) -> bool:
    """Whether anybody was taken in this batch."""
    question_groups.hold_group(session, group.id)
    today = now.astimezone(runtime.settings.service.zone).date()
    file = find_file(session, group.article_id or "")
    validity = file.shown.validity
    if file.state is ArticleState.PUBLISHED and validity.valid_from and today < validity.valid_from:
        return False
    if file.state is not ArticleState.PUBLISHED or not validity.holds_on(today):
        # Taken back or over by now: nobody is told what does not hold.
        question_groups.set_state(session, group.id, GroupState.OPEN, article_id=None)
        return False
    version = article_versions.find_version(session, file.id, file.version)
    by = (version.pending.approved_by if version else None) or file.id[:60]
    askers, elsewhere = questions.take_askers(
        session,
        group.id,
        limit=BATCH,
        answer=file.shown.answer,
        by=by,
        now=now,
        holds_in=_holds_in(runtime, file),
    )
    _queue(session, runtime, file, askers, today=today, now=now)
    if elsewhere:
        _set_apart(session, group, elsewhere, now)
    if not askers and not elsewhere and file.updated_at + LINGER <= now:
        question_groups.set_state(session, group.id, GroupState.ANSWERED, article_id=file.id)
    return bool(askers or elsewhere)


def _queue(
    session: Session,
    runtime: Runtime,
    file: ArticleFile,
    askers: tuple[Asker, ...],
    *,
    today: date,
    now: datetime,
) -> None:
    answer = told_answer(file.shown, service=runtime.settings.service, today=today)
    for asker in askers:
        numbers = "、".join(str(number) for number in asker.numbers[:MOST_NUMBERS])
        body = answer_wording.ANSWER_LATER.format(number=numbers, answer=answer)
        for part, text in enumerate(split_text(body)):
            key = f"question{asker.numbers[0]}.{part}"
            outbox.queue_follow_up(session, asker.resident_id, text, key=key, vault=runtime.vault, now=now)


def _holds_in(runtime: Runtime, file: ArticleFile) -> Callable[[str | None], bool]:
    """Whether the article holds where somebody lives; of a place nobody knows only what holds everywhere does."""
    tree, scope = runtime.places.get().tree, file.shown.scope
    return lambda area_code: scope.covers(tree.path(area_code) if area_code else ())


def _set_apart(session: Session, group: QuestionGroup, numbers: tuple[int, ...], now: datetime) -> None:
    """Whoever lives where the answer does not hold goes on waiting, in a group of the same words: one for all batches."""
    apart = question_groups.hold_open_group(session, group.text)
    if apart is None:
        apart = question_groups.open_group(session, text=group.text, asked_at=now)
    questions.move(session, numbers, apart)
