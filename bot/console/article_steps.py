"""What is done about an article: written in a form, handed over, published by a second person, sent back, withdrawn."""

from collections.abc import Callable, Mapping

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.article_forms import ArticleForm, filled
from bot.console.article_words import MISSING
from bot.console.routing import Route
from bot.console.small_forms import attempt, edition, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import article_steps as office
from bot.office import articles
from bot.office.snapshots import LARGEST
from bot.store.article_files import ArticleFile
from knowledge.article import Article, Scope

# What a small form's fault is called; faults come from the office by the name of the field.
FAULTS: Mapping[str, str] = {
    "reason": "请写明原因，会留痕。",
    "name": "没有这位可以写知识的同事。",
    "text": "请写几个字再提交。",
}
# The file and the fields beside it.
LARGEST_BODY = LARGEST + 1_000_000


def new(visit: Visit) -> ResponseReturnValue:
    form = filled(
        Article(id="", question="", answer="", scope=Scope(visit.act.member.area_code or "")), edition=0
    )
    return _form_page(visit, form, None)


def create(visit: Visit) -> ResponseReturnValue:
    form = ArticleForm()
    form.offer_places(visit.act)
    if form.is_good():
        try:
            file = office.create(visit.act, form.article("new"), copy=form.copy())
        except Unacceptable as error:
            form.mark(error)
        else:
            visit.say("已存为草稿。先试一试，核对无误后交另一位同事审。")
            return redirect(url_for("console.articles_version", article_id=file.id, number=1))
    return _form_page(visit, form, None), 422


def edit(visit: Visit, article_id: str) -> ResponseReturnValue:
    """The form, with what is being written, or with what is public."""
    record = articles.show(visit.act, article_id)
    latest = record.waiting.writing.article if record.waiting else record.file.shown
    return _form_page(visit, filled(latest, edition=record.file.edition), record.file)


def save(visit: Visit, article_id: str) -> ResponseReturnValue:
    form = ArticleForm()
    file = articles.show(visit.act, article_id).file
    form.offer_places(visit.act, chosen=file.shown.scope.area_code)
    if form.is_good():
        try:
            office.edit(
                visit.act,
                article_id,
                edition(),
                form.article(article_id),
                copy=form.copy(),
                note=form.note.data or "",
            )
        except Unacceptable as error:
            form.mark(error)
        else:
            visit.say("已保存。先试一试，核对无误后交另一位同事审。")
            return _version(article_id, file)
    return _form_page(visit, form, file), 422


def submit(visit: Visit, article_id: str) -> ResponseReturnValue:
    """Handed over; what is still missing is said, and where it is entered."""
    file = articles.show(visit.act, article_id).file
    try:
        office.submit(visit.act, article_id, edition(), seen=said("seen"))
    except Unacceptable as error:
        missing = "、".join(MISSING.get(field, field) for field in error.faults)
        visit.say(f"还不能送审，请先补上：{missing}。", "danger")
        return redirect(url_for("console.articles_edit", article_id=article_id))
    visit.say("已送审，要由没写过的另一位同事发布。")
    return _version(article_id, file)


def publish(visit: Visit, article_id: str) -> ResponseReturnValue:
    try:
        office.publish(visit.act, article_id, edition(), seen=said("seen"))
    except Unacceptable as error:
        missing = "、".join(MISSING.get(field, field) for field in error.faults)
        visit.say(f"还不能发布，要先补上：{missing}。请退回。", "danger")
    else:
        visit.say("已发布，几秒内对居民生效。")
    return _page(article_id)


def send_back(visit: Visit, article_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        article_id,
        lambda: office.send_back(visit.act, article_id, edition(), reason=said("reason")),
        "已退回作者。",
    )


def withdraw(visit: Visit, article_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        article_id,
        lambda: office.withdraw(visit.act, article_id, edition(), reason=said("reason")),
        "已撤下，居民不会再收到这条答复。",
    )


def drop(visit: Visit, article_id: str) -> ResponseReturnValue:
    return _done(
        visit,
        article_id,
        lambda: office.drop(visit.act, article_id, edition(), reason=said("reason")),
        "已放弃正在写的一版，已发布的不变。",
    )


def restore(visit: Visit, article_id: str, number: int) -> ResponseReturnValue:
    file = office.restore(visit.act, article_id, edition(), number=number)
    visit.say(f"第 {number} 版已恢复成草稿，要重新送审、由另一位同事发布。")
    return _version(article_id, file)


def give(visit: Visit, article_id: str) -> ResponseReturnValue:
    name = said("name") or visit.act.member.name
    return _done(
        visit,
        article_id,
        lambda: articles.give(visit.act, article_id, edition(), name=name),
        f"现在由 {name} 负责，到期前会提醒。",
    )


def comment(visit: Visit, article_id: str) -> ResponseReturnValue:
    return _done(
        visit, article_id, lambda: articles.comment(visit.act, article_id, text=said("text")), "已留言。"
    )


def _done(visit: Visit, article_id: str, work: Callable[[], object], sentence: str) -> ResponseReturnValue:
    attempt(visit, work, sentence, FAULTS)
    return _page(article_id)


def _form_page(visit: Visit, form: ArticleForm, file: ArticleFile | None) -> str:
    form.offer_places(visit.act, chosen=form.area_code.data or "")
    return visit.render("console/articles/form.html", {"form": form, "file": file})


def _page(article_id: str) -> ResponseReturnValue:
    return redirect(url_for("console.articles_show", article_id=article_id))


def _version(article_id: str, file: ArticleFile) -> ResponseReturnValue:
    return redirect(url_for("console.articles_version", article_id=article_id, number=file.version + 1))


WRITES, APPROVES, POST = Permission.ARTICLE_WRITE, Permission.ARTICLE_APPROVE, ("POST",)
ONE = "/articles/<article_id>"
ROUTES = (
    Route("/articles/new", "articles.new", new, WRITES),
    Route("/articles/new", "articles.create", create, WRITES, POST, LARGEST_BODY),
    Route(f"{ONE}/edit", "articles.edit", edit, WRITES),
    Route(f"{ONE}/edit", "articles.save", save, WRITES, POST, LARGEST_BODY),
    Route(f"{ONE}/submit", "articles.submit", submit, WRITES, POST),
    Route(f"{ONE}/publish", "articles.publish", publish, APPROVES, POST),
    Route(f"{ONE}/send-back", "articles.send_back", send_back, APPROVES, POST),
    Route(f"{ONE}/withdraw", "articles.withdraw", withdraw, WRITES, POST),
    Route(f"{ONE}/drop", "articles.drop", drop, WRITES, POST),
    Route(f"{ONE}/versions/<int:number>/restore", "articles.restore", restore, WRITES, POST),
    Route(f"{ONE}/owner", "articles.give", give, WRITES, POST),
    Route(f"{ONE}/comment", "articles.comment", comment, WRITES, POST),
)
