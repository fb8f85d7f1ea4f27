"""The document says what the code does: every rule a row, every row a permission, every operation described."""

import pytest
from flask import Flask

from bot.access import GRANTED, Permission
from bot.api.blueprint import DOCUMENT, PREFIX, ROUTES
from bot.api.openapi import document
from bot.api.routing import Route
from bot.office.tokens import RESOURCES, Access
from bot.settings import Service
from tests.bot.api.caller import Systems

OPEN_TO_EVERYBODY = {PREFIX + DOCUMENT}
ROUTES_BY_NAME = {route.name: route for route in ROUTES}


def test_every_rule_has_a_row_and_no_row_is_without_a_permission(app: Flask) -> None:
    rules = {rule.rule: rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    undeclared = [
        path
        for path, rule in rules.items()
        if path not in OPEN_TO_EVERYBODY
        and not isinstance(ROUTES_BY_NAME[rule.endpoint.removeprefix("api.")].needs, Permission)
    ]
    assert undeclared == []
    assert {PREFIX + route.rule for route in ROUTES} | OPEN_TO_EVERYBODY == set(rules)


def test_no_two_operations_have_one_name() -> None:
    assert len(ROUTES_BY_NAME) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_asks_for_a_right_somebody_has_and_a_scope_there_is(route: Route) -> None:
    assert GRANTED[route.needs]
    assert route.access in RESOURCES[route.resource]
    assert (route.method == "GET") <= (route.access is Access.READ)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_is_closed_without_a_token(systems: Systems, route: Route) -> None:
    path = PREFIX + "/".join("x" if part.startswith("{") else part for part in route.path.split("/"))
    assert systems.nobody().open(path, method=route.method, json={}).status_code == 401


def test_the_document_lists_every_operation_with_its_refusals() -> None:
    described = document(ROUTES, Service(), prefix=PREFIX)
    operations = {
        (method.upper(), path): operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == {(route.method, route.path) for route in ROUTES}
    for (method, path), operation in operations.items():
        assert {"401", "403", "422", "429"} <= set(operation["responses"]), (method, path)
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_every_reference_in_the_document_leads_somewhere() -> None:
    described = document(ROUTES, Service(), prefix=PREFIX)
    defined = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) <= defined


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    if isinstance(node, list):
        return [found for value in node for found in references(value)]
    return []
