"""The public pages put together: nobody signs in, nothing is stored, nothing comes from elsewhere, no script runs."""

import hashlib
from collections.abc import MutableMapping
from functools import partial
from importlib.resources import files
from urllib.parse import urlencode

import structlog
from flask import Blueprint, Response, has_request_context, request
from werkzeug.exceptions import HTTPException

from bot import wording
from bot.errors import BotError, NotFound, Unacceptable
from bot.handlers.offices import cite, written
from bot.public import communities, labels, letters, rumours, site_map
from bot.public.cards import CardPress
from bot.public.fonts import find_faces
from bot.public.reader import STEADY_SECONDS, Page, Reader, Site, View, answer
from bot.runtime import Runtime
from bot.unprintable import are_printable

log = structlog.get_logger()

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
CSS = "text/css; charset=utf-8"
VERSION_LENGTH = 8
LARGE = "large"
YES = "1"


def style(reader: Reader) -> Response:
    """The one stylesheet. Its address changes with it."""
    return answer(reader.site.stylesheet, content_type=CSS, seconds=STEADY_SECONDS)


def nowhere(_reader: Reader, rest: str) -> Response:
    """Any other address under /p/. Raises NotFound, which has a page of its own."""
    raise NotFound(f"there is no public page of {len(rest)} characters")


PAGES: tuple[Page, ...] = (
    *rumours.PAGES,
    *letters.PAGES,
    *communities.PAGES,
    *site_map.PAGES,
    Page("/p/style.css", "style", style, keeps_size=False),
    Page("/p/<path:rest>", "nowhere", nowhere),
)


def make_blueprint(runtime: Runtime) -> Blueprint:
    """Everything under /p/, and /robots.txt."""
    site = open_site(runtime)
    blueprint = Blueprint("public", __name__, template_folder="templates")
    for page in PAGES:
        blueprint.add_url_rule(page.path, endpoint=page.endpoint, view_func=partial(_read, site, page.view))
    blueprint.url_defaults(_keep_size)
    blueprint.context_processor(lambda: _everywhere(site))
    blueprint.before_request(require_address)
    blueprint.after_request(_guard)
    for kind in (BotError, HTTPException):
        blueprint.register_error_handler(kind, partial(_refused, site))
    return blueprint


def open_site(runtime: Runtime) -> Site:
    """The stylesheet read, the font found: once, before the first request."""
    stylesheet = files("bot.public").joinpath("static", "public.css").read_text("utf-8")
    faces = find_faces(runtime.settings.service.card_font)
    return Site(
        runtime=runtime,
        stylesheet=stylesheet,
        style_version=hashlib.sha256(stylesheet.encode()).hexdigest()[:VERSION_LENGTH],
        press=CardPress(faces) if faces else None,
    )


def require_address() -> None:
    """An address that no database takes is of no page. Raises NotFound."""
    if not are_printable([request.path, *(value for _, values in request.args.lists() for value in values)]):
        raise NotFound("there is no public page of such an address")


def _read(site: Site, view: View, **path: str) -> Response:
    return view(Reader(site, site.runtime.clock()), **path)


def _keep_size(endpoint: str, values: MutableMapping[str, object]) -> None:
    """Whoever reads in large print goes on reading in large print."""
    if endpoint in SIZED and has_request_context() and request.args.get(LARGE) == YES:
        values.setdefault(LARGE, YES)


SIZED = frozenset(f"public.{page.endpoint}" for page in PAGES if page.keeps_size)


def _everywhere(site: Site) -> dict[str, object]:
    """What every template may use."""
    large = request.args.get(LARGE) == YES
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != LARGE]
    other = urlencode(rest if large else [*rest, (LARGE, YES)])
    return {
        "service": site.runtime.settings.service,
        "verdicts": wording.VERDICTS,
        "labels": labels,
        "cite": cite,
        "written": written,
        "large": large,
        "other_size": f"{request.path}?{other}" if other else request.path,
        "style_version": site.style_version,
        "has_cards": site.press is not None,
    }


def _guard(response: Response) -> Response:
    response.headers.update(
        {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
        }
    )
    return response


def _refused(site: Site, error: Exception) -> Response:
    """A plain page for what there is not. Whatever else went wrong is in the log under the error's class."""
    status = _status(error)
    log.info("public_refused", error=type(error).__name__, status=status)
    reader = Reader(site, site.runtime.clock())
    return reader.page("error.html", {"status": status}, path=request.path, status=status)


def _status(error: Exception) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Unacceptable):
        return 400
    return error.code or 500 if isinstance(error, HTTPException) else 500
