"""The doors: name and password, then the code; and the way out. The only pages without a permission."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.routing import require_token
from bot.console.session_store import ROUND, WAITING
from bot.console.visit import browser_session
from bot.office import sign_in as door
from bot.office.sign_in import Refusal
from bot.runtime import Runtime
from bot.store.staff import StaffMember

THEN = "then"
HOME = "console.home_show"


def add_doors(blueprint: Blueprint, runtime: Runtime) -> None:
    """Sign in, second step, sign out."""

    @blueprint.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> ResponseReturnValue:
        return _first_step(runtime) if request.method == "POST" else render_template("console/sign_in.html")

    @blueprint.route("/second-step", methods=["GET", "POST"])
    def second_step() -> ResponseReturnValue:
        if WAITING not in browser_session():
            return redirect(url_for("console.sign_in"))
        return (
            _second_step(runtime) if request.method == "POST" else render_template("console/second_step.html")
        )

    @blueprint.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        require_token()
        browser_session().end()
        return redirect(url_for("console.sign_in"))


def _first_step(runtime: Runtime) -> ResponseReturnValue:
    require_token()
    name, now = request.form.get("name", "").strip(), runtime.clock()
    with runtime.database.transaction() as session:
        found = door.check_password(session, runtime, name, request.form.get("password", ""), now=now)
    if isinstance(found, Refusal):
        return render_template("console/sign_in.html", refusal=found, name=name), 401
    if found.has_second_factor:
        browser_session()[WAITING], browser_session()[ROUND] = found.id, found.sessions_ended
        return redirect(url_for("console.second_step", then=_then()))
    return _let_in(found, now)


def _second_step(runtime: Runtime) -> ResponseReturnValue:
    require_token()
    waiting, begun, now = browser_session()[WAITING], browser_session().get(ROUND), runtime.clock()
    code = request.form.get("code", "").replace(" ", "")
    with runtime.database.transaction() as session:
        found = (
            door.check_code(session, runtime, waiting, code, sessions_ended=begun, now=now)
            if isinstance(waiting, int) and isinstance(begun, int)
            else Refusal.WRONG
        )
    if isinstance(found, Refusal):
        return render_template("console/second_step.html", refusal=found), 401
    return _let_in(found, now)


def _let_in(member: StaffMember, now: datetime) -> ResponseReturnValue:
    then = _then()
    browser_session().begin(member, now)
    return redirect(then or url_for(HOME))


def _then() -> str | None:
    """Where somebody wanted to go before they had to sign in: a page of the console, nowhere else."""
    wanted = request.values.get(THEN, "")
    return wanted if wanted.startswith("/console/") and "\\" not in wanted else None
