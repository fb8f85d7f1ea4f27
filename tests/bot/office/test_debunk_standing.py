"""A debunk never outlasts its verdict: it goes out on no day on which what it tells does not stand."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.access import Role
from bot.debunk_standing import overtaken_by
from bot.errors import Conflict, Overtaken, Unacceptable
from bot.office import broadcasts, debunks
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import broadcasts as stored_broadcasts
from bot.store.debunks import StoppedBy
from bot.store.engine import Database
from broadcasts import lifecycle
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Once
from broadcasts.fingerprint import fingerprint
from knowledge.article import Validity
from knowledge.review import WorkState
from tests.bot.office.acting import acting
from tests.bot.office.claims import FINDING, as_it_stands, published
from tests.bot.office.debunks import (
    CLAIM,
    an_office_that_told,
    drafted,
    ending,
    form_of,
    on_the_clock,
    running,
    submitted,
)
from tests.bot.offices import followers, stored
from tests.bot.places import HEPING
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office_that_told(database, tmp_path, clock)


def test_a_verdict_that_is_over_is_not_debunked_and_its_debunk_not_approved(
    runtime: Runtime, clock: TestClock
) -> None:
    until = clock().date() + timedelta(days=1)
    corrected_until = replace(FINDING, validity=Validity(None, until))
    published(runtime, CLAIM, corrected_until, note="只到明天")
    one = submitted(runtime)
    assert one.content.valid_until.astimezone(runtime.settings.service.zone).date() <= until + timedelta(
        days=1
    )
    clock.advance(days=2)

    with pytest.raises(Overtaken), acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))
    with pytest.raises(Conflict), acting(runtime, Role.EDITOR) as act:
        debunks.draft_debunk(act, CLAIM)


def test_a_debunk_ends_on_the_last_day_of_its_verdict_as_forms_have_it(
    runtime: Runtime, clock: TestClock
) -> None:
    last = clock().date() + timedelta(days=1)
    ending(runtime, last)

    assert drafted(runtime).content.valid_until == on_the_clock(runtime, last, time(23, 59))


def test_a_debunk_cannot_be_edited_to_outlast_its_verdict(runtime: Runtime, clock: TestClock) -> None:
    last = clock().date() + timedelta(days=1)
    ending(runtime, last)
    one = drafted(runtime)
    a_day_later = form_of(one, valid_until=on_the_clock(runtime, last + timedelta(days=1), time(23, 59)))

    with pytest.raises(Unacceptable) as refused, acting(runtime, Role.EDITOR) as act:
        broadcasts.edit(act, one.id, a_day_later, edition=1)

    assert list(refused.value.faults) == ["valid_until"]
    unchanged = form_of(one, valid_until=one.content.valid_until)
    with acting(runtime, Role.EDITOR) as act:
        assert broadcasts.edit(act, one.id, unchanged, edition=1).status is Status.DRAFT


def outlasting(runtime: Runtime, clock: TestClock, *, approved: bool) -> Broadcast:
    """One stored before there was the rule, to be sent when its verdict is over."""
    last = clock().date() + timedelta(days=1)
    ending(runtime, last)
    one, now = drafted(runtime), clock()
    late = replace(one.content, schedule=Once(now + timedelta(days=5)), valid_until=now + timedelta(days=10))
    after = lifecycle.edit(one, late, by="editor")
    if approved:
        handed_over = lifecycle.submit(after, by="editor", at=now)
        seen = fingerprint(handed_over.revision)
        after = lifecycle.approve(handed_over, by="approver", at=now, fingerprint=seen)
    with runtime.database.transaction() as session:
        stored_broadcasts.save(session, after, now=now, was=one)
    return after


def test_what_outlasts_its_verdict_is_not_handed_over(runtime: Runtime, clock: TestClock) -> None:
    one = outlasting(runtime, clock, approved=False)

    with pytest.raises(Overtaken), acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))


def test_what_was_approved_is_not_sent_after_its_verdict_has_ended(
    runtime: Runtime, clock: TestClock
) -> None:
    followers(runtime, 3, community=HEPING.code)
    one = outlasting(runtime, clock, approved=True)
    clock.advance(days=5, minutes=5)

    assert plan_due(runtime) == 0

    assert (stored(runtime, one.id).status, stored(runtime, one.id).reason) == (Status.HALTED, StoppedBy.OVER)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, None),
        ({"state": WorkState.CLOSED}, StoppedBy.WITHDRAWN),
        ({"published": None}, StoppedBy.WITHDRAWN),
        ({"restricted": True}, StoppedBy.RESTRICTED),
        ({"version": 2}, StoppedBy.CORRECTED),
        ({"state": WorkState.CLOSED, "restricted": True, "version": 2}, StoppedBy.WITHDRAWN),
        ({"restricted": True, "version": 2}, StoppedBy.RESTRICTED),
    ],
)
def test_what_became_of_a_claim_is_said_by_what_weighs_most(
    runtime: Runtime, told: dict[str, Any], reason: StoppedBy | None
) -> None:
    assert overtaken_by(replace(as_it_stands(runtime, CLAIM), **told), 1) is reason


@pytest.mark.parametrize(
    ("days_from_the_last", "reason"), [((-1, 0), None), ((0, 1), StoppedBy.OVER), ((1,), StoppedBy.OVER)]
)
def test_a_verdict_is_over_when_it_does_not_hold_on_each_of_the_days(
    runtime: Runtime, clock: TestClock, days_from_the_last: tuple[int, ...], reason: StoppedBy | None
) -> None:
    last = clock().date() + timedelta(days=1)
    ending(runtime, last)
    days = [last + timedelta(days=number) for number in days_from_the_last]

    assert overtaken_by(as_it_stands(runtime, CLAIM), 2, days=days) is reason


def test_a_debunk_that_could_only_go_out_after_its_verdict_is_not_drafted(
    runtime: Runtime, clock: TestClock
) -> None:
    last = clock().date()
    ending(runtime, last)
    # An hour later it is quiet until the morning.
    clock.now = on_the_clock(runtime, last, time(21, 0))

    with pytest.raises(Conflict, match="could go out"), acting(runtime, Role.EDITOR) as act:
        debunks.draft_debunk(act, CLAIM)


def test_a_debunk_of_the_last_day_is_sent_that_day(runtime: Runtime, clock: TestClock) -> None:
    last = clock().date()
    ending(runtime, last)

    assert running(runtime, clock).status is Status.SENDING
