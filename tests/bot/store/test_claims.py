from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Conflict, NotFound
from bot.store.articles import knowledge_revision
from bot.store.claims import all_claims, remove_claim, upsert_claims
from bot.store.engine import Database
from bot.store.tables import ReportRow, TicketRow
from knowledge.article import Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict
from tests.clocks import TestClock

FULL = Claim(
    id="wine",
    text="喝酒防病毒",
    verdict=Verdict.FALSE,
    explanation="酒不能防病毒。",
    phrasings=("白酒杀毒",),
    source=Source("某卫健委", issued_on=date(2022, 7, 1)),
    published_on=date(2022, 7, 12),
    validity=Validity(valid_to=date(2023, 7, 12)),
    scope=Scope("621100000000"),
    topic=Topic.HEALTH_MYTH,
)
BARE = Claim(id="bare", text="某事", verdict=Verdict.UNPROVEN, explanation="未证实。")


def test_a_claim_comes_back_as_it_was_stored(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_claims(session, [FULL, BARE], now=clock())
    with database.reading() as session:
        assert all_claims(session) == (BARE, FULL)


def test_a_changed_verdict_replaces_the_old_one_and_is_announced(
    database: Database, clock: TestClock
) -> None:
    decided = replace(BARE, verdict=Verdict.TRUE)
    with database.transaction() as session:
        upsert_claims(session, [FULL, BARE], now=clock())
        changes = upsert_claims(session, [FULL, decided], now=clock())
        assert (changes.added, changes.changed, changes.unchanged) == (0, 1, 1)
        assert all_claims(session) == (decided, FULL)
        assert knowledge_revision(session) == 2


def test_storing_the_same_again_changes_nothing(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_claims(session, [FULL, BARE], now=clock())
        assert not upsert_claims(session, [BARE, FULL], now=clock()).any
        assert knowledge_revision(session) == 1


def test_a_removed_claim_is_gone_and_announced(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_claims(session, [FULL, BARE], now=clock())
        remove_claim(session, "wine")
        assert all_claims(session) == (BARE,)
        assert knowledge_revision(session) == 2


def test_a_claim_that_reports_hang_on_is_not_removed(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_claims(session, [FULL], now=clock())
        session.add(TicketRow(number=7, kind="report"))
        session.flush()
        session.add(
            ReportRow(
                number=7, claim_id="wine", text="…", channel="text", state="open", likelihood=0.9,
                reasons=[], reported_at=clock(),
            )
        )  # fmt: skip
        session.flush()
        with pytest.raises(Conflict, match="1 reports hang on claim wine"):
            remove_claim(session, "wine")


def test_what_is_not_there_cannot_be_removed(database: Database) -> None:
    with database.transaction() as session, pytest.raises(NotFound, match="no claim nix"):
        remove_claim(session, "nix")
