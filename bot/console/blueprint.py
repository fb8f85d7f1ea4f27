"""The console put together: doors, routes, what every page may use, and what becomes of an error.

Deny by default: whatever is not one of the doors is a `Route` with a permission. Nothing from outside is ever loaded.
"""

import structlog
from flask import Blueprint, Flask, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from bot.access import Permission
from bot.console import (
    account,
    alerts,
    appeals,
    areas,
    article_steps,
    articles,
    audit,
    broadcast_results,
    broadcasts,
    charts,
    claim_steps,
    claims,
    evidence,
    headcounts,
    home,
    labels,
    question_steps,
    questions,
    reports,
    staff,
    tokens,
    trials,
    verdicts,
)
from bot.console.routing import Route, add_routes, require_address
from bot.console.session_store import ServerSessions
from bot.console.sign_in import add_doors
from bot.errors import BotError, Conflict, Forbidden, NotFound, RequestRejected, Stale, Unacceptable
from bot.runtime import Runtime
from bot.unprintable import printable
from broadcasts.errors import BroadcastError

log = structlog.get_logger()

PAGES: tuple[tuple[Route, ...], ...] = (
    home.ROUTES,
    charts.ROUTES,
    alerts.ROUTES,
    articles.ROUTES,
    article_steps.ROUTES,
    trials.ROUTES,
    questions.ROUTES,
    question_steps.ROUTES,
    # Before the page of one claim: "new" is no claim's id.
    reports.ROUTES,
    appeals.ROUTES,
    claims.ROUTES,
    claim_steps.ROUTES,
    verdicts.ROUTES,
    evidence.ROUTES,
    broadcasts.ROUTES,
    broadcast_results.ROUTES,
    headcounts.ROUTES,
    areas.ROUTES,
    account.ROUTES,
    audit.ROUTES,
    staff.ROUTES,
    tokens.ROUTES,
)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Which page an error becomes: the first class it is one of.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Forbidden, 403),
    (NotFound, 404),
    (Stale, 409),
    (Conflict, 409),
    (Unacceptable, 422),
    (BroadcastError, 409),
    (RequestRejected, 400),
    (BotError, 500),
)
# What was typed is shown again on the page of an error, so that nothing is lost; these hold nothing that was typed.
NOT_TYPED = frozenset(
    {"csrf_token", "edition", "seen", "fingerprint", "password", "current", "new", "again", "code"}
)
LONGEST_SHOWN = 20_000


def add_console(app: Flask, runtime: Runtime) -> None:
    """The staff's pages, with sessions on the server."""
    app.secret_key = runtime.settings.console.secret_key.get_secret_value()
    app.session_interface = ServerSessions(runtime)
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
        BOOTSTRAP_BTN_STYLE="primary",
    )
    Bootstrap5(app)
    app.register_blueprint(make_blueprint(runtime))


def make_blueprint(runtime: Runtime) -> Blueprint:
    """Everything under /console/."""
    blueprint = Blueprint(
        "console", __name__, url_prefix="/console", template_folder="templates", static_folder="static"
    )
    add_doors(blueprint, runtime)
    for routes in PAGES:
        add_routes(blueprint, routes, runtime)
    blueprint.add_url_rule("/<path:address>", endpoint="nothing", view_func=_nothing)
    blueprint.before_request(require_address)
    blueprint.after_request(_guard)
    blueprint.context_processor(lambda: _everywhere(runtime))
    blueprint.add_app_template_filter(lambda at: labels.moment(at, runtime.settings.service.zone), "moment")
    for kind in (BotError, BroadcastError):
        blueprint.register_error_handler(kind, _refused)
    blueprint.register_error_handler(HTTPException, _http_error)
    return blueprint


def _nothing(address: str) -> ResponseReturnValue:
    """A blueprint's error pages are shown for its own addresses only: this makes all of /console/ its own."""
    del address
    abort(404)


def _everywhere(runtime: Runtime) -> dict[str, object]:
    """What every template may use."""
    return {
        "csrf_field": lambda: Markup('<input type="hidden" name="csrf_token" value="{}">').format(
            generate_csrf()
        ),
        "service": runtime.settings.service,
        "labels": labels,
        "Permission": Permission,
        # Pages there are, for the navigation.
        "linked": frozenset(
            f"console.{route.endpoint.replace('.', '_')}" for pages in PAGES for route in pages
        ),
        "areas": runtime.places.get().tree if runtime.places else None,
    }


def _guard(response: Response) -> Response:
    # A picture that a page of ours shows brings its own: its lines are styled inside it.
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.update(
        {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
    )
    if request.endpoint != "console.static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _refused(error: Exception) -> ResponseReturnValue:
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    log.info("console_refused", error=type(error).__name__, status=status)
    return _page(status, kind=_kind(error))


def _kind(error: Exception) -> str:
    return type(error).__name__


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects are no errors
        return error.get_response()
    return _page(error.code, kind="")


def _page(status: int, *, kind: str) -> ResponseReturnValue:
    typed = {
        name: printable(value[:LONGEST_SHOWN])
        for name, value in (request.form.items() if status != 413 else ())  # noqa: PLR2004 - what was too large is not read
        if name not in NOT_TYPED and value.strip()
    }
    act = g.get("act")
    shown = {"status": status, "kind": kind, "typed": typed, "back": _back(), "act": act}
    return render_template("console/error.html", **shown, member=act.member if act else None), status


def _back() -> str:
    """The page of ours that led here: where a form was filled in, or what has changed since."""
    scheme, _, led = (request.referrer or "").partition("://")
    address = led.removeprefix(request.host)
    ours = scheme in {"http", "https"} and led != address and address.startswith("/console/")
    return address if ours and address != request.full_path.rstrip("?") else ""
