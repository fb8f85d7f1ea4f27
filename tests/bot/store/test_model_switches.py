from bot.store import audit
from bot.store.engine import Database
from bot.store.model_switches import one_before, rolled_back_from
from tests.clocks import TestClock


def switched(database: Database, clock: TestClock, version: str, action: str, **detail: object) -> None:
    with database.transaction() as session:
        audit.record(
            session, at=clock(), actor="a", action=action, subject=f"models {version}", detail=detail
        )


def went_back(database: Database) -> frozenset[str]:
    with database.reading() as session:
        return rolled_back_from(session)


def test_how_a_version_was_last_left_counts(database: Database, clock: TestClock) -> None:
    assert went_back(database) == frozenset()
    switched(database, clock, "1", "models.trained", replaces="packaged")
    switched(database, clock, "2", "models.trained", replaces="1")
    switched(database, clock, "1", "models.rolled_back", **{"from": "2"})
    assert went_back(database) == {"2"}

    switched(database, clock, "2", "models.rolled_back", **{"from": "1"})
    assert went_back(database) == {"1", "2"}
    switched(database, clock, "3", "models.trained", replaces="2")
    assert went_back(database) == {"1"}


def test_the_version_before_is_the_earlier_one_that_was_left_last(
    database: Database, clock: TestClock
) -> None:
    switched(database, clock, "1", "models.trained", replaces="packaged")
    switched(database, clock, "2", "models.trained", replaces="1")
    switched(database, clock, "packaged", "models.rolled_back", **{"from": "2"})
    switched(database, clock, "2", "models.rolled_back", **{"from": "packaged"})
    switched(database, clock, "2", "models.restored")

    with database.reading() as session:
        before = {version: one_before(session, version) for version in ("1", "2", "3", "packaged")}

    assert before == {"1": "packaged", "2": "packaged", "3": None, "packaged": None}
