"""Whatever is tried, in whatever order, by whomever: nothing is sent that a second person did not approve as it is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from broadcasts import lifecycle
from broadcasts.broadcast import ENDED, Broadcast, Status
from broadcasts.content import Content, Once, Recurring
from broadcasts.errors import BroadcastError
from broadcasts.fingerprint import fingerprint
from tests.broadcasts.builders import DUE, END, NOW, a_content, a_draft

PEOPLE = st.sampled_from(["author", "colleague", "head", "deputy"])
WRITERS = st.sampled_from(["author", "author", "author", "colleague", "head"])
CONTENTS = st.sampled_from(
    [
        a_content(text=text, schedule=schedule)
        for text in ("示例：缓办。", "示例：少聚集。", "")
        for schedule in (Once(DUE), Recurring("0 12 * * *", END))
    ]
)


class BroadcastLife(RuleBasedStateMachine):
    """Keeps its own account of who wrote and who approved which bytes, and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.broadcast = a_draft()
        self.now = NOW
        self.writers = {"author"}
        self.submitter: str | None = None
        self.seen = [fingerprint(self.broadcast.revision)]
        self.approved: tuple[str, Content] | None = None
        self.ended: Broadcast | None = None

    @rule(hours=st.sampled_from([0, 0, 1, 1, 2, 24, 24 * 7]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(by=WRITERS, content=CONTENTS)
    def edit(self, by: str, content: Content) -> None:
        before = self.broadcast
        try:
            self.broadcast = lifecycle.edit(before, content, by=by)
        except BroadcastError:
            return
        self.writers.add(by)
        self.approved = self.submitter = None
        self.seen.append(fingerprint(self.broadcast.revision))
        assert self.broadcast.status is Status.DRAFT
        assert self.broadcast.revision.number == before.revision.number + 1

    @rule(by=PEOPLE)
    def submit(self, by: str) -> None:
        try:
            self.broadcast = lifecycle.submit(self.broadcast, by=by, at=self.now)
        except BroadcastError:
            return
        self.submitter = by

    @rule(by=PEOPLE, data=st.data())
    def approve(self, by: str, data: st.DataObject) -> None:
        """Approves any bytes that were ever seen, mostly the current ones."""
        current = fingerprint(self.broadcast.revision)
        bytes_seen = data.draw(st.one_of(st.just(current), st.sampled_from(self.seen)))
        try:
            self.broadcast = lifecycle.approve(self.broadcast, by=by, at=self.now, fingerprint=bytes_seen)
        except BroadcastError:
            return
        assert by not in self.writers
        assert by != self.submitter
        assert bytes_seen == current
        self.approved = (by, self.broadcast.content)

    @precondition(lambda self: self.broadcast.status is Status.DRAFT)
    @rule(content=CONTENTS)
    def by_the_book(self, content: Content) -> None:
        """Write, submit, have it approved by an outsider, wait, start: so that the later statuses are reached."""
        self.edit(by="author", content=content)
        self.submit(by="author")
        current = fingerprint(self.broadcast.revision)
        if self.broadcast.status is Status.SUBMITTED and "deputy" not in self.writers:
            self.broadcast = lifecycle.approve(self.broadcast, by="deputy", at=self.now, fingerprint=current)
            self.approved = ("deputy", self.broadcast.content)

    @precondition(lambda self: self.broadcast.status is Status.SUBMITTED)
    @rule()
    def reject(self) -> None:
        try:
            self.broadcast = lifecycle.reject(self.broadcast, reason="日期不对")
        except BroadcastError:
            return
        self.approved = self.submitter = None

    @precondition(lambda self: self.broadcast.status is not Status.DRAFT)
    @rule(recipients=st.integers(0, 2), waits=st.booleans())
    def start(self, recipients: int, *, waits: bool) -> None:
        if waits:
            self.now = max(self.now, DUE)
        before = self.broadcast
        try:
            self.broadcast = lifecycle.start(before, at=self.now, occurrence=DUE, recipients=recipients)
        except BroadcastError:
            return
        assert before.status is Status.APPROVED
        assert self.approved is not None
        assert recipients > 0
        assert DUE <= self.now < self.broadcast.content.valid_until

    @rule(content=CONTENTS)
    def tampered_content_never_starts(self, content: Content) -> None:
        if content == self.broadcast.content:
            return
        tampered = replace(self.broadcast, revision=replace(self.broadcast.revision, content=content))
        try:
            lifecycle.start(tampered, at=max(self.now, DUE), occurrence=DUE, recipients=1)
        except BroadcastError:
            return
        raise AssertionError("bytes that nobody approved were started")

    @rule()
    def what_it_tells_is_overtaken(self) -> None:
        before = self.broadcast
        try:
            self.broadcast = lifecycle.stop(before, reason="claim_corrected")
        except BroadcastError:
            assert before.status in ENDED
            return
        assert self.broadcast.status is Status.HALTED

    @precondition(lambda self: self.broadcast.status is not Status.DRAFT)
    @rule(step=st.sampled_from(["complete", "complete", "halt", "expire"]))
    def end(self, step: str) -> None:
        ends = {
            "complete": lambda: lifecycle.complete(self.broadcast, at=self.now),
            "halt": lambda: lifecycle.halt(self.broadcast, reason="内容有误"),
            "expire": lambda: lifecycle.expire(self.broadcast, at=self.now),
        }
        try:
            self.broadcast = ends[step]()
        except BroadcastError:
            return

    @invariant()
    def what_is_being_sent_was_approved_by_somebody_else_as_it_is(self) -> None:
        if self.broadcast.status in {Status.APPROVED, Status.SENDING}:
            assert self.approved is not None
            approver, content = self.approved
            assert approver not in self.writers
            assert approver != self.submitter
            assert content == self.broadcast.content

    @invariant()
    def a_draft_carries_no_approval(self) -> None:
        if self.broadcast.status in {Status.DRAFT, Status.SUBMITTED, Status.REJECTED}:
            assert self.broadcast.approval is None

    @invariant()
    def what_has_ended_stays_as_it_is(self) -> None:
        if self.ended is not None:
            assert self.broadcast == self.ended
        if self.broadcast.status in ENDED:
            self.ended = self.broadcast


TestBroadcastLife = BroadcastLife.TestCase
TestBroadcastLife.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
