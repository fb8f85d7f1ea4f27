"""Articles as published. Every change raises the knowledge revision, so that all processes load it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.store.changes import Changes, in_pieces
from bot.store.revisions import KNOWLEDGE, raise_revision, revision
from bot.store.sources import dated_columns, scope_of, source_of, validity_of
from bot.store.tables import ArticleRow
from knowledge.article import Article, Category

PUBLISHED = "published"


def all_articles(session: Session) -> tuple[Article, ...]:
    """Every published article, by id; drafts and what was withdrawn are none."""
    published = select(ArticleRow).where(ArticleRow.state == PUBLISHED).order_by(ArticleRow.id)
    return tuple(_article(row) for row in session.scalars(published))


def upsert_articles(session: Session, articles: Iterable[Article], *, now: datetime) -> Changes:
    """Store `articles`, in place of earlier ones of the same id; storing the same again changes nothing."""
    changes = Changes()
    for piece in in_pieces(articles):
        changes += _upsert(session, piece, now)
    if changes.any:
        raise_revision(session, KNOWLEDGE)
    return changes


def remove_article(session: Session, article_id: str) -> None:
    """Withdraw an article. Raises NotFound."""
    row = session.get(ArticleRow, article_id)
    if row is None:
        raise NotFound(f"there is no article {article_id}")
    session.delete(row)
    session.flush()
    raise_revision(session, KNOWLEDGE)


def knowledge_revision(session: Session) -> int:
    """Rises with every change of an article or claim; 0 before the first."""
    return revision(session, KNOWLEDGE)


def _upsert(session: Session, articles: list[Article], now: datetime) -> Changes:
    ids = [article.id for article in articles]
    rows = session.scalars(select(ArticleRow).where(ArticleRow.id.in_(ids)))
    stored = {row.id: _article(row) for row in rows}
    new = [article for article in articles if article.id not in stored]
    changed = [article for article in articles if stored.get(article.id, article) != article]
    if new:
        session.execute(insert(ArticleRow), [_columns(article, now) for article in new])
    if changed:
        session.execute(update(ArticleRow), [_columns(article, now) for article in changed])
        session.expire_all()
    return Changes(len(new), len(changed), len(articles) - len(new) - len(changed))


def _article(row: ArticleRow) -> Article:
    return Article(
        id=row.id,
        question=row.question,
        answer=row.answer,
        phrasings=tuple(row.phrasings),
        source=source_of(row),
        validity=validity_of(row),
        scope=scope_of(row),
        category=Category(row.category),
    )


def _columns(article: Article, now: datetime) -> dict[str, object]:
    return {
        "id": article.id,
        "question": article.question,
        "phrasings": list(article.phrasings),
        "answer": article.answer,
        "category": article.category.value,
        "state": PUBLISHED,
        "version": 1,
        "updated_at": now,
        **dated_columns(article),
    }
