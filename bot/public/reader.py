"""One request of anybody: what a public page is made from, and how it is answered so that it can be kept by caches."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, render_template, request

from bot.errors import NotFound
from bot.public.cards import CardPress
from bot.public.labels import RISKS
from bot.runtime import Runtime
from bot.settings import Service
from bot.store.areas import Area, AreaTree

HTML = "text/html; charset=utf-8"
TAG_LENGTH = 32
# A correction must be seen soon; what never changes under its address may be kept.
PAGE_SECONDS, STEADY_SECONDS, GONE_SECONDS = 300, 86_400, 60


@dataclass(frozen=True, slots=True)
class Site:
    """Built once. `style_version` stands in the stylesheet's address; `press` is None where no font was found."""

    runtime: Runtime
    stylesheet: str
    style_version: str
    press: CardPress | None


@dataclass(frozen=True, slots=True)
class Reader:
    """What a view is given."""

    site: Site
    now: datetime

    @property
    def runtime(self) -> Runtime:
        return self.site.runtime

    @property
    def service(self) -> Service:
        return self.runtime.settings.service

    @property
    def today(self) -> date:
        """The day in the service's time zone."""
        return self.now.astimezone(self.service.zone).date()

    @property
    def areas(self) -> AreaTree:
        return self.runtime.places.get().tree

    def address(self, path: str) -> str:
        """A page's whole address, as it goes into codes and cards."""
        return f"{self.service.public_url}{path}"

    def area(self) -> Area | None:
        """The area asked for; None for none. Raises NotFound for one there is not."""
        code = request.args.get("area", "")
        if not code:
            return None
        found = self.areas.get(code)
        if found is None:
            raise NotFound("there is no such area")
        return found

    def risk_words(self, area: Area) -> str:
        """The risk that holds there, in words; empty when nobody has said."""
        risk = self.areas.risk_of(area.code)
        return RISKS[risk] if risk else ""

    def page(
        self,
        template: str,
        context: Mapping[str, object],
        *,
        path: str,
        status: int = 200,
        changed_at: datetime | None = None,
    ) -> Response:
        """A page in the public layout. `path`: its address without what only changes how it looks."""
        html = render_template(f"public/{template}", **context, canonical=self.address(path), reader=self)
        seconds = PAGE_SECONDS if status == 200 else GONE_SECONDS  # noqa: PLR2004 - OK
        return answer(html, content_type=HTML, seconds=seconds, status=status, changed_at=changed_at)


View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's path, its name ("public.<endpoint>") and what answers it. `keeps_size`: shown in large print or not."""

    path: str
    endpoint: str
    view: View
    keeps_size: bool = True


def answer(
    body: str | bytes,
    *,
    content_type: str,
    seconds: int,
    status: int = 200,
    changed_at: datetime | None = None,
) -> Response:
    """With what caches need: whoever has the same already gets 304 and no body."""
    response = Response(body, status=status, content_type=content_type)
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    response.last_modified = changed_at
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:TAG_LENGTH])
    if status == 200:  # noqa: PLR2004 - OK
        response.make_conditional(request)
    return response
