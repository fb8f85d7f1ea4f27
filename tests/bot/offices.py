"""A bureau with its areas and residents, and broadcasts it has approved: what planning works on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.live import Live
from bot.runtime import Runtime, load_places
from bot.store import broadcasts, groups, relay_tasks, residents, revisions
from bot.store.engine import Database
from bot.store.groups import GroupEntry
from bot.store.vault import Vault
from broadcasts import lifecycle
from broadcasts.audience import Audience
from broadcasts.broadcast import Broadcast
from broadcasts.content import Content
from broadcasts.fingerprint import fingerprint
from broadcasts.relay import RelayTask
from tests.bot.places import HEPING
from tests.bot.store.people import a_worker, store_areas
from tests.bot.town import bare_runtime
from tests.broadcasts.builders import APPROVER, AUTHOR, NOW, a_content
from tests.clocks import TestClock
from tests.conftest import VAULT_KEY
from tests.settings import LOCAL, settings_for

VAULT = Vault(VAULT_KEY)


def an_office(database: Database, data_dir: Path, clock: TestClock, **sections: dict[str, object]) -> Runtime:
    """A runtime on the small area tree; it answers nobody, so it has no library."""
    store_areas(database)
    bare = bare_runtime(settings_for(data_dir, platform=LOCAL, **sections), database, clock, [])
    places = Live(database, revisions.AREAS, lambda session: load_places(session, VAULT))
    return replace(bare, places=places)


def followers(
    runtime: Runtime, count: int, *, community: str, first: int = 1, at: datetime = NOW
) -> list[int]:
    with runtime.database.transaction() as session:
        people = [
            residents.recognise(session, f"oOffice{number:0>21}", vault=VAULT, now=at)
            for number in range(first, first + count)
        ]
        for one in people:
            residents.follow(session, one.id, at)
            residents.bind_community(session, one.id, community)
        return [one.id for one in people]


def worker(runtime: Runtime, community: str, *, name: str = "示例网格员", bound_to: int | None = None) -> int:
    return a_worker(runtime.database, VAULT, community, name=name, bound_to=bound_to)


def put_groups(runtime: Runtime, entries: Iterable[GroupEntry]) -> None:
    with runtime.database.transaction() as session:
        groups.put_groups(session, entries, vault=VAULT)


def approved(
    runtime: Runtime, content: Content, *, broadcast_id: str = "b1", at: datetime = NOW
) -> Broadcast:
    """Drafted and submitted by one person, approved by another, and stored."""
    first = lifecycle.draft(broadcast_id, content, by=AUTHOR, at=at)
    submitted = lifecycle.submit(first, by=AUTHOR, at=at)
    print_of = fingerprint(submitted.revision)
    done = lifecycle.approve(submitted, by=APPROVER, at=at, fingerprint=print_of)
    with runtime.database.transaction() as session:
        broadcasts.save(session, done, now=at)
    return done


def to_village(**changes: object) -> Content:
    """Content for one village, but for these."""
    content = a_content(audience=Audience(frozenset({HEPING.code})))
    return replace(content, **changes)  # type: ignore[arg-type] # the fields of a content, by name


def stored(runtime: Runtime, broadcast_id: str = "b1") -> Broadcast:
    with runtime.database.reading() as session:
        return broadcasts.find(session, broadcast_id)


def skipped_because(runtime: Runtime, broadcast_id: str = "b1") -> list[str | None]:
    with runtime.database.reading() as session:
        return [run.skipped_because for run in broadcasts.runs_of(session, broadcast_id)]


def tasks(runtime: Runtime, broadcast_id: str = "b1") -> list[RelayTask]:
    with runtime.database.reading() as session:
        return list(relay_tasks.tasks_of(session, broadcast_id))


def days(count: int) -> timedelta:
    return timedelta(days=count)
