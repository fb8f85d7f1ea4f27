"""What is done about unanswered questions: put together and apart, answered one by one or by an article, done with."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from bot.access import Permission
from bot.console.article_forms import ArticleForm, filled
from bot.console.article_steps import LARGEST_BODY
from bot.console.questions import group_page, listing_of_suggestions, number_in
from bot.console.routing import Route
from bot.console.small_forms import attempt, complain, is_number, said
from bot.console.visit import Visit
from bot.errors import NotFound, Unacceptable
from bot.office import question_articles
from bot.office import questions as office
from bot.office.question_numbers import Meant, meant_by

FAULTS: Mapping[str, str] = {
    "numbers": "请先选中要移动的问题。",
    "text": "请写几个字再提交。",
    "reason": "请写明原因，会留痕。",
}
TOLD = "已发布的知识，问过的人会陆续收到。"
NO_GROUP = "没有这一组：它不是哪一组的编号，也不是已归入哪一组的、居民手里的编号。请核对。"
EITHER = "{number} 是一组的编号，也是居民手里的编号，在另一组里。请选要移到哪一组："
NO_ARTICLE = "没有这个编号的知识条目，或者它已经撤下、到期了。请从列出的知识里选一条。"
LATER = "已记下，等这条知识发布，问过的人会收到。"


class AnswerForm(FlaskForm):
    text = TextAreaField(
        validators=[
            InputRequired("请写下答复"),
            Length(max=office.LONGEST_ANSWER, message=f"请不要超过 {office.LONGEST_ANSWER} 字"),
        ]
    )


def place(visit: Visit) -> ResponseReturnValue:
    """A suggestion confirmed; or not, and it becomes a group of its own. The list stays narrowed as it was."""
    into = said("into")
    _place(visit, into=_number(into) if into else None, waiting=True)
    return redirect(listing_of_suggestions(visit).first())


def move(visit: Visit, group_id: int) -> ResponseReturnValue:
    """The ticked questions into another group, or into one of their own. A group is meant by its own number or by that of a
    question in it; which of two, a person says.
    """
    typed = said("into")
    if not typed:
        return _page(_place(visit) or group_id)
    number = number_in(typed) or 0
    meant = _narrowed(meant_by(visit.act, number), leaving=group_id)
    if meant.own and meant.held:
        return group_page(visit, group_id, {"into": EITHER.format(number=number)}, meant), 422
    target = meant.own or meant.held
    if target is None:
        return group_page(visit, group_id, {"into": NO_GROUP}), 422
    _place(visit, into=target.id)
    return _page(group_id)


def rename(visit: Visit, group_id: int) -> ResponseReturnValue:
    attempt(visit, lambda: office.rename(visit.act, group_id, text=said("text")), "已改。", FAULTS)
    return _page(group_id)


def close(visit: Visit, group_id: int) -> ResponseReturnValue:
    try:
        closed = office.close(visit.act, group_id, reason=said("reason"))
    except Unacceptable as error:
        complain(visit, error, FAULTS)
    else:
        visit.say(f"已办结 {closed} 个问题。")
    return _page(group_id)


def question(visit: Visit, number: int) -> ResponseReturnValue:
    return _answer_page(visit, number, AnswerForm(formdata=None))


def answer(visit: Visit, number: int) -> ResponseReturnValue:
    form, line = AnswerForm(), office.find_question(visit.act, number)
    if not form.validate():
        return _answer_page(visit, number, form), 422
    told = office.answer(visit.act, number, text=(form.text.data or "").replace("\r\n", "\n"))
    visit.say("已答复，问的人会收到。" if told else "已答复。问的人已断开联系，不会收到。")
    return _page(line.group_id) if line.group_id else redirect(url_for("console.questions_index"))


def new_article(visit: Visit, group_id: int) -> ResponseReturnValue:
    form = filled(question_articles.prefilled(visit.act, group_id), edition=0)
    return _article_page(visit, group_id, form)


def write_article(visit: Visit, group_id: int) -> ResponseReturnValue:
    form = ArticleForm()
    form.offer_places(visit.act)
    if form.is_good():
        try:
            file = question_articles.write(visit.act, group_id, form.article("new"), copy=form.copy())
        except Unacceptable as error:
            form.mark(error)
        else:
            visit.say("已存为草稿。由另一位同事审过发布后，问过的人都会收到。")
            return redirect(url_for("console.articles_version", article_id=file.id, number=1))
    return _article_page(visit, group_id, form), 422


def answer_by(visit: Visit, group_id: int) -> ResponseReturnValue:
    """An article there is already answers it."""
    try:
        told = question_articles.answer_by(visit.act, group_id, said("article"))
    except NotFound:
        return group_page(visit, group_id, {"article": NO_ARTICLE}), 422
    visit.say(TOLD if told else LATER)
    return _page(group_id)


def _narrowed(meant: Meant, *, leaving: int) -> Meant:
    """Whichever was said to be meant, of two; that to which they belong already is not where they are moved to."""
    which, own, held = said("meant"), meant.own, meant.held
    if which == "held" or (own and held and own.id == leaving and not which):
        own = None
    if which == "own" or (own and held and held.id in {own.id, leaving}):
        held = None
    return Meant(own, held)


def _place(visit: Visit, *, into: int | None = None, waiting: bool = False) -> int | None:
    """The number of a group that was made; None when none was."""
    numbers = frozenset(filter(None, map(_number, request.form.getlist("number"))))
    try:
        if into is None:
            made = office.split(visit.act, numbers, text=said("text"), waiting=waiting)
            visit.say("已另立一组。")
            return made
        office.move(visit.act, numbers, into=into, waiting=waiting)
    except Unacceptable as error:
        complain(visit, error, FAULTS)
    else:
        visit.say(f"已归入“{office.find(visit.act, into).text}”（组编号 {into}）。")
    return None


def _number(typed: str) -> int:
    """What was typed as a number; 0, which is nothing's, for what is none or is longer than any of ours."""
    return int(typed) if is_number(typed) else 0


def _answer_page(visit: Visit, number: int, form: AnswerForm) -> str:
    line = office.find_question(visit.act, number)
    return visit.render("console/questions/answer.html", {"form": form, "question": line})


def _article_page(visit: Visit, group_id: int, form: ArticleForm) -> str:
    form.offer_places(visit.act, chosen=form.area_code.data or "")
    group = office.find(visit.act, group_id)
    return visit.render("console/articles/form.html", {"form": form, "file": None, "group": group})


def _page(group_id: int) -> ResponseReturnValue:
    return redirect(url_for("console.questions_show", group_id=group_id))


ANSWER, WRITE, POST = Permission.QUESTION_ANSWER, Permission.ARTICLE_WRITE, ("POST",)
GROUP = "/questions/<int(max=2147483647):group_id>"
ONE = "/questions/one/<int(max=2147483647):number>"
ROUTES = (
    Route("/questions/suggestions", "questions.place", place, ANSWER, POST),
    Route(ONE, "questions.question", question, ANSWER),
    Route(ONE, "questions.answer", answer, ANSWER, POST),
    Route(f"{GROUP}/move", "questions.move", move, ANSWER, POST),
    Route(f"{GROUP}/name", "questions.rename", rename, ANSWER, POST),
    Route(f"{GROUP}/close", "questions.close", close, ANSWER, POST),
    Route(f"{GROUP}/article", "questions.new_article", new_article, WRITE),
    Route(f"{GROUP}/article", "questions.write_article", write_article, WRITE, POST, LARGEST_BODY),
    Route(f"{GROUP}/answered-by", "questions.answer_by", answer_by, ANSWER, POST),
)
