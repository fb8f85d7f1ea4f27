"""Whatever is tried on the desk, in whatever order, by whomever: nothing is public that a second person did not approve, and
nothing changes while it is public but by a correction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.access import Role
from bot.errors import BotError
from bot.office import claims, reports, verdicts
from bot.office.act import Act
from bot.store import claim_versions, schema
from bot.store.claim_files import ClaimFile, find_file, open_claim
from bot.store.claims import all_claims
from bot.store.engine import open_database
from knowledge.claim import Claim, Verdict
from knowledge.review import PUBLIC
from knowledge.risk import Harm
from knowledge.verdict_text import Explanation, Finding, fingerprint
from tests.bot.office.acting import a_member
from tests.bot.office.claims import FINDING
from tests.bot.town import bare_runtime
from tests.clocks import TestClock
from tests.settings import settings_for

PEOPLE = {"reviewer": Role.REVIEWER, "head": Role.APPROVER, "deputy": Role.APPROVER, "editor": Role.EDITOR}
NAMES = st.sampled_from(sorted(PEOPLE))
WRITERS = st.sampled_from(["reviewer", "reviewer", "head"])
FINDINGS = st.sampled_from(
    [
        FINDING,
        replace(FINDING, verdict=Verdict.MISLEADING),
        replace(FINDING, explanation=Explanation("另一个事实。")),
        replace(FINDING, explanation=Explanation("")),
    ]
)
CLAIM = "20220714-1"


class ClaimLife(RuleBasedStateMachine):
    """Keeps its own account of who wrote and who approved which bytes, and compares with what the public is told."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._clock = TestClock()
        database = open_database(f"sqlite:///{Path(self._folder.name) / 'desk.sqlite3'}")
        schema.upgrade(database)
        self._runtime = bare_runtime(settings_for(Path(self._folder.name)), database, self._clock, [])
        self._members = {name: a_member(self._runtime, role, name=name) for name, role in PEOPLE.items()}
        with database.transaction() as session:
            for claim_id in (CLAIM, "other"):
                open_claim(session, claim_id, text="某个说法", area_code="", now=self._clock())
        self.authors: set[str] = set()
        self.submitter: str | None = None
        self.written: Finding | None = None
        self.approved: Finding | None = None
        self.public: Claim | None = None
        self.seen = ["0" * 64]

    def teardown(self) -> None:
        self._runtime.close()
        self._folder.cleanup()

    @property
    def file(self) -> ClaimFile:
        with self._runtime.database.reading() as session:
            return find_file(session, CLAIM)

    @contextmanager
    def acting(self, name: str) -> Iterator[Act]:
        self._clock.advance(minutes=1)
        member = self._members[name]
        with self._runtime.database.transaction() as session:
            yield Act(session, self._runtime, member, self._clock())

    @rule(by=NAMES, harm=st.sampled_from(list(Harm)))
    def triage(self, by: str, harm: Harm) -> None:
        edition = self.file.edition
        self._try(by, lambda act: claims.triage(act, CLAIM, edition, harm=harm))

    @rule(by=WRITERS, finding=FINDINGS, note=st.sampled_from(["", "改了"]))
    def draft(self, by: str, finding: Finding, note: str) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: verdicts.draft(act, CLAIM, edition, finding, note=note)):
            self.authors.add(by)
            self.written, self.approved, self.submitter = finding, None, None
            self.seen.append(fingerprint(finding))
            assert finding.explanation.fact

    @rule(by=NAMES, data=st.data())
    def submit(self, by: str, data: st.DataObject) -> None:
        edition, seen = self.file.edition, data.draw(self._bytes())
        if self._try(by, lambda act: verdicts.submit(act, CLAIM, edition, seen=seen)):
            self.submitter = by

    @rule(by=NAMES, data=st.data())
    def approve(self, by: str, data: st.DataObject) -> None:
        edition, seen = self.file.edition, data.draw(self._bytes())
        if self._try(by, lambda act: verdicts.approve(act, CLAIM, edition, seen=seen)):
            assert PEOPLE[by] is Role.APPROVER
            assert by not in self.authors | {self.submitter}
            assert self.submitter is not None
            assert self.written is not None
            assert seen == fingerprint(self.written)
            self.approved = self.written

    @rule(by=NAMES, data=st.data())
    def publish(self, by: str, data: st.DataObject) -> None:
        edition, seen = self.file.edition, data.draw(self._bytes())
        version = self.file.version
        if self._try(by, lambda act: verdicts.publish(act, CLAIM, edition, seen=seen)):
            assert self.approved is not None
            assert seen == fingerprint(self.approved)
            assert self.file.version == version + 1
            day = self._clock().astimezone(self._runtime.settings.service.zone).date()
            self.public = self.approved.as_claim(CLAIM, published_on=day)
            self.authors, self.submitter, self.written, self.approved = set(), None, None, None

    @rule(finding=FINDINGS)
    def by_the_book(self, finding: Finding) -> None:
        """Triaged, written, handed over, approved: so that the later states are reached."""
        self.triage("reviewer", Harm.MAJOR)
        self.draft("reviewer", finding, "改了")
        if self.written is None or "deputy" in self.authors:
            return
        seen, edition = fingerprint(self.written), self.file.edition
        if self._try("reviewer", lambda act: verdicts.submit(act, CLAIM, edition, seen=seen)):
            self.submitter = "reviewer"
        opened = self.file.edition
        if self._try("deputy", lambda act: verdicts.approve(act, CLAIM, opened, seen=seen)):
            self.approved = self.written

    @rule(by=NAMES)
    def send_back(self, by: str) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: verdicts.send_back(act, CLAIM, edition, reason="再查")):
            self.approved = self.submitter = None

    @rule(by=NAMES, again=st.booleans())
    def close_or_reopen(self, by: str, *, again: bool) -> None:
        edition, step = self.file.edition, claims.reopen if again else claims.close
        if self._try(by, lambda act: step(act, CLAIM, edition, reason="完")) and not again:
            self.public = None

    @rule(by=NAMES)
    def merge(self, by: str) -> None:
        edition = self.file.edition
        self._try(by, lambda act: reports.merge(act, CLAIM, edition, into="other"))

    @rule(by=NAMES)
    def a_form_opened_before_is_refused(self, by: str) -> None:
        stale = self.file.edition - 1
        assert not self._try(by, lambda act: verdicts.draft(act, CLAIM, stale, FINDING, note="改了"))

    @invariant()
    def the_public_is_told_just_what_was_approved(self) -> None:
        with self._runtime.database.reading() as session:
            told = {claim.id: claim for claim in all_claims(session)}.get(CLAIM)
            versions = claim_versions.versions_of(session, CLAIM)
        assert told == self.public
        assert (self.file.state in PUBLIC) == (self.public is not None)
        for version in versions:
            if version.published_at:
                assert version.pending.approved_by not in version.pending.authors | {None}
                assert version.pending.fingerprint == fingerprint(version.finding)

    def _bytes(self) -> st.SearchStrategy[str]:
        """Of whatever was ever seen, mostly what stands there now."""
        current = fingerprint(self.written) if self.written else "0" * 64
        return st.one_of(st.just(current), st.just(current), st.sampled_from(self.seen))

    def _try(self, by: str, work: Callable[[Act], object]) -> bool:
        try:
            with self.acting(by) as act:
                work(act)
        except BotError:
            return False
        return True


ClaimLife.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestClaimLife = ClaimLife.TestCase
