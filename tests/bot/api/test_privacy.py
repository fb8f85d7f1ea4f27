"""No answer of the API names a resident, and none joins what somebody asked with where they live."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.api.blueprint import ROUTES
from bot.store.engine import Database
from bot.store.tables import DeliveryRow
from tests.bot.api.caller import Caller, Systems
from tests.bot.api.conftest import served
from tests.bot.api.seeded import CALLED, DRIVE, Seeded, seeded_office
from tests.bot.places import BEIJIE, HEPING
from tests.clocks import TestClock

OPENID = re.compile(r"(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{24,27}(?![A-Za-z0-9_-])")
# What a list needs to answer at all.
NEEDED = {"/headcounts": {"drive": DRIVE}}
HOUSEHOLDS, VOICES = {"headcount-drives", "headcounts"}, {"claims", "broadcasts", "relay-tasks"}


@pytest.fixture
def seeded(database: Database, tmp_path: Path, clock: TestClock) -> Seeded:
    return seeded_office(database, tmp_path, clock)


@pytest.fixture
def callers(seeded: Seeded) -> list[Caller]:
    systems = Systems(served(seeded.runtime), seeded.runtime)
    return [systems.of(role) for role in ("administrator", "auditor")]


def everything_told(seeded: Seeded, callers: list[Caller]) -> dict[str, object]:
    """What every reading route answers, by its path, to those who may see the most."""
    there_is = {
        "broadcast_id": seeded.sent,
        "drive_id": DRIVE,
        "claim_id": seeded.claim,
        "article_id": seeded.article,
        "area_code": HEPING.code,
    }
    told: dict[str, object] = {}
    for route in ROUTES:
        if route.method != "GET":
            continue
        path = route.path.format(**there_is)
        answers = [caller.get(path, NEEDED.get(route.path)) for caller in callers]
        allowed = [answer for answer in answers if answer.status_code == 200]
        assert allowed, (path, [answer.text for answer in answers])
        told[route.path] = [answer.get_json() for answer in allowed]
    return told


def test_no_answer_holds_an_openid_a_residents_number_or_a_secret(
    seeded: Seeded, callers: list[Caller], database: Database
) -> None:
    told = everything_told(seeded, callers)
    numbers = {str(resident) for resident in seeded.residents}
    with database.reading() as session:
        platform_ids = set(session.scalars(select(DeliveryRow.client_msg_id)))

    for path, answers in told.items():
        written = json.dumps(answers, ensure_ascii=False)
        assert not OPENID.search(written), path
        assert not any(number in written for number in numbers), path
        assert not any(key in written for key in (*platform_ids, "a-secret-webhook-key", "HH-", CALLED)), path


def test_no_answer_has_a_field_for_a_person(seeded: Seeded, callers: list[Caller]) -> None:
    forbidden = {
        "openid",
        "resident",
        "resident_id",
        "respondent",
        "recipient",
        "household_code",
        "chat_id",
        "asker",
    }
    for path, answers in everything_told(seeded, callers).items():
        assert fields_of(answers).isdisjoint(forbidden), path


def test_households_and_what_people_say_are_told_by_different_resources(
    seeded: Seeded, callers: list[Caller]
) -> None:
    told = everything_told(seeded, callers)
    said = {route.path: route.resource for route in ROUTES}
    households = {name for path, one in told.items() if said[path] in HOUSEHOLDS for name in fields_of(one)}
    voices = {name for path, one in told.items() if said[path] in VOICES for name in fields_of(one)}
    figures = {"households_known", "households_answered", "people", "present", "away", "children", "elderly"}

    assert figures <= households
    assert figures.isdisjoint(voices)


def test_small_cells_are_hidden_and_cannot_be_told_from_the_totals(
    seeded: Seeded, callers: list[Caller]
) -> None:
    del seeded
    rows = {row["community_code"]: row for row in callers[0].all_items("/headcounts", {"drive": DRIVE})}
    progress = callers[0].done("GET", f"/headcount-drives/{DRIVE}/progress")

    assert (rows[BEIJIE.code]["households_answered"], rows[BEIJIE.code]["people"]) == (2, None)
    assert (progress["total"]["people"], progress["total"]["hidden"]) == (30, 1)


def test_reading_of_people_and_households_leaves_a_trace(seeded: Seeded, callers: list[Caller]) -> None:
    everything_told(seeded, callers)
    actions = {event["action"] for event in callers[1].all_items("/audit-events")}
    assert {"grid_workers.viewed", "relay_tasks.viewed", "headcounts.exported", "audit.exported"} <= actions


def fields_of(node: object) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {name for value in node.values() for name in fields_of(value)}
    if isinstance(node, list):
        return {name for value in node for name in fields_of(value)}
    return set()
