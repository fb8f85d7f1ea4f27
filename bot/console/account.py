"""One's own account: the password, the phone that shows codes."""

import io

import qrcode
import qrcode.image.svg
from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from bot.access import Permission
from bot.console.routing import Route
from bot.console.visit import Visit, browser_session
from bot.errors import Unacceptable
from bot.office import sign_in as door
from bot.store import second_factor
from bot.store.staff import SHORTEST_PASSWORD

OFFERED = "offered_secret"


class PasswordForm(FlaskForm):
    current = PasswordField(validators=[InputRequired("请填写现在的密码")])
    new = PasswordField(
        validators=[
            InputRequired("请填写新密码"),
            Length(SHORTEST_PASSWORD, 200, message=f"新密码至少 {SHORTEST_PASSWORD} 位"),
        ]
    )
    again = PasswordField(validators=[EqualTo("new", message="两次填写的新密码不一样")])


class CodeForm(FlaskForm):
    code = StringField(validators=[Regexp(r"^\s*\d{3}\s*\d{3}\s*$", message="请填写手机上显示的 6 位数字")])


def show(visit: Visit) -> ResponseReturnValue:
    return visit.render("console/account/show.html", {})


def password(visit: Visit) -> ResponseReturnValue:
    return visit.render("console/account/password.html", {"form": PasswordForm()})


def change_password(visit: Visit) -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate():
        try:
            member = door.change_own_password(
                visit.act, current=form.current.data or "", new=form.new.data or ""
            )
        except Unacceptable as error:
            for field in error.faults:
                form[field].errors = [WRONG[field]]
        else:
            browser_session().begin(member, visit.act.now)
            visit.say("密码已更改，其他地方的登录已全部退出。")
            return redirect(url_for("console.home_show"))
    return visit.render("console/account/password.html", {"form": form}), 422


WRONG = {"current": "现在的密码不对", "new": "新密码不能和旧密码一样"}


def second_factor_page(visit: Visit) -> ResponseReturnValue:
    offered = _offered(visit)
    if offered is None:
        offered = second_factor.new_secret()
        browser_session()[OFFERED] = visit.act.runtime.vault.seal(offered, OFFERED).hex()
    return visit.render("console/account/second_factor.html", _offer(visit, offered, CodeForm()))


def set_up_second_factor(visit: Visit) -> ResponseReturnValue:
    form, offered = CodeForm(), _offered(visit)
    if offered is None:
        return redirect(url_for("console.account_second_factor"))
    if form.validate():
        try:
            code = "".join((form.code.data or "").split())
            door.set_up_second_factor(visit.act, secret=offered, code=code)
        except Unacceptable:
            form.code.errors = ["这不是手机现在该显示的数字。请核对手机时间，用下一组数字再试"]
        else:
            browser_session().begin(visit.act.member, visit.act.now)
            visit.say("动态验证码已启用，以后登录时要用到。")
            return redirect(url_for("console.home_show"))
    return visit.render("console/account/second_factor.html", _offer(visit, offered, form)), 422


def _offered(visit: Visit) -> str | None:
    """The secret shown to this browser, sealed like any other while it waits for its first code."""
    sealed = browser_session().get(OFFERED)
    return visit.act.runtime.vault.open(bytes.fromhex(sealed), OFFERED) if isinstance(sealed, str) else None


def _offer(visit: Visit, secret: str, form: CodeForm) -> dict[str, object]:
    name = visit.act.runtime.settings.service.name
    drawn = io.BytesIO()
    qrcode.make(
        second_factor.address(secret, name=visit.act.member.name, issuer=name),
        image_factory=qrcode.image.svg.SvgPathImage,
    ).save(drawn)
    svg = drawn.getvalue().decode().partition("?>")[2]
    return {"form": form, "secret": secret, "code": Markup(svg)}  # noqa: S704 - drawn here, from our own address


ROUTES = (
    Route("/account", "account.show", show, Permission.OWN_ACCOUNT),
    Route("/account/password", "account.password", password, Permission.OWN_ACCOUNT),
    Route("/account/password", "account.change_password", change_password, Permission.OWN_ACCOUNT, ("POST",)),
    Route("/account/second-factor", "account.second_factor", second_factor_page, Permission.OWN_ACCOUNT),
    Route(
        "/account/second-factor",
        "account.set_up_second_factor",
        set_up_second_factor,
        Permission.OWN_ACCOUNT,
        ("POST",),
    ),
)
