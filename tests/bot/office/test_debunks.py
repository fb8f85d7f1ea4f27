"""A debunk broadcast follows its claim: what is no longer true of the claim is not sent out in its name."""

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.access import Role
from bot.debunk_watch import stop_overtaken
from bot.errors import Overtaken
from bot.office import broadcasts, claims, debunks, verdicts
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store.debunks import StoppedBy, debunks_of
from bot.store.engine import Database
from broadcasts.broadcast import Status
from broadcasts.fingerprint import fingerprint
from knowledge.claim import Verdict
from knowledge.verdict_text import Explanation
from tests.bot.office.acting import acting, trail
from tests.bot.office.claims import FINDING, corrected, edition
from tests.bot.office.debunks import (
    CLAIM,
    IMPORTED,
    an_office_that_told,
    approved,
    drafted,
    form_of,
    imported,
    restricted,
    running,
    submitted,
    withdrawn,
)
from tests.bot.offices import followers, stored, tasks
from tests.bot.places import ANDING, HEPING, PREFECTURE, TONGWEI
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office_that_told(database, tmp_path, clock)


def test_a_debunk_says_which_claim_and_version_it_tells(runtime: Runtime) -> None:
    one = drafted(runtime)

    with acting(runtime, Role.EDITOR) as act:
        (debunk,) = claims.show(act, CLAIM).debunks
        told = broadcasts.show(act, one.id).debunks
    assert (debunk.broadcast.id, debunk.claim_id, debunk.version) == (one.id, CLAIM, 1)
    assert told is not None
    assert (told.claim_id, told.version) == (CLAIM, 1)


def test_a_correction_withdraws_what_nobody_has_approved_yet(runtime: Runtime) -> None:
    draft, handed_over = drafted(runtime), submitted(runtime)
    with acting(runtime, Role.EDITOR) as act:
        back = submitted(runtime)
    with acting(runtime, Role.APPROVER) as act:
        broadcasts.reject(act, back.id, reason="没有写明时间")

    corrected(runtime, CLAIM)

    stopped = [stored(runtime, one.id) for one in (draft, handed_over, back)]
    assert {(one.status, one.reason) for one in stopped} == {(Status.HALTED, StoppedBy.CORRECTED)}


def test_a_correction_halts_what_was_approved_before_it_is_sent(runtime: Runtime, clock: TestClock) -> None:
    followers(runtime, 3, community=HEPING.code)
    one = approved(runtime)

    corrected(runtime, CLAIM)
    clock.advance(hours=1)

    assert plan_due(runtime) == 0
    assert stored(runtime, one.id).status is Status.HALTED


def test_a_correction_calls_back_what_has_not_gone_out(runtime: Runtime, clock: TestClock) -> None:
    one = running(runtime, clock)
    assert one.status is Status.SENDING

    corrected(runtime, CLAIM)

    with acting(runtime, Role.EDITOR) as act:
        record = broadcasts.show(act, one.id)
    assert record.broadcast.status is Status.HALTED
    assert {(count.channel, count.status, count.count) for count in record.counts} == {
        ("official_account", "cancelled", 3)
    }
    assert {task.status for task in tasks(runtime, one.id)} == {"cancelled"}


@pytest.mark.parametrize(
    ("step", "reason"), [(withdrawn, StoppedBy.WITHDRAWN), (restricted, StoppedBy.RESTRICTED)]
)
def test_a_verdict_taken_back_or_found_to_be_about_a_person_stops_it_too(
    runtime: Runtime, step: object, reason: StoppedBy
) -> None:
    one = approved(runtime)

    assert callable(step)
    step(runtime)

    assert (stored(runtime, one.id).status, stored(runtime, one.id).reason) == (Status.HALTED, reason)


def test_an_imported_correction_stops_it(runtime: Runtime, database: Database, clock: TestClock) -> None:
    imported(runtime)
    with acting(runtime, Role.EDITOR) as act:
        one = debunks.draft_debunk(act, IMPORTED)

    imported(runtime, Verdict.MISLEADING)
    with database.transaction() as session:
        assert stop_overtaken(session, {IMPORTED}, by="cli", now=clock()) == (one.id,)

    assert stored(runtime, one.id).reason == StoppedBy.CORRECTED


def test_whoever_corrects_one_claim_leaves_the_debunks_of_another_alone(runtime: Runtime) -> None:
    imported(runtime)
    with acting(runtime, Role.EDITOR) as act:
        left_over = debunks.draft_debunk(act, IMPORTED)
    imported(runtime, Verdict.MISLEADING)

    corrected(runtime, CLAIM)

    assert stored(runtime, left_over.id).status is Status.DRAFT


def test_the_trail_says_who_stopped_it_by_what(runtime: Runtime) -> None:
    halted, withdrawn_draft = approved(runtime), drafted(runtime)

    corrected(runtime, CLAIM)

    for one, action in ((halted, "broadcast.halted"), (withdrawn_draft, "broadcast.withdrawn")):
        event = trail(runtime, f"broadcast {one.id}")[-1]
        assert (event.actor, event.action) == ("approver", action)
        assert event.detail == {
            "revision": 1,
            "claim": CLAIM,
            "version": 1,
            "reason": StoppedBy.CORRECTED,
        }


def test_what_has_ended_already_stays_as_it_ended(runtime: Runtime) -> None:
    one = approved(runtime)
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.halt(act, one.id, reason="规定变了")

    corrected(runtime, CLAIM)

    assert stored(runtime, one.id).reason == "规定变了"


def test_a_correction_that_is_only_written_stops_nothing(runtime: Runtime) -> None:
    one = approved(runtime)
    finding = replace(FINDING, explanation=Explanation("另一个事实。"))

    with acting(runtime, Role.REVIEWER) as act:
        verdicts.draft(act, CLAIM, edition(runtime, CLAIM), finding, note="改了")

    assert stored(runtime, one.id).status is Status.APPROVED


def test_a_debunk_of_the_correction_is_drafted_and_sent(runtime: Runtime, clock: TestClock) -> None:
    drafted(runtime)
    corrected(runtime, CLAIM)

    one = running(runtime, clock)

    assert one.status is Status.SENDING
    with runtime.database.reading() as session:
        assert [debunk.version for debunk in debunks_of(session, CLAIM)] == [2, 1]


def test_a_verdict_that_changed_behind_a_draft_is_neither_handed_over_nor_approved(runtime: Runtime) -> None:
    imported(runtime)
    with acting(runtime, Role.EDITOR) as act:
        draft = debunks.draft_debunk(act, IMPORTED)
        handed_over = debunks.draft_debunk(act, IMPORTED)
        broadcasts.submit(act, handed_over.id, seen=fingerprint(handed_over.revision))
    imported(runtime, Verdict.MISLEADING)

    with pytest.raises(Overtaken), acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, draft.id, seen=fingerprint(draft.revision))
    with pytest.raises(Overtaken), acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, handed_over.id, seen=fingerprint(handed_over.revision))


def test_what_changed_behind_planning_is_stopped_for_what_became_of_the_claim(
    runtime: Runtime, clock: TestClock
) -> None:
    followers(runtime, 3, community=HEPING.code)
    imported(runtime)
    one = approved(runtime, IMPORTED)
    imported(runtime, Verdict.MISLEADING)
    clock.advance(hours=1)

    with capture_logs() as lines:
        assert plan_due(runtime) == 0

    assert stored(runtime, one.id).reason == StoppedBy.CORRECTED
    event = trail(runtime, f"broadcast {one.id}")[-1]
    assert (event.actor, event.action) == ("scheduler", "broadcast.halted")
    assert event.detail == {
        "revision": 1,
        "claim": IMPORTED,
        "version": 1,
        "reason": StoppedBy.CORRECTED,
    }
    assert [(line["event"], line["why"]) for line in lines] == [
        ("broadcast_stopped", StoppedBy.CORRECTED.value)
    ]


def test_whoever_cannot_read_the_claim_is_not_told_which_a_broadcast_tells(runtime: Runtime) -> None:
    one = drafted(runtime)
    form = form_of(one, valid_until=one.content.valid_until)
    everywhere = replace(form.delivered, area_codes=frozenset({PREFECTURE.code}))
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.edit(act, one.id, replace(form, delivered=everywhere), edition=1)

    with acting(runtime, Role.AREA_LEAD, name="elsewhere", area_code=ANDING.code) as act:
        assert broadcasts.show(act, one.id).debunks is None
    with acting(runtime, Role.AREA_LEAD, name="here", area_code=TONGWEI.code) as act:
        told = broadcasts.show(act, one.id).debunks
        assert told is not None
        assert told.claim_id == CLAIM
