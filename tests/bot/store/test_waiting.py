"""What waits, counted by area and no further than a person would count; and what in the tables lies too long."""

from datetime import timedelta

import pytest

from bot.store import claim_curve, condition, inquiries, leases, outbox, waiting
from bot.store.engine import Database
from bot.store.tables import (
    AppealRow,
    ArticleRow,
    ArticleVersionRow,
    ClaimRow,
    QuestionGroupRow,
    QuestionRow,
    ReportRow,
    SightingRow,
    TicketRow,
)
from bot.store.vault import Vault
from bot.store.waiting import ClaimsWanted
from knowledge.review import OPEN, WorkState
from tests.bot.store.people import NOW

VILLAGE, COUNTY, ELSEWHERE = "621121100201", "621121", "621102"
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def desk(database: Database) -> Database:
    """One thing of each kind waits, all of one village; another claim was closed."""
    with database.transaction() as session:
        for claim_id, state in (("one", "new"), ("done", "closed")):
            session.add(
                ClaimRow(
                    id=claim_id, text="听说", phrasings=[], topic="other", state=state, log={},
                    due_at=NOW, assigned_to="示例", updated_at=NOW,
                )
            )  # fmt: skip
        numbers = [TicketRow(kind=kind) for kind in ("report", "report", "question", "appeal")]
        session.add_all(numbers)
        session.flush()
        suggested, belonging, question, appeal = (ticket.number for ticket in numbers)
        for number, belongs_to, fit in ((suggested, None, "suggested"), (belonging, "one", "sure")):
            session.add(
                ReportRow(
                    number=number, claim_id=belongs_to, fit=fit, text="听说", area_code=VILLAGE, channel="chat",
                    state="new", likelihood=0.5, reasons=[], reported_at=NOW,
                )
            )  # fmt: skip
        session.add(SightingRow(claim_id="one", area_code=VILLAGE, count=1, first_at=NOW, last_at=NOW))
        session.add(
            AppealRow(
                number=appeal, claim_id="one", version=1, text="不对", area_code=VILLAGE, state="open",
                opened_at=NOW, due_at=NOW,
            )
        )  # fmt: skip
        session.add(
            ArticleRow(
                id="a", question="几点开门", phrasings=[], answer="", category="other", area_code=VILLAGE,
                state="in_review", updated_at=NOW,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            ArticleVersionRow(
                article_id="a", number=1, content={}, fingerprint="0" * 64, authors=["示例"],
                drafted_at=NOW, submitted_by="示例",
            )
        )  # fmt: skip
        group = QuestionGroupRow(
            text="几点开门", state="open", count=1, first_asked_at=NOW, last_asked_at=NOW
        )
        session.add(group)
        session.flush()
        session.add(
            QuestionRow(
                number=question, group_id=group.id, text="几点开门", area_code=VILLAGE, state="open",
                asked_at=NOW,
            )
        )  # fmt: skip
        inquiries.raise_alert(session, kind="medical", area_code=VILLAGE, now=NOW)
    return database


@pytest.mark.parametrize(("prefix", "count"), [("", 1), (COUNTY, 1), (ELSEWHERE, 0)])
def test_each_thing_is_counted_in_its_area_alone(desk: Database, prefix: str, count: int) -> None:
    with desk.reading() as session:
        counted = {
            name: getattr(waiting, name)(session, area_prefix=prefix)
            for name in ("suggestions", "appeals", "articles", "question_groups", "alerts")
        }
        counted["claims"] = waiting.claims(session, ClaimsWanted({WorkState.NEW}, area_prefix=prefix))

    assert set(counted.values()) == {count}, counted


def test_claims_are_counted_by_their_clock_and_by_who_has_them(desk: Database) -> None:
    with desk.reading() as session:
        assert waiting.claims(session, ClaimsWanted(OPEN, due_before=LATER)) == 1
        assert waiting.claims(session, ClaimsWanted(OPEN, due_before=NOW)) == 0
        assert waiting.claims(session, ClaimsWanted(OPEN, assigned_to="示例")) == 1
        assert waiting.claims(session, ClaimsWanted(OPEN, assigned_to="别人")) == 0


@pytest.mark.parametrize(("prefix", "seen"), [("", (1, 0)), (COUNTY, (1, 0)), (ELSEWHERE, (0, 0))])
def test_a_curve_counts_the_reports_of_an_area(desk: Database, prefix: str, seen: tuple[int, ...]) -> None:
    edges = [NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)]

    with desk.reading() as session:
        assert claim_curve.counts_between(session, "one", edges, area_prefix=prefix) == seen
        known = claim_curve.first_and_last(session, "one", area_prefix=prefix)
    assert known == ((NOW, NOW) if any(seen) else None)


def test_what_is_due_lies_until_somebody_takes_it(database: Database, vault: Vault) -> None:
    with database.transaction() as session:
        outbox.queue_alert(session, "示例", key="alert1", vault=vault, now=NOW)

    with database.reading() as session:
        assert not condition.deliveries_lie(session, since=NOW - timedelta(minutes=1))
        assert condition.deliveries_lie(session, since=LATER)
        assert condition.postponed_because(session, now=NOW) == frozenset()
        assert not condition.messages_lie(session, since=LATER)


def test_a_lease_is_known_until_when_it_is_held(database: Database) -> None:
    with database.transaction() as session:
        leases.acquire(session, "scheduler", holder="x", ttl=timedelta(seconds=15), now=NOW)

    with database.reading() as session:
        assert condition.lease_until(session, "scheduler") == NOW + timedelta(seconds=15)
        assert condition.lease_until(session, "nobody's") is None
        assert condition.token_until(session, "wechat") is None
        assert condition.oldest_untold_alert(session) is None
