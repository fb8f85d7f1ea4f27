"""The console put together: doors, routes, and what every page may use.

Deny by default: whatever is not one of the doors is a `Route` with a permission. Nothing from outside is ever loaded.
"""

from flask import Blueprint, Flask, Response, abort, request
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
    refusals,
    reports,
    staff,
    tokens,
    trials,
    verdicts,
)
from bot.console.routing import Route, add_routes, require_address
from bot.console.session_store import ServerSessions
from bot.console.sign_in import add_doors
from bot.console.use_words import BARS, plainly
from bot.errors import BotError
from bot.runtime import Runtime
from broadcasts.errors import BroadcastError
from knowledge.article_use import shared_words_of

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
    blueprint.add_app_template_filter(plainly, "plainly")
    blueprint.add_app_template_filter(shared_words_of, "shared")
    for kind in (BotError, BroadcastError):
        blueprint.register_error_handler(kind, refusals.refused)
    blueprint.register_error_handler(HTTPException, refusals.http_error)
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
        "bars": BARS,
        "Permission": Permission,
        # Pages there are, for the navigation.
        "linked": frozenset(
            f"console.{route.endpoint.replace('.', '_')}" for pages in PAGES for route in pages
        ),
        "areas": runtime.places.get().tree if runtime.places else None,
        # Filled by the fields of a form while the page is put together: each that is wrong, for the summary above it.
        "faults": [],
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
