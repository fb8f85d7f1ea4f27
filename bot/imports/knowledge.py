"""Articles and claims as they are imported: read by `knowledge`, then checked against what the database can keep."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.errors import NotFound
from bot.imports.faults import Faults
from bot.store.areas import AreaTree
from knowledge.article import Article, Source
from knowledge.claim import Claim
from knowledge.claim_seeds import read_claims as read_claim_folder
from knowledge.jsonl import read_articles_jsonl, read_claims_jsonl, read_objects
from knowledge.seeds import read_articles as read_article_folder

# As the columns of the store are wide.
LONGEST_ID = 80
LONGEST_IN_SOURCE = {"issuer": 120, "title": 300, "document_number": 80, "url": 1000}
LONGEST_TEXT = 20_000


def read_articles(path: Path, *, day: date, tree: AreaTree | None) -> tuple[Article, ...]:
    """The articles of a JSONL file or a folder of TOML files; `tree` None: areas are not checked.

    `day` is the date relative dates count from. Raises ImportFaults, knowledge's ImportFaults or SeedError, each with
    every fault it found.
    """
    _must_exist(path)
    articles = read_article_folder(path, day=day) if path.is_dir() else read_articles_jsonl(path)
    texts = {article.id: (*article.texts, article.answer) for article in articles}
    _check(path, articles, texts, tree)
    return articles


def read_claims(path: Path, *, day: date, tree: AreaTree | None) -> tuple[Claim, ...]:
    """The claims of a JSONL file or a folder of TOML files; likewise."""
    _must_exist(path)
    claims = read_claim_folder(path, day=day) if path.is_dir() else read_claims_jsonl(path)
    texts = {claim.id: (*claim.texts, claim.explanation) for claim in claims}
    _check(path, claims, texts, tree)
    return claims


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"{path}: no such file or folder")


def _check(
    path: Path, items: Sequence[Article | Claim], texts: Mapping[str, Sequence[str]], tree: AreaTree | None
) -> None:
    faults = Faults(path.name)
    lines: Mapping[str, int] | None = None
    for item in items:
        for field, reason in _unstorable(item, texts[item.id], tree):
            lines = _lines_of(path) if lines is None else lines
            faults.add(lines.get(item.id, 1), f"{item.id[:LONGEST_ID]}.{field}", reason)
    faults.raise_if_any()


def _unstorable(
    item: Article | Claim, texts: Sequence[str], tree: AreaTree | None
) -> Iterator[tuple[str, str]]:
    """Why an article or claim cannot be stored: field and reason."""
    area_code = item.scope.area_code
    if area_code and tree is not None and tree.get(area_code) is None:
        yield "area_code", f"there is no area {area_code}; import the areas first"
    yield from _too_long("id", item.id, LONGEST_ID)
    for text in (item.id, *texts):
        yield from _too_long("text", text, LONGEST_TEXT)
    if item.source:
        yield from _source_too_long(item.source)


def _source_too_long(source: Source) -> Iterator[tuple[str, str]]:
    for field, longest in LONGEST_IN_SOURCE.items():
        yield from _too_long(f"source.{field}", getattr(source, field), longest)


def _too_long(field: str, text: str, longest: int) -> Iterator[tuple[str, str]]:
    if len(text) > longest:
        yield field, f"has {len(text)} characters, at most {longest} are kept"
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        yield field, "has a NUL or half a character in it (\\u0000, \\ud800…)"


def _lines_of(path: Path) -> Mapping[str, int]:
    """On which line each id of a JSONL file stands; a folder's faults name the entry instead."""
    if path.is_dir():
        return {}
    objects: Iterable[tuple[int, Mapping[str, object]]] = read_objects(path, faults=[])
    return {str(values.get("id")): number for number, values in objects}
