"""Articles: the list, one with its versions, a draft, an edit beside what is public, and the steps to the public."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.access import Permission, prefix_of
from bot.api.article_shapes import (
    ArticleEdit,
    ArticleIn,
    ArticleOut,
    ArticleRecordOut,
    told_listed,
    told_record,
)
from bot.api.article_transitions import RESOURCE, ArticleTransitionIn, take
from bot.api.routing import Call, Route
from bot.api.shapes import PRINTABLE, AreaCode, Asked, Day, Key, Listing, PageOf
from bot.office import article_steps
from bot.office import articles as office
from bot.office.tokens import Access
from bot.store.article_lists import Sought
from knowledge.article import Category
from knowledge.article_life import ArticleState


class ArticlePath(Asked):
    article_id: Key


class ArticleListing(Listing):
    """`ends_by`: published, and over by that day; `text`: what the question says; `handed_over`: awaits a second person."""

    state: tuple[ArticleState, ...] = ()
    category: Category | None = None
    owner: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=60)] = ""
    area_code: AreaCode | None = None
    ends_by: Day | None = None
    handed_over: Literal["yes"] | None = None
    text: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=100)] = ""
    sort: Literal["", "updated", "-updated", "ends", "-ends", "id", "-id"] = ""


def list_articles(call: Call) -> PageOf[ArticleOut]:
    query: ArticleListing = call.query
    sought = Sought(
        states=frozenset(query.state),
        category=query.category,
        within=prefix_of(query.area_code) if query.area_code else "",
        owner=query.owner,
        ends_by=query.ends_by,
        handed_over=query.handed_over is not None,
        text=query.text,
    )
    page = office.list_articles(call.act, sought, query.wanted)
    items = tuple(told_listed(one) for one in page.items)
    return PageOf[ArticleOut](items=items, next=page.following or None)


def create(call: Call) -> ArticleRecordOut:
    body: ArticleIn = call.body
    made = article_steps.create(call.act, body.article())
    return told_record(office.show(call.act, made.id))


def show(call: Call) -> ArticleRecordOut:
    return told_record(office.show(call.act, call.path.article_id))


def edit(call: Call) -> ArticleRecordOut:
    body: ArticleEdit = call.body
    article_steps.edit(call.act, call.path.article_id, body.edition, body.article(), note=body.note)
    return show(call)


def take_step(call: Call) -> ArticleRecordOut:
    take(call)
    return show(call)


ROUTES = (
    Route(
        method="GET",
        path="/articles",
        view=list_articles,
        needs=Permission.ARTICLE_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="Articles that hold in the owner's area",
        query=ArticleListing,
        answer=PageOf[ArticleOut],
    ),
    Route(
        method="POST",
        path="/articles",
        view=create,
        needs=Permission.ARTICLE_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Draft an article",
        body=ArticleIn,
        answer=ArticleRecordOut,
        status=201,
    ),
    Route(
        method="GET",
        path="/articles/{article_id}",
        view=show,
        needs=Permission.ARTICLE_READ,
        resource=RESOURCE,
        access=Access.READ,
        summary="An article and its versions",
        parts=ArticlePath,
        answer=ArticleRecordOut,
    ),
    Route(
        method="PUT",
        path="/articles/{article_id}",
        view=edit,
        needs=Permission.ARTICLE_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Write it anew, beside what is public",
        parts=ArticlePath,
        body=ArticleEdit,
        answer=ArticleRecordOut,
    ),
    Route(
        method="POST",
        path="/articles/{article_id}/transitions",
        view=take_step,
        needs=Permission.ARTICLE_WRITE,
        resource=RESOURCE,
        access=Access.WRITE,
        summary="Take a step with it; each step needs its own right",
        parts=ArticlePath,
        body=ArticleTransitionIn,
        answer=ArticleRecordOut,
    ),
)
