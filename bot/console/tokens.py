"""API tokens: which there are, a new one with its secret the one time it is known, and the end of one."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from bot.access import Permission
from bot.console import export
from bot.console import token_words as words
from bot.console.export import Column
from bot.console.labels import moment
from bot.console.listing import Choice, Filter, asked_format, listing, wanted
from bot.console.options import options
from bot.console.routing import Route
from bot.console.small_forms import ReasonForm
from bot.console.visit import Visit
from bot.errors import NotFound
from bot.office import tokens as office
from bot.office.tokens import DAYS, LONGEST_NAME, MOST_DAYS
from bot.store.api_tokens import ApiToken

USABLE, ENDED = "usable", "ended"
LASTS = f"填 1 到 {MOST_DAYS} 天"


class TokenForm(FlaskForm):
    owner = StringField(validators=[DataRequired("请填写代表哪个账号")])
    name = StringField(
        validators=[
            DataRequired("请写明给哪个系统用"),
            Length(max=LONGEST_NAME, message=f"最多 {LONGEST_NAME} 字"),
        ]
    )
    scopes = SelectMultipleField(
        choices=options([(scope, words.scope_words(scope)) for scope in words.SCOPES_OFFERED]),
        validators=[InputRequired("请至少选一项")],
        validate_choice=False,
    )
    days = IntegerField(default=DAYS, validators=[NumberRange(1, MOST_DAYS, message=LASTS)])

    def is_good(self) -> bool:
        """Whether all can be taken as entered; the fields say what cannot."""
        good = self.validate()
        if self.days.process_errors:
            self.days.errors = [LASTS]
        if not set(self.scopes.data or ()) <= set(words.SCOPES_OFFERED):
            self.scopes.errors, good = ["请至少选一项"], False
        return good


def index(visit: Visit) -> ResponseReturnValue:
    state = Filter("state", "状态", (Choice(USABLE, "在用"), Choice(ENDED, "已作废、到期或账号停用")))
    usable = None if not state.current else state.current == USABLE
    if form := asked_format():
        read = office.take_away(visit.act, usable=usable)
        return export.as_file(form, "tokens", _columns(visit), export.all_rows(read, wanted().order))
    page = office.list_tokens(visit.act, wanted(), usable=usable)
    orders = {"name": "系统", "created": "发放", "expires": "到期", "used": "最近使用"}
    return visit.render(
        "console/tokens/index.html",
        {
            "page": page,
            "listing": listing("console.tokens_index", page, filters=(state,), orders=orders),
            "words": words,
            "refusal_of": lambda token: office.refusal_of(token, now=visit.act.now),
        },
    )


def new(visit: Visit) -> ResponseReturnValue:
    return _form(visit, TokenForm(data={"owner": visit.act.member.name, "days": DAYS}))


def create(visit: Visit) -> ResponseReturnValue:
    form = TokenForm()
    if not form.is_good():
        return _form(visit, form), 422
    try:
        issued = office.create_token(
            visit.act,
            owner_name=(form.owner.data or "").strip(),
            name=form.name.data or "",
            scopes=form.scopes.data or (),
            days=form.days.data or DAYS,
        )
    except NotFound:
        form.owner.errors = ["没有这个在用的账号，请写与账号页上完全一样的姓名"]
        return _form(visit, form), 422
    return visit.render("console/tokens/created.html", {"issued": issued, "words": words})


def show(visit: Visit, token_id: int) -> ResponseReturnValue:
    token = office.one(visit.act, token_id)
    refusal = office.refusal_of(token, now=visit.act.now)
    return visit.render("console/tokens/show.html", {"token": token, "refusal": refusal, "words": words})


def revoke(visit: Visit, token_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate():
        office.revoke_token(visit.act, token_id, reason=form.reason.data or "")
        visit.say("已作废，从现在起用它什么也做不了。")
    else:
        visit.say("请写明原因，再作废。", "danger")
    return redirect(url_for("console.tokens_show", token_id=token_id))


def _form(visit: Visit, form: TokenForm) -> str:
    return visit.render("console/tokens/new.html", {"form": form, "words": words})


def _columns(visit: Visit) -> tuple[Column[ApiToken], ...]:
    zone, now = visit.act.runtime.settings.service.zone, visit.act.now
    return (
        Column("编号", lambda one: one.id),
        Column("系统", lambda one: one.name),
        Column("代表", lambda one: one.owner.name),
        Column("可以做", lambda one: "、".join(map(words.scope_words, sorted(one.scopes)))),
        Column("状态", lambda one: words.STATES[office.refusal_of(one, now=now)]),
        Column("发放", lambda one: moment(one.created_at, zone)),
        Column("到期", lambda one: moment(one.expires_at, zone)),
        Column("最近使用", lambda one: moment(one.last_used_at, zone)),
    )


WRITE, POST = Permission.TOKEN_WRITE, ("POST",)
ROUTES = (
    Route("/tokens", "tokens.index", index, WRITE),
    Route("/tokens/new", "tokens.new", new, WRITE),
    Route("/tokens/new", "tokens.create", create, WRITE, POST),
    Route("/tokens/<int:token_id>", "tokens.show", show, WRITE),
    Route("/tokens/<int:token_id>/revoke", "tokens.revoke", revoke, WRITE, POST),
)
