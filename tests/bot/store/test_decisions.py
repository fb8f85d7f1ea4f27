"""What staff have decided teaches; what is open, or only done with, does not."""

import pytest

from bot.store import decisions, inquiries
from bot.store.claims import upsert_claims
from bot.store.decisions import answered_questions, decided_reports
from bot.store.engine import Database
from bot.store.inquiries import ReportState
from bot.store.vault import Vault
from knowledge.claim import Claim, Verdict
from knowledge.intent import Intent
from tests.bot.store.people import NOW, a_resident, put_report

CLAIM = Claim("power", "明天全城停电", Verdict.TRUE, "确有此事。")


@pytest.fixture
def person(database: Database, vault: Vault) -> int:
    with database.transaction() as session:
        upsert_claims(session, [CLAIM], now=NOW)
    return a_resident(database, vault)


def reported(
    database: Database,
    person: int,
    text: str,
    *,
    state: ReportState = ReportState.NEW,
    claim_id: str | None = None,
) -> int:
    with database.transaction() as session:
        return put_report(session, text, resident_id=person, state=state, claim_id=claim_id, likelihood=0.5)


def test_reports_of_a_published_claim_teach_whatever_its_verdict(database: Database, person: int) -> None:
    reported(database, person, "没人看过的")
    reported(database, person, "已办结的", state=ReportState.CLOSED)
    reported(database, person, "当场答复的", state=ReportState.ANSWERED, claim_id=CLAIM.id)
    reported(database, person, "后来认定的", state=ReportState.DECIDED, claim_id=CLAIM.id)
    with database.transaction() as session:
        inquiries.unlink(session, person)

    with database.reading() as session:
        found = decided_reports(session)

    assert [(one.text, one.rumour) for one in found] == [("当场答复的", True), ("后来认定的", True)]
    assert {one.claims for one in found} == {frozenset({CLAIM.id})}


def test_a_question_that_a_person_answered_teaches_that_it_is_one(database: Database, person: int) -> None:
    with database.transaction() as session:
        number = inquiries.add_question(
            session, resident_id=person, text="回村要报备吗", area_code=None, now=NOW
        )
        inquiries.add_question(session, resident_id=person, text="还没答的", area_code=None, now=NOW)
        inquiries.answer_question(session, number, answer="要。", by="编辑", now=NOW)

    with database.reading() as session:
        found = answered_questions(session)

    assert [(one.text, one.intent) for one in found] == [("回村要报备吗", Intent.QUESTION)]


def test_of_very_many_the_newest_teach(
    database: Database, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST", 2)
    for number in range(4):
        reported(database, person, f"第{number}条", state=ReportState.ANSWERED, claim_id=CLAIM.id)

    with database.reading() as session:
        assert [one.text for one in decided_reports(session)] == ["第2条", "第3条"]
