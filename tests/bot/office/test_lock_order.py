"""Two people at work on a claim and on its debunk at the same moment wait for each other; neither is thrown out.

Somebody holds the trail's turn until both have gone as far as they can: whoever took first what the other
takes last meets the other there, and PostgreSQL ends one of the two.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.access import Role
from bot.debunk_watch import stop_overtaken
from bot.errors import BotError
from bot.office import broadcasts, verdicts
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import audit
from bot.store.claims import all_claims, upsert_claims
from bot.store.debunks import StoppedBy
from bot.store.engine import Database
from broadcasts.broadcast import Broadcast, Status
from broadcasts.errors import BroadcastError
from broadcasts.fingerprint import fingerprint
from knowledge.claim import Verdict
from knowledge.verdict_text import Explanation
from knowledge.verdict_text import fingerprint as verdict_fingerprint
from tests.bot.meeting import meet, the_trail
from tests.bot.office.acting import a_member, acting
from tests.bot.office.claims import FINDING, edition, written
from tests.bot.office.debunks import (
    CLAIM,
    IMPORTED,
    an_office_that_told,
    approved,
    drafted,
    form_of,
    imported,
    restricted,
    submitted,
    withdrawn,
)
from tests.bot.offices import followers, stored
from tests.bot.places import HEPING
from tests.clocks import TestClock

pytestmark = pytest.mark.postgres

CORRECTION = replace(FINDING, explanation=Explanation("一个村的蓄水池在清洗。"))


@pytest.fixture
def runtime(postgres: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """A claim of the desk's and an imported one, both public, and somebody to be told."""
    office = an_office_that_told(postgres, tmp_path, clock)
    imported(office)
    for role in (Role.EDITOR, Role.APPROVER, Role.REVIEWER):
        a_member(office, role)
    followers(office, 3, community=HEPING.code)
    seen = written(office, CLAIM, CORRECTION, note="先前没有说清楚蓄水池。")
    with acting(office, Role.APPROVER) as act:
        verdicts.approve(act, CLAIM, edition(office, CLAIM), seen=seen)
    return office


def correct(runtime: Runtime) -> None:
    with acting(runtime, Role.APPROVER) as act:
        verdicts.publish(act, CLAIM, edition(runtime, CLAIM), seen=verdict_fingerprint(CORRECTION))


def import_again(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        (claim,) = (one for one in all_claims(session) if one.id == IMPORTED)
        upsert_claims(session, [replace(claim, verdict=Verdict.MISLEADING)], now=runtime.clock())
        stop_overtaken(session, {IMPORTED}, by="command line", now=runtime.clock())
        audit.record(
            session, at=runtime.clock(), actor="command line", action="claims.imported", subject="a file"
        )


def halt(runtime: Runtime, one: Broadcast) -> None:
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.halt(act, one.id, reason="规定变了")


def edit(runtime: Runtime, one: Broadcast) -> None:
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.edit(act, one.id, form_of(one, valid_until=one.content.valid_until), edition=1)


def reject(runtime: Runtime, one: Broadcast) -> None:
    with acting(runtime, Role.APPROVER) as act:
        broadcasts.reject(act, one.id, reason="没有写明时间")


def approve(runtime: Runtime, one: Broadcast) -> None:
    with acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def submit(runtime: Runtime, one: Broadcast) -> None:
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))


BEGIN_WITH = {halt: approved, edit: drafted, reject: submitted, approve: submitted, submit: drafted}
ON_CLAIMS = {withdrawn: CLAIM, restricted: CLAIM, correct: CLAIM, import_again: IMPORTED}


@pytest.mark.parametrize("on_broadcast", BEGIN_WITH, ids=lambda step: step.__name__)
@pytest.mark.parametrize("on_claim", ON_CLAIMS, ids=lambda step: step.__name__)
def test_a_step_of_a_claim_and_one_of_its_debunk_wait_for_each_other(
    runtime: Runtime,
    on_claim: Callable[[Runtime], None],
    on_broadcast: Callable[[Runtime, Broadcast], None],
) -> None:
    one = BEGIN_WITH[on_broadcast](runtime, ON_CLAIMS[on_claim])

    meet(runtime.database, the_trail, lambda: on_claim(runtime), lambda: refused(on_broadcast, runtime, one))

    assert stored(runtime, one.id).status is Status.HALTED


def test_planning_waits_for_a_withdrawal(runtime: Runtime, clock: TestClock) -> None:
    one = approved(runtime)
    clock.advance(hours=1)

    meet(runtime.database, the_trail, lambda: withdrawn(runtime), lambda: plan_due(runtime))

    assert stored(runtime, one.id).status is Status.HALTED


def test_planning_that_stops_what_was_corrected_behind_it_waits_for_whoever_halts_it(
    runtime: Runtime, clock: TestClock
) -> None:
    one = approved(runtime, IMPORTED)
    imported(runtime, Verdict.MISLEADING)
    clock.advance(hours=1)

    meet(runtime.database, the_trail, lambda: plan_due(runtime), lambda: refused(halt, runtime, one))

    assert stored(runtime, one.id).reason == StoppedBy.CORRECTED


def refused(on_broadcast: Callable[[Runtime, Broadcast], None], runtime: Runtime, one: Broadcast) -> None:
    """Whoever comes second finds it stopped or changed, and is told so."""
    with suppress(BotError, BroadcastError):
        on_broadcast(runtime, one)
