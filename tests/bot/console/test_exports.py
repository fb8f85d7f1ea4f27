"""Whatever is taken away as a file leaves one trace: asked of every page there is, so that no new list forgets it."""

import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from bot.access import Role, may
from bot.console.routing import Route
from bot.runtime import Runtime
from bot.store.tables import ArticleRow, AuditEventRow, ClaimRow, HeadcountDriveRow, StaffRow
from tests.bot.console.conftest import Browser
from tests.bot.console.test_access import ROUTES
from tests.bot.console.test_broadcasts import drafted

SignedIn = Callable[..., Browser]
Taken = tuple[Route, list[str]]

PAGES = tuple(route for route in ROUTES if route.methods == ("GET",))
# Who may open every page, between them.
READERS = (Role.ADMINISTRATOR, Role.REVIEWER)
# Names in paths for what is shown one by one, with no list of its own that could be taken away.
ONE_BY_ONE = frozenset({"group_id", "name", "number", "sha256", "source", "token_id"})


@pytest.fixture
def taken(app: Flask, runtime: Runtime, signed_in: SignedIn) -> list[Taken]:
    """Every page that gives a file when one is asked for, and what the trail says of that."""
    things = of_each(runtime) | {"broadcast_id": drafted(signed_in(Role.EDITOR))}
    browsers = {role: signed_in(role) for role in READERS}
    return list(asked_for_files(app, runtime, browsers, things))


def test_every_file_leaves_one_trace(taken: list[Taken]) -> None:
    wrong = [
        f"{route.path}: {actions}"
        for route, actions in taken
        if len(actions) != 1 or not actions[0].endswith("exported")
    ]

    assert wrong == []


def test_every_list_that_gives_a_file_is_among_them(taken: list[Taken]) -> None:
    modules = {route.view.__module__ for route in ROUTES}
    written = Counter(
        {name: inspect.getsource(sys.modules[name]).count("asked_format()") for name in modules}
    )

    assert written - Counter(route.view.__module__ for route, _ in taken) == Counter()


def asked_for_files(
    app: Flask, runtime: Runtime, browsers: Mapping[Role, Browser], things: Mapping[str, object]
) -> Iterator[Taken]:
    for route in PAGES:
        address, named = address_of(app, route, things)
        assert named <= ONE_BY_ONE, f"{route.path}: say in of_each where there is one"
        browser = browsers[next(role for role in READERS if may(role, route.needs))]
        before = len(actions_of(runtime))
        response = browser.client.get(address)
        assert response.status_code < 500, route.path
        assert named or response.status_code not in {403, 404}, route.path
        if response.mimetype == "text/csv":
            yield route, actions_of(runtime)[before:]


def address_of(app: Flask, route: Route, things: Mapping[str, object]) -> tuple[str, frozenset[str]]:
    """Where it stands, as a file, and what is named in it that there is nothing of."""
    endpoint = f"console.{route.endpoint.replace('.', '_')}"
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    values = {name: things.get(name, "letter" if name == "source" else 1) for name in rule.arguments}
    with app.test_request_context():
        address = url_for(endpoint, **values, format="csv")  # type: ignore[arg-type] # values of the path
    return address, frozenset(rule.arguments - things.keys())


def of_each(runtime: Runtime) -> dict[str, object]:
    """One of each that the sample holds, by the names paths give them."""
    with runtime.database.reading() as session:
        return {
            "area_code": "621121000000",
            "article_id": session.scalar(select(ArticleRow.id)),
            "claim_id": session.scalar(select(ClaimRow.id)),
            "drive_id": session.scalar(select(HeadcountDriveRow.id)),
            "staff_id": session.scalar(select(StaffRow.id)),
        }


def actions_of(runtime: Runtime) -> list[str]:
    with runtime.database.reading() as session:
        return list(session.scalars(select(AuditEventRow.action).order_by(AuditEventRow.id)))
