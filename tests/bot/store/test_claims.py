from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Conflict
from bot.store.articles import knowledge_revision
from bot.store.claim_files import find_file, open_claim
from bot.store.claim_versions import versions_of, write_version
from bot.store.claims import all_claims, upsert_claims, version_shown
from bot.store.engine import Database
from knowledge.approval import Pending
from knowledge.article import Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict
from knowledge.verdict_text import finding_of
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


def test_an_import_that_changes_a_verdict_is_a_correction_and_keeps_what_it_replaces(
    database: Database, clock: TestClock
) -> None:
    with database.transaction() as session:
        upsert_claims(session, [BARE], now=clock())
        upsert_claims(session, [replace(BARE, verdict=Verdict.TRUE)], now=clock())
        file = find_file(session, BARE.id)
        [earlier] = versions_of(session, BARE.id)
    assert (file.state, file.version) == ("corrected", 2)
    assert (earlier.number, earlier.finding.verdict) == (1, Verdict.UNPROVEN)


def test_an_import_never_overwrites_what_the_desk_has_in_hand(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_claims(session, [FULL, BARE], now=clock())
        open_claim(session, "open", text="某个说法", area_code="", now=clock())
        pending = Pending("0" * 64, frozenset({"reviewer"}))
        write_version(session, BARE.id, 2, finding_of(BARE), pending, note="", now=clock())
        assert not upsert_claims(session, [FULL, BARE], now=clock()).any
        for claim in (replace(BARE, verdict=Verdict.TRUE), replace(BARE, id="open")):
            with pytest.raises(Conflict, match=claim.id):
                upsert_claims(session, [claim], now=clock())


def test_a_process_that_has_not_heard_of_the_newest_version_says_which_it_told(
    database: Database, clock: TestClock
) -> None:
    with database.transaction() as session:
        upsert_claims(session, [BARE], now=clock())
        assert version_shown(session, BARE) == 1
        corrected = replace(BARE, verdict=Verdict.TRUE)
        upsert_claims(session, [corrected], now=clock())
        assert (version_shown(session, BARE), version_shown(session, corrected)) == (1, 2)
