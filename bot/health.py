"""Liveness, readiness and figures, for systemd, the load balancer and Prometheus."""

import structlog
from flask import Blueprint, Response, jsonify

from bot.runtime import Runtime
from bot.store import schema
from bot.store.engine import database_answers

log = structlog.get_logger()

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


def make_blueprint(runtime: Runtime) -> Blueprint:
    """`/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: counts, never people."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def alive() -> Response:
        return Response("ok\n", content_type="text/plain")

    @blueprint.get("/readyz")
    def ready() -> tuple[Response, int]:
        checks = readiness(runtime)
        return jsonify(checks), 200 if all(checks.values()) else 503

    @blueprint.get("/metrics")
    def metrics() -> Response:
        library = runtime.library.get()
        runtime.metrics.articles.set(len(library.articles))
        runtime.metrics.claims.set(len(library.claims))
        return Response(runtime.metrics.render(), content_type=EXPOSITION)

    return blueprint


def readiness(runtime: Runtime) -> dict[str, bool]:
    """What must hold before residents are let in."""
    answers = database_answers(runtime.database)
    return {
        "database": answers,
        "migrations": answers and schema.is_current(runtime.database),
        "model": runtime.library.get() is not None,
    }
