"""Lists as somebody uses them: a link clicked, cards read, a file opened."""

import csv
import io
import re
from html import unescape

from bot.runtime import Runtime
from bot.store import audit
from bot.store.audit import AuditEvent, AuditQuery
from bot.store.pages import Wanted
from tests.bot.console.conftest import Browser


def link(page: str, label: str) -> str:
    """Where the first link of this label leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>{label}', page)
    assert found is not None
    return unescape(found.group(1))


def form_to(page: str, path: str) -> str:
    """Where the first form leads that is posted to this page."""
    found = re.search(rf'<form method="post" action="({path}[^"]*)"', page)
    assert found is not None
    return unescape(found.group(1))


def numbered(page: str) -> list[int]:
    """The numbers that forms of the page send, each once."""
    return list(dict.fromkeys(int(one) for one in re.findall(r'name="number" value="(\d+)"', page)))


def noted(runtime: Runtime, begins: str) -> list[AuditEvent]:
    """What the trail has whose action begins so, the earliest first."""
    with runtime.database.reading() as session:
        return list(audit.find_events(session, AuditQuery(action=begins), Wanted("at")).items)


def taken(browser: Browser, path: str) -> list[dict[str, str]]:
    """The rows of the CSV at this address."""
    return list(csv.DictReader(io.StringIO(browser.get(path).text.lstrip("\ufeff"))))
