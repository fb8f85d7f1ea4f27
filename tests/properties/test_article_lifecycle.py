"""Whatever is tried on the knowledge desk, in whatever order, by whomever: residents are told nothing that a second person did
not read to the last byte, and what they are told changes by a publication alone, or ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.access import Role
from bot.article_watch import watch_articles
from bot.errors import BotError
from bot.office import article_steps as steps
from bot.office.act import Act
from bot.store import article_versions
from bot.store.article_files import ArticleFile, find_file
from bot.store.articles import all_articles, known_articles
from knowledge.article import Article, Source, Validity
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing, faults_of, fingerprint
from tests.bot.office.acting import a_member
from tests.bot.office.articles import ARTICLE
from tests.bot.town import bare_runtime
from tests.clocks import TestClock
from tests.conftest import open_copy
from tests.settings import settings_for

PEOPLE = {"reviewer": Role.REVIEWER, "head": Role.APPROVER, "editor": Role.EDITOR, "auditor": Role.AUDITOR}
NAMES = st.sampled_from(sorted(PEOPLE))
WRITERS = st.sampled_from(["editor", "editor", "reviewer"])
FIRST = TestClock().now.date()
ARTICLES = st.sampled_from(
    [
        ARTICLE,
        replace(ARTICLE, answer="改成九点开门。"),
        replace(ARTICLE, validity=Validity(FIRST, FIRST + timedelta(days=2))),
        replace(ARTICLE, source=Source("县疾控中心（示例）")),
        replace(ARTICLE, source=None),
        replace(ARTICLE, answer=""),
    ]
)


class ArticleLife(RuleBasedStateMachine):
    """Keeps its own account of who wrote and handed over which bytes, and compares with what residents are told."""

    def __init__(self, migrated: Path) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._clock = TestClock()
        database = open_copy(migrated, Path(self._folder.name) / "desk.sqlite3")
        self._runtime = bare_runtime(settings_for(Path(self._folder.name)), database, self._clock, [])
        self._members = {name: a_member(self._runtime, role, name=name) for name, role in PEOPLE.items()}
        with self.acting("editor") as act:
            self.id = steps.create(act, ARTICLE).id
        self.written: Article | None = self._named(ARTICLE)
        self.authors = {"editor"}
        self.submitter: str | None = None
        self.public: Article | None = None
        self.seen = ["0" * 64]

    def teardown(self) -> None:
        self._runtime.close()
        self._folder.cleanup()

    @property
    def file(self) -> ArticleFile:
        with self._runtime.database.reading() as session:
            return find_file(session, self.id)

    @property
    def today(self) -> date:
        return self._clock.now.astimezone(self._runtime.settings.service.zone).date()

    @contextmanager
    def acting(self, name: str) -> Iterator[Act]:
        self._clock.advance(minutes=1)
        with self._runtime.database.transaction() as session:
            yield Act(session, self._runtime, self._members[name], self._clock())

    @rule(by=st.one_of(WRITERS, NAMES), article=ARTICLES)
    def edit(self, by: str, article: Article) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: steps.edit(act, self.id, edition, article)):
            self._now_written(self._named(article), by)

    @rule(by=NAMES, data=st.data())
    def restore(self, by: str, data: st.DataObject) -> None:
        edition, number = self.file.edition, data.draw(st.integers(0, 3))
        with self._runtime.database.reading() as session:
            version = article_versions.find_version(session, self.id, number)
        if self._try(by, lambda act: steps.restore(act, self.id, edition, number=number)):
            assert version is not None
            self._now_written(version.writing.article, by)
            self.authors |= version.pending.authors

    @rule(by=NAMES, data=st.data())
    def submit(self, by: str, data: st.DataObject) -> None:
        edition, seen = self.file.edition, data.draw(self._bytes())
        if self._try(by, lambda act: steps.submit(act, self.id, edition, seen=seen)):
            assert self.written is not None
            assert faults_of(Writing(self.written)) == {}
            assert seen == fingerprint(Writing(self.written))
            self.submitter = by

    @rule(by=NAMES, data=st.data())
    def publish(self, by: str, data: st.DataObject) -> None:
        edition, seen = self.file.edition, data.draw(self._bytes())
        if self._try(by, lambda act: steps.publish(act, self.id, edition, seen=seen)):
            assert self.written is not None
            assert PEOPLE[by] in {Role.REVIEWER, Role.APPROVER}
            assert self.submitter is not None
            assert by not in self.authors | {self.submitter}
            assert seen == fingerprint(Writing(self.written))
            self.public = self.written
            self._nothing_written()

    @rule(by=NAMES)
    def send_back(self, by: str) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: steps.send_back(act, self.id, edition, reason="再改")):
            self.submitter = None

    @rule(by=NAMES)
    def drop(self, by: str) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: steps.drop(act, self.id, edition, reason="不改了")):
            self._nothing_written()

    @rule(by=NAMES)
    def withdraw(self, by: str) -> None:
        edition = self.file.edition
        if self._try(by, lambda act: steps.withdraw(act, self.id, edition, reason="有误")):
            self.public = self.submitter = None

    @rule(article=ARTICLES, data=st.data())
    def by_the_book(self, article: Article, data: st.DataObject) -> None:
        """Written, handed over and published by two, so that the later states are reached."""
        self.edit("editor", article)
        self.submit("editor", data)
        self.publish("head", data)

    @rule(days=st.integers(1, 2))
    def days_go_by(self, days: int) -> None:
        self._clock.advance(days=days)
        watch_articles(self._runtime)
        if self.public and not self.public.validity.holds_on(self.today):
            self.public = None

    @rule(by=NAMES)
    def a_form_opened_before_is_refused(self, by: str) -> None:
        stale = self.file.edition - 1
        assert not self._try(by, lambda act: steps.edit(act, self.id, stale, ARTICLE))

    @invariant()
    def residents_are_told_just_what_a_second_person_read(self) -> None:
        with self._runtime.database.reading() as session:
            told = {one.id: one for one in all_articles(session)}.get(self.id)
            held = {one.id: one for one in known_articles(session)}.get(self.id)
            versions = article_versions.versions_of(session, self.id)
        assert told == self.public
        assert (self.file.state is ArticleState.PUBLISHED) == (self.public is not None)
        assert held is None or held == told or not held.validity.holds_on(self.today)
        for version in versions:
            if version.published_at:
                others = version.pending.authors | {version.pending.submitted_by, None}
                assert version.pending.approved_by not in others
                assert version.pending.fingerprint == fingerprint(version.writing)

    @invariant()
    def nothing_that_is_being_written_is_lost(self) -> None:
        with self._runtime.database.reading() as session:
            waiting = article_versions.find_version(session, self.id, self.file.version + 1)
        assert (waiting.writing.article if waiting else None) == self.written
        assert (waiting.pending.submitted_by if waiting else None) == self.submitter

    def _named(self, article: Article) -> Article:
        return replace(article, id=self.id)

    def _now_written(self, article: Article, by: str) -> None:
        self.written, self.submitter = article, None
        self.authors.add(by)
        self.seen.append(fingerprint(Writing(article)))

    def _nothing_written(self) -> None:
        self.written, self.submitter, self.authors = None, None, set()

    def _bytes(self) -> st.SearchStrategy[str]:
        """Of whatever was ever seen, mostly what stands there now."""
        current = fingerprint(Writing(self.written)) if self.written else "0" * 64
        return st.one_of(st.just(current), st.just(current), st.sampled_from(self.seen))

    def _try(self, by: str, work: Callable[[Act], object]) -> bool:
        try:
            with self.acting(by) as act:
                work(act)
        except BotError:
            return False
        return True


def test_residents_are_told_nothing_that_a_second_person_did_not_read(migrated_sqlite: Path) -> None:
    def opened() -> ArticleLife:
        return ArticleLife(migrated_sqlite)

    run_state_machine_as_test(
        opened,  # type: ignore[arg-type] # any function that makes one does
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
