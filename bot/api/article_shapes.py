"""Articles as callers write and read them: what is public, and what is being written beside it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.findings import SourceIn, SourceOut, told_source
from bot.api.shapes import PRINTABLE, AreaCode, Asked, Day, Edition, Told
from bot.office.articles import Listed, Record
from bot.store.article_files import ArticleFile
from bot.store.article_versions import ArticleVersion
from knowledge.article import Article, Category, Scope, Validity
from knowledge.article_life import ArticleState, ArticleStep
from knowledge.article_text import LONGEST_ANSWER, LONGEST_PHRASING, LONGEST_QUESTION, MOST_PHRASINGS

Question = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=LONGEST_QUESTION)]
Answer = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=LONGEST_ANSWER)]
Phrasing = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=LONGEST_PHRASING)]


class ArticleIn(Asked):
    """A draft may be without a source; what is handed over may not. `area_code` absent: it holds everywhere."""

    question: Question
    answer: Answer
    phrasings: tuple[Phrasing, ...] = Field((), max_length=MOST_PHRASINGS)
    source: SourceIn | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    area_code: AreaCode | None = None
    category: Category = Category.OTHER

    def article(self) -> Article:
        """For the office, which gives the id."""
        return Article(
            id="",
            question=self.question.strip(),
            answer=self.answer.strip(),
            phrasings=self.phrasings,
            source=self.source.source() if self.source else None,
            validity=Validity(self.valid_from, self.valid_to),
            scope=Scope(self.area_code or ""),
            category=self.category,
        )


class ArticleEdit(ArticleIn):
    """`edition` is the one it was read with; any other is a conflict. `note`: why, for colleagues."""

    edition: Edition
    note: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=500)] = ""


class TextOut(Told):
    """`area_code` empty: it holds everywhere."""

    question: str
    answer: str
    phrasings: tuple[str, ...]
    source: SourceOut | None
    valid_from: date | None
    valid_to: date | None
    area_code: str
    category: Category


class ArticleOut(TextOut):
    """What is public, or was; before the first version what is being written. `waiting`: a text stands beside it."""

    id: str
    state: ArticleState
    version: int
    edition: int
    owner: str | None
    waiting: bool
    updated_at: datetime


class ArticleVersionOut(Told):
    """`fingerprint` is what is handed over and published. `snapshot`: the SHA-256 of the source as it was kept."""

    number: int
    text: TextOut
    snapshot: str | None
    fingerprint: str
    authors: tuple[str, ...]
    submitted_by: str | None
    approved_by: str | None
    approved_at: datetime | None
    note: str
    drafted_at: datetime
    published_at: datetime | None


class ArticleRecordOut(ArticleOut):
    """`written`: what is being written; `versions`: those that were public, the newest first."""

    written: ArticleVersionOut | None
    versions: tuple[ArticleVersionOut, ...]
    steps: tuple[ArticleStep, ...]


def told_listed(listed: Listed) -> ArticleOut:
    return ArticleOut(**_fields(listed.file, waiting=listed.waiting is not None))


def told_record(record: Record) -> ArticleRecordOut:
    return ArticleRecordOut(
        **_fields(record.file, waiting=record.waiting is not None),
        written=_version(record.waiting) if record.waiting else None,
        versions=tuple(_version(version) for version in record.versions),
        steps=record.steps,
    )


def _fields(file: ArticleFile, *, waiting: bool) -> dict[str, object]:
    return {
        **_text(file.shown),
        "id": file.id,
        "state": file.state,
        "version": file.version,
        "edition": file.edition,
        "owner": file.owner,
        "waiting": waiting,
        "updated_at": file.updated_at,
    }


def _text(article: Article) -> dict[str, object]:
    return {
        "question": article.question,
        "answer": article.answer,
        "phrasings": article.phrasings,
        "source": told_source(article.source),
        "valid_from": article.validity.valid_from,
        "valid_to": article.validity.valid_to,
        "area_code": article.scope.area_code,
        "category": article.category,
    }


def _version(version: ArticleVersion) -> ArticleVersionOut:
    pending = version.pending
    return ArticleVersionOut(
        number=version.number,
        text=TextOut.model_validate(_text(version.writing.article)),
        snapshot=version.writing.snapshot,
        fingerprint=pending.fingerprint,
        authors=tuple(sorted(pending.authors)),
        submitted_by=pending.submitted_by,
        approved_by=pending.approved_by,
        approved_at=pending.approved_at,
        note=version.note,
        drafted_at=version.drafted_at,
        published_at=version.published_at,
    )
