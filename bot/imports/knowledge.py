"""Articles and claims as they are imported: read by `knowledge`, then checked against what the database can keep."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.errors import NotFound
from bot.imports.faults import Faults
from bot.store.areas import AreaTree
from bot.unprintable import are_printable
from knowledge.article import Article, Source
from knowledge.claim import Claim
from knowledge.claim_seeds import read_claims as read_claim_folder
from knowledge.jsonl import read_articles_jsonl, read_claims_jsonl, read_objects
from knowledge.seed_fields import places_in
from knowledge.seed_lines import Stretch
from knowledge.seeds import read_articles as read_article_folder

# As the columns of the store are wide.
LONGEST_ID = 80
LONGEST_IN_SOURCE = {"issuer": 120, "title": 300, "document_number": 80, "url": 1000}
LONGEST_TEXT = 20_000

Item = TypeVar("Item", bound=Article | Claim)
# Which of them, by id, an import may not change because the desk has its own work on them.
ArticleDesk = Callable[[Sequence[Article]], frozenset[str]]
ClaimDesk = Callable[[Sequence[Claim]], frozenset[str]]


def read_articles(
    path: Path, *, day: date, tree: AreaTree | None, desk: ArticleDesk = lambda _: frozenset()
) -> tuple[Article, ...]:
    """The articles of a JSONL file or a folder of TOML files; `tree` None: areas are not checked.

    `day` is the date relative dates count from. Raises ImportFaults, knowledge's ImportFaults or SeedError, each with
    every fault it found.
    """
    _must_exist(path)
    articles = read_article_folder(path, day=day) if path.is_dir() else read_articles_jsonl(path)
    texts = {article.id: (*article.texts, article.answer) for article in articles}
    _check(path, "article", articles, texts, tree, desk)
    return articles


def read_claims(
    path: Path, *, day: date, tree: AreaTree | None, desk: ClaimDesk = lambda _: frozenset()
) -> tuple[Claim, ...]:
    """The claims of a JSONL file or a folder of TOML files; likewise."""
    _must_exist(path)
    claims = read_claim_folder(path, day=day) if path.is_dir() else read_claims_jsonl(path)
    texts = {claim.id: (*claim.texts, claim.explanation) for claim in claims}
    _check(path, "claim", claims, texts, tree, desk)
    return claims


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"{path}: no such file or folder")


def _check(
    path: Path,
    name: str,
    items: Sequence[Item],
    texts: Mapping[str, Sequence[str]],
    tree: AreaTree | None,
    desk: Callable[[Sequence[Item]], frozenset[str]],
) -> None:
    faults = Faults(path.name)
    # A database that is asked about an id it cannot hold breaks off, and the other faults stay untold.
    in_hand = desk([item for item in items if not any(_too_long("id", item.id, LONGEST_ID))])
    places: Mapping[str, tuple[str, Stretch]] | None = None
    for item in items:
        for field, reason in (*_unstorable(item, texts[item.id], tree), *_in_hand(item.id, in_hand)):
            places = _places_in(path, name) if places is None else places
            file, stretch = places[item.id]
            faults.add(stretch.line_of(field), f"{item.id[:LONGEST_ID]}.{field}", reason, file=file)
    faults.raise_if_any()


def _in_hand(item_id: str, in_hand: frozenset[str]) -> Iterator[tuple[str, str]]:
    if item_id in in_hand:
        yield "id", "the desk has its own work on it: publish it or give it up there, or import without it"


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
    if not are_printable([text]):
        yield field, "has a control character or half a character in it (\\u0007, \\ud800…)"


def _places_in(path: Path, name: str) -> Mapping[str, tuple[str, Stretch]]:
    """In which file and on which lines the entry of each id stands."""
    if path.is_dir():
        return places_in(path, name)
    objects: Iterable[tuple[int, Mapping[str, object]]] = read_objects(path, faults=[])
    return {str(values.get("id")): (path.name, Stretch(number)) for number, values in objects}
