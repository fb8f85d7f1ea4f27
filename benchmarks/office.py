"""A database as a large prefecture's office would have it after a hard year, filled in bulk.

100,000 claims in every state of their life, 1,000,000 reports of them, 5,000 articles, questions in groups, a long trail, and a
broadcast with a million deliveries.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, text, update

from benchmarks.bulk import insert_rows, pieces
from benchmarks.corpus import make_corpus, varied
from benchmarks.deliveries import add_deliveries
from bot.store.articles import upsert_articles
from bot.store.claims import upsert_claims
from bot.store.engine import Database
from bot.store.tables import (
    AreaRow,
    AuditEventRow,
    ClaimRow,
    QuestionGroupRow,
    QuestionRow,
    ReportRow,
    SightingRow,
    TicketRow,
)
from knowledge.review import WorkState
from knowledge.risk import CLOCKS, Harm, Risk

GROUPS, QUESTIONS, EVENTS = 3_000, 20_000, 100_000
# Of so many reports, and of so many questions, one waits for a person to say where it belongs.
REPORTS_A_DOUBT, QUESTIONS_A_DOUBT = 500, 20
# How many of a hundred claims stand where.
STATES: tuple[tuple[WorkState, int], ...] = (
    (WorkState.NEW, 3),
    (WorkState.TRIAGED, 2),
    (WorkState.IN_REVIEW, 2),
    (WorkState.DRAFTED, 1),
    (WorkState.PUBLISHED, 60),
    (WorkState.CORRECTED, 3),
    (WorkState.CLOSED, 24),
    (WorkState.OUT_OF_SCOPE, 5),
)
DECIDED = frozenset({WorkState.PUBLISHED, WorkState.CORRECTED, WorkState.CLOSED})
SAID = "听说镇上的超市明天都不开门了，真的假的"


@dataclass(frozen=True, slots=True)
class Heard:
    """How often a claim was reported, and between when."""

    first: datetime
    last: datetime
    count: int

    def again(self, at: datetime) -> "Heard":
        """Once more."""
        return Heard(min(self.first, at), max(self.last, at), self.count + 1)


@dataclass(frozen=True, slots=True)
class Size:
    claims: int = 100_000
    reports: int = 1_000_000
    articles: int = 5_000
    deliveries: int = 1_000_000


def fill(database: Database, size: Size, *, now: datetime, chance: random.Random) -> None:
    """Everything, on top of the sample."""
    corpus = make_corpus(now.date(), articles=size.articles, claims=size.claims, worded=False)
    with database.transaction() as session:
        upsert_articles(session, corpus.articles, now=now)
        upsert_claims(session, corpus.claims, now=now)
    with database.engine.begin() as connection:
        communities = list(
            connection.scalars(select(AreaRow.code).where(AreaRow.kind.in_(("village", "neighbourhood"))))
        )
        counted = _add_reports(connection, size, communities, now, chance)
        _review_claims(connection, counted, now, chance)
        _add_questions(connection, size, communities, now, chance)
        _add_events(connection, now, chance)
        add_deliveries(connection, size.deliveries, now, chance)
    if database.engine.dialect.name == "postgresql":
        # As it does by itself within a minute of such a change.
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _add_reports(
    connection: Connection, size: Size, communities: list[str], now: datetime, chance: random.Random
) -> dict[str, Heard]:
    """A few claims are on everybody's lips, most were heard once or twice; first and last time of each claim."""
    ids = list(connection.scalars(select(ClaimRow.id).order_by(ClaimRow.id)))
    chance.shuffle(ids)
    times: dict[str, Heard] = {}
    places: Counter[tuple[str, str]] = Counter()

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(1, size.reports + 1):
            claim = ids[min(int(chance.paretovariate(0.35)) - 1, len(ids) - 1)]
            at = now - timedelta(minutes=chance.randrange(365 * 24 * 60))
            area = chance.choice(communities)
            if number % REPORTS_A_DOUBT == 0:
                yield _doubtful(number, claim, area, at)
                continue
            times[claim] = times[claim].again(at) if claim in times else Heard(at, at, 1)
            places[claim, area] += 1
            yield _report(number, claim, area, at)

    insert_rows(
        connection, TicketRow, ({"number": number, "kind": "report"} for number in range(1, size.reports + 1))
    )
    insert_rows(connection, ReportRow, rows())
    insert_rows(
        connection,
        SightingRow,
        (
            {
                "claim_id": claim,
                "area_code": area,
                "count": count,
                "first_at": times[claim].first,
                "last_at": times[claim].last,
            }
            for (claim, area), count in places.items()
        ),
    )
    return times


def _report(number: int, claim: str, area: str, at: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "claim_id": claim,
        "suggested_claim_id": None,
        "fit": "sure",
        "probability": 0.6,
        "text": SAID,
        "area_code": area,
        "channel": "chat",
        "heard_where": "",
        "reach": "",
        "state": "decided",
        "likelihood": 0.9,
        "reasons": ["听说"],
        "reported_at": at,
        "decided_at": at,
        "told_version": 1,
        "told_at": at,
    }


def _doubtful(number: int, claim: str, area: str, at: datetime) -> dict[str, Any]:
    """Told nothing yet, and counted nowhere."""
    waits = {"state": "new", "claim_id": None, "fit": "suggested", "suggested_claim_id": claim}
    told = dict.fromkeys(("decided_at", "told_version", "told_at"))
    return {**_report(number, claim, area, at), **waits, **told}


def _review_claims(
    connection: Connection, times: dict[str, Heard], now: datetime, chance: random.Random
) -> None:
    states = [state for state, share in STATES for _ in range(share)]
    rows = []
    for claim_id in connection.scalars(select(ClaimRow.id)):
        state, risk = chance.choice(states), chance.choice(list(Risk))
        opened = now - timedelta(minutes=chance.randrange(365 * 24 * 60))
        heard = times.get(claim_id)
        rows.append(
            {
                "the_claim": claim_id,
                "state": state,
                "version": 1 if state in DECIDED else 0,
                "harm": chance.choice(list(Harm)),
                "risk": risk,
                "due_at": None if state in DECIDED else now - timedelta(hours=10) + CLOCKS[risk],
                "opened_at": opened,
                "published_at": opened + timedelta(hours=3) if state in DECIDED else None,
                "assigned_to": chance.choice([None, None, "示例·审核员", "示例·签发员"]),
                "report_count": heard.count if heard else 0,
                "first_reported_at": heard.first if heard else None,
                "last_reported_at": heard.last if heard else None,
                "updated_at": opened,
            }
        )
    changed = update(ClaimRow.__table__).where(ClaimRow.id == bindparam("the_claim"))
    for piece in pieces(iter(rows)):
        connection.execute(
            changed.values({name: bindparam(name) for name in rows[0] if name != "the_claim"}), piece
        )


def _add_questions(
    connection: Connection, size: Size, communities: list[str], now: datetime, chance: random.Random
) -> None:
    asked = "村里的路灯几时修，晚上看不见路"
    groups = (
        {
            "id": number,
            "text": varied(asked, chance, asked),
            "state": "open",
            "count": chance.randrange(1, 60),
            "first_asked_at": now - timedelta(days=30),
            "last_asked_at": now - timedelta(minutes=chance.randrange(30 * 24 * 60)),
        }
        for number in range(1, GROUPS + 1)
    )
    insert_rows(connection, QuestionGroupRow, groups)
    numbers = range(size.reports + 1, size.reports + QUESTIONS + 1)
    insert_rows(connection, TicketRow, ({"number": number, "kind": "question"} for number in numbers))
    insert_rows(
        connection,
        QuestionRow,
        (
            {
                "number": number,
                "group_id": chance.randrange(1, GROUPS + 1),
                "fit": "sure" if number % QUESTIONS_A_DOUBT else "suggested",
                "text": asked,
                "area_code": chance.choice(communities),
                "state": "open",
                "asked_at": now - timedelta(minutes=chance.randrange(30 * 24 * 60)),
            }
            for number in numbers
        ),
    )


def _add_events(connection: Connection, now: datetime, chance: random.Random) -> None:
    """Not a chain: how fast the trail is read does not depend on what its hashes say."""
    insert_rows(
        connection,
        AuditEventRow,
        (
            {
                "at": now - timedelta(minutes=EVENTS - number),
                "actor": f"示例{chance.randrange(40)}",
                "action": chance.choice(["claim.taken_up", "article.saved", "sign_in", "question.answered"]),
                "subject": f"claim {chance.randrange(10_000)}",
                "detail": {},
                "hash": f"{number:064x}",
            }
            for number in range(1, EVENTS + 1)
        ),
    )
