"""The API put together from the rows of its resources, and what becomes of an error."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import HTTPException

from bot.api import (
    areas,
    articles,
    audit_events,
    broadcast_results,
    broadcasts,
    claims,
    grid_workers,
    headcounts,
    relay_tasks,
)
from bot.api.entrance import enter
from bot.api.openapi import document
from bot.api.problems import ERRORS, Refused, from_anywhere, from_error, from_http, from_refusal
from bot.api.rates import Rates
from bot.api.routing import Route
from bot.runtime import Runtime

PREFIX = "/api/v1"
DOCUMENT = "/openapi.json"
ROUTES: tuple[Route, ...] = (
    *areas.ROUTES,
    *grid_workers.ROUTES,
    *articles.ROUTES,
    *claims.ROUTES,
    *broadcasts.ROUTES,
    *broadcast_results.ROUTES,
    *relay_tasks.ROUTES,
    *headcounts.ROUTES,
    *audit_events.ROUTES,
)


def make_blueprint(runtime: Runtime) -> Blueprint:
    """Everything under /api/v1. Only the document itself is open to everybody."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    rates = Rates(runtime.settings.api)
    for route in ROUTES:
        blueprint.add_url_rule(
            route.rule,
            endpoint=route.name,
            view_func=_view(runtime, rates, route),
            methods=[route.method],
            provide_automatic_options=False,
        )

    @cache
    def described() -> dict[str, Any]:
        """Made when it is first asked for: few ask, and it takes a third of a second."""
        return document(ROUTES, runtime.settings.service, prefix=PREFIX)

    blueprint.add_url_rule(
        DOCUMENT, endpoint="document", view_func=lambda: jsonify(described()), provide_automatic_options=False
    )
    blueprint.register_error_handler(Refused, from_refusal)
    blueprint.register_error_handler(HTTPException, from_http)
    for kind in ERRORS:
        blueprint.register_error_handler(kind, from_error)
    blueprint.app_errorhandler(HTTPException)(from_anywhere)
    blueprint.after_request(_guard)
    return blueprint


def _view(runtime: Runtime, rates: Rates, route: Route) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        return enter(runtime, rates, route, path)

    return view


def _guard(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
