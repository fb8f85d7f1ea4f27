"""The life of a broadcast: two people, the bytes they saw, and nothing out of turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from broadcasts import lifecycle
from broadcasts.audience import Audience
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Channel, Content, Once, Recurring
from broadcasts.errors import (
    BroadcastError,
    EmptyAudience,
    Expired,
    Incomplete,
    NotYetDue,
    SelfApproval,
    StaleRevision,
    TimePassed,
    TransitionRefused,
)
from broadcasts.fingerprint import fingerprint
from tests.broadcasts.builders import (
    APPROVER,
    AUTHOR,
    DUE,
    END,
    NOW,
    SUBMITTER,
    a_content,
    a_draft,
    a_sending,
    a_submitted,
    an_approved,
)

HOUR = timedelta(hours=1)


def approve(broadcast: Broadcast, *, by: str = APPROVER) -> Broadcast:
    return lifecycle.approve(broadcast, by=by, at=NOW, fingerprint=fingerprint(broadcast.revision))


def test_a_draft_begins_with_its_first_revision() -> None:
    broadcast = a_draft()

    assert (broadcast.status, broadcast.revision.number) == (Status.DRAFT, 1)
    assert broadcast.revision.authors == {AUTHOR}


def test_a_broadcast_approved_by_a_second_person_goes_out_when_due() -> None:
    sending = lifecycle.start(an_approved(), at=DUE, occurrence=DUE, recipients=1)

    assert sending.status is Status.SENDING
    assert sending.submitted_by == SUBMITTER
    assert sending.approval is not None
    assert sending.approval.by == APPROVER
    assert sending.approval.fingerprint == fingerprint(sending.revision)


def test_an_author_cannot_approve_their_own_broadcast() -> None:
    with pytest.raises(SelfApproval, match="second person"):
        approve(a_submitted(), by=AUTHOR)


def test_a_submitter_cannot_approve_what_they_submitted() -> None:
    with pytest.raises(SelfApproval):
        approve(a_submitted(), by=SUBMITTER)


def test_whoever_wrote_an_earlier_revision_cannot_approve_after_a_colleagues_edit() -> None:
    edited = lifecycle.edit(a_draft(), a_content(title="改过的示例"), by="colleague")
    submitted = lifecycle.submit(edited, by="colleague", at=NOW)

    for writer in (AUTHOR, "colleague"):
        with pytest.raises(SelfApproval):
            approve(submitted, by=writer)
    assert approve(submitted).status is Status.APPROVED


def test_an_approval_of_bytes_that_were_edited_since_is_refused() -> None:
    seen = a_submitted()
    edited = lifecycle.edit(seen, a_content(text="示例：内容已改。"), by=AUTHOR)
    submitted = lifecycle.submit(edited, by=AUTHOR, at=NOW)

    with pytest.raises(StaleRevision, match="edited since"):
        lifecycle.approve(submitted, by=APPROVER, at=NOW, fingerprint=fingerprint(seen.revision))


def test_an_edit_voids_the_approval() -> None:
    edited = lifecycle.edit(an_approved(), a_content(text="示例：内容已改。"), by=AUTHOR)

    assert edited.status is Status.DRAFT
    assert (edited.approval, edited.submitted_by) == (None, None)
    assert edited.revision.number == 2
    with pytest.raises(TransitionRefused):
        lifecycle.start(edited, at=DUE, occurrence=DUE, recipients=1)


def test_an_edit_that_changes_nothing_still_voids_the_approval() -> None:
    approved = an_approved()

    assert lifecycle.edit(approved, approved.content, by=AUTHOR).approval is None


def test_content_changed_behind_the_approval_is_not_sent() -> None:
    approved = an_approved()
    tampered = replace(approved, revision=replace(approved.revision, content=a_content(title="换过的")))

    with pytest.raises(StaleRevision, match="not what was approved"):
        lifecycle.start(tampered, at=DUE, occurrence=DUE, recipients=1)


def test_a_status_set_to_approved_without_an_approval_is_not_sent() -> None:
    with pytest.raises(StaleRevision):
        lifecycle.start(replace(an_approved(), approval=None), at=DUE, occurrence=DUE, recipients=1)


def test_nothing_starts_before_it_is_due() -> None:
    with pytest.raises(NotYetDue) as refused:
        lifecycle.start(an_approved(), at=DUE - timedelta(seconds=1), occurrence=DUE, recipients=1)

    assert refused.value.retryable


def test_nothing_starts_after_its_validity() -> None:
    with pytest.raises(Expired):
        lifecycle.start(an_approved(), at=END, occurrence=DUE, recipients=1)


def test_nothing_starts_when_nobody_can_be_reached() -> None:
    with pytest.raises(EmptyAudience):
        lifecycle.start(an_approved(), at=DUE, occurrence=DUE, recipients=0)


def test_a_broadcast_sent_once_is_completed() -> None:
    assert lifecycle.complete(a_sending(), at=DUE + HOUR).status is Status.COMPLETED


def test_a_recurring_broadcast_rests_approved_until_its_last_occurrence() -> None:
    daily = Recurring("0 12 * * *", DUE + timedelta(days=1))
    sending = a_sending(a_content(schedule=daily))

    resting = lifecycle.complete(sending, at=DUE + HOUR)
    again = lifecycle.start(
        resting, at=DUE + timedelta(days=1), occurrence=DUE + timedelta(days=1), recipients=1
    )

    assert resting.status is Status.APPROVED
    assert lifecycle.complete(again, at=DUE + timedelta(days=1, hours=1)).status is Status.COMPLETED


def test_a_recurring_broadcast_whose_validity_ends_before_its_next_occurrence_is_completed() -> None:
    sending = a_sending(a_content(schedule=Recurring("0 12 * * *", END), valid_until=DUE + HOUR))

    assert lifecycle.complete(sending, at=DUE).status is Status.COMPLETED


def test_a_rejection_carries_its_reason_and_can_be_mended() -> None:
    rejected = lifecycle.reject(a_submitted(), reason=" 日期不对 ")
    mended = lifecycle.edit(rejected, a_content(title="改好的示例"), by=AUTHOR)

    assert (rejected.status, rejected.reason) == (Status.REJECTED, "日期不对")
    assert (mended.status, mended.reason) == (Status.DRAFT, None)


@pytest.mark.parametrize(
    "stop",
    [lambda: lifecycle.reject(a_submitted(), reason=" "), lambda: lifecycle.halt(a_sending(), reason="")],
)
def test_a_rejection_or_a_halt_without_a_reason_is_refused(stop: Callable[[], Broadcast]) -> None:
    with pytest.raises(Incomplete, match="reason"):
        stop()


@pytest.mark.parametrize("running", [an_approved(), a_sending()])
def test_one_person_can_halt_what_two_approved(running: Broadcast) -> None:
    halted = lifecycle.halt(running, reason="内容有误")

    assert (halted.status, halted.reason) == (Status.HALTED, "内容有误")


@pytest.mark.parametrize("standing", [a_draft(), a_submitted(), an_approved(), a_sending()])
def test_whatever_has_not_ended_is_stopped_when_what_it_tells_holds_no_more(standing: Broadcast) -> None:
    stopped = lifecycle.stop(standing, reason="claim_corrected")

    assert (stopped.status, stopped.reason) == (Status.HALTED, "claim_corrected")


def test_a_person_does_not_halt_what_nobody_has_approved() -> None:
    with pytest.raises(TransitionRefused):
        lifecycle.halt(a_draft(), reason="内容有误")


def test_validity_ends_only_when_it_ends() -> None:
    with pytest.raises(NotYetDue):
        lifecycle.expire(a_draft(), at=END - timedelta(seconds=1))

    assert lifecycle.expire(a_draft(), at=END).status is Status.EXPIRED


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.HALTED, Status.EXPIRED])
def test_from_an_ended_broadcast_no_step_is_possible(status: Status) -> None:
    assert all(status not in step.sources for step in lifecycle.TRANSITIONS.values())


def test_a_refused_step_names_the_status_and_the_step() -> None:
    with pytest.raises(TransitionRefused, match=r"draft cannot take this step: approve"):
        approve(a_draft())


def test_a_draft_with_gaps_is_refused_with_all_of_them_at_once() -> None:
    content = a_content(title=" ", text="", schedule=Once(NOW))

    with pytest.raises(Incomplete) as refused:
        lifecycle.submit(a_draft(content), by=AUTHOR, at=NOW)

    assert len(refused.value.gaps) == 3
    assert "title" in str(refused.value)
    assert "No time to send" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "gap"),
    [
        (a_content(channels=()), "No channel"),
        (a_content(schedule=Recurring("61 * * * *", END)), "minute"),
        (a_content(schedule=Once(END + HOUR)), "No time to send"),
        (a_content(text="汉" * 683), "2049 bytes long; the platform takes 2048"),
        (a_content(text="汉" * 1334, channels=(Channel.WECOM_CUSTOMER_GROUP,)), "takes 4000"),
    ],
)
def test_what_the_platform_or_the_clock_cannot_carry_is_not_submitted(content: Content, gap: str) -> None:
    with pytest.raises(Incomplete, match=gap):
        lifecycle.submit(a_draft(content), by=AUTHOR, at=NOW)


def test_an_audience_that_names_nothing_is_not_submitted() -> None:
    with pytest.raises(EmptyAudience):
        lifecycle.submit(a_draft(a_content(audience=Audience())), by=AUTHOR, at=NOW)


def test_an_expired_draft_is_not_submitted() -> None:
    with pytest.raises(Expired):
        lifecycle.submit(a_draft(), by=AUTHOR, at=END)


def test_a_broadcast_whose_time_passed_while_it_waited_is_not_approved_into_silence() -> None:
    submitted = a_submitted()

    with pytest.raises(TimePassed, match="No time to send"):
        lifecycle.approve(submitted, by=APPROVER, at=DUE, fingerprint=fingerprint(submitted.revision))


@pytest.mark.parametrize(
    "content",
    [a_content(schedule=Once(END + HOUR)), a_content(schedule=Once(NOW), title=" ")],
    ids=["after its validity", "with another gap"],
)
def test_only_where_nothing_else_is_missing_is_it_the_time_that_passed(content: Content) -> None:
    with pytest.raises(Incomplete) as refused:
        lifecycle.submit(a_draft(content), by=AUTHOR, at=NOW)

    assert type(refused.value) is Incomplete


def test_a_refusal_leaves_the_broadcast_as_it_was() -> None:
    submitted = a_submitted()

    with pytest.raises(BroadcastError):
        approve(submitted, by=AUTHOR)

    assert submitted == a_submitted()
