"""The page that an error becomes: what happened, what was typed, and the ways back to the thing it was about.

The addresses on it name pages only: what was typed never stands in one.
"""

from dataclasses import dataclass

import structlog
from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot.console.typed import typed
from bot.errors import BotError, Conflict, Forbidden, NotFound, RequestRejected, Stale, Unacceptable
from broadcasts.errors import BroadcastError

log = structlog.get_logger()

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
TOO_LARGE = 413
# What was asked for is there and may be looked at.
LEADS_BACK = frozenset({400, 409, TOO_LARGE, 422})
BLUEPRINT = "console."


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str


# The page of a thing, the part of the path that names it, and what the way back is called; for the pages of its kind.
THINGS: tuple[tuple[str, str, str], ...] = (
    ("articles_show", "article_id", "回到这条知识"),
    ("claims_show", "claim_id", "回到这条传言"),
    ("claims_appeal", "number", "回到这条不同意见"),
    ("broadcasts_show", "broadcast_id", "回到这份推送"),
    ("questions_show", "group_id", "回到这组问题"),
    ("questions_question", "number", "回到这个问题"),
    ("staff_show", "staff_id", "回到这个账号"),
    ("areas_show", "area_code", "回到这个地方"),
    ("tokens_show", "token_id", "回到这个令牌"),
)


def refused(error: Exception) -> ResponseReturnValue:
    """One of our errors as a page."""
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    log.info("console_refused", error=type(error).__name__, status=status)
    return _page(status, kind=type(error).__name__)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """One of the framework's."""
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects are no errors
        return error.get_response()
    return _page(error.code, kind="")


def _page(status: int, *, kind: str) -> ResponseReturnValue:
    # What was too large is not read.
    is_read = status != TOO_LARGE
    thing = _thing() if status in LEADS_BACK else None
    back, act = _back(), g.get("act")
    shown = {
        "status": status,
        "kind": kind,
        "typed": typed(_endpoint()) if is_read else {},
        "file_sent": is_read and any(file.filename for file in request.files.values()),
        "thing": thing,
        "form_again": _form_again() if status in LEADS_BACK else "",
        "back": "" if thing and back == thing.address else back,
        "act": act,
    }
    return render_template("console/error.html", **shown, member=act.member if act else None), status


def _endpoint() -> str:
    return (request.endpoint or "").removeprefix(BLUEPRINT)


def _thing() -> Link | None:
    """The page of what the request was about."""
    path, kind = request.view_args or {}, _endpoint().partition("_")[0]
    for page, part, label in THINGS:
        if part in path and page.startswith(f"{kind}_"):
            return Link(url_for(BLUEPRINT + page, **{part: path[part]}), label)
    return None


def _form_again() -> str:
    """Where the form that was posted can be opened; nothing for a button on a page."""
    posted = request.url_rule
    opens = posted is not None and any(
        rule.rule == posted.rule and "GET" in (rule.methods or ())
        for rule in current_app.url_map.iter_rules()
    )
    return request.path if opens else ""


def _back() -> str:
    """The page of ours that led here: where a form was filled in, or what has changed since."""
    scheme, _, led = (request.referrer or "").partition("://")
    address = led.removeprefix(request.host)
    ours = scheme in {"http", "https"} and led != address and address.startswith("/console/")
    return address if ours and address != request.full_path.rstrip("?") else ""
