"""A debunk broadcast follows its claim: what is no longer true of the claim is not sent out in its name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.access import Role
from bot.debunk_standing import overtaken_by
from bot.debunk_watch import stop_overtaken
from bot.errors import Conflict, Overtaken, Unacceptable
from bot.office import broadcasts, claims, debunks, verdicts
from bot.office.broadcast_form import BroadcastForm, Delivered
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import broadcasts as stored_broadcasts
from bot.store.claim_files import ClaimFile, find_file, open_claim
from bot.store.claims import all_claims, upsert_claims
from bot.store.debunks import StoppedBy, debunks_of
from bot.store.engine import Database
from broadcasts import lifecycle
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Once
from broadcasts.fingerprint import fingerprint
from knowledge.article import Scope, Validity
from knowledge.claim import Verdict
from knowledge.review import WorkState
from knowledge.verdict_text import Explanation
from tests.bot.office.acting import acting, trail
from tests.bot.office.claims import FINDING, corrected, edition, published
from tests.bot.offices import an_office, followers, stored, tasks, worker
from tests.bot.places import ANDING, HEPING, PREFECTURE, TONGWEI
from tests.clocks import TestClock

CLAIM = "20220714-1"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """A published claim that holds in one county."""
    office = an_office(database, tmp_path, clock)
    with office.database.transaction() as session:
        open_claim(session, CLAIM, text=FINDING.text, area_code="", now=clock())
    published(office, CLAIM, replace(FINDING, scope=Scope(TONGWEI.code)))
    return office


def drafted(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    with acting(runtime, Role.EDITOR) as act:
        return debunks.draft_debunk(act, claim_id)


def submitted(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    one = drafted(runtime, claim_id)
    with acting(runtime, Role.EDITOR) as act:
        return broadcasts.submit(act, one.id, seen=fingerprint(one.revision))


def approved(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    one = submitted(runtime, claim_id)
    with acting(runtime, Role.APPROVER) as act:
        return broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def running(runtime: Runtime, clock: TestClock) -> Broadcast:
    followers(runtime, 3, community=HEPING.code)
    worker(runtime, HEPING.code)
    one = approved(runtime)
    clock.advance(hours=1)
    plan_due(runtime)
    return stored(runtime, one.id)


def withdrawn(runtime: Runtime) -> None:
    with acting(runtime, Role.APPROVER) as act:
        claims.close(act, CLAIM, edition(runtime, CLAIM), reason="写错了")


def restricted(runtime: Runtime) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        claims.restrict(act, CLAIM, edition(runtime, CLAIM), restricted=True, reason="说到个人")


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
    (claim,) = all_claims_of(database)
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere")], now=clock())
    with acting(runtime, Role.EDITOR) as act:
        one = debunks.draft_debunk(act, "elsewhere")

    with database.transaction() as session:
        changed = replace(claim, id="elsewhere", verdict=Verdict.MISLEADING)
        upsert_claims(session, [changed], now=clock())
        assert stop_overtaken(session, {"elsewhere"}, by="cli", now=clock()) == (one.id,)

    assert stored(runtime, one.id).reason == StoppedBy.CORRECTED


def test_whoever_corrects_one_claim_leaves_the_debunks_of_another_alone(
    runtime: Runtime, database: Database, clock: TestClock
) -> None:
    (claim,) = all_claims_of(database)
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere")], now=clock())
    with acting(runtime, Role.EDITOR) as act:
        left_over = debunks.draft_debunk(act, "elsewhere")
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere", verdict=Verdict.MISLEADING)], now=clock())

    corrected(runtime, CLAIM)

    assert stored(runtime, left_over.id).status is Status.DRAFT


def all_claims_of(database: Database) -> tuple[object, ...]:
    with database.reading() as session:
        return all_claims(session)


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


def test_a_verdict_that_changed_behind_a_draft_is_neither_handed_over_nor_approved(
    runtime: Runtime, database: Database, clock: TestClock
) -> None:
    (claim,) = all_claims_of(database)
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere")], now=clock())
    with acting(runtime, Role.EDITOR) as act:
        draft = debunks.draft_debunk(act, "elsewhere")
        handed_over = debunks.draft_debunk(act, "elsewhere")
        broadcasts.submit(act, handed_over.id, seen=fingerprint(handed_over.revision))
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere", verdict=Verdict.MISLEADING)], now=clock())

    with pytest.raises(Overtaken), acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, draft.id, seen=fingerprint(draft.revision))
    with pytest.raises(Overtaken), acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, handed_over.id, seen=fingerprint(handed_over.revision))


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


def ending(runtime: Runtime, last: date) -> None:
    """What is public from now on holds to the end of this day."""
    until = replace(FINDING, scope=Scope(TONGWEI.code), validity=Validity(None, last))
    published(runtime, CLAIM, until, note="只到那天")


def on_the_clock(runtime: Runtime, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=runtime.settings.service.zone)


def form_of(one: Broadcast, *, valid_until: datetime, at: datetime | None = None) -> BroadcastForm:
    content = one.content
    return BroadcastForm(
        kind=content.kind,
        title=content.title,
        texts={text.channel: text.text for text in content.texts},
        delivered=Delivered(
            area_codes=content.audience.area_codes,
            schedule=Once(at) if at else content.schedule,
            valid_until=valid_until,
        ),
    )


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
    assert overtaken_by(replace(filed(runtime), **told), 1) is reason


@pytest.mark.parametrize(
    ("days_from_the_last", "reason"), [((-1, 0), None), ((0, 1), StoppedBy.OVER), ((1,), StoppedBy.OVER)]
)
def test_a_verdict_is_over_when_it_does_not_hold_on_each_of_the_days(
    runtime: Runtime, clock: TestClock, days_from_the_last: tuple[int, ...], reason: StoppedBy | None
) -> None:
    last = clock().date() + timedelta(days=1)
    ending(runtime, last)
    days = [last + timedelta(days=number) for number in days_from_the_last]

    assert overtaken_by(filed(runtime), 2, days=days) is reason


def filed(runtime: Runtime) -> ClaimFile:
    with runtime.database.reading() as session:
        return find_file(session, CLAIM)


def test_what_changed_behind_planning_is_stopped_for_what_became_of_the_claim(
    runtime: Runtime, database: Database, clock: TestClock
) -> None:
    followers(runtime, 3, community=HEPING.code)
    (claim,) = all_claims_of(database)
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere")], now=clock())
    one = approved(runtime, "elsewhere")
    with database.transaction() as session:
        upsert_claims(session, [replace(claim, id="elsewhere", verdict=Verdict.MISLEADING)], now=clock())
    clock.advance(hours=1)

    with capture_logs() as lines:
        assert plan_due(runtime) == 0

    assert stored(runtime, one.id).reason == StoppedBy.CORRECTED
    event = trail(runtime, f"broadcast {one.id}")[-1]
    assert (event.actor, event.action) == ("scheduler", "broadcast.halted")
    assert event.detail == {
        "revision": 1,
        "claim": "elsewhere",
        "version": 1,
        "reason": StoppedBy.CORRECTED,
    }
    assert [(line["event"], line["why"]) for line in lines] == [
        ("broadcast_stopped", StoppedBy.CORRECTED.value)
    ]


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
