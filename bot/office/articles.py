"""Articles as the desk reads them: the list, one with its versions, remarks; and which of them a member may see.

Somebody bound to an area sees what holds there: of everywhere, of the areas above, of their own and below. They write for
their own area only.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.access import Permission
from bot.article_watch import NOTICE
from bot.errors import NotFound, Unacceptable
from bot.office.act import Act
from bot.office.questions import groups_of_article
from bot.store import article_versions, comments, staff
from bot.store.article_files import ArticleFile, find_file, hold_file, save_file
from bot.store.article_lists import Sought, page_of_articles
from bot.store.article_versions import ArticleVersion
from bot.store.comments import Comment
from bot.store.pages import MOST, Page, Wanted
from bot.store.question_groups import QuestionGroup
from bot.store.snapshots import Snapshot, find_snapshot
from knowledge.article_life import ArticleState, ArticleStep, steps_from

LONGEST_REMARK = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `waiting`: what is being written for it, if anything is. Of what is public, `is_over`: its last day
    has passed and nobody is given it, though the calendar has not marked it yet; `ends_soon`: within three days.
    """

    file: ArticleFile
    waiting: ArticleVersion | None
    is_over: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class Record:
    """An article with all the desk knows of it. `versions`: those that were public, newest first; `groups`: the unanswered
    questions it was written for.
    """

    file: ArticleFile
    waiting: ArticleVersion | None
    versions: tuple[ArticleVersion, ...]
    groups: tuple[QuestionGroup, ...]
    comments: tuple[Comment, ...]
    steps: tuple[ArticleStep, ...]


def list_articles(act: Act, sought: Sought, wanted: Wanted) -> Page[Listed]:
    """A page of the articles that hold in the member's area."""
    act.require(Permission.ARTICLE_READ)
    page = page_of_articles(act.session, _own(act, sought), wanted)
    waiting = article_versions.waiting_among(act.session, (file.id for file in page.items))
    return Page(tuple(_listed(act, file, waiting.get(file.id)) for file in page.items), page.following)


def take_away(act: Act, sought: Sought) -> Callable[[Wanted], Page[Listed]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.ARTICLE_READ)
    act.note("articles.exported", "articles")
    return partial(list_articles, act, sought)


def ending(act: Act) -> tuple[ArticleFile, ...]:
    """Published articles that end within three days and are the member's to look after: their own, and, for whoever may
    publish, those of nobody who still works here.
    """
    act.require(Permission.ARTICLE_READ)
    sought = Sought(ends_by=ends_soon_by(act))
    page = page_of_articles(act.session, _own(act, sought), Wanted(order="ends", limit=MOST))
    owners = {file.owner: _is_here(act, file.owner) for file in page.items}
    return tuple(
        file
        for file in page.items
        if file.owner == act.member.name or (act.may(Permission.ARTICLE_APPROVE) and not owners[file.owner])
    )


def ends_soon_by(act: Act) -> date:
    """The last day that is soon."""
    return act.today + NOTICE


def show(act: Act, article_id: str) -> Record:
    """One article. Raises NotFound."""
    act.require(Permission.ARTICLE_READ)
    file, session = find(act, article_id), act.session
    versions = article_versions.versions_of(session, article_id)
    return Record(
        file=file,
        waiting=next((one for one in versions if one.number > file.version), None),
        versions=tuple(one for one in versions if one.number <= file.version),
        groups=groups_of_article(act, article_id),
        comments=comments.comments_on(session, subject(article_id)),
        steps=steps_from(file.state),
    )


def find_version(act: Act, article_id: str, number: int) -> ArticleVersion:
    """One of an article's versions, also the one being written. Raises NotFound."""
    act.require(Permission.ARTICLE_READ)
    find(act, article_id)
    version = article_versions.find_version(act.session, article_id, number)
    if version is None:
        raise NotFound(f"article {article_id} has no version {number}")
    return version


def read_snapshot(act: Act, article_id: str, sha256: str) -> Snapshot:
    """What was kept of this article's source, in any of its versions. Raises NotFound."""
    record = show(act, article_id)
    versions = (*record.versions, *((record.waiting,) if record.waiting else ()))
    if sha256 not in {record.file.snapshot, *(one.writing.snapshot for one in versions)}:
        raise NotFound("there is no such snapshot")
    return find_snapshot(act.session, sha256)


def give(act: Act, article_id: str, edition: int, *, name: str) -> ArticleFile:
    """Make it a colleague's, or one's own, to look after. Raises Unacceptable, Stale."""
    act.require(Permission.ARTICLE_WRITE)
    colleague = staff.find_staff(act.session, name)
    if colleague is None or colleague.disabled_at is not None:
        raise Unacceptable({"name": "there is no such colleague"})
    if not replace(act, member=colleague).may(Permission.ARTICLE_WRITE):
        raise Unacceptable({"name": "this colleague does not write articles"})
    file = hold(act, article_id, edition)
    saved = save_file(act.session, replace(file, owner=colleague.name), now=act.now)
    act.note("article.give", subject(article_id), detail={"to": colleague.name, "from": file.owner or ""})
    return saved


def comment(act: Act, article_id: str, *, text: str) -> None:
    """A remark to colleagues; nobody's form goes stale over it."""
    act.require(Permission.ARTICLE_WRITE)
    find(act, article_id)
    said = text.strip()[:LONGEST_REMARK]
    if not said:
        raise Unacceptable({"text": "must be said"})
    comments.add_comment(act.session, subject(article_id), author=act.member.name, text=said, now=act.now)
    act.note("article.comment", subject(article_id))


def find(act: Act, article_id: str) -> ArticleFile:
    """To read it. Raises NotFound, also for what does not hold in the member's area."""
    file = find_file(act.session, article_id)
    bound, code = act.member.area_code, file.shown.scope.area_code
    if bound is None or code in {"", *act.areas.path(bound)} or act.covers(code):
        return file
    raise NotFound(f"there is no article {article_id}")


def hold(act: Act, article_id: str, edition: int) -> ArticleFile:
    """To change it. Raises NotFound, Forbidden outside the member's area, and Stale."""
    require_place(act, find(act, article_id).shown.scope.area_code)
    return hold_file(act.session, article_id, edition=edition)


def require_place(act: Act, area_code: str) -> None:
    """Raises Forbidden when a member bound to an area writes for anywhere else."""
    if act.member.area_code:
        act.require_area(area_code or None)


def subject(article_id: str) -> str:
    """As the audit trail and remarks name it."""
    return f"article {article_id}"


def _listed(act: Act, file: ArticleFile, waiting: ArticleVersion | None) -> Listed:
    last = file.shown.validity.valid_to
    if file.state is not ArticleState.PUBLISHED or last is None:
        return Listed(file, waiting, is_over=False, ends_soon=False)
    return Listed(file, waiting, is_over=last < act.today, ends_soon=act.today <= last <= ends_soon_by(act))


def _own(act: Act, sought: Sought) -> Sought:
    """Narrowed to what holds in the member's area."""
    bound = act.member.area_code
    if bound is None:
        return sought
    if sought.within.startswith(act.area_prefix):
        return sought
    return replace(sought, within=act.area_prefix, holding_in=act.areas.path(bound))


def _is_here(act: Act, name: str | None) -> bool:
    """Whether somebody of this name still works here."""
    member = staff.find_staff(act.session, name) if name else None
    return member is not None and member.disabled_at is None
