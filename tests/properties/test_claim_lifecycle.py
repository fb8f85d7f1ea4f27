"""Whatever is tried on the desk, in whatever order, by whomever: nothing is public that a second person did not approve, and
nothing changes while it is public but by a correction; and however claims are taken back, taken up again and merged, everybody
who asked hears what is public of it, and nobody twice the same.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.access import Role
from bot.claim_watch import watch_claims
from bot.errors import BotError
from bot.office import claims, reports, verdicts
from bot.office.act import Act
from bot.store import claim_versions
from bot.store.claim_files import ClaimFile, find_file, mark_untold, open_claim
from bot.store.claims import all_claims
from bot.telling import tell_next
from knowledge.claim import Claim, Verdict
from knowledge.review import OPEN, PUBLIC, WorkState
from knowledge.risk import Harm
from knowledge.verdict_text import Explanation, Finding, fingerprint
from tests.bot.office.acting import a_member, acting
from tests.bot.office.claims import FINDING, published
from tests.bot.office.hearing import a_claim, asks, heard
from tests.bot.offices import an_office
from tests.bot.town import bare_runtime
from tests.clocks import TestClock
from tests.conftest import open_copy
from tests.settings import settings_for

# What fails is made smaller for up to five minutes before it is shown.
pytestmark = pytest.mark.timeout(480)
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

    def __init__(self, migrated: Path) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._clock = TestClock()
        database = open_copy(migrated, Path(self._folder.name) / "desk.sqlite3")
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


def test_nothing_is_public_that_a_second_person_did_not_approve(migrated_sqlite: Path) -> None:
    def opened() -> ClaimLife:
        return ClaimLife(migrated_sqlite)

    run_state_machine_as_test(
        opened,  # type: ignore[arg-type] # any function that makes one does
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


FACT = re.compile("事实[a-z]+。")
NUMBER = re.compile(r"编号 (\d+)")
ASKERS = st.sampled_from([1, 2, 3])
CLAIMS = st.sampled_from(["a", "b"])
TOLD = {name: replace(FINDING, explanation=Explanation(f"事实{name}。")) for name in ("one", "two", "three")}
NAMED = st.sampled_from(sorted(TOLD))


class EverybodyHears(RuleBasedStateMachine):
    """Two claims that mean the same, three who ask about them, and what each was told when."""

    def __init__(self, migrated: Path) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._clock = TestClock()
        database = open_copy(migrated, Path(self._folder.name) / "desk.sqlite3")
        self._runtime = an_office(database, Path(self._folder.name), self._clock)
        for claim_id in ("a", "b"):
            a_claim(self._runtime, claim_id)
        self.asked: dict[int, set[str]] = {1: set(), 2: set(), 3: set()}
        # How many messages somebody had heard whenever they asked.
        self.known: dict[int, set[int]] = {1: set(), 2: set(), 3: set()}
        # The claim to which what was asked under a number belongs by now.
        self.claim_of: dict[int, str] = {}
        self.is_told = True

    def teardown(self) -> None:
        self._runtime.close()
        self._folder.cleanup()

    @rule(who=ASKERS, claim_id=CLAIMS)
    def ask(self, who: int, claim_id: str) -> None:
        """Where the claim's reports went, if it was merged."""
        self._clock.advance(minutes=1)
        into = self._file(claim_id).merged_into or claim_id
        if self._file(into).state is WorkState.CLOSED:
            return
        self.claim_of[asks(self._runtime, who, into)] = into
        self.known[who].add(len(heard(self._runtime, who)))
        if self._file(into).state in PUBLIC:
            with self._runtime.database.transaction() as session:
                mark_untold(session, into, now=self._clock())
        self.asked[who].add(into)
        self.is_told = False

    @rule(claim_id=CLAIMS, name=NAMED)
    def publish_or_correct(self, claim_id: str, name: str) -> None:
        self._clock.advance(minutes=1)
        file = self._file(claim_id)
        said = file.published.explanation if file.published and file.state in PUBLIC else ""
        if file.state in OPEN | PUBLIC and said != str(TOLD[name].explanation):
            published(self._runtime, claim_id, TOLD[name], note="改了")
            self.is_told = False

    @rule(claim_id=CLAIMS, at_once=st.booleans())
    def take_back(self, claim_id: str, *, at_once: bool) -> None:
        """And look into it again: at once, or after everybody has heard of it."""
        self._clock.advance(minutes=1)
        if self._file(claim_id).state not in PUBLIC:
            return
        with acting(self._runtime, Role.APPROVER) as act:
            claims.close(act, claim_id, self._file(claim_id).edition, reason="写错了")
        if not at_once:
            self.tell()
        with acting(self._runtime, Role.APPROVER) as act:
            claims.reopen(act, claim_id, self._file(claim_id).edition, reason="再查")
        self.is_told = False

    @rule(claim_id=CLAIMS)
    def still_look(self, claim_id: str) -> None:
        """For so long that whoever waits is promised a result."""
        if self._file(claim_id).state not in OPEN:
            return
        self.tell()
        with acting(self._runtime, Role.REVIEWER) as act:
            claims.triage(act, claim_id, self._file(claim_id).edition, harm=Harm.MODERATE)
        self._clock.advance(days=4)
        watch_claims(self._runtime)
        self.tell()

    @rule(claim_id=CLAIMS)
    def merge(self, claim_id: str) -> None:
        self._clock.advance(minutes=1)
        into = "b" if claim_id == "a" else "a"
        if self._file(claim_id).state in OPEN and self._file(into).state in OPEN | PUBLIC:
            with acting(self._runtime, Role.REVIEWER) as act:
                reports.merge(act, claim_id, self._file(claim_id).edition, into=into)
            for asked in self.asked.values():
                if claim_id in asked:
                    asked.add(into)
                asked.discard(claim_id)
            for number, belongs in self.claim_of.items():
                self.claim_of[number] = into if belongs == claim_id else belongs
            self.is_told = False

    @rule(who=ASKERS, claim_id=CLAIMS, names=st.tuples(NAMED, NAMED), at_once=st.booleans())
    def by_the_book(self, who: int, claim_id: str, names: tuple[str, str], *, at_once: bool) -> None:
        """Both public, one of them taken back, taken up again and merged into the other: so that this is reached."""
        other = "b" if claim_id == "a" else "a"
        self.ask(who, claim_id)
        for which, name in zip((claim_id, other), names, strict=True):
            self.publish_or_correct(which, name)
        self.tell()
        self.take_back(claim_id, at_once=at_once)
        self.merge(claim_id)
        self.tell()

    @rule()
    def tell(self) -> None:
        self._clock.advance(minutes=1)
        before = {who: len(heard(self._runtime, who)) for who in self.asked}
        while tell_next(self._runtime):
            # No two batches are told at one moment.
            self._clock.advance(milliseconds=1)
        self.is_told = True
        for who, asked in self.asked.items():
            said = heard(self._runtime, who)
            assert len(said) - before[who] <= max(len(asked), 1)
            self._hears_nothing_again_unless_they_asked_again(who, said, before[who])

    @invariant()
    def everybody_knows_what_is_public_of_what_they_asked(self) -> None:
        for who, asked in self.asked.items() if self.is_told else ():
            said = {self._of(body): body for body in heard(self._runtime, who)}
            for claim_id, file in ((claim_id, self._file(claim_id)) for claim_id in asked):
                if file.state in PUBLIC and file.published:
                    # What they were told of it last.
                    assert file.published.explanation in said.get(claim_id, "")

    def _hears_nothing_again_unless_they_asked_again(self, who: int, said: list[str], known: int) -> None:
        """Of one claim: two that are not merged are answered each, also where they say the same."""
        for number, (before, after) in enumerate(pairwise(said), start=1):
            is_same = FACT.findall(before) == FACT.findall(after) and self._of(before) == self._of(after)
            if number >= known and is_same and not after.startswith("更正"):
                assert number in self.known[who] or not FACT.findall(after)

    def _of(self, said: str) -> str:
        """The claim a follow-up is about, by where its first number belongs now."""
        return self.claim_of[int(NUMBER.findall(said)[0])]

    def _file(self, claim_id: str) -> ClaimFile:
        with self._runtime.database.reading() as session:
            return find_file(session, claim_id)


def test_everybody_who_asked_hears_what_is_public_of_it(migrated_sqlite: Path) -> None:
    def opened() -> EverybodyHears:
        return EverybodyHears(migrated_sqlite)

    run_state_machine_as_test(
        opened,  # type: ignore[arg-type] # any function that makes one does
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
