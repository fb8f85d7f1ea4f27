"""A letter from draft to approval by two people, and the stop that one is enough for."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import areas, audit, broadcasts, outbox, relay_tasks
from bot.store.areas import Area, AreaKind
from bot.store.claim_files import open_claim
from bot.store.debunks import tie
from bot.store.engine import Database
from bot.store.tables import BroadcastRunRow
from bot.store.vault import Vault
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Channel, Once, Recurring
from broadcasts.fingerprint import fingerprint
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import Office, employ
from tests.bot.places import ANDING, BEIJIE, HEPING, TONGWEI, XINCUN
from tests.bot.store.people import NOW, a_follow_up, a_resident, a_worker, queued, statuses

TOMORROW = datetime.now(UTC) + timedelta(days=1)
AT = TOMORROW.strftime("%Y-%m-%dT10:00")


@pytest.fixture
def office(settled: Path, dingxin: Dingxin, stored: Database) -> Office:
    assert settled.exists()
    employ(stored)
    return Office(dingxin, stored)


def drafted(office: Office, *more: object, letter: str = "initiative", area: str = BEIJIE.code) -> list[str]:
    """Ids of what was drafted."""
    when = () if "--cron" in more or "--at" in more else ("--at", AT)
    printed = office.done(
        "broadcasts", "draft", "--letter", letter, "--area", area, *when, *more, by="writer"
    )
    return re.findall(r"^[0-9a-f]{12}", printed, re.MULTILINE)


def submitted(office: Office, *more: object) -> Broadcast:
    (broadcast_id,) = drafted(office, *more)
    office.done("broadcasts", "submit", broadcast_id, by="writer")
    return found(office, broadcast_id)


def approved(office: Office, *more: object) -> Broadcast:
    one = submitted(office, *more)
    office.done("broadcasts", "approve", one.id, "--fingerprint", fingerprint(one.revision), by="approver")
    return found(office, one.id)


def found(office: Office, broadcast_id: str) -> Broadcast:
    with office.stored.reading() as session:
        return broadcasts.find(session, broadcast_id)


def test_a_letter_goes_from_draft_to_approval_by_two_people(office: Office) -> None:
    one = approved(office)

    assert one.status is Status.APPROVED
    assert one.approval is not None
    assert one.approval.by == "approver"
    with office.stored.reading() as session:
        actions = [(event.actor, event.action) for event in audit.events_of(session, f"broadcast {one.id}")]
    assert actions == [
        ("writer", "broadcast.drafted"),
        ("writer", "broadcast.submitted"),
        ("approver", "broadcast.approved"),
    ]


def test_the_fingerprint_shown_is_the_one_to_approve(office: Office) -> None:
    one = submitted(office)

    shown = office.dingxin("broadcasts", "show", one.id).stdout
    printed = re.search(r"fingerprint: (\S+)", shown)
    assert printed is not None
    office.done("broadcasts", "approve", one.id, "--fingerprint", printed.group(1), by="approver")

    assert found(office, one.id).status is Status.APPROVED
    for item in one.content.texts:
        assert item.text in shown


def test_a_draft_is_handed_over_by_its_fingerprint_and_says_which_that_was(office: Office) -> None:
    (broadcast_id,) = drafted(office)
    seen = fingerprint(found(office, broadcast_id).revision)

    refused = office.refused("broadcasts", "submit", broadcast_id, "--fingerprint", "0" * 64, by="writer")
    printed = office.done("broadcasts", "submit", broadcast_id, "--fingerprint", seen, by="writer")

    assert "edited since" in refused
    assert f"fingerprint: {seen}" in printed
    with office.stored.reading() as session:
        [event] = [
            one
            for one in audit.events_of(session, f"broadcast {broadcast_id}")
            if one.action == "broadcast.submitted"
        ]
    assert event.detail == {"revision": 1, "fingerprint": seen}


def test_who_names_no_fingerprint_is_shown_what_they_handed_over(office: Office) -> None:
    (broadcast_id,) = drafted(office)

    printed = office.done("broadcasts", "submit", broadcast_id, by="writer")

    assert f"fingerprint: {fingerprint(found(office, broadcast_id).revision)}" in printed


def test_the_time_is_on_the_services_clock(office: Office) -> None:
    schedule = submitted(office).content.schedule

    assert isinstance(schedule, Once)
    assert schedule.at.isoformat() == f"{AT.replace('10:00', '02:00')}:00+00:00"


def test_areas_of_different_risk_become_broadcasts_of_different_wording(office: Office) -> None:
    broadcast_ids = drafted(office, "--area", TONGWEI.code, "--area", ANDING.code)

    contents = [found(office, one).content for one in broadcast_ids]

    assert len(contents) == 2
    assert len({content.text_for(Channel.OFFICIAL_ACCOUNT) for content in contents}) == 2
    closed = next(one for one in contents if "621121100000" in one.audience.area_codes)
    assert BEIJIE.code not in closed.audience.area_codes


def test_only_the_channels_named_are_used(office: Office) -> None:
    assert submitted(office, "--channel", "relay").content.channels == (Channel.RELAY,)


def test_a_recurring_letter_ends_with_its_validity(office: Office) -> None:
    content = submitted(office, "--cron", "0 9 * * *", "--days", "3").content

    assert content.schedule == Recurring("0 9 * * *", content.valid_until)


def test_nobody_approves_their_own(office: Office) -> None:
    printed = office.done(
        "broadcasts", "draft", "--letter", "wedding", "--area", BEIJIE.code, "--at", AT, by="approver"
    )
    broadcast_id = printed[:12]
    office.done("broadcasts", "submit", broadcast_id, by="approver")
    seen = fingerprint(found(office, broadcast_id).revision)

    line = office.refused("broadcasts", "approve", broadcast_id, "--fingerprint", seen, by="approver")

    assert "a second person must" in line
    assert line.count("\n") == 1
    assert found(office, broadcast_id).status is Status.SUBMITTED
    office.done("broadcasts", "approve", broadcast_id, "--fingerprint", seen, by="second approver")


def test_whoever_submitted_it_cannot_approve_it(office: Office) -> None:
    (broadcast_id,) = drafted(office)
    office.done("broadcasts", "submit", broadcast_id, by="approver")
    seen = fingerprint(found(office, broadcast_id).revision)

    line = office.refused("broadcasts", "approve", broadcast_id, "--fingerprint", seen, by="approver")

    assert "submitted" in line


def test_another_fingerprint_than_the_current_one_is_refused(office: Office) -> None:
    one = submitted(office)

    line = office.refused("broadcasts", "approve", one.id, "--fingerprint", "0" * 64, by="approver")

    assert "edited since" in line
    assert found(office, one.id).status is Status.SUBMITTED


def test_what_tells_a_verdict_that_is_not_public_any_more_is_not_handed_over_or_approved(
    office: Office,
) -> None:
    (draft,), handed_over = drafted(office), submitted(office)
    with office.stored.transaction() as session:
        open_claim(session, "c1", text="示例说法", area_code="", now=NOW)
        for broadcast_id in (draft, handed_over.id):
            tie(session, broadcast_id, claim_id="c1", version=1)

    seen = fingerprint(handed_over.revision)
    for words in (("submit", draft), ("approve", handed_over.id, "--fingerprint", seen)):
        assert "is not public" in office.refused("broadcasts", *words, by="approver")


def test_a_step_out_of_turn_is_refused(office: Office) -> None:
    (broadcast_id,) = drafted(office)

    line = office.refused("broadcasts", "approve", broadcast_id, "--fingerprint", "0", by="approver")

    assert "draft" in line


def test_a_rejected_one_goes_back_with_its_reason(office: Office) -> None:
    one = submitted(office)

    office.done("broadcasts", "reject", one.id, "--reason", "日期不对", by="approver")

    assert (found(office, one.id).status, found(office, one.id).reason) == (Status.REJECTED, "日期不对")


@pytest.mark.parametrize(
    ("by", "password", "told"),
    [
        ("writer", "not the password", "name or password is wrong"),
        ("nobody", "a long enough password", "name or password is wrong"),
        ("writer", "a long enough password", "writer is editor; this takes one of: approver"),
    ],
)
def test_who_may_not_approve_is_told_so(office: Office, by: str, password: str, told: str) -> None:
    one = submitted(office)
    seen = fingerprint(one.revision)

    line = office.refused("broadcasts", "approve", one.id, "--fingerprint", seen, by=by, password=password)

    assert told in line
    assert password not in line
    assert found(office, one.id).status is Status.SUBMITTED


def test_an_auditor_drafts_nothing(office: Office) -> None:
    words = ("broadcasts", "draft", "--letter", "wedding", "--area", BEIJIE.code, "--at", AT)
    assert "auditor" in office.refused(*words, by="auditor")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--area", "999999999999", "--at", AT), 1, "999999999999"),
        (("--area", "621102001000", "--area", "62", "--at", AT), 1, "there is no area 62"),
        (("--area", BEIJIE.code, "--at", "明天"), 2, "write 2022-07-14T18:00"),
        (("--area", BEIJIE.code), 2, "either --at or --cron"),
        (("--area", BEIJIE.code, "--at", AT, "--cron", "0 9 * * *"), 2, "either --at or --cron"),
        (("--area", BEIJIE.code, "--at", AT, "--days", "0"), 2, "--days"),
        (("--area", BEIJIE.code, "--at", AT, "--days", "99999999"), 2, "--days"),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused_and_nothing_is_kept(
    office: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    line = office.refused("broadcasts", "draft", "--letter", "initiative", *words, by="writer", code=code)

    assert told in line
    with office.stored.reading() as session:
        assert broadcasts.recent(session, limit=9) == []


def test_an_area_nobody_lives_in_is_not_left_out_in_silence(office: Office) -> None:
    empty = Area("621121102000", "空空镇", AreaKind.TOWNSHIP, TONGWEI.code)
    with office.stored.transaction() as session:
        areas.replace_or_add(session, [empty])
    words = ("broadcasts", "draft", "--letter", "wedding", "--area", BEIJIE.code, "--area", empty.code)

    assert empty.code in office.refused(*words, "--at", AT, by="writer")


def test_a_time_that_has_passed_is_refused_when_it_is_submitted(office: Office) -> None:
    (broadcast_id,) = drafted(office, "--at", "2020-01-01T10:00")

    assert "No time to send" in office.refused("broadcasts", "submit", broadcast_id, by="writer")


def test_a_broadcast_nobody_knows_is_told(office: Office) -> None:
    assert "there is no broadcast b9" in office.refused("broadcasts", "submit", "b9", by="writer")


def test_a_halt_calls_back_deliveries_and_relay_tasks(office: Office, seal: Vault) -> None:
    one = approved(office)
    people = [a_resident(office.stored, seal, number, community=BEIJIE.code) for number in (1, 2)]
    queued(office.stored, seal, [a_follow_up(person, broadcast_id=one.id) for person in people])
    queued(office.stored, seal, [a_follow_up(people[0], key="an answer")])
    number = a_relay_task(office, one, seal)

    printed = office.done("broadcasts", "halt", one.id, "--reason", "规定变了", by="writer")

    assert "2 deliveries called back" in printed
    assert statuses(office.stored) == ["cancelled", "cancelled", "pending"]
    with office.stored.reading() as session:
        assert outbox.has_due(session, now=NOW)
        (task,) = relay_tasks.tasks_of(session, one.id)
    assert (task.id, task.status) == (number, "cancelled")
    assert (found(office, one.id).status, found(office, one.id).reason) == (Status.HALTED, "规定变了")


def test_a_halt_says_why(office: Office) -> None:
    one = approved(office)

    assert "reason" in office.refused("broadcasts", "halt", one.id, "--reason", " ", by="writer")
    assert found(office, one.id).status is Status.APPROVED


def test_the_list_shows_where_each_stands(office: Office) -> None:
    one = approved(office)
    (other,) = drafted(office, letter="wedding", area=HEPING.code)

    listed = office.dingxin("broadcasts", "list").stdout

    assert re.search(rf"{one.id}  approved", listed)
    assert re.search(rf"{other}  draft", listed)


def test_what_became_of_it_is_shown_in_numbers(office: Office, seal: Vault) -> None:
    one = approved(office)
    queued(office.stored, seal, [a_follow_up(a_resident(office.stored, seal), broadcast_id=one.id)])
    a_relay_task(office, one, seal)

    shown = office.dingxin("broadcasts", "show", one.id).stdout

    assert re.search(r"official_account +pending +1", shown)
    assert "relay: 0 of 1 confirmed" in shown
    assert "北街社区" in shown


def a_relay_task(office: Office, broadcast: Broadcast, seal: Vault) -> int:
    worker = a_worker(office.stored, seal, XINCUN.code)
    with office.stored.transaction() as session:
        run = BroadcastRunRow(broadcast_id=broadcast.id, revision=1, due_at=NOW, planned_at=NOW)
        session.add(run)
        session.flush()
        return relay_tasks.add_task(
            session, run_id=run.id, worker_id=worker, group_id=None, title="信", text="转", now=NOW
        )
