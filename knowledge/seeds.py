"""Articles in folders of TOML files, one file per category: the packaged samples, and what a bureau exports or edits.

[[article]]
id = "testing-where"
question = "…"
phrasings = ["…"]
answer = '''…'''
category = "testing"
area_code = ""              # empty: everywhere
valid_from_days = -3        # from the day of reading; or valid_from = 2022-07-12
sample = true               # made up: source.title starts with 示例
[article.source]
issuer = "…"
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from knowledge.article import Article, Category, Scope, Source
from knowledge.seed_fields import (
    SAMPLE_MARK,
    VALIDITY_FIELDS,
    SeedError,
    SeedFault,
    Table,
    check_sample,
    read_area_code,
    read_folder,
    read_source,
    read_validity,
)

__all__ = ["SeedError", "SeedFault", "read_articles", "sample_articles", "write_articles"]

_FIELDS = VALIDITY_FIELDS | {
    "id",
    "question",
    "phrasings",
    "answer",
    "category",
    "area_code",
    "sample",
    "source",
}
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F)} | {ord("\\"): "\\\\", ord('"'): '\\"'}
_ESCAPES_OVER_LINES = _ESCAPES | {ord("\n"): "\n"}


def read_articles(folder: Path, *, day: date) -> tuple[Article, ...]:
    """All articles of a folder, their relative days counted from `day` (Asia/Shanghai).

    Raises SeedError with every fault, naming file, article and field; then nothing is returned.
    """
    return read_folder(folder, "article", _read, day=day)


def sample_articles(*, day: date) -> tuple[Article, ...]:
    """The articles that come with Dingxin, dated from `day` (Asia/Shanghai)."""
    return read_folder(files("knowledge").joinpath("seed", "articles"), "article", _read, day=day)


def _read(table: Table) -> Article:
    table.reject_unknown(_FIELDS)
    source = read_source(table)
    check_sample(table, source)
    return Article(
        id=table.text("id", required=True),
        question=table.text("question", required=True),
        answer=table.text("answer", required=True),
        phrasings=table.texts("phrasings"),
        source=source,
        validity=read_validity(table),
        scope=Scope(read_area_code(table)),
        category=table.choice("category", Category, None),
    )


def write_articles(articles: Iterable[Article], folder: Path) -> None:
    """One file per category, in order of id, with absolute dates: `read_articles` gives the same articles back.

    A category without articles has no file: one left from an earlier export is removed. Other files stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_id = sorted(articles, key=lambda article: article.id)
    for category in Category:
        path = folder / f"{category.value}.toml"
        tables = ["\n".join(_lines(article)) for article in by_id if article.category is category]
        if tables:
            path.write_text("\n\n".join(tables) + "\n", encoding="utf-8", newline="\n")
        else:
            path.unlink(missing_ok=True)


def _lines(article: Article) -> Iterator[str]:
    yield "[[article]]"
    yield f"id = {_quoted(article.id)}"
    yield f"question = {_quoted(article.question)}"
    if article.phrasings:
        yield "phrasings = ["
        yield from (f"    {_quoted(phrasing)}," for phrasing in article.phrasings)
        yield "]"
    yield f'answer = """\n{article.answer.translate(_ESCAPES_OVER_LINES)}"""'
    yield f"category = {_quoted(article.category.value)}"
    if article.scope.area_code:
        yield f"area_code = {_quoted(article.scope.area_code)}"
    yield from _dated("valid_from", article.validity.valid_from)
    yield from _dated("valid_to", article.validity.valid_to)
    if article.source:
        yield from _source_lines(article.source)


def _source_lines(source: Source) -> Iterator[str]:
    if source.title.startswith(SAMPLE_MARK):
        yield "sample = true"
    yield "[article.source]"
    yield f"issuer = {_quoted(source.issuer)}"
    named = {"title": source.title, "document_number": source.document_number, "url": source.url}
    yield from (f"{field} = {_quoted(text)}" for field, text in named.items() if text)
    yield from _dated("issued_on", source.issued_on)


def _dated(field: str, day: date | None) -> Iterator[str]:
    if day:
        yield f"{field} = {day.isoformat()}"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
