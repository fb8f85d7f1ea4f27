"""Every role at every door: what no row grants is refused, and no page stands outside the table."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from bot.access import GRANTED, Permission, Role, may
from bot.console.blueprint import PAGES
from bot.console.routing import Route
from tests.bot.console.conftest import Browser

SignedIn = Callable[..., Browser]

# The only pages without a permission: the doors themselves, what the layout is drawn with, and what is not there.
DOORS = frozenset(
    {"console.sign_in", "console.second_step", "console.sign_out", "console.static", "console.nothing"}
)
ROUTES: tuple[Route, ...] = tuple(route for routes in PAGES for route in routes)
AREA = "621121000000"
# Posted so that nobody's words stand in an address; nothing of it is kept.
POSTED_YET_WRITES_NOTHING = frozenset({"/trials"})


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/console/")]


def address_of(app: Flask, route: Route) -> str:
    """The route's address, with nothing there is in its places."""
    endpoint = f"console.{route.endpoint.replace('.', '_')}"
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    values = {name: a_value_for(converter) for name, converter in rule._converters.items()}
    with app.test_request_context():
        return url_for(endpoint, **values)  # type: ignore[arg-type] # values of the path


def a_value_for(converter: BaseConverter) -> object:
    """A number or a name of nothing there is; one of the few where there is a choice."""
    if isinstance(converter, IntegerConverter):
        return 999_999
    return next(iter(converter.items)) if isinstance(converter, AnyConverter) else "no-such-thing"


def test_every_page_declares_its_permission_or_is_a_door(app: Flask) -> None:
    declared = {f"console.{route.endpoint.replace('.', '_')}" for route in ROUTES}

    undeclared = {rule.endpoint for rule in rules_of(app)} - declared - DOORS

    assert undeclared == set(), "add a Route with the permission it needs"


def test_every_permission_is_granted_to_somebody_and_every_role_may_something() -> None:
    assert set(GRANTED) == set(Permission)
    assert all(GRANTED.values())
    assert all(any(may(role, permission) for permission in Permission) for role in Role)


def test_an_auditor_may_write_nothing() -> None:
    writing = [route for route in ROUTES if route.methods != ("GET",)]

    allowed = [route.path for route in writing if may(Role.AUDITOR, route.needs)]

    assert all(path.startswith("/account/") or path in POSTED_YET_WRITES_NOTHING for path in allowed), allowed


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_in_exactly_where_the_table_says(app: Flask, signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role, area_code=AREA if role is Role.AREA_LEAD else None)
    token = browser.token()
    wrong = []
    for route in ROUTES:
        path = address_of(app, route)
        if route.methods == ("GET",):
            response = browser.client.get(path)
        else:
            response = browser.client.post(path, data={"csrf_token": token})
        refused = response.status_code == 403
        if refused is may(role, route.needs):
            wrong.append(f"{route.methods[0]} {route.path}: {response.status_code}")
        if response.status_code >= 500:
            wrong.append(f"{route.methods[0]} {route.path}: {response.status_code}")

    assert wrong == []


def test_without_signing_in_every_page_leads_to_the_door(app: Flask, browser: Browser) -> None:
    inside = []
    for route in ROUTES:
        path = address_of(app, route)
        if route.methods == ("GET",):
            response = browser.client.get(path)
            if response.status_code != 302 or not response.location.startswith("/console/sign-in"):
                inside.append(path)
        elif browser.client.post(path, data={}).status_code != 400:
            inside.append(path)

    assert inside == []


def test_addresses_are_written_in_small_letters_and_hyphens(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in rules_of(app)
        if any(part != part.lower() or "_" in part for part in rule.rule.split("/") if "<" not in part)
    ]

    assert odd == []
