"""A talk survives a restart, and ends by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import LASTS, Conversation, Step
from bot.store import conversations
from bot.store.engine import Database
from bot.store.vault import Vault
from tests.bot.store.people import NOW, a_resident

TALK = Conversation(Step.CHOOSING_ANSWER, {"ids": ["a", "b"], "then": "核酸在哪做"})


def entered(database: Database, resident_id: int, talk: Conversation = TALK) -> None:
    with database.transaction() as session:
        conversations.save(session, resident_id, talk, NOW)


def standing(database: Database, resident_id: int, *, after: timedelta = timedelta(0)) -> Conversation | None:
    with database.reading() as session:
        return conversations.load(session, resident_id, NOW + after)


def test_a_talk_is_remembered_with_what_it_needs_for_a_quarter_of_an_hour(
    database: Database, vault: Vault
) -> None:
    person, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    entered(database, person)

    assert standing(database, person, after=LASTS - timedelta(seconds=1)) == TALK
    assert standing(database, person, after=LASTS) is None
    assert standing(database, other) is None


def test_a_new_step_takes_the_place_of_the_old(database: Database, vault: Vault) -> None:
    person, later = a_resident(database, vault), Conversation(Step.CONFIRMING_MOVE, {"code": "1"})
    entered(database, person)
    entered(database, person, later)
    assert standing(database, person) == later


def test_a_talk_that_was_left_is_forgotten(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    entered(database, person)
    with database.transaction() as session:
        conversations.leave(session, person)
    assert standing(database, person) is None


def test_purging_deletes_what_has_expired_and_nothing_else(database: Database, vault: Vault) -> None:
    old, new = a_resident(database, vault, 1), a_resident(database, vault, 2)
    entered(database, old)
    with database.transaction() as session:
        conversations.save(session, new, TALK, NOW + timedelta(seconds=1))
        conversations.purge(session, NOW + LASTS)
    assert (standing(database, old), standing(database, new)) == (None, TALK)


def test_what_was_set_aside_is_remembered_with_it_until_its_own_time_is_over(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    aside = Conversation(Step.CONFIRMING_HEADCOUNT, {"total": 5}, until=NOW + timedelta(minutes=5))
    entered(database, person, replace(TALK, aside=aside))

    before = standing(database, person, after=timedelta(minutes=4))
    assert before == replace(TALK, aside=aside)
    assert before is not None
    assert before.aside is not None
    assert before.aside.until == aside.until
    assert standing(database, person, after=timedelta(minutes=5)) == TALK


@pytest.mark.parametrize(
    "written",
    [
        {"step": "of another program", "data": {}, "until": (NOW + LASTS).isoformat()},
        {"step": "confirming_headcount", "data": {}, "until": "soon"},
        {"step": "confirming_headcount", "data": {}, "until": "2099-01-01T00:00:00"},
        {"step": "confirming_headcount", "data": {}},
        "confirming_headcount",
    ],
    ids=["step", "time", "time of no zone", "no time", "no talk"],
)
def test_what_was_set_aside_in_another_form_is_nothing(
    database: Database, vault: Vault, written: object
) -> None:
    """Another version of the program may have written it."""
    person = a_resident(database, vault)
    entered(database, person, replace(TALK, data={**TALK.data, conversations.ASIDE: written}))

    assert standing(database, person) == TALK


def test_where_only_something_set_aside_stood_nothing_stands_after_it(
    database: Database, vault: Vault
) -> None:
    person = a_resident(database, vault)
    left = Conversation(Step.CONFIRMING_HEADCOUNT, {}, until=NOW + timedelta(minutes=5)).left()
    assert left is not None
    entered(database, person, left)

    assert standing(database, person, after=timedelta(minutes=4)) == left
    assert standing(database, person, after=timedelta(minutes=5)) is None
