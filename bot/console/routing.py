"""The console's routes as data: path, view, and the permission without which nobody gets in. No row, no way in.

A view is a function of a visit and what stands in the path; the transaction around it is opened and closed here. GET reads
(and may leave a trace of having read); anything else writes, all or nothing, and only with the token of a form of ours.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from bot.access import Permission
from bot.console.session_store import STAFF
from bot.console.visit import Visit, owes, recognise
from bot.errors import BadPayload, SignedOut, Unprintable
from bot.office.act import Act
from bot.runtime import Runtime
from bot.store.engine import Session
from bot.store.pages import LARGEST
from bot.unprintable import are_printable

View = Callable[..., ResponseReturnValue]

# Where an account that owes a password of its own or a second factor is sent; the only pages it may use.
OWED = {"password": "console.account_password", "second_factor": "console.account_second_factor"}
# A form is worth as long as the session.
TOKEN_FIELD = "csrf_token"  # noqa: S105 - a field's name


@dataclass(frozen=True, slots=True)
class Route:
    """`endpoint` is "<page module>.<view>", reached as url_for("console.<page module>_<view>"). `largest`: bytes of a
    body, where a file may come with it.
    """

    path: str
    endpoint: str
    view: View
    needs: Permission
    methods: tuple[str, ...] = ("GET",)
    largest: int | None = None


def add_routes(blueprint: Blueprint, routes: tuple[Route, ...], runtime: Runtime) -> None:
    """Every route behind sign-in and its permission."""
    for route in routes:
        blueprint.add_url_rule(
            route.path,
            endpoint=route.endpoint.replace(".", "_"),
            view_func=partial(_enter, runtime, route),
            methods=list(route.methods),
        )


def require_token() -> None:
    """What was posted comes from a form of this browser's session, and can be kept. Raises SignedOut when that session has
    ended, BadPayload, Unprintable.
    """
    try:
        validate_csrf(request.form.get(TOKEN_FIELD))
    except ValidationError:
        raise (BadPayload if STAFF in session else SignedOut)("form_token") from None
    typed = (value for name, values in request.form.lists() for value in (name, *values))
    named = (file.filename or "" for _, files in request.files.lists() for file in files)
    if not are_printable(itertools.chain(typed, named)):
        raise Unprintable


def require_address() -> None:
    """What stands in the address can be somebody's words. Raises Unprintable; a path that cannot is of no page."""
    if not are_printable([request.path]):
        abort(404)
    if not are_printable(value for name, values in request.args.lists() for value in (name, *values)):
        raise Unprintable


def _enter(runtime: Runtime, route: Route, **path: str | int) -> ResponseReturnValue:
    def work(database: Session) -> ResponseReturnValue:
        member = recognise(database)
        if member is None:
            return _to_the_door()
        if (owed := owes(member)) and route.needs is not Permission.OWN_ACCOUNT:
            return redirect(url_for(OWED[owed]))
        # A page of an error shows who is signed in, too.
        g.act = act = Act(database, runtime, member, runtime.clock())
        if not act.may(route.needs):
            abort(403)
        if any(isinstance(part, int) and part >= LARGEST for part in path.values()):
            abort(404)
        return route.view(Visit(act), **path)

    if request.method in {"GET", "HEAD"}:
        return runtime.database.attempt(work)
    if route.largest is not None:
        request.max_content_length = route.largest
    require_token()
    with runtime.database.transaction() as database:
        return work(database)


def _to_the_door() -> ResponseReturnValue:
    """Signing in leads back to the page that was asked for. Raises SignedOut where something was posted: on the page of
    that error it is not lost.
    """
    if request.method not in {"GET", "HEAD"}:
        raise SignedOut("signed_out")
    return redirect(url_for("console.sign_in", then=request.full_path.rstrip("?")))
