"""An article as the desk has it: where it stands, whose it is, which version is public.

`bot.store.articles` says what residents are told; nothing of that is changed here but by `publish`. Every change raises the
row's edition, and a change made to an older edition is refused, so that two people who write at once notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.errors import NotFound, Stale
from bot.store.article_versions import keep_published
from bot.store.articles import KNOWN, article_columns, article_of
from bot.store.revisions import KNOWLEDGE, raise_revision
from bot.store.tables import ArticleRow
from bot.store.turns import hold_rows
from knowledge.article import Article, Category
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """`shown`: what is public, or was before it expired or was withdrawn; before the first version what is being written.
    `edition` is what a form was opened with.
    """

    id: str
    state: ArticleState
    version: int
    edition: int
    shown: Article
    snapshot: str | None
    owner: str | None
    expiry_told_at: datetime | None
    updated_at: datetime

    @property
    def published(self) -> Article | None:
        """What residents are or were told; None before the first version."""
        return self.shown if self.version else None

    @property
    def category(self) -> Category:
        """Of what is shown."""
        return self.shown.category


def open_article(
    session: Session, article_id: str, writing: Writing, *, owner: str, now: datetime
) -> ArticleFile:
    """A new draft; its id is `article_id` or the first free one after it."""
    number, free = 1, article_id
    while session.get(ArticleRow, free) is not None:
        number += 1
        free = f"{article_id}-{number}"
    row = ArticleRow(
        id=free,
        state=ArticleState.DRAFT.value,
        owner=owner,
        updated_at=now,
        source_snapshot=writing.snapshot,
        **article_columns(writing.article),
    )
    session.add(row)
    session.flush()
    return file_of(row)


def find_file(session: Session, article_id: str) -> ArticleFile:
    """Raises NotFound."""
    row = session.get(ArticleRow, article_id, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no article {article_id}")
    return file_of(row)


def hold_file(session: Session, article_id: str, *, edition: int) -> ArticleFile:
    """The article, for changing it: others wait until this transaction ends.

    Raises NotFound, and Stale when somebody has changed it since that edition.
    """
    row = session.get(ArticleRow, article_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound(f"there is no article {article_id}")
    if row.edition != edition:
        raise Stale(f"article {article_id} was changed since it was opened")
    return file_of(row)


def save_file(session: Session, file: ArticleFile, *, now: datetime) -> ArticleFile:
    """Write where it stands and whose it is. What the public is told is not written."""
    row = session.get_one(ArticleRow, file.id)
    if row.edition != file.edition:
        raise Stale(f"article {file.id} was changed since it was opened")
    if (row.state in KNOWN) != (file.state in KNOWN):
        raise_revision(session, KNOWLEDGE)
    row.state, row.owner = file.state.value, file.owner
    row.edition += 1
    row.updated_at = now
    session.flush()
    return replace(file, edition=row.edition, updated_at=now)


def show_draft(session: Session, file: ArticleFile, writing: Writing) -> ArticleFile:
    """Of an article that never was public lists show what is being written."""
    if file.version:
        return file
    _write(session.get_one(ArticleRow, file.id), writing)
    return replace(file, shown=writing.article, snapshot=writing.snapshot)


def publish(session: Session, file: ArticleFile, writing: Writing, *, now: datetime) -> ArticleFile:
    """Tell the public `writing` from now on, as the next version. `file` carries the state it goes to."""
    row = session.get_one(ArticleRow, file.id)
    if row.version:
        outgoing = Writing(article_of(row), row.source_snapshot)
        keep_published(session, [(row.id, row.version, outgoing, row.updated_at)])
    _write(row, writing)
    row.version += 1
    row.expiry_told_at = None
    raise_revision(session, KNOWLEDGE)
    told = replace(file, version=row.version, shown=writing.article, snapshot=writing.snapshot)
    return save_file(session, replace(told, expiry_told_at=None), now=now)


def ending_by(session: Session, last: date, *, limit: int) -> tuple[ArticleFile, ...]:
    """Published articles that hold until `last` at most and of which nobody was told yet, the first to end first."""
    untold = _ending(last).where(ArticleRow.expiry_told_at.is_(None))
    return tuple(file_of(row) for row in session.scalars(untold.limit(limit)))


def note_told(session: Session, article_ids: Iterable[str], *, now: datetime) -> None:
    """Somebody was told that these end. Nobody edited them, so nobody's open form goes stale."""
    for row in hold_rows(session, ArticleRow, article_ids).values():
        row.expiry_told_at = now
    session.flush()


def expire_before(session: Session, day: date, *, now: datetime) -> tuple[str, ...]:
    """Published articles whose last day was before `day` have expired; which. An open form of one goes stale."""
    over = select(ArticleRow.id).where(ArticleRow.state == ArticleState.PUBLISHED, ArticleRow.valid_to < day)
    held = hold_rows(session, ArticleRow, session.scalars(over)).values()
    # Whoever held one of them may have let it hold longer.
    expired = [
        row for row in held if row.state == ArticleState.PUBLISHED and row.valid_to and row.valid_to < day
    ]
    for row in expired:
        row.state, row.updated_at = ArticleState.EXPIRED.value, now
        row.edition += 1
    session.flush()
    return tuple(row.id for row in expired)


def file_of(row: ArticleRow) -> ArticleFile:
    """The desk's view of a row."""
    return ArticleFile(
        id=row.id,
        state=ArticleState(row.state),
        version=row.version,
        edition=row.edition,
        shown=article_of(row),
        snapshot=row.source_snapshot,
        owner=row.owner,
        expiry_told_at=row.expiry_told_at,
        updated_at=row.updated_at,
    )


def _ending(last: date) -> Select[ArticleRow]:
    return (
        select(ArticleRow)
        .where(ArticleRow.state == ArticleState.PUBLISHED, ArticleRow.valid_to <= last)
        .order_by(ArticleRow.valid_to, ArticleRow.id)
    )


def _write(row: ArticleRow, writing: Writing) -> None:
    for name, value in article_columns(writing.article).items():
        setattr(row, name, value)
    row.source_snapshot = writing.snapshot
