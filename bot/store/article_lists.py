"""The desk's list of articles: filtered, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from bot.store.article_files import ArticleFile, file_of
from bot.store.article_versions import is_handed_over
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import ArticleRow
from knowledge.article import Category
from knowledge.article_life import ArticleState

LATEST_FIRST = "-updated"
ORDERS = {
    "updated": ArticleRow.updated_at,
    "ends": ArticleRow.valid_to,
    "id": ArticleRow.id,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which articles. `within`: the digits by which the areas begin for which they hold; `holding_in`: the codes of an area
    and all above it, for those that hold there at all, wherever else; `ends_by`: published, and over by then; `handed_over`:
    waiting for a second person; `text`: what the question says.
    """

    states: frozenset[ArticleState] = frozenset()
    category: Category | None = None
    within: str = ""
    holding_in: tuple[str, ...] = ()
    owner: str = ""
    ends_by: date | None = None
    handed_over: bool = False
    text: str = ""


def page_of_articles(session: Session, sought: Sought, wanted: Wanted) -> Page[ArticleFile]:
    """A page. Raises Unacceptable for an order or cursor there is not."""
    return read_page(
        session,
        _sought(sought),
        orders=ORDERS,
        key=ArticleRow.id,
        default=LATEST_FIRST,
        wanted=wanted,
        make=file_of,
    )


def _sought(sought: Sought) -> Select[ArticleRow]:
    conditions: list[ColumnElement[bool]] = []
    if sought.states:
        conditions.append(ArticleRow.state.in_(sought.states))
    if sought.category:
        conditions.append(ArticleRow.category == sought.category)
    if sought.owner:
        conditions.append(ArticleRow.owner == sought.owner)
    if sought.ends_by is not None:
        conditions += [ArticleRow.state == ArticleState.PUBLISHED, ArticleRow.valid_to <= sought.ends_by]
    if sought.handed_over:
        conditions.append(is_handed_over())
    if sought.text:
        conditions.append(ArticleRow.question.contains(sought.text, autoescape=True))
    return select(ArticleRow).where(*conditions, *_places(sought))


def _places(sought: Sought) -> list[ColumnElement[bool]]:
    below = [begins(ArticleRow.area_code, sought.within)] if sought.within else []
    if sought.holding_in:
        return [or_(ArticleRow.area_code.in_(["", *sought.holding_in]), *below)]
    return below
