"""Broadcasts as the office works on them: two people, one area, every step in the trail."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Forbidden, NotFound, Stale, Unacceptable
from bot.office import broadcast_results, broadcasts
from bot.office.broadcast_form import BroadcastForm, Delivered, LetterForm
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind
from bot.store.pages import Wanted
from broadcasts.bodies import LetterKind, sample_letters
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import BroadcastKind, Channel, Once, Recurring, Schedule
from broadcasts.errors import BadSchedule, SelfApproval, StaleRevision, TransitionRefused
from broadcasts.fingerprint import fingerprint
from broadcasts.planning import RefusalCode
from broadcasts.relay import Coverage
from tests.bot.office.acting import acting, trail
from tests.bot.offices import an_office, followers, put_groups, stored, worker
from tests.bot.places import ANDING, BEIJIE, HEPING, PREFECTURE, TONGWEI, XINCUN
from tests.clocks import TestClock

ALL = Wanted()


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    office = an_office(database, tmp_path, clock)
    return replace(office, letters=sample_letters(day=clock.now.date()))


def delivered(
    clock: TestClock,
    *areas: str,
    tags: frozenset[str] = frozenset(),
    schedule: Schedule | None = None,
    urgent: bool = False,
) -> Delivered:
    return Delivered(
        area_codes=frozenset(areas or (TONGWEI.code,)),
        tags=tags,
        schedule=schedule or Once(clock.now + timedelta(hours=1)),
        valid_until=clock.now + timedelta(days=3),
        urgent=urgent,
    )


def a_form(
    clock: TestClock,
    *areas: str,
    text: str = "今晚停水,请提前备水。",
    channels: tuple[Channel, ...] = (Channel.OFFICIAL_ACCOUNT,),
    urgent: bool = False,
) -> BroadcastForm:
    return BroadcastForm(
        kind=BroadcastKind.NOTICE,
        title="停水通知",
        texts=dict.fromkeys(channels, text),
        delivered=delivered(clock, *areas, urgent=urgent),
    )


def drafted(runtime: Runtime, form: BroadcastForm) -> Broadcast:
    with acting(runtime, Role.EDITOR) as act:
        return broadcasts.draft(act, form)[0]


def approved(runtime: Runtime, form: BroadcastForm) -> Broadcast:
    one = drafted(runtime, form)
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))
    with acting(runtime, Role.APPROVER) as act:
        return broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def test_one_person_drafts_and_another_approves_and_both_stand_in_the_trail(
    runtime: Runtime, clock: TestClock
) -> None:
    done = approved(runtime, a_form(clock))

    assert (done.status, done.approval.by if done.approval else None) == (Status.APPROVED, "approver")
    actions = [(event.actor, event.action) for event in trail(runtime, f"broadcast {done.id}")]
    assert actions == [
        ("editor", "broadcast.drafted"),
        ("editor", "broadcast.submitted"),
        ("approver", "broadcast.approved"),
    ]


def test_an_approver_cannot_approve_what_they_wrote(runtime: Runtime, clock: TestClock) -> None:
    with acting(runtime, Role.APPROVER) as act:
        (one,) = broadcasts.draft(act, a_form(clock))
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))
    with pytest.raises(SelfApproval), acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def test_an_editor_cannot_approve_at_all(runtime: Runtime, clock: TestClock) -> None:
    one = drafted(runtime, a_form(clock))
    with pytest.raises(Forbidden), acting(runtime, Role.EDITOR, name="second") as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def test_approving_other_bytes_than_those_seen_is_refused(runtime: Runtime, clock: TestClock) -> None:
    one = drafted(runtime, a_form(clock))
    with acting(runtime, Role.EDITOR) as act:
        edited = broadcasts.edit(act, one.id, a_form(clock, text="明晚停水。"), edition=1)
        broadcasts.submit(act, one.id, seen=fingerprint(edited.revision))
    with pytest.raises(StaleRevision), acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def test_handing_over_other_bytes_than_those_seen_is_refused(runtime: Runtime, clock: TestClock) -> None:
    one = drafted(runtime, a_form(clock))
    with acting(runtime, Role.EDITOR, name="a colleague") as act:
        broadcasts.edit(act, one.id, a_form(clock, text="换了字"), edition=1)

    with pytest.raises(StaleRevision), acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))

    assert stored(runtime, one.id).status is Status.DRAFT


def test_an_edit_of_an_older_revision_is_stale(runtime: Runtime, clock: TestClock) -> None:
    one = drafted(runtime, a_form(clock))
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.edit(act, one.id, a_form(clock, text="明晚停水。"), edition=1)
    with pytest.raises(Stale), acting(runtime, Role.REVIEWER) as act:
        broadcasts.edit(act, one.id, a_form(clock, text="后天停水。"), edition=1)


def test_a_rejected_broadcast_says_why_and_goes_back(runtime: Runtime, clock: TestClock) -> None:
    one = drafted(runtime, a_form(clock))
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))
    with acting(runtime, Role.APPROVER) as act:
        back = broadcasts.reject(act, one.id, reason="没有写明时间")
    assert (back.status, back.reason) == (Status.REJECTED, "没有写明时间")


def test_a_halt_calls_back_what_has_not_gone_out(runtime: Runtime, clock: TestClock) -> None:
    followers(runtime, 3, community=HEPING.code)
    one = approved(runtime, a_form(clock, urgent=True))
    clock.advance(hours=1)
    plan_due(runtime)

    with acting(runtime, Role.EDITOR) as act:
        broadcasts.halt(act, one.id, reason="规定变了")
        record = broadcasts.show(act, one.id)

    assert record.broadcast.status is Status.HALTED
    assert [(count.status, count.count) for count in record.counts] == [("cancelled", 3)]


def test_what_is_halted_cannot_be_halted_again(runtime: Runtime, clock: TestClock) -> None:
    one = approved(runtime, a_form(clock))
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.halt(act, one.id, reason="规定变了")
    with pytest.raises(TransitionRefused), acting(runtime, Role.EDITOR) as act:
        broadcasts.halt(act, one.id, reason="规定变了")


def test_a_preview_counts_who_would_be_reached_and_who_would_not(runtime: Runtime, clock: TestClock) -> None:
    followers(runtime, 4, community=HEPING.code)
    followers(runtime, 3, community=BEIJIE.code, first=10)
    worker(runtime, XINCUN.code)
    put_groups(runtime, [GroupEntry(HEPING.code, "和平群", GroupKind.WECOM_INTERNAL, webhook_key="k")])
    form = a_form(clock, channels=tuple(Channel))

    with acting(runtime, Role.EDITOR) as act:
        (seen,) = broadcasts.preview_form(act, form)

    reached = {line.channel: line.recipients for line in seen.plan.channels}
    assert reached == {
        Channel.OFFICIAL_ACCOUNT: 4,
        Channel.WECOM_CUSTOMER_GROUP: 0,
        Channel.WECOM_WEBHOOK: 1,
        Channel.RELAY: 1,
    }
    assert [refusal.code for refusal in seen.plan.refusals] == [RefusalCode.NOBODY]
    assert (seen.communities, len(seen.occurrences)) == (3, 1)


def test_a_preview_holds_back_whose_month_is_used_up(runtime: Runtime, clock: TestClock) -> None:
    followers(runtime, 3, community=HEPING.code)
    for _ in range(3):
        approved(runtime, a_form(clock, urgent=True))
        clock.advance(hours=1)
        plan_due(runtime)

    with acting(runtime, Role.EDITOR) as act:
        (seen,) = broadcasts.preview_form(act, a_form(clock))

    assert (seen.plan.channels[0].recipients, seen.plan.channels[0].held_back) == (0, 3)


def test_a_letter_gives_one_draft_for_each_of_its_wordings(runtime: Runtime, clock: TestClock) -> None:
    form = LetterForm(
        letter=LetterKind.INITIATIVE,
        channels=(Channel.RELAY,),
        delivered=delivered(clock, PREFECTURE.code),
    )
    with acting(runtime, Role.EDITOR) as act:
        made = broadcasts.draft(act, form)
        texts = {one.content.text_for(Channel.RELAY) for one in made}

    assert len(made) == len(texts) > 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"area_codes": frozenset({"999999000000"})}, Unacceptable),
        ({"tags": frozenset({"老人"})}, Unacceptable),
    ],
)
def test_what_can_never_be_sent_is_refused_at_once(
    runtime: Runtime, clock: TestClock, change: dict[str, frozenset[str]], error: type[Exception]
) -> None:
    form = replace(a_form(clock), delivered=replace(delivered(clock), **change))
    with pytest.raises(error), acting(runtime, Role.EDITOR) as act:
        broadcasts.draft(act, form)


def test_an_unreadable_schedule_is_refused_at_once(runtime: Runtime, clock: TestClock) -> None:
    schedule = Recurring("every day", clock.now + timedelta(days=3))
    form = replace(a_form(clock), delivered=delivered(clock, schedule=schedule))
    with pytest.raises(BadSchedule), acting(runtime, Role.EDITOR) as act:
        broadcasts.draft(act, form)


def test_a_lead_of_one_county_sees_what_reaches_into_it_and_nothing_of_another(
    runtime: Runtime, clock: TestClock
) -> None:
    mine = drafted(runtime, a_form(clock, HEPING.code))
    everywhere = drafted(runtime, a_form(clock, PREFECTURE.code))
    theirs = drafted(runtime, a_form(clock, ANDING.code))

    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        listed = {one.id for one in broadcasts.list_broadcasts(act, ALL).items}
        with pytest.raises(NotFound):
            broadcasts.show(act, theirs.id)

    assert listed == {mine.id, everywhere.id}


def test_counts_are_those_of_the_own_area(runtime: Runtime, clock: TestClock) -> None:
    followers(runtime, 4, community=HEPING.code)
    followers(runtime, 3, community=BEIJIE.code, first=10)
    put_groups(runtime, [GroupEntry(BEIJIE.code, "北街群", GroupKind.WECOM_INTERNAL, webhook_key="k")])
    channels = (Channel.OFFICIAL_ACCOUNT, Channel.WECOM_WEBHOOK)
    one = approved(runtime, a_form(clock, PREFECTURE.code, channels=channels, urgent=True))
    clock.advance(hours=1)
    plan_due(runtime)

    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        counts = broadcasts.show(act, one.id).counts
        lines = broadcast_results.list_deliveries(act, one.id, ALL).items
    with acting(runtime, Role.AUDITOR) as act:
        everything = broadcasts.show(act, one.id).counts

    assert [(count.channel, count.count) for count in counts] == [(Channel.OFFICIAL_ACCOUNT, 4)]
    assert len(lines) == 4
    assert sum(count.count for count in everything) == 8


def test_an_editor_of_one_county_may_not_write_to_another(runtime: Runtime, clock: TestClock) -> None:
    everywhere = drafted(runtime, a_form(clock, PREFECTURE.code))
    with acting(runtime, Role.EDITOR, name="bound", area_code=TONGWEI.code) as act:
        with pytest.raises(Forbidden):
            broadcasts.draft(act, a_form(clock, BEIJIE.code))
        with pytest.raises(Forbidden):
            broadcasts.submit(act, everywhere.id, seen=fingerprint(everywhere.revision))


def test_relay_coverage_is_told_by_area_and_looking_at_the_tasks_leaves_a_trace(
    runtime: Runtime, clock: TestClock
) -> None:
    worker(runtime, HEPING.code)
    worker(runtime, BEIJIE.code)
    one = approved(runtime, a_form(clock, PREFECTURE.code, channels=(Channel.RELAY,), urgent=True))
    clock.advance(hours=1)
    plan_due(runtime)

    with acting(runtime, Role.EDITOR) as act:
        by_county = broadcast_results.coverage_by_area(act, one.id)
        tasks = broadcast_results.list_relay_tasks(act, ALL, broadcast_id=one.id).items
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        own = broadcast_results.list_relay_tasks(act, ALL).items

    assert [(line.area_code, line.coverage) for line in by_county] == [
        (ANDING.code, Coverage(0, 0, 1)),
        (TONGWEI.code, Coverage(0, 0, 1)),
    ]
    assert len(tasks) == 2
    assert [line.community_code for line in own] == [HEPING.code]
    assert [event.action for event in trail(runtime, "relay tasks")] == ["relay_tasks.viewed"]


def test_lists_filter_and_turn_pages(runtime: Runtime, clock: TestClock) -> None:
    made = [drafted(runtime, a_form(clock)) for _ in range(3)]
    ids = {one.id for one in made}
    with acting(runtime, Role.EDITOR) as act:
        broadcasts.submit(act, min(ids), seen=fingerprint(made[0].revision))
        first = broadcasts.list_broadcasts(act, Wanted(limit=2))
        second = broadcasts.list_broadcasts(act, Wanted(cursor=first.following, limit=2))
        waiting = broadcasts.list_broadcasts(act, ALL, statuses=(Status.SUBMITTED,))

    assert {one.id for one in (*first.items, *second.items)} == ids
    assert [one.id for one in waiting.items] == [min(ids)]
