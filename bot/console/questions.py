"""Unanswered questions: those that ask the same together, one such group with its words and places, what is only suggested."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue

from bot.access import Permission, prefix_of
from bot.console import export
from bot.console.export import Column
from bot.console.labels import moment
from bot.console.listing import Filter, Listing, asked_format, choices, listing, wanted
from bot.console.options import place_filter
from bot.console.question_words import FITS, GROUP_STATES, QUESTION_STATES
from bot.console.routing import Route
from bot.console.small_forms import is_number
from bot.console.trials import OUTCOMES
from bot.console.visit import Visit
from bot.office import question_articles
from bot.office import questions as office
from bot.office.nearest_articles import nearest_articles
from bot.office.question_numbers import Meant, numbers_of
from bot.office.questions import ListedGroup, Suggestion
from bot.store.pages import Page
from bot.store.question_groups import WAITING, GroupState, Sought

ORDERS = {"count": "问过", "first": "最早", "last": "最近"}
# Numbers are given in the order in which questions come.
BY_AGE = {"number": "最早在前", "-number": "最新在前"}
NONE_READ: Page[Suggestion] = Page(())
NEITHER = Meant()


def index(visit: Visit) -> ResponseReturnValue:
    state = Filter("state", "状态", choices(GROUP_STATES))
    area, text = place_filter(visit.act), Filter("text", "问题里有，或编号", hint="如 图书馆，或 29")
    found = visit.act.areas.get(area.current) if area.current else None
    sought = Sought(
        state=GroupState(state.current) if state.current else None,
        within=prefix_of(found.code) if found else "",
        text=text.current,
        number=number_in(text.current),
    )
    if form := asked_format():
        read = office.take_away(visit.act, sought)
        return export.as_file(form, "questions", _columns(visit), export.all_rows(read, wanted().order))
    page = office.list_groups(visit.act, sought, wanted())
    shown = listing("console.questions_index", page, filters=(state, area, text), orders=ORDERS)
    return visit.render(
        "console/questions/index.html",
        {
            "page": page,
            "listing": shown,
            "states": GROUP_STATES,
            "numbers": numbers_of(visit.act, [one.group.id for one in page.items], sought.number),
        },
    )


def show(visit: Visit, group_id: int) -> ResponseReturnValue:
    return group_page(visit, group_id)


def number_in(typed: str) -> int | None:
    """What was typed as a number: 29, or 编号 29 as residents read it."""
    digits = typed.removeprefix("编号").strip()
    return int(digits) if is_number(digits) else None


def group_page(
    visit: Visit, group_id: int, faults: Mapping[str, str] | None = None, meant: Meant = NEITHER
) -> str:
    """`faults`: what was wrong in its forms, by the field; `meant`: the groups between which a person has to choose."""
    nearest = nearest_articles(visit.act, group_id)
    record = office.show(visit.act, group_id, wanted())
    waits = record.group.state in WAITING and visit.act.may(Permission.QUESTION_ANSWER)
    return visit.render(
        "console/questions/show.html",
        {
            "record": record,
            "nearest": nearest,
            "outcomes": OUTCOMES,
            "today": visit.act.today,
            "offered": question_articles.offered(visit.act) if waits else (),
            "faults": faults or {},
            "meant": meant,
            "states": GROUP_STATES,
            "question_states": QUESTION_STATES,
            "fits": FITS,
        },
    )


def suggestions(visit: Visit) -> ResponseReturnValue:
    area = place_filter(visit.act).current
    within = prefix_of(area) if area else ""
    if form := asked_format():
        read = office.take_away_suggestions(visit.act, within=within)
        rows = export.all_rows(read, wanted().order)
        return export.as_file(form, "suggestions", _columns_of_suggestions(visit), rows)
    page = office.list_suggestions(visit.act, wanted(), within=within, explained=True)
    shown = listing_of_suggestions(visit, page)
    return visit.render(
        "console/questions/suggestions.html", {"page": page, "listing": shown, "states": GROUP_STATES}
    )


def listing_of_suggestions(visit: Visit, page: Page[Suggestion] = NONE_READ) -> Listing:
    """As the address narrows and sorts it; without a page to go back to it."""
    filters = (place_filter(visit.act),)
    return listing("console.questions_suggestions", page, filters=filters, orders=BY_AGE)


def _columns_of_suggestions(visit: Visit) -> tuple[Column[Suggestion], ...]:
    zone, areas = visit.act.runtime.settings.service.zone, visit.act.areas

    def place(code: str | None) -> str:
        return areas.full_name(code) if code and areas.get(code) else ""

    return (
        Column("编号", lambda one: one.question.number),
        Column("问题", lambda one: one.question.text),
        Column("地区", lambda one: place(one.question.area_code)),
        Column("时间", lambda one: moment(one.question.asked_at, zone)),
        Column("组编号", lambda one: one.group.id),
        Column("像哪一组", lambda one: one.group.text),
        Column("状态", lambda one: GROUP_STATES[one.group.state]),
    )


def _columns(visit: Visit) -> tuple[Column[ListedGroup], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("组编号", lambda one: one.group.id),
        Column("问题", lambda one: one.group.text),
        Column("问过", lambda one: one.count),
        Column("最早", lambda one: moment(one.group.first_asked_at, zone)),
        Column("最近", lambda one: moment(one.group.last_asked_at, zone)),
        Column("状态", lambda one: GROUP_STATES[one.group.state]),
        Column("知识条目", lambda one: one.group.article_id or ""),
    )


READ = Permission.QUESTION_READ
ROUTES = (
    Route("/questions", "questions.index", index, READ),
    Route("/questions/suggestions", "questions.suggestions", suggestions, READ),
    Route("/questions/<int(max=2147483647):group_id>", "questions.show", show, READ),
)
