"""Articles in folders of TOML files, one file per category: the packaged samples, and what a bureau exports or edits.

[[article]]
id = "testing-where"
question = "…"
phrasings = ["…"]           # the same, plainly
told = ["…"]                # the same as people tell it: found by likewise, never learnt from
answer = '''…'''
category = "testing"
area_code = ""              # empty: everywhere
valid_from_days = -3        # from the day of reading; or valid_from = 2022-07-12
sample = true               # made up: source.title starts with 示例
[article.source]
issuer = "…"
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from knowledge.article import Article, Category, Scope
from knowledge.jsonl import read_validity
from knowledge.seed_fields import (
    VALIDITY_FIELDS,
    SeedError,
    SeedFault,
    Table,
    check_sample,
    read_area_code,
    read_folder,
    read_source,
)
from knowledge.seed_writing import list_lines, rule_lines, source_lines, text_line, write_folder

__all__ = ["SeedError", "SeedFault", "plain_articles", "read_articles", "sample_articles", "write_articles"]

_FIELDS = VALIDITY_FIELDS | {
    "id",
    "question",
    "phrasings",
    "told",
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


def plain_articles(*, day: date) -> tuple[Article, ...]:
    """The same without how people tell it: what judges learn on. Wordings written to be unlike the others would teach them
    that likeness speaks against an article (docs/adr/0033-how-people-tell-it.md).
    """
    return read_folder(files("knowledge").joinpath("seed", "articles"), "article", _read_plain, day=day)


def _read(table: Table) -> Article:
    plain = _read_plain(table)
    return replace(plain, phrasings=(*plain.phrasings, *table.texts("told")))


def _read_plain(table: Table) -> Article:
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
    by_id = sorted(articles, key=lambda article: article.id)
    write_folder(
        folder,
        {
            category.value: [_lines(article) for article in by_id if article.category is category]
            for category in Category
        },
    )


def _lines(article: Article) -> Iterator[str]:
    yield "[[article]]"
    yield text_line("id", article.id)
    yield text_line("question", article.question)
    yield from list_lines("phrasings", article.phrasings)
    yield f'answer = """\n{article.answer.translate(_ESCAPES_OVER_LINES)}"""'
    yield text_line("category", article.category.value)
    yield from rule_lines(article.scope, article.validity)
    yield from source_lines(article.source, table="article")
