"""The list of articles, the page of one, and each of its versions to the last byte with what it says otherwise."""

from collections.abc import Mapping

from flask import Response
from flask.typing import ResponseReturnValue

from bot.access import Permission, prefix_of
from bot.console import export, labels
from bot.console.article_words import STATES, fields_of
from bot.console.differences import differences
from bot.console.export import Column
from bot.console.labels import moment
from bot.console.listing import Choice, Filter, asked_format, choices, listing, wanted
from bot.console.options import place_filter
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.handlers.ask import told_answer
from bot.office import articles as office
from bot.office.act import Act
from bot.office.articles import Listed, Record
from bot.store.article_lists import Sought
from knowledge.article import Category
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing

# The orders of the store's list that are headings here.
ORDERS = {"updated": "更新", "ends": "有效到", "id": "编号"}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/html": "html"}


def index(visit: Visit) -> ResponseReturnValue:
    filters = _filters(visit.act)
    sought = _sought(visit.act, {one.name: one.current for one in filters})
    if form := asked_format():
        read = office.take_away(visit.act, sought)
        return export.as_file(form, "articles", _columns(visit.act), export.all_rows(read, wanted().order))
    page = office.list_articles(visit.act, sought, wanted())
    shown = listing("console.articles_index", page, filters=filters, orders=ORDERS)
    return visit.render("console/articles/index.html", {"page": page, "listing": shown, "states": STATES})


def show(visit: Visit, article_id: str) -> ResponseReturnValue:
    record = office.show(visit.act, article_id)
    return visit.render(
        "console/articles/show.html",
        {**_shown(visit.act, record), "record": record, "file": record.file},
    )


def version(visit: Visit, article_id: str, number: int) -> ResponseReturnValue:
    """Just what residents would read, or read once, with its fingerprint and what may be done with it."""
    act, record = visit.act, office.show(visit.act, article_id)
    one = office.find_version(act, article_id, number)
    before = _before(record, number)
    pending = one.pending
    return visit.render(
        "console/articles/version.html",
        {
            **_shown(act, record),
            "record": record,
            "file": record.file,
            "version": one,
            "is_waiting": number > record.file.version,
            "told": told_answer(one.writing.article, service=act.runtime.settings.service, today=act.today),
            "fields": fields_of(one.writing, act.areas),
            "compared_with": before[0] if before else None,
            "changes": differences(fields_of(before[1], act.areas), fields_of(one.writing, act.areas))
            if before
            else (),
            "second": act.member.name not in pending.authors | {pending.submitted_by},
        },
    )


def snapshot(visit: Visit, article_id: str, sha256: str) -> ResponseReturnValue:
    """A download, whatever it is: somebody else's page is never shown as one of ours."""
    kept = office.read_snapshot(visit.act, article_id, sha256)
    response = Response(kept.content, content_type="application/octet-stream")
    name = f"{sha256[:12]}.{ENDINGS.get(kept.media_type, 'txt')}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(act: Act, record: Record) -> dict[str, object]:
    """What both pages of an article need."""
    places = record.file.shown.scope.area_code
    may_write = act.may(Permission.ARTICLE_WRITE) and act.covers(places or None)
    return {
        "states": STATES,
        "steps": record.steps if may_write else (),
        "may_write": may_write,
        "told_now": told_answer(record.file.shown, service=act.runtime.settings.service, today=act.today),
        "soon": office.ends_soon_by(act),
    }


def _before(record: Record, number: int) -> tuple[int, Writing] | None:
    """What was public before this version and under which number; for the one being written what is public now."""
    file = record.file
    if number > file.version:
        return (file.version, Writing(file.shown, file.snapshot)) if file.version else None
    earlier = next((one for one in record.versions if one.number < number), None)
    return (earlier.number, earlier.writing) if earlier else None


def _filters(act: Act) -> tuple[Filter, ...]:
    return (
        Filter("state", "状态", choices(STATES)),
        Filter("category", "类别", choices(labels.CATEGORIES)),
        Filter("ends", "期限", (Choice("soon", "三天内到期"),)),
        Filter("owner", "谁负责", (Choice("me", "我负责的"),)),
        place_filter(act),
        Filter("text", "问题里有"),
    )


def _sought(act: Act, given: Mapping[str, str]) -> Sought:
    state = ArticleState(given["state"]) if given["state"] else None
    area = act.areas.get(given["area"]) if given["area"] else None
    # Whatever a second person should look at is in review, also the next version of an article that is public.
    return Sought(
        states=frozenset({state}) if state and state is not ArticleState.IN_REVIEW else frozenset(),
        handed_over=state is ArticleState.IN_REVIEW,
        category=Category(given["category"]) if given["category"] else None,
        ends_by=office.ends_soon_by(act) if given["ends"] else None,
        owner=act.member.name if given["owner"] else "",
        within=prefix_of(area.code) if area else "",
        text=given["text"],
    )


def _columns(act: Act) -> tuple[Column[Listed], ...]:
    zone = act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.file.id),
        Column("问题", lambda one: one.file.shown.question),
        Column("答复", lambda one: one.file.shown.answer),
        Column("类别", lambda one: labels.CATEGORIES[one.file.category]),
        Column("状态", lambda one: STATES[one.file.state]),
        Column("版本", lambda one: one.file.version),
        Column("适用地区", lambda one: _place(act, one.file.shown.scope.area_code)),
        Column("有效到", lambda one: one.file.shown.validity.valid_to),
        Column("依据", lambda one: one.file.shown.source.issuer if one.file.shown.source else ""),
        Column("谁负责", lambda one: one.file.owner or ""),
        Column("更新", lambda one: moment(one.file.updated_at, zone)),
    )


def _place(act: Act, code: str) -> str:
    return act.areas.full_name(code) if code else "全市"


READS = Permission.ARTICLE_READ
ROUTES = (
    Route("/articles", "articles.index", index, READS),
    Route("/articles/<article_id>", "articles.show", show, READS),
    Route("/articles/<article_id>/versions/<int:number>", "articles.version", version, READS),
    Route("/articles/<article_id>/copies/<sha256>", "articles.snapshot", snapshot, READS),
)
