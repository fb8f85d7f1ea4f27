"""Articles as published. Every change raises the knowledge revision, so that all processes load it.

An import publishes what was decided elsewhere. It may replace what an import or the desk has published; what the desk is
writing, has withdrawn or has not published yet it never overwrites.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict
from bot.store.article_versions import keep_published, waiting_among
from bot.store.changes import Changes, in_pieces
from bot.store.revisions import KNOWLEDGE, raise_revision, revision
from bot.store.sources import dated_columns, scope_of, source_of, validity_of
from bot.store.tables import ArticleRow
from bot.store.turns import hold_rows, take_turn
from knowledge.article import Article, Category
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing

# What the library holds: of a rule that has expired people must hear that it has, not the rule.
KNOWN = frozenset({ArticleState.PUBLISHED, ArticleState.EXPIRED})
# What two imports must not bring at once: the second finds what the first has brought.
TURN = "import of articles"


def all_articles(session: Session) -> tuple[Article, ...]:
    """Every published article, by id; drafts and what was withdrawn or has expired are none."""
    return _articles(session, frozenset({ArticleState.PUBLISHED}))


def known_articles(session: Session) -> tuple[Article, ...]:
    """Every published article and those that have expired, by id: what is found by those who ask."""
    return _articles(session, KNOWN)


def upsert_articles(
    session: Session,
    articles: Iterable[Article],
    *,
    now: datetime,
    watched: Callable[[Sequence[Article]], Iterable[Article]] = iter,
) -> Changes:
    """Store `articles`, in place of earlier ones of the same id; storing the same again changes nothing. `watched` hands them
    on one by one, in the order in which they are held: that of their ids.

    Raises Conflict, naming them, for those that are the desk's.
    """
    take_turn(session, TURN)
    changes = Changes()
    for piece in in_pieces(watched(sorted(articles, key=lambda article: article.id))):
        changes += _upsert(session, piece, now)
    if changes.any:
        raise_revision(session, KNOWLEDGE)
    return changes


def knowledge_revision(session: Session) -> int:
    """Rises with every change of an article, a claim, the models or a place's name; 0 before the first."""
    return revision(session, KNOWLEDGE)


def article_of(row: ArticleRow) -> Article:
    """What stands in a row: what is public, or was, or, before the first version, is being written."""
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


def article_columns(article: Article) -> dict[str, object]:
    """The columns an article's fields stand in."""
    return {
        "question": article.question,
        "phrasings": list(article.phrasings),
        "answer": article.answer,
        "category": article.category.value,
        **dated_columns(article),
    }


def _articles(session: Session, states: frozenset[ArticleState]) -> tuple[Article, ...]:
    rows = session.scalars(select(ArticleRow).where(ArticleRow.state.in_(states)).order_by(ArticleRow.id))
    return tuple(article_of(row) for row in rows)


def _upsert(session: Session, articles: list[Article], now: datetime) -> Changes:
    known = {row.id: row for row in _among(session, articles)}
    new = [article for article in articles if article.id not in known]
    differ = [one.id for one in articles if one.id in known and _says_otherwise(known[one.id], one)]
    rows = hold_rows(session, ArticleRow, differ)
    # Whoever held one of them may have made it say the same.
    changed = [one for one in articles if one.id in rows and _says_otherwise(rows[one.id], one)]
    replaced = [rows[article.id] for article in changed]
    _require_ours(session, replaced)
    if new:
        session.execute(insert(ArticleRow), [_first_columns(article, now) for article in new])
    if changed:
        keep_published(
            session,
            [
                (row.id, row.version, Writing(article_of(row), row.source_snapshot), row.updated_at)
                for row in replaced
            ],
        )
        session.execute(
            update(ArticleRow), [_next_columns(article, rows[article.id], now) for article in changed]
        )
        session.expire_all()
    return Changes(len(new), len(changed), len(articles) - len(new) - len(changed))


def _among(session: Session, articles: Iterable[Article]) -> Iterable[ArticleRow]:
    return session.scalars(select(ArticleRow).where(ArticleRow.id.in_([article.id for article in articles])))


def _says_otherwise(row: ArticleRow, article: Article) -> bool:
    """Whether the row is not this article, published as it is."""
    return not row.version or article_of(row) != article


def in_hand(session: Session, articles: Iterable[Article]) -> frozenset[str]:
    """Which of them, by id, an import may not change.

    They are the desk's: it keeps them from the public, or is writing them anew.
    """
    found: set[str] = set()
    for piece in in_pieces(articles):
        new = {article.id: article for article in piece}
        otherwise = [row for row in _among(session, piece) if _says_otherwise(row, new[row.id])]
        found |= _theirs(session, otherwise)
    return frozenset(found)


def _theirs(session: Session, rows: list[ArticleRow]) -> set[str]:
    waiting = waiting_among(session, (row.id for row in rows))
    return {*waiting, *(row.id for row in rows if row.state not in KNOWN)}


def _require_ours(session: Session, rows: list[ArticleRow]) -> None:
    """Raises Conflict when one of them is the desk's."""
    theirs = _theirs(session, rows)
    if theirs:
        raise Conflict(
            f"the knowledge desk has its own work on {', '.join(sorted(theirs))}: publish it or give it up there, "
            "or import without it"
        )


def _first_columns(article: Article, now: datetime) -> dict[str, object]:
    columns = {**article_columns(article), "id": article.id, "updated_at": now}
    return {**columns, "state": ArticleState.PUBLISHED.value, "version": 1}


def _next_columns(article: Article, row: ArticleRow, now: datetime) -> dict[str, object]:
    """The next version. A snapshot belongs to its source."""
    return {
        **_first_columns(article, now),
        "version": row.version + 1,
        "edition": row.edition + 1,
        "expiry_told_at": None,
        "source_snapshot": row.source_snapshot if source_of(row) == article.source else None,
    }
