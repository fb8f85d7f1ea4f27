"""The desk's list of articles: filtered, taken away, within one's own area, quick at five thousand."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.access import Role
from bot.runtime import Runtime
from bot.store.articles import upsert_articles
from knowledge.article import Article, Scope, Source, Validity
from tests.bot.console.articles import (
    ANDING,
    ASKED,
    ENTERED,
    TONGWEI,
    VILLAGE,
    drafted,
    edition,
    published,
    submitted,
)
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]


def test_the_list_is_filtered_and_taken_away_without_formulas(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    drafted(editor, question="=1+1 澡堂几点开")
    shown = editor.get("/console/articles?state=draft&text=澡堂").text
    taken = editor.get("/console/articles?state=draft&format=csv").data.decode()
    sheet = editor.get("/console/articles?format=xlsx")

    assert "=1+1 澡堂几点开" in shown
    assert "'=1+1 澡堂几点开" in taken
    assert sheet.data.startswith(b"PK")
    assert "没有符合条件" in editor.get("/console/articles?state=withdrawn").text


def test_what_waits_for_a_second_person_is_found_also_as_the_next_version(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    first = reviewer.get("/console/articles?state=in_review").text
    published(reviewer, article_id)
    between = reviewer.get("/console/articles?state=in_review").text
    editor.post(
        f"/console/articles/{article_id}/edit",
        {**ENTERED, "answer": "改了。", "edition": edition(runtime, article_id)},
    )
    submitted(editor, article_id, 2)
    again = reviewer.get("/console/articles?state=in_review").text

    assert [ASKED in page for page in (first, between, again)] == [True, False, True]


def test_an_area_lead_reads_what_holds_in_the_own_county_and_changes_nothing(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    here = drafted(editor, question="通渭的澡堂几点开", area_code=TONGWEI)
    elsewhere = drafted(editor, question="安定的澡堂几点开", area_code=ANDING)
    lead = signed_in(Role.AREA_LEAD, area_code=TONGWEI)

    page = lead.get("/console/articles?state=draft").text

    assert "通渭的澡堂几点开" in page
    assert "安定的澡堂几点开" not in page
    assert lead.get(f"/console/articles/{here}").status_code == 200
    assert lead.get(f"/console/articles/{elsewhere}").status_code == 404
    assert lead.get(f"/console/articles/{here}/edit").status_code == 403
    assert "修改</a>" not in lead.get(f"/console/articles/{here}").text


def test_a_place_smaller_than_a_township_stays_when_its_article_is_edited(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    source = Source("示例村委会", title="示例", url="https://example.org", issued_on=date(2022, 7, 1))
    with runtime.database.transaction() as session:
        upsert_articles(
            session,
            [Article("village", "本村澡堂几点开", "八点。", source=source, scope=Scope(VILLAGE))],
            now=clock(),
        )

    page = signed_in(Role.EDITOR).get("/console/articles/village/edit").text

    assert re.search(rf'<option selected value="{VILLAGE}">', page)


def test_the_list_tells_what_is_over_from_what_soon_will_be(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    today = clock().astimezone(runtime.settings.service.zone).date()
    days = {
        name: today + timedelta(away) for name, away in (("over", -1), ("last", 0), ("soon", 3), ("later", 4))
    }
    with runtime.database.transaction() as session:
        upsert_articles(
            session,
            [
                Article(name, f"{name}的澡堂几点开", "八点。", validity=Validity(None, day))
                for name, day in days.items()
            ],
            now=clock(),
        )

    page = signed_in(Role.EDITOR).get("/console/articles?text=的澡堂").text

    assert {name: re.findall(rf"{day}(（[^）]+）)?</td>", page) for name, day in days.items()} == {
        "over": ["（已过期）"],
        "last": ["（快到期）"],
        "soon": ["（快到期）"],
        "later": [""],
    }


def test_of_five_thousand_articles_a_page_is_there_at_once(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    many = [
        Article(
            f"many-{number:05}",
            f"第{number}个澡堂几点开门",
            "八点。",
            scope=Scope(TONGWEI if number % 2 else ""),
            validity=Validity(None, date(2022, 8, 1) if number % 3 else None),
        )
        for number in range(5_000)
    ]
    with runtime.database.transaction() as session:
        upsert_articles(session, many, now=clock())
    browser = signed_in(Role.EDITOR)
    browser.get("/console/articles")
    took: list[float] = []
    for query in (
        "",
        "?sort=ends",
        "?category=other&state=published",
        "?text=澡堂",
        "?state=in_review",
        "?ends=soon",
    ):
        began = datetime.now(tz=UTC)
        assert browser.get(f"/console/articles{query}").status_code == 200
        took.append((datetime.now(tz=UTC) - began).total_seconds())

    # 0.2 s is the promise at rest; a machine that runs other tests meanwhile takes longer.
    assert max(took) < 1.0
