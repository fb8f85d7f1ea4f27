"""What stands in the database survives the migrations that move it, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.store import schema
from bot.store.engine import Database

NOW = datetime(2022, 7, 14, 12, tzinfo=UTC)
VILLAGE, OTHER = "621121100201", "621102001003"


def at(database: Database, moment: datetime) -> str | datetime:
    """As either database keeps a time."""
    if database.engine.dialect.name == "sqlite":
        return moment.isoformat(timespec="microseconds")
    return moment


def an_office_of_the_version_before(database: Database) -> None:
    """One published claim, reported three times from two communities; one report that nobody has looked at."""
    schema.downgrade(database, "0005")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO claims (id, text, phrasings, verdict, explanation, source_title, "
                "source_document_number, source_url, area_code, topic, updated_at) VALUES "
                "('c1', '示例说法', '[]', 'false', '示例', '', '', '', '', 'other', :now)"
            ),
            {"now": at(database, NOW)},
        )
        reports = [(1, "c1", VILLAGE, "answered"), (2, "c1", VILLAGE, "decided"), (3, "c1", None, "answered")]
        reports.append((4, None, OTHER, "new"))
        for number, claim, area, state in reports:
            connection.execute(text("INSERT INTO tickets VALUES (:n, 'report')"), {"n": number})
            connection.execute(
                text(
                    "INSERT INTO reports (number, claim_id, text, area_code, channel, state, likelihood, "
                    "reasons, reported_at) VALUES (:n, :claim, '示例', :area, 'chat', :state, 0.9, '[]', :at)"
                ),
                {
                    "n": number,
                    "claim": claim,
                    "area": area,
                    "state": state,
                    "at": at(database, NOW + timedelta(minutes=number)),
                },
            )


def test_what_was_published_stays_published_and_its_reports_are_counted(database: Database) -> None:
    an_office_of_the_version_before(database)

    schema.upgrade(database)

    with database.engine.connect() as connection:
        claim = connection.execute(
            text(
                "SELECT state, version, report_count, first_reported_at, last_reported_at, published_at FROM claims"
            )
        ).one()
        sightings = connection.execute(
            text("SELECT area_code, count FROM sightings ORDER BY area_code")
        ).all()
        told = connection.execute(text("SELECT number, told_version FROM reports ORDER BY number")).all()
    assert tuple(claim[:3]) == ("published", 1, 3)
    assert claim[3] is not None
    assert claim[3] < claim[4]
    assert claim[5] is not None
    assert [tuple(row) for row in sightings] == [("", 1), (VILLAGE, 2)]
    assert [tuple(row) for row in told] == [(1, 1), (2, 1), (3, 1), (4, None)]


def test_going_back_publishes_nothing_that_nobody_approved_and_loses_no_report(database: Database) -> None:
    an_office_of_the_version_before(database)
    schema.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE reports SET claim_id = 'c1', state = 'new' WHERE number = 4"))
        connection.execute(text("UPDATE claims SET state = 'drafted', version = 0"))

    schema.downgrade(database, "0005")

    with database.engine.connect() as connection:
        claims = connection.scalar(text("SELECT count(*) FROM claims"))
        reports = connection.execute(text("SELECT claim_id, state FROM reports")).all()
    assert claims == 0
    assert {tuple(row) for row in reports} == {(None, "new")}
    assert len(reports) == 4
