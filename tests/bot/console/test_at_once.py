"""Two people press the same button at the same moment, on both databases: one wins, the other reads what happened.

On PostgreSQL both requests have read the row before either goes on: that is where a missing lock shows. SQLite lets one
writing request in at a time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, local

import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from bot.access import Role
from bot.office import broadcasts
from bot.office.broadcast_form import BroadcastForm, Delivered
from bot.runtime import Runtime
from bot.store import audit
from bot.store.audit import AuditQuery
from bot.store.claim_files import open_claim
from bot.store.engine import Database
from bot.store.pages import Wanted
from bot.store.tables import StaffRow
from broadcasts.broadcast import Status
from broadcasts.content import BroadcastKind, Channel, Once
from broadcasts.fingerprint import fingerprint
from knowledge.article_life import ArticleState
from knowledge.review import WorkState
from tests.bot.console.conftest import PASSWORD, Browser
from tests.bot.office import articles as desk_articles
from tests.bot.office import claims as desk_claims
from tests.bot.office.acting import acting
from tests.bot.offices import an_office, days, stored
from tests.bot.places import TONGWEI
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
HELD_UP_SECONDS = 20.0


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


@pytest.fixture
def new_browser(app: Flask, clock: TestClock) -> Callable[[], Browser]:
    return lambda: Browser(app.test_client(), clock)


@pytest.fixture
def signed_in(new_browser: Callable[[], Browser], new_member: Callable[..., str]) -> SignedIn:
    """As the console's, without looking at the home page: this office has no library."""

    def enter(role: Role, *, name: str) -> Browser:
        browser, fields = new_browser(), {"name": new_member(role, name=name), "password": PASSWORD}
        answer = browser.post("/console/sign-in", fields, follow=False)
        if "second-step" in answer.location:
            answer = browser.post("/console/second-step", {"code": browser.code()}, follow=False)
        assert answer.location == "/console/"
        return browser

    return enter


@dataclass(frozen=True)
class Press:
    """A button: who, where, with what."""

    browser: Browser
    path: str
    fields: dict[str, object]


def at_once(database: Database, table: str, *presses: Press) -> list[TestResponse]:
    """All of them pressed when every one's request has read from `table`."""
    tokens = [one.browser.token() for one in presses]

    def press(number: int) -> TestResponse:
        one = presses[number]
        return one.browser.client.post(one.path, data={"csrf_token": tokens[number], **one.fields})

    with _all_have_read(database, table, len(presses)), ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, range(len(presses))))


@contextmanager
def _all_have_read(database: Database, table: str, count: int) -> Iterator[None]:
    if database.engine.dialect.name == "sqlite":
        yield
        return
    together, mine = Barrier(count, timeout=HELD_UP_SECONDS), local()

    def wait(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        reads = statement.startswith("SELECT") and f"FROM {table} " in statement.replace("\n", " ")
        if reads and "FOR UPDATE" not in statement and not hasattr(mine, "waited"):
            mine.waited = True
            together.wait()

    event.listen(database.engine, "after_cursor_execute", wait)
    yield
    event.remove(database.engine, "after_cursor_execute", wait)


def one_of_them(responses: list[TestResponse]) -> TestResponse:
    """The one that was refused; the other one went on to the next page."""
    refused = [one for one in responses if one.status_code != 302]
    assert len(refused) == 1, [one.status_code for one in responses]
    return refused[0]


def how_often(runtime: Runtime, action: str) -> int:
    with runtime.database.reading() as session:
        return len(audit.find_events(session, AuditQuery(action=action), Wanted()).items)


def a_claim(runtime: Runtime, name: str) -> str:
    with runtime.database.transaction() as session:
        return open_claim(session, name, text="县里的水库被人投毒", area_code="", now=runtime.clock())


def a_broadcast(runtime: Runtime, clock: TestClock, *, submitted: bool = False) -> str:
    form = BroadcastForm(
        kind=BroadcastKind.NOTICE,
        title="停水通知",
        texts={Channel.OFFICIAL_ACCOUNT: "今晚停水，请提前备水。"},
        delivered=Delivered(
            area_codes=frozenset({TONGWEI.code}),
            schedule=Once(clock.now + days(1)),
            valid_until=clock.now + days(3),
            urgent=True,
        ),
    )
    with acting(runtime, Role.EDITOR, name="起草人") as act:
        (drafted,) = broadcasts.draft(act, form)
        if submitted:
            broadcasts.submit(act, drafted.id, seen=fingerprint(drafted.revision))
    return drafted.id


def test_a_code_of_the_phone_opens_once_even_for_two_at_the_same_moment(
    database: Database, new_browser: Callable[[], Browser], new_member: Callable[..., str]
) -> None:
    name = new_member(Role.APPROVER)
    browsers = [new_browser(), new_browser()]
    for browser in browsers:
        browser.post("/console/sign-in", {"name": name, "password": PASSWORD})
    code = browsers[0].code()

    responses = at_once(
        database, "staff", *(Press(one, "/console/second-step", {"code": code}) for one in browsers)
    )

    assert sorted(one.status_code for one in responses) == [302, 401]


def test_of_two_approvers_of_a_broadcast_one_is_told_it_is_done(
    database: Database, runtime: Runtime, clock: TestClock, signed_in: SignedIn
) -> None:
    broadcast_id = a_broadcast(runtime, clock, submitted=True)
    seen = fingerprint(stored(runtime, broadcast_id).revision)
    fields: dict[str, object] = {"fingerprint": seen, "read": "y"}
    path = f"/console/broadcasts/{broadcast_id}/approve"
    approvers = [signed_in(Role.APPROVER, name=name) for name in ("甲", "乙")]

    responses = at_once(database, "broadcasts", *(Press(one, path, fields) for one in approvers))

    refused = one_of_them(responses)
    assert refused.status_code == 409
    assert "现在不能这样做" in refused.text
    assert stored(runtime, broadcast_id).status is Status.APPROVED
    assert how_often(runtime, "broadcast.approved") == 1


def test_of_an_approval_and_a_halt_at_the_same_moment_one_wins(
    database: Database, runtime: Runtime, clock: TestClock, signed_in: SignedIn
) -> None:
    broadcast_id = a_broadcast(runtime, clock, submitted=True)
    seen = fingerprint(stored(runtime, broadcast_id).revision)
    one, other = signed_in(Role.APPROVER, name="甲"), signed_in(Role.APPROVER, name="乙")

    responses = at_once(
        database,
        "broadcasts",
        Press(one, f"/console/broadcasts/{broadcast_id}/approve", {"fingerprint": seen, "read": "y"}),
        Press(other, f"/console/broadcasts/{broadcast_id}/reject", {"reason": "时间不对"}),
    )

    assert one_of_them(responses).status_code == 409
    done = how_often(runtime, "broadcast.approved"), how_often(runtime, "broadcast.rejected")
    assert stored(runtime, broadcast_id).status is (Status.APPROVED if done == (1, 0) else Status.REJECTED)
    assert sum(done) == 1


def test_a_broadcast_is_submitted_once(
    database: Database, runtime: Runtime, clock: TestClock, signed_in: SignedIn
) -> None:
    broadcast_id = a_broadcast(runtime, clock)
    seen = fingerprint(stored(runtime, broadcast_id).revision)
    path = f"/console/broadcasts/{broadcast_id}/submit"
    editors = [signed_in(Role.EDITOR, name=name) for name in ("甲", "乙")]

    responses = at_once(database, "broadcasts", *(Press(one, path, {"seen": seen}) for one in editors))

    assert one_of_them(responses).status_code == 409
    assert how_often(runtime, "broadcast.submitted") == 1


def test_of_two_approvers_of_a_verdict_one_is_told_it_changed(
    database: Database, runtime: Runtime, signed_in: SignedIn
) -> None:
    claim_id = a_claim(runtime, "claim-1")
    seen = desk_claims.written(runtime, claim_id)
    fields: dict[str, object] = {"seen": seen, "edition": desk_claims.edition(runtime, claim_id)}
    path = f"/console/claims/{claim_id}/approve"
    approvers = [signed_in(Role.APPROVER, name=name) for name in ("甲", "乙")]

    responses = at_once(
        database, "claims", *(Press(one, path, {**fields, "publish": "yes"}) for one in approvers)
    )

    refused = one_of_them(responses)
    assert refused.status_code == 409
    assert "在别处改过了" in refused.text
    assert desk_claims.as_it_stands(runtime, claim_id).state is WorkState.PUBLISHED
    assert how_often(runtime, "claim.publish") == 1


def test_a_claim_is_merged_once(database: Database, runtime: Runtime, signed_in: SignedIn) -> None:
    claim_id, into = a_claim(runtime, "claim-1"), a_claim(runtime, "claim-2")
    fields: dict[str, object] = {
        "edition": desk_claims.edition(runtime, claim_id),
        "into": into,
        "reason": "同一件事",
    }
    path = f"/console/claims/{claim_id}/merge"
    reviewers = [signed_in(Role.REVIEWER, name=name) for name in ("甲", "乙")]

    responses = at_once(database, "claims", *(Press(one, path, fields) for one in reviewers))

    assert one_of_them(responses).status_code == 409
    assert desk_claims.as_it_stands(runtime, claim_id).state is WorkState.MERGED
    assert how_often(runtime, "claim.merge") == 1


def test_two_claims_merged_into_each_other_at_the_same_moment_become_one(
    database: Database, runtime: Runtime, signed_in: SignedIn
) -> None:
    ids = [a_claim(runtime, "claim-1"), a_claim(runtime, "claim-2")]
    reviewers = [signed_in(Role.REVIEWER, name=name) for name in ("甲", "乙")]

    responses = at_once(
        database,
        "claims",
        *(
            Press(
                reviewer,
                f"/console/claims/{one}/merge",
                {"edition": desk_claims.edition(runtime, one), "into": other, "reason": "同一件事"},
            )
            for reviewer, one, other in zip(reviewers, ids, reversed(ids), strict=True)
        ),
    )

    assert one_of_them(responses).status_code == 409
    states = sorted(desk_claims.as_it_stands(runtime, one).state for one in ids)
    assert states == [WorkState.MERGED, WorkState.NEW]


def test_of_two_who_publish_an_article_one_is_told_it_changed(
    database: Database, runtime: Runtime, signed_in: SignedIn
) -> None:
    article_id = desk_articles.drafted(runtime)
    desk_articles.submitted(runtime, article_id)
    fields: dict[str, object] = {
        "seen": desk_articles.seen(runtime, article_id),
        "edition": desk_articles.edition(runtime, article_id),
    }
    path = f"/console/articles/{article_id}/publish"
    reviewers = [signed_in(Role.REVIEWER, name=name) for name in ("甲", "乙")]

    responses = at_once(database, "articles", *(Press(one, path, fields) for one in reviewers))

    refused = one_of_them(responses)
    assert refused.status_code == 409
    assert "在别处改过了" in refused.text
    assert desk_articles.as_it_stands(runtime, article_id).state is ArticleState.PUBLISHED
    assert how_often(runtime, "article.publish") == 1


def test_wrong_passwords_at_the_same_moment_are_all_counted(
    database: Database, runtime: Runtime, new_browser: Callable[[], Browser], new_member: Callable[..., str]
) -> None:
    name, browsers = new_member(Role.EDITOR), [new_browser() for _ in range(3)]
    fields: dict[str, object] = {"name": name, "password": "not the password"}

    at_once(database, "staff", *(Press(one, "/console/sign-in", fields) for one in browsers))

    with runtime.database.reading() as session:
        found = session.scalar(select(StaffRow.failed_attempts).where(StaffRow.name == name))
    assert found == 3


def test_of_many_wrong_passwords_at_the_same_moment_no_more_are_looked_at_than_before_a_rest(
    database: Database, runtime: Runtime, new_browser: Callable[[], Browser], new_member: Callable[..., str]
) -> None:
    name, browsers = new_member(Role.EDITOR), [new_browser() for _ in range(7)]
    fields: dict[str, object] = {"name": name, "password": "not the password"}

    at_once(database, "staff", *(Press(one, "/console/sign-in", fields) for one in browsers))

    assert tried(runtime) == (4, 1, 2)


def test_of_many_wrong_codes_at_the_same_moment_no_more_are_looked_at_than_before_a_rest(
    database: Database, runtime: Runtime, new_browser: Callable[[], Browser], new_member: Callable[..., str]
) -> None:
    name, browsers = new_member(Role.APPROVER), [new_browser() for _ in range(7)]
    for one in browsers:
        one.post("/console/sign-in", {"name": name, "password": PASSWORD}, follow=False)

    at_once(database, "staff", *(Press(one, "/console/second-step", {"code": "000000"}) for one in browsers))

    assert tried(runtime) == (4, 1, 2)


def tried(runtime: Runtime) -> tuple[int, ...]:
    """How many were wrong, how many made the account rest, how many were refused unseen."""
    return tuple(how_often(runtime, f"sign_in.{word}") for word in ("failed", "locked", "refused"))
