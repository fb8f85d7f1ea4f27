"""From questions to an article: written from the words in which it was asked, and told to everybody who asked."""

from dataclasses import replace

from bot.access import Permission
from bot.errors import Conflict, NotFound
from bot.messages import Work
from bot.office import article_steps, articles, questions
from bot.office.act import Act
from bot.office.snapshots import Copy
from bot.store import question_groups
from bot.store import questions as stored
from bot.store.article_files import ArticleFile
from bot.store.article_lists import Sought, page_of_articles
from bot.store.pages import MOST, Wanted
from bot.store.question_groups import GroupState
from knowledge.article import Article, Category, Scope
from knowledge.article_life import ArticleState
from knowledge.article_text import LONGEST_PHRASING, MOST_PHRASINGS


def prefilled(act: Act, group_id: int) -> Article:
    """The beginning of an article for a group: its question and the words in which it was asked, without what could point
    to a person. Everything else a person writes.
    """
    act.require(Permission.ARTICLE_WRITE)
    group = questions.find(act, group_id)
    wordings = stored.wordings_of(act.session, group_id, within=act.area_prefix, limit=MOST_PHRASINGS)
    known = tuple(one for one in wordings if one != group.text and len(one) <= LONGEST_PHRASING)
    return Article(
        id="",
        question=group.text,
        answer="",
        phrasings=known,
        scope=Scope(act.member.area_code or ""),
        category=Category.OTHER,
    )


def write(act: Act, group_id: int, article: Article, *, copy: Copy | None = None) -> ArticleFile:
    """A draft for a group; when it is published, everybody who asked there hears it. Raises Unacceptable, Conflict."""
    group = questions.hold_growing(act, group_id)
    if group.state is not GroupState.OPEN:
        raise Conflict(f"article {group.article_id} is being written for group {group_id}")
    file = article_steps.create(act, article, copy=copy)
    _link(act, group_id, file.id, GroupState.WRITTEN)
    return file


def offered(act: Act) -> tuple[ArticleFile, ...]:
    """Articles by which the member may have a group answered at once: public, not over, and of their own area only, if they
    are bound to one.
    """
    act.require(Permission.ARTICLE_READ)
    sought = Sought(states=frozenset({ArticleState.PUBLISHED}), within=act.area_prefix)
    found: list[ArticleFile] = []
    wanted = Wanted(limit=MOST)
    while True:
        page = page_of_articles(act.session, sought, wanted)
        found += page.items
        if not page.following:
            break
        wanted = replace(wanted, cursor=page.following)
    return tuple(sorted((one for one in found if _is_in_force(act, one)), key=lambda one: one.shown.question))


def answer_by(act: Act, group_id: int, article_id: str) -> bool:
    """An article there is answers a group; whether it is public, so that everybody hears it at once. Raises NotFound."""
    act.require(Permission.QUESTION_ANSWER)
    questions.hold_growing(act, group_id)
    file = articles.find(act, article_id)
    if file.state in {ArticleState.WITHDRAWN, ArticleState.EXPIRED}:
        raise NotFound(f"article {article_id} is {file.state}")
    # Of an article that holds elsewhere too, people elsewhere would hear.
    articles.require_place(act, file.shown.scope.area_code)
    public = file.state is ArticleState.PUBLISHED
    _link(act, group_id, article_id, GroupState.TELLING if public else GroupState.WRITTEN)
    if public:
        act.runtime.enqueue(Work.ANSWERS)
    return public


def _is_in_force(act: Act, file: ArticleFile) -> bool:
    last = file.shown.validity.valid_to
    return last is None or last >= act.today


def _link(act: Act, group_id: int, article_id: str, state: GroupState) -> None:
    question_groups.set_state(act.session, group_id, state, article_id=article_id)
    act.note("questions.article", questions.subject(group_id), detail={"article": article_id})
