"""The sample approver's phone: the six digits it shows now, on the demo's own clock."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, render_template

from bot.store.second_factor import STEP_SECONDS, code_at

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def make_blueprint(secret: str, clock: Callable[[], datetime]) -> Blueprint:
    """`/demo/code`."""
    blueprint = Blueprint("authenticator", __name__, template_folder="templates")

    @blueprint.get("/demo/code")
    def page() -> Response:
        now = clock()
        left = STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS
        response = Response(render_template("authenticator.html", code=code_at(secret, now), left=left))
        response.headers.update(
            {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Refresh": str(left)}
        )
        return response

    return blueprint
